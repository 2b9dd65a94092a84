"""A recorded run of EM: its half-steps, and how it ended."""

from typing import NamedTuple

import numpy as np

from .mixture import responsibilities as compute_responsibilities
from .params import Mixture


class Step(NamedTuple):
    """One frame of the film; `kind` is "start", "E" or "M".

    Both scores belong to this step's own `mixture`. responsibilities (N, K) are those of the last
    E-step: None at the start, and on the way when only scores are recorded.
    """

    kind: str
    iteration: int
    mixture: Mixture
    responsibilities: np.ndarray | None
    log_likelihood: float
    elbo: float | None

    @property
    def name(self):
        """ "start", "E1", "M1", "E2", ..."""
        return self.kind if self.kind == "start" else f"{self.kind}{self.iteration}"


class Trace(NamedTuple):
    """A finished run: steps start, E1, M1, E2, ..., always ending on an E-step. Nothing in it can be written.

    status is "converged", "max_iter", "collapsed" or "interrupted", and `message` a sentence on it.
    `collapsed` is the index of the component that collapsed, else None. `warnings` are sentences on
    numbers that do not mean what they seem to. `seed` made this run and `seeds` all the runs that it
    was the best of, when `fit` made it.
    """

    X: np.ndarray
    steps: tuple
    status: str
    message: str
    covariance_type: str
    reg_covar: float
    collapsed: int | None = None
    warnings: tuple = ()
    seed: int | None = None
    seeds: tuple = ()

    @property
    def iterations(self):
        """How many M-steps were made."""
        return sum(step.kind == "M" for step in self.steps)

    @property
    def mixture(self):
        """The last parameters."""
        return self.steps[-1].mixture

    @property
    def responsibilities(self):
        """Responsibilities (N, K) of the last parameters."""
        recorded = self.steps[-1].responsibilities
        return compute_responsibilities(self.X, self.mixture) if recorded is None else recorded

    @property
    def log_likelihood(self):
        """Log-likelihood of the last parameters, in nats, summed over the points."""
        return self.steps[-1].log_likelihood

    @property
    def log_likelihoods(self):
        """One for each E-step: (iterations + 1,)."""
        return np.array([step.log_likelihood for step in self.steps if step.kind == "E"])

    @property
    def elbos(self):
        """The lower bound at E1, M1, E2, ...: (2 * iterations + 1,)."""
        return np.array([step.elbo for step in self.steps[1:]])

    def __repr__(self):
        return (
            f"Trace of {self.iterations} iterations, {self.status}: log-likelihood {self.log_likelihood:.4f}"
        )

"""A recorded run of EM: its half-steps, and how it ended."""

from typing import NamedTuple

import numpy as np

from . import mixture as of_mixture
from .arrays import compared_by_value
from .params import Mixture
from .scikit_learn import OF_A_TRACE, no_attribute
from .words import count

WITHOUT_POINTS = (
    "this trace was made in blocks and holds no points; ask block by block, as in "
    "gt.responsibilities(block, trace.mixture), or put some points in: trace._replace(X=points)"
)


@compared_by_value
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
    def name(self) -> str:
        """ "start", "E1", "M1", "E2", ..."""
        return self.kind if self.kind == "start" else f"{self.kind}{self.iteration}"

    def __reduce__(self):
        return _frozen, (Step, tuple(self))


@compared_by_value
class Trace(NamedTuple):
    """A finished run: steps start, E1, M1, E2, ..., always ending on an E-step. Nothing in it can be written.

    status is "converged", "max_iter", "collapsed" or "interrupted", and `message` a sentence on it.
    `collapsed` is the index of the component that collapsed, else None. `warnings` are sentences on
    numbers that do not mean what they seem to. When `fit` made it, `seed` and `kind_of_start` made this
    run, `seeds` all the runs that it was the best of, and `reached` of them ended as high. `n_points` is
    N; X holds no rows where `run_em_blocks` made the trace.
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
    kind_of_start: str | None = None
    reached: int = 1
    n_points: int | None = None

    @property
    def iterations(self) -> int:
        """How many M-steps were made."""
        return sum(step.kind == "M" for step in self.steps)

    @property
    def mixture(self) -> Mixture:
        """The last parameters."""
        return self.steps[-1].mixture

    @property
    def responsibilities(self) -> np.ndarray:
        """Responsibilities (N, K) of the last parameters."""
        recorded = self.steps[-1].responsibilities
        if recorded is None and not len(self.X):
            raise ValueError(WITHOUT_POINTS)
        return of_mixture.responsibilities(self.X, self.mixture) if recorded is None else recorded

    @property
    def log_likelihood(self) -> float:
        """Log-likelihood of the last parameters, in nats, summed over the points."""
        return self.steps[-1].log_likelihood

    @property
    def log_likelihoods(self) -> np.ndarray:
        """One for each E-step: (iterations + 1,)."""
        return np.array([step.log_likelihood for step in self.steps if step.kind == "E"])

    @property
    def elbos(self) -> np.ndarray:
        """The lower bound at E1, M1, E2, ...: (2 * iterations + 1,)."""
        return np.array([step.elbo for step in self.steps[1:]])

    def __getattr__(self, name):
        raise no_attribute("Trace", name, OF_A_TRACE)

    def __reduce__(self):
        return _frozen, (Trace, tuple(self))

    def __repr__(self):
        return (
            f"Trace of {count(self.iterations, 'iteration')}, {self.status}: "
            f"log-likelihood {self.log_likelihood:.4f}"
        )


def _frozen(kind, fields):
    """A Step or Trace of these fields; its arrays cannot be written, also after pickle and deepcopy."""
    for field in fields:
        if isinstance(field, np.ndarray):
            field.setflags(write=False)
    return kind(*fields)

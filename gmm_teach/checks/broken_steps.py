"""EM with one broken half-step: the bugs of notebook 09, and the log-likelihoods that they make."""

import numpy as np

from .. import vectorized
from ..diagnosis import quietly
from ..em import run_em
from ..params import Mixture


def broken_runs(X, start, n_iterations=25) -> dict:
    """Log-likelihoods by iteration: of right EM as "right", of EM with broken half-steps as "P" to "S"."""
    bugs = {"right": 0, "P": 4, "Q": 2, "R": 5, "S": 3}
    return {name: run_with_bug(X, start, bug, n_iterations) for name, bug in bugs.items()}


def run_with_bug(X, start, bug, n_iterations=25) -> np.ndarray:
    """Log-likelihoods (n_iterations + 1,) of EM with bug 1 to 6 of notebook 09's table; 0 is right EM.

    Raises ValueError for another number.
    """
    if bug not in range(7):
        raise ValueError(f"bug must be a number from 0 to 6, got {bug!r}")
    half = {
        0: {},
        1: {"m_step": _OldMean(start.means)},
        2: {"m_step": _own_share_only},
        3: {"m_step": _not_divided},
        4: {"e_step": _Stale()},
        5: {"e_step": _without_prior},
        6: {"m_step": _one_less},
    }
    options = {"engine": vectorized, "tol": 0.0, "max_iter": n_iterations, "check": False}
    with quietly():  # we read the trace ourselves
        return _scores(run_em(X, start, **half[bug], **options), n_iterations)


class _OldMean:
    """Bug 1: the covariance is about the mean of the step before."""

    def __init__(self, means):
        self.means = means

    def __call__(self, X, responsibilities, *constraint):
        right = vectorized.m_step(X, responsibilities)
        moved = right.means - self.means
        self.means = right.means
        covariances = right.covariances + moved[:, :, np.newaxis] * moved[:, np.newaxis, :]
        return Mixture.unchecked(right.weights, right.means, covariances)


class _Stale:
    """Bug 4: responsibilities are made once, and kept."""

    responsibilities = None

    def __call__(self, X, mixture):
        if self.responsibilities is None:
            self.responsibilities, _ = vectorized.e_step(X, mixture)
        return self.responsibilities


def _own_share_only(X, responsibilities, *constraint):
    """Bug 2: weights N_k / N_k in place of N_k / N."""
    right = vectorized.m_step(X, responsibilities)
    return Mixture.unchecked(np.ones(right.n_components), right.means, right.covariances)


def _without_prior(X, mixture):
    """Bug 5: densities in place of weight times density."""
    equal = np.full(mixture.n_components, 1 / mixture.n_components)
    return vectorized.e_step(X, Mixture.unchecked(equal, mixture.means, mixture.covariances))[0]


def _not_divided(X, responsibilities, *constraint):
    """Bug 3: the covariance is a sum, not divided by N_k."""
    right = vectorized.m_step(X, responsibilities)
    counts = responsibilities.sum(axis=0)[:, np.newaxis, np.newaxis]
    return Mixture.unchecked(right.weights, right.means, right.covariances * counts)


def _one_less(X, responsibilities, *constraint):
    """Bug 6: the covariance is divided by N_k - 1."""
    right = vectorized.m_step(X, responsibilities)
    counts = responsibilities.sum(axis=0)[:, np.newaxis, np.newaxis]
    return Mixture.unchecked(right.weights, right.means, right.covariances * counts / (counts - 1))


def _scores(trace, n_iterations):
    """The scores of a run; where it ended early, its last score goes on."""
    scores = trace.log_likelihoods
    return np.pad(scores, (0, n_iterations + 1 - len(scores)), mode="edge")

"""EM with one broken half-step: the bugs of notebook 09, and the log-likelihoods that they make."""

import numpy as np

from .. import broken_halves, vectorized
from ..diagnosis import quietly
from ..em import run_em


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
        1: {"m_step": broken_halves.OldMean(start.means)},
        2: {"m_step": broken_halves.own_share_only},
        3: {"m_step": broken_halves.not_divided},
        4: {"e_step": broken_halves.Stale()},
        5: {"e_step": broken_halves.without_prior},
        6: {"m_step": broken_halves.one_less},
    }
    options = {"engine": vectorized, "tol": 0.0, "max_iter": n_iterations, "check": False}
    return _scores(quietly(run_em, X, start, **half[bug], **options), n_iterations)


def _scores(trace, n_iterations):
    """The scores of a run; where it ended early, its last score goes on."""
    scores = trace.log_likelihoods
    return np.pad(scores, (0, n_iterations + 1 - len(scores)), mode="edge")

"""EM for any mixture: the loop of `run_em`, with half-steps and parameters of which it knows nothing."""

from collections.abc import Callable

import numpy as np

from .em import announce, shoot, trace_of
from .trace import Trace
from .validate import check_count, check_data, check_not_negative


def run_model(
    X: np.ndarray, start, e_step: Callable, m_step: Callable, *, tol: float = 1e-6, max_iter: int = 200
) -> Trace:
    """Run EM with half-steps of your own on parameters of your own; the `mixture` of each step holds them.

    `e_step(X, parameters)` returns responsibilities (N, K) and the log-likelihood, `m_step(X,
    responsibilities)` the next parameters. X is (N, D); a vector counts as (N, 1). Neither bound nor shape
    is known of such a model: `elbo` is None after an M-step, and `bic` refuses the trace. See `Coins` of
    `gmm_teach.figures.coins` for a picture that `gt.widgets.player` can play.

    >>> heads = np.array([5.0, 9.0, 8.0, 4.0, 7.0])
    >>> def e_step(X, chances):
    ...     logs = X * np.log(chances) + (10 - X) * np.log(1 - chances)
    ...     totals = np.logaddexp(*logs.T)
    ...     return np.exp(logs - totals[:, np.newaxis]), totals.sum()
    >>> def m_step(X, shares):
    ...     return shares.T @ X[:, 0] / (10 * shares.sum(axis=0))
    >>> run_model(heads, np.array([0.6, 0.5]), e_step, m_step).mixture.round(2).tolist()
    [0.8, 0.52]
    """
    X = np.array(check_data(X))
    X.setflags(write=False)
    for name, function in {"e_step": e_step, "m_step": m_step}.items():
        if not callable(function):
            raise TypeError(f"{name} must be a function, got {type(function).__name__}")
    check_not_negative("tol", tol)
    check_count("max_iter", max_iter)
    shot = shoot(X, start, OfAnyModel(e_step, m_step), tol, max_iter, "all")
    return announce(trace_of(X, shot, tol, max_iter, ("none", 0.0), len(X), lambda: ""))


class OfAnyModel:
    """Half-steps of which only the scores are known."""

    own_e_step = False

    def __init__(self, e_step, m_step):
        self.own, self.m_step = e_step, m_step

    def e_step(self, X, parameters) -> tuple[np.ndarray, float]:
        """Responsibilities (N, K) and a score, or an error that says what they must be."""
        returned = self.own(X, parameters)
        if not isinstance(returned, tuple) or len(returned) != 2:
            raise TypeError("e_step must return responsibilities (N, K) and the log-likelihood")
        responsibilities, score = returned
        shape = np.shape(responsibilities)
        if len(shape) != 2 or shape[0] != len(X):
            raise ValueError(f"e_step must return responsibilities ({len(X)}, K), got shape {shape}")
        return np.asarray(responsibilities, dtype=float), float(score)

    @staticmethod
    def elbo(X, parameters, responsibilities) -> None:
        """The bound is not known."""

    @staticmethod
    def recorded(responsibilities) -> np.ndarray:
        """The responsibilities as they are."""
        return responsibilities

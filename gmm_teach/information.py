"""How sure the parameters of a fit are, read off the curvature of the log-likelihood at its top."""

from typing import NamedTuple

import numpy as np

from .arguments import check_points, own_errstate
from .gaussian import cholesky
from .mixture import responsibilities
from .params import Mixture
from .progress import Bar
from .selection import n_parameters
from .validate import check_data, check_mixture
from .words import number

STEP = 1e-4  # for differences, of a component's own deviations
LEFT_PER_POINT = 1e-4  # nats that EM may still gain; it changes errors by a few percent


class StandardErrors(NamedTuple):
    """Standard errors of a mixture's weights (K,), means (K, D) and deviations (K, D)."""

    weights: np.ndarray
    means: np.ndarray
    deviations: np.ndarray


@own_errstate
def standard_errors(X, mixture) -> StandardErrors:
    """Standard errors of a fit with full covariances, from the observed information.

    X (N, D) are the points that the mixture, or `Trace`, was fitted to. The observed information is
    minus the matrix of second derivatives of the log-likelihood, taken here by differences of the first;
    its inverse estimates the covariance of the parameters (McLachlan and Peel 2000, chapter 2). Errors of
    means and deviations are in the units of X, from 1e-150 to 1e150; those of covariances, in squared
    units, might lie beyond float64, and are not given. Raises ValueError for a trace of another covariance
    type, and where the mixture, by a floor or for lack of iterations, is not at a top of the
    log-likelihood: EM could still gain more than 1e-4 nats per point, a hundred of its tol.
    In a terminal or a notebook a bar shows how far it is, if it takes more than a second.
    """
    given, mixture = mixture, check_mixture(mixture)
    _check_full(given, mixture)
    X = check_points(check_data(X), mixture.n_features)
    factors = np.array([cholesky(S, k) for k, S in enumerate(mixture.covariances)])
    slope = _slope(X, mixture, factors, np.zeros(n_parameters(*mixture.means.shape)))
    information = _information(X, mixture, factors)
    _check_top(slope, information, len(X), getattr(given, "reg_covar", 0.0))
    return _by_name(np.linalg.inv(information), mixture, factors)


def _check_full(given, mixture):
    """Refuse a trace whose covariances were not free; in one dimension, or with K = 1, types coincide."""
    kind, shape = getattr(given, "covariance_type", "full"), mixture.means.shape
    if n_parameters(*shape, kind) != n_parameters(*shape):
        raise ValueError(
            f"standard errors are only for full covariances; this trace has covariance_type={kind!r}"
        )


def _check_top(slope, information, n_points, floor):
    """Refuse a mixture that is not at a top, as far as its slope (p,) and information (p, p) tell."""
    what = f"without the floor reg_covar={number(floor)}" if floor else "with full covariances"
    if not np.linalg.eigvalsh(information).min() > 0:
        raise ValueError(
            "the log-likelihood of X has no top at this mixture, so that it says nothing of standard "
            f"errors; fit the mixture to X first, {what} and with a small tol"
        )
    left = slope @ np.linalg.solve(information, slope) / 2
    if left > LEFT_PER_POINT * n_points:
        raise ValueError(
            "this mixture is not at a top of the log-likelihood of X, which still rises by about "
            f"{number(left)} nats; run EM on from it, {what} and with a smaller tol"
        )


def _moved(mixture, factors, free):
    """The mixture moved by free numbers (p,) without units, and its spreads (K, D, D) in those of factors.

    Factors L (K, D, D) are those of the covariances. The K - 1 first numbers are added to the weights'
    logarithms, L m to the means, and covariances become L (1 + E) L^T, E given by its lower triangle.
    """
    K, D = mixture.means.shape
    logs, means, triangles = np.split(free, [K - 1, K - 1 + K * D])
    weights = mixture.weights * np.exp(np.append(logs, 0.0))
    spreads, (a, b) = np.tile(np.eye(D), (K, 1, 1)), np.tril_indices(D)
    spreads[:, a, b] += triangles.reshape(K, -1)
    spreads[:, b, a] = spreads[:, a, b]
    means = mixture.means + (factors @ means.reshape(K, D, 1))[:, :, 0]
    covariances = factors @ spreads @ factors.swapaxes(1, 2)
    return Mixture.unchecked(weights / weights.sum(), means, covariances), spreads


def _slope(X, mixture, factors, free):
    """First derivatives (p,) of the log-likelihood by the free numbers of `_moved`, at free (p,)."""
    moved, spreads = _moved(mixture, factors, free)
    r = responsibilities(X, moved)
    counts = r.sum(axis=0)
    by_means, by_triangles, (a, b) = [], [], np.tril_indices(X.shape[1])
    for k, precision in enumerate(np.linalg.inv(spreads)):
        y = (X - moved.means[k]) @ np.linalg.inv(factors[k]).T @ precision  # (N, D)
        by_means.append(r[:, k] @ y)
        squares = (r[:, k] * y.T) @ y - counts[k] * precision
        by_triangles.append(np.where(a == b, 0.5, 1.0) * squares[a, b])
    by_logs = counts - len(X) * moved.weights
    return np.concatenate([by_logs[:-1], *by_means, *by_triangles])


def _information(X, mixture, factors):
    """Minus the second derivatives (p, p) of the log-likelihood by the free numbers of `_moved`."""
    p = n_parameters(*mixture.means.shape)
    derivatives = np.empty((p, p))
    with Bar(p) as bar:
        for i, step in enumerate(STEP * np.eye(p)):
            bar.tell(i, f"Derivative {i + 1} of {p}")
            ends = _slope(X, mixture, factors, step), _slope(X, mixture, factors, -step)
            derivatives[i] = (ends[1] - ends[0]) / (2 * STEP)
    return (derivatives + derivatives.T) / 2


def _by_name(covariance, mixture, factors):
    """Standard errors of weights, means and deviations, from the covariance (p, p) of the free numbers."""
    weights, means, covariances = mixture
    (K, D), (a, b) = means.shape, np.tril_indices(means.shape[1])
    deviations = np.sqrt(covariances.diagonal(axis1=1, axis2=2))  # (K, D)
    of_means, of_deviations = np.empty((K, D)), np.empty((K, D))  # in units of the deviations
    for k, rows in enumerate(factors / deviations[:, :, np.newaxis]):  # each row of length 1
        of_mean = slice(K - 1 + k * D, K - 1 + (k + 1) * D)
        of_triangle = slice(K - 1 + K * D + k * len(a), K - 1 + K * D + (k + 1) * len(a))
        by_triangle = np.where(a == b, 0.5, 1.0) * rows[:, a] * rows[:, b]
        of_means[k] = _errors(rows, covariance[of_mean, of_mean])
        of_deviations[k] = _errors(by_triangle, covariance[of_triangle, of_triangle])
    by_logs = (np.diag(weights) - np.outer(weights, weights))[:, :-1]
    of_weights = _errors(by_logs, covariance[: K - 1, : K - 1])
    return StandardErrors(of_weights, of_means * deviations, of_deviations * deviations)


def _errors(derivatives, covariance):
    """Standard errors (m,) of what has these derivatives (m, n) by numbers of this covariance (n, n)."""
    return np.sqrt(((derivatives @ covariance) * derivatives).sum(axis=1))

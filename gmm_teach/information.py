"""How sure the parameters of a fit are, read off the curvature of the log-likelihood at its top."""

from typing import NamedTuple

import numpy as np

from .arguments import check_points, own_errstate
from .mixture import log_likelihood
from .params import Mixture
from .validate import check_mixture

STEP = 1e-4  # of a parameter's own scale, for differences


class StandardErrors(NamedTuple):
    """Standard errors of a mixture's weights (K,), means (K, D) and deviations (K, D)."""

    weights: np.ndarray
    means: np.ndarray
    deviations: np.ndarray


@own_errstate
def standard_errors(X, mixture) -> StandardErrors:
    """Standard errors of a fit with full covariances, from the observed information.

    X (N, D) are the points that the mixture, or `Trace`, was fitted to. The observed information is
    minus the matrix of second derivatives of the log-likelihood, taken here by differences; its inverse
    estimates the covariance of the parameters (McLachlan and Peel 2000, chapter 2). Raises
    ValueError where the log-likelihood has no top at this mixture.
    """
    mixture = check_mixture(mixture)
    X = check_points(X, mixture.n_features)
    free, scales = _free(mixture)
    information = -_second_derivatives(lambda one: log_likelihood(X, _mixture(one, mixture)), free, scales)
    lowest = np.linalg.eigvalsh(information).min()
    if lowest <= 0:
        raise ValueError(
            "the log-likelihood of X has no top at this mixture, so that it says nothing of standard "
            "errors; fit the mixture to X first, with full covariances and a small tol"
        )
    return _by_name(np.linalg.inv(information) * np.outer(scales, scales), mixture)


def _free(mixture):
    """The free numbers of a mixture (p,): K - 1 weights, means, lower triangles; and their scales (p,)."""
    weights, means, covariances = mixture
    deviations = np.sqrt(covariances.diagonal(axis1=1, axis2=2))  # (K, D)
    low = np.tril_indices(mixture.n_features)
    units = deviations[:, :, np.newaxis] * deviations[:, np.newaxis]  # (K, D, D)
    triangles, of_triangles = covariances[:, *low], units[:, *low]
    free = np.concatenate([weights[:-1], means.ravel(), triangles.ravel()])
    least = np.minimum(weights[:-1], weights[-1])
    return free, np.concatenate([least, deviations.ravel(), of_triangles.ravel()])


def _mixture(free, like):
    """The Mixture with these free numbers (p,), of the shape of another one."""
    K, D = like.means.shape
    weights, means, triangles = np.split(free, [K - 1, K - 1 + K * D])
    covariances = np.zeros((K, D, D))
    rows, columns = np.tril_indices(D)
    covariances[:, rows, columns] = covariances[:, columns, rows] = triangles.reshape(K, -1)
    return Mixture.unchecked(np.append(weights, 1 - weights.sum()), means.reshape(K, D), covariances)


def _second_derivatives(function, at, scales):
    """Second derivatives (p, p) of a function of (p,) numbers, each in units of its scale."""
    steps = STEP * np.diag(scales)
    p = len(at)
    derivatives = np.empty((p, p))
    for i in range(p):
        for j in range(i + 1):
            ends = [a * b * function(at + a * steps[i] + b * steps[j]) for a in (1, -1) for b in (1, -1)]
            derivatives[i, j] = derivatives[j, i] = sum(ends) / (4 * STEP**2)
    return derivatives


def _by_name(covariance, mixture):
    """Standard errors of weights, means and deviations, from the covariance (p, p) of the free numbers."""
    K, D = mixture.means.shape
    errors = np.sqrt(covariance.diagonal())
    last = np.sqrt(covariance[: K - 1, : K - 1].sum())  # of 1 minus the sum of the others
    _, means, triangles = np.split(errors, [K - 1, K - 1 + K * D])
    rows, columns = np.tril_indices(D)
    variances = triangles.reshape(K, -1)[:, rows == columns]
    deviations = np.sqrt(mixture.covariances.diagonal(axis1=1, axis2=2))
    return StandardErrors(np.append(errors[: K - 1], last), means.reshape(K, D), variances / (2 * deviations))

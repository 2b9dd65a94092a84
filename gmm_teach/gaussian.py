"""One Gaussian: its density in logs, and the ellipse that shows its covariance."""

from typing import NamedTuple

import numpy as np

from .params import Collapsed
from .validate import as_data

LOG_2PI = np.log(2 * np.pi)


def log_sum_exp(log_values, axis=-1):
    """Return log(sum(exp(log_values))) along one axis, without overflow or underflow.

    Takes the largest value out before exp and puts it back after log, so the largest term is
    exp(0) = 1 and cannot vanish. A slice of -inf only gives -inf.
    """
    log_values = np.asarray(log_values, dtype=np.float64)
    largest = log_values.max(axis=axis, keepdims=True)
    shift = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore"):
        total = np.log(np.exp(log_values - shift).sum(axis=axis, keepdims=True))
    return np.squeeze(total + shift, axis=axis)


def log_gaussian_1d(x, mean, variance):
    """Log density of N(x | mean, variance), elementwise; `variance` is sigma squared (PRML 1.46)."""
    return -0.5 * (LOG_2PI + np.log(variance) + ((np.asarray(x) - mean) / np.sqrt(variance)) ** 2)


def log_gaussian(X, mean, covariance):
    """Log density of N(x | mean, covariance) for every row of X (N, D); returns (N,).

    With covariance = L L^T and y = L^-1 (x - mean), the exponent is -|y|^2 / 2 and the log
    determinant is twice the sum of log L_dd (PRML 2.43). Raises `Collapsed` if there is no such L.
    """
    L = cholesky(covariance)
    distance = squared_distance(as_data(X).T, mean, np.linalg.inv(L))
    return -0.5 * (len(L) * LOG_2PI + distance) - np.log(L.diagonal()).sum()


def squared_mahalanobis(X, mean, covariance):
    """(x - mean)^T covariance^-1 (x - mean) for every row of X (N, D); returns (N,) (PRML 2.44).

    With covariance = L L^T it is |y|^2, y = L^-1 (x - mean).
    """
    y = np.linalg.solve(cholesky(covariance), (X - mean).T)  # (D, N)
    return (y**2).sum(axis=0)


def squared_distance(columns, mean, whitener):
    """Squared Mahalanobis distance of points given as columns (D, N) from a mean; returns (N,).

    The whitener L^-1 (D, D) turns the Gaussian into one of unit variances: |L^-1 (x - mean)|^2.
    """
    y = whitener @ (columns - mean[:, np.newaxis])  # (D, N)
    return np.einsum("dn,dn->n", y, y)


def cholesky(covariance, component=0):
    """Return the lower-triangular L with L L^T = covariance, or raise `Collapsed`."""
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise Collapsed(component, "has a covariance that is not positive definite") from None


def cholesky_factors(covariances):
    """`cholesky` of each of K covariances (K, D, D); `Collapsed` names the first that has no L."""
    try:
        return np.linalg.cholesky(covariances)
    except np.linalg.LinAlgError:
        return np.array([cholesky(covariance, k) for k, covariance in enumerate(covariances)])


class Axes(NamedTuple):
    """The axes of an ellipse: lengths (D,), longest first, unit directions as columns (D, D)."""

    lengths: np.ndarray
    directions: np.ndarray


def ellipse_axes(covariance):
    """Semi-axes of the 1-sigma ellipse: lengths are roots of the eigenvalues, directions eigenvectors."""
    eigenvalues, eigenvectors = np.linalg.eigh(covariance)
    return Axes(np.sqrt(np.maximum(eigenvalues[::-1], 0.0)), eigenvectors[:, ::-1])


def ellipse(mean, covariance, n_sigma=1.0, n_points=40):
    """Outline of the n_sigma ellipse of a 2-D Gaussian, as points (n_points, 2), first = last.

    In 2-D it holds 1 - exp(-n_sigma^2 / 2) of the probability: 39 % at 1, 86 % at 2.
    """
    angle = np.linspace(0, 2 * np.pi, n_points)
    axes = ellipse_axes(covariance)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])  # (n_points, 2)
    return mean + n_sigma * (circle * axes.lengths) @ axes.directions.T

"""One Gaussian: its density in logs, and the ellipse that shows its covariance."""

from typing import NamedTuple

import numpy as np

from .arguments import check_gaussian, check_square, own_errstate
from .arrays import floats
from .params import Collapsed

LOG_2PI = np.log(2 * np.pi)


@own_errstate
def log_sum_exp(log_values: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return log(sum(exp(log_values))) along one axis, without overflow or underflow.

    Takes the largest value out before exp and puts it back after log, so the largest term is
    exp(0) = 1 and cannot vanish. A slice of -inf only gives -inf.

    >>> log_sum_exp([-1000.0, -1000.0]).round(4).item()
    -999.3069
    """
    log_values = floats("log_values", log_values)
    largest = log_values.max(axis=axis, keepdims=True)
    shift = np.where(np.isfinite(largest), largest, 0.0)
    total = np.log(np.exp(log_values - shift).sum(axis=axis, keepdims=True))
    return np.squeeze(total + shift, axis=axis)


@own_errstate
def log_gaussian_1d(x: np.ndarray, mean: float, variance: float) -> np.ndarray:
    """Log density of N(x | mean, variance), elementwise; `variance` is sigma squared (PRML 1.46)."""
    x, mean, variance = floats("x", x), floats("mean", mean), floats("variance", variance)
    if not (variance > 0).all():
        raise ValueError(f"variance must be > 0, got {variance.min()}")
    return -0.5 * (LOG_2PI + np.log(variance) + ((x - mean) / np.sqrt(variance)) ** 2)


@own_errstate
def log_gaussian(X: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Log density of N(x | mean, covariance) for every row of X (N, D); returns (N,) (PRML 2.43).

    mean (D,), covariance (D, D). Raises ValueError where they differ in D, `Collapsed` where the
    covariance is not positive definite.

    >>> log_gaussian([[0, 0], [1, 1]], mean=[0, 0], covariance=np.eye(2)).round(4).tolist()
    [-1.8379, -2.8379]
    """
    X, mean, covariance = check_gaussian(X, mean, covariance)
    D = len(mean)
    L = cholesky(covariance)  # L L^T = covariance, so its determinant is that of L squared
    log_determinant = 2 * np.log(L.diagonal()).sum()
    y = np.linalg.inv(L) @ (X - mean).T  # (D, N), each column of unit covariance
    return -0.5 * (D * LOG_2PI + log_determinant + (y**2).sum(axis=0))


@own_errstate
def squared_mahalanobis(X: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """(x - mean)^T covariance^-1 (x - mean) for every row of X (N, D); returns (N,) (PRML 2.44).

    mean (D,), covariance (D, D); raises as `log_gaussian` does.
    """
    X, mean, covariance = check_gaussian(X, mean, covariance)
    y = np.linalg.inv(cholesky(covariance)) @ (X - mean).T  # (D, N)
    return (y**2).sum(axis=0)


def cholesky(covariance: np.ndarray, component: int = 0) -> np.ndarray:
    """Return the lower-triangular L (D, D) with L L^T = covariance, or raise `Collapsed`."""
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise Collapsed(component, "has a covariance that is not positive definite") from None


class Axes(NamedTuple):
    """The axes of an ellipse: lengths (D,), longest first, unit directions as columns (D, D)."""

    lengths: np.ndarray
    directions: np.ndarray


def ellipse_axes(covariance: np.ndarray) -> Axes:
    """Semi-axes of the 1-sigma ellipse of a covariance (D, D), longest first.

    Lengths are roots of the eigenvalues, directions the eigenvectors.

    >>> ellipse_axes([[4, 0], [0, 9]]).lengths.tolist()
    [3.0, 2.0]
    """
    covariance = check_square("covariance", covariance)
    eigenvalues, eigenvectors = np.linalg.eigh(covariance)
    return Axes(np.sqrt(np.maximum(eigenvalues[::-1], 0.0)), eigenvectors[:, ::-1])


def ellipse(mean: np.ndarray, covariance: np.ndarray, n_sigma: float = 1.0, n_points: int = 40) -> np.ndarray:
    """Outline of the n_sigma ellipse of a 2-D Gaussian, as points (n_points, 2), first = last.

    In 2-D it holds 1 - exp(-n_sigma^2 / 2) of the probability: 39 % at 1, 86 % at 2.
    """
    angle = np.linspace(0, 2 * np.pi, n_points)
    axes = ellipse_axes(covariance)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])  # (n_points, 2)
    return mean + n_sigma * (circle * axes.lengths) @ axes.directions.T

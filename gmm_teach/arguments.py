"""At the doors of the lesson: points, parameters and responsibilities as they must be, in any NumPy state."""

import functools
from collections.abc import Callable

import numpy as np

from .arrays import as_data, floats
from .validate import array_of, refuse
from .words import count, number


def own_errors() -> np.errstate:
    """The package's own NumPy error state, whatever `np.seterr` its caller has set.

    The logarithm of 0 is -inf, exp of little is 0, a square beyond float64 is inf: all are meant.
    """
    return np.errstate(divide="ignore", over="ignore", under="ignore", invalid="warn")


def own_errstate(function: Callable) -> Callable:
    """Let a function compute in `own_errors`."""

    @functools.wraps(function)
    def inside(*arguments, **options):
        with own_errors():
            return function(*arguments, **options)

    return inside


def check_points(X, n_features: int, what: str = "this mixture") -> np.ndarray:
    """Return X as float64 (N, D), or raise an error unless it holds finite points of n_features numbers."""
    given, X = X, array_of(X)
    X = as_data(floats("X", X, copy=False))
    shape = np.shape(array_of(given))
    if X.ndim != 2 or X.shape[1] != n_features:
        alone = f"; one point alone is [[{number(X[0, 0])}, ...]]" if shape == (n_features,) else ""
        raise ValueError(f"X has shape {shape}; {what} is for (N, {n_features}){alone}")
    if not np.isfinite(X).all():
        refuse(given, ~np.isfinite(X), "value", "NaN or infinite")
    return X


def check_square(name: str, matrix) -> np.ndarray:
    """Return a matrix as float64 (D, D), or raise an error that names it."""
    matrix = floats(name, matrix)
    if matrix.ndim != 2 or len(matrix) != matrix.shape[1] or not len(matrix):
        raise ValueError(f"{name} must have shape (D, D), got {matrix.shape}")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return matrix


def check_gaussian(X, mean, covariance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return X (N, D), mean (D,), covariance (D, D) as float64, or raise an error where they differ in D."""
    covariance, mean = check_square("covariance", covariance), floats("mean", mean)
    D = len(covariance)
    if mean.shape != (D,) or not np.isfinite(mean).all():
        raise ValueError(f"mean must be {count(D, 'finite number')}, as covariance is ({D}, {D}); got {mean}")
    return check_points(X, D, "this Gaussian"), mean, covariance


def check_parameters(weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> None:
    """Raise a ValueError unless these are (K,), (K, D) and (K, D, D), probabilities, finite and symmetric."""
    _check_shapes(weights, means, covariances)
    _check_weights(weights)
    for k, covariance in enumerate(covariances):
        _check_symmetric(k, covariance)


def responsibilities_of(given) -> object:
    """What is given, or those of a `Trace` or `Step`; raises TypeError for a Mixture and what is like it."""
    if hasattr(type(given), "responsibilities"):
        return given.responsibilities
    if hasattr(type(given), "_fields"):
        raise TypeError(
            f"responsibilities must be an (N, K) array of numbers, got {type(given).__name__}; "
            "gt.responsibilities(X, mixture) makes one"
        )
    return given


def check_responsibilities(
    responsibilities, n_points: int | None = None, n_components: int | None = None
) -> np.ndarray:
    """Return responsibilities as float64 (N, K), or raise a ValueError that names the row and the remedy.

    Those of a `Trace` or `Step` will do. Without n_points there may be any number of rows but 0.
    """
    r = floats("responsibilities", responsibilities_of(responsibilities), copy=False)
    rows, columns = r.shape if r.ndim == 2 else ("N", "K")
    N, K = n_points or rows, n_components or columns
    if r.shape != (N, K):
        turned = "; transpose it" if r.shape == (K, N) else ""
        raise ValueError(f"responsibilities must have shape (N, K) = ({N}, {K}), got {r.shape}{turned}")
    if not r.size:
        raise ValueError(f"responsibilities have shape {r.shape}: there are no rows or no columns")
    if not np.isfinite(r).all():
        row = int(np.argmin(np.isfinite(r).all(axis=1)))
        raise ValueError(f"row {row} of the responsibilities holds NaN or infinity: {_row(r[row])}")
    if r.min() < 0:
        row = int(r.min(axis=1).argmin())
        raise ValueError(
            f"row {row} of the responsibilities has a negative share: {_row(r[row])}. "
            "They are probabilities; are these logarithms?"
        )
    sums = r.sum(axis=1)
    wrong = np.abs(sums - 1) > 1e-6
    if wrong.any():
        row = int(wrong.argmax())
        over_points = np.allclose(r.sum(axis=0), 1) and N != K
        raise ValueError(
            f"row {row} of the responsibilities sums to {number(sums[row])}; each point shares out 1: "
            + ("your columns sum to 1, so divide the densities " if over_points else "divide ")
            + "by their sum over the components, r.sum(axis=1, keepdims=True)"
        )
    return r


def _check_shapes(weights, means, covariances):
    if weights.ndim != 1 or not len(weights):
        raise ValueError(f"weights must have shape (K,) with K >= 1, got {weights.shape}")
    K = len(weights)
    if means.ndim != 2 or len(means) != K or not means.shape[1]:
        raise ValueError(f"means must have shape (K, D) = ({K}, D), got {means.shape}")
    if not np.isfinite(means).all():
        raise ValueError("means must be finite numbers")
    expected = (K, means.shape[1], means.shape[1])
    if covariances.shape != expected:
        raise ValueError(
            f"means have shape {means.shape}, so that covariances must have shape {expected}, "
            f"got {covariances.shape}; one of the two has the wrong D"
            if covariances.shape[:1] == (K,) and covariances.ndim == 3
            else f"covariances must have shape {expected}, got {covariances.shape}"
        )


def _check_weights(weights):
    if not np.isfinite(weights).all():
        k = int(np.argmin(np.isfinite(weights)))
        raise ValueError(f"weights must be finite numbers; weights[{k}] is {weights[k]}")
    if weights.min() < 0:
        k = int(weights.argmin())
        raise ValueError(f"weights must not be negative; weights[{k}] is {weights[k]}")
    if not abs(weights.sum() - 1) <= 1e-8:
        raise ValueError(f"weights must sum to 1, got {weights.sum()}; use weights / weights.sum()")


def _check_symmetric(k, covariance):
    if not np.isfinite(covariance).all():
        raise ValueError(f"covariances[{k}] holds NaN or infinity")
    gap = np.abs(covariance - covariance.T)
    if gap.max() > 1e-8 * np.abs(covariance).max():
        a, b = np.unravel_index(gap.argmax(), gap.shape)
        raise ValueError(
            f"covariances[{k}] must be symmetric: entries ({a}, {b}) and ({b}, {a}) differ by {gap.max():g}"
        )


def _row(shares):
    return np.array2string(shares, precision=4, threshold=8, edgeitems=3)

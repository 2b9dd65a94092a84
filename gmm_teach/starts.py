"""Where EM begins. Every start returns a `Mixture`.

Randomness comes from `rng`, a numpy Generator or a whole number to make one from. Data without
spread in some direction are refused when the covariance type would need it and there is no floor.
"""

from collections import deque

import numpy as np

from . import kmeans as k_means
from .arguments import own_errstate
from .arrays import entries
from .floor import floor_for
from .params import Mixture, check_covariance_type, constrain
from .spread import missing_spread, resolution
from .validate import check_count, check_data, check_means, check_not_negative, check_rng
from .words import count


@own_errstate
def random_points(
    X: np.ndarray,
    n_components: int,
    rng: np.random.Generator | int | None,
    covariance_type: str = "full",
    reg_covar: float = 0.0,
) -> Mixture:
    """Document C's start: K different random points as means, the covariance of all data, equal weights."""
    X = check_data(X)
    check_enough_points(X, n_components)
    rows = check_rng(rng).choice(len(X), n_components, replace=False)
    return from_rows(X, rows, covariance_type, reg_covar)


@own_errstate
def farthest(
    X: np.ndarray,
    n_components: int,
    rng: np.random.Generator | int | None,
    covariance_type: str = "full",
    reg_covar: float = 0.0,
) -> Mixture:
    """A random point, then always the point farthest from all means so far; the rest as in `from_rows`."""
    X = check_data(X)
    check_enough_points(X, n_components)
    return from_rows(X, farthest_rows(X, n_components, check_rng(rng)), covariance_type, reg_covar)


def from_rows(
    X: np.ndarray, rows: np.ndarray, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
    """Means at the given rows of X, every covariance that of all the data (N - 1), equal weights."""
    X = check_data(X)
    rows = entries("rows", rows)
    if rows.ndim != 1 or rows.dtype.kind not in "iu" or not len(rows):
        raise ValueError(f"rows must be a list of row numbers of X, got {rows!r}")
    if rows.min() < -len(X) or rows.max() >= len(X):
        raise ValueError(f"rows must lie below {len(X)}, the number of points; got {rows.tolist()}")
    return from_means(X, X[rows], covariance_type, reg_covar)


@own_errstate
def from_means(
    X: np.ndarray, means: np.ndarray, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
    """The given means (K, D), every covariance that of all the data (N - 1), equal weights."""
    X = check_data(X)
    means = check_means(X, means)
    K = len(means)
    weights = np.full(K, 1 / K)
    covariances = np.tile(_overall_covariance(X, covariance_type, reg_covar), (K, 1, 1))
    return Mixture(weights, means, constrain(weights, covariances, covariance_type, reg_covar))


@own_errstate
def kmeans(
    X: np.ndarray,
    n_components: int,
    rng: np.random.Generator | int | None,
    covariance_type: str = "full",
    reg_covar: float = 0.0,
) -> Mixture:
    """Run k-means from K random points; weights, means and covariances are those of its clusters.

    A cluster whose points do not span all D directions gets the covariance of all the data.
    """
    X = check_data(X)
    check_enough_points(X, n_components)
    overall = _overall_covariance(X, covariance_type, reg_covar)
    if n_components == len(X) and reg_covar > 0:
        overall = np.zeros_like(overall)  # each point is its own cluster: the floor is all there is
    rows = check_rng(rng).choice(len(X), n_components, replace=False)
    last = deque(k_means.steps(X, X[rows]), maxlen=1).pop()
    counts = np.bincount(last.labels, minlength=n_components)
    covariances = np.array([_cluster_covariance(X[last.labels == k], overall) for k in range(n_components)])
    weights = np.maximum(counts, 1) / np.maximum(counts, 1).sum()
    return Mixture(weights, last.means, constrain(weights, covariances, covariance_type, reg_covar))


STARTS = {"random_points": random_points, "kmeans": kmeans, "farthest": farthest}


def farthest_rows(X: np.ndarray, n_components: int, rng: np.random.Generator) -> np.ndarray:
    """Row numbers (K,): a random one, then always the row farthest from those chosen."""
    rows = [int(rng.integers(len(X)))]
    while len(rows) < n_components:
        nearest = k_means.squared_distances(X, X[rows]).min(axis=1)
        rows.append(int(nearest.argmax()))
    return np.array(rows)


def data_covariance(X: np.ndarray) -> np.ndarray:
    """Covariance (D, D) of all the data, as `np.cov` has it: divided by N - 1 (by 1 when N = 1)."""
    offsets = X - X.mean(axis=0)
    return offsets.T @ offsets / max(len(X) - 1, 1)


def check_enough_points(X: np.ndarray, n_components: int) -> None:
    """Raise unless n_components is a whole number from 1 to N."""
    check_count("n_components", n_components)
    if n_components > len(X):
        raise ValueError(f"n_components is {n_components}, but X has only {count(len(X), 'point')}")


def _overall_covariance(X, covariance_type, reg_covar):
    """`data_covariance`, or a ValueError if X lacks a spread that the covariance type needs."""
    check_covariance_type(covariance_type)
    check_not_negative("reg_covar", reg_covar)
    overall = data_covariance(X)
    missing = missing_spread(
        constrain(np.ones(1), overall[np.newaxis], covariance_type, reg_covar), resolution(X)
    )
    if missing and missing[1] == "anywhere":
        raise ValueError(
            f"X does not vary anywhere: all its points are the same; a {covariance_type} covariance would be "
            "singular. There is nothing to fit without a floor, reg_covar, in the units of X squared"
        )
    if missing:
        raise ValueError(
            f"X does not vary {missing[1]}; a {covariance_type} covariance would be singular. Drop or "
            f"combine columns, choose a simpler covariance type, or set a floor such as {floor_for(X)}"
        )
    return overall


def _cluster_covariance(members, overall):
    if len(members) <= members.shape[1]:
        return overall
    offsets = members - members.mean(axis=0)
    covariance = offsets.T @ offsets / len(members)
    relative = np.linalg.eigvalsh(covariance)[0] / max(np.trace(covariance), np.finfo(float).tiny)
    return covariance if relative > 1e-12 else overall

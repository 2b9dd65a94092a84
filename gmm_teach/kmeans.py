"""k-means: the hard-assignment cousin of EM, in the same two steps (documents A and C)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .arrays import compared_by_value
from .validate import check_count, check_data, check_labels, check_means


@compared_by_value
class KMeansStep(NamedTuple):
    """One recorded half-step; `kind` is "start", "assign" or "update".

    means (K, D); labels (N,) or None at the start; inertia is the sum of squared distances from
    each point to the mean of its label, nan at the start.
    """

    kind: str
    iteration: int
    means: np.ndarray
    labels: np.ndarray | None
    inertia: float


def assign_step(X, means) -> np.ndarray:
    """Give each point of X (N, D) to its nearest mean (K, D); returns labels (N,). Ties go to the first."""
    return squared_distances(X, means).argmin(axis=1)


def update_step(X, labels, means) -> np.ndarray:
    """Move each mean (K, D) to the average of its points; a mean without points stays."""
    X, labels, means = _checked(X, labels, means)
    for k in range(len(means)):
        if np.any(labels == k):
            means[k] = X[labels == k].mean(axis=0)
    return means


def run(X, means, max_iter=100) -> list[KMeansStep]:
    """Alternate the two steps from the given means until no label changes; returns the recorded steps.

    X (N, D), means (K, D). The list starts with the start and ends on an assignment, so that means
    and labels belong together. Nothing in it can be written.
    """
    return list(steps(X, means, max_iter))


def steps(X, means, max_iter=100) -> Iterator[KMeansStep]:
    """`run`, one step at a time: for large data, of which not all steps can be kept."""
    X = check_data(X)
    means = _frozen(check_means(X, means))
    check_count("max_iter", max_iter)
    yield KMeansStep("start", 0, means, None, np.nan)
    labels = None
    for iteration in range(1, max_iter + 2):
        previous, labels = labels, _frozen(assign_step(X, means))
        yield KMeansStep("assign", iteration, means, labels, inertia(X, labels, means))
        if np.array_equal(labels, previous) or iteration > max_iter:
            return
        means = _frozen(update_step(X, labels, means))
        yield KMeansStep("update", iteration, means, labels, inertia(X, labels, means))


@np.errstate(under="ignore")  # the square of a tiny number is 0
def inertia(X, labels, means) -> float:
    """Sum of squared distances from each point to the mean of its label."""
    X, labels, means = _checked(X, labels, means)
    return float(np.sum((X - means[labels]) ** 2))


@np.errstate(under="ignore")
def squared_distances(X, means) -> np.ndarray:
    """Squared distance of every point (N, D) to every mean (K, D); returns (N, K)."""
    X, means = check_data(X), check_means(X, means)
    return np.stack([np.sum((X - mean) ** 2, axis=1) for mean in means], axis=1)


def _checked(X, labels, means):
    """X (N, D), labels (N,) and a copy of means (K, D), or an error that names the one that is wrong."""
    X = check_data(X)
    means = check_means(X, means)
    return X, check_labels(labels, len(X), len(means)), means


def _frozen(array):
    array.setflags(write=False)
    return array

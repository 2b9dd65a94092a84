"""k-means: the hard-assignment cousin of EM, in the same two steps (documents A and C)."""

from typing import NamedTuple

import numpy as np

from .validate import check_count, check_data, floats


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


def assign_step(X, means):
    """Give each point of X (N, D) to its nearest mean (K, D); returns labels (N,). Ties go to the first."""
    return squared_distances(X, means).argmin(axis=1)


def update_step(X, labels, means):
    """Move each mean (K, D) to the average of its points; a mean without points stays."""
    means = np.array(means, dtype=np.float64)
    for k in range(len(means)):
        if np.any(labels == k):
            means[k] = X[labels == k].mean(axis=0)
    return means


def run(X, means, max_iter=100):
    """Alternate the two steps from the given means until no label changes; returns the recorded steps.

    X (N, D), means (K, D). The list starts with the start and ends on an assignment, so that means
    and labels belong together. Nothing in it can be written.
    """
    return list(steps(X, means, max_iter))


def steps(X, means, max_iter=100):
    """`run`, one step at a time: for large data, of which not all steps can be kept."""
    X = check_data(X)
    means = _frozen(floats("means", means))
    if means.ndim != 2 or not len(means) or means.shape[1] != X.shape[1]:
        raise ValueError(f"means must have shape (K, {X.shape[1]}), got {means.shape}")
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


def _frozen(array):
    array.setflags(write=False)
    return array


def inertia(X, labels, means):
    """Sum of squared distances from each point to the mean of its label."""
    return float(np.sum((X - means[labels]) ** 2))


def squared_distances(X, means):
    """Squared distance of every point (N, D) to every mean (K, D); returns (N, K)."""
    return np.stack([np.sum((X - mean) ** 2, axis=1) for mean in means], axis=1)

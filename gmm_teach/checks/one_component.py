"""One component of an M-step, and what learners measure in its place."""

import numpy as np


def spread(X, shares, center) -> np.ndarray:
    """Sum of share (x - center)(x - center)^T over the points."""
    offsets = X - center
    return (shares[:, np.newaxis] * offsets).T @ offsets


def one_component(X, shares) -> tuple:
    """Weight, mean (D,) and covariance (D, D) of points X (N, D) with shares (N,) in a component."""
    count = shares.sum()
    mean = shares @ X / count
    return count / len(X), mean, spread(X, shares, mean) / count


def _one_by_n(X, shares):
    weight, N = shares.sum() / len(X), len(X)
    mean = shares @ X / N
    return weight, mean, spread(X, shares, mean) / N


def _covariance(change):
    """The right weight and mean with another covariance: change(X, shares, mean, count)."""

    def one(X, shares):
        weight, mean, _ = one_component(X, shares)
        return weight, mean, change(X, shares, mean, shares.sum())

    return one


COVARIANCE_BY_N = _covariance(lambda X, shares, mean, count: spread(X, shares, mean) / len(X))
UNWEIGHTED_COVARIANCE = _covariance(lambda X, shares, mean, count: spread(X, shares**0, mean) / len(X))
LESS_ONE = _covariance(lambda X, shares, mean, count: spread(X, shares, mean) / (count - 1))
NOT_CENTRED = _covariance(lambda X, shares, mean, count: spread(X, shares, 0 * mean) / count)


UNDIVIDED = _covariance(lambda X, shares, mean, count: spread(X, shares, mean))
SQUARED_SHARES = _covariance(lambda X, shares, mean, count: spread(X, shares**2, mean) / count)


def _sum_for_mean(X, shares):
    total = shares @ X
    return shares.sum() / len(X), total, spread(X, shares, total) / shares.sum()


def _count_for_weight(X, shares):
    _, mean, covariance = one_component(X, shares)
    return shares.sum(), mean, covariance


def _unweighted(X, shares):
    mean = X.mean(axis=0)
    return shares.sum() / len(X), mean, spread(X, np.ones(len(X)), mean) / len(X)


def _mean_by_n(X, shares):
    weight, _, covariance = one_component(X, shares)
    return weight, shares @ X / len(X), covariance


def _diagonal_only(X, shares):
    weight, mean, covariance = one_component(X, shares)
    return weight, mean, covariance * np.eye(X.shape[1])


ABSOLUTE = _covariance(lambda X, shares, mean, count: _absolute(X, shares, mean) / count)
ONE_MEAN = _covariance(lambda X, shares, mean, count: spread(X, shares, X.mean(axis=0)) / count)
COUNT_SQUARED = _covariance(lambda X, shares, mean, count: spread(X, shares, mean) / count**2)


def _absolute(X, shares, mean):
    offsets = np.abs(X - mean)
    return (shares[:, np.newaxis] * offsets).T @ offsets


def _count_by_itself(X, shares):
    _, mean, covariance = one_component(X, shares)
    return 1.0, mean, covariance


COMMON_MISTAKES = (
    (
        _one_by_n,
        "You divide by N. The shares of one component sum to N_k: how many points does it hold, in parts?",
    ),
    (
        _mean_by_n,
        "The covariance is right, but your mean is divided by N. Which count belongs to this component?",
    ),
    (
        COVARIANCE_BY_N,
        "Weight and mean are right, but your covariance is divided by N. Which count belongs to it?",
    ),
    (
        _unweighted,
        "Every point counts fully here, so all components get the same mean. Count each by its share.",
    ),
    (
        UNWEIGHTED_COVARIANCE,
        "The mean is right. In the covariance every point counts fully; it should count by its share.",
    ),
    (
        LESS_ONE,
        "You divide the covariance by N_k - 1. That mends a bias, but it is not what maximises Q.",
    ),
    (UNDIVIDED, "Your covariance is a sum, and it grows with every point. What must it be divided by?"),
    (_sum_for_mean, "Your mean is a sum, and it grows with every point. What must it be divided by?"),
    (
        SQUARED_SHARES,
        "In your covariance each share is multiplied in twice. Which of the two factors needs it?",
    ),
    (NOT_CENTRED, "Your covariance is about the origin. Measure the offsets from the mean."),
    (ONE_MEAN, "Your covariance is about the mean of all points. Which mean belongs to this component?"),
    (ABSOLUTE, "Your covariance has no negative entry: the offsets have lost their signs. Where?"),
    (COUNT_SQUARED, "Your covariance is divided by N_k twice. Once is enough."),
    (
        _diagonal_only,
        "Your covariance has a diagonal only. Off the diagonal stand the products of two coordinates.",
    ),
    (
        _count_by_itself,
        "Your weight is 1: a count divided by itself, as document C prints it. What part of all N points "
        "does the component hold?",
    ),
    (
        _count_for_weight,
        "Your weight is the soft count N_k. What must it be divided by, so that all weights sum to 1?",
    ),
)

"""Feedback for notebook 07, Take the M-step, twice."""

import numpy as np

from ..mixture import log_joint, log_likelihood, responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import CLOSE, SEVEN_CLOSE, TWO, points
from .formulas import log_densities
from .questions import Question

TEN_POINTS = points(TWO, 10, 4)
AFTER = Mixture([0.3, 0.4, 0.3], CLOSE.means + 0.2, 1.5 * CLOSE.covariances)
SEVEN_SHARES = responsibilities(SEVEN_CLOSE, CLOSE)
TEN_SHARES = responsibilities(TEN_POINTS, TWO)


q = Exercise(
    name="q",
    about="q(X, r, mixture): the expected complete-data log-likelihood, a number",
    answer=lambda X, r, mixture: np.sum(r * log_joint(X, mixture)),
    fixtures=((SEVEN_CLOSE, SEVEN_SHARES, AFTER), (TEN_POINTS, TEN_SHARES, TWO)),
    hints=(
        (
            "matmul",
            "Both tables are (N, K), and each share belongs to one entry: `@` is another product.",
        ),
    ),
    mistakes=(
        Mistake(
            lambda X, r, mixture: np.sum(responsibilities(X, mixture) * log_joint(X, mixture)),
            "You made new responsibilities from the mixture. In Q they are fixed numbers: the r given.",
        ),
        Mistake(
            lambda X, r, mixture: log_likelihood(X, mixture),
            "That is log p(X): the sum over components is inside the logarithm. In Q it is outside, with r.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(log_joint(X, mixture)),
            "Here every component counts fully for every point. Where are the responsibilities?",
        ),
        Mistake(
            lambda X, r, mixture: np.mean(np.sum(r * log_joint(X, mixture), axis=1)),
            "That is Q per point. Q is the sum over the points.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * np.exp(log_joint(X, mixture))),
            "You took the exp away from the logarithm. Q weighs the logarithms.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * log_densities(X, mixture)),
            "The weights are missing: the first term of (7.1), log of pi_k.",
        ),
        Mistake(
            lambda X, r, mixture: (
                np.sum(r * log_joint(X, mixture), axis=None) - np.sum(r * np.log(np.maximum(r, 1e-300)))
            ),
            "You subtracted r log r as well. That is the lower bound of notebook 12; Q is a part of it.",
        ),
    ),
    praise="One line, and the M-step has something to climb.",
)

multiplier = Question(
    name="multiplier",
    about="the Lagrange multiplier for N = 300",
    right=-300.0,
    mistakes={
        300.0: "The size is right. Look at the sign: N_k / pi_k + lambda is 0, and N_k / pi_k is positive.",
        -100.0: "That is minus N / K. Add up N_k = -lambda pi_k over all k: what do both sides sum to?",
        100.0: "That is N / K. Sum N_k = -lambda pi_k over all k, and mind the sign.",
        -3.0: "That is minus K. You sum over K components, but what you sum are the soft counts.",
        -1.0: "The weights sum to 1. And the soft counts?",
        1.0: "The weights sum to 1. And the soft counts? Mind the sign, too.",
        -1 / 300: "That is upside down: N_k = -lambda pi_k, and N_k is the large one.",
    },
    praise="Minus N, whatever the data and however many components.",
    how="Answer with one number.",
    miss="Sum N_k + lambda pi_k = 0 over all k. What do the N_k sum to, and what do the pi_k sum to?",
    rtol=1e-6,
)


def _spread(X, shares, center):
    """Sum of share (x - center)(x - center)^T over the points."""
    offsets = X - center
    return (shares[:, np.newaxis] * offsets).T @ offsets


def _one(X, shares):
    count = shares.sum()
    mean = shares @ X / count
    return count / len(X), mean, _spread(X, shares, mean) / count


def _one_by_n(X, shares):
    weight, N = shares.sum() / len(X), len(X)
    mean = shares @ X / N
    return weight, mean, _spread(X, shares, mean) / N


def _all(X, r, one=_one):
    weights, means, covariances = zip(*(one(X, shares) for shares in r.T), strict=True)
    return np.array(weights), np.array(means), np.array(covariances)


def _covariance(change):
    """The right weight and mean with another covariance: change(X, shares, mean, count)."""

    def one(X, shares):
        weight, mean, _ = _one(X, shares)
        return weight, mean, change(X, shares, mean, shares.sum())

    return one


COVARIANCE_BY_N = _covariance(lambda X, shares, mean, count: _spread(X, shares, mean) / len(X))
UNWEIGHTED_COVARIANCE = _covariance(lambda X, shares, mean, count: _spread(X, shares**0, mean) / len(X))
LESS_ONE = _covariance(lambda X, shares, mean, count: _spread(X, shares, mean) / (count - 1))
NOT_CENTRED = _covariance(lambda X, shares, mean, count: _spread(X, shares, 0 * mean) / count)


UNDIVIDED = _covariance(lambda X, shares, mean, count: _spread(X, shares, mean))
SQUARED_SHARES = _covariance(lambda X, shares, mean, count: _spread(X, shares**2, mean) / count)


def _sum_for_mean(X, shares):
    total = shares @ X
    return shares.sum() / len(X), total, _spread(X, shares, total) / shares.sum()


def _count_for_weight(X, shares):
    _, mean, covariance = _one(X, shares)
    return shares.sum(), mean, covariance


def _unweighted(X, shares):
    mean = X.mean(axis=0)
    return shares.sum() / len(X), mean, _spread(X, np.ones(len(X)), mean) / len(X)


def _mean_by_n(X, shares):
    weight, _, covariance = _one(X, shares)
    return weight, shares @ X / len(X), covariance


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
    (
        _count_for_weight,
        "Your weight is the soft count N_k. What must it be divided by, so that all weights sum to 1?",
    ),
)

m_step_loops = Exercise(
    name="m_step_loops",
    about="m_step_loops(X (N, D), shares (N,)): weight, mean (D,), covariance (D, D)",
    answer=_one,
    fixtures=((SEVEN_CLOSE, SEVEN_SHARES[:, 1].copy()), (TEN_POINTS, TEN_SHARES[:, 0].copy())),
    mistakes=tuple(Mistake(*pair) for pair in COMMON_MISTAKES),
    praise="One component measured: its size, its centre, its spread about the new centre.",
    parts=("weight", "mean", "covariance"),
)


def _every(one):
    return lambda X, r, mixture: _all(X, r, one)


def _old_means(X, r, mixture):
    weights, means, _ = _all(X, r)
    spreads = [_spread(X, shares, mean) for shares, mean in zip(r.T, mixture.means, strict=True)]
    return weights, means, np.array(spreads) / r.sum(axis=0)[:, np.newaxis, np.newaxis]


def _kept_means(X, r, mixture):
    weights, _, covariances = _old_means(X, r, mixture)
    return weights, mixture.means, covariances


m_step_vectorized = Exercise(
    name="m_step_vectorized",
    about="m_step_vectorized(X, r, mixture): weights, means, covariances",
    answer=_every(_one),
    fixtures=(
        (SEVEN_CLOSE, SEVEN_SHARES, CLOSE),
        (TEN_POINTS, TEN_SHARES, TWO),
    ),
    hints=(
        (
            r"broadcast.*\(3,1?\)",
            "N_k has shape (K,), and NumPy lines it up with the last axis. Which axes must you add to it, so "
            "that K meets K?",
        ),
        (
            r"\(7,2\) \(3,2\)",
            "Seven points meet three means here. Which axis must X get, so that each point meets each mean?",
        ),
        (
            "matmul",
            "Write the two shapes side by side. The inner sizes must be equal, and they must be the points.",
        ),
    ),
    mistakes=(
        Mistake(
            _old_means,
            "Your covariances are about the old means, those of `mixture`. Which means does (7.8) hold?",
        ),
        Mistake(
            _kept_means,
            "You return the old means. The M-step renews them before it measures the covariances.",
        ),
        Mistake(
            lambda X, r, mixture: (np.ones(r.shape[1]), *_all(X, r)[1:]),
            "All your weights are 1: you divided each soft count by itself, as document C prints it.",
        ),
        *(Mistake(_every(one), nudge) for one, nudge in COMMON_MISTAKES),
    ),
    praise="Weights, means and covariances agree with the package, about the new means.",
    parts=("weights", "means", "covariances"),
)

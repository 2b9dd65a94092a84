"""Feedback for notebook 07, Take the M-step, twice."""

import numpy as np

from ..mixture import log_joint, log_likelihood, responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import CLOSE, SEVEN_CLOSE, TWO, points
from .formulas import log_densities
from .one_component import COMMON_MISTAKES, one_component, spread
from .questions import Question

TEN_POINTS = points(TWO, 10, 4)
AFTER = Mixture([0.3, 0.4, 0.3], CLOSE.means + 0.2, 1.5 * CLOSE.covariances)
SEVEN_SHARES = responsibilities(SEVEN_CLOSE, CLOSE)
TEN_SHARES = responsibilities(TEN_POINTS, TWO)


def _others(n, K, D, seed):
    """n points in D dimensions far from 0, shares in K components that no mixture made, and a mixture."""
    rng = np.random.default_rng(seed)
    roots = rng.normal(size=(K, D, D))
    covariances = roots @ roots.swapaxes(1, 2) + np.eye(D)
    X = rng.normal(size=(n, D)) * 3 + np.arange(5, 5 + D)
    means = X[:K] + rng.normal(size=(K, D))
    return X, rng.dirichlet(np.full(K, 0.7), size=n), Mixture(rng.dirichlet([3] * K), means, covariances)


OTHER_SHARES = np.random.default_rng(0).dirichlet([2.0, 0.5, 1.0], size=7)
SIX_IN_3D, FIVE_BY_FIVE = _others(6, 2, 3, 1), _others(5, 5, 2, 13)
LABELLED = (TEN_POINTS, np.eye(2)[[0, 1, 1, 0, 1, 0, 1, 1, 0, 1]], TWO)  # each point in one component, whole


q = Exercise(
    name="q",
    about="q(X, r, mixture): the expected complete-data log-likelihood, a number",
    answer=lambda X, r, mixture: np.sum(r * log_joint(X, mixture)),
    fixtures=(
        (SEVEN_CLOSE, SEVEN_SHARES, AFTER),
        (TEN_POINTS, TEN_SHARES, TWO),
        (SEVEN_CLOSE, OTHER_SHARES, CLOSE),
        LABELLED,
        SIX_IN_3D,
        FIVE_BY_FIVE,
    ),
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
            "Every component counts fully for every point: the responsibilities are missing, "
            "or have cancelled, as in `r.T @ ...`. Multiply entry by entry.",
        ),
        Mistake(
            lambda X, r, mixture: np.mean(np.sum(r * log_joint(X, mixture), axis=1)),
            "That is Q per point. Q is the sum over the points.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * np.exp(log_joint(X, mixture))),
            "You undid the logarithm with exp. Q weighs the logarithms themselves.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * log_densities(X, mixture)),
            "The weights are missing: the first term of (7.1), log of pi_k.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum((r > 0.5) * log_joint(X, mixture)),
            "You give each point to one component. In Q every component counts, by its share.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * (log_joint(X, mixture) + np.log(mixture.weights))),
            "The log of the weight is in there twice: `gt.log_joint` has it already.",
        ),
        Mistake(
            lambda X, r, mixture: -np.sum(r * log_joint(X, mixture)),
            "The size is right, and the sign is not. Q is to be made large.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r * log_joint(X, mixture)) / r.size,
            "That is the mean of all entries. Q is their sum.",
        ),
        Mistake(
            lambda X, r, mixture: np.sum(r**2 * log_joint(X, mixture)),
            "Each share is multiplied in twice. Once is enough.",
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


def _all(X, r, one=one_component):
    weights, means, covariances = zip(*(one(X, shares) for shares in r.T), strict=True)
    return np.array(weights), np.array(means), np.array(covariances)


m_step_loops = Exercise(
    name="m_step_loops",
    about="m_step_loops(X (N, D), shares (N,)): weight, mean (D,), covariance (D, D)",
    answer=one_component,
    fixtures=(
        (SEVEN_CLOSE, SEVEN_SHARES[:, 1].copy()),
        (TEN_POINTS, TEN_SHARES[:, 0].copy()),
        (LABELLED[0], LABELLED[1][:, 1].copy()),
        (SIX_IN_3D[0], SIX_IN_3D[1][:, 0].copy()),
    ),
    hints=(
        (
            r"shape of mean",
            "Points have D coordinates, and D differs from case to case. Is your mean one for each?",
        ),
        (
            r"shape of covariance",
            "The covariance is (D, D): each point adds the outer product of its offset with itself.",
        ),
    ),
    mistakes=tuple(Mistake(*pair) for pair in COMMON_MISTAKES),
    praise="One component measured: its size, its centre, its spread about the new centre.",
    parts=("weight", "mean", "covariance"),
)


def _every(one):
    return lambda X, r, mixture: _all(X, r, one)


def _old_means(X, r, mixture):
    weights, means, _ = _all(X, r)
    spreads = [spread(X, shares, mean) for shares, mean in zip(r.T, mixture.means, strict=True)]
    return weights, means, np.array(spreads) / r.sum(axis=0)[:, np.newaxis, np.newaxis]


def _own_shares(X, r, mixture):
    return _all(X, responsibilities(X, mixture))


def _equal_weights(X, r, mixture):
    return np.full(r.shape[1], 1 / r.shape[1]), *_all(X, r)[1:]


def _old_weights(X, r, mixture):
    return mixture.weights, *_all(X, r)[1:]


def _hard(X, r, mixture):
    return _all(X, np.maximum(np.eye(r.shape[1])[r.argmax(axis=1)], 1e-300))


def _one_covariance(X, r, mixture):
    weights, means, covariances = _all(X, r)
    return (
        weights,
        means,
        np.repeat(np.average(covariances, axis=0, weights=weights)[np.newaxis], len(means), 0),
    )


def _kept_means(X, r, mixture):
    weights, _, covariances = _old_means(X, r, mixture)
    return weights, mixture.means, covariances


m_step_vectorized = Exercise(
    name="m_step_vectorized",
    about="m_step_vectorized(X, r, mixture): weights, means, covariances",
    answer=_every(one_component),
    ready_made=("m_step",),
    fixtures=(
        (SEVEN_CLOSE, OTHER_SHARES, CLOSE),
        (TEN_POINTS, TEN_SHARES, TWO),
        LABELLED,
        SIX_IN_3D,
        FIVE_BY_FIVE,
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
            _own_shares,
            "You made new responsibilities from `mixture`. The M-step takes the table r that it is given.",
        ),
        Mistake(
            _equal_weights, "Your weights are all 1 / K. How many points does each component hold, in parts?"
        ),
        Mistake(
            _old_weights, "Your weights are those of `mixture`, the old ones. (7.4) makes them anew from r."
        ),
        Mistake(
            _hard, "You count each point for one component only. The M-step counts it for each, by its share."
        ),
        Mistake(
            _one_covariance,
            "All your components get the same covariance. Each has its own, from its own column of r.",
        ),
        *(Mistake(_every(one), nudge) for one, nudge in COMMON_MISTAKES),
    ),
    praise="Weights, means and covariances agree with the package, about the new means.",
    parts=("weights", "means", "covariances"),
)

"""Feedback for notebook 05, Break the chicken-and-egg circle."""

import numpy as np

from .. import kmeans
from ..gaussian import log_gaussian_1d
from ..mixture import responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .formulas import shared_out, whole_shares

SEVEN_NUMBERS = np.array([2.1, -0.4, 7.5, 3.3, -1.9, 0.6, 4.2])
SEVEN_LABELS = np.array([1, 0, 2, 1, 0, 0, 2])
NINE_NUMBERS = np.array([5.2, 0.3, -2.2, 8.1, 1.4, 6.6, -0.7, 3.9, 2.5])
NINE_LABELS = np.array([1, 0, 0, 1, 0, 1, 0, 1, 1])
THREE_WEIGHTS = np.array([0.2, 0.5, 0.3])
THREE_MEANS = np.array([-1.0, 2.5, 5.0])
THREE_VARIANCES = np.array([0.49, 2.25, 6.0])
SEVEN_POINTS = np.array(
    [[0.5, 0.2], [2.0, 1.0], [3.1, 2.4], [-0.6, 3.0], [1.2, 3.9], [4.5, -1.0], [1.0, -2.0]]
)
THREE_CENTRES = np.array([[0.0, 0.0], [4.0, 2.0], [-0.5, 4.5]])  # the second point lies midway of A and B
TWELVE_NUMBERS = 1000.0 + 40.0 * np.random.default_rng(6).standard_normal(12)
TWELVE_LABELS = np.array([3, 0, 1, 1, 2, 0, 3, 2, 1, 3, 0, 3])
FOUR_SOURCES = (
    np.array([0.1, 0.45, 0.25, 0.2]),
    np.array([1040.0, 980.0, 1000.0, 930.0]),
    np.array([300.0, 900.0, 60.0, 2000.0]),
)
ON_A_LINE = (np.array([[-3.0], [0.4], [8.0], [2.5], [2.4]]), np.array([[5.0], [0.0]]))
SIX_CENTRES = 1000.0 * np.random.default_rng(9).normal(size=(6, 2))
FOUR_POINTS = 1000.0 * np.random.default_rng(10).normal(size=(4, 2))
NINE_POINTS = 2.0 * np.random.default_rng(2).normal(size=(9, 3))
FOUR_CENTRES = np.random.default_rng(7).normal(size=(4, 3))


def _by_source(x, z, K, variance=np.var, mean=np.mean):
    own = [x[z == k] for k in range(K)]
    counts = np.array([len(numbers) for numbers in own])
    means, variances = (np.array([measure(numbers) for numbers in own]) for measure in (mean, variance))
    return counts / len(x), means, variances


def _equal_weights(x, z, K):
    return np.full(K, 1 / K), *_by_source(x, z, K)[1:]


def _raw_counts(x, z, K):
    weights, means, variances = _by_source(x, z, K)
    return weights * len(x), means, variances


def _pooled(x, z, K):
    weights, means, variances = _by_source(x, z, K)
    return weights, means, np.full(K, weights @ variances)


labelled_mle = Exercise(
    name="labelled_mle",
    about="labelled_mle(x (N,), z (N,), K): weights, means, variances, each (K,)",
    answer=_by_source,
    fixtures=(
        (SEVEN_NUMBERS, SEVEN_LABELS, 3),
        (NINE_NUMBERS, NINE_LABELS, 2),
        (TWELVE_NUMBERS, TWELVE_LABELS, 4),
        (NINE_NUMBERS, 0 * NINE_LABELS, 1),
    ),
    mistakes=(
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: own.var(ddof=1)),
            "Your variances divide by N_k - 1. A fair correction, but maximum likelihood divides by N_k.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, np.std),
            "Your third array holds deviations. The variance is the square of them.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: x.var()),
            "Your variances are that of all the data, the same for each source. Which numbers are its own?",
        ),
        Mistake(
            _pooled,
            "All your variances are the same: an average over the sources. Each source has one of its own.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: np.mean((own - x.mean()) ** 2)),
            "Your variances are about the mean of all the data. Which mean does a source spread about?",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: np.mean(own**2)),
            "Your variances are mean squares about zero. Take each source's own mean off first.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: own.var() * len(own) / len(x)),
            "Your variances divide by all N numbers. How many numbers went into each sum?",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: own.var() * len(own)),
            "Your variances are sums of squares. What turns a sum into an average?",
        ),
        Mistake(
            _equal_weights,
            "Your weights are all 1 / K. The labels say how often each source was drawn: count them.",
        ),
        Mistake(
            _raw_counts,
            "Your weights are counts. Weights sum to 1: what is the total to divide by?",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, mean=lambda own: own.sum() / len(x)),
            "Your means divide by all N numbers. How many numbers went into each sum?",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K)[1:] + _by_source(x, z, K)[:1],
            "The numbers are right, in another order: weights come first, then means, then variances.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, mean=np.median),
            "Your means are medians. Maximum likelihood has the average.",
        ),
        Mistake(
            lambda x, z, K: tuple(part[::-1] for part in _by_source(x, z, K)),
            "Your sources come in reverse. Entry k belongs to label k.",
        ),
        Mistake(
            lambda x, z, K: (1 - _by_source(x, z, K)[0], *_by_source(x, z, K)[1:]),
            "Your weights count the numbers of the other sources. Count a source's own.",
        ),
        Mistake(
            lambda x, z, K: _by_source(x, z, K, lambda own: np.mean(np.abs(own - own.mean()))),
            "Your third array holds mean absolute differences. A variance squares them before the average.",
        ),
    ),
    praise="With labels, each source is a one-bell problem, and a weight is a count divided by N.",
    parts=("weights", "means", "variances"),
    hints=(("NaN", "A source without numbers has no mean. Do your labels start at 0?"),),
)


def _joint(x, weights, means, variances):
    return weights * np.exp(log_gaussian_1d(x[:, np.newaxis], means, variances))


def _no_width(x, weights, means, variances):
    return np.sqrt(variances) * _joint(x, weights, means, variances)


def _in_logs(x, weights, means, variances):
    return shared_out(np.log(_joint(x, weights, means, variances)))


def _right_shares(x, weights, means, variances):
    mixture = Mixture(weights, means[:, np.newaxis], variances[:, np.newaxis, np.newaxis])
    return responsibilities(x[:, np.newaxis], mixture)


soft_assign_1d = Exercise(
    name="soft_assign_1d",
    about="soft_assign_1d(x (N,), weights, means, variances (K,)): the shares (N, K)",
    answer=_right_shares,
    ready_made=("responsibilities", "e_step"),
    fixtures=(
        (SEVEN_NUMBERS, THREE_WEIGHTS, THREE_MEANS, THREE_VARIANCES),
        (NINE_NUMBERS, np.array([0.8, 0.2]), np.array([0.0, 5.0]), np.array([2.25, 2.25])),
        (TWELVE_NUMBERS, *FOUR_SOURCES),
        (NINE_NUMBERS[:4], np.ones(1), np.array([2.0]), np.array([4.0])),
    ),
    mistakes=(
        Mistake(
            lambda x, weights, means, variances: shared_out(_joint(x, 1.0, means, variances)),
            "The densities are right, but a common source should claim more: where are the weights?",
        ),
        Mistake(
            _joint,
            "These are prior times density. What makes the shares of each number sum to 1?",
        ),
        Mistake(
            lambda x, weights, means, variances: _joint(x, 1.0, means, variances),
            "These are the densities p(x | k). A share also asks how common each source is, and sums to 1.",
        ),
        Mistake(
            lambda *arguments: shared_out(_joint(*arguments), axis=0),
            "Your columns sum to 1. Each number shares itself out among the sources: which sums must be 1?",
        ),
        Mistake(
            lambda *arguments: shared_out(_joint(*arguments), axis=None),
            "All your entries together sum to 1. Each number shares itself out: which sums must be 1?",
        ),
        Mistake(
            lambda x, weights, means, variances: shared_out(_joint(x, weights, means, variances**2)),
            "Your bells have the wrong width: you take the variances for deviations and square them again.",
        ),
        Mistake(
            lambda x, weights, means, variances: shared_out(_joint(x, weights, means, np.sqrt(variances))),
            "Your bells have the wrong width: log_gaussian_1d wants the variance as it is, not its root.",
        ),
        Mistake(
            lambda *arguments: shared_out(_no_width(*arguments)),
            "Your bells are all of the same height. A wide bell is lower: where is the 1 / sigma?",
        ),
        Mistake(
            lambda *arguments: whole_shares(_joint(*arguments)),
            "You give each number to one source whole. Keep the shares.",
        ),
        Mistake(
            lambda x, *parameters: np.log(_joint(x, *parameters)),
            "These are logarithms, of prior times density. Shares lie between 0 and 1.",
        ),
        Mistake(
            lambda x, weights, means, variances: log_gaussian_1d(x[:, np.newaxis], means, variances),
            "These are the logarithms of the densities. Three things are still to do before they are shares.",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(log_gaussian_1d(x[:, np.newaxis], *bells)),
            "You divide log densities by their sum. Undo the log first, and bring the weights in.",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(weights * log_gaussian_1d(x[:, np.newaxis], *bells)),
            "You multiply the weights with logarithms. Prior times density needs the density itself.",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(
                np.exp(weights + log_gaussian_1d(x[:, np.newaxis], *bells))
            ),
            "You add the weights to log densities. Undo the log first, then multiply by the weights.",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(
                np.exp(weights * log_gaussian_1d(x[:, np.newaxis], *bells))
            ),
            "Your weights went inside the exp. Undo the log first, then multiply by the weights.",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(_joint(x, weights[::-1], *bells)),
            "Each weight meets another source's bell. Do weights, means and variances go in step?",
        ),
        Mistake(
            lambda x, weights, *bells: shared_out(_joint(x, weights**2, *bells)),
            "Your weights come in twice. Each density is multiplied by its weight once.",
        ),
        Mistake(
            lambda *arguments: shared_out(_joint(*arguments) ** 2),
            "Your shares are of squares. Share out prior times density as it is.",
        ),
        Mistake(
            lambda x, weights, means, variances: shared_out(
                _joint(x, weights / np.sqrt(variances), means, variances)
            ),
            "Your bells are divided by the variance. The height of a bell has 1 / sigma, the root of it.",
        ),
        Mistake(
            lambda *arguments: shared_out(_joint(*arguments)) / len(arguments[0]),
            "You divide by N as well. The shares of each number sum to 1.",
        ),
        Mistake(
            _in_logs,
            "You divide logarithms by their sum. Shares are of prior times density: undo the log first.",
        ),
    ),
    praise="This is an E-step: nothing is assigned, each number is shared out.",
    hints=(
        (
            r"broadcast.*\((\d+),\d+\) \(\1,\)",
            "One sum for each row must be a column (N, 1) before it goes with (N, K). See keepdims.",
        ),
    ),
)


def _offsets(X, means):
    return X[:, np.newaxis] - means


kmeans_assign = Exercise(
    name="kmeans_assign",
    about="kmeans_assign(X (N, D), means (K, D)): the labels (N,)",
    answer=lambda X, means: kmeans.assign_step(X, means),
    ready_made=("assign_step",),
    fixtures=(
        (SEVEN_POINTS, THREE_CENTRES),
        (NINE_POINTS, FOUR_CENTRES),
        ON_A_LINE,
        (FOUR_POINTS, SIX_CENTRES),
        (np.array([[0.0, 0], [10, 1], [20, 0.2], [4, 2.9]]), np.array([[0.0, 3], [9, 0]])),
    ),
    mistakes=(
        Mistake(
            lambda X, means: kmeans.squared_distances(X, means).argmax(axis=1),
            "Each point goes to the farthest mean. Which end of the distances do you want?",
        ),
        Mistake(
            lambda X, means: np.sum(_offsets(X, means) ** 2, axis=1).argmin(axis=1),
            "You sum over the means and choose a coordinate. A distance sums over the D coordinates.",
        ),
        Mistake(
            lambda X, means: len(means) - 1 - kmeans.squared_distances(X, means)[:, ::-1].argmin(axis=1),
            "You differ in a tie only: a point midway between two means goes to the first of them.",
        ),
        Mistake(
            lambda X, means: kmeans.squared_distances(X, means).argmin(axis=1) + 1,
            "Your labels count from 1. Labels are indices of means: they count from 0.",
        ),
        Mistake(
            lambda X, means: kmeans.squared_distances(X, means).min(axis=1),
            "These are the smallest squared distances. A label says which mean it was, not how far.",
        ),
        Mistake(
            lambda X, means: np.abs(_offsets(X, means)).sum(axis=2).argmin(axis=1),
            "You add up the absolute differences. k-means squares them before it adds.",
        ),
        Mistake(
            lambda X, means: (_offsets(X, means).sum(axis=2) ** 2).argmin(axis=1),
            "You add the differences first and square the sum, so that they cancel. Square each, then add.",
        ),
        Mistake(
            lambda X, means: _offsets(X, means).sum(axis=2).argmin(axis=1),
            "Your differences keep their signs: the most negative sum wins. A distance is never negative.",
        ),
        Mistake(
            lambda X, means: (_offsets(X, means)[:, :, 0] ** 2).argmin(axis=1),
            "You compare the first coordinate only. A distance takes all D.",
        ),
        Mistake(
            lambda X, means: kmeans.squared_distances(X - X.mean(axis=0), means).argmin(axis=1),
            "You measure from points that have been centred. Measure from the points as they are.",
        ),
        Mistake(
            lambda X, means: kmeans.squared_distances(X / X.std(axis=0), means / X.std(axis=0)).argmin(
                axis=1
            ),
            "You have standardised the columns. Measure in the units that are given.",
        ),
        Mistake(
            lambda X, means: (X @ means.T).argmax(axis=1),
            "You take the largest product with a mean. Nearest means the smallest squared distance.",
        ),
        Mistake(
            lambda X, means: np.abs(_offsets(X, means)).max(axis=2).argmin(axis=1),
            "You compare the largest difference of a coordinate. A distance takes all D together.",
        ),
        Mistake(
            lambda X, means: kmeans.squared_distances(X, np.sort(means, axis=0)).argmin(axis=1),
            "You have sorted the means. A label is the place of a mean in the array as it was given.",
        ),
    ),
    praise="A hard turn: one label for each point, and no memory of how close the call was.",
)

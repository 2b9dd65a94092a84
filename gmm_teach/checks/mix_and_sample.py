"""Feedback for notebook 03, Mix and sample."""

import numpy as np

from ..datasets import load
from ..gaussian import log_gaussian
from ..mixture import log_density, log_joint
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import APART, SEVEN_APART
from .formulas import log_densities
from .questions import Question
from .random_draws import UNREPEATED, Draws

RNG = np.random.default_rng
PARAMETERS = (np.array([0.2, 0.5, 0.3]), np.array([-12.0, 2.0, 20.0]), np.array([1.0, 2.25, 3.0]))
TWO = (np.array([0.35, 0.65]), np.array([20.0, -12.0]), np.array([3.0, 0.64]))
FOUR = (np.array([0.2, 0.25, 0.2, 0.35]), np.array([40.0, -12.0, 2.0, 19.0]), np.array([0.49, 1.2, 1.0, 2.5]))
FAR_AND_NEAR = np.vstack([SEVEN_APART[:4], [[0.0, 0.0], [9.0, -7.0]]])
FIVE = Mixture(
    [0.1, 0.3, 0.05, 0.35, 0.2],
    [[0, 1, 2], [2, 0, 1], [1, 1, 0], [-1, 2, 0], [0, -1, 1]],
    [np.eye(3) + 0.3 * k for k in (1, 0, 2, 1, 3)],
)


def _of_averages(X, weights, mixture):
    mean, covariance = (np.tensordot(weights, array, axes=1) for array in mixture[1:])
    return np.exp(log_gaussian(X, mean, covariance))


NO_WEIGHTS = (
    "You add the densities as they are. A common component must count for more: where are the weights?"
)
AVERAGED = (
    "You average means and covariances first, and so get one Gaussian with one bump. "
    "A mixture averages the densities of its components."
)
LARGEST = "You keep the largest term only. A point can come from any component: add up all the ways."

mixture_pdf = Exercise(
    name="mixture_pdf",
    about="mixture_pdf(X, mixture): the density of each row of X (N, D), as (N,)",
    answer=lambda X, mixture: np.exp(log_density(X, mixture)),
    ready_made=("log_density", "log_joint", "weighted_densities"),
    fixtures=(
        (SEVEN_APART, APART),
        (SEVEN_APART[:5, :1], Mixture([0.7, 0.3], [[0], [2]], [[[4]], [[1]]])),
        (FAR_AND_NEAR, Mixture([1.0], [[1.0, -1.0]], [[[2.0, 0.7], [0.7, 1.0]]])),
        (np.arange(27.0).reshape(9, 3) % 5 - 1, FIVE),
    ),
    mistakes=(
        Mistake(lambda X, mixture: _of_averages(X, mixture.weights, mixture), AVERAGED),
        Mistake(
            lambda X, mixture: _of_averages(
                X, np.full_like(mixture.weights, 1 / len(mixture.weights)), mixture
            ),
            AVERAGED,
        ),
        Mistake(lambda X, mixture: np.exp(log_densities(X, mixture)).sum(axis=1), NO_WEIGHTS),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture)).mean(axis=1),
            "You give every component the same weight, 1/K. The mixture brings its own.",
        ),
        Mistake(lambda X, mixture: np.exp(log_joint(X, mixture)).max(axis=1), LARGEST),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture)).max(axis=1),
            f"{LARGEST} And the weights are missing.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_joint(X, mixture)).prod(axis=1),
            "You multiply the terms. The densities of N points are multiplied; the ways to make one add up.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_joint(X, mixture))[:, -1],
            "You return the last component's term alone. Does your loop start anew each time round?",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_joint(X, mixture))[:, 0],
            "You return the first component's term alone. Is your return inside the loop?",
        ),
        Mistake(
            lambda X, mixture: (np.exp(log_densities(X, mixture)) * np.exp(mixture.weights)).sum(axis=1),
            "You add the weights to log densities. Take exp first, then multiply by the weight.",
        ),
        Mistake(log_density, "That is the logarithm of the right answer. Return the density itself."),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture) * mixture.weights).sum(axis=1),
            "Your weights went inside the exp. Take exp first, then multiply by the weight.",
        ),
        Mistake(
            lambda X, mixture: log_densities(X, mixture) @ mixture.weights,
            "You average logarithms. gt.log_gaussian returns log densities: which step comes before the sum?",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture) @ mixture.weights),
            "You average logarithms and then take exp. The sum in (3.1) is over densities, not over logs.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_joint(X, mixture)).sum(axis=1) / len(mixture.weights),
            "You divide by K as well. The weights sum to 1 and make the average already.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture)) @ mixture.weights[::-1],
            "Each weight meets another component's density. Do weights, means and covariances go in step?",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture)) @ np.sqrt(mixture.weights),
            "You take the root of the weights. Multiply by the weight as it is.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_densities(X, mixture)) @ mixture.weights**2,
            "Your weights come in twice. Each density is multiplied by its weight once.",
        ),
    ),
    hints=(
        (
            r"shape is \(\); it must be",
            "You have one number for all points. The sum of (3.1) runs over the components of each point.",
        ),
        (
            r"shape is \(\d+, \d+\); it must be \(\d+,\)",
            "You have a number for each point and component. One step of (3.1) is left.",
        ),
        (
            r"shapes \(7,\) \(5,\)|shapes \(5,\) \(7,\)",
            "Your function still holds what an earlier call made. Start its sum, or its list, inside the "
            "function.",
        ),
    ),
    praise="Your density agrees with the package, with one to five components, in one to three dimensions.",
    atol=0.0,
)


def _draws(pick=None, deviations=np.sqrt, order=None):
    """A sampler of 1-D mixtures: pick(weights, n, rng) gives z (n,); order puts it in another order."""
    pick = pick or (lambda weights, n, rng: rng.choice(len(weights), size=n, p=weights))

    def function(weights, means, variances, n, rng):
        z = pick(weights, n, rng)
        z = order(z) if order else z
        return means[z] + deviations(variances)[z] * rng.standard_normal(n)

    return function


def _shares(weights, n, rng):
    ends = np.round(n * np.cumsum(weights)).astype(int)
    return np.searchsorted(ends, np.arange(n), side="right")


def _equal(weights, n, rng):
    return np.arange(n) % len(weights)


def _weighted_sum(weights, means, variances, n, rng):
    return rng.normal(means, np.sqrt(variances), size=(n, len(means))) @ weights


def _plain_sum(weights, means, variances, n, rng):
    return _weighted_sum(np.ones_like(weights), means, variances, n, rng)


def _bell_of_averages(weights, means, variances, n, rng):
    return rng.normal(weights @ means, np.sqrt(weights @ variances), size=n)


EQUAL_COUNTS = "Your components make about equally many points. How often should component k be picked?"
FIXED_COUNTS = (
    "Each component makes exactly n times its weight, every time. In a real draw the counts themselves "
    "vary: z is random too."
)
A_SUM = (
    "You draw from every component and add the draws up. That is a sum of random variables. A mixture picks "
    "one component for each point."
)

ONE_ONLY = "All your points come from one component. Step 1 must pick a component anew for every point."


def _uniform(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    return means[z] + np.sqrt(12 * variances)[z] * (rng.random(n) - 0.5)


sample = Draws(
    name="sample",
    about="sample(weights, means, variances, n, rng): n draws of a 1-D mixture (n,)",
    answer=_draws(),
    ready_made=("sample", "sample_loops"),
    fixtures=(
        (*PARAMETERS, 8_000, RNG(1)),
        (*PARAMETERS, 8_000, RNG(2)),  # the same, another generator,
        (*PARAMETERS, 8_000, RNG(1)),  # and the first one once more
        (*(values[[1, 2, 0]] for values in PARAMETERS), 7_000, RNG(2)),
        (*TWO, 8_000, RNG(4)),
        (*FOUR, 10_000, RNG(5)),
    ),
    mistakes=(
        Mistake(_draws(_equal), EQUAL_COUNTS),
        Mistake(_draws(_equal, order=np.sort), EQUAL_COUNTS),
        Mistake(_draws(lambda weights, n, rng: rng.integers(len(weights), size=n)), EQUAL_COUNTS),
        Mistake(_draws(_shares), FIXED_COUNTS),
        Mistake(
            _draws(_shares, order=np.random.default_rng(0).permutation), f"{FIXED_COUNTS} Shuffling hides it."
        ),
        Mistake(
            _draws(lambda weights, n, rng: rng.permutation(_shares(weights, n, rng))),
            f"{FIXED_COUNTS} Shuffling hides it.",
        ),
        Mistake(
            _draws(order=np.sort),
            "The set of points is right, but it comes sorted by component: your first point always comes "
            "from the first one. Each point must be a draw from the whole mixture.",
        ),
        Mistake(_weighted_sum, A_SUM),
        Mistake(_plain_sum, A_SUM),
        Mistake(
            _draws(deviations=lambda variances: variances),
            "Your components are in the right places with the wrong widths. Normal generators want a "
            "deviation; you have variances.",
        ),
        Mistake(
            _draws(deviations=lambda variances: variances / 2),
            "In Python a ** 1 / 2 is half of a, not its root. Write a ** 0.5, or np.sqrt(a).",
        ),
        Mistake(
            _draws(deviations=np.ones_like),
            "All your components have deviation 1. Component k has its own.",
        ),
        Mistake(
            _draws(deviations=np.zeros_like),
            "You return the means of the picked components. Step 2 draws a point around that mean.",
        ),
        Mistake(
            lambda weights, means, variances, n, rng: rng.choice(len(weights), size=n, p=weights),
            "You return the labels z. Step 2 draws a point from each picked component.",
        ),
        Mistake(
            lambda weights, means, variances, n, rng: _draws()(weights, means, variances, n, RNG(0)),
            "You make a generator of your own, with a seed: the same draws each time, whatever rng is. Draw "
            "from the rng that you are given.",
        ),
        Mistake(
            lambda weights, means, variances, n, rng: _draws()(weights, means, variances, n, RNG()),
            UNREPEATED,
        ),
        Mistake(
            lambda weights, means, variances, n, rng: np.resize(
                _draws()(weights, means, variances, n // 8, rng), n
            ),
            "Your draws repeat themselves. Draw each of the n points anew.",
        ),
        Mistake(
            _uniform,
            "Places and widths are right, but the shape is not that of a bell. Step 2 draws from a Gaussian: "
            "rng.normal.",
        ),
        Mistake(
            _draws(deviations=lambda variances: np.full_like(variances, np.sqrt(variances.mean()))),
            "All your components have the same deviation. Component k has its own.",
        ),
        Mistake(
            _draws(pick=lambda weights, n, rng: np.full(n, rng.choice(len(weights), p=weights))), ONE_ONLY
        ),
        Mistake(
            _draws(deviations=lambda variances: 1 / np.sqrt(variances)),
            "Your wide components are narrow and your narrow ones wide: what is the deviation of a variance?",
        ),
        Mistake(
            _bell_of_averages,
            "You average the parameters and draw from that single bell. Pick a component for each point.",
        ),
    ),
    praise="Shares, means and deviations are those of the mixture, the bells are bells as far as their "
    "kurtosis shows, and the draws follow rng. Random draws are compared to within what chance allows.",
)


def _bar():
    x = load("two_sources").X[:, 0]
    return float(np.sum((x >= 0) & (x < 0.5))), len(x)


COUNT, N_POINTS = _bar()

points_in_bar = Question(
    name="points_in_bar",
    about="the number of points in the bar from 0 to 0.5 of two_sources",
    right=COUNT,
    mistakes={
        2 * COUNT: "That is height times N. The share is the area of the bar: how wide is it?",
        COUNT / N_POINTS: "That is the share of the points, height times width. How many points is it?",
        2 * COUNT / N_POINTS: "That is the height. The share of the points is the area of the bar.",
        COUNT / 2: "The share is right with N = 2000, but there are 4000 points in this histogram.",
        4 * COUNT: "You divided by the width. Height times width is the share.",
        COUNT + 1: "One too many: the exact number is asked for.",
        COUNT - 1: "One too few: the exact number is asked for.",
    },
    praise="Height times width is the share of the points; times N it is their number.",
    how="Answer with a number.",
    miss="Share of the points = height times width. Then count them.",
    rtol=1e-4,
)

first_with_two_bumps = Question(
    name="first_with_two_bumps",
    about="the first of d = 2.0, 2.1, 2.2, ... at which N(0, 1) and N(d, 2^2) have two bumps",
    right=3.3,
    mistakes={
        2.0: "That is the first distance in the list. Does the sum have two bumps there? Count them.",
        2.1: "That is right for two bells of deviation 1. Here B is twice as wide.",
        3.0: "The sum of the deviations is 3. For two equal bells that is the limit, for these it is not: "
        "count the bumps there.",
        3.1: "That would be the next one after the sum of the deviations. Count the bumps there.",
        3.2: "Nearly. Has the sum a valley there? Count again, on a fine grid.",
        3.4: "Two bumps, but not for the first time. Go back by a step.",
        4.0: "Two bumps, but not for the first time. Go down step by step.",
        4.1: "That would be right for two bells of deviation 2. Here A is half as wide.",
    },
    praise="3.3 lies between the 2.1 of two bells of deviation 1 and the 4.1 of two of deviation 2.",
    how="Answer with a number, such as 2.5.",
    miss="Count the local maxima of the sum at each distance, and take the first distance with two.",
    rtol=1e-6,
)

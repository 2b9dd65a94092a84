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

CUTS = (-5.0, 10.0)  # between the components of the fixtures of `sample`
RNG = np.random.default_rng
PARAMETERS = (np.array([0.2, 0.5, 0.3]), np.array([-12.0, 1.0, 20.0]), np.array([1.0, 2.25, 4.0]))


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
    fixtures=((SEVEN_APART, APART), (SEVEN_APART[:5, :1], Mixture([0.7, 0.3], [[0], [2]], [[[4]], [[1]]]))),
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
    ),
    praise="Your density agrees with the package to eight digits, in two dimensions and in one.",
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


def _measure(x):
    """The shares of the points between the cuts, where they lie, and how they are ordered."""
    groups = [x[np.digitize(x, CUTS) == k] for k in range(3)]
    counts = np.array([len(group) for group in groups])
    place = np.arange(len(x)) - (len(x) - 1) / 2
    drift = 0.0 if np.ptp(x) == 0 else np.mean(place * (x - x.mean())) / (place.std() * x.std())
    whole = counts * 20 / len(x)  # the weights of both fixtures are twentieths
    return {
        f"the shares below {CUTS[0]:g}, between, and above {CUTS[1]:g}": counts / len(x),
        "the means of these three groups": [group.mean() if len(group) else 0.0 for group in groups],
        "the deviations of these three groups": [group.std() if len(group) else 0.0 for group in groups],
        "the correlation of x with its place in the list": drift,
        "chance in the counts (1 if they vary, 0 if they are exactly n times the weights)": float(
            np.any(whole != np.round(whole))
        ),
    }


def _one_component_only(results):
    if all(_measure(x)["the shares below -5, between, and above 10"].max() > 0.999 for (x,) in results):
        return "All your points come from one component. Step 1 must pick a component anew for every point."
    return None


EQUAL_COUNTS = "Your components make about equally many points. How often should component k be picked?"
FIXED_COUNTS = (
    "Each component makes exactly n times its weight, every time. In a real draw the counts themselves "
    "vary: z is random too."
)
A_SUM = (
    "You draw from every component and add the draws up. That is a sum of random variables. A mixture picks "
    "one component for each point."
)

sample = Exercise(
    name="sample",
    about="sample(weights, means, variances, n, rng): n draws of a 1-D mixture (n,)",
    answer=_draws(),
    fixtures=((*PARAMETERS, 10_000, RNG(1)), (*(values[[1, 2, 0]] for values in PARAMETERS), 8_000, RNG(2))),
    mistakes=(
        Mistake(_draws(_equal), EQUAL_COUNTS),
        Mistake(_draws(_equal, order=np.sort), EQUAL_COUNTS),
        Mistake(_draws(_shares), FIXED_COUNTS),
        Mistake(
            _draws(_shares, order=np.random.default_rng(0).permutation), f"{FIXED_COUNTS} Shuffling hides it."
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
            _bell_of_averages,
            "You average the parameters and draw from that single bell. Pick a component for each point.",
        ),
    ),
    praise="Shares, means and deviations are those of the mixture. Random draws are compared to within a few "
    "per cent.",
    diagnose=_one_component_only,
    measure=_measure,
    rtol=0.1,
    atol=0.05,
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
    },
    praise="Height times width is the share of the points; times N it is their number.",
    how="Answer with a number.",
    miss="Share of the points = height times width. Then count them.",
)

first_with_two_bumps = Question(
    name="first_with_two_bumps",
    about="the first of 1.0, 1.1, 1.2, ... deviations apart with two bumps",
    right=2.1,
    mistakes={
        2.0: "At exactly 2 deviations the top is flat, still one bump. Go on by one step.",
        1.0: "One deviation apart, the sum has a single bump. Count the maxima of each distance.",
        3.0: "Three deviations apart there are two bumps, but not for the first time.",
    },
    praise="Above 2 deviations the valley in the middle appears.",
    how="Answer with a number, such as 1.5.",
    miss="Count the local maxima of the sum at each distance, and take the first distance with two.",
)

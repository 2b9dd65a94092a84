"""Feedback for notebook 04, Survive tiny numbers."""

import numpy as np

from .. import gaussian, mixture
from .exercises import Exercise, Mistake
from .fixtures import APART, SEVEN_APART
from .formulas import log_densities
from .questions import Question

WITH_A_FAR_POINT = np.vstack([SEVEN_APART, [70.0, -50.0]])
GAPS = np.random.default_rng(8).normal(scale=1.5, size=(7, 3))
# exp of a row 743 below the highest keeps no digits: what one maximum for all rows loses
SPREAD = GAPS + np.array([300.0, -443.0, 250.0, -120.0, 299.0, -441.5, 0.0])[:, np.newaxis]
LOW = GAPS[::-1] - np.arange(1000.0, 1070.0, 10.0)[:, np.newaxis]  # each exp is 0.0
LOW[3, 1] = -4000.0  # far below its own row, too: a mean in place of the maximum overflows


def _log_sum_exp(a, largest=None, axis=1):
    largest = a.max(axis=axis, keepdims=True) if largest is None else largest
    return np.squeeze(np.log(np.exp(a - largest).sum(axis=axis, keepdims=True)) + largest, axis=axis)


def _not_put_back(a):
    return gaussian.log_sum_exp(a) - a.max(axis=1)


def _with_epsilon(epsilon):
    return lambda a: np.log(np.exp(a).sum(axis=1) + epsilon)


def _an_epsilon_in_the_log(results):
    (near,), (far,) = results
    highest = gaussian.log_sum_exp(SPREAD)[0]
    same = far.shape == near.shape == (len(LOW),) and np.ptp(far) < 1e-6
    if same and far[0] > LOW.max() and np.isclose(near[0], highest):
        return EPSILON
    return None


EPSILON = (
    "Every row of very negative numbers gets the same result: a small number inside the log puts a floor "
    "under all of them. Take the largest out instead."
)

log_sum_exp = Exercise(
    name="log_sum_exp",
    about="log_sum_exp(a): log(sum(exp(a))) of each row of a (N, K), as (N,)",
    answer=lambda a: gaussian.log_sum_exp(a, axis=1),
    fixtures=((SPREAD,), (LOW,)),
    hints=(
        (
            "NaN",
            "After exp, numbers far below 0 are 0.0 and numbers far above 0 are inf. Which number of a row, "
            "taken out of it first, prevents both?",
        ),
        (
            r"broadcast.*\(7,3\) \(7,\)|\(7, 7\)",
            "Watch the shapes: a column (N, 1) goes with (N, K), and (N,) with (N,). See keepdims.",
        ),
    ),
    mistakes=(
        Mistake(
            _not_put_back,
            "You took the largest out and did not put it back: your results are too small in size.",
        ),
        Mistake(
            lambda a: _log_sum_exp(a, largest=a.max()),
            "One maximum for all rows: a row 740 below it keeps next to no digits after exp. "
            "Each row needs its own.",
        ),
        Mistake(
            lambda a: gaussian.log_sum_exp(a, axis=0),
            "You have one number for each column. The sum runs over the components of one point: which axis "
            "is that?",
        ),
        Mistake(
            lambda a: np.log(np.exp(a - a.max(axis=0)).sum(axis=1)) + a.max(axis=1),
            "You put back another number than you took out: the largest of each column went out, that of "
            "each row came back.",
        ),
        Mistake(
            lambda a: np.log(np.exp(a - a.max(axis=1, keepdims=True)).sum()) + a.max(axis=1),
            "Your sum runs over the whole array. Each row needs a sum of its own.",
        ),
        Mistake(
            lambda a: a.max(axis=1),
            "That is the largest of each row alone. The smaller terms count too, after exp.",
        ),
        Mistake(
            lambda a: gaussian.log_sum_exp(a) - 2 * a.max(axis=1),
            "You put the largest back with the wrong sign: log(exp(m) s) is log s plus or minus m?",
        ),
        Mistake(
            lambda a: np.exp(_not_put_back(a)) + a.max(axis=1),
            "Largest out, exp, sum, largest back: the log in between is missing.",
        ),
        Mistake(
            lambda a: gaussian.log_sum_exp(a) - np.log(a.shape[1]),
            "That is the log of the mean. Your result is too small by log K.",
        ),
        Mistake(
            lambda a: np.exp(_not_put_back(a)),
            "That is the sum after the largest was taken out. Its log, and the largest, are still to come.",
        ),
        Mistake(
            lambda a: a.sum(axis=1),
            "That is the sum of the logs, the log of a product. Inside must be a sum of exp.",
        ),
        Mistake(_with_epsilon(1e-10), EPSILON),
    ),
    praise="Yours agrees with the package and with scipy.special.logsumexp to eight digits.",
    diagnose=_an_epsilon_in_the_log,
    free_length=True,
)


def _floored(results):
    """Right for near points; for one far point, as if it were as near as log(epsilon) says."""
    (near,), (far,) = results
    right, lowest = (mixture.log_likelihood(X, APART) for X in (SEVEN_APART, WITH_A_FAR_POINT))
    if np.isclose(near, right, rtol=1e-3) and lowest < 5 * far and far < near:
        return FLOOR
    return None


FLOOR = (
    "Right for points near by; the far point counts as if it were near. A small number inside the log is a "
    "floor: it hides the point instead of scoring it."
)

log_likelihood = Exercise(
    name="log_likelihood",
    about="log_likelihood(X, mixture): the total over the rows of X (N, D), a number",
    answer=mixture.log_likelihood,
    fixtures=((SEVEN_APART, APART), (WITH_A_FAR_POINT, APART)),
    mistakes=(
        Mistake(
            lambda X, m: mixture.log_joint(X, m).sum(),
            "Your log went inside the sum over components. The log of a sum is not the sum of logs: add the "
            "K terms first.",
        ),
        Mistake(
            lambda X, m: (log_densities(X, m) @ m.weights).sum(),
            "You average the K log densities of a point. Weigh the densities, before the log.",
        ),
        Mistake(
            lambda X, m: mixture.log_likelihood(X, m) / len(X),
            "That is the mean over the points. The log-likelihood is their total.",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m), axis=1).sum(),
            "The densities are right, but a common component should count for more: where are the weights?",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m) - np.log(m.n_components), axis=1).sum(),
            "You give every component the same weight, 1/K. The mixture brings its own.",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m) + m.weights, axis=1).sum(),
            "You add the weights to log densities. In logs, a product with the weight is a sum with what?",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m) * m.weights, axis=1).sum(),
            "You multiply log densities by the weights. In logs, a product is a sum: of which two logs?",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(mixture.log_joint(X, m), axis=0).sum(),
            "Your log_sum_exp runs over the points and leaves K numbers. Swap the two sums.",
        ),
        Mistake(
            lambda X, m: mixture.log_joint(X, m).max(axis=1).sum(),
            "You keep the largest component of each point. The others count too.",
        ),
        Mistake(
            lambda X, m: -mixture.log_likelihood(X, m),
            "That is the negative log-likelihood, which others minimise. Here it is the log-likelihood.",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(mixture.log_density(X, m)),
            "You add the densities of the points and take one log. The points' densities are multiplied.",
        ),
        Mistake(
            lambda X, m: np.exp(mixture.log_density(X, m)).sum(),
            "You add densities over the points. Take the log of each point's density first.",
        ),
        Mistake(lambda X, m: np.log(np.exp(mixture.log_density(X, m)) + 1e-10).sum(), FLOOR),
        Mistake(lambda X, m: np.log(np.exp(mixture.log_density(X, m)) + 1e-300).sum(), FLOOR),
    ),
    praise="Seven near points and a far one: yours agrees with the package to eight digits.",
    diagnose=_floored,
    hints=(
        ("NaN", "Without logs, the far point's densities are 0.0. How does (4.5) keep it alive?"),
        (r"\(7,\); it must be \(\)", "You have one number for each point. One step of (4.4) is left."),
    ),
)

power_of_ten = Question(
    name="power_of_ten",
    about="the power of ten of a likelihood whose log is -1397.1",
    right=-607.0,
    mistakes={
        -1397.1: "That is the power of e. How many factors of e make one factor of ten?",
        -3216.9: "You multiplied by log(10). Ten is larger than e, so you need fewer factors of it.",
        -606.0: "Nearly: the exact power is -606.76. Round it to the nearest whole number.",
        607.0: "Right in size. A likelihood below 1 has a power of ten with which sign?",
    },
    praise="A point followed by 606 zeros: far below the 324 places that a float64 can reach.",
    how="Answer with a number, such as -100.",
    miss="Divide the log-likelihood by log(10).",
    rtol=1e-3,
)

blocking_sum = Question(
    name="blocking_sum",
    about="the index of the sum that the log cannot pass",
    right="k",
    mistakes={"n": "The sum over n stands outside the log: a derivative goes through it term by term."},
    praise="The log stops before the sum over the components, and cannot reach the exponential inside.",
    how='Answer "n" or "k", in quotes.',
    miss='Answer "n" or "k", and nothing more.',
)

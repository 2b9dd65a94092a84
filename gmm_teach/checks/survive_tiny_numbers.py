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
HIGH = np.array([[680.0, 681.5], [-3.0, 2.0], [690.0, -10.0], [1.0, 1.0], [600.0, 610.0]])
WIDE = np.random.default_rng(5).normal(scale=300.0, size=(3, 6))
ONE_HIGH = np.full((40, 2), -738.0) + np.arange(80).reshape(40, 2) % 7  # a mean of all rows lies far below
ONE_HIGH[7] = [0.5, -0.5]  # this row
SINGLE = np.array([[-400.0], [4.5], [0.0], [300.0]])
IN_ONE_DIMENSION = mixture.Mixture([0.35, 0.65], [[-1.0], [4.0]], [[[0.3]], [[6.0]]])
NUMBERS = np.array([[0.2], [-3.0], [5.5], [11.0], [90.0]])
FIVE = mixture.Mixture(
    [0.1, 0.3, 0.05, 0.35, 0.2],
    [[0, 1, 2], [2, 0, 1], [1, 1, 0], [-1, 2, 0], [0, -1, 1]],
    [np.eye(3) + 0.3 * k for k in (1, 0, 2, 1, 3)],
)


def _log_sum_exp(a, largest=None, axis=1):
    largest = a.max(axis=axis, keepdims=True) if largest is None else largest
    return np.squeeze(np.log(np.exp(a - largest).sum(axis=axis, keepdims=True)) + largest, axis=axis)


def _not_put_back(a):
    return gaussian.log_sum_exp(a) - a.max(axis=1)


def _with_epsilon(epsilon):
    return lambda a: np.log(np.exp(a).sum(axis=1) + epsilon)


def _an_epsilon_in_the_log(results):
    (near,), (far,) = results[:2]
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
    ready_made=("log_sum_exp", "logsumexp"),
    fixtures=((SPREAD,), (LOW,), (HIGH,), (WIDE,), (SINGLE,), (ONE_HIGH,)),
    hints=(
        (
            "NaN",
            "After exp, numbers far below 0 are 0.0 and numbers far above 0 are inf. Which number of a row, "
            "taken out of it first, prevents both? (And the log of a number below 0 is NaN.)",
        ),
        (
            r"broadcast.*\((\d+),\d+\) \(\1,\)|\((\d+), \2\)",
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
        Mistake(
            lambda a: np.log2(np.exp(_not_put_back(a))) + a.max(axis=1),
            "Your log is to the base 2. (4.5) has the natural log, np.log, the inverse of exp.",
        ),
        Mistake(
            lambda a: np.log10(np.exp(_not_put_back(a))) + a.max(axis=1),
            "Your log is to the base 10. (4.5) has the natural log, np.log, the inverse of exp.",
        ),
        Mistake(
            lambda a: _not_put_back(a) * a.max(axis=1),
            "You multiply by the largest. A factor outside the log's sum becomes a term outside the log.",
        ),
        Mistake(
            lambda a: np.log1p(np.exp(_not_put_back(a))) + a.max(axis=1),
            "Your sum is too large by 1. The largest gives exp(0) = 1 by itself; no other 1 is added.",
        ),
    ),
    praise="Yours agrees with the package and with scipy.special.logsumexp, for rows of one to six numbers "
    "from -4000 to 690.",
    diagnose=_an_epsilon_in_the_log,
    free_length=True,
)


def _floored(results):
    """Right for near points; for one far point, as if it were as near as log(epsilon) says."""
    (near,), (far,) = results[:2]
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
    answer=lambda X, m: mixture.log_likelihood(X, m),
    ready_made=("log_likelihood", "log_density"),
    fixtures=(
        (SEVEN_APART, APART),
        (WITH_A_FAR_POINT, APART),
        (NUMBERS, IN_ONE_DIMENSION),
        (np.arange(27.0).reshape(9, 3) % 5 - 1, FIVE),
        (SEVEN_APART[:3], mixture.Mixture([1.0], [[1.0, -1.0]], [[[2.0, 0.7], [0.7, 1.0]]])),
    ),
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
        Mistake(
            lambda X, m: np.exp(mixture.log_likelihood(X, m)),
            "That is the likelihood itself, and for far points it is 0.0. Leave the last exp out.",
        ),
        Mistake(
            lambda X, m: -2 * mixture.log_likelihood(X, m),
            "That is -2 times the log-likelihood, the deviance. Return the log-likelihood itself.",
        ),
        Mistake(
            lambda X, m: mixture.log_likelihood(X, m) / np.log(10),
            "That is the log to the base 10. Use the natural log, np.log.",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m) - np.log(m.weights), axis=1).sum(),
            "You take the logs of the weights off. In logs, to multiply is to add.",
        ),
        Mistake(
            lambda X, m: gaussian.log_sum_exp(log_densities(X, m) + np.log(m.weights[::-1]), axis=1).sum(),
            "Each weight meets another component's density. Do weights, means and covariances go in step?",
        ),
        Mistake(lambda X, m: np.log(np.exp(mixture.log_density(X, m)) + 1e-10).sum(), FLOOR),
        Mistake(lambda X, m: np.log(np.exp(mixture.log_density(X, m)) + 1e-300).sum(), FLOOR),
    ),
    praise="Seven near points and a far one: yours agrees with the package.",
    diagnose=_floored,
    hints=(
        (
            "NaN",
            "Two ways lead there. Out of logs, the far point's densities are 0.0, and the log of 0 is minus "
            "infinity: how does (4.5) keep it alive? And the log of a negative number, such as a log "
            "density, is NaN.",
        ),
        (
            r"\((?!1,)\d+,\); it must be \(\)",
            "You have one number for each point. One step of (4.4) is left.",
        ),
    ),
)

power_of_ten = Question(
    name="power_of_ten",
    about="the power of ten of a likelihood whose log is -1397.1",
    right=-607.0,
    mistakes={
        -1397.1: "That is the power of e. How many factors of e make one factor of ten?",
        -3216.9: "You multiplied by log(10). Ten is larger than e, so you need fewer factors of it.",
        -606.0: "Nearly. You cut the decimals off: which whole number is the nearest?",
        -606.75: "That is the power before rounding. To the nearest whole number, please.",
        -608.0: "Nearly: one too far down. Divide once more, and round to the nearest.",
        607.0: "Right in size. A likelihood below 1 has a power of ten with which sign?",
    },
    praise="A point followed by 606 zeros: far below the 324 places that a float64 can reach.",
    how="Answer with a number, such as -100.",
    miss="How many factors of e make one factor of ten? Divide by that.",
    rtol=0.0,
    atol=0.1,
)

blocking_sum = Question(
    name="blocking_sum",
    about="the index of the sum that the log cannot pass",
    right="k",
    mistakes={
        "n": "The sum over n stands outside the log: a derivative goes through it term by term.",
        "both": "One of the two stands outside the log, and is in nobody's way. Which?",
    },
    praise="The log stops before the sum over the components, and cannot reach the exponential inside.",
    how='Answer "n" or "k", in quotes.',
    miss='Answer "n" or "k", and nothing more.',
)

"""Feedback for notebook 01, Fit one bell curve."""

import math

import numpy as np

from ..gaussian import log_gaussian_1d
from .exercises import Exercise, Mistake
from .questions import Question

SEVEN = np.array([0.4, 3.1, -1.2, 1.9, 2.6, -0.3, 5.0])
FOUR = np.array([11.0, 9.5, 14.2, 10.1])
TEN = np.array([-31.0, -12.5, -8.0, -30.2, 2.4, -17.7, -22.1, -9.9, -40.3, -15.6])


def _bell(exponent, constant):
    """A formula with the parts of the density, some of which may be wrong."""

    def formula(x, mean, variance):
        return np.exp(exponent(x, mean, variance)) / constant(variance)

    return formula


def _right_exponent(x, mean, variance):
    return -((x - mean) ** 2) / (2 * variance)


def _right_constant(variance):
    return np.sqrt(2 * np.pi * variance)


def _variance_for_deviation(x, mean, variance):
    return -((x - mean) ** 2) / (2 * variance**2)


def _area_below(x, mean, variance):
    z = (x - mean) / np.sqrt(2 * variance)
    return np.array([0.5 * math.erfc(-one) for one in z])


HALF_FOR_ROOT = "In Python a ** 1 / 2 is (a ** 1) / 2, half of a. A root is a ** 0.5, or np.sqrt(a)."

gaussian_pdf_1d = Exercise(
    name="gaussian_pdf_1d",
    about="gaussian_pdf_1d(x, mean, variance): the density (N,) at x (N,)",
    answer=_bell(_right_exponent, _right_constant),
    fixtures=(
        (SEVEN, -0.7, 2.5),
        (SEVEN, 1.3, 0.6),
        (FOUR, 12.0, 0.04),
        (TEN, -20.0, 150.0),
        (np.array([3.0, 3.04]), 3.0, 0.01),
    ),
    atol=0.0,
    mistakes=(
        Mistake(
            _bell(_variance_for_deviation, lambda v: v * np.sqrt(2 * np.pi)),
            "You put the variance where σ belongs. The argument is σ²; which function takes you to σ?",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: v * np.sqrt(2 * np.pi)),
            "The exponent is right. The constant holds σ, and you divide by the variance, σ².",
        ),
        Mistake(
            _bell(_variance_for_deviation, _right_constant),
            "The constant is right. In the exponent you square the variance, which is σ² already.",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: 1),
            "Your bell has the right shape, but its peak is always 1. What makes its area 1?",
        ),
        Mistake(
            _bell(lambda x, m, v: -(x - m) / np.sqrt(v) / 2, _right_constant),
            "Your curve goes up to the left of the mean. What in (1.1) drops the sign of x − μ?",
        ),
        Mistake(
            _bell(lambda x, m, v: -np.abs(x - m) / (2 * v), _right_constant),
            "Your curve has a sharp tip at the mean. The exponent holds the square of x − μ, not its size.",
        ),
        Mistake(
            _bell(lambda x, m, v: -_right_exponent(x, m, v), _right_constant),
            "Your curve is lowest at the mean and grows away from it. Look at the sign of the exponent.",
        ),
        Mistake(
            _bell(lambda x, m, v: -((x - m) ** 2) / v, _right_constant),
            "Your curve is too narrow: a factor is missing in the exponent.",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: 2 * np.pi * np.sqrt(v)),
            "The shape is right, the height is not: how much of the 2π is under the root in (1.1)?",
        ),
        Mistake(
            _bell(lambda x, m, v: -((x - m) ** 2) / 2 * v, _right_constant),
            "In Python a / 2 * b is (a / 2) times b. Use brackets where (1.1) divides the square by 2σ².",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: 2 * np.pi * v),
            "The shape is right, the height is not. Step 4 divides by a root.",
        ),
        Mistake(_bell(_right_exponent, lambda v: np.pi * v), HALF_FOR_ROOT),
        Mistake(
            _bell(_right_exponent, lambda v: 4 * np.pi * v),
            "In Python a / b ** 1 / 2 is (a / b) / 2. A root is b ** 0.5, or np.sqrt(b).",
        ),
        Mistake(
            _bell(lambda x, m, v: -(((x - m) / v / 2) ** 2) / 2, _right_constant),
            f"The constant is right. {HALF_FOR_ROOT}",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: np.sqrt(v)),
            "The shape is right, the height is not. Besides σ, what else stands in the constant of (1.1)?",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: np.sqrt(2 * np.pi)),
            "The shape is right, but all your peaks have one height. What does a wider bell need?",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: np.sqrt(2 * np.pi) / np.sqrt(v)),
            "The shape is right, but a wider bell comes out higher. Does your constant divide by σ?",
        ),
        Mistake(
            _bell(_right_exponent, lambda v: np.sqrt(v) / np.sqrt(2 * np.pi)),
            "In Python a / b * c is (a / b) times c. Use brackets where (1.1) divides by σ√(2π).",
        ),
        Mistake(
            _bell(lambda x, m, v: -((x - m) ** 2) / (2 * np.sqrt(v)), _right_constant),
            "The constant is right. In the exponent you divide by 2σ; (1.1) has 2σ².",
        ),
        Mistake(
            _bell(lambda x, m, v: -((x - m) ** 2) / 2, _right_constant),
            "The height is right, but all your bells have one width. In what is the distance counted?",
        ),
        Mistake(
            _bell(lambda x, m, v: -((x - m) ** 2) / 2, lambda v: np.sqrt(2 * np.pi)),
            "Your bell has σ = 1, whatever the variance.",
        ),
        Mistake(
            _bell(lambda x, m, v: _right_exponent(x, 0, v), _right_constant),
            "Your bell stands over 0, whatever the mean.",
        ),
        Mistake(
            lambda x, mean, variance: (
                np.exp(_right_exponent(x, x.mean(), x.var())) / _right_constant(x.var())
            ),
            "You take mean and variance from x. They are given: use the arguments.",
        ),
        Mistake(log_gaussian_1d, "This is the logarithm of the density. Asked for is the density."),
        Mistake(
            _area_below,
            "These are probabilities, the areas to the left of each x. Asked for is the height of the curve.",
        ),
        Mistake(
            lambda x, mean, variance: (
                _bell(_right_exponent, _right_constant)(x, mean, variance)
                / _bell(_right_exponent, _right_constant)(x, mean, variance).sum()
            ),
            "You make the heights sum to 1. It is the area under the whole curve that is 1.",
        ),
    ),
    hints=(
        ("0-dimensional", "The functions of `math` take one number, those of NumPy whole arrays."),
        (r"The shape is \(\)", "Each x has a density of its own: return them all."),
    ),
    ready_made=("log_gaussian_1d", "log_gaussian", "log_density", "pdf", "logpdf"),
    praise="Yours agree with the package's.",
)

peak_per_metre = Question(
    name="peak_per_metre",
    about="the peak, per metre, of a bell whose peak is 0.0798 per millimetre",
    right=79.8,
    mistakes={
        0.0798: "That is the peak per millimetre. In metres σ is another number: which?",
        0.0000798: "In metres σ is 1000 times smaller. Does a narrower bell have a lower peak?",
        1.0: "A density has no ceiling at 1. Work it out: what does σ become, and then the peak?",
        79800.0: "You multiplied by a million, as σ² is divided by a million. The peak follows σ.",
        0.005: "That is σ in metres. Asked for is the peak.",
        200.0: "You have the 1 / σ. What else stands in the constant of (1.1)?",
    },
    praise="σ becomes 1000 times smaller, so the peak becomes 1000 times higher, and the area stays 1.",
    how="Answer with one number, the height of the peak.",
    miss="Not quite. What is σ in metres? Then use the peak 1 / (σ√(2π)).",
)


def _mean(x):
    return np.sum(x) / len(x)


def _variance(x):
    return np.sum((x - _mean(x)) ** 2) / len(x)


mle_1d = Exercise(
    name="mle_1d",
    about="mle_1d(x): the maximum-likelihood mean and variance of x (N,)",
    answer=lambda x: (_mean(x), _variance(x)),
    fixtures=((SEVEN,), (FOUR,), (TEN,), (np.array([0.25, 0.75]),)),
    parts=("mean", "variance"),
    mistakes=(
        Mistake(
            lambda x: (np.mean(x), np.var(x, ddof=1)),
            "You divide by N − 1. That is another estimate; where the derivative is zero, the divisor is N.",
        ),
        Mistake(
            lambda x: (np.mean(x), np.std(x)), "That is σ, the deviation. Asked for is the variance, σ²."
        ),
        Mistake(
            lambda x: (np.mean(x), np.std(x, ddof=1)),
            "Two things in the variance: it is not a root, and its divisor is not N − 1.",
        ),
        Mistake(
            lambda x: (np.mean(x), np.mean(x**2)),
            "The mean is right. Your variance averages the squares of x itself: squares of what in (1.7)?",
        ),
        Mistake(
            lambda x: (np.mean(x), np.sum((x - np.mean(x)) ** 2)),
            "The mean is right. Your variance is a sum over the points, and grows with each new point.",
        ),
        Mistake(
            lambda x: (np.mean(x), np.mean(np.abs(x - np.mean(x)))),
            "The mean is right. For the variance you average the sizes of x − μ; (1.7) has their squares.",
        ),
        Mistake(
            lambda x: (np.mean(x), np.mean(x - np.mean(x))),
            "The mean is right. Differences from it cancel, so yours is always 0. What is squared first?",
        ),
        Mistake(
            lambda x: (np.mean(x), np.mean(x) ** 2),
            "The mean is right. Your variance is its square; (1.7) has differences from it.",
        ),
        Mistake(
            lambda x: (np.median(x), np.var(x)),
            "The variance is right. Your centre is the median; (1.6) is an average.",
        ),
        Mistake(
            lambda x: (np.sum(x), np.var(x)),
            "The variance is right. Your mean is a sum: by what is it divided in (1.6)?",
        ),
        Mistake(
            lambda x: (np.sum(x) / (len(x) - 1), np.var(x)),
            "The variance is right. The mean divides by N too, not by N − 1.",
        ),
        Mistake(
            lambda x: (np.var(x), np.mean(x)),
            "Both numbers are right, in the wrong order: the mean comes first.",
        ),
    ),
    hints=(
        (r"shape of mean is \([1-9]", "That is a number for each x. By what do you make it one?"),
        (r"shape of variance is \([1-9]", "That is a number for each x. (1.7) has one: what joins them?"),
    ),
    praise="These are the mean and the variance with the highest likelihood.",
)

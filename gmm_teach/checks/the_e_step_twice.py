"""Feedback for notebook 06, Take the E-step, twice."""

import numpy as np

from ..gaussian import log_sum_exp
from ..mixture import log_joint
from .exercises import Exercise, Mistake
from .fixtures import CLOSE, SEVEN_CLOSE, TWO, points
from .formulas import log_densities, shared_out, whole_shares
from .questions import Question

FIVE_POINTS = points(TWO, 5, 4)
FAR_POINTS = np.vstack([SEVEN_CLOSE[:4], [[60.0, -80.0], [900.0, 900.0], [-70.0, 0.0]]])
FOUR_WEIGHTS = np.array([0.1, 0.45, 0.15, 0.3])
SQUARE = np.array(  # four points and four components; densities above 1, tiny ones, and a 0
    [
        [7.0, 0.2, 3.5, 40.0],
        [2e-13, 5e-13, 3e-12, 1e-13],
        [0.6, 0.0, 0.1, 0.3],
        [1e-299, 3e-300, 2e-299, 0.0],
    ]
)
LEVEL = np.log([[7.5, 0.7, 4.0, 40.5], [0.6, 0.05, 0.1, 0.3], [2.0, 2.5, 1.2, 0.9], [1.0, 8.0, 3.0, 2.0]])
ONE_POINT = np.array([[0.4, 0.02, 0.11, 0.3, 0.05]])
STEEP = np.array(  # five points and two components, with densities too large for exp, and too small
    [[801.1, 800.0], [-3.6, -2.4], [41.6, 41.7], [-904.6, -903.5], [1500.0, 1502.1]]
)


share = Question(
    name="share_of_a",
    about="the share of A: prior 0.2 and density 0.3, against 0.8 and 0.025",
    right=0.75,
    mistakes={
        0.06: "That is A's prior times density. What must all the products be divided by?",
        0.923: "You shared out the densities alone. B is four times as common: where does that enter?",
        0.2: "That is the prior, the share before anyone looked at the point. What did the point tell?",
        1.0: "A is the stronger one, but B's product is not 0, and B keeps its part.",
        0.25: "That is what is left for B.",
        75.0: "That is the percentage. Write it as a number between 0 and 1.",
        0.08: "That is the sum of the two products. Which part of it is A's?",
        3.0: "That is the odds, A's product for each unit of B's. A share lies between 0 and 1.",
    },
    praise="0.06 against 0.02, and 0.06 / 0.08 is three quarters. No density needed to be near 1 for that.",
    how="Answer with one number between 0 and 1.",
    miss="Work out prior times density for both, then divide A's by the sum.",
)


def _zero_for_nan(joint):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(shared_out(np.exp(joint)))


def _divided_while_filling(weights, densities):
    r = np.zeros(densities.shape)
    for k, column in enumerate((weights * densities).T):
        r[:, k] = column
        r = shared_out(r)
    return r


def _sums_of_rows_so_far(weights, densities):
    r = np.zeros(densities.shape)
    for i, row in enumerate(weights * densities):
        total = 0.0
        for k, product in enumerate(row):
            total += product
            r[i, k] = product / total
    return r


def _first_row_only(weights, densities):
    r = np.zeros(densities.shape)
    r[0] = shared_out(weights * densities[:1])
    return r


def _with_an_epsilon(results):
    """Whether only the row of tiny densities is wrong."""
    shares, right = results[2][0], shared_out(FOUR_WEIGHTS * SQUARE)
    if np.allclose(shares[[0, 2]], right[[0, 2]], rtol=1e-6) and not np.allclose(shares[3], right[3]):
        return (
            "Only rows with tiny densities are wrong. An epsilon does that, or a limit below which a sum "
            "counts as 0. Their ratios are ordinary numbers, and need none."
        )
    return None


e_step_loops = Exercise(
    name="e_step_loops",
    about="e_step_loops(weights (K,), densities (N, K)): the responsibilities (N, K)",
    answer=lambda weights, densities: shared_out(weights * densities),
    fixtures=(
        (CLOSE.weights, np.exp(log_densities(SEVEN_CLOSE, CLOSE))),
        (TWO.weights, np.exp(log_densities(FIVE_POINTS, TWO))),
        (FOUR_WEIGHTS, SQUARE),
        (np.array([0.05, 0.35, 0.1, 0.2, 0.3]), ONE_POINT),
    ),
    hints=(
        (
            "NaN or infinite",
            "No row of these densities is all 0, so no sum over a row is, unless you square the "
            "tiny ones. What do you divide by?",
        ),
        (
            r"index \d+ is out of bounds",
            "N and K differ from case to case. Which of the two numbers does each loop run up to?",
        ),
    ),
    mistakes=(
        Mistake(
            lambda weights, densities: shared_out(densities),
            "These are the densities alone, shared out: the weights are missing, or they have cancelled. A "
            "common component claims more.",
        ),
        Mistake(
            lambda weights, densities: shared_out(weights * densities, axis=0),
            "Your columns sum to 1. Each point shares itself out among the components: which sums must be 1?",
        ),
        Mistake(
            lambda weights, densities: shared_out(weights * densities, axis=None),
            "All your entries together sum to 1. But each point has a whole 1 to share out.",
        ),
        Mistake(
            lambda weights, densities: (
                weights * densities / (weights * densities).sum(axis=1).cumsum()[:, np.newaxis]
            ),
            "Your first row is right. Then the total runs on from point to point: when must it start from 0?",
        ),
        Mistake(
            _divided_while_filling,
            "Your rows sum to 1, and yet they are wrong: you divide before the row is full. In which of the "
            "two loops does the division belong?",
        ),
        Mistake(
            _sums_of_rows_so_far,
            "Each row's last entry is right. You divide by the total so far: when is the row's total done?",
        ),
        Mistake(
            lambda weights, densities: shared_out(weights[::-1] * densities),
            "Your weights run backwards. Which weight belongs to which column?",
        ),
        Mistake(
            lambda weights, densities: shared_out(weights + densities),
            "You added prior and density. Bayes' rule multiplies them.",
        ),
        Mistake(
            _first_row_only,
            "Only your first row is filled. Does the return stand inside a loop?",
        ),
        Mistake(
            lambda weights, densities: whole_shares(weights * densities),
            "You give each point to one component only. An E-step keeps the shares.",
        ),
        Mistake(
            lambda weights, densities: weights * densities,
            "These are prior times density. What is missing to make each row sum to 1?",
        ),
        Mistake(
            lambda weights, densities: weights * shared_out(densities),
            "Your rows do not sum to 1: you divided by the sum of the densities alone. Which sum is below?",
        ),
    ),
    praise="Each point has shared itself out: every row sums to 1, whatever N and K are.",
    diagnose=_with_an_epsilon,
)


def _all_alike_far_away(results):
    """Whether a far point is shared equally, as after a limit on the logarithms."""
    if np.any(np.ptp(results[1][0][4:], axis=1) < 1e-6):
        return (
            "A far point of yours is shared equally. A limit on the logarithms makes them alike: which "
            "number can you subtract from a row without changing its shares?"
        )
    return None


e_step_vectorized = Exercise(
    name="e_step_vectorized",
    about="e_step_vectorized(log_joint (N, K)): the responsibilities (N, K)",
    answer=lambda joint: np.exp(joint - log_sum_exp(joint, axis=1)[:, np.newaxis]),
    fixtures=((log_joint(SEVEN_CLOSE, CLOSE),), (log_joint(FAR_POINTS, CLOSE),), (STEEP,), (LEVEL,)),
    ready_made=("softmax", "log_softmax", "responsibilities", "e_step"),
    hints=(
        (
            "NaN or infinite",
            "Some points are far away: exp makes a whole row of theirs 0, or too large, and 0 / 0 is NaN. "
            "What must happen to a row before exp, so that its largest entry stays an ordinary number?",
        ),
        (
            r"shapes \(7,3\) \(7,\)",
            "One number for each point has shape (7,), and NumPy lines it up with the three columns. "
            "What keeps it a column of shape (7, 1)?",
        ),
    ),
    mistakes=(
        Mistake(
            lambda joint: shared_out(np.exp(joint - joint.max(axis=0)), axis=0),
            "Your columns sum to 1: both axes are the wrong one. Along which axis do the components lie?",
        ),
        Mistake(
            lambda joint: shared_out(np.exp(joint - joint.max(axis=1, keepdims=True)), axis=0),
            "You took the largest of each row, and then summed each column. Which sums must be 1?",
        ),
        Mistake(
            lambda joint: shared_out(np.exp(joint - joint.max()), axis=None),
            "All your entries together sum to 1. But each point has a whole 1 to share out.",
        ),
        Mistake(
            lambda joint: np.exp(joint - joint.max(axis=1, keepdims=True)),
            "The largest entry of each of your rows is 1. One step is missing: what must each row sum to?",
        ),
        Mistake(
            _zero_for_nan,
            "Your far points have rows of 0, so they belong to nobody. An epsilon, or a 0 for a NaN, hides "
            "the fault. What must happen to a row before exp?",
        ),
        Mistake(
            lambda joint: joint - log_sum_exp(joint, axis=1)[:, np.newaxis],
            "These are the logarithms of the responsibilities. One function call is missing.",
        ),
        Mistake(
            lambda joint: shared_out(np.exp2(joint - joint.max(axis=1, keepdims=True))),
            "Your shares are too even: you took powers of 2. The logarithms are natural ones.",
        ),
        Mistake(
            lambda joint: shared_out(np.exp(joint - joint.max(axis=1, keepdims=True)) ** 2),
            "Your shares are too uneven: something is squared. Take exp once.",
        ),
        Mistake(
            lambda joint: shared_out(np.exp(joint.min(axis=1, keepdims=True) - joint)),
            "Your smallest share belongs to the largest logarithm. Is a sign turned round?",
        ),
        Mistake(
            lambda joint: np.exp(joint - joint.max(axis=1, keepdims=True)) / joint.shape[1],
            "You divide by K, so you take the average of each row for granted. What must each row sum to?",
        ),
        Mistake(
            lambda joint: shared_out(joint),
            "You shared out the logarithms themselves. Shares are made of products, so exp must come in.",
        ),
        Mistake(
            whole_shares,
            "You give each point to one component only. An E-step keeps the shares.",
        ),
    ),
    praise="Near points and far ones, and every row sums to 1.",
    diagnose=_all_alike_far_away,
)

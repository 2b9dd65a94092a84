"""Feedback for notebook 08, Run the whole film."""

from typing import ClassVar

import numpy as np

from .. import vectorized
from ..gaussian import log_gaussian
from ..mixture import log_joint
from ..params import Mixture
from ..words import count
from .exercises import Exercise, Mistake
from .fixtures import APART, BEGIN, SEVEN_APART, SIXTY_APART, points
from .formulas import log_densities, shared_out, whole_shares

SPACE = Mixture(
    [0.1, 0.2, 0.3, 0.4],
    [[0.0, 0.0, 0.0], [3.0, 0.0, 1.0], [0.0, 3.0, -1.0], [-2.0, -2.0, 2.0]],
    [np.diag([1.0, 2.0, 0.5]), np.eye(3), np.eye(3) + 0.3, np.diag([0.5, 1.0, 2.0]) - 0.1],
)
FORTY_IN_SPACE = points(SPACE, 40, 1)
LINE = Mixture([0.6, 0.4], [[0.0], [1.5]], [[[1.0]], [[0.5]]])
LINE_BEGIN = Mixture([0.5, 0.5], [[0.3], [0.5]], [[[1.0]], [[1.2]]])
ON_A_LINE = points(LINE, 25, 7)  # from LINE_BEGIN a plateau, and 315 E-steps in all
FAR = np.vstack([SEVEN_APART[:4], [[300.0, -200.0], [-1e4, 1e4]]])


class _Climb:
    """The log-likelihoods of one run, made as they are asked for, with fresh or stale responsibilities."""

    known: ClassVar = {}

    def __init__(self, X, mixture, stale):
        self.scores, self.to_come = [], self._em(X, mixture, stale)

    def _em(self, X, mixture, stale):
        first = None
        while True:
            responsibilities, score = vectorized.e_step(X, mixture)
            yield score
            first = responsibilities if first is None else first
            mixture = vectorized.m_step(X, first if stale else responsibilities)

    def until(self, enough):
        """The scores up to the first at which enough(scores) holds; 500 of them if it never does."""
        for n in range(1, 501):
            if n > len(self.scores):
                self.scores.append(next(self.to_come))
            if enough(self.scores[:n]):
                break
        return self.scores[:n]


def _run(X, mixture, enough, stale=False):
    case = X.tobytes(), mixture.means.tobytes(), stale
    if case not in _Climb.known:
        _Climb.known[case] = _Climb(X, mixture, stale)
    return _Climb.known[case].until(enough)


def _still(limit):
    return lambda scores: len(scores) > 1 and abs(scores[-1] - scores[-2]) <= limit


def _still_relative(tol):
    return lambda scores: len(scores) > 1 and abs(scores[-1] - scores[-2]) <= tol * abs(scores[-1])


def _late(limit):
    return lambda scores: _still(limit)(scores[:-1])


def _right(X, mixture, tol):
    return _run(X, mixture, _still(tol * len(X)))


def _one_more(X, mixture, tol):
    return _run(X, mixture, _late(tol * len(X)))


def _too_few(results):
    """A limit on the count of E-steps: always the same, or met in the long runs."""
    yours = [len(scores) for (scores,) in results]
    if len(set(yours)) == 1:
        return (
            f"You always make {count(yours[0], 'E-step')}, whatever tol is. "
            "Let the climb itself say when it is over."
        )
    rights = [len(scores) for (scores,) in fit.answers(_right)]
    longest = max(yours)
    if yours == [min(n, longest) for n in rights] and longest < max(rights):
        return (
            f"Your runs stop after {count(longest, 'E-step')} at the latest, whatever tol is. "
            "A slow climb takes longer."
        )
    return None


fit = Exercise(
    name="fit",
    about="fit(X, mixture, tol): the log-likelihood of every E-step",
    answer=_right,
    fixtures=(
        (SIXTY_APART, BEGIN, 1e-4),
        (SIXTY_APART, BEGIN, 1e-6),
        (FORTY_IN_SPACE, SPACE, 0.05),
        (ON_A_LINE, LINE_BEGIN, 1e-8),
    ),
    mistakes=(
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still(tol)),
            "You compare totals with tol. Twice the points, twice the total: what stays the same is the "
            "log-likelihood per point.",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still(tol / len(X))),
            "You divide tol by the number of points. The gain per point is the gain divided by N: on which "
            "side does the N belong?",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still_relative(tol)),
            "You compare the gain with tol times the log-likelihood, which depends on the units of X. "
            "Compare it per point.",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still(tol * X.size)),
            "You divide by the count of all numbers in X, which is N times D. How many points are there?",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still(tol * len(X)), stale=True),
            "Your responsibilities are made once and never again. Which half-step renews them?",
        ),
        Mistake(
            lambda X, mixture, tol: [vectorized.e_step(X, mixture)[1]] * 2,
            "Your list holds the same number again and again: each E-step has the starting mixture. "
            "What does the M-step return, and who takes it?",
        ),
        Mistake(
            _one_more,
            "You make one E-step too many. Compare as soon as the newest log-likelihood is in the list.",
        ),
        Mistake(
            lambda X, mixture, tol: _right(X, mixture, tol)[:-1],
            "You stop at the right E-step, but its log-likelihood is not in your list.",
        ),
        Mistake(
            lambda X, mixture, tol: _right(X, mixture, tol)[1:],
            "The first log-likelihood is missing from your list: that of the starting mixture.",
        ),
        Mistake(
            lambda X, mixture, tol: _one_more(X, mixture, tol)[1:],
            "Your list begins after the first M-step. The starting mixture has a log-likelihood too: its own "
            "E-step gives it.",
        ),
        Mistake(
            lambda X, mixture, tol: [0.0, *_right(X, mixture, tol)],
            "Your list begins with a number that no E-step made. Where does it come from?",
        ),
        Mistake(
            lambda X, mixture, tol: np.array(_right(X, mixture, tol)) / len(X),
            "Your list holds log-likelihoods per point. Only the test for stopping is per point.",
        ),
        Mistake(
            lambda X, mixture, tol: np.diff(_right(X, mixture, tol)),
            "Your list holds the gains. Asked for are the log-likelihoods themselves.",
        ),
    ),
    praise="Your loop stops at the same E-step as run_em, with the same log-likelihoods.",
    diagnose=_too_few,
    free_length=True,
    hints=(
        (
            "NaN or infinite",
            "If your list begins with -np.inf, to have something to compare with, leave that out of it.",
        ),
        (
            r"The shape is \(\); ",
            "Return the list of all log-likelihoods, not the last one alone.",
        ),
    ),
    ready_made=("run_em", "half_steps"),
)


def _stable(logs):
    """exp of logs (N, K), in units of each row's largest."""
    return np.exp(logs - logs.max(axis=1, keepdims=True))


def _held_up(parts):
    """Shares with an epsilon that keeps 0 / 0 away."""
    return parts / (parts.sum(axis=1, keepdims=True) + 1e-300)


def _shares(X, mixture):
    return shared_out(_stable(log_joint(X, mixture)))


def _untilted(X, mixture):
    """Log-densities with the variances alone."""
    return np.column_stack(
        [
            log_gaussian(X, mean, np.diag(covariance.diagonal()))
            for mean, covariance in zip(mixture.means, mixture.covariances, strict=True)
        ]
    )


e_step = Exercise(
    name="my_e_step",
    about="my_e_step(X, mixture): the responsibilities (N, K)",
    answer=_shares,
    fixtures=(
        (SEVEN_APART, BEGIN),
        (SIXTY_APART, APART),
        (ON_A_LINE, LINE),
        (FORTY_IN_SPACE, SPACE),
        (FAR, APART),
    ),
    hints=(
        (
            r"shapes \(7,3\) \(7,\)",
            "One number for each point has shape (7,), and NumPy lines it up with the three columns. "
            "What keeps it a column of shape (7, 1)?",
        ),
        (
            "of 18 numbers in the result are NaN",  # the last case, whose last points are far away
            "exp of a far point is 0 or, with the wrong number taken out, infinite; 0 / 0 and inf / inf are "
            "NaN. What did notebook 06 take out of each row?",
        ),
        ("rows of different lengths", "Return the responsibilities alone, without the score beside them."),
    ),
    mistakes=(
        Mistake(
            lambda X, mixture: shared_out(_stable(log_densities(X, mixture))),
            "The densities are right, but a common component should claim more: where are the weights?",
        ),
        Mistake(
            lambda X, mixture: shared_out(_stable(log_joint(X, mixture)) * mixture.weights),
            "The weights count twice: log_joint holds them already.",
        ),
        Mistake(
            lambda X, mixture: shared_out(_stable(log_joint(X, mixture)), axis=0),
            "Your columns sum to 1. Each point shares itself out among the components: which sums must be 1?",
        ),
        Mistake(
            lambda X, mixture: shared_out(np.exp(log_joint(X, mixture)), axis=0),
            "Your columns sum to 1, where the rows should: each point shares itself out.",
        ),
        Mistake(
            lambda X, mixture: whole_shares(log_joint(X, mixture)),
            "You give each point to one component only. An E-step keeps the shares.",
        ),
        Mistake(
            lambda X, mixture: np.exp(log_joint(X, mixture)),
            "These are prior times density. What is missing to make each row sum to 1?",
        ),
        Mistake(
            lambda X, mixture: _stable(log_joint(X, mixture)),
            "The largest entry of each row is 1. What is missing to make each row sum to 1?",
        ),
        Mistake(
            lambda X, mixture: _held_up(np.exp(log_joint(X, mixture))),
            "Far points get shares of 0 everywhere. Their rows must sum to 1 too: what did notebook 06 take "
            "out before exp?",
        ),
        Mistake(
            lambda X, mixture: shared_out(_stable(log_joint(X, mixture)), axis=None),
            "All your entries together sum to 1. Each point shares itself out: which sums must be 1?",
        ),
        Mistake(
            lambda X, mixture: shared_out(np.exp(log_joint(X, mixture)), axis=None),
            "All your entries together sum to 1, where each row should: a point shares itself out.",
        ),
        Mistake(log_joint, "These are logarithms, of prior times density. Responsibilities are shares."),
        Mistake(
            lambda X, mixture: np.log(np.maximum(_shares(X, mixture), 1e-300)),
            "These are the logarithms of the responsibilities: one exp is missing.",
        ),
        Mistake(
            lambda X, mixture: shared_out(log_joint(X, mixture)),
            "You divide logarithms by their sum. What comes before the sharing out?",
        ),
        Mistake(
            lambda X, mixture: shared_out(_stable(_untilted(X, mixture) + np.log(mixture.weights))),
            "Your densities have the variances alone. Where is the rest of each covariance?",
        ),
    ),
    praise="Yours agree with the package.",
    ready_made=("e_step", "responsibilities", "run_em", "half_steps"),
)

"""Feedback for notebook 08, Run the whole film."""

import numpy as np

from .. import vectorized
from ..mixture import log_joint
from ..words import count
from .exercises import Exercise, Mistake
from .fixtures import APART, BEGIN, SEVEN_APART, SIXTY_APART
from .formulas import log_densities, shared_out, whole_shares


def _run(X, mixture, enough, stale=False):
    scores, first = [], None
    for _ in range(500):
        responsibilities, score = vectorized.e_step(X, mixture)
        scores.append(score)
        if enough(scores):
            break
        first = responsibilities if first is None else first
        mixture = vectorized.m_step(X, first if stale else responsibilities)
    return scores


def _still(limit):
    return lambda scores: len(scores) > 1 and abs(scores[-1] - scores[-2]) <= limit


def _still_relative(tol):
    return lambda scores: len(scores) > 1 and abs(scores[-1] - scores[-2]) <= tol * abs(scores[-1])


def _late(limit):
    return lambda scores: _still(limit)(scores[:-1])


def _fixed_count(results):
    lengths = {len(scores) for (scores,) in results}
    if len(lengths) == 1:
        return (
            f"You always make {count(lengths.pop(), 'E-step')}, whatever tol is. "
            "Let the climb itself say when it is over."
        )
    return None


fit = Exercise(
    name="fit",
    about="fit(X, mixture, tol): the log-likelihood of every E-step",
    answer=lambda X, mixture, tol: _run(X, mixture, _still(tol * len(X))),
    fixtures=((SIXTY_APART, BEGIN, 1e-4), (SIXTY_APART, BEGIN, 1e-6)),
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
            lambda X, mixture, tol: _run(X, mixture, _still(tol * len(X)), stale=True),
            "Your responsibilities are made once and never again. Which half-step renews them?",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _late(tol * len(X))),
            "You make one E-step too many. Compare as soon as the newest log-likelihood is in the list.",
        ),
        Mistake(
            lambda X, mixture, tol: _run(X, mixture, _still(tol * len(X)))[:-1],
            "You stop at the right E-step, but its log-likelihood is not in your list.",
        ),
        Mistake(
            lambda X, mixture, tol: [0.0, *_run(X, mixture, _still(tol * len(X)))],
            "Your list begins with a number that no E-step made. Where does it come from?",
        ),
        Mistake(
            lambda X, mixture, tol: np.array(_run(X, mixture, _still(tol * len(X)))) / len(X),
            "Your list holds log-likelihoods per point. Only the test for stopping is per point.",
        ),
    ),
    praise="Your loop stops at the same E-step as run_em, with the same log-likelihoods.",
    diagnose=_fixed_count,
    free_length=True,
)


e_step = Exercise(
    name="my_e_step",
    about="my_e_step(X, mixture): the responsibilities (N, K)",
    answer=lambda X, mixture: vectorized.e_step(X, mixture)[0],
    fixtures=((SEVEN_APART, BEGIN), (SIXTY_APART, APART)),
    hints=(
        (
            r"shapes \(7,3\) \(7,\)",
            "One number for each point has shape (7,), and NumPy lines it up with the three columns. "
            "What keeps it a column of shape (7, 1)?",
        ),
    ),
    mistakes=(
        Mistake(
            lambda X, mixture: shared_out(np.exp(log_densities(X, mixture))),
            "The densities are right, but a common component should claim more: where are the weights?",
        ),
        Mistake(
            lambda X, mixture: shared_out(np.exp(log_joint(X, mixture)) * mixture.weights),
            "The weights count twice: log_joint holds them already.",
        ),
        Mistake(
            lambda X, mixture: shared_out(np.exp(log_joint(X, mixture)), axis=0),
            "Your columns sum to 1. Each point shares itself out among the components: which sums must be 1?",
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
            lambda X, mixture: shared_out(np.exp(log_joint(X, mixture)), axis=None),
            "All your entries together sum to 1. Each point shares itself out: which sums must be 1?",
        ),
        Mistake(log_joint, "These are logarithms, of prior times density. Responsibilities are shares."),
    ),
    praise="Yours agree with the package to eight digits.",
)

"""Feedback for notebook 09, Compare starts and survive failures, and its broken half-steps."""

import numpy as np

from .. import vectorized
from ..em import run_em
from ..mixture import sample
from ..params import Mixture
from .exercises import Exercise, Mistake
from .feedback import NOT_STARTED, Feedback, Verdict
from .fixtures import APART, SEVEN_APART, SIXTY_APART
from .questions import Question

SEVEN_LABELS = np.array([2, 0, 1, 0, 2, 0, 1])
SIXTY_LABELS = sample(APART, 60, np.random.default_rng(4))[1]


def _diagnosis(*answers):
    if all(answer is ... for answer in answers):
        return NOT_STARTED
    each = [question(answer) for question, answer in zip(TRACES, answers, strict=True)]
    words = {True: "right. ", False: "not yet. ", None: ""}
    lines = [
        f"\n{question.name}: {words[feedback.passed]}{'...' if feedback.passed is None else feedback.text}"
        for question, feedback in zip(TRACES, each, strict=True)
    ]
    return Feedback(all(feedback.passed for feedback in each), "".join(lines))


diagnosis = Verdict(
    name="diagnosis",
    about="diagnosis(p, q, r, s): the numbers of the bugs behind traces P, Q, R and S",
    judge=_diagnosis,
)


def broken_runs(X, start, n_iterations=25) -> dict:
    """Log-likelihoods by iteration: of right EM as "right", of EM with broken half-steps as "P" to "S"."""
    halves = {
        "right": {},
        "P": {"e_step": _Stale()},
        "Q": {"m_step": _own_share_only},
        "R": {"e_step": _without_prior},
        "S": {"m_step": _not_divided},
    }
    options = {"engine": vectorized, "tol": 0.0, "max_iter": n_iterations, "check": False}
    return {name: _scores(run_em(X, start, **half, **options), n_iterations) for name, half in halves.items()}


class _Stale:
    """Bug 4: responsibilities are made once, and kept."""

    responsibilities = None

    def __call__(self, X, mixture):
        if self.responsibilities is None:
            self.responsibilities, _ = vectorized.e_step(X, mixture)
        return self.responsibilities


def _own_share_only(X, responsibilities, *constraint):
    """Bug 2: weights N_k / N_k in place of N_k / N."""
    right = vectorized.m_step(X, responsibilities)
    return Mixture.unchecked(np.ones(right.n_components), right.means, right.covariances)


def _without_prior(X, mixture):
    """Bug 5: densities in place of weight times density."""
    equal = np.full(mixture.n_components, 1 / mixture.n_components)
    return vectorized.e_step(X, Mixture.unchecked(equal, mixture.means, mixture.covariances))[0]


def _not_divided(X, responsibilities, *constraint):
    """Bug 3: the covariance is a sum, not divided by N_k."""
    right = vectorized.m_step(X, responsibilities)
    counts = responsibilities.sum(axis=0)[:, np.newaxis, np.newaxis]
    return Mixture.unchecked(right.weights, right.means, right.covariances * counts)


def _scores(trace, n_iterations):
    """The scores of a run; where it ended early, its last score goes on."""
    scores = trace.log_likelihoods
    return np.pad(scores, (0, n_iterations + 1 - len(scores)), mode="edge")


def _moments(X, labels):
    groups = [X[labels == k] for k in range(labels.max() + 1)]
    weights = np.array([len(group) / len(X) for group in groups])
    means = np.array([group.mean(axis=0) for group in groups])
    return weights, means, np.array([np.cov(group.T, ddof=0) for group in groups])


def _wrong(weights=None, means=None, covariances=None):
    """`_moments` with some of its parts made by other functions of X and labels."""

    def answer(X, labels):
        others = [make and np.asarray(make(X, labels)) for make in (weights, means, covariances)]
        return [
            part if other is None else other for part, other in zip(_moments(X, labels), others, strict=True)
        ]

    return answer


def _each(function):
    return lambda X, labels: [function(X[labels == k]) for k in range(labels.max() + 1)]


def _of_all(X, labels):
    return np.tile(np.cov(X.T), (labels.max() + 1, 1, 1))


def _about_the_middle(X, labels):
    offsets = X - X.mean(axis=0)
    return [
        offsets[labels == k].T @ offsets[labels == k] / np.sum(labels == k) for k in range(labels.max() + 1)
    ]


def _first_wrong_part(results):
    """The nudge of a known mistake in one part, where other parts are wrong as well."""
    rights = start_kmeans.answers(_moments)
    for mistake in start_kmeans.mistakes:
        wrongs = start_kmeans.answers(mistake.answer)
        for part in range(3):
            yours, wrong, right = ([one[part] for one in each] for each in (results, wrongs, rights))
            if _same(yours, wrong) and not _same(wrong, right):
                return mistake.nudge
    return None


def _same(some, others):
    return all(map(start_kmeans.close, some, others))


start_kmeans = Exercise(
    name="start_kmeans",
    about="start_kmeans(X, labels): weights (K,), means (K, D), covariances (K, D, D)",
    answer=_moments,
    fixtures=((SEVEN_APART, SEVEN_LABELS), (SIXTY_APART, SIXTY_LABELS)),
    mistakes=(
        Mistake(
            _wrong(covariances=lambda X, labels: 0 * _of_all(X, labels)),
            "Your covariances are zero: such a start is collapsed before it begins. Measure the deviations "
            "of the points from their mean, not of the mean from itself.",
        ),
        Mistake(
            _wrong(weights=lambda X, labels: np.bincount(labels)),
            "Your weights are counts. A weight is a share: what must they sum to?",
        ),
        Mistake(
            _wrong(weights=lambda X, labels: np.ones(labels.max() + 1)),
            "Your weights are all 1. A weight is the share of one cluster among all the points.",
        ),
        Mistake(
            _wrong(
                means=lambda X, labels: np.repeat(
                    np.arange(labels.max() + 1)[:, np.newaxis], X.shape[1], axis=1
                )
            ),
            "Your means are averages of the labels. A label says which points of X to average.",
        ),
        Mistake(
            _wrong(weights=lambda X, labels: np.full(labels.max() + 1, 1 / (labels.max() + 1))),
            "Your weights are all equal. You know how many points each cluster has.",
        ),
        Mistake(
            _wrong(covariances=_of_all),
            "Each covariance is that of all the data: document C's start. Here each cluster has its own.",
        ),
        Mistake(
            _wrong(covariances=_each(lambda group: np.cov(group.T))),
            "You divide by the count minus 1, as np.cov does by itself. The M-step divides by the count: "
            "so must its start.",
        ),
        Mistake(
            _wrong(covariances=_each(lambda group: len(group) * np.cov(group.T, ddof=0))),
            "Your covariances are sums. By what do you divide to get an average?",
        ),
        Mistake(
            _wrong(covariances=_about_the_middle),
            "You measure deviations from the mean of all the data. Each cluster has a mean of its own.",
        ),
        Mistake(
            _wrong(covariances=_each(lambda group: np.diag(group.var(axis=0)))),
            "Your covariances lack the tilt: what belongs off the diagonal?",
        ),
    ),
    praise="The M-step would give the same for shares of 0 and 1. EM goes on from here.",
    parts=("weights", "means", "covariances"),
    diagnose=_first_wrong_part,
    hints=(
        (
            "results of numbers",
            "Have all your covariances the shape (D, D)? np.cov takes a column of the data per row.",
        ),
    ),
)


rise = Question(
    name="rise",
    about="the gain, in nats, of a component on one point in 2-D that gets ten times narrower",
    right=2 * np.log(10),
    mistakes={
        np.log(10): "That is the gain in one dimension. This component gets narrower in two directions.",
        10.0: "The density grows by a factor. The log-likelihood is a logarithm: it grows by a sum.",
        100.0: "So much for the density. The log-likelihood grows by the logarithm of that.",
        -2 * np.log(10): "Mind the sign: narrower is denser at its centre.",
        2.0: "That is a logarithm to base 10. Nats use the natural one, np.log.",
    },
    praise="Every further factor of ten gives the same again, for ever.",
    how="Answer with a number, such as 1.5 or np.log(3).",
    miss="That is not it. In (9.3), what happens to D log of the deviation when it is divided by 10?",
)


def _trace(name, **answers):
    how = "Answer with the number of a bug, from 1 to 6."
    about = f"the number of the bug behind trace {name}"
    return Question(name=name, about=about, how=how, miss=f"That is no bug of the table. {how}", **answers)


TRACES = (
    _trace(
        name="P",
        right=4.0,
        mistakes={
            1.0: "With the old mean the covariances are too wide at first, but the run still moves on.",
            2.0: "That would change the level, but the run would still move on. Here nothing moves any more.",
            3.0: "That would throw the score far down. P makes its first M-step right.",
            5.0: "That run would still move on. Which bug leaves the M-step nothing new to do?",
            6.0: "Nearly right EM would still move on. Which bug leaves the M-step nothing new to do?",
        },
        praise="Old responsibilities give the old parameters again, and the loop calls it converged.",
    ),
    _trace(
        name="Q",
        right=2.0,
        mistakes={
            1.0: "Too wide a covariance lowers the score. Q is too high from the first M-step on.",
            3.0: "Sums in place of averages make huge ellipses and a low score. Q is too high.",
            4.0: "Q moves on after iteration 1, so its responsibilities are fresh.",
            5.0: "That bug leaves the mixture a proper one. Q scores about 100 too high. Is it one?",
            6.0: "That changes the score by little. Q is too high by about 100.",
        },
        praise="The weights sum to 3, so the density holds too much: up to N log 3 = 110 nats for nothing.",
    ),
    _trace(
        name="R",
        right=5.0,
        mistakes={
            1.0: "With the old mean EM falls behind at iteration 1 and catches up. R does the reverse.",
            2.0: "That run would score too high. R ends too low.",
            3.0: "That run would fall at once. R begins as right EM does.",
            4.0: "R moves on after iteration 1, so its responsibilities are fresh.",
            6.0: "That run would end very near right EM. R ends ten nats below.",
        },
        praise="Equal weights hide it in the first iteration. It climbs to a place that is no optimum.",
    ),
    _trace(
        name="S",
        right=3.0,
        mistakes={
            1.0: "The old mean costs a little at first. S falls from the very first M-step, and stays down.",
            2.0: "That run would score too high. S is far too low.",
            4.0: "P and S both go level, but S falls first. With stale shares the first M-step is right.",
            5.0: "Weights start equal, so that bug cannot hurt at iteration 1. S falls there.",
            6.0: "Dividing by N_k - 1 costs a fraction of a nat. S loses far more.",
        },
        praise="Ellipses too large by N_k spread the density thin. A fall is a bug, unless there is a floor.",
    ),
)
P, Q, R, S = TRACES

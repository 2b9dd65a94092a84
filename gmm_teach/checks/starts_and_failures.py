"""Feedback for notebook 09, Compare starts and survive failures."""

import numpy as np

from ..mixture import sample
from ..params import Mixture
from .exercises import Exercise, Mistake
from .feedback import NOT_STARTED, Feedback, Verdict
from .fixtures import APART, SEVEN_APART, SIXTY_APART, points
from .questions import Question

SEVEN_LABELS = np.array([2, 0, 1, 0, 2, 0, 1])
SIXTY_LABELS = sample(APART, 60, np.random.default_rng(4))[1]
SPACE = Mixture([0.4, 0.6], [[0.0, 1.0, 2.0], [4.0, 0.0, 1.0]], [np.eye(3) + 0.4, np.diag([1.0, 3.0, 0.2])])
FIFTEEN_IN_SPACE = points(SPACE, 15, 2)
FIFTEEN_LABELS = np.array([0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1])  # not the nearest, not in order
FIVE_LABELS = np.arange(23) * 3 % 5
FIVE_LABELS[:4] = 4


def _diagnosis(*answers):
    if all(answer is ... for answer in answers):
        return NOT_STARTED
    if len(answers) != len(TRACES):
        return Feedback(
            False, f"Answer with four numbers, one for each of P, Q, R and S; got {len(answers)}."
        )
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


def _groups(X, labels):
    return [X[labels == k] for k in range(labels.max() + 1)]


def _moments(X, labels):
    groups = _groups(X, labels)
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
    return lambda X, labels: [function(group) for group in _groups(X, labels)]


def _of_all(X, labels):
    return np.tile(np.cov(X.T), (labels.max() + 1, 1, 1))


def _about_the_middle(X, labels):
    return [part.T @ part / len(part) for part in _groups(X - X.mean(axis=0), labels)]


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
    fixtures=(
        (SEVEN_APART, SEVEN_LABELS),
        (SIXTY_APART, SIXTY_LABELS),
        (FIFTEEN_IN_SPACE, FIFTEEN_LABELS),
        (SIXTY_APART[:23], FIVE_LABELS),
    ),
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
        Mistake(
            _wrong(covariances=_each(lambda group: np.diag(group.std(axis=0)))),
            "Your covariances hold deviations. What belongs on the diagonal, and what off it?",
        ),
        Mistake(
            _wrong(
                covariances=lambda X, labels: [
                    len(group) / len(X) * np.cov(group.T, ddof=0) for group in _groups(X, labels)
                ]
            ),
            "You divide each covariance by the count of all the points. Each cluster has a count of its own.",
        ),
        Mistake(
            _wrong(covariances=_each(lambda group: group.T @ group / len(group))),
            "You average products of the points themselves. Take the mean of the cluster away first.",
        ),
        Mistake(
            _wrong(means=_each(lambda group: np.median(group, axis=0))),
            "Your means are medians. The M-step takes averages.",
        ),
        Mistake(
            _wrong(means=lambda X, labels: [group.sum(axis=0) / len(X) for group in _groups(X, labels)]),
            "You divide the sum of a cluster's points by the count of all. Divide by its own count.",
        ),
        Mistake(
            _wrong(means=_each(lambda group: group.sum(axis=0))),
            "Your means are sums. By what do you divide to get an average?",
        ),
        Mistake(
            _wrong(means=_each(lambda group: np.full(group.shape[1], group.mean()))),
            "Your means average over the columns too. Each column has its own: mean(axis=0).",
        ),
        Mistake(
            _wrong(weights=lambda X, labels: np.bincount(labels) / (labels.max() + 1)),
            "You divide the counts by the count of clusters. A weight is a share of the points.",
        ),
    ),
    praise="The M-step would give the same for shares of 0 and 1. EM goes on from here.",
    parts=("weights", "means", "covariances"),
    diagnose=_first_wrong_part,
    hints=(
        (
            "your covariances",
            "Have all your covariances the shape (D, D)? np.cov takes a column of the data per row.",
        ),
    ),
)


rise = Question(
    name="rise",
    about="the gain, in nats, of a component on one point in 3-D each time its deviation is halved",
    right=3 * np.log(2),
    mistakes={
        np.log(2): "That is the gain in one dimension. This component gets narrower in three directions.",
        2 * np.log(2): "That is the gain in two dimensions, as in the picture. Here D is 3.",
        1.5 * np.log(2): "That would be so for a variance that is halved. Here it is the deviation.",
        6 * np.log(2): "You count each direction twice. What is the determinant of s^2 I, and its root?",
        2.0: "The density grows by a factor in each direction. Nats count the logarithm of the factor.",
        8.0: "So much for the density. The log-likelihood grows by the logarithm of that.",
        -3 * np.log(2): "Mind the sign: narrower is denser at its centre.",
        3.0: "That is a logarithm to base 2. Nats use the natural one, np.log.",
        3 * np.log10(2): "That is a logarithm to base 10. Nats use the natural one, np.log.",
        3 * np.log(10): "That is for a deviation divided by 10. Here it is halved.",
    },
    praise="Every further halving gives the same again: there is no end to it.",
    how="Answer with a number, such as 1.5 or np.log(3).",
    miss="That is not it. In (9.3), what happens to D log s when s is halved?",
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
            1.0: "With the old mean the covariances are off at first, but the run still moves on.",
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
            1.0: "With the old mean the first M-step ends below right EM. Q is above it from there on.",
            3.0: "Sums in place of averages make huge ellipses and a low score. Q is too high.",
            4.0: "Q moves on after iteration 1, so its responsibilities are fresh.",
            5.0: "With that bug the weights still sum to 1. Q scores 100 nats too high: do its weights?",
            6.0: "That changes the score by little. Q is too high by about 100.",
        },
        praise="The weights sum to 3: the same ellipses with weights of 1/3 score N log 3 = 110 nats less.",
    ),
    _trace(
        name="R",
        right=5.0,
        mistakes={
            1.0: "With the old mean EM is behind at iteration 1 and ends level. R does the reverse.",
            2.0: "That run would score higher than right EM. R ends lower.",
            3.0: "That run would fall at once. R begins as right EM does.",
            4.0: "R moves on after iteration 1, so its responsibilities are fresh.",
            6.0: "That run would end very near right EM. R ends ten nats below.",
        },
        praise="Equal weights hide it in the first iteration. Where it ends, right EM would climb on.",
    ),
    _trace(
        name="S",
        right=3.0,
        mistakes={
            1.0: "With the old mean the first M-step raises the score. S falls at once, and stays down.",
            2.0: "That run would score too high. S is far too low.",
            4.0: "P and S both go level, but S falls first. With stale shares the first M-step is right.",
            5.0: "Weights start equal, so that bug cannot hurt at iteration 1. S falls there.",
            6.0: "Dividing by N_k - 1 costs a fraction of a nat. S loses far more.",
        },
        praise="Covariances N_k times too large spread the density thin. A fall without a floor is a bug.",
    ),
)
P, Q, R, S = TRACES

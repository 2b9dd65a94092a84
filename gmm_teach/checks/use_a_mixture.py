"""Feedback for notebook 11, Use a mixture."""

from itertools import permutations

import numpy as np

from ..mixture import log_density, log_joint, responsibilities
from .conditional import MIXTURE, wait_after
from .exercises import Exercise, Mistake
from .fixtures import TWO, points
from .formulas import log_densities
from .questions import Question

__all__ = ["in_seconds", "lower_bound", "match", "outliers", "wait_after"]

SEVEN_POINTS, SIXTY_POINTS = points(MIXTURE, 7, 3), points(MIXTURE, 60, 22)
FAR_POINTS = np.vstack([points(TWO, 34, 2), 900 * points(TWO, 6, 5)])

in_seconds = Question(
    name="change",
    about="what the log-likelihood gains when one column is 60 times larger",
    right=-272 * np.log(60),
    mistakes={
        272 * np.log(60): "The size is right. Is the same probability now spread over more room, or less?",
        -np.log(60): "That is the change for one eruption. There are 272.",
        -272 * np.log10(60): "The log-likelihood is in nats: take the natural logarithm, np.log.",
        -272 * np.log2(60): "The logarithm to base 2 counts bits. Take the natural one, np.log.",
        272 / 60.0: "The density is divided by 60, but a log-likelihood is not. What does a logarithm do?",
        -272 * 60.0: "The density is divided by 60. By how much does its logarithm fall?",
    },
    praise="272 times log 60 lower, and yet the same fit: a log-likelihood means nothing without units.",
    how="Answer with one number.",
    miss="Each density is divided by 60. What happens to its logarithm, and how many of them are summed?",
)


def _lowest(scores, share):
    return scores < np.quantile(scores, share)


def _below_a_place(scores, share):
    return scores < np.sort(scores)[int(share * len(scores))]


outliers = Exercise(
    name="outliers",
    about="outliers(X, mixture, share): a mask (N,), True where unlikely",
    answer=lambda X, mixture, share: _lowest(log_density(X, mixture), share),
    fixtures=(
        (SEVEN_POINTS, MIXTURE, 0.3),
        (SIXTY_POINTS, MIXTURE, 0.2),
        (SIXTY_POINTS, MIXTURE, 0.05),
        (SIXTY_POINTS, MIXTURE, 0.11),
        (SIXTY_POINTS[:41], MIXTURE, 0.1),
        (FAR_POINTS, TWO, 0.1),
    ),
    mistakes=(
        Mistake(
            lambda X, mixture, share: _lowest(responsibilities(X, mixture).max(axis=1), share),
            "You flag the points whose largest responsibility is low: those lie between components. "
            "Which function says how likely a point is at all?",
        ),
        Mistake(
            lambda X, mixture, share: _below_a_place(log_density(X, mixture), share),
            "A place in the sorted list is not quite the quantile: np.quantile goes between two scores.",
        ),
        Mistake(
            lambda X, mixture, share: ~_lowest(-log_density(X, mixture), 1 - share),
            "A point on the threshold itself is not below it: (11.4) has <.",
        ),
        Mistake(
            lambda X, mixture, share: np.zeros(len(X)),
            "You flag no point at all. What do you compare, and with which number?",
        ),
        Mistake(
            lambda X, mixture, share: np.ones(len(X)),
            "You flag every point. A log-density and a share are not on one scale: "
            "below which number lies that share of the scores?",
        ),
        Mistake(
            lambda X, mixture, share: log_density(X, mixture),
            "These are the scores. A mask is True where a score lies below the threshold.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(log_joint(X, mixture).max(axis=1), share),
            "You score each point by the one component that gives it most. The others count too.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(log_densities(X, mixture).max(axis=1), share),
            "You score each point by its nearest component alone. The density of the mixture adds up all "
            "components, with their weights.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(log_joint(X, mixture).mean(axis=1), share),
            "You add up or average the logarithms over the components. A mixture adds densities, not "
            "their logarithms.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(np.exp(log_density(X, mixture)), share),
            "Right for most points. But far away a density is 0.0, and one 0.0 is not below another: "
            "compare the logarithms.",
        ),
        Mistake(
            lambda X, mixture, share: ~_lowest(log_density(X, mixture), share),
            "Your mask is True for the ordinary points. Turn it round.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(log_density(X, mixture), 1 - share),
            "You flag all but the densest points. Which share of the scores must lie below the threshold?",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(-log_density(X, mixture), share),
            "You flag the points of the highest density, the most ordinary ones. Which tail is rare?",
        ),
        Mistake(
            lambda X, mixture, share: log_density(X, mixture) < np.log(share),
            "You compare densities with the share. A density has units; cut at that quantile of the scores.",
        ),
        Mistake(
            lambda X, mixture, share: _lowest(log_density(X, mixture), share / 100),
            "You flag too few: share is already a fraction of 1, and np.quantile wants just that.",
        ),
    ),
    praise="A threshold on the log-density, set by a share of the points: no unit matters to it.",
)


def _labelled(table):
    """Labels and reference labels whose table of agreement is this one, (K, K)."""
    return tuple(np.repeat(np.indices((3, 3)).reshape(2, 9), np.ravel(table), axis=1))


def _agreement(labels, reference):
    table = np.zeros((3, 3))
    np.add.at(table, (labels, reference), 1)
    return table


def _shuffled(table, seed):
    labels, reference = _labelled(table)
    order = np.random.default_rng(seed).permutation(len(labels))
    return labels[order], reference[order]


def _most(labels, reference):
    table = _agreement(labels, reference)
    return max(permutations(range(3)), key=lambda names: table[range(3), names].sum())


def _fewest(labels, reference):
    """The renaming that agrees on the fewest points."""
    table = _agreement(labels, reference)
    return min(permutations(range(3)), key=lambda names: table[range(3), names].sum())


def _nearest_numbers(labels, reference):
    """The renaming whose numbers are nearest to the reference's, as if they were quantities."""
    far = [np.abs(np.array(names)[labels] - reference).sum() for names in permutations(range(3))]
    return np.array([*permutations(range(3))][np.argmin(far)])


def _greedy(labels, reference):
    """Take the largest agreement first, then the largest of what is left."""
    table, names = _agreement(labels, reference), np.empty(3)
    for _ in range(3):
        k, name = np.unravel_index(table.argmax(), table.shape)
        names[k] = name
        table[k, :] = table[:, name] = -1
    return names


def _by_size(labels, reference):
    """The largest group is called what the reference's largest group is called, and so on."""
    names = np.empty(3)
    sizes, others = np.bincount(labels, minlength=3), np.bincount(reference, minlength=3)
    names[np.argsort(sizes)] = np.argsort(others)
    return names


match = Exercise(
    name="match",
    about="match(labels, reference): the reference's name for each label, (K,)",
    ready_made=("match_labels",),
    answer=_most,
    fixtures=(
        _labelled([[1, 20, 18], [2, 25, 3], [14, 2, 15]]),
        _labelled([[2, 30, 1], [0, 3, 12], [25, 1, 2]]),
        _shuffled([[1, 9, 10], [6, 0, 1], [2, 1, 9]], 4),
        _shuffled([[0, 4, 1], [0, 0, 0], [5, 0, 3]], 5),
        _labelled([[0, 7, 7], [8, 1, 0], [8, 0, 5]]),
    ),
    mistakes=(
        Mistake(
            lambda labels, reference: np.arange(3),
            "You keep every label as it is. Try the other orders too: which one agrees most?",
        ),
        Mistake(
            lambda labels, reference: np.argsort(_most(labels, reference)),
            "That is the renaming the other way round: it turns the reference's names into yours.",
        ),
        Mistake(
            lambda labels, reference: _agreement(labels, reference).argmax(axis=1),
            "Each label takes the name that suits it best, so two labels may take the same one. "
            "Compare whole renamings.",
        ),
        Mistake(
            _greedy,
            "You give out names one after another, the best first. That can leave bad ones for the rest: "
            "compare whole renamings.",
        ),
        Mistake(
            _by_size,
            "You match groups by their size. Two fits may cut the points so that sizes mislead: "
            "count the points on which the names agree.",
        ),
        Mistake(
            _nearest_numbers,
            "You add up how far the numbers are apart. Labels are names: count where they agree.",
        ),
        Mistake(
            _fewest,
            "Your renaming agrees on the fewest points. You want the most.",
        ),
    ),
    hints=(
        (r"is \(\);", "Return the best renaming itself, not its place in the list and not its count."),
        (r"is \(100,\)", "Return the three names, not the renamed labels."),
        ("integer scalar arrays", "An array cannot index a tuple. What makes an array of it?"),
    ),
    praise="You tried all renamings and kept the one that agrees on the most points.",
)

lower_bound = Question(
    name="m_steps",
    about="the number of M-steps behind the parameters of `lower_bound_`",
    right=6.0,
    mistakes={
        7.0: "Seven M-steps made means_. The score was computed in the E-step before the last of them.",
        8.0: "There is no eighth E-step. When in an iteration is the score computed?",
        0.0: "That is the start. The score is renewed in every iteration's E-step.",
        5.0: "One too few: iteration 7 begins with the parameters that iteration 6 ended with.",
    },
    praise="Iteration 7 scores what iteration 6 ended with, and only then makes its own M-step.",
    how="Answer with one whole number.",
    miss="Write down seven iterations as E, M, E, M, ... and mark where the score is computed.",
)

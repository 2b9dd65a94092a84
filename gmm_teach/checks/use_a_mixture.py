"""Feedback for notebook 11, Use a mixture."""

from itertools import permutations

import numpy as np

from ..matching import match_labels
from ..mixture import log_density, log_joint, responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import TILTED, WEIGHTS, points
from .formulas import log_densities
from .questions import Question

MIXTURE = Mixture(WEIGHTS, [[0.0, 0.0], [2.0, 0.5], [-0.5, 2.5]], TILTED)
SEVEN_POINTS, SIXTY_POINTS = points(MIXTURE, 7, 3), points(MIXTURE, 60, 22)


in_seconds = Question(
    name="change",
    about="what the log-likelihood gains when one column is 60 times larger",
    right=-272 * np.log(60),
    mistakes={
        272 * np.log(60): "The size is right. Is the same probability now spread over more room, or less?",
        -np.log(60): "That is the change for one eruption. There are 272.",
        -272 * np.log10(60): "The log-likelihood is in nats: take the natural logarithm, np.log.",
        -272 * 60.0: "The density is divided by 60. What does its logarithm do?",
    },
    praise="272 times log 60 lower, and yet the same fit: a log-likelihood means nothing without units.",
    how="Answer with one number.",
    miss="Each density is divided by 60. What happens to its logarithm, and how many of them are summed?",
)

long_waits = Question(
    name="long",
    about="the mixture's share of waits above 90 minutes",
    right=0.0305,
    mistakes={
        0.0221: "That is the share among the 272 points themselves. Count in the new ones.",
        3.05: "That looks like a percentage. Answer with a share, between 0 and 1.",
        0.0475: "That is component A alone. Let gt.sample choose the component too: it knows the weights.",
        0.9695: "That is the share of waits of at most 90 minutes.",
    },
    praise="About 3 in 100. Counting in a large sample answers any question about a mixture.",
    how="Answer with one number, the share of new eruptions.",
    miss="Do you draw 100 000 or more, count waits above 90 in column 1, and divide by how many you drew?",
    rtol=0.07,
)


def _lowest(scores, share):
    return scores < np.quantile(scores, share)


outliers = Exercise(
    name="outliers",
    about="outliers(X, mixture, share): a mask (N,), True where unlikely",
    answer=lambda X, mixture, share: _lowest(log_density(X, mixture), share),
    fixtures=((SEVEN_POINTS, MIXTURE, 0.3), (SIXTY_POINTS, MIXTURE, 0.2), (SIXTY_POINTS, MIXTURE, 0.05)),
    mistakes=(
        Mistake(
            lambda X, mixture, share: _lowest(responsibilities(X, mixture).max(axis=1), share),
            "You flag the points whose largest responsibility is low: those lie between components. "
            "Which function says how likely a point is at all?",
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
            "You average the logarithms over the components. A mixture adds densities, not their logarithms.",
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


def _fewest(labels, reference):
    """The renaming that agrees on the fewest points."""
    table = _agreement(labels, reference)
    return min(permutations(range(3)), key=lambda names: table[range(3), names].sum())


def _by_size(labels, reference):
    """The largest group is called what the reference's largest group is called, and so on."""
    names = np.empty(3)
    names[np.argsort(np.bincount(labels))] = np.argsort(np.bincount(reference))
    return names


match = Exercise(
    name="match",
    about="match(labels, reference): the reference's name for each label, (K,)",
    answer=lambda labels, reference: match_labels(labels, reference, 3),
    fixtures=(
        _labelled([[1, 20, 18], [2, 25, 3], [14, 2, 15]]),
        _labelled([[2, 30, 1], [0, 3, 12], [25, 1, 2]]),
    ),
    mistakes=(
        Mistake(
            lambda labels, reference: np.arange(3),
            "You keep every label as it is. Try the other orders too: which one agrees most?",
        ),
        Mistake(
            lambda labels, reference: np.argsort(match_labels(labels, reference, 3)),
            "That is the renaming the other way round: it turns the reference's names into yours.",
        ),
        Mistake(
            lambda labels, reference: _agreement(labels, reference).argmax(axis=1),
            "Each label takes the name that suits it best, so two labels may take the same one. "
            "Compare whole renamings.",
        ),
        Mistake(
            _by_size,
            "You match groups by their size. Two fits may cut the points so that sizes mislead: "
            "count the points on which the names agree.",
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

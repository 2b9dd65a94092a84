"""Feedback for notebook 10, Choose K, and the shape."""

from itertools import combinations

import numpy as np

from .. import selection
from ..params import COVARIANCE_TYPES
from .exercises import Exercise, Mistake
from .fixtures import SIXTY_APART
from .results import told_apart


def _count(weights=lambda K: K - 1, means=lambda K, D: K * D, **shapes):
    """A count of parameters, in which some of the parts are counted otherwise."""
    right = {
        "full": lambda K, D: K * D * (D + 1) // 2,
        "tied": lambda K, D: D * (D + 1) // 2,
        "diag": lambda K, D: K * D,
        "spherical": lambda K, D: K,
    }
    return lambda K, D, kind: weights(K) + means(K, D) + (right | shapes)[kind](K, D)


SIZES = ((3, 2), (4, 5), (1, 3), (6, 1))
COUNTS = tuple((K, D, kind) for K, D in SIZES for kind in COVARIANCE_TYPES)


def _where_it_differs(results):
    """A word on a count that ignores the covariance type; for others, on the first that is wrong."""
    counts = [float(count) for (count,) in results]
    if len({*counts[: len(COVARIANCE_TYPES)]}) == 1:
        return "Your count is the same for all four types. How many numbers does each of them leave free?"
    rights = [selection.n_parameters(*case) for case in COUNTS]
    differs = [not n_parameters.close(*pair) for pair in zip(counts, rights, strict=True)]
    first = differs.index(True)
    K, D, kind = COUNTS[first]
    yours, _ = told_apart(counts[first], rights[first])
    return (
        f'The first difference is at K = {K}, D = {D}, "{kind}": you count {yours}. '
        "Count it on paper: weights, then means, then shapes."
    )


n_parameters = Exercise(
    name="n_parameters",
    about="n_parameters(K, D, covariance_type): how many numbers are free",
    ready_made=("n_parameters",),
    answer=_count(),
    fixtures=COUNTS,
    mistakes=(
        Mistake(
            _count(weights=lambda K: K),
            "You count all the weights. They sum to 1: when all but one are chosen, what is left to choose?",
        ),
        Mistake(
            _count(full=lambda K, D: K * D * D, tied=lambda K, D: D * D),
            "You count every entry of a covariance. It is symmetric: which entries repeat others?",
        ),
        Mistake(
            _count(tied=lambda K, D: K * D * (D + 1) // 2),
            "You count the tied ellipse once for each component. How many ellipses are there to choose?",
        ),
        Mistake(
            _count(weights=lambda K: K, full=lambda K, D: K * D * D, tied=lambda K, D: D * D),
            "Two things: the weights sum to 1, and a covariance is symmetric. Both leave less to choose.",
        ),
        Mistake(
            _count(full=lambda K, D: K * D * (D - 1) // 2, tied=lambda K, D: D * (D - 1) // 2),
            "You count what is off the diagonal, once. The variances on the diagonal are free too.",
        ),
        Mistake(
            _count(spherical=lambda K, D: 1),
            "You count one circle. Spherical lets each component have its own.",
        ),
        Mistake(
            _count(diag=lambda K, D: D),
            "You count the variances of one component. With diag, each component has its own.",
        ),
        Mistake(
            _count(full=lambda K, D: D * (D + 1) // 2),
            "You count the full ellipse of one component. With full, each has its own: only tied shares one.",
        ),
        Mistake(
            _count(spherical=lambda K, D: K * D),
            "You count spherical as diag. A circle has the same variance in every direction.",
        ),
        Mistake(
            _count(means=lambda K, D: 0),
            "Weights and covariances are right. Where are the means?",
        ),
        Mistake(
            _count(weights=lambda K: 0),
            "Means and covariances are right. Where are the weights?",
        ),
        Mistake(
            _count(means=lambda K, D: K),
            "A mean is a point in D dimensions. How many numbers is that?",
        ),
        Mistake(
            _count(means=lambda K, D: D),
            "You count one mean. Each component has its own.",
        ),
        Mistake(
            _count(full=lambda K, D: K * D * (D + 1), tied=lambda K, D: D * (D + 1)),
            "You count twice as many as a symmetric matrix has: D (D + 1) is not halved.",
        ),
        Mistake(
            _count(tied=lambda K, D: K * D),
            "You count tied as diag. Tied is one full ellipse, tilted or not, for all components.",
        ),
    ),
    diagnose=_where_it_differs,
    praise="With full covariances the count grows with the square of D; spherical ones keep it small.",
)

bic = Exercise(
    name="bic",
    about="bic(log_likelihood, p, N): Schwarz's criterion, lower is better",
    answer=lambda log_likelihood, p, N: -2 * log_likelihood + p * np.log(N),
    fixtures=((-318.83, 17, 100), (-1130.26, 11, 272), (52.7, 5, 40), (-40.25, 60, 9)),
    mistakes=(
        Mistake(
            lambda log_likelihood, p, N: 2 * log_likelihood - p * np.log(N),
            "Your sign is turned: yours is best where largest, as in the R package mclust. Ours: smallest.",
        ),
        Mistake(
            lambda log_likelihood, p, N: 2 * log_likelihood + p * np.log(N),
            "A better fit must lower the score, and a parameter raise it. Which sign has which?",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood / N + p * np.log(N),
            "You take the log-likelihood per point, N times too small: the price of a parameter drowns it. "
            "BIC takes the total.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + 2 * p,
            "That is AIC: a price of 2 for each parameter. BIC's price grows with the number of points.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -log_likelihood + p * np.log(N),
            "The log-likelihood counts twice in (10.3).",
        ),
        Mistake(
            lambda log_likelihood, p, N: -log_likelihood + p / 2 * np.log(N),
            "That is half of (10.3). It ranks fits alike, but the usual number is twice as large.",
        ),
        Mistake(
            lambda log_likelihood, p, N: log_likelihood - p / 2 * np.log(N),
            "Yours is best where largest, and half as large as usual. By what is (10.3) multiplied?",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + 2 * p * np.log(N),
            "The price of a parameter is log N, once.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + p * N,
            "Your price of a parameter is N. It grows with N, but only as its logarithm.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + p * np.log10(N),
            "Your logarithm has base 10. The log-likelihood is in nats, so take the natural one.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + p * np.log2(N),
            "Your logarithm has base 2. The log-likelihood is in nats, so take the natural one, np.log.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + N * np.log(p),
            "You took p for N and N for p: the price of a parameter is log N.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + np.log(N),
            "You pay for one parameter. There are p of them.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood + p / 2 * np.log(N),
            "Half the price: the log-likelihood is doubled in (10.3), so the price is the whole log N.",
        ),
        Mistake(
            lambda log_likelihood, p, N: -2 * log_likelihood - p * np.log(N),
            "Your penalty is a reward: each parameter lowers the score.",
        ),
    ),
    praise="The same number as gt.bic gives for a trace.",
)


def _ellipses(X, triples):
    """Eigenvalues (T, D), ascending, of the covariances of three points each."""
    off = X[triples] - X[triples].mean(axis=1, keepdims=True)
    return np.linalg.eigvalsh(np.swapaxes(off, 1, 2) @ off / 3)


def _some_triples(n, keep, seed):
    """Some of the triples of n rows, in any order."""
    rng = np.random.default_rng(seed)
    return rng.permuted(rng.permutation([*combinations(range(n), 3)])[:keep], axis=1)


def _beside_a_line(x, y):
    """The squared distances of y from the line that foretells it best from x, summed."""
    return np.sum((y - np.polyval(np.polyfit(x, y, 1), x)) ** 2)


most_in_line = Exercise(
    name="most_in_line",
    about="most_in_line(X, triples): the triple whose points lie most nearly on a line, three row numbers",
    answer=lambda X, triples: triples[_ellipses(X, triples)[:, 0].argmin()],
    fixtures=(
        (SIXTY_APART[:30], _some_triples(30, 500, 166)),
        (np.vstack([100 * SIXTY_APART[:12], SIXTY_APART[12:18] - 40]), _some_triples(18, 300, 2)),
        (SIXTY_APART[30:, ::-1] * [0.1, 1], _some_triples(30, 300, 5)),
    ),
    mistakes=(
        Mistake(
            lambda X, triples: triples[_ellipses(X, triples)[:, 0].argmax()],
            "That triple has the widest ellipse of all. You want the narrowest.",
        ),
        Mistake(
            lambda X, triples: triples[_ellipses(X, triples)[:, -1].argmin()],
            "You compare how long the ellipses are: that finds three points close together. "
            "Which eigenvalue says how wide one is?",
        ),
        Mistake(
            lambda X, triples: triples[_ellipses(X, triples).prod(axis=1).argmin()],
            "You compare areas (determinants). A tiny round triangle has a small one too: "
            "compare the widths alone.",
        ),
        Mistake(
            lambda X, triples: triples[(_ellipses(X, triples)[:, 0] / _ellipses(X, triples)[:, -1]).argmin()],
            "You found a triple that is thin for its length. Compare the widths alone.",
        ),
        Mistake(
            lambda X, triples: triples[X[triples].var(axis=1).min(axis=1).argmin()],
            "You compare the variances of the columns: that finds lines along an axis only. "
            "The eigenvalues of the covariance see tilted ones too.",
        ),
        Mistake(
            lambda X, triples: triples[np.argmin([_beside_a_line(*X[rows].T) for rows in triples])],
            "You measure the distance from the line along one column only: that misjudges steep lines. "
            "Compare the widths of the ellipses.",
        ),
        Mistake(
            lambda X, triples: triples[0],
            "You return the first triple. Which one has the narrowest ellipse?",
        ),
    ),
    measure=lambda rows: {"the sorted row numbers": np.sort(rows)},
    hints=(
        (r"is \(\);", "Return the triple itself, three row numbers, and not its place or its width."),
        (r"is \(3, \d\);", "Return the row numbers, and not the points."),
    ),
    praise="Three points on a line: a component may become as narrow as they allow.",
)

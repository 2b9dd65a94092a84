"""What a run of EM has to say for itself: why a component collapsed, and what its reader must know."""

import warnings

import numpy as np

from .gaussian import cholesky_factors
from .params import Collapsed
from .words import letter

REMEDIES = (
    "Remedies: start elsewhere, take fewer components, choose a simpler covariance type, "
    "or set a floor such as reg_covar=1e-6."
)
ROUNDING = 8 * np.finfo(float).eps
FLAT = 1024 * np.finfo(float).eps  # a flat covariance still has pivots of about this size, by rounding
EMPTY = 0.01  # a component with fewer points than this is as good as empty


class EMWarning(UserWarning):
    """A run of EM ended on numbers that do not mean what they seem to mean."""


def quietly():
    """A context in which no `EMWarning` is told, for callers that read the trace themselves."""
    return warnings.catch_warnings(action="ignore", category=EMWarning)


def resolution(X):
    """The smallest deviations (D,) that float64 can tell from none in the columns of X (N, D)."""
    return ROUNDING * np.abs(X).max(axis=0)


def missing_spread(covariances, smallest):
    """The first covariance of (K, D, D) that is singular as far as float64 can tell: (k, where), or None.

    where says in words in what direction there is no spread; smallest (D,) is the data's `resolution`.
    """
    variances = covariances.diagonal(axis1=1, axis2=2)  # (K, D)
    narrow = variances <= smallest**2
    if narrow.any():
        k = int(narrow.sum(axis=1).argmax())
        return k, "anywhere" if narrow[k].all() else f"in column {narrow[k].argmax()}"
    try:
        pivots = cholesky_factors(covariances).diagonal(axis1=1, axis2=2)
    except Collapsed as error:
        return error.component, _flattest_direction(covariances[error.component])
    flat = (pivots**2 <= len(smallest) * FLAT * variances).any(axis=1)
    if flat.any():
        return int(flat.argmax()), _flattest_direction(covariances[flat.argmax()])
    return None


def check_spread(X, mixture, smallest):
    """Raise `Collapsed` if a component of the mixture has no spread in some direction."""
    missing = missing_spread(mixture.covariances, smallest)
    if missing:
        k, where = missing
        point = _nearest_point(X, mixture.means[k])
        raise Collapsed(
            k,
            f"shrank onto {point}" if where == "anywhere" else f"became flat: its points do not vary {where}",
        )


def collapse_message(error, steps):
    """The sentences on a `Collapsed` error, raised in the M-step after these recorded steps."""
    name = letter(error.component)
    return f"Component {name} collapsed in iteration {len(steps) // 2 + 1}: it {error.reason}. {REMEDIES}"


def max_iter_message(max_iter, tol):
    """The sentences on a run that was not given the iterations that it needed."""
    return (
        f"Not converged: after {max_iter} iterations the log-likelihood per point still moves by "
        f"more than tol={tol:g}. Raise max_iter, or look at the film for what keeps moving."
    )


def warnings_of(X, steps, reg_covar):
    """Sentences (a tuple) on what the reader of this run must know, each naming component and iteration."""
    return (*_on_twins(steps[0].mixture), *_on_empty(X, steps), *_on_floor(X, steps, reg_covar))


def _on_twins(start):
    for k in range(1, start.n_components):
        for j in range(k):
            same = np.array_equal(start.means[j], start.means[k])
            if same and np.array_equal(start.covariances[j], start.covariances[k]):
                yield (
                    f"Components {letter(j)} and {letter(k)} start with the same mean and covariance: from "
                    "iteration 1 on they share every point in the same proportion, and never part. "
                    "Start elsewhere."
                )
                break


def _on_empty(X, steps):
    mixture = steps[-1].mixture
    counts = mixture.weights * len(X)
    for k in np.flatnonzero(counts < EMPTY):
        since = _since(steps, lambda one, k=k: one.weights[k] * len(X) < EMPTY)
        yield (
            f"Component {letter(k)} is as good as empty {since}: it holds {counts[k]:.2g} points. "
            "Its ellipse says nothing of the data; take fewer components or start elsewhere."
        )


def _on_floor(X, steps, reg_covar):
    """Where more than half of a variance is the floor."""
    mixture = steps[-1].mixture
    if reg_covar == 0:
        return
    if mixture.n_components == len(X):
        yield (
            f"There are as many components as points, {len(X)}: where each holds one point, the floor "
            f"reg_covar={reg_covar:g} sets the log-likelihood, not the data."
        )
        return
    largest = np.linalg.eigvalsh(np.atleast_2d(np.cov(X.T, ddof=0)))[-1]
    if largest <= reg_covar:
        what = (
            "all points of X are the same" if largest == 0 else f"the largest variance of X is {largest:.3g}"
        )
        yield f"The floor reg_covar={reg_covar:g}, not the data, sets every covariance: {what}."
        return
    found = {}
    for k, covariance in enumerate(mixture.covariances):
        eigenvalues, eigenvectors = np.linalg.eigh(covariance)
        directions = eigenvectors.T[eigenvalues <= 2 * reg_covar]
        if len(directions):
            since = _since(steps, lambda one, k=k: np.linalg.eigvalsh(one.covariances[k])[0] <= 2 * reg_covar)
            found.setdefault((_floored(X, mixture.means[k], directions), since), []).append(letter(k))
    for (what, since), letters in found.items():
        names = f"Component {letters[0]}" if len(letters) == 1 else f"Components {' and '.join(letters)}"
        yield f"{names}: {what}. The floor reg_covar={reg_covar:g}, not the data, sets that variance {since}."


def _floored(X, mean, directions):
    if len(directions) == len(mean):
        return f"shrunk onto {_nearest_point(X, mean)}"
    return f"no spread {' or '.join(map(_direction, directions))}"


def _since(steps, holds):
    """In words, from where to the end of the steps `holds` is true of the mixture."""
    broken = [step.iteration for step in steps if step.kind != "E" and not holds(step.mixture)]
    return f"since iteration {broken[-1] + 1}" if broken else "from the start"


def _nearest_point(X, mean):
    row = int(np.sum((X - mean) ** 2, axis=1).argmin())
    times = int((X[row] == X).all(axis=1).sum())
    repeated = f", which occurs {times} times" if times > 1 else ""
    return f"one point, row {row} at {_vector(X[row])}{repeated}"


def _flattest_direction(covariance):
    """The direction in which a covariance (D, D) has the least spread for its scale, in words."""
    deviations = np.sqrt(covariance.diagonal())
    _, eigenvectors = np.linalg.eigh(covariance / deviations / deviations[:, np.newaxis])
    direction = eigenvectors[:, 0] / deviations
    return _direction(direction / np.linalg.norm(direction))


def _direction(direction):
    column = int(np.abs(direction).argmax())
    if abs(direction[column]) > 1 - 1e-9:
        return f"in column {column}"
    return f"along {_vector(np.round(direction * np.sign(direction[column]), 4) + 0.0)}"


def _vector(values):
    return f"({', '.join(f'{value:.4g}' for value in values)})"

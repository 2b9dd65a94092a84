"""A floor under the variances: one that suits the data, and what a run that leans on one must tell."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .arguments import own_errstate
from .params import Mixture
from .spread import ROUNDING, flattest_direction, nearest_point, resolution
from .validate import check_data, check_not_negative
from .words import letter, listed, number

EMPTY_SHARE = 1e-12  # of the data's variance: a component with less is a point


class Leaning(NamedTuple):
    """How a component leans on the floor, in words, and whether some variance of its own is left."""

    what: str
    own: bool = False


@own_errstate
def relative_floor(X: np.ndarray, share: float = 1e-6) -> float:
    """A floor for `reg_covar` in the units of X (N, D): `share` times the smallest variance of a column.

    Columns that do not vary do not count; 1e-6 where none does.

    >>> relative_floor([[0.0, 0.0], [2.0, 2000.0]])
    1e-06
    """
    share = check_not_negative("share", share)
    variances = check_data(X).var(axis=0)
    return float(share * variances[variances > 0].min(initial=np.inf)) if variances.any() else 1e-6


def floor_warnings(X: np.ndarray, steps: tuple, reg_covar: float) -> Iterator[str]:
    """Sentences on the variances of which more than half is the floor."""
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
        rule = f"The floor reg_covar={reg_covar:g}, not the data, sets every covariance"
        if largest == 0:
            yield f"{rule}: all points of X are the same."
        else:
            yield f"{rule}: the largest variance of X is {number(largest)}. {_smaller_floor(X)}"
        return
    yield from _on_components(X, steps, reg_covar, largest)


def without_points(steps: tuple, reg_covar: float) -> Iterator[str]:
    """`floor_warnings` where no points are at hand: which components lean on the floor, and since when."""
    for k in range(steps[-1].mixture.n_components if reg_covar else 0):
        if _leans(steps[-1].mixture, k, reg_covar):
            yield (
                f"Component {letter(k)}: the floor reg_covar={reg_covar:g}, not the data, sets most of its "
                f"smallest variance {since(steps, lambda one, k=k: _leans(one, k, reg_covar))}."
            )


def _leans(mixture, k, reg_covar):
    return np.linalg.eigvalsh(mixture.covariances[k])[0] <= 2 * reg_covar


def since(steps: tuple, holds) -> str:
    """In words, from where to the end of the steps `holds` is true of the mixture."""
    broken = [step.iteration for step in steps if step.kind != "E" and not holds(step.mixture)]
    return f"since iteration {broken[-1] + 1}" if broken else "from the start"


def _on_components(X, steps, reg_covar, largest):
    found = {}
    mixture = steps[-1].mixture
    for k in range(mixture.n_components):
        leaning = _leans_on_floor(X, mixture, k, reg_covar, largest)
        if leaning:
            when = since(steps, lambda one, k=k: _leans(one, k, reg_covar))
            found.setdefault((leaning, when), []).append(letter(k))
    last = next((kind for kind in reversed(found) if kind[0].own), None)
    for (leaning, when), letters in found.items():
        what = leaning.what
        advice = f" {_smaller_floor(X)}" if (leaning, when) == last else ""
        names = f"{'Component' if len(letters) == 1 else 'Components'} {listed(letters)}"
        if leaning.own:
            yield (
                f"{names}: the {what} is below the floor reg_covar={reg_covar:g}, which sets most of that "
                f"variance {when}.{advice}"
            )
        else:
            rule = f"The floor reg_covar={reg_covar:g}, not the data, sets that variance"
            yield f"{names}: {what}. {rule} {when}."


def _leans_on_floor(X, mixture: Mixture, k, reg_covar, largest):
    """In which way less than half of component k's smallest variance is its own, or None."""
    own = mixture.covariances[k] - reg_covar * np.eye(mixture.n_features)
    eigenvalues = np.linalg.eigvalsh(own)
    if eigenvalues[0] > reg_covar:
        return None
    nothing = max(EMPTY_SHARE * largest, ROUNDING * reg_covar, resolution(X).max() ** 2)
    if eigenvalues[-1] <= nothing:
        return Leaning(f"shrunk onto {nearest_point(X, mixture.means[k])}")
    variances = own.diagonal()
    narrow = np.flatnonzero(variances <= nothing)
    if len(narrow):
        columns = "column" if len(narrow) == 1 else "columns"
        return Leaning(f"no spread in {columns} {listed(map(str, narrow))}")
    if eigenvalues[0] <= max(nothing, 64 * ROUNDING * variances.max()):
        return Leaning(f"no spread {flattest_direction(own)}")
    return Leaning(f"own variance {number(eigenvalues[0])}", own=True)


def floor_for(X: np.ndarray) -> str:
    """The floor to recommend for X, as an argument, and how it is found."""
    return f"reg_covar={relative_floor(X):.1g}, that is gt.relative_floor(X)"


def _smaller_floor(X):
    return f"A floor that leaves the word to the data is {floor_for(X)}."

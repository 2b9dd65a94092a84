"""Does a covariance have spread in every direction, as far as float64 can tell? And where not, in words."""

import numpy as np

from .arguments import own_errstate
from .engine.blocks import cholesky_factors
from .params import Collapsed, Mixture
from .words import count, number, vector

ROUNDING = 8 * np.finfo(float).eps
FLAT = 1024 * np.finfo(float).eps  # a flat covariance still has pivots of about this size, by rounding


def resolution(X: np.ndarray) -> np.ndarray:
    """The smallest deviations (D,) that float64 can tell from none in the columns of X (N, D)."""
    return ROUNDING * np.abs(X).max(axis=0)


@own_errstate
def missing_spread(covariances: np.ndarray, smallest: np.ndarray) -> tuple[int, str] | None:
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
        return error.component, flattest_direction(covariances[error.component])
    flat = (pivots**2 <= len(smallest) * FLAT * variances).any(axis=1)
    if flat.any():
        return int(flat.argmax()), flattest_direction(covariances[flat.argmax()])
    return None


@own_errstate
def check_spread(X: np.ndarray, mixture: Mixture, smallest: np.ndarray) -> Mixture:
    """Return the mixture, or raise `Collapsed` if a component of it has no spread in some direction."""
    missing = missing_spread(mixture.covariances, smallest)
    if missing:
        k, where = missing
        point = nearest_point(X, mixture.means[k])
        raise Collapsed(
            k,
            f"shrank onto {point}" if where == "anywhere" else f"became flat: its points do not vary {where}",
        )
    return mixture


def nearest_point(X: np.ndarray, mean: np.ndarray) -> str:
    """The row of X (N, D) nearest to a mean (D,), in words, and how often its point occurs."""
    row = int(np.sum((X - mean) ** 2, axis=1).argmin())
    times = int((X[row] == X).all(axis=1).sum())
    repeated = f", which occurs {times} times" if times > 1 else ""
    return f"one point, row {row} at {vector(X[row])}{repeated}"


def flattest_direction(covariance: np.ndarray) -> str:
    """The direction in which a covariance (D, D) has the least spread for its scale, in words.

    Columns count in units of their own deviations, so that no unit hides which of them depend on
    each other.
    """
    deviations = np.sqrt(covariance.diagonal())
    _, eigenvectors = np.linalg.eigh(covariance / deviations / deviations[:, np.newaxis])
    direction = eigenvectors[:, 0]
    columns = np.flatnonzero(np.abs(direction) > 1e-6)
    if len(columns) == 1:
        return f"in column {columns[0]}"
    direction = direction[columns] * np.sign(direction[np.abs(direction).argmax()])
    if len(columns) > 6:
        return f"along some sum of {count(len(columns), 'column')}, among them {columns[:3].tolist()}"
    terms = " ".join(
        f"{'-' if share < 0 else '+'} {number(abs(share))} x{column}"
        for share, column in zip(direction, columns, strict=True)
    )
    return f"along {terms.removeprefix('+ ')} (columns in units of their deviations)"

"""What a picture is given, as it must be, or an error that names the argument."""

import numpy as np

from ..plots.marks import check_columns_of, check_shares
from ..validate import check_data


def points_of(X, D) -> np.ndarray:
    """X as float64 (N, D), of an array, a DataFrame or a Dataset; raises ValueError for another D."""
    return check_columns_of(check_data(X), D)


def shares_of(responsibilities, X) -> np.ndarray:
    """Responsibilities (N, K) as float64, a row for each point of X; raises ValueError for another shape."""
    return check_shares(responsibilities, len(X))


def named(what, items) -> dict:
    """A dict that maps names to what a picture sets side by side, or an error that says what it must be."""
    if not isinstance(items, dict):
        raise TypeError(f"{what} must be a dict of names, got {type(items).__name__}")
    if not items:
        raise ValueError(f"{what} is empty: there is nothing to draw")
    return items

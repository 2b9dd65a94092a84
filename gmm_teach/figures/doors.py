"""What a picture is given, as it must be, or an error that names the argument."""

import numpy as np

from ..params import Mixture
from ..validate import check_data, check_mixture, floats


def points_of(X, D) -> np.ndarray:
    """X as float64 (N, D), of an array, a DataFrame or a Dataset; raises ValueError for another D."""
    X = check_data(X)
    if X.shape[1] != D:
        raise ValueError(f"X must have shape (N, {D}) to be drawn here, got {X.shape}")
    return X


def shares_of(responsibilities, X) -> np.ndarray:
    """Responsibilities (N, K) as float64, a row for each point of X; raises ValueError for another shape."""
    r = floats("responsibilities", responsibilities)
    if r.ndim != 2 or len(r) != len(X):
        raise ValueError(f"responsibilities must have shape (N, K) with N = {len(X)}, got {r.shape}")
    return r


def mixture_of(mixture, D) -> Mixture:
    """A D-dimensional Mixture: the one given, or that of a trace. Raises TypeError for all else."""
    found = check_mixture(mixture)
    if found.n_features != D:
        raise ValueError(f"mixture must be {D}-D to be drawn here, got {found.n_features}-D")
    return found


def named(what, items) -> dict:
    """A dict that maps names to what a picture sets side by side, or an error that says what it must be."""
    if not isinstance(items, dict):
        raise TypeError(f"{what} must be a dict of names, got {type(items).__name__}")
    if not items:
        raise ValueError(f"{what} is empty: there is nothing to draw")
    return items

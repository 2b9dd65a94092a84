"""What a picture is given, as it must be, or an error that names the argument."""

import numpy as np

from ..datasets import Dataset
from ..params import Mixture
from ..trace import Trace
from ..validate import check_data, floats
from ..words import count


def data_of(X, columns=None) -> Dataset:
    """X as a `Dataset`: of an array (N, D) or (N,), of a DataFrame, or a Dataset itself.

    Raises ValueError unless columns, by default those of X, name each column of X.
    """
    given = X if isinstance(X, Dataset) else Dataset(X, None, None, "Your own data.", None)
    columns = getattr(X, "columns", None) if columns is None else columns
    points = check_data(given.X)
    D = points.shape[1]
    if columns is None:
        columns = ("x", "y", "z")[:D] if D <= 3 else [f"x{d + 1}" for d in range(D)]
    if isinstance(columns, str) or not hasattr(columns, "__iter__"):
        raise TypeError(f"columns must list the names of the columns of X, got {columns!r}")
    names = tuple(map(str, columns))
    if len(names) != D:
        raise ValueError(f"columns must name the {count(D, 'column')} of X, got {count(len(names), 'name')}")
    return given._replace(X=points, columns=names)


def points_of(X, D) -> np.ndarray:
    """X as float64 (N, D), of an array, a DataFrame or a Dataset; raises ValueError for another D."""
    X = check_data(X.X if isinstance(X, Dataset) else X)
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
    found = getattr(mixture, "mixture", mixture)
    if not isinstance(found, Mixture):
        raise TypeError(f"mixture must be a Mixture, got {type(mixture).__name__}")
    if found.n_features != D:
        raise ValueError(f"mixture must be {D}-D to be drawn here, got {found.n_features}-D")
    return found


def trace_of(trace) -> Trace:
    """The trace, or a TypeError that says what was given instead."""
    if not isinstance(trace, Trace):
        raise TypeError(f"trace must be a Trace, as run_em and fit return, got {type(trace).__name__}")
    return trace


def named(what, items) -> dict:
    """A dict that maps names to what a picture sets side by side, or an error that says what it must be."""
    if not isinstance(items, dict):
        raise TypeError(f"{what} must be a dict of names, got {type(items).__name__}")
    if not items:
        raise ValueError(f"{what} is empty: there is nothing to draw")
    return items

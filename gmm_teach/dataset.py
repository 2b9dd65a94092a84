"""A `Dataset`: data with their story, the names of their columns, and perhaps labels."""

from typing import NamedTuple

import numpy as np

from .arrays import compared_by_value, floats, whole_numbers
from .csv_files import few, names_of
from .params import Mixture
from .validate import check_kind, check_mixture
from .words import count, short


@compared_by_value
class Dataset(NamedTuple):
    """Data X (N, D), their story, and the names of their columns.

    z (N,) are the hidden labels and `truth` the mixture that made them, where known, else None.
    """

    X: np.ndarray
    z: np.ndarray | None
    truth: Mixture | None
    about: str
    columns: tuple

    def __repr__(self):
        return f"Dataset of shape {np.shape(self.X)}, columns {few(self.columns, 6)}: {short(self.about)}"


def check_dataset(data) -> Dataset:
    """Return a `Dataset` whose arrays are copies: X float64 (N, D), z whole numbers (N,), columns D texts.

    Raises TypeError or ValueError that names the field which is wrong.
    """
    check_kind("data", data, Dataset)
    if not isinstance(data.X, np.ndarray):
        raise TypeError(
            f"data.X must be a NumPy array of shape (N, D), got {type(data.X).__name__}; "
            "gt.datasets.from_frame makes a Dataset of it"
        )
    X = floats("data.X", data.X)
    if X.ndim != 2:
        raise ValueError(f"data.X must have shape (N, D), got {X.shape}")
    N, D = X.shape
    z = None if data.z is None else whole_numbers("data.z", data.z)
    if z is not None and z.shape != (N,):
        raise ValueError(f"data.z must have shape (N,) = ({N},), a label for each row of X, got {z.shape}")
    if data.truth is not None and check_mixture(data.truth, "data.truth").n_features != D:
        raise ValueError(
            f"data.truth is for {data.truth.n_features}-D data, but data.X has {count(D, 'column')}"
        )
    return Dataset(X, z, data.truth, data.about, _check_names(data.columns, D))


def _check_names(columns, D):
    if not isinstance(columns, str | tuple | list | np.ndarray):
        raise TypeError(f"data.columns must list the names of the columns of X, got {short(columns)}")
    names = tuple(names_of(columns)) if len(columns) else ()
    for name in names:
        check_kind("a name in data.columns", name, str)
    if len(names) != D:
        raise ValueError(f"data.columns must name the {count(D, 'column')} of X, got {few(names) or 'none'}")
    return names

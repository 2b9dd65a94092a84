"""What the Explorer shows: named data, points clicked into an empty picture, or data of the reader's own."""

import numpy as np

from .. import datasets
from ..datasets import Dataset
from ..words import count

NO_POINTS = Dataset(np.empty((0, 2)), None, None, "Points of your own.", ("x", "y"))
EMPTY_FRAME = np.array([[0.0, 0.0], [10.0, 10.0]])


def data_names(own) -> list[str]:
    """The data to choose from; `own` is the reader's `Dataset` or None."""
    return [*["yours"] * (own is not None), *datasets.names(), "empty"]


def data_named(name, own) -> Dataset:
    """The `Dataset` of one of these names."""
    return own if name == "yours" else NO_POINTS if name == "empty" else datasets.load(name)


def check_shown(dims, data) -> tuple[int, int]:
    """The two columns to show, or a ValueError that says which `data` has; 1-D data are shown as they are."""
    D = data.X.shape[1]
    try:
        first, second = dims
        chosen = int(first), int(second)
        right = chosen == (first, second) and first != second and min(chosen) >= 0
    except (TypeError, ValueError):
        right = False
    if not right:
        raise ValueError(f"dims must be two different numbers of columns, such as (0, 1); got {dims!r}")
    if D > 1 and max(chosen) >= D:
        raise ValueError(
            f"dims must be between 0 and {D - 1}, as there are {count(D, 'column')}; got {dims!r}"
        )
    return chosen


def shown(dims, data) -> list[int]:
    """The columns of `data` that are drawn: dims where it has them, else the first two or the only one."""
    D = data.X.shape[1]
    return list(dims if max(dims) < D else range(min(D, 2)))


def reach(X) -> np.ndarray:
    """How far X (N, D) reaches along each column, (D,); 10 where it does not."""
    widths = np.ptp(X, axis=0) if len(X) else np.zeros(X.shape[1])
    return np.where(widths > 0, widths, 10.0)

"""Data of the reader's own in demos that know the course's data by name."""

from collections.abc import Sequence

from .. import datasets
from ..datasets import Dataset, from_frame
from ..plots import style_axes
from ..validate import check_count
from ..views import Panel1D, Panel2D
from ..words import short
from .explorer_data import check_shown, shown
from .places import MOST_K

YOURS = "yours"


class Source:
    """A `Dataset`, and perhaps a reader's number of components K: caches of runs know it by itself."""

    def __init__(self, data: Dataset, K: int | None = None):
        self.data, self.K = data, K


def readers_own(X, columns) -> Dataset | None:
    """The reader's `Dataset`, or None where X is None.

    Raises ValueError for columns of no X, and what `from_frame` raises.
    """
    if X is None and columns is not None:
        raise ValueError(f"columns names the columns of X, but no X is given; got columns={short(columns)}")
    return None if X is None else from_frame(X, columns)


def sources(names: Sequence[str], X, columns, K=None) -> dict:
    """What each name of data stands for: itself, or, of "yours", which comes first, the `Source` of X.

    K is for X, or for all where there is no X. Raises what `readers_own` raises.
    """
    own = readers_own(X, columns)
    if own is not None:
        return {YOURS: Source(own, K)} | {name: name for name in names}
    return {name: name if K is None else Source(datasets.load(name), K) for name in names}


def loaded(source: str | Source) -> Dataset:
    """The `Dataset` of a source."""
    return source.data if isinstance(source, Source) else datasets.load(source)


def check_dims_of(sources: dict, dims) -> tuple:
    """Two columns of the reader's data, or of the course's where there are none of the reader's."""
    return check_shown(dims, loaded(next(iter(sources.values()))))


def check_few(name, K) -> int:
    """Return K as an int, or raise an error unless it is a whole number of components that can be drawn."""
    if check_count(name, K) > MOST_K:
        raise ValueError(f"{name} must be a whole number from 1 to {MOST_K}, got {K}")
    return int(K)


def panel(ax, trace, source, dims, title, **options) -> Panel1D | Panel2D:
    """A panel of the run's data on the axes, with the names of its columns; 1-D data as a histogram."""
    data = loaded(source)
    columns = shown(dims, data)
    if len(columns) == 1:
        style_axes(ax, title, data.columns[0], "density")
    else:
        style_axes(ax, title, *(data.columns[d] for d in columns))
    for label in (ax.xaxis.label, ax.yaxis.label):
        label.set_parse_math(False)  # a reader's own words: "$" is a dollar
    return Panel1D(ax, trace) if len(columns) == 1 else Panel2D(ax, trace, columns, **options)

"""What the Explorer shows: named data, points clicked into an empty picture, or data of the reader's own."""

import numpy as np

from .. import datasets
from ..datasets import Dataset
from ..engine import fast
from ..plots import MOST_POINTS, check_dims
from ..trace import Step

NO_POINTS = Dataset(np.empty((0, 2)), None, None, "Points of your own.", ("x", "y"))
MOST_COLUMNS = 2**31
EMPTY_FRAME = np.array([[0.0, 0.0], [10.0, 10.0]])


def data_names(own) -> list[str]:
    """The data to choose from; `own` is the reader's `Dataset` or None."""
    return [*["yours"] * (own is not None), *datasets.names(), "empty"]


def data_named(name, own) -> Dataset:
    """The `Dataset` of one of these names."""
    return own if name == "yours" else NO_POINTS if name == "empty" else datasets.load(name)


def check_shown(dims, data) -> tuple[int, int]:
    """The two columns of `data` to show; 1-D data are shown as they are, and dims are for other data then."""
    D = data.X.shape[1]
    return check_dims(dims, D if D > 1 else MOST_COLUMNS, 2)


def shown(dims, data) -> list[int]:
    """The columns of `data` that are drawn: dims where it has them, else the first two or the only one."""
    D = data.X.shape[1]
    return list(dims if max(dims) < D else range(min(D, 2)))


def reach(X) -> np.ndarray:
    """How far X (N, D) reaches along each column, (D,); 10 where it does not."""
    widths = np.ptp(X, axis=0) if len(X) else np.zeros(X.shape[1])
    return np.where(widths > 0, widths, 10.0)


def rounded(at, X, columns=slice(None)) -> np.ndarray:
    """Coordinates `at` along columns of X (N, D), so rounded that nobody sees it and their text is short."""
    digits = 3 - np.floor(np.log10(reach(X)[columns])).astype(int)
    pairs = zip(np.asarray(at).tolist(), digits.tolist(), strict=True)
    return np.array([round(value, n) for value, n in pairs])


def recorded(X) -> str:
    """What a run on X (N, D) records: all responsibilities of large data would fill the memory."""
    return "all" if len(X) <= MOST_POINTS else "scores"


def step_at(trace, index) -> Step:
    """Half-step `index` with its responsibilities, made anew where the run has not recorded them."""
    step = trace.steps[index]
    if step.kind == "start" or step.responsibilities is not None:
        return step
    last_e_step = trace.steps[index - (step.kind == "M")]
    return step._replace(responsibilities=fast.e_step(trace.X, last_e_step.mixture)[0])

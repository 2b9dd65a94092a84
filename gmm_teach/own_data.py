"""Data as the course takes them, a `Dataset`: from a CSV file, a DataFrame or an array of your own."""

import os
from typing import NamedTuple

import numpy as np

from .arrays import as_data, column_names, column_types, compared_by_value, floats, is_frame
from .csv_files import MISSING, absent_name, few, names_of, read_table, write_rows
from .params import Mixture
from .validate import check_choice, check_data, check_kind
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


def from_csv(
    path, columns=None, *, missing="refuse", separator=",", decimal=".", encoding="utf-8-sig"
) -> np.ndarray:
    """Read the named columns of a CSV file with a header line, or all that hold numbers; returns X (N, D).

    missing="drop" leaves out rows with a missing value and prints how many. Files that Excel writes in
    much of Europe need separator=";", decimal="," and perhaps encoding="cp1252".
    Raises ValueError with line and column at the first entry that is not a number.
    """
    table = read_table(
        path, columns, missing=missing, separator=separator, decimal=decimal, encoding=encoding
    )
    if table.left_out:
        print(_left_out(table.left_out, len(table.values)))
    return table.values


def dataset_from_csv(path, columns=None, **options) -> Dataset:
    """`from_csv`, with the same options, as a `Dataset`: it names its columns and says what was left out."""
    X, columns, left_out = read_table(path, columns, **options)
    about = f"{count(len(X), 'row')} of {os.path.basename(os.fspath(path))}. {_left_out(left_out, len(X))}"
    return Dataset(X, None, None, about.strip(), columns)


def to_csv(data, path) -> None:
    """Write a `Dataset` to a CSV file for `from_csv`: its columns, and a last one, label, if it has z.

    Every digit of X is kept. Raises TypeError for other data, ValueError where two columns have one name.
    """
    check_kind("data", data, Dataset)
    names, rows = list(data.columns), np.asarray(data.X).tolist()
    if data.z is not None:
        names.append("label")
        rows = [[*row, z] for row, z in zip(rows, np.asarray(data.z).tolist(), strict=True)]
    write_rows(path, names, rows)


def from_frame(frame, columns=None, *, missing="refuse") -> Dataset:
    """A `Dataset` of the named columns of a DataFrame, or of all that hold numbers; or of an array (N, D).

    columns gives an array's columns their names, x, y, z if there are up to three. missing="drop" leaves
    out rows with a missing value; `about` says how many. Raises what `check_data` raises.
    """
    check_choice("missing", missing, MISSING)
    if isinstance(frame, Dataset):
        return frame if columns is None else _chosen_columns(frame, names_of(columns))
    if is_frame(frame):
        frame = _chosen_frame(frame, columns)
        columns = [str(name) for name in column_names(frame)]
    elif np.ma.is_masked(frame):
        frame = np.ma.filled(frame.astype(np.float64), np.nan)
    about = "Your own data."
    if missing == "drop":
        frame, left_out = _without_gaps(frame)
        about = f"{about} {_left_out(left_out, len(frame))}".strip()
    X = np.array(check_data(frame))
    return Dataset(X, None, None, about, _names_for(X, columns))


def _without_gaps(frame):
    """The rows without a missing value, and how many have one."""
    X = as_data(floats("X", frame))
    if X.ndim != 2:
        check_data(X)  # says what is wrong
    gaps = np.isnan(X).any(axis=1)
    if len(X) and gaps.all():
        raise ValueError("X has a missing value in every row")
    return frame[~gaps] if is_frame(frame) else X[~gaps], int(gaps.sum())


def _chosen_frame(frame, columns):
    """The named columns of a DataFrame, or all that hold numbers; a Series as a DataFrame of one column."""
    if not hasattr(frame, "columns"):
        frame = frame.to_frame("x" if frame.name is None else frame.name)
    names = column_names(frame)
    numeric = [name for name, kind in zip(names, column_types(frame), strict=True) if kind.kind in "iuf"]
    chosen = numeric if columns is None else names_of(columns)
    if not chosen:
        raise ValueError(f"X has no column of numbers; its columns are {few(names)}")
    for name in chosen:
        if name not in names:
            raise absent_name(name, numeric, "X has these columns of numbers:")
        if names.count(name) > 1:
            raise ValueError(f"{names.count(name)} columns of X are named {name!r}; give each its own name")
    return frame[chosen]


def _chosen_columns(data, columns):
    for name in columns:
        if name not in data.columns:
            raise absent_name(name, data.columns, "the data have")
    chosen = [data.columns.index(name) for name in columns]
    return data._replace(X=data.X[:, chosen], truth=None, columns=tuple(columns))


def _names_for(X, columns):
    D = X.shape[1]
    if columns is None:
        return ("x", "y", "z")[:D] if D <= 3 else tuple(f"x{d + 1}" for d in range(D))
    columns = tuple(map(str, names_of(columns)))
    if len(columns) != D:
        raise ValueError(f"columns must name the {count(D, 'column')} of X, got {few(columns)}")
    return columns


def _left_out(left_out, kept):
    """How many rows are left out, in words; nothing if none are."""
    of_all = f"{left_out} of {count(left_out + kept, 'row')}"
    verbs = ("has", "is") if left_out == 1 else ("have", "are")
    return f"{of_all} {verbs[0]} missing values and {verbs[1]} left out." if left_out else ""

"""Data as the course takes them, a `Dataset`: from a CSV file, a DataFrame or an array of your own."""

import os

import numpy as np

from .arrays import as_data, floats, is_frame
from .csv_files import MISSING, absent_name, few, names_of, write_rows
from .csv_tables import read_table
from .dataset import Dataset, check_dataset
from .frame_columns import chosen_columns
from .labels import LABEL
from .validate import check_choice, check_data
from .words import count


def from_csv(
    path, columns=None, *, missing="refuse", separator=",", decimal=".", encoding="utf-8-sig"
) -> np.ndarray:
    """Read the named columns of a CSV file with a header line, or all that hold numbers; returns X (N, D).

    A column of labels, as `to_csv` writes it, is left out, which is printed: `dataset_from_csv` reads it.
    missing="drop" leaves out rows with a missing value and prints how many. Files that Excel writes in
    much of Europe need separator=";", decimal="," and perhaps encoding="cp1252".
    Raises ValueError with line and column at the first entry that is not a number.
    """
    table = read_table(
        path, columns, missing=missing, separator=separator, decimal=decimal, encoding=encoding
    )
    if table.left_out:
        print(_rows_left_out(table.left_out, len(table.values)))
    if columns is None and table.labels is not None:
        print(f"The column {LABEL} holds labels and is left out; dataset_from_csv reads them as z.")
    return table.values


def dataset_from_csv(path, columns=None, *, labels=None, **options) -> Dataset:
    """`from_csv`, with the same options, as a `Dataset`: it names its columns and says what was left out.

    z (N,) are the labels in the column named by `labels`: whole numbers from 0, or names, which are numbered
    in alphabetical order. By default they are in the column headed "label", as `to_csv` heads it, if there
    is one of whole numbers from 0 and `columns` does not name it: what `to_csv` has written comes back.
    """
    table = read_table(path, columns, labels=labels, **options)
    N = len(table.values)
    told = _rows_left_out(table.left_out, N), _columns_left_out(table.others), table.said
    about = _sentences(f"{count(N, 'row')} of {os.path.basename(os.fspath(path))}.", *told)
    return Dataset(table.values, table.labels, None, about, table.columns)


def to_csv(data, path) -> None:
    """Write a `Dataset` to a CSV file for `dataset_from_csv`: its columns, and z as the last, "label".

    Every digit of X is kept; `truth` and `about` are not written. Raises TypeError or ValueError, and leaves
    an older file alone, for a wrong `Dataset`, two columns of one name, and a column of X headed "label".
    """
    data = check_dataset(data)
    names, rows = list(data.columns), data.X.tolist()
    if LABEL in [name.strip() for name in names]:
        raise ValueError(f"data.columns must not name a column of X {LABEL!r}: a CSV file has z under it")
    if data.z is not None:
        names.append(LABEL)
        rows = [[*row, z] for row, z in zip(rows, data.z.tolist(), strict=True)]
    write_rows(path, names, rows)


def from_frame(frame, columns=None, *, labels=None, missing="refuse") -> Dataset:
    """A `Dataset` of a DataFrame's named columns, or of all that hold numbers; or of an array (N, D).

    Columns without numbers are left out, as `about` says; one that mixes numbers and text is an error. z (N,)
    are a DataFrame's labels, see `dataset_from_csv`. columns gives an array's columns their names, x, y, z if
    there are up to three. missing="drop" leaves out rows with a missing value; `about` says how many. A
    `Dataset` is checked and copied. Raises what `check_data` raises.
    """
    check_choice("missing", missing, MISSING)
    if labels is not None and not is_frame(frame):
        raise ValueError(
            f"labels must name a column of a DataFrame, got {labels!r} for {type(frame).__name__}"
        )
    if isinstance(frame, Dataset):
        return _from_dataset(frame, columns, missing)
    if is_frame(frame):
        return _from_columns(chosen_columns(frame, columns, labels), missing)
    if np.ma.is_masked(frame):
        frame = np.ma.filled(frame.astype(np.float64), np.nan)
    told = ""
    if missing == "drop":
        frame = as_data(floats("X", frame))
        if frame.ndim != 2:
            check_data(frame)  # says what is wrong
        kept, told = _without_gaps(np.isnan(frame).any(axis=1))
        frame = frame[kept]
    X = np.array(check_data(frame))
    return Dataset(X, None, None, _sentences("Your own data.", told), _names_for(X, columns))


def _from_dataset(data, columns, missing):
    data = check_dataset(data)
    if columns is not None:
        data = _chosen_of(data, names_of(columns))
    if missing == "drop":
        kept, told = _without_gaps(np.isnan(data.X).any(axis=1))
        z = None if data.z is None else data.z[kept]
        data = data._replace(X=data.X[kept], z=z, about=_sentences(data.about, told))
    check_data(data)
    return data


def _from_columns(chosen, missing):
    told = ""
    if missing == "drop":
        kept, told = _without_gaps(chosen.gaps())
        chosen = chosen.rows(kept)
    X = np.array(check_data(chosen.frame))
    z, said = chosen.labels()
    about = _sentences("Your own data.", told, _columns_left_out(chosen.others), said)
    return Dataset(X, z, None, about, tuple(map(str, chosen.frame.columns)))


def _without_gaps(gaps):
    """The rows to keep, and in words how many have a missing value."""
    if len(gaps) and gaps.all():
        raise ValueError("X has a missing value in every row")
    return ~gaps, _rows_left_out(int(gaps.sum()), int((~gaps).sum()))


def _chosen_of(data, columns):
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


def _rows_left_out(left_out, kept):
    """How many rows are left out, in words; nothing if none are."""
    of_all = f"{left_out} of {count(left_out + kept, 'row')}"
    verbs = ("has", "is") if left_out == 1 else ("have", "are")
    return f"{of_all} {verbs[0]} missing values and {verbs[1]} left out." if left_out else ""


def _columns_left_out(names):
    """Which columns are left out, in words; nothing if none are."""
    words = ("column", "holds", "is") if len(names) == 1 else ("columns", "hold", "are")
    return f"The {words[0]} {few(names)} {words[1]} no numbers and {words[2]} left out." if names else ""


def _sentences(*sentences):
    return " ".join(filter(None, sentences))

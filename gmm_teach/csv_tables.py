"""A table of numbers, with its labels, out of a CSV file."""

import os
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from .csv_files import MISSING, few, holds_numbers, is_gap, names_of, read_rows, to_number
from .labels import column_of_labels, labels_of
from .validate import check_choice, check_kind


class Table(NamedTuple):
    """Columns of a file: values (N, D), their names, and how many rows with missing values were left out.

    labels (N,) are those of a column of labels, or None, and `said` tells what they are. `others` names the
    columns that hold no numbers.
    """

    values: np.ndarray
    columns: tuple
    left_out: int
    labels: np.ndarray | None
    said: str
    others: tuple


def read_table(
    path, columns=None, *, labels=None, missing="refuse", separator=",", decimal=".", encoding="utf-8-sig"
) -> Table:
    """Read the named columns of a CSV file, or all that hold numbers; see `datasets.dataset_from_csv`."""
    check_choice("missing", missing, MISSING)
    check_choice("decimal", decimal, (".", ","))
    header, rows = read_rows(path, columns, separator=separator, encoding=encoding)
    if labels is not None:
        check_kind("labels", labels, str)
    labels = column_of_labels(labels, header, columns, partial(_entries, rows), "the file has", "")
    others = ()
    if columns is None:
        named = [name for name in header if name and name != labels]
        columns = [name for name in named if holds_numbers([row[name] for _, row in rows], decimal)]
        others = tuple(name for name in named if name not in columns)
        if not columns:
            raise ValueError(f"{os.fspath(path)} has no column of numbers; its header is {few(header)}")
    columns = names_of(columns)
    wanted = [*columns, *[labels] * (labels is not None)]
    kept = [pair for pair in rows if missing != "drop" or not any(is_gap(pair[1][name]) for name in wanted)]
    if rows and not kept:
        raise ValueError(f"{os.fspath(path)} has a missing value in every row of {few(wanted)}")
    values = [[to_number(row[name], line, name, decimal) for name in columns] for line, row in kept]
    values = np.array(values, dtype=np.float64).reshape(-1, len(columns))
    z, said = _labels_in(kept, labels)
    return Table(values, tuple(columns), len(rows) - len(kept), z, said, others)


def _labels_in(rows, name) -> tuple[np.ndarray | None, str]:
    if name is None:
        return None, ""
    return labels_of(_entries(rows, name), name, lambda n: f"line {rows[n][0]}, column {name!r}")


def _entries(rows, name) -> Sequence:
    """The entries of a column: whole numbers as such, all else as text; a missing one is none."""
    texts = [(row[name] or "").strip() for _, row in rows]
    return [
        int(text) if text.isascii() and text.isdecimal() else "" if is_gap(text) else text for text in texts
    ]

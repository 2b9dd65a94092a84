"""Which columns of a DataFrame hold numbers, and which one labels."""

from numbers import Number
from typing import NamedTuple

import numpy as np

from .arrays import column_names, column_types, floats, is_missing, place
from .csv_files import absent_name, check_once, few, names_of, reads_as_number
from .labels import column_of_labels, labels_of


class Chosen(NamedTuple):
    """A DataFrame of the chosen columns alone, what stands in the column of labels, and the names of others.

    `name` is that of the column of labels, or None; `entries` are its entries, in order.
    """

    frame: object
    name: str | None
    entries: list
    others: tuple

    def labels(self) -> tuple[np.ndarray | None, str]:
        """Labels (N,), or None, and a sentence that says what they are."""
        if self.name is None:
            return None, ""
        return labels_of(self.entries, self.name, self._place)

    def gaps(self) -> np.ndarray:
        """Which rows have a missing value, (N,)."""
        gaps = np.isnan(floats("X", self.frame)).any(axis=1)
        return gaps | [is_missing(entry) for entry in self.entries] if self.entries else gaps

    def rows(self, kept) -> "Chosen":
        """The rows of which the mask kept (N,) is true."""
        entries = [entry for entry, keep in zip(self.entries, kept, strict=False) if keep]
        return self._replace(frame=self.frame[kept], entries=entries)

    def _place(self, n):
        return f"{place(self.frame, [n])}, column {self.name!r}"


def chosen_columns(frame, columns=None, labels=None) -> Chosen:
    """The named columns of a DataFrame, or all that hold numbers but its labels; or a Series as one column.

    Labels are in the column of that name, or else in one of whole numbers from 0 that is headed "label", not
    among the columns and not alone. Raises ValueError for a name that is not there, or there twice.
    """
    if not hasattr(frame, "columns"):
        frame = frame.to_frame("x" if frame.name is None else frame.name)
    names = column_names(frame)
    have, of = "X has the columns", " of X"
    labels = column_of_labels(labels, names, columns, lambda name: frame[name].tolist(), have, of)
    numeric = [name for i, name in enumerate(names) if name != labels and _holds_numbers(frame, i)]
    chosen = numeric if columns is None else names_of(columns)
    if not chosen:
        raise ValueError(f"X has no column of numbers; its columns are {few(names)}")
    for name in chosen:
        if name not in names:
            raise absent_name(name, numeric, "X has these columns of numbers:")
        check_once(name, names, of)
    others = [str(name) for name in names if name not in (*numeric, labels)] if columns is None else ()
    entries = [] if labels is None else frame[labels].tolist()
    return Chosen(frame[chosen], labels, entries, tuple(others))


def _holds_numbers(frame, index):
    """Does a column hold numbers, be they objects? Text among them is then an error, not skipped."""
    kind = column_types(frame)[index]
    if kind.kind != "O" or str(kind) == "category":
        return kind.kind in "iuf"
    given = [entry for entry in frame.iloc[:, index].tolist() if not is_missing(entry)]
    numbers = any(isinstance(entry, Number) and not isinstance(entry, bool) for entry in given)
    texts = [entry for entry in given if isinstance(entry, str) and reads_as_number(entry)]
    return numbers or 2 * len(texts) > len(given)

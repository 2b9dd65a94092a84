"""Labels z out of a column: whole numbers from 0, or names, which are numbered in their order."""

from collections.abc import Callable, Sequence

import numpy as np

from .csv_files import absent_name, check_once, few, names_of, reads_as_number
from .words import short

LABEL = "label"  # how `to_csv` heads the labels


def are_labels(entries: Sequence) -> bool:
    """Are all entries whole numbers from 0?"""
    return all(map(_is_whole, entries))


def column_of_labels(labels, names: list, columns, entries_of: Callable, have: str, of: str) -> object:
    """The name of the column of labels: the one that a caller gave, or else one headed "label".

    The latter must hold whole numbers from 0, as entries_of(name) tells, not be among the columns, and not be
    alone. Raises ValueError for a name that is not there, see `absent_name`, or there twice.
    """
    if labels is not None:
        if labels not in names:
            raise absent_name(labels, names, have)
        check_once(labels, names, of)
        return labels
    free = names.count(LABEL) == 1 < len(names) and (columns is None or LABEL not in names_of(columns))
    return LABEL if free and are_labels(entries_of(LABEL)) else None


def labels_of(entries: Sequence, name: str, place: Callable) -> tuple[np.ndarray, str]:
    """Labels (N,) out of the column of this name, and a sentence that says what they are.

    place(n) says in words where entry n stands. Raises ValueError for an entry that is neither a whole number
    from 0 nor a name, or for a column that mixes the two.
    """
    if are_labels(entries):
        return np.array(entries, dtype=np.intp), f"z is the column {name}."
    fits = _is_whole if _is_whole(entries[0]) else _is_name
    for n, entry in enumerate(entries):
        if not fits(entry):
            raise ValueError(
                f"{place(n)}: {short(entry)} is no label here; labels are whole numbers from 0, or all names"
            )
    number = {kind: k for k, kind in enumerate(sorted(set(entries)))}
    return np.array([number[entry] for entry in entries]), f"z is the {name}: {few(list(number))}."


def _is_whole(entry):
    return isinstance(entry, int | np.integer) and not isinstance(entry, bool) and 0 <= entry < 2**53


def _is_name(entry):
    return isinstance(entry, str) and entry.strip() != "" and not reads_as_number(entry)

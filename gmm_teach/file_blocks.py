"""Data in blocks of rows, to be read where they are worked on: cutting costs nothing, and no copy is made."""

import os
from typing import NamedTuple

import numpy as np

from .arrays import as_data, floats
from .validate import array_of, check_count


class FileBlock(NamedTuple):
    """Rows first to last - 1 of an array in a file: a few numbers to send, and nothing is read until `rows`.

    shape, dtype, offset (of the first byte) and order ("C" by row, "F" by column) are those of the array.
    """

    path: str
    dtype: np.dtype
    offset: int
    shape: tuple
    order: str
    first: int
    last: int

    def rows(self) -> np.ndarray:
        """The rows, mapped from the file; what is not used of it is not read."""
        whole = np.memmap(self.path, self.dtype, "r", self.offset, self.shape, self.order)
        return whole[self.first : self.last]


def blocks_of(X, size: int = 250_000) -> list:
    """Cut X into blocks of `size` rows, the last one perhaps shorter.

    Parameters
    ----------
    X : array of shape (N, D) or (N,), or np.memmap
        A memory-mapped array gives blocks that name their rows in the file: other processes, and other
        machines that see the file under the same name, read them themselves. Any other array gives views.
    size : int
        Rows in a block.

    Returns
    -------
    list of FileBlock, or of arrays of shape (n, D)

    Raises
    ------
    TypeError, ValueError
        For an X that is no array of numbers or has no rows, or a size that is no whole number > 0.

    Examples
    --------
    >>> [len(block) for block in blocks_of(np.arange(7.0), 3)]
    [3, 3, 1]
    """
    size, X = check_count("size", size), array_of(X)
    place = _place_in_file(X) if isinstance(X, np.memmap) else None
    rows = X if place else as_data(floats("X", X, copy=False))
    if rows.ndim not in (1, 2) or not rows.size:
        raise ValueError(f"X has shape {rows.shape}; it must be (N, D) or (N,), with at least one row")
    bounds = [(begin, min(begin + size, len(rows))) for begin in range(0, len(rows), size)]
    if place:
        return [FileBlock(*place, begin, end) for begin, end in bounds]
    return [rows[begin:end] for begin, end in bounds]


def rows_of(block) -> np.ndarray:
    """The rows (n, D) of a block as float64; raises TypeError, ValueError or OSError for what holds none."""
    given = block.rows() if isinstance(block, FileBlock) else array_of(block)
    return as_data(floats("X", given, copy=False))


def _place_in_file(X):
    """What a `FileBlock` says of a memory map; None where it is a copy in memory, or has gaps."""
    order = "C" if X.flags.c_contiguous else "F" if X.flags.f_contiguous else None
    if X.filename is None or X.mode == "c" or order is None:
        return None
    whole = X
    while isinstance(whole.base, np.memmap):
        whole = whole.base
    begin, first = (one.__array_interface__["data"][0] for one in (X, whole))
    return os.path.abspath(X.filename), X.dtype, whole.offset + begin - first, X.shape, order

"""Rows of an array in a file, named by a few numbers, to be read where they are worked on."""

import os
from typing import NamedTuple

import numpy as np


class FileBlock(NamedTuple):
    """Some rows of an array in a file: quick to send, and nothing is read until `rows`.

    offset is where the first number is, in bytes; strides are the bytes to the next row, and column.
    """

    path: str
    dtype: np.dtype
    offset: int
    shape: tuple
    strides: tuple

    def rows(self) -> np.ndarray:
        """The rows, mapped from the file; what is not used of it is not read."""
        try:
            whole = np.memmap(self.path, np.uint8, "r")
            return np.ndarray(self.shape, self.dtype, whole, self.offset, self.strides)
        except (TypeError, ValueError):  # too few bytes
            raise ValueError(f"X cannot be read: {self.path} is shorter than it was") from None


def is_in_file(X) -> bool:
    """Is X a view of a file, so that others can read it there? A copy in memory is not."""
    return isinstance(X, np.memmap) and X.filename is not None and X.mode != "c"


def block_in_file(X: np.memmap) -> FileBlock:
    """The note that names the rows of X, a view of a file."""
    whole = X
    while isinstance(whole.base, np.memmap):
        whole = whole.base
    first, begin = (one.__array_interface__["data"][0] for one in (X, whole))
    offset = whole.offset + first - begin
    return FileBlock(os.path.abspath(X.filename), X.dtype, offset, X.shape, X.strides)

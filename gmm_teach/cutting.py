"""Data in blocks of rows, to be read where they are worked on: cutting costs nothing, and no copy is made."""

import numpy as np

from .arrays import as_data, floats
from .file_blocks import block_in_file, is_in_file
from .validate import array_of, check_count


def blocks_of(X, size: int = 1_000_000) -> list:
    """Cut X into blocks of `size` rows, the last one perhaps shorter.

    Parameters
    ----------
    X : array of shape (N, D) or (N,), or np.memmap
        A memory-mapped array, or a view of one, gives blocks that name their rows in the file: other
        processes, and other machines that see the file under the same name, read them themselves. Any
        other array gives views.
    size : int
        Rows in a block. A scheduler spends some milliseconds on each block and iteration: let a block
        take a worker a tenth of a second or more.

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
    in_file = is_in_file(X)
    numbers = as_data(floats("X", X[:1] if in_file else X, copy=False))
    rows = X if in_file else numbers
    if rows.ndim not in (1, 2) or not rows.size:
        raise ValueError(f"X has shape {rows.shape}; it must be (N, D) or (N,), with at least one row")
    blocks = [rows[begin : begin + size] for begin in range(0, len(rows), size)]
    return [block_in_file(block) for block in blocks] if in_file else blocks


def rows_of(block) -> np.ndarray:
    """The rows (n, D) of a block as float64; raises TypeError, ValueError or OSError for what holds none."""
    return as_data(floats("X", array_of(block), copy=False))

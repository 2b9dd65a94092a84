"""At the doors of the package: data and counts as they must be, or an error that says what is wrong."""

import numpy as np


def as_data(X):
    """Return X as float64 (N, D); a plain vector of N numbers becomes (N, 1)."""
    X = np.asarray(X, dtype=np.float64)
    return X[:, np.newaxis] if X.ndim == 1 else X


def check_data(X):
    """Return X as float64 (N, D), or raise an error that says what is wrong with it and where."""
    X = as_data(floats("X", X))
    if X.ndim != 2:
        raise ValueError(f"X has shape {X.shape}; it must be (N, D): one row a point")
    if X.size == 0:
        raise ValueError(f"X has shape {X.shape}: there are no rows or no columns to fit")
    bad = ~np.isfinite(X)
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise ValueError(
            f"X holds {bad.sum()} values that are NaN or infinite, the first at row {row}, "
            f"column {column}; drop those rows or fill them in"
        )
    return X


def check_count(name, value, smallest=1):
    """Return value as an int, or raise an error that names the argument."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        hint = f"; did you mean {value}?" if isinstance(value, str) and value.isdigit() else ""
        kind = ValueError if isinstance(value, float) else TypeError
        raise kind(f"{name} must be a whole number >= {smallest}, got {value!r}{hint}")
    if value < smallest:
        raise ValueError(f"{name} must be a whole number >= {smallest}, got {value}")
    return int(value)


def check_reg_covar(reg_covar):
    """Raise a ValueError unless reg_covar is a finite number >= 0."""
    if not 0 <= reg_covar < np.inf:
        raise ValueError(f"reg_covar must be >= 0 and finite, got {reg_covar}")


def floats(name, values):
    """Return values as a float64 array of their own, or raise a TypeError that names the argument."""
    try:
        array = np.asarray(values)
        if array.dtype.kind in "UScmM":
            raise TypeError
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must hold real numbers only") from None

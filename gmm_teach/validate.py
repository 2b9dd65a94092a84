"""At the doors of the package: arguments as they must be, or an error that says what is wrong."""

import reprlib
from difflib import get_close_matches
from numbers import Real

import numpy as np

LARGEST_SUM = 1e307  # of squares, so that a covariance stays within float64
SMALLEST_SPREAD = 1e-152  # its square keeps all its digits in float64


def as_data(X):
    """Return X as float64 (N, D); a plain vector of N numbers becomes (N, 1)."""
    X = np.asarray(X, dtype=np.float64)
    return X[:, np.newaxis] if X.ndim == 1 else X


def check_data(X):
    """Return X as float64 (N, D), or raise an error that says what is wrong with it and where."""
    _check_unmasked(X)
    X = as_data(floats("X", X))
    if X.ndim != 2:
        raise ValueError(f"X has shape {X.shape}; it must be (N, D), one row a point, or (N,)")
    if X.size == 0:
        raise ValueError(f"X has shape {X.shape}: there are no rows or no columns to fit")
    _refuse(~np.isfinite(X), "values that are NaN or infinite")
    largest = np.abs(X).max()
    if largest > np.sqrt(LARGEST_SUM / X.size):
        raise ValueError(
            f"X holds values up to {largest:.3g}, whose squares overflow; divide X by a constant"
        )
    spreads = np.ptp(X, axis=0)
    narrow = (spreads > 0) & (spreads < SMALLEST_SPREAD)
    if narrow.any():
        column = int(narrow.argmax())
        raise ValueError(
            f"column {column} of X spreads over {spreads[column]:.3g} only, whose square underflows; "
            "multiply it by a constant"
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


def check_not_negative(name, value):
    """Return value as a float, or raise an error unless it is a finite number >= 0."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number >= 0, got {value!r}")
    if not 0 <= value < np.inf:
        raise ValueError(f"{name} must be >= 0 and finite, got {value}")
    return float(value)


def check_choice(name, value, choices):
    """Raise a ValueError that lists the choices, and the nearest one, unless value is one of them."""
    if not (isinstance(value, str) and value in choices):
        near = get_close_matches(str(value).lower(), choices, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}{hint}")


def check_rng(rng):
    """Return a numpy Generator: the one given, or a new one from a whole number or from None."""
    if rng is None or isinstance(rng, np.random.Generator):
        return np.random.default_rng(rng)
    return np.random.default_rng(check_count("rng", rng, smallest=0))


def floats(name, values):
    """Return values as a float64 array of their own, or raise a TypeError that names the argument."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} is ragged: {_first_odd_row(values)}") from None
    if array.dtype.kind in "US":
        raise TypeError(f"{name} holds text, not numbers: {array.ravel()[:3].tolist()}")
    if array.dtype.kind not in "biufO":
        raise TypeError(f"{name} must hold real numbers only, got {array.dtype} entries")
    if array.dtype.kind == "O" and not array.ndim:
        raise TypeError(f"{name} must be an array or nested lists of numbers, got {type(values).__name__}")
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must hold real numbers only; {_first_odd_entry(array)}") from None


def _refuse(bad, what):
    """Raise a ValueError if any entry of bad (N, D) is set, saying how many and where the first is."""
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise ValueError(
            f"X holds {bad.sum()} {what}, the first at row {row}, column {column}; "
            "drop those rows or fill them in"
        )


def _check_unmasked(X):
    if np.ma.is_masked(X):
        mask = np.ma.getmaskarray(X)
        _refuse(mask[:, np.newaxis] if mask.ndim == 1 else mask, "masked values")


def _first_odd_row(rows):
    lengths = [len(row) if hasattr(row, "__len__") else 1 for row in rows]
    odd = next((i for i, length in enumerate(lengths) if length != lengths[0]), len(lengths) - 1)
    return f"row {odd} has {lengths[odd]} entries, row 0 has {lengths[0]}"


def _first_odd_entry(array):
    for index, entry in np.ndenumerate(array):
        try:
            float(entry)
        except (TypeError, ValueError, OverflowError):
            where = ", ".join(f"{axis} {i}" for axis, i in zip(("row", "column"), index, strict=False))
            return f"{reprlib.repr(entry)} at {where} is not one"
    return "some are not"


def check_kind(name, value, kind, remedy="") -> None:
    """Raise a TypeError that names both kinds unless value is of this one: `str` or one of our classes."""
    if not isinstance(value, kind):
        wanted = "text" if kind is str else f"a{'n' * (kind.__name__[0] in 'AEIOU')} {kind.__name__}"
        raise TypeError(f"{name} must be {wanted}, got {type(value).__name__}{remedy}")


def check_positive(name, value, most=np.inf) -> float:
    """Return value as a float, or raise an error unless it is a finite number > 0, at most `most`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number > 0, got {reprlib.repr(value)}")
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be > 0, got {value}")
    if value > most:
        raise ValueError(f"{name} must be at most {most:g}, got {value}")
    return float(value)

"""At the doors of the package: arguments as they must be, or an error that says what is wrong."""

import functools
import reprlib
from difflib import get_close_matches
from numbers import Real

import numpy as np

from .words import number

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


def own_errstate(function):
    """Let a function compute as NumPy does by default, whatever `np.seterr` its caller has set.

    The logarithm of 0 is -inf, exp of little is 0, a square beyond float64 is inf: all are meant.
    """

    @functools.wraps(function)
    def inside(*arguments, **options):
        with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="warn"):
            return function(*arguments, **options)

    return inside


def check_points(X, n_features: int, what: str = "this mixture") -> np.ndarray:
    """Return X as float64 (N, D), or raise an error unless it holds finite points of n_features numbers."""
    shape = np.shape(X)
    X = as_data(floats("X", X.X if isinstance(X, tuple) and hasattr(X, "X") else X))
    if X.ndim != 2 or X.shape[1] != n_features:
        alone = f"; one point alone is [[{number(X[0, 0])}, ...]]" if shape == (n_features,) else ""
        raise ValueError(f"X has shape {shape}; {what} is for (N, {n_features}){alone}")
    _refuse(~np.isfinite(X), "values that are NaN or infinite")
    return X


def check_square(name: str, matrix) -> np.ndarray:
    """Return a matrix as float64 (D, D), or raise an error that names it."""
    matrix = floats(name, matrix)
    if matrix.ndim != 2 or len(matrix) != matrix.shape[1] or not len(matrix):
        raise ValueError(f"{name} must have shape (D, D), got {matrix.shape}")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return matrix


def check_gaussian(X, mean, covariance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return X (N, D), mean (D,), covariance (D, D) as float64, or raise an error where they differ in D."""
    covariance, mean = check_square("covariance", covariance), floats("mean", mean)
    D = len(covariance)
    if mean.shape != (D,) or not np.isfinite(mean).all():
        raise ValueError(f"mean must be {D} finite numbers, as covariance is ({D}, {D}); got {mean}")
    return check_points(X, D, "this Gaussian"), mean, covariance


def check_responsibilities(responsibilities, n_points: int, n_components: int | None = None) -> np.ndarray:
    """Return responsibilities as float64 (N, K), or raise a ValueError that names the row and the remedy."""
    r = floats("responsibilities", responsibilities)
    K = n_components or (r.shape[1] if r.ndim == 2 else "K")
    if r.shape != (n_points, K):
        turned = "; transpose it" if r.shape == (K, n_points) else ""
        raise ValueError(
            f"responsibilities must have shape (N, K) = ({n_points}, {K}), got {r.shape}{turned}"
        )
    if not np.isfinite(r).all():
        row = int(np.argmin(np.isfinite(r).all(axis=1)))
        raise ValueError(f"row {row} of the responsibilities holds NaN or infinity: {_row(r[row])}")
    if r.min() < 0:
        row = int(r.min(axis=1).argmin())
        raise ValueError(
            f"row {row} of the responsibilities has a negative share: {_row(r[row])}. "
            "They are probabilities; are these logarithms?"
        )
    sums = r.sum(axis=1)
    wrong = np.abs(sums - 1) > 1e-6
    if wrong.any():
        row = int(wrong.argmax())
        over_points = np.allclose(r.sum(axis=0), 1) and n_points != K
        raise ValueError(
            f"row {row} of the responsibilities sums to {number(sums[row])}; each point shares out 1: "
            + ("your columns sum to 1, so divide the densities " if over_points else "divide ")
            + "by their sum over the components, r.sum(axis=1, keepdims=True)"
        )
    return r


def _row(shares):
    return np.array2string(shares, precision=4, threshold=8, edgeitems=3)

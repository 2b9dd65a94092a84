"""At the doors of the package: arguments as they must be, or an error that says what is wrong."""

from difflib import get_close_matches
from numbers import Real

import numpy as np

from .arrays import as_data, column, floats, place, whole_numbers
from .file_blocks import FileBlock
from .words import count, short

LARGEST_SUM = 1e307  # of squares, so that a covariance stays within float64
SMALLEST_SPREAD = 1e-152  # its square keeps all its digits in float64
LARGEST_RATIO = 1e150  # of two columns' spreads: a square of one in units of the other stays within float64
LARGEST_COUNT = 2**128  # a seed may be as large
MIXTURE_FIELDS = ("weights", "means", "covariances")


def check_data(X) -> np.ndarray:
    """Return X as float64 (N, D), or raise an error that says what is wrong with it and where.

    X is an array, nested lists, a DataFrame or a `Dataset`. Promised is EM on data in any unit from
    1e-150 to 1e150, with columns that spread over at most 1e150 times as much as one another.
    """
    given = X
    X, lowest, highest = check_table(X)
    check_scale(given, X.size, lowest, highest)
    return X


def check_table(X) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return X as float64 (N, D) with the lowest and the highest number of each column, at any scale.

    Raises TypeError or ValueError for what is no table of finite numbers.
    """
    given, X = X, array_of(X)
    _check_unmasked(X)
    X = as_data(floats("X", X, copy=False))
    if X.ndim != 2:
        raise ValueError(f"X has shape {X.shape}; it must be (N, D), one row a point, or (N,)")
    if X.size == 0:
        raise ValueError(f"X has shape {X.shape}: there are no rows or no columns to fit")
    columns = np.ascontiguousarray(X.T)  # (D, N): ten times faster to search than (N, D)
    lowest, highest = columns.min(axis=1), columns.max(axis=1)
    if not np.isfinite([lowest, highest]).all():
        refuse(given, ~np.isfinite(X), "value", "NaN or infinite")
    return X, lowest, highest


def check_means(X, means) -> np.ndarray:
    """Return means as a float64 array (K, D) of their own, for data X (N, D), or raise a ValueError."""
    means, D = floats("means", means), as_data(X).shape[1]
    if means.ndim != 2 or not len(means) or means.shape[1] != D:
        hint = "; use means.reshape(-1, 1)" if D == means.ndim == 1 and means.size else ""
        raise ValueError(f"means must have shape (K, D) = (K, {D}), got {means.shape}{hint}")
    if not np.isfinite(means).all():
        k, d = np.argwhere(~np.isfinite(means))[0].tolist()
        raise ValueError(f"means must be finite; means[{k}, {d}] is {means[k, d]}")
    if np.abs(means).max() > np.sqrt(LARGEST_SUM / D):
        raise ValueError(f"means hold values up to {np.abs(means).max():.3g}, whose squares overflow")
    return means


def check_labels(labels, n_points, n_components, name="labels") -> np.ndarray:
    """Return labels as whole numbers (N,) from 0 to K - 1, one for each point, or raise an error."""
    labels = whole_numbers(name, labels)
    if labels.shape != (n_points,):
        raise ValueError(f"{name} must have shape (N,) = ({n_points},), got {labels.shape}")
    if labels.size and labels.max() >= n_components:
        n = int(labels.argmax())
        raise ValueError(
            f"{name} must lie below {n_components}, the number of components; {name}[{n}] is {labels[n]}"
        )
    return labels


def check_mixture(mixture, name="mixture", remedy=None) -> tuple:
    """Return a `Mixture`: the one given, or that of a `Step` or `Trace`. Raises TypeError for all else."""
    given, mixture = mixture, getattr(mixture, "mixture", mixture)
    if getattr(type(mixture), "_fields", None) != MIXTURE_FIELDS:
        if hasattr(given, "covariance_type"):
            remedy = "use gt.Mixture.from_sklearn(...) of it"
        elif isinstance(given, tuple | list | dict):
            remedy = remedy or "make one by gt.Mixture(weights, means, covariances)"
        remedy = remedy or "are the arguments swapped?"
        raise TypeError(f"{name} must be a Mixture, got {type(given).__name__}; {remedy}")
    return mixture


def check_trace(trace, name="trace") -> tuple:
    """Return the `Trace` given, or raise a TypeError that names what it is instead."""
    if not {"steps", "status"} <= set(getattr(type(trace), "_fields", ())):
        raise TypeError(f"{name} must be a Trace, got {type(trace).__name__}; run_em and fit return one")
    return trace


def check_count(name, value, smallest=1) -> int:
    """Return value as an int, or raise an error that names the argument."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        kind = ValueError if isinstance(value, float | np.floating) else TypeError
        wanted = f"{name} must be a whole number >= {smallest}, got {_plain(value)}"
        raise kind(wanted + _nearest_count(value))
    if not smallest <= value <= LARGEST_COUNT:
        raise ValueError(f"{name} must be a whole number >= {smallest}, got {_plain(value)}")
    return int(value)


def check_not_negative(name, value) -> float:
    """Return value as a float, or raise an error unless it is a finite number >= 0."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number >= 0, got {short(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = np.inf
    if not 0 <= number < np.inf:
        raise ValueError(f"{name} must be >= 0 and finite, got {_plain(value)}")
    return number


def check_choice(name, value, choices) -> None:
    """Raise a ValueError that lists the choices, and the nearest one, unless value is one of them."""
    if not (isinstance(value, str) and value in choices):
        near = get_close_matches(value.lower(), choices, n=1) if isinstance(value, str) else ()
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {short(value)}{hint}")


def check_rng(rng, name="rng") -> np.random.Generator:
    """Return a numpy Generator: the one given, or a new one from a whole number or from None."""
    if rng is None or isinstance(rng, np.random.Generator):
        return np.random.default_rng(rng)
    if isinstance(rng, np.random.RandomState) or rng is np.random:
        raise TypeError(
            f"{name} must be a whole number >= 0, a Generator or None, got NumPy's older random numbers; "
            "use np.random.default_rng(0)"
        )
    return np.random.default_rng(check_count(name, rng, smallest=0))


def check_kind(name, value, kind, remedy="") -> None:
    """Raise a TypeError that names both kinds unless value is of this one: `str` or one of our classes."""
    if not isinstance(value, kind):
        wanted = "text" if kind is str else f"a{'n' * (kind.__name__[0] in 'AEIOU')} {kind.__name__}"
        raise TypeError(f"{name} must be {wanted}, got {type(value).__name__}{remedy}")


def check_positive(name, value, most=np.inf) -> float:
    """Return value as a float, or raise an error unless it is a finite number > 0, at most `most`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number > 0, got {short(value)}")
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be > 0, got {value}")
    if value > most:
        raise ValueError(f"{name} must be at most {most:g}, got {value}")
    return float(value)


def array_of(X) -> object:
    """X, or that of a `Dataset`, or the rows of a `FileBlock`; raises TypeError for other named tuples."""
    if isinstance(X, FileBlock):
        return X.rows()
    if hasattr(type(X), "X") and hasattr(type(X), "columns"):
        return X.X
    if hasattr(type(X), "_fields"):
        raise TypeError(
            f"X must be an (N, D) array of numbers, got {type(X).__name__}; are the arguments swapped?"
        )
    return X


def _check_unmasked(X):
    if np.ma.is_masked(X):
        mask = np.ma.getmaskarray(X)
        refuse(X, mask[:, np.newaxis] if mask.ndim == 1 else mask, "masked value")


def refuse(given, bad, noun, what="") -> None:
    """Raise a ValueError if any entry of bad (N, D) is set, saying how many and where the first is."""
    n = int(bad.sum())
    if n:
        what = what and f" that {'is' if n == 1 else 'are'} {what}"
        first = place(given, np.argwhere(bad)[0].tolist())
        raise ValueError(
            f"X holds {count(n, noun)}{what}, the first at {first}; drop those rows or fill them in"
        )


def check_scale(given, size, lowest, highest, name="X") -> None:
    """Raise a ValueError for numbers whose squares, or those of two columns together, leave float64.

    Of `size` numbers in all, lowest and highest (D,) are those of each column; given names the columns.
    """
    largest = max(-lowest.min(), highest.max())
    if largest > np.sqrt(LARGEST_SUM / size):
        raise ValueError(
            f"values of {name} go up to {largest:.3g}, whose squares overflow; divide {name} by a constant"
        )
    spreads = highest - lowest
    tiny = (spreads > 0) & (spreads < SMALLEST_SPREAD)
    if tiny.any():
        narrow = int(tiny.argmax())
        raise ValueError(
            f"{column(given, narrow)} of {name} spreads over {spreads[narrow]:.3g} only, whose square "
            "underflows; multiply it by a constant"
        )
    wide, narrow = int(spreads.argmax()), int(np.where(spreads > 0, spreads, np.inf).argmin())
    if spreads[wide] / LARGEST_RATIO > spreads[narrow] > 0:
        raise ValueError(
            f"{column(given, wide)} of {name} spreads over {spreads[wide]:.3g} and {column(given, narrow)} "
            f"over {spreads[narrow]:.3g}, more than {LARGEST_RATIO:g} times apart, too far for float64; "
            f"multiply {column(given, narrow)} by a constant"
        )


def _nearest_count(value):
    """ "; did you mean 3?" for 3.0 and for "3"."""
    text = value.strip() if isinstance(value, str) else str(value) if isinstance(value, float) else ""
    text = text.removesuffix(".0")
    return f"; did you mean {text}?" if text.isdecimal() else ""


def _plain(value):
    """A number without the name of its type."""
    return short(value.item() if isinstance(value, np.generic) else value)

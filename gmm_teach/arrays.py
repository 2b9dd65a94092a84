"""Numbers out of what people pass: arrays, nested lists, DataFrames; and where in it an entry stands."""

import numpy as np

from .words import count, short


def as_data(X) -> np.ndarray:
    """Return X as float64 (N, D); a plain vector of N numbers becomes (N, 1)."""
    X = np.asarray(X, dtype=np.float64)
    return X[:, np.newaxis] if X.ndim == 1 else X


def floats(name, values, copy=True) -> np.ndarray:
    """Return values as a float64 array, of their own if copy, or raise an error that names the argument."""
    if np.ma.is_masked(values):
        raise ValueError(f"{name} holds masked values; fill them in")
    array = entries(name, values)
    if array.dtype.kind in "US":
        raise TypeError(f"{name} holds text, not numbers: {short(array.ravel()[:3].tolist())}")
    if array.dtype.kind not in "biufO":
        raise TypeError(f"{name} must hold real numbers only, got {short(str(array.dtype))[1:-1]} entries")
    if array.dtype.kind == "O" and not array.ndim:
        kind = f"{type(values).__name__}{_way_out(values)}"
        raise TypeError(f"{name} must be an array or nested lists of numbers, got {kind}")
    if array.dtype.kind == "O":
        return _floats_of_objects(name, values, array)
    with np.errstate(all="ignore"):  # a long double may be too large for a float64: it becomes infinite
        return array.astype(np.float64, copy=copy)


def whole_numbers(name, values) -> np.ndarray:
    """Return values as an array of whole numbers >= 0, or raise an error that names the argument."""
    numbers = floats(name, values)
    (kind,) = set(column_types(values)) if is_frame(values) else {np.asarray(values).dtype}
    if kind.kind not in "iu":
        raise ValueError(f"{name} must hold whole numbers from 0, got {kind} entries")
    if not (numbers >= 0).all() or not (numbers < 2**53).all():
        raise ValueError(f"{name} must hold whole numbers from 0, got {short(numbers)}")
    return numbers.astype(np.intp)


def is_frame(values) -> bool:
    """Is this a pandas DataFrame or Series?"""
    return hasattr(values, "iloc") and hasattr(values, "to_numpy")


def is_missing(entry) -> bool:
    """Is this how Python or pandas writes a missing value?"""
    return entry is None or type(entry).__name__ == "NAType" or (isinstance(entry, float) and entry != entry)


def column_types(frame) -> list:
    """The dtype of each column of a DataFrame or Series."""
    return list(frame.dtypes) if hasattr(frame, "columns") else [frame.dtype]


def column_names(values) -> list | None:
    """The columns' names of a DataFrame, Series or `Dataset`; None where columns have no names."""
    if is_frame(values) and not hasattr(values, "columns"):
        return None if values.name is None else [values.name]
    columns = getattr(values, "columns", None)
    return None if columns is None else list(columns)


def column(values, index) -> str:
    """Name a column in words: "column 1", or "column 'weight'" where columns have names."""
    names = column_names(values)
    return f"column {(names[index] if names else int(index))!r}"


def place(values, index) -> str:
    """Name an entry in words: "row 3, column 1"; in a DataFrame by its names, "row 3 ('Tom'), column 'x'"."""
    row, *rest = index
    label = values.index[row] if is_frame(values) else row
    words = f"row {row}" if label == row else f"row {row} ({label!r})"
    return ", ".join([words, *(column(values, one) for one in rest[:1])])


def compared_by_value(kind: type) -> type:
    """Give a class of named tuples an `==` that never raises: equal in every field, NaN equal to NaN."""

    def equal(one, other):
        return type(one) is type(other) and all(map(_same, one, other))

    kind.__eq__, kind.__hash__ = equal, None
    kind.__ne__ = lambda one, other: not equal(one, other)
    return kind


def _same(one, other):
    arrays = isinstance(one, np.ndarray) + isinstance(other, np.ndarray)
    if arrays == 1 or (arrays and one.shape != other.shape):
        return False
    return bool(np.all((one == other) | ((one != one) & (other != other))))


def entries(name, values) -> np.ndarray:
    """`np.asarray(values)`, or an error that names the argument."""
    try:
        return _frame_entries(name, values) if is_frame(values) else np.asarray(values)
    except ValueError as error:
        if hasattr(type(values), "_fields"):  # such as a Mixture, no list that is ragged by mistake
            kind = type(values).__name__
            raise TypeError(f"{name} must be an array or nested lists of numbers, got {kind}") from None
        if isinstance(values, list | tuple):
            raise ValueError(f"{name} is ragged: {_first_odd_row(values)}") from None
        raise ValueError(f"{name} cannot be read as an array: {short(str(error))}") from error
    except RuntimeError as error:  # such as a tensor that still needs its gradient
        raise TypeError(f"{name} cannot be read as an array: {short(str(error))}") from error


def _frame_entries(name, frame):
    """The entries of a DataFrame or Series: floats with NaN for what is missing, or else objects."""
    kinds = column_types(frame)
    for index, kind in enumerate(kinds):
        if kind.kind not in "biufO" or str(kind) == "category":
            what = f"{column(frame, index)} holds {kind} entries, leave it out"
            raise TypeError(f"{name} must hold real numbers only; {what}")
    real = all(kind.kind in "biuf" for kind in kinds)
    return frame.to_numpy(dtype=np.float64 if real else object, na_value=np.nan)


def _floats_of_objects(name, values, array):
    """The float64 of any objects that are numbers, NaN for None and pandas' NA; text is refused."""
    numbers = np.empty(array.shape)
    for index, entry in np.ndenumerate(array):
        try:
            if isinstance(entry, str | bytes):
                raise TypeError
            numbers[index] = np.nan if is_missing(entry) else float(entry)
        except (TypeError, ValueError, OverflowError):
            raise TypeError(
                f"{name} must hold real numbers only; {short(entry)} at {place(values, index)} is not one"
            ) from None
    return numbers


def _first_odd_row(rows):
    lengths = [_length(row) for row in rows]
    odd = next((i for i, length in enumerate(lengths) if length != lengths[0]), 0)
    return f"row {odd} has {lengths[odd]}" + (f", row 0 has {lengths[0]}" if odd else "")


def _length(row):
    try:
        shape = np.shape(row)
    except ValueError:
        return "lists of several lengths"
    if len(shape) > 1:
        return f"lists of shape {shape}"
    return count(shape[0], "number") if shape else "no list"


def _way_out(values):
    """A remedy for what is no array."""
    if hasattr(values, "toarray"):
        return "; use its toarray()"
    return "; use list(...) of it" if hasattr(values, "__next__") else ""

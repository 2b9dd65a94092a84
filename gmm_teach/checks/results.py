"""What a learner's function returned, read as arrays of numbers."""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from ..words import count
from .attempts import NotNumbers, as_numbers

WITHOUT_PARTS = (dict, set, frozenset, str, bytes)


class Fault(Exception):
    """Says what is wrong with the kind of a result: nothing returned, no numbers, another shape, NaN."""


def read(name, parts: Sequence[str], result, right: Sequence[np.ndarray], free_length=False) -> list:
    """One array for each part of a result, of the shape of the right one; raises `Fault`."""
    values = _split(name, parts, result)
    wanted = _wanted(name, parts)
    return [
        _read(wanted, part, value, like, free_length)
        for part, value, like in zip(parts or ("",), values, right, strict=True)
    ]


def _split(name, parts, result):
    if result is None:
        raise Fault(f"{name} returned nothing: end it with a return.")
    if not parts:
        return [result]
    if issubclass(type(result), WITHOUT_PARTS) or not _is_iterable(result):
        raise Fault(f"{_wanted(name, parts)}; yours is of type {type(result).__name__}.")
    values = list(islice(result, len(parts) + 1))
    if len(values) != len(parts):
        many = "more" if len(values) > len(parts) else len(values)
        raise Fault(f"{_wanted(name, parts)}; you return {many}.")
    return values


def _wanted(name, parts):
    if not parts:
        return f"{name} must return numbers in one array or list"
    return f"{name} must return {len(parts)} results of numbers, in this order: {', '.join(parts)}"


def _read(wanted, part, value, right, free_length):
    try:
        array = as_numbers(value)
    except NotNumbers as fault:
        raise Fault(f"{wanted}; {f'your {part}' if part else 'yours'} {fault}.") from None
    if right.shape == () and array.size == 1:
        array = array.reshape(())
    same_shape = array.ndim == right.ndim if free_length else array.shape == right.shape
    if not same_shape:
        of = f" of {part}" if part else ""
        must = right.shape or "(), that of a single number"
        raise Fault(f"The shape{of} is {array.shape}; it must be {must}.")
    if array.dtype not in (np.float32, np.float64):
        array = array.astype(float)
    bad = np.sum(~np.isfinite(array))
    if bad:
        verb = "is" if bad == 1 else "are"
        numbers = f"{bad} of {count(array.size, 'number')} in {part or 'the result'}"
        raise Fault(f"{numbers} {verb} NaN or infinite.")
    return array


def _is_iterable(value):
    try:
        iter(value)
    except TypeError:
        return False
    return True


def rounded_to(numbers, others) -> int | None:
    """The decimals to which numbers are the others rounded; None if they are no rounded ones."""
    for decimals in range(1, 8):
        if np.allclose(numbers, np.round(others, decimals), rtol=0, atol=1e-12):
            return decimals
    return None


def told_apart(a, b) -> tuple[str, str]:
    """Two numbers in nine significant digits, or in as many as show that they differ."""
    for digits in range(9, 18):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts

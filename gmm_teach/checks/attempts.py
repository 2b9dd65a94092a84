"""What a learner's code is and does: whether it is begun, where it stopped, what numbers came back."""

import math
import traceback
from types import FunctionType, MethodType

import numpy as np

REAL = "biuf"
OTHERS = {"c": "complex numbers", "S": "text", "T": "text", "U": "text", "M": "dates", "m": "spans of time"}
LONGEST_MESSAGE = 300


class NotNumbers(Exception):
    """Says what is wrong with something that should be numbers: "holds text", "is of type dict"."""


class TooLarge(NotNumbers):
    """Of a number that a float64 cannot hold."""


def as_numbers(value) -> np.ndarray:
    """A number, or lists or arrays of them, as an array of real numbers; raises `NotNumbers`."""
    try:
        return _as_numbers(value)
    except (NotNumbers, KeyboardInterrupt):
        raise
    except BaseException as error:
        message = said(error)
    if "inhomogeneous" in message:
        raise NotNumbers("has rows of different lengths")
    raise NotNumbers(f"cannot be read as numbers ({message})")


def _as_numbers(value):
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise NotNumbers("has masked entries")
    array = np.asarray(value)
    if array.dtype.kind == "O":
        is_or_holds = "holds something" if array.ndim else "is"
        return np.reshape([_as_float(entry, is_or_holds) for entry in array.flat], array.shape)
    if array.dtype.kind not in REAL:
        raise NotNumbers(f"holds {OTHERS.get(array.dtype.kind, 'records')}")
    return array


def _as_float(entry, is_or_holds):
    """The float of a fraction, a huge int or the like. (Of text there is none; `float` would read it.)"""
    if not hasattr(type(entry), "__float__"):
        raise NotNumbers(f"{is_or_holds} of type {type(entry).__name__}")
    try:
        number = type(entry).__float__(entry)
    except OverflowError:
        number = math.inf
    if math.isinf(number) and entry not in (math.inf, -math.inf):
        raise TooLarge("holds a number that is too large for a float64")
    return number


def is_empty(function) -> bool:
    """True for a body that is only `...`, with or without a docstring."""
    code = _code(function)
    return (
        code is not None
        and code.co_code in _EMPTY
        and all(constant is None or constant is function.__doc__ for constant in code.co_consts)
    )


def explain(error, function, task) -> str:
    """Where and with what error a function stopped; where it could not be called, what is asked for."""
    code = _code(function)
    lines = [
        line - code.co_firstlineno + 1
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code is code and line
    ]
    where = f" in line {lines[-1]} of your function" if lines else ""
    text = f"Your code stopped{where} with {said(error)}"
    not_called = code is not None and not lines and isinstance(error, TypeError)
    return f"{text}. Asked for is {task}." if not_called else text


def said(error) -> str:
    """Type and message of an error, as Python prints them; of a long message the beginning."""
    try:
        message = str(error)
    except Exception:
        message = ""
    if len(message) > LONGEST_MESSAGE:
        message = f"{message[:LONGEST_MESSAGE]} ..."
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _code(function):
    """The code of a function or method written in Python, or None."""
    return function.__code__ if type(function) in (FunctionType, MethodType) else None


def _blank(): ...


def _described():
    """Only this."""


_EMPTY = [blank.__code__.co_code for blank in (_blank, _described)]

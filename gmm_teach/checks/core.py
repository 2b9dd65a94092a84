"""Feedback on an exercise: what is right, which known mistake it is, or where it first differs."""

import traceback
from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Feedback(NamedTuple):
    """Whether the answer passed (None: not started), and one or two sentences for the learner."""

    passed: bool | None
    text: str

    def __repr__(self):
        verdict = {True: "Right.", False: "Not yet.", None: "Not started yet."}[self.passed]
        return f"{verdict} {self.text}"


class Mistake(NamedTuple):
    """A wrong answer that learners give, and the nudge that helps them out of it."""

    answer: Callable
    nudge: str


class Exercise(NamedTuple):
    """A function to write: its right answer, arguments to try it on, and its known mistakes.

    diagnose(results) may name a mistake that only all results together show. free_length: the
    answer's length is part of the question, so another length is no wrong shape.
    """

    name: str
    answer: Callable
    fixtures: tuple
    mistakes: tuple
    praise: str
    diagnose: Callable = lambda results: None
    free_length: bool = False


NOT_STARTED = Feedback(None, "Replace the ... with your answer, run that cell, then this one.")


def check(exercise, attempt):
    """Compare the learner's function with the right answer; returns `Feedback` and never raises."""
    if not callable(attempt):
        return Feedback(
            False, f"{exercise.name} must be a function; yours is of type {type(attempt).__name__}."
        )
    if _is_empty(attempt):
        return NOT_STARTED
    try:
        results = [attempt(*arguments) for arguments in exercise.fixtures]
    except KeyboardInterrupt:
        return Feedback(False, "You stopped your code while it ran. Does its loop end?")
    except Exception as error:
        return Feedback(False, _explain(error, attempt))
    return _compare(exercise, results)


def _compare(exercise, results):
    rights = _answers(exercise, exercise.answer)
    for i, (result, right) in enumerate(zip(results, rights, strict=True)):
        fault, results[i] = _fault(exercise, result, right)
        if fault:
            return Feedback(False, fault)
    if _all_close(results, rights):
        return Feedback(True, exercise.praise)
    for mistake in exercise.mistakes:
        if _all_close(results, _answers(exercise, mistake.answer)):
            return Feedback(False, mistake.nudge)
    nudge = exercise.diagnose(results)
    pairs = zip(results, rights, strict=True)
    return Feedback(False, nudge or next(_first_difference(*pair) for pair in pairs if not _close(*pair)))


def _fault(exercise, result, right):
    """What is wrong with the kind of result, or None; and the result as an array."""
    if result is None:
        return f"{exercise.name} returned nothing: end it with a return.", result
    try:
        result = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        return f"{exercise.name} must return numbers in one array or list.", result
    same_shape = result.ndim == right.ndim if exercise.free_length else result.shape == right.shape
    if not same_shape:
        return f"The shape is {result.shape}; it must be {right.shape}.", result
    bad = np.sum(~np.isfinite(result))
    return (f"There are {bad} NaN or infinite numbers in the result." if bad else None), result


def _answers(exercise, function):
    return [np.asarray(function(*arguments), dtype=float) for arguments in exercise.fixtures]


def _all_close(results, others):
    return all(map(_close, results, others))


def _close(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-8, atol=1e-10)


def _first_difference(result, right):
    if result.shape != right.shape:
        return f"There are {len(result)} entries; the right answer has {len(right)}."
    where = tuple(int(i) for i in np.argwhere(~np.isclose(result, right, rtol=1e-8, atol=1e-10))[0])
    place = f"entry {', '.join(map(str, where))}" if where else "the result"
    return f"The first difference is at {place}: yours is {result[where]:.9g}, expected {right[where]:.9g}."


def _explain(error, attempt):
    code = getattr(attempt, "__code__", None)
    lines = [
        frame.lineno - code.co_firstlineno + 1
        for frame in traceback.extract_tb(error.__traceback__)
        if code and frame.filename == code.co_filename and frame.name == code.co_name
    ]
    where = f" in line {lines[-1]} of your function" if lines else ""
    return f"Your code stopped{where} with {type(error).__name__}: {error}"


def _is_empty(function):
    """True for a body that is only `...`, with or without a docstring."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_code in _EMPTY and {*code.co_consts} <= {None, function.__doc__}


def _blank(): ...


def _described():
    """Only this."""


_EMPTY = [blank.__code__.co_code for blank in (_blank, _described)]

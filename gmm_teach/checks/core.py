"""Feedback on an exercise: what is right, which known mistake it is, or where it first differs."""

import re
import traceback
from collections.abc import Callable
from copy import deepcopy
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

    parts names what the function returns where that is more than one array. diagnose(results), with
    a list of arrays for each fixture, may name a mistake that only all results together show.
    free_length: the answer's length is part of the question, so another length is no wrong shape.
    measure(*parts), for random results, gives the numbers by name that are compared in place of the
    parts, to within rtol and atol. hints are pairs: a pattern, and what is added to feedback on an
    error or on the kind of a result that holds it.
    """

    name: str
    answer: Callable
    fixtures: tuple
    mistakes: tuple
    praise: str
    parts: tuple = ()
    diagnose: Callable = lambda results: None
    free_length: bool = False
    measure: Callable | None = None
    rtol: float = 1e-8
    atol: float = 1e-10
    hints: tuple = ()


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
        results = _results(exercise, attempt)
    except KeyboardInterrupt:
        return Feedback(False, "You stopped your code while it ran. Does its loop end?")
    except Exception as error:
        return Feedback(False, _with_hint(exercise, _explain(error, attempt)))
    return _compare(exercise, results)


def _results(exercise, function):
    return [function(*deepcopy(arguments)) for arguments in exercise.fixtures]


def _compare(exercise, results):
    rights = _answers(exercise, exercise.answer)
    faults = (_fault(exercise, result, right) for result, right in zip(results, rights, strict=True))
    fault = next(filter(None, faults), None)
    if fault:
        return Feedback(False, _with_hint(exercise, fault))
    results = [_arrays(exercise, result) for result in results]
    if _agree(exercise, results, rights):
        return Feedback(True, exercise.praise)
    for mistake in exercise.mistakes:
        if _agree(exercise, results, _answers(exercise, mistake.answer)):
            return Feedback(False, mistake.nudge)
    nudge = exercise.diagnose(results)
    return Feedback(False, nudge or _first_difference(exercise, results, rights))


def _fault(exercise, result, right):
    """What is wrong with the kind of a result, or None."""
    if result is None:
        return f"{exercise.name} returned nothing: end it with a return."
    try:
        arrays = _arrays(exercise, result)
    except (TypeError, ValueError):
        parts = f"{len(exercise.parts)} results of numbers, in this order: {', '.join(exercise.parts)}"
        return f"{exercise.name} must return {parts if exercise.parts else 'numbers in one array or list'}."
    for part, array, expected in zip(exercise.parts or ("",), arrays, right, strict=True):
        of = f" of {part}" if part else ""
        same_shape = array.ndim == expected.ndim if exercise.free_length else array.shape == expected.shape
        if not same_shape:
            wanted = expected.shape or "(), that of a single number"
            return f"The shape{of} is {array.shape}; it must be {wanted}."
        bad = np.sum(~np.isfinite(array))
        if bad:
            return f"{bad} of {array.size} numbers in {part or 'the result'} are NaN or infinite."
    return None


def _with_hint(exercise, text):
    hints = [hint for pattern, hint in exercise.hints if re.search(pattern, text)]
    return " ".join([text.strip().rstrip(".") + ".", *hints]) if hints else text


def _arrays(exercise, result):
    """What one call returned, as arrays; raises TypeError or ValueError where it is something else."""
    if not exercise.parts:
        return [np.asarray(result, dtype=float)]
    return [np.asarray(part, dtype=float) for _, part in zip(exercise.parts, result, strict=True)]


def _answers(exercise, function):
    return [_arrays(exercise, result) for result in _results(exercise, function)]


def _measured(exercise, arrays):
    """The numbers to compare, by name."""
    if exercise.measure is None:
        return dict(zip(exercise.parts or ("",), arrays, strict=True))
    return {name: np.asarray(value) for name, value in exercise.measure(*arrays).items()}


def _pairs(exercise, results, others):
    """Name, number and other number of everything that is compared."""
    for result, other in zip(results, others, strict=True):
        numbers, others_numbers = _measured(exercise, result), _measured(exercise, other)
        for name, array in numbers.items():
            yield name, array, others_numbers[name]


def _agree(exercise, results, others):
    return all(_close(exercise, a, b) for _, a, b in _pairs(exercise, results, others))


def _close(exercise, a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=exercise.rtol, atol=exercise.atol)


def _first_difference(exercise, results, rights):
    name, result, right = next(
        pair for pair in _pairs(exercise, results, rights) if not _close(exercise, *pair[1:])
    )
    if result.shape != right.shape:
        return f"There are {len(result)} entries; the right answer has {len(right)}."
    differs = ~np.isclose(result, right, rtol=exercise.rtol, atol=exercise.atol)
    where = tuple(int(i) for i in np.argwhere(differs)[0])
    entry = f"entry {', '.join(map(str, where))}" if where else ""
    place = " of ".join(filter(None, (entry, name))) or "the result"
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

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

    free_length: the answer's length is part of the question, so another length is no wrong shape.
    """

    name: str
    answer: Callable
    fixtures: tuple
    mistakes: tuple
    praise: str
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
    for arguments in exercise.fixtures:
        try:
            result = attempt(*arguments)
        except Exception as error:
            return Feedback(False, _explain(error, attempt))
        feedback = _compare(exercise, arguments, result)
        if not feedback.passed:
            return feedback
    return Feedback(True, exercise.praise)


def _compare(exercise, arguments, result):
    if result is None:
        return Feedback(False, f"{exercise.name} returned nothing: end it with a return.")
    right = np.asarray(exercise.answer(*arguments), dtype=float)
    try:
        result = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        return Feedback(False, f"{exercise.name} must return numbers, and gave a {type(result).__name__}.")
    same_shape = result.ndim == right.ndim if exercise.free_length else result.shape == right.shape
    if not same_shape:
        return Feedback(False, f"The shape is {result.shape}; it must be {right.shape}.")
    if not np.isfinite(result).all():
        return Feedback(
            False, f"There are {np.sum(~np.isfinite(result))} NaN or infinite numbers in the result."
        )
    if _close(result, right):
        return Feedback(True, exercise.praise)
    for mistake in exercise.mistakes:
        if _close(result, np.asarray(mistake.answer(*arguments), dtype=float)):
            return Feedback(False, mistake.nudge)
    return Feedback(False, _first_difference(result, right))


def _close(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-8, atol=1e-10)


def _first_difference(result, right):
    if result.shape != right.shape:
        return f"There are {len(result)} entries; the right answer has {len(right)}."
    where = tuple(int(i) for i in np.argwhere(~np.isclose(result, right, rtol=1e-8, atol=1e-10))[0])
    place = f"entry {', '.join(map(str, where))}" if where else "the result"
    return f"The first difference is at {place}: yours is {result[where]:.4f}, expected {right[where]:.4f}."


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
    if code is None or len(code.co_code) != len(_blank.__code__.co_code):
        return False
    return set(code.co_consts) <= {None, function.__doc__}


def _blank(): ...

"""Feedback on an answer that is one number or one word."""

from typing import NamedTuple

import numpy as np

from .core import NOT_STARTED, Feedback


class Question(NamedTuple):
    """A question: its right answer, a number or a word, and a nudge for each known wrong one.

    how says how to answer; it is what an answer of another kind gets, and miss what any other wrong
    answer gets. A number counts as equal to within `rtol` and `atol`, a word whatever its case.
    """

    name: str
    right: float | str
    mistakes: dict
    praise: str
    how: str
    miss: str = "That is not it."
    rtol: float = 5e-3
    atol: float = 0.0


def ask(question, answer):
    """Compare the learner's answer with the right one; returns `Feedback` and never raises."""
    if answer is ...:
        return NOT_STARTED
    answer = _read(question, answer)
    if answer is None:
        return Feedback(False, question.how)
    if _equal(question, answer, question.right):
        return Feedback(True, question.praise)
    nudges = (nudge for wrong, nudge in question.mistakes.items() if _equal(question, answer, wrong))
    return Feedback(False, next(nudges, question.miss))


def _read(question, answer):
    """The answer in the kind of the right one, or None."""
    if isinstance(question.right, str):
        return answer.strip() if isinstance(answer, str) else None
    try:
        value = np.asarray(answer, dtype=float)
    except (TypeError, ValueError):
        return None
    return float(value) if value.ndim == 0 and np.isfinite(value) else None


def _equal(question, answer, other):
    if isinstance(other, str):
        return answer.casefold() == other.casefold()
    return bool(np.isclose(answer, other, rtol=question.rtol, atol=question.atol))

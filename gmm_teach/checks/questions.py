"""Feedback on an answer that is one number or one word."""

import math
import re
from dataclasses import dataclass

import numpy as np

from .attempts import NotNumbers, TooLarge, as_numbers
from .feedback import NOT_STARTED, Check, Feedback


@dataclass(eq=False, repr=False, kw_only=True)
class Question(Check):
    """A question: its right answer, a number or a word, and a nudge for each known wrong one.

    Called with the learner's answer it returns `Feedback`, and never raises.

    about says what is asked for. how says how to answer; it is what an answer of another kind gets,
    and miss what any other wrong answer gets. A number counts as equal to within `rtol` and `atol`, a
    word whatever its case.
    """

    name: str
    about: str
    right: float | str
    mistakes: dict
    praise: str
    how: str
    miss: str = "That is not it."
    rtol: float = 5e-3
    atol: float = 0.0

    def _judge(self, answer):
        if answer is ...:
            return NOT_STARTED
        given = word(answer) if isinstance(self.right, str) else _number(answer)
        if given is None:
            in_quotes = not isinstance(self.right, str) and type(answer) is str and _is_number(answer)
            return Feedback(False, f"{self.how} Leave the quotes out." if in_quotes else self.how)
        if self._equal(given, self.right):
            return Feedback(True, self.praise)
        nudges = (nudge for wrong, nudge in self.mistakes.items() if self._equal(given, wrong))
        return Feedback(False, next(nudges, self.miss))

    def _equal(self, given, other):
        if isinstance(other, str):
            return given.casefold() == other.casefold()
        return abs(given - float(other)) <= self.atol + self.rtol * abs(float(other))


def word(given) -> str | None:
    """A text without the spaces around it, "M" of "M-step"; None for anything else."""
    return re.sub(r"[\s-]*step$", "", str.strip(given), flags=re.I) if issubclass(type(given), str) else None


def _number(given):
    """One finite number, alone or in a list, infinite if too large for a float; None for anything else."""
    try:
        array = as_numbers(given)
    except TooLarge:
        return math.inf
    except NotNumbers:
        return None
    if array.size != 1 or array.dtype == bool or not np.isfinite(array).all():
        return None
    return array.item()


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True

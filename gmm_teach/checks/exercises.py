"""Feedback on an exercise: what is right, which known mistake it is, or where it first differs."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from re import search
from typing import NamedTuple

import numpy as np

from ..words import count
from .attempts import NotNumbers, as_numbers, explain, is_empty
from .feedback import NOT_STARTED, Check, Feedback

WITHOUT_PARTS = (dict, set, frozenset, str, bytes)


class Mistake(NamedTuple):
    """A wrong answer that learners give, and the nudge that helps them out of it."""

    answer: Callable
    nudge: str


class Fault(Exception):
    """Says what is wrong with the kind of a result: nothing returned, no numbers, another shape, NaN."""


@dataclass(eq=False, repr=False, kw_only=True)
class Exercise(Check):
    """A function to write: its right answer, arguments to try it on, and its known mistakes.

    Called with the learner's function it returns `Feedback`, and never raises.

    about says what is asked for: "name(arguments): what it returns". parts names what the function
    returns where that is more than one array. diagnose(results), with a list of arrays for each
    fixture, may name a mistake that only all results together show. free_length: the answer's length
    is part of the question, so another length is no wrong shape. measure(*parts), for random results,
    gives the numbers by name that are compared in place of the parts, to within rtol and atol. hints
    are pairs: a pattern, and what is added to feedback on an error or on the kind of a result that
    holds it.
    """

    name: str
    about: str
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

    def __call__(self, attempt) -> Feedback:
        """Compare the learner's function with the right answer."""
        if attempt is ... or is_empty(attempt):
            return NOT_STARTED
        if not callable(attempt) or issubclass(type(attempt), type):
            kind = "a class" if callable(attempt) else f"of type {type(attempt).__name__}"
            return Feedback(False, f"{self.name} must be a function; yours is {kind}.")
        rights = self.answers(self.answer)
        try:
            results = self._results(attempt, rights)
        except Fault as fault:
            return Feedback(False, self._with_hint(str(fault)))
        except KeyboardInterrupt:
            return Feedback(False, "You stopped your code while it ran. Does its loop end?")
        except BaseException as error:
            return Feedback(False, self._with_hint(explain(error, attempt, self.about)))
        return NOT_STARTED if results is None else self._compare(results, rights)

    @np.errstate(all="ignore")
    def answers(self, function) -> list:
        """What one of our own functions returns: for each fixture, an array for each part."""
        answers = [function(*deepcopy(arguments)) for arguments in self.fixtures]
        return [
            [np.asarray(part, dtype=float) for part in (answer if self.parts else [answer])]
            for answer in answers
        ]

    @np.errstate(all="ignore")
    def _results(self, attempt, rights):
        """What the learner's function returns, as `answers`; None for `...`. Raises `Fault`."""
        results = []
        for arguments, right in zip(self.fixtures, rights, strict=True):
            result = attempt(*deepcopy(arguments))
            if result is ...:
                return None
            values = self._split(result)
            parts = zip(self.parts or ("",), values, right, strict=True)
            results.append([self._read(*part) for part in parts])
        return results

    def _split(self, result):
        """The parts of one result."""
        if result is None:
            raise Fault(f"{self.name} returned nothing: end it with a return.")
        if not self.parts:
            return [result]
        if issubclass(type(result), WITHOUT_PARTS) or not _is_iterable(result):
            raise Fault(f"{self._wanted()}; yours is of type {type(result).__name__}.")
        values = list(islice(result, len(self.parts) + 1))
        if len(values) != len(self.parts):
            many = "more" if len(values) > len(self.parts) else len(values)
            raise Fault(f"{self._wanted()}; you return {many}.")
        return values

    def _wanted(self):
        if not self.parts:
            return f"{self.name} must return numbers in one array or list"
        parts = ", ".join(self.parts)
        return f"{self.name} must return {len(self.parts)} results of numbers, in this order: {parts}"

    def _read(self, part, value, right):
        """One part of a result, as an array of float64."""
        try:
            array = as_numbers(value)
        except NotNumbers as fault:
            raise Fault(f"{self._wanted()}; {f'your {part}' if part else 'yours'} {fault}.") from None
        same_shape = array.ndim == right.ndim if self.free_length else array.shape == right.shape
        if not same_shape:
            of = f" of {part}" if part else ""
            raise Fault(
                f"The shape{of} is {array.shape}; it must be {right.shape or '(), that of a single number'}."
            )
        array = array.astype(float)
        bad = np.sum(~np.isfinite(array))
        if bad:
            verb = "is" if bad == 1 else "are"
            numbers = f"{bad} of {count(array.size, 'number')} in {part or 'the result'}"
            raise Fault(f"{numbers} {verb} NaN or infinite.")
        return array

    @np.errstate(all="ignore")
    def _compare(self, results, rights):
        if self.agree(results, rights):
            return Feedback(True, self.praise)
        for mistake in self.mistakes:
            if self.agree(results, self.answers(mistake.answer)):
                return Feedback(False, mistake.nudge)
        return Feedback(False, self.diagnose(results) or self._first_difference(results, rights))

    def agree(self, results, others) -> bool:
        """Whether two lists of results, as `answers` gives them, are the same."""
        return all(self.close(a, b) for _, a, b in self._pairs(results, others))

    def close(self, a, b) -> bool:
        """Whether two arrays are the same, to within rtol and atol."""
        return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=self.rtol, atol=self.atol)

    def _pairs(self, results, others):
        """Name, number and other number of everything that is compared."""
        for result, other in zip(results, others, strict=True):
            numbers, others_numbers = self._measured(result), self._measured(other)
            for name, array in numbers.items():
                yield name, array, others_numbers[name]

    def _measured(self, arrays):
        """The numbers to compare, by name."""
        if self.measure is None:
            return dict(zip(self.parts or ("",), arrays, strict=True))
        return {name: np.asarray(value) for name, value in self.measure(*arrays).items()}

    def _first_difference(self, results, rights):
        pairs = self._pairs(results, rights)
        name, result, right = next(pair for pair in pairs if not self.close(*pair[1:]))
        if result.shape != right.shape:
            return f"Yours has {count(len(result), 'number')}; the right answer has {len(right)}."
        differs = ~np.isclose(result, right, rtol=self.rtol, atol=self.atol)
        where = tuple(int(i) for i in np.argwhere(differs)[0])
        entry = f"entry {', '.join(map(str, where))}" if where else ""
        place = " of ".join(filter(None, (entry, name))) or "the result"
        yours, expected = told_apart(result[where], right[where])
        return f"The first difference is at {place}: yours is {yours}, expected {expected}."

    def _with_hint(self, text):
        hints = [hint for pattern, hint in self.hints if search(pattern, text)]
        return " ".join([text.strip().rstrip(".") + ".", *hints]) if hints else text


def _is_iterable(value):
    try:
        iter(value)
    except TypeError:
        return False
    return True


def told_apart(a, b) -> tuple[str, str]:
    """Two numbers in nine significant digits, or in as many as show that they differ."""
    for digits in range(9, 18):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts

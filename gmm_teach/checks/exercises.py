"""Feedback on an exercise: what is right, which known mistake it is, or where it first differs."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import wraps
from re import search
from typing import NamedTuple

import numpy as np

from ..validate import check_count
from ..words import count
from .attempts import explain, is_empty
from .attended import changed, patience, which
from .feedback import NOT_STARTED, Check, Feedback
from .ready_made import ready_made
from .results import Fault, read, rounded_to, told_apart

SINGLE = 1e-5  # the relative error that a result in float32 may have


class Mistake(NamedTuple):
    """A wrong answer that learners give, and the nudge that helps them out of it."""

    answer: Callable
    nudge: str


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
    holds it. ready_made names functions of this package, or of SciPy, that are the answer: to call
    one is none.
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
    ready_made: tuple = ()
    worked: Callable | None = field(default=None, init=False)  # what `use` hands out

    def case(self, number) -> tuple:
        """The arguments of a case, from 1, as feedback names it: check.case(1)."""
        if check_count("number", number) > len(self.fixtures):
            raise ValueError(f"number must be 1 to {len(self.fixtures)}, got {number}")
        return deepcopy(self.fixtures[number - 1])

    def use(self, attempt) -> Callable:
        """The learner's function if it is right, else a worked one; prints which. It returns arrays."""
        right = self(attempt).passed
        print(f"From here on: {'your' if right else 'a worked'} {self.name}.")
        if right:
            return self._in_arrays(attempt)
        self.worked = self.worked or self._in_arrays(self.answer)
        return self.worked

    def _in_arrays(self, function):
        @wraps(function)
        def in_arrays(*arguments):
            result = function(*arguments)
            if self.parts:
                return tuple(np.asarray(part, dtype=float) for part in result)
            return np.asarray(result, dtype=float)[()]

        return in_arrays

    def _judge(self, attempt):
        if attempt is ... or is_empty(attempt) or (self.worked and attempt is self.worked):
            return NOT_STARTED
        if not callable(attempt) or issubclass(type(attempt), type):
            kind = "a class" if callable(attempt) else f"of type {type(attempt).__name__}"
            return Feedback(False, f"{self.name} must be a function; yours is {kind}.")
        with patience():
            feedback = self._tried(attempt)
        if feedback is NOT_STARTED:
            return feedback
        ready = ready_made(attempt, self.ready_made) if feedback.passed else ""
        if ready:
            text = f"The numbers are right, but `{ready}` has made them. Write its lines yourself."
            feedback = Feedback(False, text)
        return feedback._replace(text=f"{feedback.text} {which(attempt)}".strip())

    def _tried(self, attempt):
        rights = self.answers(self.answer)
        results, written = [], ""
        for number, right in enumerate(rights, start=1):
            arguments = self.case(number)
            try:
                result = self._called(attempt, arguments)
                if result is ...:
                    return NOT_STARTED
                results.append(read(self.name, self.parts, result, right, self.free_length))
                written = written or changed(attempt, arguments, self.fixtures[number - 1])
            except NotImplementedError:
                return NOT_STARTED
            except Fault as fault:
                return Feedback(False, f"{self._with_hint(str(fault))}{self._on(number)}")
            except KeyboardInterrupt:
                return Feedback(False, "You stopped your code while it ran. Does its loop end?")
            except BaseException as error:
                text = self._with_hint(explain(error, attempt, self.about))
                return Feedback(False, f"{text}{self._on(number)}")
        return self._compare(results, rights, written)

    @staticmethod
    @np.errstate(all="ignore")
    def _called(function, arguments):
        return function(*arguments)

    def _on(self, number):
        """The sentence that says how to have a case's arguments."""
        if not self.address:
            return ""
        return f"\nTry it: {self.name}(*{self.address}.case({number}))"

    def answers(self, function) -> list:
        """What one of our own functions returns: for each fixture, an array for each part."""
        answers = [self._called(function, deepcopy(arguments)) for arguments in self.fixtures]
        return [
            [np.asarray(part, dtype=float) for part in (answer if self.parts else [answer])]
            for answer in answers
        ]

    @np.errstate(all="ignore")
    def _compare(self, results, rights, written):
        if self.agree(results, rights):
            if written:
                told = f"The numbers are right, but your function writes into {written}. Work on a copy."
                return Feedback(False, told)
            return Feedback(True, self.praise)
        for mistake in self.mistakes:
            if self.agree(results, self.answers(mistake.answer)):
                return Feedback(False, mistake.nudge)
        text = self.diagnose(results) or self._rounded(results, rights)
        text = text or self._first_difference(results, rights)
        also = f" And your function writes into {written}: work on a copy of it." if written else ""
        return Feedback(False, f"{text}{also}")

    def agree(self, results, others) -> bool:
        """Whether two lists of results, as `answers` gives them, are the same."""
        return all(self.close(a, b) for _, _, a, b in self._pairs(results, others))

    def close(self, a, b) -> bool:
        """Whether two arrays are the same, to within rtol and atol; float32 holds fewer digits."""
        return np.shape(a) == np.shape(b) and bool(np.all(self._same(a, b)))

    def _same(self, a, b):
        if np.asarray(a).dtype == np.float32:
            largest = np.abs(b).max(initial=0.0)
            return np.isclose(a, b, rtol=max(self.rtol, SINGLE), atol=max(self.atol, 1e-6 * largest))
        return np.isclose(a, b, rtol=self.rtol, atol=self.atol)

    def _pairs(self, results, others):
        """Case, name, number and other number of everything that is compared."""
        for case, (result, other) in enumerate(zip(results, others, strict=True), start=1):
            numbers, others_numbers = self._measured(result), self._measured(other)
            for name, array in numbers.items():
                yield case, name, array, others_numbers[name]

    def _measured(self, arrays):
        """The numbers to compare, by name."""
        if self.measure is None:
            return dict(zip(self.parts or ("",), arrays, strict=True))
        return {name: np.asarray(value) for name, value in self.measure(*arrays).items()}

    def _rounded(self, results, rights):
        if self.measure is not None:
            return None
        decimals = []
        for _, _, result, right in self._pairs(results, rights):
            if not self.close(result, right):
                decimals.append(rounded_to(result, right) if np.shape(result) == np.shape(right) else None)
        if None in decimals:
            return None
        return f"Right, but rounded to {count(max(decimals), 'decimal')}: return all digits."

    def _first_difference(self, results, rights):
        pairs = self._pairs(results, rights)
        case, name, result, right = next(pair for pair in pairs if not self.close(*pair[2:]))
        if result.shape != right.shape:
            long = f"Yours has {count(len(result), 'number')}; the right answer has {len(right)}."
            return f"{long}{self._on(case)}"
        where = tuple(int(i) for i in np.argwhere(~self._same(result, right))[0])
        entry = f"entry {', '.join(map(str, where))}" if where else ""
        place = " of ".join(filter(None, (entry, name))) or "the result"
        yours, expected = told_apart(result[where], right[where])
        text = f"The first difference is at {place}: yours is {yours}, expected {expected}."
        return f"{text}{self._on(case)}"

    def _with_hint(self, text):
        hints = [hint for pattern, hint in self.hints if search(pattern, text)]
        return " ".join([text.strip().rstrip(".") + ".", *hints]) if hints else text

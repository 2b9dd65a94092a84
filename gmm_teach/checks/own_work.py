"""Exercises that a function of the package, or of scipy, would do: calling it is noticed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dis import get_instructions
from types import CodeType

from .exercises import Exercise
from .feedback import Feedback


@dataclass(eq=False, repr=False, kw_only=True)
class OwnWork(Exercise):
    """An `Exercise` that the functions named in `done_by` would do: an answer that calls one is not it."""

    done_by: tuple

    def _tried(self, attempt):
        feedback = super()._tried(attempt)
        used = [name for name in called_by(attempt) if name in self.done_by]
        if feedback.passed and used:
            text = f"The numbers are right, and `{used[0]}` made them. Write its lines yourself: they are "
            return Feedback(False, f"{text}the exercise.")
        return feedback


def called_by(function: Callable) -> Iterator[str]:
    """The names of what a function uses, but not of what stands beside it in the same notebook or file."""
    beside = getattr(function, "__globals__", {})
    for kind, name in _uses(getattr(function, "__code__", None)):
        thing = beside.get(name) if kind == "LOAD_GLOBAL" else None
        if thing is None or getattr(thing, "__module__", None) != function.__module__:
            yield getattr(thing, "__name__", name)


def _uses(code):
    """How and by what name a code, and those within it, load globals and attributes."""
    if code is not None:
        loads = ("LOAD_GLOBAL", "LOAD_ATTR", "LOAD_METHOD")
        yield from ((line.opname, line.argval) for line in get_instructions(code) if line.opname in loads)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                yield from _uses(constant)

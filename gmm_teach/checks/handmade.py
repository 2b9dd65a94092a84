"""Exercises that the package could answer by itself: a call of its function is noticed."""

from dataclasses import dataclass
from dis import get_instructions
from types import CodeType

from .exercises import Exercise
from .feedback import Feedback


@dataclass(eq=False, repr=False, kw_only=True)
class Handmade(Exercise):
    """An `Exercise` whose answer is in the package as gt.`ready`: an answer that calls it is not accepted."""

    ready: str

    def _tried(self, attempt):
        feedback = super()._tried(attempt)
        if feedback.passed and calls(attempt, self.ready):
            told = f"gt.{self.ready} is right, and it is what you are to write: build it from the formula."
            return Feedback(False, told)
        return feedback


def calls(attempt, name) -> bool:
    """Whether a function is the package's one of this name, or its code reaches for that."""
    if _is_ours(attempt, name):
        return True
    names = getattr(attempt, "__globals__", {})
    codes = [getattr(attempt, "__code__", None)]
    for code in codes:
        if isinstance(code, CodeType):
            codes += code.co_consts
            for step in get_instructions(code):
                attribute = step.opname in ("LOAD_ATTR", "LOAD_METHOD") and step.argval == name
                if attribute or (step.opname == "LOAD_GLOBAL" and _is_ours(names.get(step.argval), name)):
                    return True
    return False


def _is_ours(function, name):
    module = getattr(function, "__module__", None) or ""
    return module.startswith("gmm_teach") and getattr(function, "__name__", "") == name

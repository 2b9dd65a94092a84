"""Exercises that the package, or SciPy, has an answer to: using it is noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType

from .exercises import Exercise
from .feedback import Feedback


@dataclass(eq=False, repr=False, kw_only=True)
class OwnCode(Exercise):
    """An `Exercise` to be written out: `ready` names functions that are its answer already."""

    ready: tuple = ()

    def _tried(self, attempt):
        feedback = super()._tried(attempt)
        used = used_in(attempt, self.ready) if feedback.passed else ""
        if not used:
            return feedback
        return Feedback(
            False, f"The numbers are right, but {used} is the answer itself. Write it out yourself."
        )


def used_in(function, names: Sequence[str]) -> str:
    """The first of some names that a function's own code mentions, or is itself; "" if none.

    Code of this package's checks may use what it likes.
    """
    if getattr(function, "__module__", "").startswith(__package__):
        return ""
    code = getattr(function, "__code__", None)
    mentioned = {getattr(function, "__name__", "")} if _is_ready_made(function) else set()
    waiting = [code] if isinstance(code, CodeType) else []
    while waiting:
        code = waiting.pop()
        mentioned.update(code.co_names)
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return next((name for name in names if name in mentioned), "")


def _is_ready_made(function):
    return getattr(function, "__module__", "").partition(".")[0] in ("gmm_teach", "scipy")

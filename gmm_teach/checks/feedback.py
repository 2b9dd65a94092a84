"""What every check returns, and how it says what it checks and remembers what it said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Feedback(NamedTuple):
    """Whether the answer passed (None: not started), and one or two sentences for the learner."""

    passed: bool | None
    text: str

    def __repr__(self):
        verdict = {True: "Right.", False: "Not yet.", None: "Not started yet."}[self.passed]
        return f"{verdict} {self.text}"


NOT_STARTED = Feedback(None, "Replace the ... with your answer, run that cell, then this one.")


class Check:
    """Something that answers are checked against; `help` and `repr` say what it is.

    last is the newest feedback, and tries counts the answers. address is what a notebook calls it.
    """

    last = NOT_STARTED
    tries = 0
    address = ""

    def __post_init__(self):
        self.__doc__ = f"Check {self.about}. Returns `Feedback`."

    def __repr__(self):
        return self.__doc__

    def __call__(self, *answer) -> Feedback:
        """Feedback on an answer; never raises."""
        feedback = self._judge(*answer)
        self.last = feedback
        self.tries += feedback.passed is not None
        return feedback


@dataclass(eq=False, repr=False, kw_only=True)
class Verdict(Check):
    """A check by a function of its own: judge(*answer) returns `Feedback`."""

    name: str
    about: str
    judge: Callable

    def _judge(self, *answer):
        return self.judge(*answer)

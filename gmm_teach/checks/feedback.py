"""What every check returns, and how it says what it checks."""

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
    """Something that answers are checked against; `help` and `repr` say what it is."""

    def __post_init__(self):
        self.__doc__ = f"Check {self.about}. Returns `Feedback`."

    def __repr__(self):
        return self.__doc__

"""Feedback for notebook 00, Watch EM think."""

import re

from ..words import number
from .feedback import NOT_STARTED, Feedback, Verdict
from .questions import Question


def _first_step_above(answer, trace, value):
    if answer is ...:
        return NOT_STARTED
    names = [step.name for step in trace.steps]
    answer = _name(answer)
    if answer not in names:
        return Feedback(False, f"Answer with the name of a step, in quotes, such as {names[1]!r}.")
    above = [step.log_likelihood > value for step in trace.steps]
    if True not in above:
        return Feedback(False, f"No step of this film has a log-likelihood above {number(value)}.")
    right, given = above.index(True), names.index(answer)
    if given != right:
        return Feedback(False, _nudge(trace.steps, above, right, given, value))
    if right == 0:
        return Feedback(True, "The film starts above it.")
    return Feedback(True, f"{answer} lifted it there, from {number(trace.steps[right - 1].log_likelihood)}.")


def _nudge(steps, above, right, given, value):
    """What is wrong with a step that is not the first one above the value."""
    name = steps[given].name
    if not above[given]:
        direction = "a later" if given < right else "an earlier"
        return f"The log-likelihood of {name} is not above {number(value)}. Go on to {direction} step."
    if given == right + 1 and steps[given].kind == "E":
        return "That step is above the value, but it is an E-step: its number is that of the step before it."
    return "That step is above the value, but an earlier one is too."


def _name(answer):
    """ "M9" of "m9" or "M-step 9"; an empty text of anything but text."""
    if not issubclass(type(answer), str):
        return ""
    short = re.sub(r"[\s-]*step\s*(?=\d)", "", str.strip(answer), flags=re.I)
    return short.lower() if short.lower() == "start" else short.upper()


first_step_above = Verdict(
    name="first_step_above",
    about="first_step_above(answer, trace, value): the first step with a log-likelihood above value",
    judge=_first_step_above,
)

ellipse_mover = Question(
    name="moves_the_ellipses",
    about="the half-step that moves the ellipses",
    right="M",
    mistakes={
        "E": "The E-step recolours points. Step the film and watch the dashed ghosts.",
        "both": "An iteration has both half-steps, but only one of them moves the ellipses.",
        "K": "K is how many ellipses there are. Which half-step moves them?",
    },
    praise="The M-step re-estimates weights, means and covariances: the ellipses.",
    how='Answer "E" or "M", in quotes.',
    miss='Answer "E" or "M", and nothing more.',
)

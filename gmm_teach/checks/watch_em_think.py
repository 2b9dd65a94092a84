"""Feedback for notebook 00, Watch EM think."""

from ..words import number
from .feedback import NOT_STARTED, Feedback, Verdict
from .questions import Question, word


def _first_step_above(answer, trace, value):
    if answer is ...:
        return NOT_STARTED
    names = [step.name for step in trace.steps]
    answer = (word(answer) or "").upper()
    if answer not in names:
        return Feedback(False, f"Answer with the name of a step, in quotes, such as {names[1]!r}.")
    above = [step.log_likelihood > value for step in trace.steps]
    if True not in above:
        return Feedback(False, f"No step of this film has a log-likelihood above {number(value)}.")
    right, given = above.index(True), names.index(answer)
    if given == right:
        return Feedback(True, "An M-step lifted it there; the E-step after it only recoloured the points.")
    if given == right + 1:
        nudge = "That step is above the value, but it is an E-step: its number is that of the step before it."
    elif given > right:
        nudge = "That step is above the value, but an earlier one is too."
    else:
        nudge = f"The log-likelihood of {answer} is still below {number(value)}. Go on to the right."
    return Feedback(False, nudge)


first_step_above = Verdict(
    name="first_step_above",
    about="first_step_above(answer, trace, value): the first step with a log-likelihood above value",
    judge=_first_step_above,
)

ellipse_mover = Question(
    name="moves_the_ellipses",
    about="the half-step that moves the ellipses",
    right="M",
    mistakes={"E": "The E-step recolours points. Step the film and watch the dashed ghosts."},
    praise="The M-step re-estimates weights, means and covariances: the ellipses.",
    how='Answer "E" or "M", in quotes.',
    miss='Answer "E" or "M", and nothing more.',
)

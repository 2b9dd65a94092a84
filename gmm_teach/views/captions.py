"""What a half-step did, in words, and which half-steps there are."""

import reprlib

import numpy as np

from ..plots import check_n_components
from ..trace import Trace
from ..validate import check_mixture, check_trace
from ..words import letter, nats, number

ENDINGS = {"max_iter": "stopped by max_iter, not converged"}


def describe(trace, index, *, words=True, shapes=None) -> str:
    """Say in one line what half-step `index` did; also the caption under each frame.

    words=False leaves out what moved and the score, for a reader who is to find out: "E-step 1". shapes are
    what an M-step moves, by default curves or ellipses.
    """
    index = from_start(trace, index)
    step = trace.steps[index]
    ending = f"; {ENDINGS.get(trace.status, trace.status)}" if step is trace.steps[-1] else ""
    if not words:
        return f"{'Start' if step.kind == 'start' else f'{step.kind}-step {step.iteration}'}{ending}"
    score = f"log-likelihood {nats(step.log_likelihood)}"
    shapes = shapes or ("curves" if trace.X.shape[1] == 1 else "ellipses")
    if step.kind == "start":
        return f"Start: no point has a colour yet; {score}"
    if step.kind == "M":
        gain = step.log_likelihood - trace.steps[index - 1].log_likelihood
        return f"M-step {step.iteration}: {shapes} move; {score}, {_change(gain)}"
    return f"E-step {step.iteration}: colours move; {score}{ending}"


def in_words(mixture) -> str:
    """Where the components of a 1-D or 2-D mixture lie: "A around (5, 0.1), 0.9 by 0.6; B ...".

    Of more dimensions the lengths of the longest and the shortest axis are told.
    """
    mixture = check_mixture(mixture)
    told = []
    for k, (mean, covariance) in enumerate(zip(mixture.means, mixture.covariances, strict=True)):
        if len(mean) == 1:
            place, size = f"{mean[0]:.3g}", f"deviation {np.sqrt(covariance[0, 0]):.2g}"
        else:
            lengths = np.sqrt(np.linalg.eigvalsh(covariance)[[-1, 0]].clip(0))
            place = f"({', '.join(f'{x:.3g}' for x in mean)})"
            size = " by ".join(f"{length:.2g}" for length in lengths)
        told.append(f"{letter(k)} around {place}, {size}")
    return f"{'; '.join(told)}."


def from_start(trace, index, name="index") -> int:
    """The index counted from 0, the start, if negative from the end; IndexError if there is no such step."""
    n = len(check_trace(trace).steps)
    if isinstance(index, bool | np.bool_) or not isinstance(index, int | np.integer):
        raise TypeError(f"{name} must be a whole number, the place of a half-step, got {reprlib.repr(index)}")
    if not -n <= index < n:
        raise IndexError(f"{name} must be between 0 and {n - 1}, or from -{n} to -1; got {index}")
    return range(n)[index]


def check_drawable(trace) -> Trace:
    """Return the trace, or raise an error if it cannot be drawn: scores only, or too many components."""
    responsibilities = check_trace(trace).steps[-1].responsibilities
    if responsibilities is None:
        raise ValueError('this trace holds scores only; run it with record="all" to draw it')
    check_n_components(responsibilities.shape[1])
    return trace


def _change(gain):
    """Of the log-likelihood: "up 2.31", "down by less than 0.01"."""
    if gain == 0:
        return "no change"
    direction, size = "up" if gain > 0 else "down", abs(gain)
    if size < 0.005:
        return f"{direction} by less than 0.01"
    return f"{direction} {size:.2f}" if size < 1e6 else f"{direction} {number(size)}"

"""What a run of EM has to say for itself: why a component collapsed, and what its reader must know."""

import warnings
from collections.abc import Callable, Iterator
from contextvars import ContextVar, copy_context

import numpy as np

from .arguments import own_errstate
from .floor import floor_warnings, since
from .params import Collapsed, Mixture
from .trace import Step
from .words import count, letter, number

EMPTY = 0.01  # a component with fewer points than this is as good as empty
A_FALL = 1e-8  # of the log-likelihood, more than rounding makes
_QUIET = ContextVar("quiet", default=False)


class EMWarning(UserWarning):
    """A run of EM ended on numbers that do not mean what they seem to mean."""


def quietly(function: Callable, *arguments, **options) -> object:
    """What function returns; no `EMWarning` is told, as the caller reads the trace itself.

    Other threads are told theirs: the filters of `warnings`, which they share, stay as they are.
    """
    return while_set(_QUIET, function, *arguments, **options)


def while_set(variable: ContextVar, function: Callable, *arguments, **options) -> object:
    """What function returns while variable is True, in a context of its own: no Ctrl-C leaves it so."""
    context = copy_context()
    context.run(variable.set, True)
    return context.run(function, *arguments, **options)


def warn(sentence: str, stacklevel: int) -> None:
    """Tell an `EMWarning`, unless `quietly`; stacklevel counts from the caller, as in `warnings.warn`."""
    if not _QUIET.get():
        warnings.warn(sentence, EMWarning, stacklevel=stacklevel + 1)


@own_errstate
def ending_message(
    status: str,
    broken_by: BaseException | None,
    steps: tuple[Step, ...],
    max_iter: int,
    tol: float,
    reg_covar: float,
    floor: str,
) -> str:
    """The sentences on how a run ended, broken off by a `Collapsed` error or Ctrl-C, or by itself.

    floor is the one to recommend, as `floor_for` words it.
    """
    scores = scores_of(steps)
    iterations = count(len(scores) - 1, "iteration")
    if status == "collapsed":
        return _on_collapse(broken_by, len(scores), reg_covar, floor)
    if status == "max_iter":
        return (
            f"Not converged: after {count(max_iter, 'iteration')} the log-likelihood per point still moves "
            f"by more than tol={tol:g}. Raise max_iter, or look at the film for what keeps moving."
        )
    if status == "interrupted":
        return f"Interrupted after {iterations}."
    if len(falls(scores)) and reg_covar == 0:
        return f"Stopped after {iterations}, but not at a maximum: the log-likelihood fell on the way."
    return f"Converged after {iterations}."


def scores_of(steps: tuple[Step, ...]) -> list[float]:
    """The log-likelihood of every E-step."""
    return [step.log_likelihood for step in steps if step.kind == "E"]


def falls(scores: list[float]) -> np.ndarray:
    """The iterations, from 0, in which the log-likelihoods fell by more than rounding makes."""
    return np.flatnonzero(np.diff(scores) < -A_FALL * np.abs(scores).max())


@own_errstate
def warnings_of(X: np.ndarray, steps: tuple[Step, ...], reg_covar: float) -> tuple[str, ...]:
    """Sentences on what the reader of this run must know, each naming component and iteration."""
    return (*warnings_without_points(len(X), steps, reg_covar), *floor_warnings(X, steps, reg_covar))


def warnings_without_points(n_points: int, steps: tuple[Step, ...], reg_covar: float) -> tuple[str, ...]:
    """Those of `warnings_of` that need no look at the points."""
    return (*_on_falls(steps, reg_covar), *_on_twins(steps[0].mixture), *_on_empty(n_points, steps))


def _on_collapse(error: Collapsed, iteration, reg_covar, floor) -> str:
    remedies = ["start elsewhere", "take fewer components"]
    if "empty" not in error.reason:
        if "onto" not in error.reason:
            remedies.append("choose a simpler covariance type")
        remedies.append(f"set a {'higher ' * (reg_covar > 0)}floor such as {floor}")
    *others, last = remedies
    return (
        f"Component {letter(error.component)} collapsed in iteration {iteration}: it {error.reason}. "
        f"Remedies: {', '.join(others)}, or {last}."
    )


def _on_falls(steps, reg_covar) -> Iterator[str]:
    scores = scores_of(steps)
    fell = falls(scores)
    if len(fell) and reg_covar == 0:
        first = int(fell[0])
        size = number(scores[first] - scores[first + 1])
        yield (
            f"The log-likelihood fell in {len(fell)} of {count(len(scores) - 1, 'iteration')}, first in "
            f"iteration {first + 1}, by {size}. Without a floor EM never lowers it, so one of the half-steps "
            "is not that of EM, and where the run ends is no maximum."
        )


def _on_twins(start: Mixture) -> Iterator[str]:
    for k in range(1, start.n_components):
        for j in range(k):
            same = np.array_equal(start.means[j], start.means[k])
            if same and np.array_equal(start.covariances[j], start.covariances[k]):
                yield (
                    f"Components {letter(j)} and {letter(k)} start with the same mean and covariance: from "
                    "iteration 1 on they share every point in the same proportion, and never part. "
                    "Start elsewhere."
                )
                break


def _on_empty(n_points, steps) -> Iterator[str]:
    mixture = steps[-1].mixture
    soft_counts = mixture.weights * n_points
    for k in np.flatnonzero(soft_counts < EMPTY):
        when = since(steps, lambda one, k=k: one.weights[k] * n_points < EMPTY)
        yield (
            f"Component {letter(k)} is as good as empty {when}: it holds {soft_counts[k]:.2g} points. "
            "Its ellipse says nothing of the data; take fewer components or start elsewhere."
        )

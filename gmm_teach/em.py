"""EM as a film: `run_em` shoots it half-step by half-step."""

import sys
import warnings
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np

from .adapters import EngineSteps, FusedSteps, OwnSteps
from .diagnosis import EMWarning, ending_message, warnings_of
from .engine import fast
from .floor import floor_for
from .params import Collapsed, Mixture, check_covariance_type
from .progress import Bar, is_terminal
from .trace import Step, Trace
from .validate import check_choice, check_count, check_data, check_mixture, check_not_negative
from .words import count, letter


def half_steps(
    X: np.ndarray, mixture: Mixture, e_step: Callable, m_step: Callable, tol: float, max_iter: int
) -> Iterator[tuple]:
    """EM itself: yield E1, M1, E2, ... as (kind, mixture, responsibilities, its log-likelihood if known).

    It is over when an E-step finds that the log-likelihood per point has moved by at most tol.
    """
    responsibilities, score = e_step(X, mixture)
    yield "E", mixture, responsibilities, score
    for _ in range(max_iter):
        mixture = m_step(X, responsibilities)
        yield "M", mixture, responsibilities, None
        before = score
        responsibilities, score = e_step(X, mixture)
        yield "E", mixture, responsibilities, score
        if stands_still(before, score, tol * len(X)):
            return


def stands_still(before: float, now: float, limit: float) -> bool:
    """Has the log-likelihood moved by at most limit?"""
    return abs(now - before) <= limit


def run_em(
    X: np.ndarray,
    start: Mixture,
    *,
    engine: ModuleType = fast,
    e_step: Callable | None = None,
    m_step: Callable | None = None,
    check: bool = True,
    tol: float = 1e-6,
    max_iter: int = 200,
    covariance_type: str = "full",
    reg_covar: float = 0.0,
    record: str = "all",
) -> Trace:
    """Run EM from a mixture, and record every half-step.

    Parameters
    ----------
    X : array of shape (N, D)
        The points; a vector of N numbers counts as (N, 1). A `Dataset` will do.
    start : Mixture
        Where EM begins; see `gt.starts`. Its weights must be above 0.
    engine : module
        `gt.fast`, which serves data of any size and scale, or `gt.vectorized` or `gt.loops`, which are
        to be read, and serve ordinary data.
    e_step : function, optional
        Your own `e_step(X, mixture)`; returns responsibilities (N, K), alone or with a score.
    m_step : function, optional
        Your own `m_step(X, responsibilities)`, or with `mixture`, or with `covariance_type, reg_covar`
        after these; returns a Mixture, or its three arrays.
    check : bool
        False lets an own half-step's wrong numbers into the film.
    tol : float
        EM has converged when the log-likelihood per point moves by at most this between E-steps.
    max_iter : int
        The most M-steps to make.
    covariance_type : "full", "tied", "diag" or "spherical"
        What the M-step may return.
    reg_covar : float
        Floor that is added to every variance in the M-step; see `gt.relative_floor`.
    record : "all" or "scores"
        "scores" keeps no responsibilities on the way, and lets `fast` run without making them.

    Returns
    -------
    Trace
        Ctrl-C ends the run and keeps the trace so far.

    Raises
    ------
    TypeError, ValueError
        For an argument, or an own half-step's result, that cannot be right.

    Warns
    -----
    EMWarning
        For a run that did not converge, and for each of the trace's `warnings`.

    Notes
    -----
    At its peak a run holds 2.5 times the data; with record="all" also N x K numbers for each
    half-step and two more (three in `vectorized`), with record="scores" four times N x K, and with
    `fast` none. In a terminal a bar on stderr shows how far a run is that takes more than a second.

    Examples
    --------
    >>> X = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> start = Mixture([0.5, 0.5], means=[[0], [9]], covariances=[[[4]], [[4]]])
    >>> trace = run_em(X, start)
    >>> trace
    Trace of 3 iterations, converged: log-likelihood -11.4561
    >>> trace.mixture.means[:, 0].round(4).tolist()
    [1.0, 11.0]
    """
    X = _own(check_data(X))
    start = check_mixture(start, "start", "see gt.starts")
    _check_engine_and_record(engine, record)
    constraint = check_run(start, X.shape[1], tol, max_iter, covariance_type, reg_covar)
    if e_step or m_step:
        halves = OwnSteps(X, engine, constraint, e_step, m_step, check)
    elif engine is fast:
        halves = FusedSteps(X, start.n_components, constraint, keep=record == "all")
    else:
        halves = EngineSteps(X, engine, constraint)
    steps, broken_by = shoot(X, start, halves, tol, max_iter, record)
    status = status_of(steps, broken_by, tol, len(X))
    floor = floor_for(X) if status == "collapsed" else ""
    message = ending_message(status, broken_by, steps, max_iter, tol, reg_covar, floor)
    collapsed = getattr(broken_by, "component", None)
    trace = Trace(X, steps, status, message, *constraint, collapsed, n_points=len(X))
    return announce(trace._replace(warnings=warnings_of(X, steps, reg_covar)))


def announce(trace: Trace) -> Trace:
    """Tell as `EMWarning`s what the caller of `run_em` or `fit` must know of the trace; returns it."""
    unfinished = [trace.message] if trace.status in ("collapsed", "max_iter") else []
    for sentence in (*unfinished, *trace.warnings):
        warnings.warn(sentence, EMWarning, stacklevel=3)
    return trace


def shoot(
    X: np.ndarray, start: Mixture, halves: EngineSteps | FusedSteps, tol: float, max_iter: int, record: str
) -> tuple[tuple[Step, ...], BaseException | None]:
    """Take half-steps to the end; returns them from the start, and the error that broke them off, or None.

    halves has the half-steps and what they record: see `adapters`. Of X they and the loop use what they
    need; a length will do.

    An M-step is kept only together with the E-step after it, which supplies its log-likelihood: at
    whatever moment Ctrl-C comes, the steps end on an E-step.
    """
    steps, pending = [], None
    half_by_half = half_steps(X, start, halves.e_step, halves.m_step, tol, max_iter)
    try:
        with Bar(max_iter, is_terminal(sys.stderr), at_most=True) as bar:
            for kind, mixture, responsibilities, score in half_by_half:
                bound = (
                    halves.elbo(X, mixture, responsibilities) if kind == "M" or halves.own_e_step else score
                )
                kept = _own(halves.recorded(responsibilities)) if record == "all" else None
                iteration = len(steps) // 2 + 1
                if kind == "M":
                    pending = Step("M", iteration, mixture, kept, None, bound)
                    continue
                scored = [pending._replace(log_likelihood=score)] if pending else []
                steps += [*scored, Step("E", iteration + len(scored), mixture, kept, score, bound)]
                done = len(steps) // 2
                bar.tell(done, f"Iteration {done + 1} of at most {max_iter}")
        return _from_start(start, steps), None
    except (Collapsed, KeyboardInterrupt) as error:
        if not steps:
            raise
        return _from_start(start, steps), error


def _from_start(start, steps):
    return Step("start", 0, start, None, steps[0].log_likelihood, None), *steps


def status_of(steps: tuple[Step, ...], broken_by: BaseException | None, tol: float, n_points: int) -> str:
    """How a run ended: "converged", "max_iter", "collapsed" or "interrupted"."""
    if broken_by:
        return "collapsed" if isinstance(broken_by, Collapsed) else "interrupted"
    before, now = (step.log_likelihood for step in (steps[-3], steps[-1]))
    return "converged" if stands_still(before, now, tol * n_points) else "max_iter"


def _own(array):
    """A read-only float64 copy, stored by column."""
    copy = np.array(array, dtype=np.float64, order="F")
    copy.setflags(write=False)
    return copy


def check_run(
    start: Mixture,
    n_features: int,
    tol: float,
    max_iter: int,
    covariance_type: str,
    reg_covar: float,
    what: str = "X",
) -> tuple[str, float]:
    """Return (covariance_type, reg_covar), or raise an error for a start or an option that cannot be right.

    what names the data, which have n_features columns.
    """
    if start.n_features != n_features:
        columns = count(n_features, "column")
        raise ValueError(f"start is for {start.n_features}-D data, but {what} has {columns}")
    if start.weights.min() == 0:
        k = int(start.weights.argmin())
        raise ValueError(
            f"the weights of start must be > 0, but weights[{k}] is 0: EM could never give component "
            f"{letter(k)} a point. Leave that component out"
        )
    check_not_negative("tol", tol)
    check_count("max_iter", max_iter)
    check_covariance_type(covariance_type)
    return covariance_type, check_not_negative("reg_covar", reg_covar)


def _check_engine_and_record(engine, record):
    if not (hasattr(engine, "e_step") and hasattr(engine, "m_step")):
        raise TypeError(f"engine must be gt.loops, gt.vectorized or gt.fast, got {engine!r}")
    check_choice("record", record, ("all", "scores"))

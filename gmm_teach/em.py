"""EM as a film: `run_em` shoots it half-step by half-step."""

from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np

from .adapters import EngineSteps, FusedSteps, OwnSteps
from .diagnosis import ending_message, warn, warnings_of
from .engine import fast
from .floor import floor_for
from .options import check_columns, check_engine_and_record, check_options, check_start
from .params import Collapsed, Mixture
from .progress import Bar
from .trace import Step, Trace
from .validate import check_data


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
    `fast` none. A bar shows how far a run is that takes more than a second, in a terminal or a notebook.

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
    start = check_start(start)
    check_columns(start, X.shape[1])
    check_engine_and_record(engine, record)
    constraint = check_options(tol, max_iter, covariance_type, reg_covar)
    if e_step or m_step:
        halves = OwnSteps(X, engine, constraint, e_step, m_step, check)
    elif engine is fast:
        halves = FusedSteps(X, start.n_components, constraint, keep=record == "all")
    else:
        halves = EngineSteps(X, engine, constraint)
    shot = shoot(X, start, halves, tol, max_iter, record)
    trace = trace_of(X, shot, tol, max_iter, constraint, len(X), lambda: floor_for(X))
    return announce(trace._replace(warnings=warnings_of(X, trace.steps, reg_covar)))


def announce(trace: Trace) -> Trace:
    """Tell as `EMWarning`s what the caller of `run_em` or `fit` must know of the trace; returns it."""
    unfinished = [trace.message] if trace.status in ("collapsed", "max_iter") else []
    for sentence in (*unfinished, *trace.warnings):
        warn(sentence, stacklevel=3)
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
        with Bar(max_iter, at_most=True) as bar:
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


def trace_of(
    X: np.ndarray,
    shot: tuple[tuple[Step, ...], BaseException | None],
    tol: float,
    max_iter: int,
    constraint: tuple[str, float],
    n_points: int,
    floor: Callable[[], str],
) -> Trace:
    """The `Trace` of what `shoot` returns, without warnings; floor() is recommended where it collapsed."""
    steps, broken_by = shot
    status = status_of(steps, broken_by, tol, n_points)
    remedy = floor() if status == "collapsed" else ""
    message = ending_message(status, broken_by, steps, max_iter, tol, constraint[1], remedy)
    collapsed = getattr(broken_by, "component", None)
    return Trace(X, steps, status, message, *constraint, collapsed, n_points=n_points)


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

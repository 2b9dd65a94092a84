"""EM as a film: `run_em` shoots it half-step by half-step, `fit` keeps the best of several."""

import warnings

import numpy as np

from . import vectorized
from .diagnosis import (
    EMWarning,
    check_spread,
    collapse_message,
    max_iter_message,
    quietly,
    resolution,
    warnings_of,
)
from .engine import fast
from .mixture import log_likelihood, lower_bound
from .params import Collapsed, Mixture, check_covariance_type
from .starts import STARTS, check_enough_points
from .trace import Step, Trace
from .validate import check_choice, check_count, check_data, check_not_negative


def run_em(
    X,
    start,
    *,
    engine=vectorized,
    e_step=None,
    m_step=None,
    tol=1e-6,
    max_iter=200,
    covariance_type="full",
    reg_covar=0.0,
    record="all",
):
    """Run EM on X (N, D) from the mixture `start`; returns the `Trace`.

    engine is `loops`, `vectorized` or `fast`; e_step and m_step replace its half-steps by your own.
    EM has converged when the log-likelihood per point moves by at most `tol` between E-steps.
    reg_covar is added to every variance in the M-step. record="scores" keeps no responsibilities
    on the way, and lets `fast` run without making them. Ctrl-C ends the run and keeps the trace.
    A run that did not converge, and what the trace's `warnings` say, is told as an `EMWarning`.

    At its peak a run holds 2.5 times the data; with record="all" also N x K numbers for each
    half-step and two more, with record="scores" four times N x K, and with `fast` none.
    """
    X = _own(check_data(X))
    _check_run(X, start, engine, tol, max_iter, covariance_type, reg_covar, record)
    if engine is fast and record == "scores" and e_step is None and m_step is None:
        half_steps = _fused_half_steps(X, start, covariance_type, reg_covar)
    else:
        half_steps = _half_steps(
            X,
            start,
            e_step or engine.e_step,
            m_step or engine.m_step,
            (covariance_type, reg_covar),
            own_e_step=e_step is not None,
        )
    steps, status, message, collapsed = _shoot(X, half_steps, tol, max_iter, record)
    steps = (Step("start", 0, start, None, steps[0].log_likelihood, None), *steps)
    trace = Trace(X, steps, status, message, covariance_type, reg_covar, collapsed)
    return _announce(trace._replace(warnings=warnings_of(X, steps, reg_covar)))


def fit(
    X,
    n_components,
    *,
    starts=10,
    start="kmeans",
    covariance_type="full",
    reg_covar=0.0,
    seed=None,
    **options,
):
    """Run EM from several starts and return the best `Trace`; a collapsed run loses to any other.

    Of runs that are equal but for rounding, the first counts. start is "kmeans", "random_points" or
    "farthest"; the runs use the seeds seed, seed + 1, ..., which the trace keeps. seed is a whole
    number, None, or a Generator that one is drawn from. options go to `run_em`.
    """
    X = check_data(X)
    check_enough_points(X, n_components)
    check_count("starts", starts)
    check_covariance_type(covariance_type)
    check_not_negative("reg_covar", reg_covar)
    check_choice("start", start, STARTS)
    seed = _first_seed(seed)
    seeds = tuple(range(seed, seed + starts))
    best, made = None, 0
    try:
        for one in seeds:
            first = STARTS[start](X, n_components, np.random.default_rng(one), covariance_type, reg_covar)
            with quietly():
                trace = run_em(X, first, covariance_type=covariance_type, reg_covar=reg_covar, **options)
            made += 1
            if best is None or _is_better(trace, best):
                best = trace._replace(seed=one)
            if trace.status == "interrupted":
                break
    except KeyboardInterrupt:
        if best is None:
            raise
    return _announce(best._replace(seeds=seeds[:made]))


def _half_steps(X, mixture, e_step, m_step, constraint, own_e_step):
    """Yield (kind, mixture, responsibilities, log-likelihood, bound) for E1, M1, E2, ... without end."""
    smallest = resolution(X)
    while True:
        if own_e_step:
            responsibilities = e_step(X, mixture)
            if isinstance(responsibilities, tuple):
                responsibilities = responsibilities[0]
            responsibilities = np.asarray(responsibilities)
            _check_responsibilities(responsibilities, len(X), mixture.n_components)
            score, bound = log_likelihood(X, mixture), lower_bound(X, mixture, responsibilities)
        else:
            responsibilities, score = e_step(X, mixture)
            bound = score
        yield "E", mixture, responsibilities, score, bound
        mixture = m_step(X, responsibilities, *constraint)
        if not isinstance(mixture, Mixture):
            mixture = Mixture(*mixture)
        check_spread(X, mixture, smallest)
        yield "M", mixture, responsibilities, None, lower_bound(X, mixture, responsibilities)


def _fused_half_steps(X, mixture, covariance_type, reg_covar):
    parameters = fast.natural_parameters(mixture, *fast.standardization(X))
    room = fast.make_room(*X.shape, mixture.n_components)
    smallest = resolution(X)
    while True:
        try:
            following, parameters, score, bound = fast.fused_step(
                X, mixture, parameters, covariance_type, reg_covar, room
            )
            check_spread(X, following, smallest)
        except Collapsed:  # perhaps by rounding alone, and its E-step is still to be shown
            break
        yield "E", mixture, None, score, score
        mixture = following
        yield "M", mixture, None, None, bound
    constraint = covariance_type, reg_covar
    yield from _half_steps(X, mixture, vectorized.e_step, vectorized.m_step, constraint, own_e_step=False)


def _shoot(X, half_steps, tol, max_iter, record):
    """Take half-steps until one of the endings; returns (steps, status, message, collapsed component).

    An M-step is kept only together with the E-step after it, which supplies its log-likelihood: at
    whatever moment Ctrl-C comes, the steps end on an E-step.
    """
    steps, pending = [], None
    try:
        for kind, mixture, responsibilities, score, bound in half_steps:
            responsibilities = _own(responsibilities) if record == "all" else None
            iteration = len(steps) // 2 + 1
            if kind == "M":
                pending = Step("M", iteration, mixture, responsibilities, None, bound)
                continue
            scored = [pending._replace(log_likelihood=score)] if pending else []
            iteration += len(scored)
            steps += [*scored, Step("E", iteration, mixture, responsibilities, score, bound)]
            if pending and abs(score - steps[-3].log_likelihood) <= tol * len(X):
                return steps, "converged", f"Converged after {iteration - 1} iterations.", None
            if iteration > max_iter:
                return steps, "max_iter", max_iter_message(max_iter, tol), None
    except Collapsed as error:
        if not steps:
            raise
        message = collapse_message(error, steps)
        return steps, "collapsed", message, error.component
    except KeyboardInterrupt:
        if not steps:
            raise
        return steps, "interrupted", f"Interrupted after {len(steps) // 2} iterations.", None


def _announce(trace):
    """Tell as `EMWarning`s what the caller of `run_em` or `fit` must know of the trace; returns it."""
    unfinished = [trace.message] if trace.status in ("collapsed", "max_iter") else []
    for sentence in (*unfinished, *trace.warnings):
        warnings.warn(sentence, EMWarning, stacklevel=3)
    return trace


def _first_seed(seed):
    if seed is None:
        seed = np.random.default_rng()
    if isinstance(seed, np.random.Generator):
        return int(seed.integers(2**32))
    return check_count("seed", seed, smallest=0)


def _is_better(trace, best):
    """Is a run better than the best so far, by more than rounding?"""
    survived, best_survived = trace.status != "collapsed", best.status != "collapsed"
    if survived != best_survived:
        return survived
    return trace.log_likelihood - best.log_likelihood > 1e-12 * abs(best.log_likelihood)


def _own(array):
    """A read-only float64 copy, stored by column."""
    copy = np.array(array, dtype=np.float64, order="F")
    copy.setflags(write=False)
    return copy


def _check_run(X, start, engine, tol, max_iter, covariance_type, reg_covar, record):
    if not isinstance(start, Mixture):
        raise TypeError(f"start must be a Mixture, got {type(start).__name__}; see gt.starts")
    if start.n_features != X.shape[1]:
        raise ValueError(f"start is for {start.n_features}-D data, but X has {X.shape[1]} columns")
    if not (hasattr(engine, "e_step") and hasattr(engine, "m_step")):
        raise TypeError(f"engine must be gt.loops, gt.vectorized or gt.fast, got {engine!r}")
    check_not_negative("tol", tol)
    check_count("max_iter", max_iter)
    check_covariance_type(covariance_type)
    check_not_negative("reg_covar", reg_covar)
    check_choice("record", record, ("all", "scores"))


def _check_responsibilities(responsibilities, N, K):
    shape = np.shape(responsibilities)
    if shape != (N, K):
        raise ValueError(f"e_step must return responsibilities of shape ({N}, {K}), got {shape}")
    if not np.all(np.isfinite(responsibilities)):
        raise ValueError("e_step returned responsibilities that hold NaN or infinity")

"""EM as a film: `run_em` shoots it half-step by half-step, `fit` keeps the best of several."""

import numpy as np

from . import fast, vectorized
from .mixture import elbo, log_likelihood
from .params import Collapsed, Mixture, check_covariance_type, letter
from .starts import STARTS, check_enough_points
from .trace import Step, Trace
from .validate import check_count, check_data, check_reg_covar

REMEDIES = (
    "Remedies: start elsewhere, take fewer components, choose a simpler covariance type, "
    "or set a floor such as reg_covar=1e-6."
)


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
    start_step = Step("start", 0, start, None, steps[0].log_likelihood, None)
    return Trace(X, (start_step, *steps), status, message, covariance_type, reg_covar, collapsed)


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

    start is "kmeans", "random_points" or "farthest"; the runs use the seeds seed, seed + 1, ...,
    which the trace keeps (also those drawn when seed is None). options go to `run_em`.
    """
    X = check_data(X)
    check_enough_points(X, n_components)
    check_count("starts", starts)
    check_covariance_type(covariance_type)
    check_reg_covar(reg_covar)
    if start not in STARTS:
        raise ValueError(f"start must be one of {', '.join(STARTS)}; got {start!r}")
    seed = np.random.SeedSequence().entropy % 2**32 if seed is None else check_count("seed", seed, 0)
    seeds = tuple(range(seed, seed + starts))
    best, made = None, 0
    try:
        for one in seeds:
            first = STARTS[start](X, n_components, np.random.default_rng(one), covariance_type, reg_covar)
            trace = run_em(X, first, covariance_type=covariance_type, reg_covar=reg_covar, **options)
            made += 1
            if best is None or _rank(trace) > _rank(best):
                best = trace._replace(seed=one)
            if trace.status == "interrupted":
                break
    except KeyboardInterrupt:
        if best is None:
            raise
    return best._replace(seeds=seeds[:made])


def _half_steps(X, mixture, e_step, m_step, constraint, own_e_step):
    """Yield (kind, mixture, responsibilities, log-likelihood, bound) for E1, M1, E2, ... without end."""
    while True:
        if own_e_step:
            responsibilities = e_step(X, mixture)
            if isinstance(responsibilities, tuple):
                responsibilities = responsibilities[0]
            responsibilities = np.asarray(responsibilities)
            _check_responsibilities(responsibilities, len(X), mixture.n_components)
            score, bound = log_likelihood(X, mixture), elbo(X, mixture, responsibilities)
        else:
            responsibilities, score = e_step(X, mixture)
            bound = score
        yield "E", mixture, responsibilities, score, bound
        mixture = m_step(X, responsibilities, *constraint)
        if not isinstance(mixture, Mixture):
            mixture = Mixture(*mixture)
        yield "M", mixture, responsibilities, None, elbo(X, mixture, responsibilities)


def _fused_half_steps(X, mixture, covariance_type, reg_covar):
    parameters = fast.natural_parameters(mixture, *fast.standardization(X))
    room = fast.make_room(*X.shape, mixture.n_components)
    while True:
        try:
            following, parameters, score, bound = fast.fused_step(
                X, mixture, parameters, covariance_type, reg_covar, room
            )
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
    smallest_spread = 8 * np.finfo(float).eps * np.abs(X).max(axis=0)  # (D,)
    try:
        for kind, mixture, responsibilities, score, bound in half_steps:
            responsibilities = _own(responsibilities) if record == "all" else None
            iteration = len(steps) // 2 + 1
            if kind == "M":
                _check_spread(mixture, smallest_spread)
                pending = Step("M", iteration, mixture, responsibilities, None, bound)
                continue
            scored = [pending._replace(log_likelihood=score)] if pending else []
            iteration += len(scored)
            steps += [*scored, Step("E", iteration, mixture, responsibilities, score, bound)]
            if pending and abs(score - steps[-3].log_likelihood) <= tol * len(X):
                return steps, "converged", f"Converged after {iteration - 1} iterations.", None
            if iteration > max_iter:
                return steps, "max_iter", _not_converged(max_iter, tol), None
    except Collapsed as error:
        if not steps:
            raise
        message = _collapse_message(error, steps)
        return steps, "collapsed", message, error.component
    except KeyboardInterrupt:
        if not steps:
            raise
        return steps, "interrupted", f"Interrupted after {len(steps) // 2} iterations.", None


def _check_spread(mixture, smallest_spread):
    """Raise `Collapsed` if a covariance is singular as far as float64 can tell."""
    D = mixture.n_features
    variances = mixture.covariances.diagonal(axis1=1, axis2=2)  # (K, D)
    pivots = fast.cholesky_diagonals(mixture.covariances)
    too_narrow = (variances <= smallest_spread**2).any(axis=1)
    if too_narrow.any():
        raise Collapsed(int(too_narrow.argmax()), "shrank until a variance was zero")
    flat = (pivots**2 <= 8 * D * np.finfo(float).eps * variances).any(axis=1)
    if flat.any():
        raise Collapsed(int(flat.argmax()), "became flat: its points lie on a line or a plane")


def _collapse_message(error, steps):
    k, last = error.component, steps[-1].mixture
    where = ", ".join(f"{value:.4g}" for value in last.means[k])
    return (
        f"Component {letter(k)} {error.reason}, in iteration {len(steps) // 2 + 1}, near ({where}). "
        f"{REMEDIES}"
    )


def _not_converged(max_iter, tol):
    return (
        f"Not converged: after {max_iter} iterations the log-likelihood per point still moves by "
        f"more than tol={tol:g}. Raise max_iter, or look at the film for what keeps moving."
    )


def _rank(trace):
    return trace.status != "collapsed", trace.log_likelihood


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
    if not tol >= 0:
        raise ValueError(f"tol must be >= 0, got {tol}")
    check_count("max_iter", max_iter)
    check_covariance_type(covariance_type)
    check_reg_covar(reg_covar)
    if record not in ("all", "scores"):
        raise ValueError(f'record must be "all" or "scores", got {record!r}')


def _check_responsibilities(responsibilities, N, K):
    shape = np.shape(responsibilities)
    if shape != (N, K):
        raise ValueError(f"e_step must return responsibilities of shape ({N}, {K}), got {shape}")
    if not np.all(np.isfinite(responsibilities)):
        raise ValueError("e_step returned responsibilities that hold NaN or infinity")

"""`fit`: the best of several runs of EM, each from a start of its own."""

from inspect import signature
from itertools import cycle, islice

import numpy as np

from .diagnosis import quietly
from .em import announce, run_em
from .params import check_covariance_type
from .progress import Bar
from .scikit_learn import check_known
from .starts import STARTS, check_enough_points
from .trace import Trace
from .validate import check_choice, check_count, check_data, check_not_negative
from .words import count

MIXED = "mixed"
OPTIONS = tuple(name for name in signature(run_em).parameters if name not in ("X", "start"))


def fit(
    X: np.ndarray,
    n_components: int,
    *,
    starts: int = 10,
    start: str = "kmeans",
    covariance_type: str = "full",
    reg_covar: float = 0.0,
    seed: int | np.random.Generator | None = None,
    **options,
) -> Trace:
    """Run EM from several starts and return the best run; a collapsed run loses to any other.

    Parameters
    ----------
    X : array of shape (N, D)
        The points; a vector of N numbers counts as (N, 1).
    n_components : int
        K, from 1 to N.
    starts : int
        How many runs to make.
    start : "kmeans", "random_points", "farthest" or "mixed"
        Where they begin; "mixed" takes the other three in turn.
    covariance_type : "full", "tied", "diag" or "spherical"
        What the M-step may return.
    reg_covar : float
        Floor that is added to every variance in the M-step; see `gt.relative_floor`.
    seed : int, Generator or None
        The runs use the seeds seed, seed + 1, ...; a Generator, or None, draws the first.
    **options
        Go to `run_em`: tol, max_iter, engine, record, e_step, m_step.

    Returns
    -------
    Trace
        Its `seed` and `kind_of_start` repeat the run, `seeds` are those of all runs, and `reached` says
        how many of them ended as high. Of runs that are equal but for rounding, the first counts.

    Raises
    ------
    TypeError, ValueError
        For an argument that cannot be right.

    Notes
    -----
    In a terminal or a notebook a bar shows how far the runs are, if all take more than a second.

    Examples
    --------
    >>> X = [0.0, 1.0, 2.0, 10.0, 11.0, 12.0]
    >>> trace = fit(X, 2, seed=0)
    >>> sorted(trace.mixture.means[:, 0].round(4).tolist()), trace.reached
    ([1.0, 11.0], 10)
    """
    X = check_data(X)
    check_enough_points(X, n_components)
    check_count("starts", starts)
    check_covariance_type(covariance_type)
    check_not_negative("reg_covar", reg_covar)
    check_choice("start", start, (*STARTS, MIXED))
    check_known("fit", options, OPTIONS)
    seed = _first_seed(seed)
    seeds = tuple(range(seed, seed + starts))
    kinds = islice(cycle(STARTS if start == MIXED else [start]), starts)
    best, ends = None, []
    try:
        with Bar(starts) as bar:
            for one, kind in zip(seeds, kinds, strict=True):
                rng = np.random.default_rng(one)
                first = STARTS[kind](X, n_components, rng, covariance_type, reg_covar)
                constraint = {"covariance_type": covariance_type, "reg_covar": reg_covar}
                trace = bar.over(quietly, run_em, X, first, **constraint, **options)
                ends.append((trace.log_likelihood, trace.status))
                if best is None or _is_better(trace, best):
                    best = trace._replace(seed=one, kind_of_start=kind)
                if trace.status == "interrupted":
                    break
                bar.tell(len(ends), f"Run of EM {len(ends) + 1} of {starts}")
    except KeyboardInterrupt:
        if best is None:
            raise
    return announce(_with_count(best._replace(seeds=seeds[: len(ends)]), ends, options.get("tol", 1e-6)))


def _with_count(best, ends, tol):
    """The best run, with how many of the runs ended as high as it, as far as `tol` can tell."""
    near = best.log_likelihood - 100 * tol * len(best.X)
    reached = sum(
        score >= near and (status == "collapsed") == (best.status == "collapsed") for score, status in ends
    )
    if len(ends) == 1 or best.status == "interrupted":
        return best
    runs = f"{reached} of {count(len(ends), 'run')} ended as high as this one."
    return best._replace(reached=reached, message=f"{best.message} {runs}")


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

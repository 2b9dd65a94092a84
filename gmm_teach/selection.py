"""How many components, and of which shape: scores that compare runs."""

import numpy as np

from .diagnosis import quietly, warn
from .mixture import log_likelihood as score
from .params import check_covariance_type
from .progress import Bar
from .restarts import fit
from .validate import check_count, check_data, check_mixture, check_rng, check_trace
from .words import count, letter, number

NO_OTHER_MODEL = "a trace by run_model says nothing of how many numbers its model is free to choose"


def n_parameters(n_components, n_features, covariance_type="full") -> int:
    """How many numbers a mixture is free to choose.

    K - 1 weights (they sum to 1), K D means, and for the covariances: full K D (D + 1) / 2,
    tied D (D + 1) / 2, diag K D, spherical K.
    """
    K = check_count("n_components", n_components)
    D = check_count("n_features", n_features)
    check_covariance_type(covariance_type)
    one_ellipse = D * (D + 1) // 2
    covariances = {"full": K * one_ellipse, "tied": one_ellipse, "diag": K * D, "spherical": K}
    return K - 1 + K * D + covariances[covariance_type]


def aic(trace) -> float:
    """Akaike's criterion of a `Trace`, -2 log-likelihood + 2 p; lower is better.

    NaN, with an `EMWarning`, for a run that collapsed or has a spike: its likelihood has no maximum.
    """
    return -2 * _trusted_score(trace, "AIC") + 2 * _free(trace)


def bic(trace) -> float:
    """Schwarz's criterion of a `Trace`, -2 log-likelihood + p log N; lower is better.

    NaN, with an `EMWarning`, for a run that collapsed or has a spike: its likelihood has no maximum.
    """
    return -2 * _trusted_score(trace, "BIC") + _free(trace) * np.log(trace.n_points or len(trace.X))


def held_out(X, n_components, *, folds=5, seed=0, **options) -> float:
    """Mean log density of points that the fit has not seen, in nats per point; higher is better.

    Cuts the shuffled rows into `folds` parts, fits on the others (options go to `fit`) and scores
    each part. NaN, with an `EMWarning`, if one of the fits collapsed or has a spike.
    In a terminal or a notebook a bar shows how far it is, if all takes more than a second.
    """
    X, K = check_data(X), check_count("n_components", n_components)
    N = len(X)
    if check_count("folds", folds, smallest=2) > N:
        raise ValueError(f"folds is {folds}, but X has only {count(N, 'point')}")
    seen = N - -(-N // folds)
    if seen < K:
        raise ValueError(f"n_components is {K}, but a fit sees only {seen} of the {N} points")
    parts = np.array_split(check_rng(seed, "seed").permutation(N), folds)
    total = 0.0
    with Bar(folds) as bar:
        for i, part in enumerate(parts):
            bar.tell(i, f"Fit {i + 1} of {folds}")
            rest, name = np.delete(X, part, axis=0), f"part {i + 1} of {folds}"
            trace = bar.over(_fit_rest, rest, K, seed, options, name)
            if trace is None:
                return np.nan
            total += score(X[part], trace.mixture)
    return total / N


def _free(trace):
    return n_parameters(trace.mixture.n_components, trace.mixture.n_features, trace.covariance_type)


def _fit_rest(X, n_components, seed, options, part):
    """The fit without one part of the points; None, and a warning, where its score would mean nothing."""
    try:
        trace = quietly(fit, X, n_components, seed=seed, **options)
    except ValueError as error:
        raise ValueError(f"the fit without {part}: {error}") from error
    if trace.status == "interrupted":
        raise KeyboardInterrupt
    return None if np.isnan(_trusted_score(trace, f"The held-out score ({part})")) else trace


def _trusted_score(trace, name):
    """The log-likelihood of a `Trace`, or NaN for a spike; an `EMWarning` says what is wrong with it."""
    mixture = check_mixture(check_trace(trace).mixture, "the trace's mixture", NO_OTHER_MODEL)
    run = f"{name} of the run with {count(mixture.n_components, 'component')}"
    spike = trace.message if trace.status == "collapsed" else _spike(trace)
    if spike:
        _warn(f"{run} is NaN: {spike} Leave it out of comparisons, as np.nanargmin does.")
        return np.nan
    if trace.status != "converged":
        _warn(f"{run} is that of parameters on the way: {trace.message}")
    return trace.log_likelihood


def _spike(trace):
    """A sentence on the first component whose variance is the floor in a direction in which X varies."""
    floor = trace.reg_covar
    if not floor:
        return None
    overall = _overall_covariance(trace)
    for k, covariance in enumerate(trace.mixture.covariances):
        variances, directions = np.linalg.eigh(covariance)
        of_all = np.sum(directions * (overall @ directions), axis=0)  # (D,)
        if np.any((variances <= 2 * floor) & (of_all > floor)):
            return (
                f"the floor reg_covar={number(floor)}, not the data, sets a variance of {letter(k)}, so that "
                "the likelihood grows without end as the floor gets smaller."
            )
    return None


def _overall_covariance(trace):
    """The covariance (D, D) of X; without points that of the mixture, which an M-step makes equal to it."""
    if len(trace.X):
        return np.atleast_2d(np.cov(trace.X.T, ddof=0))
    weights, means, covariances = trace.mixture
    offsets = means - weights @ means
    own = covariances - trace.reg_covar * np.eye(means.shape[1])
    return np.tensordot(weights, own, axes=1) + (weights * offsets.T) @ offsets


def _warn(sentence):
    warn(sentence, stacklevel=4)

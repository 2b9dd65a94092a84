"""How many components, of which shape, and which is which: scores and matching."""

import numpy as np

from .mixture import log_likelihood as score
from .params import check_covariance_type
from .restarts import fit
from .validate import check_count, check_data


def n_parameters(n_components, n_features, covariance_type="full"):
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


def aic(trace):
    """Akaike's criterion of a `Trace`, -2 log-likelihood + 2 p; lower is better."""
    return -2 * trace.log_likelihood + 2 * _free(trace)


def bic(trace):
    """Schwarz's criterion of a `Trace`, -2 log-likelihood + p log N; lower is better."""
    return -2 * trace.log_likelihood + _free(trace) * np.log(len(trace.X))


def held_out(X, n_components, *, folds=5, seed=0, **options):
    """Mean log density of points that the fit has not seen, in nats per point; higher is better.

    Cuts the shuffled rows into `folds` parts, fits on the others (options go to `fit`) and scores
    each part.
    """
    X = check_data(X)
    if check_count("folds", folds, smallest=2) > len(X):
        raise ValueError(f"folds is {folds}, but X has only {len(X)} points")
    parts = np.array_split(np.random.default_rng(seed).permutation(len(X)), folds)
    total = 0.0
    for part in parts:
        trace = fit(np.delete(X, part, axis=0), n_components, seed=seed, **options)
        total += score(X[part], trace.mixture)
    return total / len(X)


def match_labels(labels, reference, n_components=None):
    """Find the renaming of labels that agrees with the reference labels on the most points.

    labels, reference (N,) hold whole numbers from 0; returns `names` (K,), so that
    `names[labels]` speaks the reference's language.
    """
    labels, reference = np.asarray(labels), np.asarray(reference)
    if labels.shape != reference.shape or labels.ndim != 1:
        raise ValueError(
            f"labels and reference must be vectors of one length, got {labels.shape} and {reference.shape}"
        )
    both = np.stack([labels, reference])
    if both.dtype.kind not in "iu" or both.min() < 0:
        raise ValueError("labels and reference must hold whole numbers from 0")
    K = n_components or max(labels.max(), reference.max()) + 1
    agreement = np.zeros((K, K))
    np.add.at(agreement, (labels, reference), 1)
    return best_assignment(agreement)


def match_components(mixture, reference):
    """Order (K,) in which `mixture.permuted(order)` has its means nearest to those of the reference."""
    if mixture.means.shape != reference.means.shape:
        raise ValueError(
            f"the mixtures differ in K or D: means of {mixture.means.shape} and {reference.means.shape}"
        )
    gaps = reference.means[:, np.newaxis] - mixture.means
    return best_assignment(-np.sum(gaps**2, axis=2))


def best_assignment(gain):
    """Give each row of gain (K, K) a column of its own so that the sum is largest; returns columns (K,).

    Exact, by dynamic programming over the sets of columns used so far: K 2^K sums.
    """
    K = len(gain)
    best = {0: (0.0, ())}
    for row in range(K):
        following = {}
        for used, (total, columns) in best.items():
            for column in range(K):
                key = used | 1 << column
                candidate = total + gain[row, column], (*columns, column)
                if key != used and (key not in following or candidate[0] > following[key][0]):
                    following[key] = candidate
        best = following
    return np.array(best[2**K - 1][1])


def _free(trace):
    return n_parameters(trace.mixture.n_components, trace.mixture.n_features, trace.covariance_type)

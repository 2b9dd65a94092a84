"""Which is which: labels and components of two fits, matched to each other."""

import numpy as np

from .validate import check_count, check_mixture, floats, whole_numbers
from .words import short

MOST_EXACT = 8  # components that `best_assignment` matches by itself
MOST_LABELS = 5000  # a table of all pairs of labels must fit into memory


def match_labels(labels, reference, n_components=None) -> np.ndarray:
    """Find the renaming of labels that agrees with the reference labels on the most points.

    labels, reference (N,) hold whole numbers from 0; returns `names` (K,), so that
    `names[labels]` speaks the reference's language.
    """
    labels, reference = whole_numbers("labels", labels), whole_numbers("reference", reference)
    if labels.shape != reference.shape or labels.ndim != 1 or not len(labels):
        raise ValueError(
            f"labels and reference must be vectors of one length, got {labels.shape} and {reference.shape}"
        )
    K = int(max(labels.max(), reference.max())) + 1
    if n_components is not None:
        if check_count("n_components", n_components) < K:
            raise ValueError(
                f"the labels go up to {K - 1}, so n_components must be at least {K}, got {n_components}"
            )
        K = n_components
    if K > MOST_LABELS:
        raise ValueError(f"the labels go up to {K - 1}; number the groups 0, 1, 2, ... without gaps first")
    agreement = np.zeros((K, K))
    np.add.at(agreement, (labels, reference), 1)
    return best_assignment(agreement)


@np.errstate(under="ignore")
def match_components(mixture, reference) -> np.ndarray:
    """Order (K,) in which `mixture.permuted(order)` is nearest to the reference, component by component.

    Near are means, and covariances where means are equal, measured in the deviations of the whole
    reference mixture, so that the columns' units do not matter.
    """
    mixture, reference = check_mixture(mixture), check_mixture(reference, "reference")
    if mixture.means.shape != reference.means.shape:
        raise ValueError(
            f"the mixtures differ in K or D: means of {mixture.means.shape} and {reference.means.shape}"
        )
    unit = _deviations(reference)  # (D,)
    means = (reference.means[:, np.newaxis] - mixture.means) / unit  # (K, K, D)
    units = unit * unit[:, np.newaxis]
    covariances = (reference.covariances[:, np.newaxis] - mixture.covariances) / units  # (K, K, D, D)
    return best_assignment(-np.sum(means**2, axis=2) - np.sum(covariances**2, axis=(2, 3)))


def best_assignment(gain) -> np.ndarray:
    """Give each row of gain (K, K) a column of its own so that the sum is largest; returns columns (K,).

    Exact. Up to K = 8 by dynamic programming over the sets of columns used so far, K 2^K sums; above
    by SciPy, in K^3 steps.
    """
    gain = floats("gain", gain)
    if gain.ndim != 2 or gain.shape[0] != gain.shape[1] or not np.isfinite(gain).all():
        raise ValueError(f"gain must be finite numbers of shape (K, K), got {short(gain)}")
    K = len(gain)
    if K > MOST_EXACT:
        return _best_assignment_by_scipy(gain)
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
    return np.array(best[2**K - 1][1], dtype=np.intp)


def _best_assignment_by_scipy(gain):
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise ImportError(
            f"matching more than {MOST_EXACT} components, here {len(gain)}, needs SciPy: pip install scipy"
        ) from None
    return linear_sum_assignment(gain, maximize=True)[1]


def _deviations(mixture):
    """Standard deviations (D,) of a mixture's points, all components together."""
    weights, means, covariances = mixture
    offsets = means - weights @ means
    return np.sqrt(weights @ (covariances.diagonal(axis1=1, axis2=2) + offsets**2))

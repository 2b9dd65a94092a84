"""The half-steps of `vectorized`, made to hold at any scale: in blocks of rows, in units of volume.

A density is a probability per volume. Here the volume of component A is the unit, so that no digit
depends on the unit of X; squares beyond float64 count as an infinite distance; a point that no
component reaches is shared equally; and what is at work is small enough for a core to keep at hand.
"""

import numpy as np

from ..arguments import own_errstate
from ..gaussian import LOG_2PI, cholesky
from ..params import Mixture, check_soft_counts, constrain
from .softmax import SMALLEST_LOG, softmax


def row_blocks(n_rows: int, n_columns: int, n_numbers: int = 2**16) -> list[slice]:
    """Slices that cut n_rows into blocks of about n_numbers numbers: a core keeps those at hand."""
    size = max(512, n_numbers // n_columns)
    return [slice(begin, min(begin + size, n_rows)) for begin in range(0, n_rows, size)]


def cholesky_factors(covariances: np.ndarray) -> np.ndarray:
    """`cholesky` of each of K covariances (K, D, D); `Collapsed` names the first that has no L."""
    try:
        return np.linalg.cholesky(covariances)
    except np.linalg.LinAlgError:
        return np.array([cholesky(covariance, k) for k, covariance in enumerate(covariances)])


@own_errstate
def e_step(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    """Responsibilities (N, K), stored by component, and the log-likelihood of this mixture."""
    joint, log_unit = log_joint_in_units(X, mixture)
    log_likelihood = softmax(joint.T)  # joint now holds the responsibilities
    return joint, float(log_likelihood - len(joint) * log_unit)


@own_errstate
def m_step(
    X: np.ndarray, responsibilities: np.ndarray, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
    """The Mixture that fits responsibilities (N, K) best; `Collapsed` at an empty component."""
    columns = X.T  # (D, N)
    N = len(X)
    soft_counts = responsibilities.sum(axis=0)  # (K,)
    check_soft_counts(soft_counts, N)
    means = (columns @ responsibilities).T / soft_counts[:, np.newaxis]  # (K, D)
    covariances = spreads(X, responsibilities, means) / soft_counts[:, np.newaxis, np.newaxis]
    weights = soft_counts / N
    return Mixture.unchecked(weights, means, constrain(weights, covariances, covariance_type, reg_covar))


def spreads(X: np.ndarray, responsibilities: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Sums of share times offset times offset, about each mean (K, D): (K, D, D)."""
    columns, (K, D) = X.T, means.shape
    sums = np.zeros((K, D, D))
    for rows in row_blocks(len(X), D):
        for k, mean in enumerate(means):
            offsets = columns[:, rows] - mean[:, np.newaxis]  # (D, n)
            sums[k] += (responsibilities[rows, k] * offsets) @ offsets.T
    return sums


def entropy(responsibilities: np.ndarray) -> float:
    """The sum of -r log r over responsibilities (N, K); what `softmax` clips counts as 0."""
    return float(_bound(np.zeros_like(responsibilities), responsibilities))


def log_joint_in_units(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    """`mixture.log_joint` + log V (N, K), and log V: the volume of component A is the unit of volume."""
    columns, (K, D) = X.T, mixture.means.shape
    units = np.ldexp(1.0, np.frexp(mixture.covariances.diagonal(axis1=1, axis2=2))[1] // 2)  # (K, D)
    factors = cholesky_factors(mixture.covariances / units[:, :, np.newaxis] / units[:, np.newaxis])
    whiteners = np.linalg.inv(factors) / units[:, np.newaxis]
    joint = np.empty((K, len(X)))
    for rows in row_blocks(len(X), D):
        for k in range(K):
            y = whiteners[k] @ (columns[:, rows] - mixture.means[k][:, np.newaxis])  # (D, n)
            np.einsum("dn,dn->n", y, y, out=joint[k, rows])
    lengths = factors.diagonal(axis1=1, axis2=2) * units  # (K, D)
    log_volumes = np.log(lengths / lengths[0]).sum(axis=1)
    joint *= -0.5
    joint += (np.log(mixture.weights) - log_volumes)[:, np.newaxis]
    return joint.T, np.log(lengths[0]).sum() + 0.5 * D * LOG_2PI


@own_errstate
def log_likelihood(X: np.ndarray, mixture: Mixture) -> float:
    """`mixture.log_likelihood`."""
    return e_step(X, mixture)[1]


@own_errstate
def elbo(X: np.ndarray, mixture: Mixture, responsibilities: np.ndarray) -> float:
    """`mixture.elbo`."""
    joint, log_unit = log_joint_in_units(X, mixture)
    joint -= log_unit
    return float(sum(_bound(joint[rows], responsibilities[rows]) for rows in row_blocks(*joint.shape)))


def _bound(joint, r):
    held = r > np.exp(SMALLEST_LOG)  # what `softmax` clips counts as 0
    gaps = np.zeros_like(joint)
    np.log(r, where=held, out=gaps)
    np.subtract(joint, gaps, where=held, out=gaps)
    return np.sum(r * gaps)

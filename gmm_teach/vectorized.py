"""EM for a Gaussian mixture in arrays: the loops of `loops.py`, handed to NumPy."""

import numpy as np

from .arguments import check_responsibilities, own_errstate
from .mixture import log_joint
from .params import Mixture, check_soft_counts, constrain
from .validate import check_data


@own_errstate
def e_step(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    """How responsible is each component for each point? (PRML 9.23)

    X (N, D); returns responsibilities (N, K), the r_ik of document C, and the
    log-likelihood of this mixture.
    """
    joint = log_joint(X, mixture)  # (N, K)
    largest = joint.max(axis=1, keepdims=True)  # (N, 1)
    shares = np.exp(joint - largest)  # (N, K), the largest of each row is 1
    total = shares.sum(axis=1, keepdims=True)  # (N, 1)
    responsibilities = shares / total
    log_likelihood = float((largest + np.log(total)).sum())
    return responsibilities, log_likelihood


@own_errstate
def m_step(
    X: np.ndarray, responsibilities: np.ndarray, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
    """Which parameters fit these responsibilities best? (PRML 9.24-9.26)

    X (N, D), responsibilities (N, K) (document C's r_ik); returns a Mixture. The
    covariance is about the *new* mean. Raises `Collapsed` at an empty component.
    """
    X = check_data(X)
    r = check_responsibilities(responsibilities, len(X))
    (N, D), K = X.shape, r.shape[1]

    soft_counts = r.sum(axis=0)  # (K,)
    check_soft_counts(soft_counts, N)
    weights = soft_counts / N
    means = r.T @ X / soft_counts[:, np.newaxis]  # (K, D)

    covariances = np.zeros((K, D, D))
    for k in range(K):
        offsets = X - means[k]  # (N, D)
        covariances[k] = (r[:, k] * offsets.T) @ offsets / soft_counts[k]
    return Mixture.unchecked(weights, means, constrain(weights, covariances, covariance_type, reg_covar))

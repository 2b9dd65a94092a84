"""EM for a Gaussian mixture in arrays: the loops of `loops.py`, handed to NumPy."""

import numpy as np

from .mixture import log_joint_in_units, row_blocks, softmax
from .params import Mixture, constrain, soft_counts
from .validate import as_data


def e_step(X, mixture):
    """How responsible is each component for each point? (PRML 9.23)

    X (N, D); returns responsibilities (N, K), the r_ik of document C, and the
    log-likelihood of this mixture.
    """
    joint, log_unit = log_joint_in_units(X, mixture)  # (N, K)
    log_px = softmax(joint.T)  # (N,); joint now holds the responsibilities
    return joint, float(log_px.sum() - len(joint) * log_unit)


def m_step(X, responsibilities, covariance_type="full", reg_covar=0.0):
    """Which parameters fit these responsibilities best? (PRML 9.24-9.26)

    X (N, D), responsibilities (N, K) (document C's r_ik); returns a Mixture. The
    covariance is about the *new* mean. Raises `Collapsed` at an empty component.
    """
    columns = as_data(X).T  # (D, N)
    D, N = columns.shape
    counts = soft_counts(responsibilities)  # (K,)
    weights = counts / N
    means = (columns @ responsibilities).T / counts[:, np.newaxis]  # (K, D)
    covariances = np.zeros((len(counts), D, D))
    for rows in row_blocks(N, D):
        for k, mean in enumerate(means):
            offsets = columns[:, rows] - mean[:, np.newaxis]  # (D, n)
            covariances[k] += (responsibilities[rows, k] * offsets) @ offsets.T
    covariances /= counts[:, np.newaxis, np.newaxis]
    return Mixture.unchecked(weights, means, constrain(weights, covariances, covariance_type, reg_covar))

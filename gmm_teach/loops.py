"""EM for a Gaussian mixture in plain loops: the specification that every other engine is held to.

Each sum of the lesson is one loop. Nothing here is broadcast; read it beside the equations.
"""

from math import exp, inf, log, pi

import numpy as np

from .arguments import check_points, check_responsibilities, own_errstate
from .gaussian import cholesky
from .params import Mixture, check_covariance_type, check_soft_counts
from .validate import check_data, check_mixture


@own_errstate
def e_step(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    """How responsible is each component for each point? (PRML 9.23)

    X (N, D); returns responsibilities (N, K), the r_ik of document C, and the
    log-likelihood of this mixture.
    """
    weights, means, covariances = check_mixture(mixture)
    X = check_points(X, means.shape[1])
    N, K = len(X), len(weights)
    factors = [cholesky(covariances[k], k) for k in range(K)]
    responsibilities = np.zeros((N, K))
    log_likelihood = 0.0
    for i in range(N):
        log_joint = [0.0] * K
        for k in range(K):
            log_weight = log(weights[k]) if weights[k] > 0 else -inf
            log_joint[k] = log_weight + log_gaussian(X[i], means[k], factors[k])

        largest = max(log_joint)
        total = 0.0
        for k in range(K):
            responsibilities[i, k] = exp(log_joint[k] - largest)
            total += responsibilities[i, k]
        for k in range(K):
            responsibilities[i, k] /= total
        log_likelihood += largest + log(total)
    return responsibilities, log_likelihood


def log_gaussian(x: np.ndarray, mean: np.ndarray, L: np.ndarray) -> float:
    """log N(x | mean, L L^T) of one point (D,), by forward substitution: L y = x - mean (PRML 2.43)."""
    D = len(x)
    y = [0.0] * D
    result = -0.5 * D * log(2 * pi)
    for a in range(D):
        y[a] = x[a] - mean[a]
        for b in range(a):
            y[a] -= L[a, b] * y[b]
        y[a] /= L[a, a]
        result -= log(L[a, a]) + 0.5 * y[a] ** 2
    return result


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
    soft_counts = np.zeros(K)
    weights = np.zeros(K)
    means = np.zeros((K, D))
    covariances = np.zeros((K, D, D))

    for k in range(K):
        for i in range(N):
            soft_counts[k] += r[i, k]
        weights[k] = soft_counts[k] / N
    check_soft_counts(soft_counts, N)

    for k in range(K):
        for a in range(D):
            for i in range(N):
                means[k, a] += r[i, k] * X[i, a]
            means[k, a] /= soft_counts[k]

    for k in range(K):
        for a in range(D):
            for b in range(D):
                for i in range(N):
                    covariances[k, a, b] += r[i, k] * ((X[i, a] - means[k, a]) * (X[i, b] - means[k, b]))
                covariances[k, a, b] /= soft_counts[k]

    covariances = constrain(weights, covariances, covariance_type)
    for k in range(K):
        for a in range(D):
            covariances[k, a, a] += reg_covar
    return Mixture.unchecked(weights, means, covariances)


def constrain(weights: np.ndarray, covariances: np.ndarray, covariance_type: str) -> np.ndarray:
    """Give full covariances (K, D, D) the shape of a covariance type."""
    check_covariance_type(covariance_type)
    if covariance_type == "full":
        return covariances
    K, D, _ = covariances.shape
    result = np.zeros((K, D, D))
    for k in range(K):
        for a in range(D):
            if covariance_type == "diag":
                result[k, a, a] = covariances[k, a, a]
            for b in range(D):
                if covariance_type == "spherical":
                    result[k, a, a] += covariances[k, b, b] / D
                if covariance_type == "tied":
                    for j in range(K):
                        result[k, a, b] += weights[j] * covariances[j, a, b]
    return result

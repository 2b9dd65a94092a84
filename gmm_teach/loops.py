"""EM for a Gaussian mixture in plain loops: the specification that every other engine is held to.

Each sum of the lesson is one loop. Nothing here is broadcast; read it beside the equations.
"""

from math import exp, log, pi

import numpy as np

from .gaussian import cholesky
from .params import Mixture, check_covariance_type, check_soft_counts
from .validate import as_data


def e_step(X, mixture):
    """How responsible is each component for each point? (PRML 9.23)

    X (N, D); returns responsibilities (N, K), the r_ik of document C, and the
    log-likelihood of this mixture.
    """
    X = as_data(X)
    weights, means, covariances = mixture
    (N, D), K = X.shape, len(weights)
    factors = [cholesky(covariances[k], k) for k in range(K)]
    unit = factors[0].diagonal()  # of length, one for each coordinate
    responsibilities = np.zeros((N, K))
    log_likelihood = 0.0
    for i in range(N):
        log_joint = [0.0] * K
        for k in range(K):
            log_weight = log(weights[k]) if weights[k] > 0 else -np.inf
            log_joint[k] = log_weight + log_density(X[i], means[k], factors[k], unit)

        largest = max(log_joint)
        total = 0.0
        for k in range(K):  # the largest counts 1, even where every density is 0
            responsibilities[i, k] = exp(log_joint[k] - largest) if log_joint[k] < largest else 1.0
            total += responsibilities[i, k]
        for k in range(K):
            responsibilities[i, k] /= total
        log_likelihood += largest + log(total)
    for a in range(D):
        log_likelihood -= N * log(unit[a])
    return responsibilities, log_likelihood


def log_density(x, mean, L, unit):
    """log N(x | mean, L L^T) of one point (D,), by forward substitution: L y = x - mean.

    A density is a probability per volume. Lengths are measured in a `unit` (D,), so that the
    result's digits do not depend on the unit of x.
    """
    D = len(x)
    y = [0.0] * D
    result = 0.0
    for a in range(D):
        rest = x[a] - mean[a]
        for b in range(a):
            rest -= L[a, b] * y[b]
        y[a] = rest / L[a, a]
        result -= 0.5 * y[a] ** 2 + log(L[a, a] / unit[a]) + 0.5 * log(2 * pi)
    return result


def m_step(X, responsibilities, covariance_type="full", reg_covar=0.0):
    """Which parameters fit these responsibilities best? (PRML 9.24-9.26)

    X (N, D), responsibilities (N, K) (document C's r_ik); returns a Mixture. The
    covariance is about the *new* mean. Raises `Collapsed` at an empty component.
    """
    X = as_data(X)
    N, D = X.shape
    K = responsibilities.shape[1]
    soft_counts = np.zeros(K)
    weights = np.zeros(K)
    means = np.zeros((K, D))
    covariances = np.zeros((K, D, D))

    for k in range(K):
        for i in range(N):
            soft_counts[k] += responsibilities[i, k]
        weights[k] = soft_counts[k] / N
    check_soft_counts(soft_counts, N)

    for k in range(K):
        for a in range(D):
            for i in range(N):
                means[k, a] += responsibilities[i, k] * X[i, a]
            means[k, a] /= soft_counts[k]

    for k in range(K):
        for a in range(D):
            for b in range(D):
                for i in range(N):
                    offset_a = X[i, a] - means[k, a]
                    offset_b = X[i, b] - means[k, b]
                    covariances[k, a, b] += responsibilities[i, k] * offset_a * offset_b
                covariances[k, a, b] /= soft_counts[k]

    covariances = constrain(weights, covariances, covariance_type)
    for k in range(K):
        for a in range(D):
            covariances[k, a, a] += reg_covar
    return Mixture.unchecked(weights, means, covariances)


def constrain(weights, covariances, covariance_type):
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

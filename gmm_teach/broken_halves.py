"""Half-steps of EM with one fault each: slips to be found by their films and traces."""

import numpy as np

from . import vectorized
from .params import Mixture


class OldMean:
    """M-step: the covariance is about the mean of the step before; `means` (K, D) are the start's."""

    def __init__(self, means):
        self.means = means

    def __call__(self, X, responsibilities, *constraint) -> Mixture:
        right = vectorized.m_step(X, responsibilities, *constraint)
        moved = right.means - self.means
        self.means = right.means
        covariances = right.covariances + moved[:, :, np.newaxis] * moved[:, np.newaxis, :]
        return Mixture.unchecked(right.weights, right.means, covariances)


class Stale:
    """E-step: responsibilities are made once, and kept."""

    responsibilities = None

    def __call__(self, X, mixture) -> np.ndarray:
        if self.responsibilities is None:
            self.responsibilities, _ = vectorized.e_step(X, mixture)
        return self.responsibilities


class FrozenWeights:
    """M-step: the weights stay those of the start, (K,)."""

    def __init__(self, weights):
        self.weights = weights

    def __call__(self, X, responsibilities, *constraint) -> Mixture:
        right = vectorized.m_step(X, responsibilities, *constraint)
        return Mixture.unchecked(self.weights, right.means, right.covariances)


def without_prior(X, mixture) -> np.ndarray:
    """E-step: densities in place of weight times density; returns (N, K)."""
    equal = np.full(mixture.n_components, 1 / mixture.n_components)
    return vectorized.e_step(X, Mixture.unchecked(equal, mixture.means, mixture.covariances))[0]


def over_points(X, mixture) -> np.ndarray:
    """E-step: normalised down each column, over the points, in place of along each row; returns (N, K)."""
    joint = vectorized.log_joint(X, mixture)
    shares = np.exp(joint - joint.max(axis=0))
    return shares / shares.sum(axis=0)


def hard(X, mixture) -> np.ndarray:
    """E-step: each point goes whole to its likeliest component; returns (N, K)."""
    shares = vectorized.e_step(X, mixture)[0]
    return np.eye(mixture.n_components)[shares.argmax(axis=1)]


def own_share_only(X, responsibilities, *constraint) -> Mixture:
    """M-step: weights N_k / N_k in place of N_k / N."""
    right = vectorized.m_step(X, responsibilities, *constraint)
    return Mixture.unchecked(np.ones(right.n_components), right.means, right.covariances)


def not_divided(X, responsibilities, *constraint) -> Mixture:
    """M-step: the covariance is a sum, not divided by N_k."""
    right = vectorized.m_step(X, responsibilities, *constraint)
    covariances = right.covariances * _counts(responsibilities)
    return Mixture.unchecked(right.weights, right.means, covariances)


def one_less(X, responsibilities, *constraint) -> Mixture:
    """M-step: the covariance is divided by N_k - 1."""
    right, counts = vectorized.m_step(X, responsibilities, *constraint), _counts(responsibilities)
    return Mixture.unchecked(right.weights, right.means, right.covariances * counts / (counts - 1))


def upright(X, responsibilities, *constraint) -> Mixture:
    """M-step: variances only, and 0 off the diagonal of each covariance."""
    right = vectorized.m_step(X, responsibilities, *constraint)
    return Mixture.unchecked(right.weights, right.means, right.covariances * np.eye(X.shape[1]))


def floor_twice(X, responsibilities, covariance_type="full", reg_covar=0.0) -> Mixture:
    """M-step: the floor reg_covar is added to every variance twice."""
    return vectorized.m_step(X, responsibilities, covariance_type, 2 * reg_covar)


def _counts(responsibilities):
    return responsibilities.sum(axis=0)[:, np.newaxis, np.newaxis]

"""What a mixture says of data: densities, responsibilities, the bound, and new samples."""

import numpy as np

from .arguments import check_points, check_responsibilities, own_errstate, responsibilities_of
from .arrays import floats
from .gaussian import cholesky, log_gaussian, log_sum_exp
from .params import Mixture
from .validate import check_count, check_data, check_mixture, check_rng


@own_errstate
def log_joint(X: np.ndarray, mixture: Mixture) -> np.ndarray:
    """log pi_k + log N(x_n | mu_k, Sigma_k) for X (N, D); returns (N, K).

    Raises ValueError when X and the mixture differ in D, `Collapsed` for a singular covariance.
    """
    mixture = check_mixture(mixture)
    X = check_points(X, mixture.n_features)
    components = zip(*mixture, strict=True)
    return np.array([np.log(weight) + log_gaussian(X, mean, S) for weight, mean, S in components]).T


def log_density(X: np.ndarray, mixture: Mixture) -> np.ndarray:
    """log p(x_n) = log sum_k pi_k N(x_n | mu_k, Sigma_k) for every row of X; returns (N,) (PRML 9.7)."""
    return log_sum_exp(log_joint(check_data(X), mixture), axis=1)


def log_likelihood(X: np.ndarray, mixture: Mixture) -> float:
    """Log-likelihood of X in nats: the sum of `log_density` over the points (PRML 9.14).

    >>> mixture = Mixture([0.5, 0.5], means=[[0], [4]], covariances=[[[1]], [[1]]])
    >>> round(log_likelihood([-1.0, 0.5, 4.2], mixture), 4)
    -5.4786
    """
    return float(log_density(X, mixture).sum())


@own_errstate
def responsibilities(X: np.ndarray, mixture: Mixture) -> np.ndarray:
    """p(z_n = k | x_n) for X (N, D); returns (N, K), rows sum to 1 (PRML 9.13).

    >>> mixture = Mixture([0.5, 0.5], means=[[0], [4]], covariances=[[[1]], [[1]]])
    >>> responsibilities([0.0, 2.0], mixture).round(4).tolist()
    [[0.9997, 0.0003], [0.5, 0.5]]
    """
    joint = log_joint(check_data(X), mixture)
    shares = np.exp(joint - joint.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def entropy(responsibilities: np.ndarray) -> np.ndarray:
    """-sum_k r_nk log r_nk of each row of (N, K), in nats, with 0 log 0 = 0; returns (N,)."""
    r = floats("responsibilities", responsibilities_of(responsibilities), copy=False)
    return -(r * np.log(np.where(r > 0, r, 1.0))).sum(axis=-1)


@own_errstate
def elbo(X: np.ndarray, mixture: Mixture, responsibilities: np.ndarray) -> float:
    """The lower bound sum_nk r_nk (log_joint_nk - log r_nk), with 0 log 0 = 0 (PRML 9.71).

    Never above `log_likelihood(X, mixture)`; equal to it when r are this mixture's own. X (N, D),
    responsibilities (N, K); raises ValueError where they are no probabilities.
    """
    X, mixture = check_data(X), check_mixture(mixture)
    r = check_responsibilities(responsibilities, len(X), mixture.n_components)
    joint = np.where(r > 1e-300, log_joint(X, mixture), 0.0)  # less counts as nothing
    return float((r * joint).sum() + entropy(r).sum())


def sample(mixture: Mixture, n: int, rng: np.random.Generator | int | None) -> tuple[np.ndarray, np.ndarray]:
    """Draw n points in two steps, z from the weights, then x from component z; returns X (n, D), z (n,).

    `rng` is a numpy Generator, or a whole number to make one from. The same state gives the same
    points as `sample_loops`.

    >>> X, z = sample(Mixture([0.5, 0.5], [[0], [100]], [[[1]], [[1]]]), 5, rng=0)
    >>> z.tolist(), X[:, 0].round(1).tolist()
    ([1, 0, 0, 0, 1], [100.4, 1.3, 0.9, -0.7, 98.7])
    """
    mixture, n, rng = check_mixture(mixture), check_count("n", n, smallest=0), check_rng(rng)
    K, D = mixture.means.shape
    z = rng.choice(K, size=n, p=mixture.weights)
    noise = rng.standard_normal((n, D))
    X = np.empty((n, D))
    for k in range(K):
        L = cholesky(mixture.covariances[k], k)
        X[z == k] = mixture.means[k] + (L * noise[z == k, np.newaxis]).sum(axis=2)  # L @ e for each e
    return X, z


def sample_loops(
    mixture: Mixture, n: int, rng: np.random.Generator | int | None
) -> tuple[np.ndarray, np.ndarray]:
    """`sample`, one point at a time: first every label, then every point."""
    mixture, n, rng = check_mixture(mixture), check_count("n", n, smallest=0), check_rng(rng)
    K, D = mixture.means.shape
    z = np.zeros(n, dtype=int)
    X = np.zeros((n, D))
    for i in range(n):
        z[i] = rng.choice(K, p=mixture.weights)
    for i in range(n):
        L = cholesky(mixture.covariances[z[i]], z[i])
        noise = rng.standard_normal(D)
        X[i] = mixture.means[z[i]] + (L * noise).sum(axis=1)  # L @ noise, each row by itself
    return X, z

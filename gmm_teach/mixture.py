"""What a mixture says of data: densities, responsibilities, the bound, and new samples."""

import numpy as np

from .gaussian import LOG_2PI, cholesky, cholesky_factors, log_sum_exp, squared_distance
from .validate import as_data, check_count, check_data, floats

LOWEST = np.finfo(np.float64).min
SMALLEST_LOG = -700.0  # exp of less than -708 is a denormal number, which costs 100 times a normal one


def row_blocks(n_rows, n_columns, n_numbers=2**16):
    """Slices that cut n_rows into blocks of about n_numbers numbers: a core keeps those at hand."""
    size = max(512, n_numbers // n_columns)
    return [slice(begin, min(begin + size, n_rows)) for begin in range(0, n_rows, size)]


def log_joint(X, mixture):
    """log pi_k + log N(x_n | mu_k, Sigma_k) for X (N, D); returns (N, K), stored by component.

    Raises ValueError when X and the mixture differ in D, `Collapsed` for a singular covariance.
    """
    joint, log_unit = log_joint_in_units(X, mixture)
    joint -= log_unit
    return joint


def log_joint_in_units(X, mixture):
    """`log_joint` + log V (N, K), and log V: the volume of component A is the unit of volume.

    A density is a probability per volume. In this unit its digits do not depend on the unit of X.
    """
    X = as_data(X)
    columns, (K, D) = X.T, mixture.means.shape
    if X.ndim != 2 or X.shape[1] != D:
        raise ValueError(f"X has shape {X.shape}; this mixture is for (N, {D})")
    factors = cholesky_factors(mixture.covariances)
    whiteners = np.linalg.inv(factors)
    joint = np.empty((K, len(X)))
    for rows in row_blocks(len(X), D):
        for k in range(K):
            joint[k, rows] = squared_distance(columns[:, rows], mixture.means[k], whiteners[k])
    with np.errstate(divide="ignore"):
        log_weights = np.log(mixture.weights)
    lengths = factors.diagonal(axis1=1, axis2=2)  # (K, D)
    log_volumes = np.log(lengths / lengths[0]).sum(axis=1)
    joint *= -0.5
    joint += (log_weights - log_volumes)[:, np.newaxis]
    return joint.T, np.log(lengths[0]).sum() + 0.5 * D * LOG_2PI


def log_density(X, mixture):
    """log p(x_n) = log sum_k pi_k N(x_n | mu_k, Sigma_k) for every row of X; returns (N,) (PRML 9.7)."""
    return log_sum_exp(log_joint(check_data(X), mixture), axis=1)


def log_likelihood(X, mixture):
    """Log-likelihood of X in nats: the sum of `log_density` over the points (PRML 9.14)."""
    return float(log_density(X, mixture).sum())


def responsibilities(X, mixture):
    """p(z_n = k | x_n) for X (N, D); returns (N, K), rows sum to 1 (PRML 9.13)."""
    joint, _ = log_joint_in_units(check_data(X), mixture)
    softmax(joint.T)
    return joint


def softmax(joint):
    """Turn log joint densities by component (K, N) into responsibilities, in place.

    Returns what was divided out, log p(x_n) (N,). The largest becomes exp(1), not exp(0): C
    libraries take a slow path for the exponential of 0 and for the logarithm near 1. NumPy's `clip`
    with two bounds runs in vectors, its `maximum` with one does not. A point of density 0 in every
    component is shared equally.
    """
    shift = joint.max(axis=0) - 1.0
    joint -= shift.clip(LOWEST, np.inf)
    np.exp(joint.clip(SMALLEST_LOG, np.inf, out=joint), out=joint)
    total = joint.sum(axis=0)
    joint /= total
    return shift + np.log(total)


def entropy(responsibilities):
    """Entropy of each row of responsibilities (N, K) in nats, with 0 log 0 = 0; returns (N,)."""
    return -np.sum(responsibilities * np.log(np.where(responsibilities > 0, responsibilities, 1.0)), axis=-1)


def elbo(X, mixture, responsibilities):
    """The lower bound sum_nk r_nk (log_joint_nk - log r_nk), with 0 log 0 = 0 (PRML 9.71).

    Never above `log_likelihood(X, mixture)`; equal to it when r are this mixture's own. X (N, D),
    responsibilities (N, K); raises ValueError for another shape.
    """
    X, r = check_data(X), floats("responsibilities", responsibilities)
    if r.shape != (len(X), mixture.n_components):
        raise ValueError(
            f"responsibilities must have shape (N, K) = {len(X), mixture.n_components}, got {r.shape}"
        )
    return lower_bound(X, mixture, r)


def lower_bound(X, mixture, r):
    """`elbo` of arrays that need no check."""
    joint = log_joint(X, mixture)
    return float(sum(bound_of_rows(joint[rows], r[rows]) for rows in row_blocks(*r.shape)))


def bound_of_rows(joint, r):
    """`lower_bound` of the rows whose `log_joint` and responsibilities these are."""
    held = r > np.exp(SMALLEST_LOG)  # what `softmax` clips counts as 0
    gaps = np.zeros_like(r)
    np.log(r, where=held, out=gaps)
    np.subtract(joint, gaps, where=held, out=gaps)
    return np.sum(r * gaps)


def sample(mixture, n, rng):
    """Draw n points in two steps, z from the weights, then x from component z; returns X (n, D), z (n,).

    `rng` is a numpy Generator. The same state gives the same points as `sample_loops`.
    """
    n = check_count("n", n, smallest=0)
    z = _pick(mixture.weights, rng.random(n))
    noise = rng.standard_normal((n, mixture.n_features))
    X = np.empty_like(noise)
    for k in range(mixture.n_components):
        members = z == k
        X[members] = mixture.means[k] + _stretch(noise[members], cholesky(mixture.covariances[k], k))
    return X, z


def sample_loops(mixture, n, rng):
    """`sample`, one point at a time: first every label, then every point."""
    D = mixture.n_features
    z = np.zeros(n, dtype=int)
    X = np.zeros((n, D))
    for i in range(n):
        z[i] = _pick(mixture.weights, rng.random())
    for i in range(n):
        k = z[i]
        X[i] = mixture.means[k] + _stretch(rng.standard_normal(D), cholesky(mixture.covariances[k], k))
    return X, z


def _stretch(noise, L):
    """L @ noise for noise (..., D), summed in one order: a matrix product rounds one row unlike many."""
    return sum(noise[..., d, np.newaxis] * L[:, d] for d in range(len(L)))


def _pick(weights, u):
    """The component whose stretch of the interval [0, 1), cut up by the weights, holds u."""
    ends = np.cumsum(weights)
    return np.searchsorted(ends / ends[-1], u, side="right")

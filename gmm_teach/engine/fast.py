"""EM for a Gaussian mixture as a softmax between two matrix products, in blocks of rows.

With features phi(x) = (1, x_a, x_a x_b for a <= b), log pi_k N(x | mu_k, Sigma_k) is linear:
theta_k . phi(x). So an E-step is one product and a softmax, and an M-step needs no more than
the sums of r_nk phi(x_n). Those sums add up over blocks of rows, or over machines: map
`sufficient_statistics` over the blocks, add, and finish with `mixture_from_statistics`.

Squares lose digits far from the origin, so rows are standardised first, and when a standardised
component is still narrow or far away (`conditioning` above 1e5) the call is handed over to
`vectorized`, which subtracts each mean before it squares. Up to that limit, measured on 3000
random problems, responsibilities are right to 1e-13, covariances to 1e-10 of their own widths.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .. import vectorized
from ..gaussian import LOG_2PI, cholesky_factors
from ..mixture import lower_bound, row_blocks, softmax
from ..params import Collapsed, Mixture, check_soft_counts, constrain
from ..validate import as_data

CONDITIONING_LIMIT = 1e5
BLOCK_NUMBERS = 3 * 2**15  # in a block of features: 800 kB, which a core keeps at hand


class Parameters(NamedTuple):
    """Natural parameters: theta (K, P) for the features of (x - origin) * scale.

    `conditioning` says how many times rounding grows when these features are squared and summed:
    trace of a standardised precision times squared distance from the origin, worst component.
    """

    theta: np.ndarray
    origin: np.ndarray
    scale: np.ndarray
    conditioning: float


class Room(NamedTuple):
    """Memory that blocks of rows write over: features (P, n) and responsibilities (K, n)."""

    features: np.ndarray
    shares: np.ndarray


class Statistics(NamedTuple):
    """Sums over rows: moments (K, P) of the responsibilities times the features, and the scores.

    The log-likelihood is that of the parameters that made the responsibilities. `a + b` holds the
    statistics of both sets of rows.
    """

    moments: np.ndarray
    log_likelihood: float
    n_rows: int
    origin: np.ndarray
    scale: np.ndarray

    def __add__(self, other):
        return self._replace(
            moments=self.moments + other.moments,
            log_likelihood=self.log_likelihood + other.log_likelihood,
            n_rows=self.n_rows + other.n_rows,
        )


def e_step(X, mixture):
    """`vectorized.e_step`, in blocks: returns responsibilities (N, K) and the log-likelihood."""
    X = as_data(X)
    parameters = well_conditioned(mixture, *standardization(X))
    if parameters is None:
        return vectorized.e_step(X, mixture)
    by_component = np.empty((mixture.n_components, len(X)))
    log_likelihood = 0.0
    room = make_room(*X.shape)
    for rows, phi in feature_blocks(X, parameters.origin, parameters.scale, room):
        by_component[:, rows] = parameters.theta @ phi
        log_likelihood += softmax(by_component[:, rows]).sum()
    return by_component.T, float(log_likelihood + len(X) * np.log(parameters.scale).sum())


def m_step(X, responsibilities, covariance_type="full", reg_covar=0.0):
    """`vectorized.m_step`, in blocks: X (N, D), responsibilities (N, K); returns a Mixture."""
    X = as_data(X)
    origin, scale = standardization(X)
    moments = 0.0
    for rows, phi in feature_blocks(X, origin, scale, make_room(*X.shape)):
        moments += responsibilities[rows].T @ phi.T
    statistics = Statistics(moments, np.nan, len(X), origin, scale)
    mixture = mixture_from_statistics(statistics, covariance_type, reg_covar)
    if well_conditioned(mixture, origin, scale) is None:
        return vectorized.m_step(X, responsibilities, covariance_type, reg_covar)
    return mixture


def fused_step(X, mixture, parameters, covariance_type="full", reg_covar=0.0, room=None):
    """One E-step and one M-step that never make the N x K responsibilities.

    `parameters` are the natural parameters of `mixture` for standardised data; `room`, from
    `make_room`, saves taking fresh memory in every step. Returns the next Mixture, its parameters,
    the log-likelihood of `mixture`, and the bound after the M-step.
    """
    if parameters.conditioning <= CONDITIONING_LIMIT:
        statistics = sufficient_statistics(X, parameters, room)
        following = mixture_from_statistics(statistics, covariance_type, reg_covar)
        new = well_conditioned(following, parameters.origin, parameters.scale)
        if new is not None:
            gain = float(np.vdot(new.theta - parameters.theta, statistics.moments))
            return following, new, statistics.log_likelihood, statistics.log_likelihood + gain
    responsibilities, log_likelihood = vectorized.e_step(X, mixture)
    following = vectorized.m_step(X, responsibilities, covariance_type, reg_covar)
    new = natural_parameters(following, parameters.origin, parameters.scale)
    return following, new, log_likelihood, lower_bound(X, following, responsibilities)


@np.errstate(divide="ignore", over="ignore", invalid="ignore")  # weight 0; a mean too far to square
def natural_parameters(mixture, origin=0.0, scale=1.0):
    """Return theta such that theta_k . phi(z) = log pi_k N(z | component k), z = (x - origin) * scale.

    The density of x itself is larger by the factor prod(scale). origin and scale are (D,), or one
    number for all coordinates. Raises `Collapsed` at a singular covariance.
    """
    weights, means, covariances = mixture
    D = means.shape[1]
    origin, scale = origin + np.zeros(D), scale + np.zeros(D)
    means = (means - origin) * scale  # (K, D)
    covariances = covariances * (scale * scale[:, np.newaxis])
    factors = cholesky_factors(covariances)
    log_volumes = np.log(factors.diagonal(axis1=1, axis2=2)).sum(axis=1)
    whiteners = np.linalg.inv(factors)
    precisions = whiteners.swapaxes(1, 2) @ whiteners  # (K, D, D)
    linear = (precisions @ means[:, :, np.newaxis])[:, :, 0]  # (K, D)
    a, b = pairs(D)
    theta = np.empty((len(weights), n_features(D)))
    theta[:, 0] = np.log(weights) - log_volumes - 0.5 * (D * LOG_2PI + (linear * means).sum(axis=1))
    theta[:, 1 : D + 1] = linear
    theta[:, D + 1 :] = np.where(a == b, -0.5, -1.0) * precisions[:, a, b]
    traces = precisions.trace(axis1=1, axis2=2)
    conditioning = (traces * np.maximum((means * means).sum(axis=1), 1.0)).max()
    return Parameters(theta, origin, scale, conditioning)


def well_conditioned(mixture, origin, scale):
    """`natural_parameters`, or None where rounding is too large and `vectorized` must do the work."""
    try:
        parameters = natural_parameters(mixture, origin, scale)
    except Collapsed:
        return None
    return parameters if parameters.conditioning <= CONDITIONING_LIMIT else None


def sufficient_statistics(rows, parameters, room=None):
    """The map step: an E-step on rows (n, D), kept only as sums over them. Returns `Statistics`."""
    theta, origin, scale, _ = parameters
    room = room or make_room(*rows.shape, len(theta))
    moments = np.zeros_like(theta)
    log_likelihood = 0.0
    for _, phi in feature_blocks(rows, origin, scale, room):
        joint = np.matmul(theta, phi, out=room.shares[:, : phi.shape[1]])
        log_likelihood += softmax(joint).sum()
        moments += joint @ phi.T
    log_likelihood += len(rows) * np.log(scale).sum()
    return Statistics(moments, float(log_likelihood), len(rows), origin, scale)


def mixture_from_statistics(statistics, covariance_type="full", reg_covar=0.0):
    """The M-step on sums over all rows: returns a Mixture, or raises `Collapsed` at an empty component."""
    moments, _, n_rows, origin, scale = statistics
    D = len(origin)
    counts = moments[:, 0]
    check_soft_counts(counts, n_rows)
    means = moments[:, 1 : D + 1] / counts[:, np.newaxis]  # (K, D)
    a, b = pairs(D)
    covariances = np.empty((len(counts), D, D))
    covariances[:, a, b] = moments[:, D + 1 :] / counts[:, np.newaxis] - means[:, a] * means[:, b]
    covariances[:, b, a] = covariances[:, a, b]
    covariances /= np.outer(scale, scale)
    weights = counts / n_rows
    covariances = constrain(weights, covariances, covariance_type, reg_covar)
    return Mixture.unchecked(weights, origin + means / scale, covariances)


def make_room(n_rows, D, n_components=0):
    """A `Room` for the blocks of n_rows rows in D dimensions."""
    n = row_blocks(n_rows, n_features(D), BLOCK_NUMBERS)[0].stop
    return Room(np.ones((n_features(D), n)), np.empty((n_components, n)))


def feature_blocks(X, origin, scale, room):
    """Yield (slice, phi) for each block of rows: phi (P, n) are the features of (x - origin) * scale.

    P = 1 + D + D (D + 1) / 2. All blocks are written to `room`, so use phi before the next.
    """
    D = X.shape[1]
    for rows in row_blocks(len(X), n_features(D), BLOCK_NUMBERS):
        phi = room.features[:, : rows.stop - rows.start]
        linear = phi[1 : D + 1]
        np.subtract(X[rows].T, origin[:, np.newaxis], out=linear)
        linear *= scale[:, np.newaxis]
        row = D + 1
        for a in range(D):
            np.multiply(linear[a], linear[a:], out=phi[row : row + D - a])
            row += D - a
        yield rows, phi


@lru_cache
def pairs(D):
    """Indices a, b of all pairs a <= b of D coordinates: the quadratic features, in order."""
    return np.triu_indices(D)


def n_features(D):
    """P, the number of features of a point in D dimensions."""
    return 1 + D + D * (D + 1) // 2


def standardization(X):
    """Mean (D,) and inverse spread (D,) of X (N, D), both roughly; 1 where there is no spread.

    The inverse is a power of two, so that scaling rounds nothing. The mean is rounded down to 1/64 of
    the spread, so that data on a grid stay on it.
    """
    _, exponents = np.frexp(X.var(axis=0))
    scale = np.ldexp(1.0, -(exponents // 2))
    return np.floor(X.mean(axis=0) * (64 * scale)) / (64 * scale), scale

"""The log joint density as a linear function of features, and points as features, in blocks of rows.

With features phi(x) = (1, x_a, x_a x_b for a <= b), log pi_k N(x | mu_k, Sigma_k) is linear:
theta_k . phi(x). Squares lose digits far from the origin, so rows are standardised first;
`conditioning` says how many times rounding grows all the same.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..gaussian import LOG_2PI
from ..params import Collapsed, Mixture
from .blocks import cholesky_factors, row_blocks

CONDITIONING_LIMIT = 1e5
BLOCK_NUMBERS = 2**18  # in a block of features: 2 MB; of few features less, so that a core keeps them at hand
FEW = 16


class Parameters(NamedTuple):
    """Natural parameters: theta (K, P) for the features of (x - origin) * scale.

    `reference` is the component with the largest weight times volume, with which the others are compared.
    `conditioning` says how many times rounding grows when these features are squared and summed: trace
    of a standardised precision times squared distance from the origin, worst component.
    """

    theta: np.ndarray
    origin: np.ndarray
    scale: np.ndarray
    reference: int
    conditioning: float

    @property
    def ratios(self) -> np.ndarray:
        """theta (K, P) of log p(x, k) - log p(x, reference); in row `reference` its own theta."""
        of_reference = self.theta[self.reference]
        ratios = self.theta - of_reference
        ratios[self.reference] = of_reference
        return ratios


@np.errstate(all="ignore")  # weight 0; a mean too far to square
def natural_parameters(
    mixture: Mixture, origin: np.ndarray | float = 0.0, scale: np.ndarray | float = 1.0
) -> Parameters:
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
    theta = np.empty((len(weights), n_monomials(D)))
    log_weights = np.log(weights)
    theta[:, 0] = log_weights - log_volumes - 0.5 * (D * LOG_2PI + (linear * means).sum(axis=1))
    theta[:, 1 : D + 1] = linear
    theta[:, D + 1 :] = precisions.reshape(-1, D * D).take(upper(D), axis=1) * halves(D)
    traces = precisions.trace(axis1=1, axis2=2)
    conditioning = (traces * np.maximum((means * means).sum(axis=1), 1.0)).max()
    return Parameters(theta, origin, scale, (log_weights + log_volumes).argmax(), conditioning)


def well_conditioned(mixture: Mixture, origin: np.ndarray, scale: np.ndarray) -> Parameters | None:
    """`natural_parameters`, or None where rounding is too large and `blocks` must do the work."""
    try:
        parameters = natural_parameters(mixture, origin, scale)
    except Collapsed:
        return None
    return parameters if parameters.conditioning <= CONDITIONING_LIMIT else None


class Features:
    """Rows (N, D) as features of (x - origin) * scale: iterating yields (slice of rows, phi) block by block.

    phi is (P, n), P = 1 + D + D (D + 1) / 2. All blocks are written to the same memory, so use phi before
    the next; a block that is the only one is made once.
    """

    def __init__(self, rows: np.ndarray, origin: np.ndarray, scale: np.ndarray):
        N, D = rows.shape
        self.columns, self.origin, self.scale = rows.T, origin, scale
        self.log_scale = np.log(scale).sum()
        self.blocks = row_blocks(N, max(n_monomials(D), FEW), BLOCK_NUMBERS)
        self.block_size = self.blocks[0].stop
        self._memory = np.ones((n_monomials(D), self.block_size))
        self._only = self._fill(self.blocks[0]) if len(self.blocks) == 1 else None

    def __iter__(self) -> Iterator[tuple[slice, np.ndarray]]:
        for rows in self.blocks:
            yield rows, self._fill(rows) if self._only is None else self._only

    def _fill(self, rows):
        D = len(self.columns)
        phi = self._memory[:, : rows.stop - rows.start]
        linear = phi[1 : D + 1]
        np.subtract(self.columns[:, rows], self.origin[:, np.newaxis], out=linear)
        linear *= self.scale[:, np.newaxis]
        row = D + 1
        for a in range(D):
            np.multiply(linear[a], linear[a:], out=phi[row : row + D - a])
            row += D - a
        return phi


@lru_cache
def pairs(D: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices a, b of all pairs a <= b of D coordinates: the quadratic features, in order."""
    return np.triu_indices(D)


@lru_cache
def upper(D: int) -> np.ndarray:
    """`pairs` as indices a D + b into a matrix as one row."""
    a, b = pairs(D)
    return a * D + b


@lru_cache
def halves(D: int) -> np.ndarray:
    """How often -x P x holds x_a x_b P_ab, by pair: -1/2 where a = b; else -1, since P_ba is there too."""
    a, b = pairs(D)
    return np.where(a == b, -0.5, -1.0)


@lru_cache
def places(D: int) -> np.ndarray:
    """Which of the pairs stands for a, b and for b, a: (D, D)."""
    a, b = pairs(D)
    table = np.empty((D, D), int)
    table[a, b] = table[b, a] = np.arange(len(a))
    return table


def n_monomials(D: int) -> int:
    """P, the number of features of a point in D dimensions."""
    return 1 + D + D * (D + 1) // 2


def standardization(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (D,) and inverse spread (D,) of X (N, D), both roughly; 1 where there is no spread.

    The inverse is a power of two, so that scaling rounds nothing. The mean is rounded down to 1/64 of
    the spread, so that data on a grid stay on it.
    """
    return standardization_of(X.mean(axis=0), X.var(axis=0))


def standardization_of(means: np.ndarray, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`standardization` of data whose columns have these means (D,) and variances (D,)."""
    _, exponents = np.frexp(variances)
    scale = np.ldexp(1.0, -(exponents // 2))
    return np.floor(means * (64 * scale)) / (64 * scale), scale

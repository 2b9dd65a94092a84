"""EM for a Gaussian mixture as a softmax between two matrix products, in blocks of rows.

The log joint density is linear in features phi(x) of a point (see `features`). So an E-step is one
product and a softmax, and an M-step needs no more than the sums of r_nk phi(x_n). Those sums add up
over blocks of rows, or over machines: map `sufficient_statistics` over the blocks, add, and finish
with `mixture_from_statistics`.

Where a standardised component is so narrow or far away that squares would lose digits
(`conditioning` above 1e5) the call is handed over to `blocks`, which subtracts each mean before it
squares. Up to that limit, measured on 3000 random problems, responsibilities are right to 1e-13,
covariances to 1e-10 of their own widths. Data of any one scale from 1e-150 to 1e150 are served
alike, to the last bit.
"""

from typing import NamedTuple

import numpy as np

from ..arguments import check_points, check_responsibilities, own_errstate
from ..params import Collapsed, Mixture, check_soft_counts, constrain
from ..validate import check_data, check_mixture
from . import blocks
from .blocks import softmax
from .features import (
    Parameters,
    Room,
    feature_blocks,
    make_room,
    pairs,
    standardization,
    well_conditioned,
)


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


@own_errstate
def e_step(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    """`vectorized.e_step`: returns responsibilities (N, K), stored by component, and the log-likelihood."""
    mixture = check_mixture(mixture)
    X = check_points(X, mixture.n_features)
    parameters = well_conditioned(mixture, *standardization(X))
    if parameters is None:
        return blocks.e_step(X, mixture)
    by_component = np.empty((mixture.n_components, len(X)))
    log_likelihood = 0.0
    room = make_room(*X.shape)
    for rows, phi in feature_blocks(X, parameters.origin, parameters.scale, room):
        by_component[:, rows] = parameters.theta @ phi
        log_likelihood += softmax(by_component[:, rows])
    return by_component.T, float(log_likelihood + len(X) * np.log(parameters.scale).sum())


@own_errstate
def m_step(
    X: np.ndarray, responsibilities: np.ndarray, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
    """`vectorized.m_step`: X (N, D), responsibilities (N, K); returns a Mixture."""
    X = check_data(X)
    responsibilities = check_responsibilities(responsibilities, len(X))
    origin, scale = standardization(X)
    moments = 0.0
    for rows, phi in feature_blocks(X, origin, scale, make_room(*X.shape)):
        moments += responsibilities[rows].T @ phi.T
    statistics = Statistics(moments, np.nan, len(X), origin, scale)
    mixture = mixture_from_statistics(statistics, covariance_type, reg_covar)
    if well_conditioned(mixture, origin, scale) is None:
        return blocks.m_step(X, responsibilities, covariance_type, reg_covar)
    return mixture


def sufficient_statistics(rows: np.ndarray, parameters: Parameters, room: Room | None = None) -> Statistics:
    """The map step: an E-step on rows (n, D), kept only as sums over them. Returns `Statistics`."""
    theta, origin, scale, _ = parameters
    room = room or make_room(*rows.shape, len(theta))
    moments = np.zeros_like(theta)
    log_likelihood = 0.0
    for _, phi in feature_blocks(rows, origin, scale, room):
        joint = np.matmul(theta, phi, out=room.shares[:, : phi.shape[1]])
        log_likelihood += softmax(joint)
        moments += joint @ phi.T
    log_likelihood += len(rows) * np.log(scale).sum()
    return Statistics(moments, float(log_likelihood), len(rows), origin, scale)


def mixture_from_statistics(
    statistics: Statistics, covariance_type: str = "full", reg_covar: float = 0.0
) -> Mixture:
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


class Fused:
    """The half-steps of one run that never make the N x K responsibilities.

    The E-step hands `Statistics` to the M-step in their place, or responsibilities where the work is
    handed over to `blocks`. X (N, D) is checked data; constraint is (covariance_type, reg_covar).
    """

    def __init__(self, X: np.ndarray, n_components: int, constraint: tuple[str, float] = ("full", 0.0)):
        self.origin, self.scale = standardization(X)
        self.room = make_room(*X.shape, n_components)
        self.constraint = constraint
        self.mixture = self.parameters = self.bound = None

    @own_errstate
    def e_step(self, X: np.ndarray, mixture: Mixture) -> tuple[Statistics | np.ndarray, float]:
        """What the M-step needs of X, and the log-likelihood of this mixture."""
        if mixture is not self.mixture:
            self._go_to(mixture, well_conditioned(mixture, self.origin, self.scale))
        if self.parameters is None:
            return blocks.e_step(X, mixture)
        statistics = sufficient_statistics(X, self.parameters, self.room)
        return statistics, statistics.log_likelihood

    @own_errstate
    def m_step(self, X: np.ndarray, handed: Statistics | np.ndarray) -> Mixture:
        """The Mixture that fits best what the E-step before has handed over."""
        if isinstance(handed, Statistics):
            following, parameters = self._from(handed)
            if parameters is not None:
                gain = float(np.vdot(parameters.theta - self.parameters.theta, handed.moments))
                self.bound = handed.log_likelihood + gain
                return self._go_to(following, parameters)
            handed, _ = blocks.e_step(X, self.mixture)
        following = blocks.m_step(X, handed, *self.constraint)
        self.bound = blocks.elbo(X, following, handed)
        return self._go_to(following, well_conditioned(following, self.origin, self.scale))

    def elbo(self, X: np.ndarray, mixture: Mixture, handed: Statistics | np.ndarray) -> float:
        """The lower bound after the M-step that has just been made."""
        return self.bound

    def _from(self, statistics):
        """The following mixture and its parameters, or None, None where `blocks` must make it."""
        try:
            following = mixture_from_statistics(statistics, *self.constraint)
        except Collapsed:  # perhaps by rounding alone
            return None, None
        return following, well_conditioned(following, self.origin, self.scale)

    def _go_to(self, mixture, parameters):
        self.mixture, self.parameters = mixture, parameters
        return mixture

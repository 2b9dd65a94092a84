"""What a block of rows is asked for in an iteration of EM: sums over its rows."""

from typing import NamedTuple

import numpy as np

from .arguments import own_errstate
from .cutting import rows_of
from .engine import blocks as far
from .engine.fast import sufficient_statistics
from .engine.features import Features, Parameters
from .params import Mixture


class Sums(NamedTuple):
    """An E-step's sums over a block: moments (K, P), see `Statistics`, and the log-likelihood."""

    moments: np.ndarray
    log_likelihood: float


class FarSums(NamedTuple):
    """An E-step's sums where squares would lose digits: of r (K,), r x (K, D), -r log r, and log p(x)."""

    counts: np.ndarray
    totals: np.ndarray
    entropy: float
    log_likelihood: float


class Spreads(NamedTuple):
    """Sums of squares (K, D, D) about new means."""

    spreads: np.ndarray


@own_errstate
def sums_of(parameters: Parameters, block) -> Sums:
    """The E-step on one block."""
    _, origin, scale, *_ = parameters
    sums = sufficient_statistics(Features(rows_of(block), origin, scale), parameters)
    return Sums(sums.moments, sums.log_likelihood)


@own_errstate
def far_sums_of(mixture: Mixture, block) -> FarSums:
    """The E-step on one block, as sums from which the means follow."""
    X = rows_of(block)
    r, score = far.e_step(X, mixture)
    return FarSums(r.sum(axis=0), (X.T @ r).T, far.entropy(r), score)


@own_errstate
def far_spreads_of(mixture: Mixture, means: np.ndarray, block) -> Spreads:
    """The same E-step once more, as sums of squares about the new means."""
    X = rows_of(block)
    return Spreads(far.spreads(X, far.e_step(X, mixture)[0], means))

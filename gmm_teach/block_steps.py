"""The half-steps of EM over blocks of rows: what each block is asked for, and what is made of the answers."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from .arguments import own_errstate
from .engine import blocks as far
from .engine.fast import Statistics, mixture_from_statistics, sufficient_statistics
from .engine.features import Features, Parameters, natural_parameters, pairs, well_conditioned
from .file_blocks import rows_of
from .params import Collapsed, Mixture, check_soft_counts, constrain
from .spread import missing_spread
from .words import count, vector


class FarSums(NamedTuple):
    """An E-step's sums where squares would lose digits: of r (K,), r x (K, D), -r log r, and log p(x)."""

    counts: np.ndarray
    totals: np.ndarray
    entropy: float
    log_likelihood: float


@own_errstate
def sums_of(parameters: Parameters, block) -> tuple[np.ndarray, float]:
    """The E-step on one block, as sums: moments (K, P), and the log-likelihood; see `Statistics`."""
    _, origin, scale, *_ = parameters
    sums = sufficient_statistics(Features(rows_of(block), origin, scale), parameters)
    return sums.moments, sums.log_likelihood


@own_errstate
def far_sums_of(mixture: Mixture, block) -> FarSums:
    """The E-step on one block, as sums from which the means follow."""
    X = rows_of(block)
    r, score = far.e_step(X, mixture)
    return FarSums(r.sum(axis=0), (X.T @ r).T, far.entropy(r), score)


@own_errstate
def far_spreads_of(mixture: Mixture, means: np.ndarray, block) -> tuple[np.ndarray]:
    """The same E-step once more, as sums of squares about the new means: one array (K, D, D)."""
    X = rows_of(block)
    return (far.spreads(X, far.e_step(X, mixture)[0], means),)


class BlockSteps:
    """The two half-steps of EM over blocks; len() is N.

    standard is the origin and the scale of all rows, smallest (D,) their `resolution`.
    """

    own_e_step = False

    def __init__(
        self,
        blocks: Sequence,
        map: Callable,
        n_points: int,
        standard: tuple[np.ndarray, np.ndarray],
        smallest: np.ndarray,
        constraint: tuple[str, float],
    ):
        self.blocks, self.map, self.n_points, self.constraint = blocks, map, n_points, constraint
        self.standard, self.smallest = standard, smallest
        self.mixture = self.parameters = self.bound = None

    def __len__(self) -> int:
        return self.n_points

    @own_errstate
    def e_step(self, X, mixture: Mixture) -> tuple[Statistics | FarSums, float]:
        """The sums over all blocks, and the log-likelihood of this mixture."""
        if mixture is not self.mixture:
            self._go_to(mixture)
        if self.parameters is None:
            sums = FarSums(*self._added(partial(far_sums_of, mixture)))
            return sums, sums.log_likelihood
        moments, score = self._added(partial(sums_of, self.parameters))
        return Statistics(moments, score, len(self), *self.standard), score

    @own_errstate
    def m_step(self, X, handed: Statistics | FarSums) -> Mixture:
        """The Mixture that fits the sums best; `Collapsed` where it has no spread."""
        before = self.parameters
        if isinstance(handed, Statistics):
            if self._follow(handed):
                gain = float(np.vdot(self.parameters.theta - before.theta, handed.moments))
                self.bound = handed.log_likelihood + gain
                return self.mixture
            handed = FarSums(*self._added(partial(far_sums_of, self.mixture)))
        return self._go_to(self._from_far(handed))

    def elbo(self, X, mixture: Mixture, handed: Statistics | FarSums) -> float:
        """The lower bound after the M-step that has just been made."""
        return self.bound

    def _follow(self, statistics):
        """Go to the mixture that follows from the sums; False where squares cannot serve it."""
        try:
            following = mixture_from_statistics(statistics, *self.constraint)
        except Collapsed:  # perhaps by rounding alone
            return False
        parameters = well_conditioned(following, *self.standard)
        if parameters is not None:
            self._check_spread(following)
            self.mixture, self.parameters = following, parameters
        return parameters is not None

    def _from_far(self, sums):
        check_soft_counts(sums.counts, len(self))
        means = sums.totals / sums.counts[:, np.newaxis]
        (spreads,) = self._added(partial(far_spreads_of, self.mixture, means))
        weights = sums.counts / len(self)
        covariances = constrain(weights, spreads / sums.counts[:, np.newaxis, np.newaxis], *self.constraint)
        mixture = Mixture.unchecked(weights, means, covariances)
        self._check_spread(mixture)
        self.bound = self._far_bound(mixture, sums, spreads)
        return mixture

    def _far_bound(self, mixture, sums, spreads):
        """Each component about its own mean: theta holds its constant and, after that, its precision."""
        _, scale = self.standard
        total = sums.entropy + len(self) * np.log(scale).sum()
        for k in range(mixture.n_components):
            alone = Mixture.unchecked(*(part[k : k + 1] for part in mixture))
            theta = natural_parameters(alone, mixture.means[k], scale).theta[0]
            a, b = pairs(len(scale))
            squares = (spreads[k] * np.outer(scale, scale))[a, b]
            total += sums.counts[k] * theta[0] + theta[len(scale) + 1 :] @ squares
        return float(total)

    def _go_to(self, mixture):
        self.mixture, self.parameters = mixture, well_conditioned(mixture, *self.standard)
        return mixture

    def _check_spread(self, mixture):
        missing = missing_spread(mixture.covariances, self.smallest)
        if missing:
            k, where = missing
            point = f"shrank onto one point, near {vector(mixture.means[k])}"
            flat = f"became flat: its points do not vary {where}"
            raise Collapsed(k, point if where == "anywhere" else flat)

    def _added(self, function):
        """What function returns for each block, part by part added in the order of the blocks."""
        first, *others = results_of(self.map, function, self.blocks)
        total = [*first]
        for one in others:
            total = [a + b for a, b in zip(total, one, strict=True)]
        return total


def results_of(map: Callable, function: Callable, blocks: Sequence) -> list:
    """What map(function, blocks) returns, as a list; refuses arguments, and results, that cannot be right."""
    if not isinstance(blocks, list | tuple):
        kind = type(blocks).__name__
        raise TypeError(f"blocks must be a list of blocks, got {kind}; make one by gt.blocks_of(X, size)")
    if not blocks:
        raise ValueError("blocks is empty: there are no rows to fit")
    if not callable(map):
        raise TypeError(f"map must be a function of a function and the blocks, got {type(map).__name__}")
    results = map(function, blocks)
    if not hasattr(results, "__iter__"):
        raise TypeError(f"map must return the results, one for each block, got {type(results).__name__}")
    results = list(results)
    if len(results) != len(blocks):
        wanted = count(len(blocks), "block")
        raise ValueError(f"map must return one result for each block, got {len(results)} for {wanted}")
    return results

"""The half-steps of EM over blocks of rows: what is made of the sums that the blocks send back."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .arguments import own_errstate
from .block_sums import FarSums, Spreads, Sums, far_spreads_of, far_sums_of, sums_of
from .engine.fast import Statistics, mixture_from_statistics
from .engine.features import natural_parameters, pairs, well_conditioned
from .params import Collapsed, Mixture, check_soft_counts, constrain
from .progress import Bar
from .spread import missing_spread
from .words import count, vector


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
            sums = self._far_sums(mixture)
            return sums, sums.log_likelihood
        moments, score = self._added(partial(sums_of, self.parameters), Sums)
        self._check_count(moments[:, 0])
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
            handed = self._far_sums(self.mixture)
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
        (spreads,) = self._added(partial(far_spreads_of, self.mixture, means), Spreads)
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

    def _far_sums(self, mixture):
        sums = self._added(partial(far_sums_of, mixture), FarSums)
        self._check_count(sums.counts)
        return sums

    def _check_count(self, soft_counts):
        """Shares of a row sum to 1, so their sum tells how many rows there are."""
        n_rows = soft_counts.sum()
        if abs(n_rows - len(self)) > 0.5 + 1e-12 * len(self):
            before = f"and held {len(self)} when they were surveyed"
            raise ValueError(f"blocks have changed: they hold {count(round(n_rows), 'row')}, {before}")

    def _added(self, function, kind):
        """What function returns for each block, a `kind`, part by part added in the order of the blocks."""
        first, *others = results = results_of(self.map, function, self.blocks, kind, visible=False)
        for number, one in enumerate(results):
            if any(np.isnan(part).any() for part in one):
                raise ValueError(f"block {number} has changed: it holds NaN or infinity now, and held none")
        total = [*first]
        for one in others:
            total = [a + b for a, b in zip(total, one, strict=True)]
        return kind(*total)


def results_of(
    map: Callable, function: Callable, blocks: Sequence, kind: type, visible: bool | None = None
) -> list:
    """What map(function, blocks) returns, each a `kind`, as a list; refuses what cannot be right.

    visible is that of a `Bar`, which shows how many blocks have answered.
    """
    if not isinstance(blocks, list | tuple) or hasattr(type(blocks), "_fields"):
        given = type(blocks).__name__
        raise TypeError(f"blocks must be a list of blocks, got {given}; make one by gt.blocks_of(X, size)")
    if not blocks:
        raise ValueError("blocks is empty: there are no rows to fit")
    if not callable(map):
        raise TypeError(f"map must be a function of a function and the blocks, got {type(map).__name__}")
    results = map(function, blocks)
    if not hasattr(results, "__iter__"):
        raise TypeError(f"map must return the results, one for each block, got {type(results).__name__}")
    kept = []
    with Bar(len(blocks), visible) as bar:
        for one in results:
            kept.append(one)
            bar.tell(len(kept), f"{len(kept)} of {len(blocks)} blocks")
    if len(kept) != len(blocks):
        wanted = count(len(blocks), "block")
        raise ValueError(f"map must return one result for each block, got {len(kept)} for {wanted}")
    for number, one in enumerate(kept):
        if not isinstance(one, kind):
            waits = "; wait for its result() in your map" if hasattr(one, "result") else ""
            what = f"{type(one).__name__} for block {number}{waits}"
            raise TypeError(f"map must return what the function returns for each block, got {what}")
    return kept

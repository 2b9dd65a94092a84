"""What the reader has put into the Explorer: points, starting means, a pick; the edits before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .. import starts
from ..params import Mixture
from ..words import count

GO_ON = "go on"  # the start by which a run goes on from the mixture that was shown


class Edits(NamedTuple):
    """Added points and starting means, with the edits that they followed, for the data of this name.

    `added` holds points (D,), `means` is (K, D) or None where the start is not the reader's own.
    `start` is what the control said before the means were moved, None where they were not. `picked` is
    the row of the point that the reader has picked, if any; to pick is no edit to take back. `onward` is
    the mixture from which a run goes on after points were added, or None, and `seed` the seed of then.
    """

    data: str | None = None
    added: tuple = ()
    means: np.ndarray | None = None
    start: str | None = None
    past: Edits | None = None
    picked: int | None = None
    onward: Mixture | None = None
    seed: int | None = None

    def add(self, points, onward=None, seed=None) -> Edits:
        """With points (n, D) more, and perhaps a mixture from which the run goes on."""
        more = self._replace(added=(*self.added, *points), start=None, past=self)
        return more if onward is None else more._replace(onward=onward, seed=seed)

    def move_point(self, number, at) -> Edits:
        """With added point `number` at another place, (D,)."""
        added = (*self.added[:number], at, *self.added[number + 1 :])
        return self._replace(added=added, start=None, past=self)

    def move_mean(self, means, start) -> Edits:
        """With these starting means (K, D), where the control has said `start`."""
        return self._replace(means=means, start=start, past=self)

    def undo(self) -> Edits:
        """Without the last edit, if there is one."""
        return self.past._replace(picked=self.picked) if self.past else self

    @classmethod
    def placed(cls, place, X) -> Edits:
        """Those of a `Place`, for its data X (N, D); ValueError for points or means that are not theirs."""
        for name in ("points", "means"):
            for row in getattr(place, name):
                if not isinstance(row, int) and len(row) != X.shape[1]:
                    wanted = count(X.shape[1], "number")
                    raise ValueError(f"{name}= in a place must have {wanted} for each, got {len(row)}")
        X = np.concatenate([X, np.reshape(place.points, (-1, X.shape[1]))])
        for row in place.means:
            if isinstance(row, int) and row >= len(X):
                raise ValueError(f"r{row} in a place must be a row of the data, from r0 to r{len(X) - 1}")
        means = np.array([X[row] if isinstance(row, int) else row for row in place.means])
        points = tuple(X[len(X) - len(place.points) :])
        return cls(place.values["data"], points, means if len(means) else None)

    def on_rows(self, X) -> tuple:
        """The starting means for a `Place`: each the row of X (N, D) that it lies on, or its coordinates."""
        found = [] if self.means is None else [np.flatnonzero((mean == X).all(axis=1)) for mean in self.means]
        return tuple(
            int(rows[0]) if len(rows) else tuple(mean.tolist())
            for rows, mean in zip(found, self.means if found else (), strict=True)
        )

    def of(self, data, K, seed) -> Edits:
        """None for other data; without starting means that are not K, and what goes on from K and seed."""
        if self.data != data:
            return Edits(data)
        kept = self
        if self.means is not None and len(self.means) != K:
            kept = kept._replace(means=None, start=None)
        if self.onward is not None and (self.onward.n_components, self.seed) != (K, seed):
            kept = kept._replace(onward=None, seed=None)
        return kept

    def starting(self, X, values) -> Mixture:
        """The start of a run on X (N, D), as the controls ask for it; ValueError for too few points."""
        kind, K, seed = values["start"], values["K"], values["seed"]
        options = values["covariance"], float(values["floor"])
        if kind in starts.STARTS:
            return starts.STARTS[kind](X, K, seed, *options)
        if kind == GO_ON:
            return starts.random_points(X, K, seed, *options) if self.onward is None else self.onward
        means = starts.random_points(X, K, seed).means if self.means is None else self.means
        return starts.from_means(X, means, *options)

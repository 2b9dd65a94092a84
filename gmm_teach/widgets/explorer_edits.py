"""What the reader has put into the Explorer: points, starting means, a pick; the edits before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..words import count


class Edits(NamedTuple):
    """Added points and starting means, with the edits that they followed, for the data of this name.

    `added` holds points (D,), `means` is (K, D) or None where the start is not the reader's own.
    `start` is what the control said before the means were moved, None where they were not. `picked` is
    the row of the point that the reader has picked, if any; to pick is no edit to take back.
    """

    data: str | None = None
    added: tuple = ()
    means: np.ndarray | None = None
    start: str | None = None
    past: Edits | None = None
    picked: int | None = None

    def add(self, points) -> Edits:
        """With points (n, D) more."""
        return self._replace(added=(*self.added, *points), start=None, past=self)

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

    def of(self, data, K) -> Edits:
        """None for other data; without the starting means, where they are not K."""
        if self.data != data:
            return Edits(data)
        return self if self.means is None or len(self.means) == K else self._replace(means=None, start=None)

"""What the reader has put into the Explorer: points, starting means, and the edits before, for undo."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Edits(NamedTuple):
    """Added points and starting means, with the edits that they followed.

    `added` holds points (D,), `means` is (K, D) or None where the start is not the reader's own.
    `start` is what the control said before the means were moved, None where they were not.
    """

    added: tuple = ()
    means: np.ndarray | None = None
    start: str | None = None
    past: Edits | None = None

    def add(self, points) -> Edits:
        """With points (n, D) more."""
        return Edits((*self.added, *points), self.means, None, self)

    def move_point(self, number, at) -> Edits:
        """With added point `number` at another place, (D,)."""
        added = (*self.added[:number], at, *self.added[number + 1 :])
        return Edits(added, self.means, None, self)

    def move_mean(self, means, start) -> Edits:
        """With these starting means (K, D), where the control has said `start`."""
        return Edits(self.added, means, start, self)

    def for_components(self, K) -> Edits:
        """Without the starting means, where they are not K."""
        return self if self.means is None or len(self.means) == K else self._replace(means=None, start=None)

"""What the pointer does in the Explorer: it picks, adds and drags points and means, and asks for names."""

import numpy as np

from ..words import letter
from .explorer_controls import CLICKS, MOVES_A_START
from .explorer_data import reach, rounded, step_at
from .explorer_edits import GO_ON
from .scene import inches


class Pointed:
    """The part of the `Explorer` that follows clicks and drags; each makes new `edits`."""

    clickable, draggable, names_points = (0,), 0, True

    def click(self, values, x, y) -> dict:
        """Pick a point, add points, or move the nearest starting mean, as the control says."""
        X = self.data.X
        at = X.mean(axis=0) if len(X) else np.zeros(X.shape[1])
        at[self.columns] = [x, y][: len(self.columns)]
        at = rounded(at, X)
        n = CLICKS[values["click"]] or int(not len(X))
        if n:
            goes_on = values["start"] == GO_ON and self.trace is not None
            onward = self.trace.steps[self.shown[self.index]].mixture if goes_on else None
            self.edits, self.anew = self.edits.add(self._scatter(at, n), onward, values["seed"]), goes_on
        elif values["click"] == MOVES_A_START:
            means = self.trace.steps[0].mixture.means if self.trace else X[: values["K"]]
            k = np.argmin(self._distance(means, at))
            return self._move_mean(self.edits, values, means, k, at[self.columns])
        else:
            self.edits = self.edits._replace(picked=int(np.argmin(self._distance(X, at))))
        return {}

    def handles(self, values) -> list[tuple]:
        """The starting means, where they are drawn, and the reader's own points."""
        own = self._seen(np.reshape(self.edits.added, (-1, self.data.X.shape[1])))
        means = self._seen(self.trace.steps[0].mixture.means) if self.trace else own[:0]
        at = -1 if values["click"] == MOVES_A_START else 0
        return [(*mean, at) for mean in means] + [(*point, -1) for point in own]

    def grab(self, values, number) -> None:
        """Take hold of a starting mean or of an added point."""
        ax = self.figure.axes[0]
        self.limits = ax.get_xlim(), ax.get_ylim()
        self.start = values["start"], self.trace.steps[0].mixture.means if self.trace else ()
        self.held, self.grabbed = number, self.edits

    def drag(self, values, x, y) -> dict:
        """Move what was grabbed; all of one drag is one edit."""
        (start, means), at = self.start, rounded([x, y][: len(self.columns)], self.data.X, self.columns)
        if self.held < len(means):
            return self._move_mean(self.grabbed, values | {"start": start}, means, self.held, at)
        number = self.held - len(means)
        point = self.grabbed.added[number].copy()
        point[self.columns] = at
        self.edits = self.grabbed.move_point(number, point)
        return {}

    def drop(self) -> bool:
        """Let go; the axes follow the data again."""
        self.held = None
        return True

    def hover(self, index, x, y) -> tuple | None:
        """The nearest point, its shares, and where it is."""
        if self.trace is None:
            return None
        r = step_at(self.trace, self.shown[index]).responsibilities
        ax, seen = self.figure.axes[0], self._seen(self.data.X)
        if len(self.columns) == 1:
            seen[:, 1] = y
        row = int(np.linalg.norm(inches(ax, seen) - inches(ax, [x, y]), axis=1).argmin())
        return f"point {row}: {'no shares yet' if r is None else ', '.join(shares_of(r[row]))}", *seen[row]

    def _move_mean(self, edits, values, means, k, at):
        """Starting mean k at another place: the edit that follows `edits`."""
        means = means.copy()
        means[k, self.columns] = at
        self.edits = edits.move_mean(means, values["start"])
        return {"start": "by hand"}

    def _seen(self, points):
        """Points (n, D) as they are drawn, (n, 2); of 1-D data on the axis."""
        columns = points[:, self.columns]
        return np.pad(columns, ((0, 0), (0, 2 - columns.shape[1])))

    def _scatter(self, at, n):
        if n == 1:
            return at[np.newaxis]
        noise = np.random.default_rng(len(self.edits.added)).standard_normal((n, len(at)))
        return np.array([rounded(point, self.data.X) for point in at + 0.04 * reach(self.data.X) * noise])

    def _distance(self, points, at):
        offsets = (points - at) / reach(self.data.X)
        return np.sum(offsets[:, self.columns] ** 2, axis=1)


def shares_of(r) -> list[str]:
    """A point's responsibilities (K,) in words."""
    return [f"{100 * share:.0f} % {letter(k)}" for k, share in enumerate(r)]

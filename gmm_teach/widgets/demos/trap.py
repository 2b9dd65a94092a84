"""Demo Trap: a component alone on one point shrinks for ever, and a covariance floor stops it at a price."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from ...diagnosis import quietly
from ...em import run_em
from ...gaussian import ellipse_axes
from ...mixture import sample
from ...params import Mixture
from ...plots import FONT, PINK
from ...views import View, describe
from ..controls import choice, grid, slider
from ..live import Live
from ..scene import Scene, whole

FLOORS = ("0", "1e-6", "1e-3", "0.1", "1")
WIDTH = 2.0  # deviation that component B starts with
FALL = 1e-6  # nats: rounding lowers the log-likelihood by less


def crowd_and_outlier(distance) -> np.ndarray:
    """40 points around the origin, and a last one at this distance: X (41, 2)."""
    crowd, _ = sample(Mixture([1.0], [[0, 0]], [np.eye(2)]), 40, np.random.default_rng(0))
    return np.vstack([crowd, [distance, 0]])


def start_on_outlier(X) -> Mixture:
    """A on the crowd, with its covariance; B on the outlier, a wide circle."""
    crowd = X[:-1]
    return Mixture([0.5, 0.5], [crowd.mean(axis=0), X[-1]], [np.cov(crowd.T), WIDTH**2 * np.eye(2)])


def falls(trace) -> np.ndarray:
    """By how much each iteration lowered the log-likelihood, 0 where it rose: (iterations,)."""
    return np.maximum(-np.diff(trace.log_likelihoods), 0)


class Trap(Scene):
    """The film of two components, A on the crowd and B on the outlier."""

    name = "Demo: trap"
    stored = grid(distance=range(0, 13, 3), floor=("0", "1"))
    controls = (
        slider("distance", "Outlier's distance", 0, 12, 5.0, 0.5),
        choice("floor", "Floor", FLOORS, "0", "reg_covar, added to every variance"),
    )

    draggable = 0

    def compute(self, values) -> None:
        """Run EM anew."""
        X = crowd_and_outlier(values["distance"])
        self.trace = whole(quietly(run_em, X, start_on_outlier(X), reg_covar=float(values["floor"])))

    def change(self, values) -> None:
        """Draw the film of the run."""
        self.view = View(self.trace, title=f"Outlier at {values['distance']:.1f}, floor {values['floor']}")
        self.figure, self.camera = self.view.figure, None
        if self.held is None:
            self.limits = self.figure.axes[0].get_xlim()
        self.figure.axes[0].set_xlim(self.limits)
        self.marks = self._mark_collapse() if self.trace.status == "collapsed" else []
        if falls(self.trace).sum() >= FALL:
            self._mark_falls()
        self.moving = [*self.view.moving, *self.marks]
        self.captions = [self._caption(i) for i in range(len(self.trace.steps) - 1)] + [self._verdict()]
        self.notes = [" ".join([self.trace.message, *self.trace.warnings])] * len(self.captions)
        self.index = len(self.captions) - 1

    def handles(self, values) -> list[tuple]:
        """The outlier."""
        return [(values["distance"], 0, -1)]

    def drag(self, values, x, y) -> dict:
        """Move the outlier along; the view follows when it is dropped."""
        return {"distance": x}

    def drop(self) -> bool:
        """Look at all points anew."""
        self.held = None
        return True

    def show(self, index) -> None:
        """Move to half-step `index`."""
        self.view.show(index)
        for mark in self.marks:
            mark.set_visible(index == len(self.captions) - 1)

    def _mark_collapse(self):
        ax, mean = self.figure.axes[0], self.trace.mixture.means[self.trace.collapsed]
        (cross,) = ax.plot(*mean, "x", ms=26, mew=4, color=PINK, zorder=6)
        style = {"textcoords": "offset points", "ha": "center", "fontsize": FONT, "color": PINK}
        return [cross, ax.annotate("collapsed", mean, (0, 20), zorder=6, **style)]

    def _mark_falls(self):
        ax, scores = self.figure.axes[1], self.trace.log_likelihoods
        drops = [[(t + 1, scores[t]), (t + 1.5, scores[t + 1])] for t in np.flatnonzero(falls(self.trace))]
        ax.add_collection(LineCollection(drops, colors=PINK, linewidths=4, zorder=1.5), autolim=False)
        low, high = scores[1:].min(), scores.max()
        ax.set_ylim(low - 0.6 * (high - low), high + 0.2 * (high - low))  # the first rise is far larger
        ax.yaxis.set_major_locator(MaxNLocator(4))
        fallen = falls(self.trace).sum()
        ax.set_title(f"Log-likelihood: falls by {fallen:.2g}", fontsize=FONT, color=PINK)

    def _caption(self, index):
        long, short = ellipse_axes(self.trace.steps[index].mixture.covariances[1]).lengths
        return f"{describe(self.trace, index)}; B is {long:.2g} by {short:.2g}"

    def _verdict(self):
        trace, fallen = self.trace, falls(self.trace).sum()
        score, held = f"log-likelihood {trace.log_likelihood:.1f}", len(trace.X) * trace.mixture.weights[1]
        _, short = ellipse_axes(trace.mixture.covariances[1]).lengths
        if trace.status == "collapsed":
            return f"B shrinks onto the outlier and collapses at {score}: there is no highest one"
        if fallen >= FALL:
            return f"The floor moves each M-step off its best: {score}, after falling by {fallen:.2g} in all"
        if trace.reg_covar and short < 1.5 * np.sqrt(trace.reg_covar):
            return f"The floor holds B at a deviation of {short:.2g}: {score} is its doing, not the data's"
        return f"No collapse: B holds {held:.1f} points, its smaller deviation is {short:.2g}; {score}"


def trap(*, hide=(), **presets) -> Live:
    """Demo: EM with component B started on an outlier, at a distance, with a floor under every variance."""
    return Live(Trap(), hide=hide, **presets)

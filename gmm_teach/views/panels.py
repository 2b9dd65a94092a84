"""What a picture of a trace is made of: its data, in two coordinates or in one, and its log-likelihood."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..plots import (
    GREY,
    OUTLINE,
    PINK,
    Contours,
    Curves,
    Ellipses,
    Ghosts,
    Histogram,
    Points,
    Rug,
    check_dims,
    marginal,
    set_limits,
)
from ..validate import check_trace
from .captions import from_start

OVERLAYS = ("contours", "ghosts", "ellipses")
LEAST_SPAN = 1.0  # nats that a score's axis shows at least
SCORE_MARKS = (("E", "o", "white", "E: colours move"), ("M", "D", OUTLINE, "M: shapes move"))


class ScoreTrace:
    """Log-likelihood by half-step, up to the one shown, which a ring marks.

    An M-step climbs, an E-step goes level. bound=True adds the lower bound: an M-step lifts it a little
    less, an E-step up to the curve. ahead=True draws what is to come too, faintly. words=False: the legend
    names the half-steps, and not what they move.
    """

    def __init__(self, ax, trace, bound=False, ahead=False, words=True):
        check_trace(trace)
        self.ax = ax
        (self.ahead,) = ax.plot([], [], color=GREY, lw=1, alpha=0.6, zorder=0.9, visible=ahead)
        self.curves = {}  # by what they show
        if bound:
            style = {"color": PINK, "lw": 1.4, "ls": "--", "label": "lower bound", "zorder": 1}
            (self.curves["bound"],) = ax.plot([], [], **style)
        (self.curves["score"],) = ax.plot([], [], color=OUTLINE, lw=1.4, zorder=1)
        for kind, mark, face, label in SCORE_MARKS:
            style = {"ls": "", "marker": mark, "ms": 5, "mfc": face, "mec": OUTLINE, "zorder": 2}
            (self.curves[kind],) = ax.plot([], [], label=label if words else f"{kind}-step", **style)
        self.legend = ax.legend(loc="lower right", fontsize=12, frameon=False)
        self.legend.set_zorder(0.5)
        (self.ring,) = ax.plot([], [], ls="", marker="o", ms=14, mfc="none", mec=PINK, mew=3, zorder=4)
        self.artists = [*self.curves.values(), self.ring]
        ax.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 5, 10]))
        ax.yaxis.set_major_locator(MaxNLocator(5))
        self.follow(trace)

    def follow(self, trace) -> None:
        """Take another trace, with room for all of it."""
        self.trace = check_trace(trace)
        self.x = [_position(step) for step in trace.steps]
        self.y = [step.log_likelihood for step in trace.steps]
        self.ahead.set_data(self.x, self.y)
        low, high = min(self.y), max(self.y)
        self._set_limits(low, high)
        self.corner = self._free_corner(low, high)
        self.legend.set_loc(self.corner)
        self.lines = [(curve, *self._shown(what)) for what, curve in self.curves.items()]

    def _shown(self, what):
        """The half-steps of a curve, and scores by half-step."""
        steps = self.trace.steps
        if what == "bound":
            return range(1, len(steps)), [None, *self.trace.elbos]
        return [i for i, step in enumerate(steps) if what in ("score", step.kind)], self.y

    def _set_limits(self, low, high):
        """Room for the whole run. A converged run's gain by rounding is not to look like a climb."""
        self.ax.set_xlim(self.x[0] - 0.05 * self.x[-1], 1.05 * self.x[-1])
        room = max(0.08 * (high - low), (LEAST_SPAN - (high - low)) / 2)
        self.ax.set_ylim(low - room, high + room)

    def _free_corner(self, low, high):
        """Where the legend hides fewer marks: a curve that climbs leaves one of two corners free."""
        x, y = (np.array(values) for values in (self.x, self.y))
        right, left = x > x[0] + 0.4 * (x[-1] - x[0]), x < x[0] + 0.6 * (x[-1] - x[0])
        below, above = y < low + 0.3 * (high - low), y > low + 0.7 * (high - low)
        return "lower right" if np.sum(right & below) <= np.sum(left & above) else "upper left"

    def show(self, index) -> None:
        """Mark the half-step with this index in the trace."""
        index = from_start(self.trace, index)
        for line, indices, scores in self.lines:
            until = [i for i in indices if i <= index]
            line.set_data([self.x[i] for i in until], [scores[i] for i in until])
        self.ring.set_data([self.x[index]], [self.y[index]])


class Panel2D:
    """Two coordinates of the data with contours, ellipses and the ghosts of the step before.

    Of these, `overlays` names those that are drawn; the points `frame` (n, 2) stay in view too. Of large
    data a sample is drawn, and the rows in `also`.
    """

    def __init__(self, ax, trace, dims=(0, 1), overlays=OVERLAYS, frame=None, also=()):
        self.dims = check_dims(dims, check_trace(trace).X.shape[1], 2)
        X = trace.X[:, self.dims]
        K = trace.mixture.n_components
        limits = set_limits(ax, X if frame is None else np.concatenate([X, frame]))
        self.contours = Contours(ax, limits) if "contours" in overlays else None
        self.ghosts = Ghosts(ax) if "ghosts" in overlays else None
        self.points = Points(ax, X, K, also=also)
        self.ellipses = Ellipses(ax, K) if "ellipses" in overlays else None
        parts = filter(None, (self.contours, self.ghosts, self.points, self.ellipses))
        self.artists = [artist for part in parts for artist in part.artists]

    def show(self, step, previous) -> None:
        """Move to a step; after an M-step, the ellipses of the step before stay as ghosts."""
        mixture = marginal(step.mixture, self.dims)
        self.points.show(step.responsibilities)
        if self.contours:
            self.contours.show(mixture)
        if self.ghosts:
            self.ghosts.show(marginal(previous.mixture, self.dims) if step.kind == "M" else None)
        if self.ellipses:
            self.ellipses.show(mixture)


class Panel1D:
    """Histogram of the data with the weighted curves, their sum, and the points as coloured ticks."""

    def __init__(self, ax, trace):
        K = check_trace(trace).mixture.n_components
        limits = set_limits(ax, trace.X)
        self.histogram = Histogram(ax, trace.X)
        self.rug = Rug(ax, trace.X)
        self.curves = Curves(ax, limits[:, 0], K)
        self.artists = [*self.rug.artists, *self.curves.artists]

    def show(self, step, previous) -> None:
        """Move to a step."""
        self.rug.show(step.responsibilities)
        self.curves.show(step.mixture)


def _position(step):
    """Place on the iteration axis: the start at 0.5, E-step t at t, M-step t at t + 1/2."""
    return {"start": 0.5, "E": step.iteration, "M": step.iteration + 0.5}[step.kind]

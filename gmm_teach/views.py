"""Whole pictures of a trace: axes laid out once, artists that `show(index)` moves to any half-step."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .plots import (
    FONT,
    OUTLINE,
    PINK,
    Contours,
    Curves,
    Ellipses,
    Ghosts,
    Histogram,
    Points,
    Rug,
    marginal,
    set_limits,
    style_axes,
)

LEFT = 0.085  # of the figure's width, left of the axes
ENDINGS = {"max_iter": "stopped by max_iter, not converged"}
OVERLAYS = ("contours", "ghosts", "ellipses")
SCORE_MARKS = (("E", "o", "white", "E: colours move"), ("M", "D", OUTLINE, "M: shapes move"))


class ScoreTrace:
    """Log-likelihood by half-step: an M-step climbs, an E-step goes level. A ring marks the one shown.

    bound=True adds the lower bound: an M-step lifts it a little less, an E-step up to the curve.
    """

    def __init__(self, ax, trace, bound=False):
        self.x = [_position(step) for step in trace.steps]
        self.y = [step.log_likelihood for step in trace.steps]
        if bound:
            ax.plot(self.x[1:], trace.elbos, color=PINK, lw=1.4, ls="--", label="lower bound", zorder=1)
        ax.plot(self.x, self.y, color=OUTLINE, lw=1.4, zorder=1)
        for kind, mark, face, label in SCORE_MARKS:
            at = [i for i, step in enumerate(trace.steps) if step.kind == kind]
            x, y = [self.x[i] for i in at], [self.y[i] for i in at]
            ax.plot(x, y, ls="", marker=mark, ms=5, mfc=face, mec=OUTLINE, zorder=2, label=label)
        ax.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 5, 10]))
        low, high = min(self.y), max(self.y)
        room = 0.08 * (high - low or 1.0)
        ax.set_ylim(low - room, high + room)
        ax.legend(loc=self._free_corner(low, high), fontsize=12, frameon=False).set_zorder(0.5)
        (self.ring,) = ax.plot([], [], ls="", marker="o", ms=14, mfc="none", mec=PINK, mew=3, zorder=4)
        self.artists = [self.ring]

    def _free_corner(self, low, high):
        """Where the legend hides fewer marks: a curve that climbs leaves one of two corners free."""
        x, y = (np.array(values) for values in (self.x, self.y))
        right, left = x > x[0] + 0.4 * (x[-1] - x[0]), x < x[0] + 0.6 * (x[-1] - x[0])
        below, above = y < low + 0.3 * (high - low), y > low + 0.7 * (high - low)
        return "lower right" if np.sum(right & below) <= np.sum(left & above) else "upper left"

    def show(self, index):
        """Mark the half-step with this index in the trace."""
        self.ring.set_data(self.x[index : index + 1], self.y[index : index + 1])


class View:
    """Data beside log-likelihood, for one trace; `show(index)` moves every artist to that half-step.

    1-D data are a histogram with curves; of more dimensions, the two in `dims` are drawn.
    `moving` lists the artists that change between half-steps, in drawing order. With caption=True
    the picture says under it what the half-step did; the player says so in text of its own.
    """

    def __init__(
        self, trace, *, columns=None, dims=(0, 1), title="", caption=False, size=(9.0, 4.5), dpi=100
    ):
        if trace.steps[-1].responsibilities is None:
            raise ValueError('this trace holds scores only; run it with record="all" to draw it')
        self.trace, self.dims = trace, tuple(dims)
        self.figure = Figure(figsize=size, dpi=dpi, layout=None)
        FigureCanvasAgg(self.figure)
        data_ax, score_ax = self.figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.figure.subplots_adjust(
            left=LEFT, right=0.985, top=0.92, bottom=0.235 if caption else 0.135, wspace=0.3
        )
        style_axes(score_ax, "Log-likelihood", "iteration")
        self.scores = ScoreTrace(score_ax, trace)
        self.panel = self._panel(data_ax, columns or _default_columns(trace.X.shape[1]), title)
        _make_room(self.figure, data_ax, score_ax)
        self.caption = None
        moving = [*self.panel.artists, *self.scores.artists]
        if caption:
            self.caption = self.figure.text(0.5, 0.03, "", ha="center", fontsize=FONT + 1, color=OUTLINE)
            moving.append(self.caption)
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())

    def show(self, index):
        """Move to half-step `index` (from 0, the start); negative counts from the end."""
        index = from_start(self.trace, index)
        self.panel.show(self.trace.steps[index], self.trace.steps[max(index - 1, 0)])
        self.scores.show(index)
        if self.caption:
            self.caption.set_text(describe(self.trace, index))

    def _panel(self, ax, columns, title):
        if self.trace.X.shape[1] == 1:
            return Panel1D(style_axes(ax, title, columns[0], "density"), self.trace)
        labels = [columns[d] for d in self.dims]
        return Panel2D(style_axes(ax, title, *labels), self.trace, self.dims)


class Panel2D:
    """Two coordinates of the data with contours, ellipses and the ghosts of the step before.

    Of these, `overlays` names those that are drawn; the points `frame` (n, 2) stay in view too.
    """

    def __init__(self, ax, trace, dims=(0, 1), overlays=OVERLAYS, frame=None):
        self.dims = dims
        X = trace.X[:, dims]
        K = trace.mixture.n_components
        limits = set_limits(ax, X if frame is None else np.concatenate([X, frame]))
        self.contours = Contours(ax, limits) if "contours" in overlays else None
        self.ghosts = Ghosts(ax) if "ghosts" in overlays else None
        self.points = Points(ax, X, K)
        self.ellipses = Ellipses(ax, K) if "ellipses" in overlays else None
        parts = filter(None, (self.contours, self.ghosts, self.points, self.ellipses))
        self.artists = [artist for part in parts for artist in part.artists]

    def show(self, step, previous):
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
        K = trace.mixture.n_components
        limits = set_limits(ax, trace.X)
        self.histogram = Histogram(ax, trace.X)
        self.rug = Rug(ax, trace.X)
        self.curves = Curves(ax, limits[:, 0], K)
        self.artists = [*self.rug.artists, *self.curves.artists]

    def show(self, step, previous):
        """Move to a step."""
        self.rug.show(step.responsibilities)
        self.curves.show(step.mixture)


def describe(trace, index):
    """Say in one line what half-step `index` did; also the caption under each frame."""
    step = trace.steps[index]
    score = f"log-likelihood {step.log_likelihood:.1f}"
    shapes = "curves" if trace.X.shape[1] == 1 else "ellipses"
    if step.kind == "start":
        return f"Start: no point has a colour yet; {score}"
    if step.kind == "M":
        gain = step.log_likelihood - trace.steps[index - 1].log_likelihood
        return f"M-step {step.iteration}: {shapes} move; {score}{_change(gain)}"
    ending = f"; {ENDINGS.get(trace.status, trace.status)}" if step is trace.steps[-1] else ""
    return f"E-step {step.iteration}: colours move; {score}{ending}"


def from_start(trace, index):
    """The index counted from 0, the start, if negative from the end; IndexError if there is no such step."""
    n = len(trace.steps)
    if not -n <= index < n:
        raise IndexError(f"index must be between 0 and {n - 1}, or from -{n} to -1; got {index}")
    return range(n)[index]


def _make_room(figure, left_ax, right_ax):
    """Move the left edge in, and the axes apart, as far as long numbers need it."""
    left, right = (ax.get_tightbbox(figure.canvas.get_renderer()) for ax in (left_ax, right_ax))
    outside, overlap = max(4 - left.x0, 0), max(left.x1 + 8 - right.x0, 0)
    width = (left_ax.bbox.width + right_ax.bbox.width - outside - overlap) / 2
    figure.subplots_adjust(
        left=LEFT + outside / figure.bbox.width, wspace=(right_ax.bbox.x0 - left_ax.bbox.x1 + overlap) / width
    )


def _change(gain):
    if abs(gain) < 0.005:
        return f", {'up' if gain >= 0 else 'down'} by less than 0.01"
    return f", {'up' if gain > 0 else 'down'} {abs(gain):.2f}"


def _position(step):
    """Place on the iteration axis: the start at 0.5, E-step t at t, M-step t at t + 1/2."""
    return {"start": 0.5, "E": step.iteration, "M": step.iteration + 0.5}[step.kind]


def _default_columns(D):
    return ("x", "y", "z")[:D] if D <= 3 else tuple(f"x{d + 1}" for d in range(D))

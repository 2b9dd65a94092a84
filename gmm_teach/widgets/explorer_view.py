"""The Explorer's picture: data, log-likelihood, and one picked point with its responsibilities."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..mixture import log_joint
from ..plots import COLORS, FONT, GREY, LINE_COLORS, OUTLINE, PINK, Truth, marginal, set_limits, style_axes
from ..views import Panel1D, Panel2D, ScoreTrace
from ..words import letter

SIZE = (9.0, 4.4)


class PickedPoint:
    """For one point, each component's responsibility as a bar, with the product that it comes from."""

    def __init__(self, ax, trace, row):
        self.X, K = trace.X[[row]], trace.mixture.n_components
        self.row = row
        style_axes(ax, f"Point {row}: prior × density → share", "responsibility")
        ax.set(xlim=(0, 2.5), ylim=(K - 0.45, -0.55), xticks=[0, 0.5, 1])
        ax.set_yticks(range(K), [letter(k) for k in range(K)])
        self.bars = ax.barh(range(K), np.zeros(K), height=0.8, color=COLORS[:K], edgecolor=LINE_COLORS[:K])
        style = {"ha": "right", "va": "center", "fontsize": FONT - 1 if K <= 5 else 10, "color": OUTLINE}
        self.texts = [ax.text(2.48, k, "", **style) for k in range(K)]
        self.artists = [*self.bars, *self.texts]

    def show(self, step):
        """Move to a step; before the first E-step nobody has a share."""
        densities = np.exp(log_joint(self.X, step.mixture)[0]) / step.mixture.weights
        for k, (bar, text) in enumerate(zip(self.bars, self.texts, strict=True)):
            product = f"{step.mixture.weights[k]:.2f} × {densities[k]:.2g}"
            share = 0 if step.responsibilities is None else step.responsibilities[self.row, k]
            bar.set_width(share)
            text.set_text(product if step.responsibilities is None else f"{product}  →  {share:.2f}")


class ExplorerView:
    """A trace, or data alone where there is none yet; `moving` and `show` as in `View`.

    The axes are made once, and `load` fills them anew: making axes costs more than all the rest.
    """

    def __init__(self):
        self.figure = Figure(figsize=SIZE, dpi=100)
        FigureCanvasAgg(self.figure)
        grid = self.figure.add_gridspec(2, 2, width_ratios=[1.25, 1], height_ratios=[1.15, 1])
        grid.update(left=0.085, right=0.985, top=0.93, bottom=0.125, wspace=0.27, hspace=0.62)
        self.axes = [self.figure.add_subplot(place) for place in (grid[:, 0], grid[0, 1], grid[1, 1])]

    def load(self, data, trace, row, overlays, dims, frame):
        """Draw another trace (or None) of `data`; row is the picked point, frame points to keep in view."""
        self.trace, self.moving = trace, []
        for ax in self.axes:
            _empty(ax)
            ax.set_visible(trace is not None or ax is self.axes[0])
        data_ax, score_ax, picked_ax = self.axes
        one_d = data.X.shape[1] == 1
        labels = (data.columns[0], "density") if one_d else [data.columns[d] for d in dims]
        style_axes(data_ax, "", *labels)
        if trace is None:
            X = data.X if one_d else data.X[:, list(dims)]
            data_ax.plot(*X.T, *([0 * X] * one_d), "o", ms=4.5, color=GREY)
            set_limits(data_ax, X if frame is None else np.concatenate([X, frame]))
            return
        self._draw_data(data_ax, data, row, overlays, dims, frame)
        self.scores = ScoreTrace(
            style_axes(score_ax, "Log-likelihood", "iteration"), trace, "bound" in overlays
        )
        self.picked = PickedPoint(picked_ax, trace, row)
        artists = [*self.panel.artists, *self.scores.artists, *self.picked.artists, *self.collapse]
        self.moving = sorted(artists, key=lambda artist: artist.get_zorder())

    def _draw_data(self, ax, data, row, overlays, dims, frame):
        X = self.trace.X
        if X.shape[1] == 1:
            self.panel = Panel1D(ax, self.trace)
            ax.plot(
                X[row, 0], 0.025, "v", ms=11, mfc="none", mec=PINK, mew=2, transform=ax.get_xaxis_transform()
            )
        else:
            self.panel = Panel2D(ax, self.trace, dims, overlays, frame)
            ax.plot(*X[row, list(dims)], "o", ms=13, mfc="none", mec=PINK, mew=2, zorder=2.9)
            if "truth" in overlays and data.truth is not None:
                Truth(ax, marginal(data.truth, dims))
        self.collapse = []
        if self.trace.status == "collapsed" and X.shape[1] > 1:
            mean = self.trace.mixture.means[self.trace.collapsed, list(dims)]
            style = {"ls": "", "marker": "x", "ms": 26, "mew": 4, "color": PINK, "zorder": 6}
            self.collapse = ax.plot(*mean, **style)

    def show(self, index):
        """Move to half-step `index`."""
        if self.trace is None:
            return
        step = self.trace.steps[index]
        self.panel.show(step, self.trace.steps[max(index - 1, 0)])
        self.scores.show(index)
        self.picked.show(step)
        for mark in self.collapse:
            mark.set_visible(step is self.trace.steps[-1])


def _empty(ax):
    """Take out what is drawn, but leave ticks and spines, which are slow to make."""
    for artist in (*ax.lines, *ax.collections, *ax.patches, *ax.texts):
        artist.remove()
    if ax.get_legend():
        ax.get_legend().remove()
    ax.relim()
    ax.autoscale()

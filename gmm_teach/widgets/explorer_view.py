"""The Explorer's picture: data, log-likelihood, and one picked point with its responsibilities."""

import numpy as np

from ..figures.parts import blank, ring
from ..gaussian import log_gaussian
from ..plots import (
    COLORS,
    FONT,
    GREY,
    LINE_COLORS,
    OUTLINE,
    PINK,
    Truth,
    marginal,
    said_of_sample,
    set_limits,
    style_axes,
)
from ..views import Panel1D, Panel2D, ScoreTrace
from ..words import letter
from .explorer_data import step_at

ROOM = {"top": 0.93, "bottom": 0.125, "wspace": 0.29, "hspace": 0.62}


class PickedPoint:
    """For one point, each component's responsibility as a bar, with the product that it comes from."""

    def __init__(self, ax, trace, row):
        self.X, K = trace.X[[row]], trace.mixture.n_components
        self.row = row
        style_axes(ax, f"Point {row}: prior × density → share", "responsibility")
        ax.set(xlim=(0, 2.9), ylim=(K - 0.45, -0.55), xticks=[0, 0.5, 1])
        ax.set_yticks(range(K), [letter(k) for k in range(K)])
        self.bars = ax.barh(range(K), np.zeros(K), height=0.8, color=COLORS[:K], edgecolor=LINE_COLORS[:K])
        style = {"ha": "right", "va": "center", "fontsize": FONT - 1 if K <= 5 else 10, "color": OUTLINE}
        self.texts = [ax.text(2.88, k, "", **style) for k in range(K)]
        self.artists = [*self.bars, *self.texts]

    def show(self, step) -> None:
        """Move to a step; before the first E-step nobody has a share."""
        weights, means, covariances = step.mixture
        for k, (bar, text) in enumerate(zip(self.bars, self.texts, strict=True)):
            with np.errstate(under="ignore", over="ignore"):
                density = np.exp(log_gaussian(self.X, means[k], covariances[k])[0])
            product = f"{weights[k]:.2f} × {density:.2g}"
            share = 0 if step.responsibilities is None else step.responsibilities[self.row, k]
            bar.set_width(share)
            text.set_text(product if step.responsibilities is None else f"{product}  →  {share:.2f}")


class ExplorerView:
    """A trace, or data alone where there is none yet; `moving` and `show` as in `View`.

    The axes are made once, and `draw` fills them anew: making axes costs more than all the rest.
    """

    def __init__(self):
        self.figure, self.axes = blank(
            2, 2, (9.0, 4.4), tall=0, widths=(1.25, 1), heights=(1.15, 1), margins=ROOM
        )

    def draw(self, data, trace, row, overlays, dims, frame, also=()) -> None:
        """Draw columns dims of another trace (or None) of `data`, and its picked point number row.

        The points frame (n, 2), if any, stay in view, and the rows in `also` are in any sample.
        """
        self.trace, self.moving = trace, []
        for ax in self.axes:
            _clear(ax)
            ax.set_visible(trace is not None or ax is self.axes[0])
        data_ax, score_ax, picked_ax = self.axes
        one_d = data.X.shape[1] == 1
        style_axes(data_ax, "", *(data.columns[d] for d in dims), *["density"] * one_d)
        for label in (data_ax.xaxis.label, data_ax.yaxis.label):
            label.set_parse_math(False)  # a reader's own words: "$" is a dollar
        if trace is None:
            X = data.X[:, dims]
            data_ax.plot(*X.T, *([0 * X] * one_d), "o", ms=4.5, color=GREY)
            set_limits(data_ax, X if frame is None else np.concatenate([X, frame]))
            return
        self._draw_data(data_ax, data, row, overlays, dims, frame, also)
        self.scores = ScoreTrace(
            style_axes(score_ax, "Log-likelihood", "iteration"), trace, "bound" in overlays
        )
        self.picked = PickedPoint(picked_ax, trace, row)
        self.moving = [*self.panel.artists, *self.scores.artists, *self.picked.artists, *self.collapse]

    def _draw_data(self, ax, data, row, overlays, dims, frame, also):
        X, self.sampled = self.trace.X, ""
        if X.shape[1] == 1:
            self.panel = Panel1D(ax, self.trace)
            ax.plot(
                X[row, 0], 0.025, "v", ms=11, mfc="none", mec=PINK, mew=2, transform=ax.get_xaxis_transform()
            )
        else:
            self.panel = Panel2D(ax, self.trace, dims, overlays, frame, [row, *also])
            self.sampled = said_of_sample(len(X), len(self.panel.points.rows))
            ring(ax, X[row, dims], size=13, width=2, zorder=2.9)
            if "truth" in overlays and data.truth is not None:
                Truth(ax, marginal(data.truth, dims))
        self.collapse = []
        if self.trace.status == "collapsed" and X.shape[1] > 1:
            mean = self.trace.mixture.means[self.trace.collapsed, dims]
            style = {"ls": "", "marker": "x", "ms": 26, "mew": 4, "color": PINK, "zorder": 6}
            self.collapse = ax.plot(*mean, **style)

    def show(self, index) -> None:
        """Move to half-step `index`."""
        if self.trace is None:
            return
        step = step_at(self.trace, index)
        self.panel.show(step, self.trace.steps[max(index - 1, 0)])
        self.scores.show(index)
        self.picked.show(step)
        for mark in self.collapse:
            mark.set_visible(index == len(self.trace.steps) - 1)


def _clear(ax):
    """Take out what is drawn, but leave ticks and spines, which are slow to make."""
    for artist in (*ax.lines, *ax.collections, *ax.patches, *ax.texts):
        artist.remove()
    if ax.get_legend():
        ax.get_legend().remove()
    ax.relim()
    ax.autoscale()

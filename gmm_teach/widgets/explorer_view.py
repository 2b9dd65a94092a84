"""The Explorer's picture: data, log-likelihood, and one picked point with its responsibilities."""

import numpy as np

from ..figures.parts import blank, ring
from ..frames import Still
from ..plots import (
    FONT,
    GREY,
    MOST_POINTS,
    OUTLINE,
    PINK,
    Truth,
    marginal,
    said_of_sample,
    set_limits,
    style_axes,
)
from ..views import OVERLAYS, Panel1D, Panel2D, ScoreTrace
from .explorer_data import step_at
from .explorer_picked import PickedPoint

ROOM = {"top": 0.93, "bottom": 0.125, "wspace": 0.29, "hspace": 0.62}
LEFT, UPPER_RIGHT, LOWER_RIGHT = (0, 0, 0.545, 1), (0.545, 0.475, 1, 1), (0.545, 0, 1, 0.475)  # of the figure
MOST_PANELS = 12
BELOW_SCORES, BELOW_PICKED = -0.22, -0.255  # where labels are, in heights of these axes


class ExplorerView:
    """A trace, or data alone where there is none yet; `moving` and `show` as in `View`.

    Axes are made anew only where `draw` is given other data, and the artists of each K once.
    """

    def __init__(self):
        self.figure, self.axes = blank(
            2, 2, (9.0, 4.4), tall=0, widths=(1.25, 1), heights=(1.15, 1), margins=ROOM
        )
        _, score_ax, picked_ax = self.axes
        style_axes(score_ax, "Log-likelihood")
        style_axes(picked_ax, "", "responsibility").set_xticks([0, 0.5, 1])
        for ax, down in ((score_ax, BELOW_SCORES), (picked_ax, BELOW_PICKED)):
            ax.xaxis.set_label_coords(0.5, down)  # so that nobody has to find room for it
            ax.yaxis.set_label_coords(0, 0.5)  # there is none
        score_ax.title.set_animated(True)  # it stays where its axes change: a part of its own, as its label
        picked_ax.set_title("prior × density → share", loc="right", fontsize=FONT, color=OUTLINE, y=1)
        picked_ax.set_axisbelow(True)  # under the bars, which move
        score_ax.patch.set_visible(False)  # it would cover the legend, which is drawn before
        place = {"transform": score_ax.transAxes, "ha": "center", "va": "top", "animated": True}
        self.label = self.figure.text(0.5, BELOW_SCORES, "iteration", fontsize=FONT, color=OUTLINE, **place)
        self.still, self.sampled, self.data_key, self.n_axes = Still(self.figure), "", None, 0
        self.look_of_scores = None
        self.panels, self.bars = {}, {}  # by what they depend on

    def draw(self, data, trace, row, overlays, dims, frame, also=(), limits=None) -> None:
        """Draw columns dims of another trace (or None) of `data`, and its picked point number row.

        The points frame (n, 2), if any, stay in view, and the rows in `also` are in any sample.
        `limits` of x and y, if any, take the place of those that fit the data.
        """
        self.trace, self.moving = trace, []
        data_ax, score_ax, picked_ax = self.axes
        for ax in (score_ax, picked_ax):
            ax.set_visible(trace is not None)
        in_sample = [row, *also] if len(data.X) > MOST_POINTS else []
        self._take_panel(data_ax, data, overlays, dims, frame, in_sample, limits)
        if trace is None:
            return
        self._take_scores(score_ax, bound="bound" in overlays, words="words" in overlays)
        K = trace.mixture.n_components
        self.picked = self.bars[K] = self.bars.get(K) or PickedPoint(picked_ax, K)
        self.picked.pick(trace.X, row)
        self._mark(row, dims)
        marks = [self.ring, *self.collapse]
        self.moving = [*self.panel.artists, *self.scores.artists, *self.picked.artists, *marks]

    def draw_still(self) -> None:
        """Draw all but what moves."""
        data_ax, score_ax, picked_ax = self.axes
        boxes = {LEFT: [(data_ax, self.n_axes)]}
        if self.trace is not None:
            legend = self.scores.legend
            look = self.scores.corner, *(text.get_text() for text in legend.get_texts())
            stays = [(score_ax.title, "title"), (self.label, "label")]
            boxes[UPPER_RIGHT] = [*stays, (legend, look), (score_ax, None)]
            boxes[LOWER_RIGHT] = [(picked_ax, self.picked.n_components), (self.picked.number, None)]
        self.still.draw(boxes)

    def _take_panel(self, ax, data, overlays, dims, frame, also, limits):
        """The artists of this K and these overlays, on axes of these data."""
        K = self.trace and self.trace.mixture.n_components
        one_d = data.X.shape[1] == 1
        truth = data.truth if "truth" in overlays else None
        look = [part.tobytes() for part in (data.X, *(truth or ()))]
        of_data = K is None, *look, data.columns, tuple(dims), frame is None, limits, one_d and K
        if of_data != self.data_key or len(self.panels) == MOST_PANELS:
            self.data_key, self.panels = None, {}  # should what follows fail
            self._make_axes(ax, data, truth, dims, frame)
        if K is None:
            self.sampled = ""
        else:
            overlays = tuple(name for name in overlays if name in OVERLAYS)
            key = K, overlays, *also
            self.panel = self.panels.get(key) or self._make_panel(ax, overlays, dims, frame, also)
            self.panels[key] = self.panel
            self.sampled = "" if one_d else said_of_sample(len(data.X), len(self.panel.points.rows))
        if limits:
            ax.set(xlim=limits[0], ylim=limits[1])
        self.data_key = of_data

    def _make_axes(self, ax, data, truth, dims, frame):
        """Axes of other data, with all that is the same for every K."""
        self.n_axes += 1
        _clear(ax)
        one_d = data.X.shape[1] == 1
        style_axes(ax, "", *(data.columns[d] for d in dims), *["density"] * one_d)
        for label in (ax.xaxis.label, ax.yaxis.label):
            label.set_parse_math(False)  # a reader's own words: "$" is a dollar
        if self.trace is None:
            X = data.X[:, dims]
            ax.plot(*X.T, *([0 * X] * one_d), "o", ms=4.5, color=GREY)
            set_limits(ax, X if frame is None else np.concatenate([X, frame]))
            return
        if one_d:
            style = {"ls": "", "marker": "v", "ms": 11, "mfc": "none", "mec": PINK, "mew": 2, "zorder": 1.9}
            (self.ring,) = ax.plot([], [], transform=ax.get_xaxis_transform(), **style)
        else:
            self.ring = ring(ax, size=13, width=2, zorder=2.9)
        if truth is not None and not one_d:
            Truth(ax, marginal(truth, dims))
        self.collapse = ax.plot([], [], ls="", marker="x", ms=26, mew=4, color=PINK, zorder=6)
        style = {"ls": "", "marker": "D", "ms": 19, "mfc": "none", "mec": PINK, "mew": 2, "zorder": 5}
        self.starts = ax.plot([], [], clip_on=False, **style)

    def _take_scores(self, ax, **look):
        """The scores of another trace, by the same artists unless they look otherwise."""
        if look == self.look_of_scores:
            self.scores.follow(self.trace)
            return
        _clear(ax)
        self.scores, self.look_of_scores = ScoreTrace(ax, self.trace, **look), look
        self.scores.legend.set_animated(True)

    def _make_panel(self, ax, overlays, dims, frame, also):
        if self.trace.X.shape[1] == 1:
            return Panel1D(ax, self.trace)
        return Panel2D(ax, self.trace, dims, overlays, frame, also)

    def _mark(self, row, dims):
        """Move the ring to the picked row, and the cross to the component that has collapsed."""
        X, mixture, collapsed = self.trace.X, self.trace.mixture, self.trace.collapsed
        one_d = X.shape[1] == 1
        self.ring.set_data(*([[X[row, 0]], [0.025]] if one_d else X[[row]][:, dims].T))
        lost = [] if self.trace.status != "collapsed" or one_d else [collapsed]
        for cross in self.collapse:
            cross.set_data(*(mixture.means[lost][:, dims].T if lost else ([], [])))

    def mark(self, starts) -> None:
        """Mark the starting means (K, 2) in every picture, to be dragged."""
        self.starts[0].set_data(*starts.T)
        self.moving += self.starts

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

"""Demo Outliers: a point is an outlier if its density is low, however sure its responsibility."""

import numpy as np
from matplotlib.collections import LineCollection

from ... import datasets
from ...figures.parts import blank, ring
from ...mixture import log_density, responsibilities
from ...plots import (
    COLORS,
    FONT,
    LINE_COLORS,
    OUTLINE,
    PINK,
    Ellipses,
    Points,
    density_levels,
    own_settings,
    style_axes,
)
from ...restarts import fit
from ...words import letter
from ..controls import grid, slider
from ..live import Live
from ..scene import Scene

X_LIMITS, Y_LIMITS = (0.0, 8.0), (20.0, 130.0)


class Outliers(Scene):
    """Old Faithful with a threshold on its log-density, and one more point."""

    name = "Demo: outliers"
    stored = grid(share=range(21))
    controls = (
        slider("share", "Lowest %", 0, 20, 5.0, 0.5, "How many of the points count as outliers"),
        slider("x", "Eruption", *X_LIMITS, 7.0, 0.1, "Place of the star"),
        slider("y", "Waiting", *Y_LIMITS, 30.0, 1, "Place of the star"),
    )
    clickable = (0,)

    @own_settings()
    def __init__(self):
        data = datasets.load("old_faithful")
        trace = fit(data.X, 2, starts=1, seed=0)
        self.X, self.mixture = data.X, trace.mixture
        self.log_densities = log_density(self.X, self.mixture)
        self.figure, (self.map, self.bars, self.shares) = blank(
            2, 2, tall=0, margins={"wspace": 0.22, "hspace": 0.5}
        )
        self._draw_map(data, trace)
        self._draw_sides()
        marks = [self.line, self.flags, self.query, self.limit, self.at]
        self.moving = [*marks, *self.widths, self.map.title, self.where, *self.texts]

    def _draw_map(self, data, trace):
        ax = style_axes(self.map, "", *data.columns)
        ax.set(xlim=(-0.3, 8.3), ylim=(14, 136))
        Points(ax, self.X, 2).show(trace.responsibilities)
        Ellipses(ax, 2).show(self.mixture)
        self.levels = density_levels(self.mixture, np.transpose([X_LIMITS, Y_LIMITS]))
        self.line = LineCollection([], colors=OUTLINE, linewidths=1.6, linestyles="dashed", zorder=4)
        ax.add_collection(self.line, autolim=False)
        self.flags = ring(ax, size=12, width=1.8, zorder=4)
        (self.query,) = ax.plot([], [], "*", ms=20, color=PINK, mec="white", zorder=6)

    def _draw_sides(self):
        ax = style_axes(self.bars, f"Log-density of the {len(self.X)} points", "", "points")
        ax.hist(self.log_densities, 40, color="#CCCCCC", edgecolor="#999999")
        self.low = self.log_densities.min() - 2
        ax.set_xlim(self.low, self.log_densities.max() + 0.4)
        self.limit = ax.axvline(0, color=OUTLINE, lw=1.6, ls="--")
        (self.at,) = ax.plot([], [], "*", ms=18, color=PINK, mec="white", clip_on=False, zorder=6)
        paper = {"fc": "white", "ec": "none", "pad": 1}
        self.where = ax.text(0, 0, "", fontsize=FONT, color=PINK, va="center", bbox=paper)
        ax = style_axes(self.shares, "Responsibilities of the star", "")
        ax.set(xlim=(0, 1.25), ylim=(1.55, -0.55), xticks=[0, 0.5, 1])
        ax.set_yticks([0, 1], [letter(0), letter(1)])
        self.widths = ax.barh([0, 1], [0, 0], 0.8, color=COLORS[:2], edgecolor=LINE_COLORS[:2])
        self.texts = [ax.text(0, k, "", fontsize=FONT, va="center", color=OUTLINE) for k in (0, 1)]

    def change(self, values) -> None:
        """Move the threshold and the star."""
        threshold = np.quantile(self.log_densities, values["share"] / 100)
        below = self.log_densities < threshold
        self.line.set_segments(self.levels.lines(threshold))
        self.flags.set_data(*self.X[below].T)
        self.limit.set_xdata([threshold, threshold])
        self.map.title.set_text(f"Outliers: {below.sum()} of {len(self.X)} points")
        point = np.array([[values["x"], values["y"]]])
        score, shares = log_density(point, self.mixture)[0], responsibilities(point, self.mixture)[0]
        self.query.set_data(*point.T)
        self._show_sides(score, shares)
        self.captions = [self._verdict(point[0], score, threshold, shares)]

    def click(self, values, x, y) -> dict:
        """A click moves the star."""
        return {"x": round(x, 2), "y": round(y, 1)}

    def _show_sides(self, score, shares):
        height = 0.55 * self.bars.get_ylim()[1]
        seen = max(score, self.low + 0.3)
        self.at.set_data([seen], [height])
        left = seen > self.bars.get_xlim()[1] - 1.5
        self.where.set(x=seen - 0.25 if left else seen + 0.25, y=height, ha="right" if left else "left")
        self.where.set_text(f"{'← ' if seen > score else ''}{score:.1f}")
        for bar, text, share in zip(self.widths, self.texts, shares, strict=True):
            bar.set_width(share)
            text.set_position((share + 0.03, text.get_position()[1]))
            text.set_text(f"{share:.3f}")

    def _verdict(self, point, score, threshold, shares):
        k = int(shares.argmax())
        side = "below" if score < threshold else "above"
        head = f"({point[0]:.1f}, {point[1]:.0f}): log-density {score:.1f}, {side} {threshold:.1f}"
        share = f"{shares[k]:.3f} for {letter(k)}"
        if score < threshold and shares[k] > 0.99:
            return f"{head}: an outlier, yet its responsibility is {share}"
        if score < threshold:
            return f"{head}: an outlier; responsibility {share}"
        return f"{head}: {'undecided, but ' if shares[k] < 0.9 else ''}no outlier; responsibility {share}"


def outliers(*, hide=(), **presets) -> Live:
    """Demo: Old Faithful's points below a quantile of the log-density, and a star that a click moves."""
    return Live(Outliers(), hide=hide, **presets)

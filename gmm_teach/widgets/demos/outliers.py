"""Demo Outliers: a point is an outlier if its density is low, however sure its responsibility."""

import numpy as np
from matplotlib.collections import LineCollection

from ...diagnosis import quietly
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
    check_dims,
    density_levels,
    own_settings,
    style_axes,
)
from ...restarts import fit
from ...words import count, letter, vector
from ..controls import grid, slider
from ..explorer_data import reach, rounded
from ..live import Live
from ..readers_data import check_few, loaded, readers_own
from ..scene import Scene

X_LIMITS, Y_LIMITS = (0.0, 8.0), (20, 130)


SHARE = slider("share", "Lowest %", 0, 20, 5.0, 0.5, "How many of the points count as outliers")


class Outliers(Scene):
    """Points with a threshold on their log-density, and a star: Old Faithful's, or a reader's."""

    name = "Demo: outliers"
    stored = grid(share=range(21))
    controls = (
        SHARE,
        slider("x", "Eruption", *X_LIMITS, 7.0, 0.1, "Place of the star"),
        slider("y", "Waiting", *Y_LIMITS, 30, 1, "Place of the star"),
    )
    clickable = (0,)

    @own_settings()
    def __init__(self, own=None, K=2):
        self.own = own is not None
        data = own if self.own else loaded("old_faithful")
        trace = quietly(fit, data.X, K, starts=10 if self.own else 1, seed=0)
        if trace.status == "collapsed":
            raise ValueError(f"the fit of X with {count(K, 'component')}: {trace.message}")
        self.X, self.mixture, self.limits = data.X, trace.mixture, np.transpose([X_LIMITS, Y_LIMITS])
        if self.own:
            self._lay_out_controls(data)
        self.log_densities = log_density(self.X, self.mixture)
        self.figure, (self.map, self.bars, self.shares) = blank(
            2, 2, tall=0, margins={"left": 0.11 if self.own else 0.085, "wspace": 0.22, "hspace": 0.5}
        )
        self._draw_map(data, trace)
        self._draw_sides()
        marks = [self.line, self.flags, self.query, self.limit, self.at]
        self.moving = [*marks, *self.widths, self.map.title, self.where, *self.texts]

    def _lay_out_controls(self, data):
        """Sliders of the star, which begins off the points, as far as half their reach around them."""
        low, high, wide = self.X.min(axis=0), self.X.max(axis=0), reach(self.X)
        self.limits = np.array([rounded(low - wide / 2, self.X), rounded(high + wide / 2, self.X)])
        at = rounded([high[0] + wide[0] / 4, low[1] - wide[1] / 4], self.X)
        steps = 10 ** np.floor(np.log10(wide) - 2)
        axes = zip("xy", data.columns, *self.limits.tolist(), at.tolist(), steps.tolist(), strict=True)
        self.controls = (SHARE, *(slider(*axis, "Place of the star") for axis in axes))

    def _draw_map(self, data, trace):
        ax, K = style_axes(self.map, "", *data.columns), self.mixture.n_components
        for label in (ax.xaxis.label, ax.yaxis.label):
            label.set_parse_math(False)  # a reader's own words: "$" is a dollar
        room = 0.04 * np.ptp(self.limits, axis=0)
        xlim, ylim = np.transpose([self.limits[0] - room, self.limits[1] + room])
        ax.set(xlim=xlim, ylim=ylim) if self.own else ax.set(xlim=(-0.3, 8.3), ylim=(14, 136))
        Points(ax, self.X, K).show(trace.responsibilities)
        Ellipses(ax, K).show(self.mixture)
        self.levels = density_levels(self.mixture, self.limits)
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
        K = self.mixture.n_components
        ax.set(xlim=(0, 1.25), ylim=(K - 0.45, -0.55), xticks=[0, 0.5, 1])
        ax.set_yticks(range(K), [letter(k) for k in range(K)])
        self.widths = ax.barh(range(K), np.zeros(K), 0.8, color=COLORS[:K], edgecolor=LINE_COLORS[:K])
        size = FONT if K <= 5 else 10
        self.texts = [ax.text(0, k, "", fontsize=size, va="center", color=OUTLINE) for k in range(K)]

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
        at = rounded([x, y], self.X).tolist() if self.own else (round(x, 2), round(y, 1))
        return dict(zip("xy", at, strict=True))

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
        where = vector(point) if self.own else f"({point[0]:.1f}, {point[1]:.0f})"
        head = f"{where}: log-density {score:.1f}, {side} {threshold:.1f}"
        share = f"{shares[k]:.3f} for {letter(k)}"
        if score < threshold and shares[k] > 0.99:
            return f"{head}: an outlier, yet its responsibility is {share}"
        if score < threshold:
            return f"{head}: an outlier; responsibility {share}"
        return f"{head}: {'undecided, but ' if shares[k] < 0.9 else ''}no outlier; responsibility {share}"


def outliers(X=None, *, K=2, columns=None, dims=(0, 1), hide=(), **presets) -> Live:
    """Demo: Old Faithful's points below a quantile of the log-density, and a star that a click moves.

    X (N, D), an array, a DataFrame or a `Dataset` of two columns or more, are data of your own, by default
    Old Faithful's. The two columns in dims, and no others, are fitted with K components; columns are names of
    those of X, as in `explorer`.
    """
    K, data = check_few("K", K), readers_own(X, columns)
    if data is None and (K, check_dims(dims, 2, 2)) == (2, (0, 1)):
        return Live(Outliers(), hide=hide, **presets)
    data = data or loaded("old_faithful")
    if data.X.shape[1] < 2:
        raise ValueError("X must have two columns or more to look for outliers in a plane, got 1 column")
    dims = check_dims(dims, data.X.shape[1], 2)
    data = data._replace(X=data.X[:, dims], truth=None, columns=tuple(data.columns[d] for d in dims))
    return Live(Outliers(data, K), hide=hide, **presets)

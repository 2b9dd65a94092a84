"""Demo Basin map: the log-likelihood over two means as a landscape, and the way that EM takes over it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...diagnosis import quietly
from ...em import run_em
from ...figures.parts import blank
from ...gaussian import log_gaussian_1d
from ...mixture import log_likelihood, responsibilities, sample
from ...params import Mixture
from ...plots import FONT, LINE_COLORS, OUTLINE, PINK, Curves, Rug, own_settings, style_axes
from ...trace import Trace
from ..controls import grid, slider
from ..live import Live
from ..scene import Scene, whole

LOW, HIGH = -4.0, 8.0
DROPS = (0, 1, 3, 10, 30, 100, 300, 1000)  # nats below the highest place at which colours change
SEEDS = 200
NEAR = 0.05  # ends closer than this are one


def data() -> np.ndarray:
    """60 made numbers (60, 1): about 7 of 10 around 0, the others around 4, both with deviation 1."""
    return sample(mixture_at(0, 4, 0.7), 60, np.random.default_rng(3))[0]


def mixture_at(mean_A, mean_B, weight) -> Mixture:
    """The model: the means are free, the weight of A is given, and both deviations are 1."""
    return Mixture([weight, 1 - weight], [[mean_A], [mean_B]], np.ones((2, 1, 1)))


def climb(X, mean_A, mean_B, weight) -> Trace:
    """EM for the means alone, to the end."""

    def m_step(X, responsibilities):
        means = responsibilities.T @ X / responsibilities.sum(axis=0)[:, np.newaxis]
        return mixture_at(*means[:, 0], weight)

    start = mixture_at(mean_A, mean_B, weight)
    return whole(quietly(run_em, X, start, m_step=m_step, tol=1e-10, max_iter=1000))


class Land(NamedTuple):
    """What there is for one weight: heights over axis x axis (n, n), and where `SEEDS` runs begin and end.

    A row of `heights` has one mean of B. `starts` are (SEEDS, 2), each of them two of the points; `peaks`
    (n, 2) are the ends without repeats, the highest first, with their `scores`; `reached` (SEEDS,) says
    at which of them each run ends.
    """

    axis: np.ndarray
    heights: np.ndarray
    starts: np.ndarray
    peaks: np.ndarray
    scores: np.ndarray
    reached: np.ndarray


@lru_cache(maxsize=40)
def land(weight) -> Land:
    """The land of the data for this weight of A."""
    X = data()
    axis = np.linspace(LOW, HIGH, 97)
    logs = log_gaussian_1d(X[:, 0], axis[:, np.newaxis], np.ones((97, 1)))  # (97, N)
    heights = np.logaddexp(np.log(weight) + logs, np.log(1 - weight) + logs[:, np.newaxis]).sum(axis=2)
    rows = np.array([np.random.default_rng(seed).choice(len(X), 2, replace=False) for seed in range(SEEDS)])
    starts = X[rows, 0]
    ends = _all_ends(X[:, 0], starts, weight)
    peaks = [ends[0]]
    for end in ends:
        if min(np.abs(end - peak).max() for peak in peaks) > NEAR:
            peaks.append(end)
    scores = np.array([log_likelihood(X, mixture_at(*peak, weight)) for peak in peaks])
    peaks = np.array(peaks)[np.argsort(-scores)]
    reached = np.abs(ends[:, np.newaxis] - peaks).max(axis=2).argmin(axis=1)
    return Land(axis, heights, starts, peaks, np.sort(scores)[::-1], reached)


def _all_ends(x, means, weight, n_iterations=400):
    """Where EM for the means ends from each row of means (S, 2), all runs at once."""
    odds = np.log(1 / weight - 1)
    for _ in range(n_iterations):
        a, b = means[:, :1], means[:, 1:]
        log_b = odds + (b - a) * (x - (a + b) / 2)  # of B to A, for every run and point: (S, N)
        r = 1 / (1 + np.exp(log_b))
        means = np.column_stack([r @ x / r.sum(axis=1), (1 - r) @ x / (1 - r).sum(axis=1)])
    return means


class BasinMap(Scene):
    """The landscape with EM's path from the reader's start, beside the data and the mixture at its end."""

    name = "Demo: basin map"
    stored = grid(weight=(0.5, 0.7), mean_A=range(-3, 8, 2), mean_B=range(-3, 8, 2))
    controls = (
        slider("mean_A", "start of mean A", LOW, HIGH, 5.0, 0.1),
        slider("mean_B", "start of mean B", LOW, HIGH, -2.0, 0.1),
        slider("weight", "weight of A", 0.1, 0.9, 0.7, 0.1, "Held, as both deviations are, at 1"),
    )
    clickable, draggable = (0,), 0
    weight, drawn = None, ()

    @own_settings()
    def __init__(self):
        self.X = data()
        self.figure, (self.map, side) = blank(1, 2, widths=(1.2, 1), margins={"wspace": 0.28})
        style_axes(self.map, "Log-likelihood (light: high) and EM's path", "mean A", "mean B")
        self.map.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), aspect="equal")
        style = {"color": PINK, "zorder": 5, "clip_on": False}
        (self.path,) = self.map.plot([], [], lw=2.2, marker="o", ms=4, **style)
        (self.begin,) = self.map.plot([], [], ls="", marker="o", ms=11, mfc="white", mew=2.5, **style)
        (self.end,) = self.map.plot([], [], ls="", marker="*", ms=17, mec="white", **style)
        style_axes(side, "The mixture where EM ends", "x", "density")
        side.set(xlim=(LOW, HIGH), ylim=(0, 0.5))
        self.rug, self.curves = Rug(side, self.X), Curves(side, (LOW, HIGH), 2)
        marks = (self.path, self.begin, self.end)
        self.moving = (*marks, *self.rug.artists, *self.curves.artists)

    def compute(self, values) -> None:
        """Make the land, and let EM climb."""
        self.land = land(round(values["weight"], 1))
        self.trace = climb(self.X, values["mean_A"], values["mean_B"], round(values["weight"], 1))

    def change(self, values) -> None:
        """Draw the land of the weight, and the path from the start."""
        if values["weight"] != self.weight:
            self.weight, self.camera = values["weight"], None
            self._draw_land()
        means = np.array([step.mixture.means[:, 0] for step in self.trace.steps if step.kind == "E"])
        self.path.set_data(*means.T)
        self.begin.set_data(*means[:1].T)
        self.end.set_data(*means[-1:].T)
        self.curves.show(self.trace.mixture)
        self.rug.show(responsibilities(self.X, self.trace.mixture))
        self.captions = [self._caption(means)]

    def click(self, values, x, y) -> dict:
        """EM starts where the reader clicks."""
        return {"mean_A": round(x, 2), "mean_B": round(y, 2)}

    def handles(self, values) -> list[tuple]:
        """The start."""
        return [(values["mean_A"], values["mean_B"], -1)]

    def drag(self, values, x, y) -> dict:
        """Move the start."""
        return self.click(values, x, y)

    def _draw_land(self):
        for artist in self.drawn:
            artist.remove()
        ax, (axis, heights, starts, peaks, _, reached) = self.map, self.land
        levels = [heights.min() - 1, *heights.max() - np.array(DROPS[::-1])]
        shades = [str(shade) for shade in np.linspace(0.5, 1.0, len(levels) - 1)]
        filled = ax.contourf(axis, axis, heights, np.maximum.accumulate(levels), colors=shades, zorder=0.5)
        self.drawn = [filled]
        for k in range(len(peaks)):
            style = {"ls": "", "marker": ".", "ms": 5, "color": LINE_COLORS[k], "zorder": 2}
            self.drawn += ax.plot(*starts[reached == k].T, **style)
            self.drawn += ax.plot(
                *peaks[k], ls="", marker="o", ms=20, mfc="none", mec=LINE_COLORS[k], mew=3, zorder=4
            )
            self._write(f"{np.sum(reached == k)} of {SEEDS}", peaks[k], 14)
        middle = self.X.mean()
        self.drawn += ax.plot(middle, middle, "x", ms=12, mew=3, color=OUTLINE, zorder=3)
        self._write("saddle", (middle, middle), -24)

    def _write(self, text, at, above):
        paper = {"fc": "white", "ec": "none", "pad": 1, "alpha": 0.85}
        style = {"textcoords": "offset points", "ha": "center", "fontsize": FONT, "color": OUTLINE}
        self.drawn.append(self.map.annotate(text, at, (0, above), bbox=paper, zorder=4.5, **style))

    def _caption(self, means):
        (a0, b0), (a, b) = means[0], means[-1]
        score, (best, *_) = self.trace.log_likelihood, self.land.scores
        way = f"From ({a0:.1f}, {b0:.1f}) to ({a:.2f}, {b:.2f}): log-likelihood {score:.2f}"
        if abs(a - b) < NEAR:
            return f"{way}: the saddle. From two equal means EM cannot part them; a step to the side would do"
        if best - score > 0.01:
            return f"{way}, {best - score:.2f} below the highest place: a local maximum, and EM has converged"
        if self.weight == 0.5:
            return f"{way}, as high as any. Its twin is as high, with A and B exchanged"
        return f"{way}, the highest place. {np.sum(self.land.reached == 0)} of {SEEDS} seeds end there"


def basin_map(*, hide=(), **presets) -> Live:
    """Demo: the log-likelihood over two means, with EM's path from a click and the ends of 200 seeds."""
    return Live(BasinMap(), hide=hide, **presets)

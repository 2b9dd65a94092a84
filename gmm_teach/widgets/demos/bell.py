"""Demo Bell: a density is a height, and a probability an area under it."""

from math import erf, sqrt

import numpy as np

from ...figures.parts import blank
from ...gaussian import log_gaussian_1d
from ...plots import COLORS, FONT, LINE_COLORS, own_settings, style_axes
from ..controls import grid, slider
from ..live import Live
from ..scene import Scene

LIMIT = 6.0


class Bell(Scene):
    """One bell curve with a shaded interval."""

    name = "Demo: bell"
    stored = grid(mean=np.arange(-3, 3.1, 0.5), sigma=(0.3, 0.5, 1, 1.5, 2, 3))
    draggable = 0
    controls = (
        slider("mean", "mean μ", -3, 3, 0.0, 0.1),
        slider("sigma", "deviation σ", 0.3, 3, 1.0, 0.05),
        slider("low", "from", -LIMIT, LIMIT, -1.0, 0.1),
        slider("high", "to", -LIMIT, LIMIT, 1.0, 0.1),
    )

    @own_settings()
    def __init__(self):
        self.figure, (ax,) = blank()
        style_axes(ax, "", "x", "density p(x)")
        ax.set(xlim=(-LIMIT, LIMIT), ylim=(0, 1.45))
        self.x = np.linspace(-LIMIT, LIMIT, 601)
        ax.axhline(1, color="#BBBBBB", lw=1, ls=":")
        self.area = ax.fill_between(self.x, 0 * self.x, color=COLORS[4])
        (self.curve,) = ax.plot([], [], color=LINE_COLORS[0], lw=2.5)
        self.words = ax.text(0.02, 0.97, "", transform=ax.transAxes, va="top", fontsize=FONT, linespacing=1.5)
        style = {"ls": "", "marker": "o", "ms": 9, "mfc": "white", "mew": 2, "clip_on": False, "zorder": 4}
        (self.dots,) = ax.plot([], [], mec=LINE_COLORS[0], **style)
        self.moving = (self.area, self.curve, self.words, self.dots)

    def change(self, values) -> None:
        """Move the curve and the interval."""
        mean, sigma = values["mean"], values["sigma"]
        low, high = sorted((values["low"], values["high"]))
        density = np.exp(log_gaussian_1d(self.x, mean, sigma**2))
        self.curve.set_data(self.x, density)
        inside = np.linspace(low, high, 201)
        heights = np.exp(log_gaussian_1d(inside, mean, sigma**2))
        self.area.set_data(inside, heights, 0)
        self.dots.set_data(*np.array(self.handles(values))[:, :2].T)
        area = _below((high - mean) / sigma) - _below((low - mean) / sigma)
        peak = 1 / (sigma * np.sqrt(2 * np.pi))
        self.words.set_text(f"highest density {peak:.3f}\nshaded area {area:.3f}")
        verdict = "; a density may exceed 1, an area may not" if peak > 1 else ""
        self.captions = [
            f"N(x | {mean:.1f}, {sigma:.2f}²): its peak is {peak:.3f}; "
            f"the probability of {low:.1f} to {high:.1f} is {area:.3f}{verdict}"
        ]

    def handles(self, values) -> list[tuple]:
        """The top of the bell, and the ends of the interval."""
        top = float(np.exp(log_gaussian_1d(np.zeros(1), 0, values["sigma"] ** 2))[0])
        return [(values["mean"], top, -1), (values["low"], 0, -1), (values["high"], 0, -1)]

    def drag(self, values, x, y) -> dict:
        """Move the bell, or an end of the interval."""
        return {("mean", "low", "high")[self.held]: x}


def _below(z):
    """The probability that a standard normal number falls below z."""
    return 0.5 * (1 + erf(z / sqrt(2)))


def bell(*, hide=(), **presets) -> Live:
    """Demo: the density N(x | mean, sigma^2) with the area between low and high shaded."""
    return Live(Bell(), hide=hide, **presets)

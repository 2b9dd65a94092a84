"""Demo Underflow: a product of densities dies to 0.0, the sum of their logs lives."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ...figures.parts import blank
from ...gaussian import log_gaussian_1d, log_sum_exp
from ...mixture import log_joint
from ...params import Mixture
from ...plots import GREY, LINE_COLORS, OUTLINE, PINK, own_settings, style_axes
from ...words import count
from ..controls import grid, slider, tick_box
from ..live import Live
from ..scene import Scene

MOST, BOTTOM = 2000, -345
EPSILON = 1e-10
VERDICTS = {
    "alive": "Nothing has underflowed yet: raise N or the distance",
    "many": "So many densities below 1 have a product that no float64 can hold",
    "far": "One density alone is 0.0, so far out is this point; its log still tells",
}
PAIR = Mixture([0.5, 0.5], [[0], [1]], [[[1]], [[1]]])


class Underflow(Scene):
    """N points, all as far from the mean: their product on a log axis, beside the sum of logs."""

    name = "Demo: underflow"
    stored = grid(distance=range(0, 46, 3), N=(1, 10, 100, 300, 500, 700, 1000, 2000))
    controls = (
        slider("N", "points N", 1, MOST, 1000),
        slider("distance", "distance from the mean (σ)", 0, 45, 1.0, 0.5),
        tick_box("ways", "three ways to a mixture's log p(x)", False),
    )
    clickable = (0, 1)

    @own_settings()
    def __init__(self):
        self.figure, (left, self.right) = blank(1, 2, margins={"wspace": 0.45, "right": 0.96})
        style_axes(left, "product of n densities", "n").set(xlim=(0, MOST), ylim=(BOTTOM - 10, 8))
        style_axes(self.right, "sum of n log densities", "n").set(xlim=(0, MOST))
        left.set_yticks([0, -100, -200, -308, BOTTOM], ["1", "1e-100", "1e-200", "1e-308", "0.0"])
        left.axhline(-308, color=GREY, lw=1, ls=":")
        left.text(MOST, -304, "below: fewer digits", ha="right", va="bottom", fontsize=12, color=OUTLINE)
        self.right.yaxis.set_major_locator(MaxNLocator(5))
        self.right.yaxis.set_major_formatter("{x:,.0f}")
        (self.product,) = left.plot([], [], color=LINE_COLORS[0], lw=3)
        (self.end,) = left.plot([], [], "o", color=LINE_COLORS[0], ms=9, clip_on=False)
        (self.dead,) = left.plot([], [], color=PINK, lw=4)
        (self.cross,) = left.plot([], [], "x", color=PINK, ms=13, mew=3.5, zorder=5, clip_on=False)
        (self.total,) = self.right.plot([], [], color=LINE_COLORS[0], lw=3)
        (self.dot,) = self.right.plot([], [], "o", color=LINE_COLORS[0], ms=9, clip_on=False)
        style = {"ha": "right", "va": "top", "family": "monospace", "fontsize": 12, "color": OUTLINE}
        self.table = self.right.text(1, 0.99, "", transform=self.right.transAxes, linespacing=1.4, **style)
        self.moving = (self.product, self.end, self.dead, self.cross, self.total, self.dot, self.table)
        self.distance = None

    def change(self, values) -> None:
        """Multiply and add up to N points at this distance."""
        N, distance = values["N"], values["distance"]
        logs = np.full(N, log_gaussian_1d(distance, 0.0, 1.0))
        n = np.arange(1, N + 1)
        product, total = np.cumprod(np.exp(logs)), np.cumsum(logs)
        alive = product > 0
        self.product.set_data(n[alive], np.log10(product[alive]))
        end = n[-1:] if alive.all() else n[:0]
        self.end.set_data(end, np.log10(product[end - 1]))
        self.dead.set_data(n[~alive], np.full((~alive).sum(), BOTTOM))
        self.cross.set_data(n[~alive][:1], [BOTTOM] * (not alive.all()))
        self.total.set_data(n, total)
        self.dot.set_data(n[-1:], total[-1:])
        if distance != self.distance:
            self.distance, self.camera = distance, None  # the axis has other numbers
            self.right.set_ylim(1.05 * MOST * logs[0], 0)
        died = None if alive.all() else n[~alive][0]
        result = f"{product[-1]:.3g}" if died is None else f"0.0 from n = {died} on"
        wrong = self._compare(distance) if values["ways"] else ""
        self.table.set_visible(values["ways"])
        verdict = wrong or VERDICTS["alive" if died is None else "far" if died == 1 else "many"]
        self.captions = [
            f"{count(N, 'point')} at {distance:.1f}σ: the product is {result}; "
            f"the sum of logs is {total[-1]:.1f}, {logs[0]:.2f} a point. {verdict}"
        ]

    def _compare(self, distance):
        """Three ways to the log density of one point, under two components; returns what goes wrong."""
        joint = log_joint(np.array([[-distance]]), PAIR)[0]
        with np.errstate(divide="ignore"):
            naive = np.log(np.exp(joint).sum())
        patched, right = np.log(np.exp(joint).sum() + EPSILON), log_sum_exp(joint)
        self.table.set_text(
            f"log p(x) of K = 2\nlog_sum_exp {right:8.1f}\nlog(sum(exp)) {naive:8.1f}\n"
            f"with + 1e-10 {patched:8.1f}"
        )
        wrong = [f"log(sum(exp)) is {naive:.1f}"] * bool(np.isinf(naive))
        wrong += [f"1e-10 inside the log makes it {patched:.1f}"] * bool(patched - right > 0.05)
        return f"For K = 2, {' and '.join(wrong)}; it is {right:.1f}" if wrong else ""

    def click(self, values, x, y) -> dict:
        """A click picks N."""
        return {"N": x}


def underflow(*, hide=(), **presets) -> Live:
    """Demo: N densities at a distance from the mean, multiplied, and their logs added."""
    return Live(Underflow(), hide=hide, **presets)

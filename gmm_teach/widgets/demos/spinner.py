"""Demo Spinner: a draw from a mixture takes two steps, first z from the weights, then x from component z."""

import numpy as np

from ...figures.parts import blank
from ...gaussian import log_gaussian_1d
from ...mixture import responsibilities, sample
from ...params import Mixture
from ...plots import (
    COLORS,
    FONT,
    GREY,
    MARKS,
    OUTLINE,
    PINK,
    Curves,
    Letters,
    own_settings,
    style_axes,
    weighted_densities,
)
from ...words import letter
from ..controls import button, field, grid, slider, tick_box
from ..live import Live
from ..scene import Scene

MEANS, COVARIANCES = [[0], [5]], [[[1]], [[4]]]
MOST, FEW = 2000, 50  # draws, and how many a histogram needs
PRESSES = {"Draw 1": 1, "Draw 50": 50, "Reset": 0}
LIMITS = (-5.0, 14.0)
EDGES = np.arange(LIMITS[0], LIMITS[1] + 0.1, 0.5)


class Spinner(Scene):
    """The weights as stretches of 0 to 1, one of which u falls into, beside the draws so far."""

    name = "Demo: spinner"
    stored = grid(draws=(0, 1, 2, 5, 10, 20, 51, 101, 201, 501, 1001, 2000))
    controls = (
        slider("weight", "weight of A", 0.05, 0.95, 0.4, 0.05),
        field("draws", "draws", 0, MOST, 1),
        *(button(name, name) for name in PRESSES),
        field("seed", "seed", 0, 999, 31),
        tick_box("hidden", "hide the labels", False),
        tick_box(
            "sum", "a sum instead", False, "The density of a weighted sum of one draw of A and one of B"
        ),
    )

    @own_settings()
    def __init__(self):
        self.figure, (wheel, ax) = blank(1, 2, widths=(1, 7), margins={"left": 0.075, "wspace": 0.25})
        style_axes(wheel, "1: u picks z", "", "u").set(xlim=(0, 1), ylim=(0, 1), xticks=[])
        style_axes(ax, "2: component z makes x", "x", "density").set(xlim=LIMITS, ylim=(-0.05, 0.47))
        ax.set_xticks(range(-4, 15, 2))
        colors = (*COLORS[:2], GREY)  # of A, B, and all draws where labels are hidden
        self.stretches = wheel.bar([0.5, 0.5], [0.5, 0.5], 1, color=COLORS[:2])
        self.names, self.curves = Letters(wheel, 2), Curves(ax, LIMITS, 2)
        style = {"color": PINK, "markevery": [0], "clip_on": False, "zorder": 4.5}
        self.needle = wheel.plot([], [], lw=4, marker=">", ms=14, **style)
        self.unknown = wheel.text(0.5, 0.5, "?", ha="center", va="center", fontsize=3 * FONT, color=OUTLINE)
        self.bars = [ax.stairs(0 * EDGES[1:], EDGES, fill=True, color=color, alpha=0.4) for color in colors]
        self.ticks = [ax.plot([], [], ls="", marker="|", ms=13, color=color)[0] for color in colors]
        self.sum = ax.plot([], [], color=OUTLINE, lw=2.2, ls=":")
        self.last = ax.plot([], [], lw=2.5, ms=13, mew=2.5, **style)
        curves = [*self.curves.parts, *self.curves.letters.artists]
        self.labelled = [
            *(*self.stretches, *self.needle, *self.names.artists),
            *(*self.bars[:2], *self.ticks[:2], *curves),
        ]
        self.unlabelled = [self.unknown, self.bars[2], self.ticks[2]]
        self.moving = [*self.labelled, *self.unlabelled, *self.sum, self.curves.total, *self.last]

    def change(self, values) -> None:
        """Show the first n draws of this seed, and how the last one came about."""
        n, share = values["draws"], values["weight"]
        mixture = Mixture([share, 1 - share], MEANS, COVARIANCES)
        X, z = sample(mixture, MOST, np.random.default_rng(values["seed"]))
        u = np.random.default_rng(values["seed"]).random(MOST)  # what `sample` picked each z with
        for artist in self.labelled:
            artist.set_visible(not values["hidden"])
        for artist in self.unlabelled:
            artist.set_visible(values["hidden"])
        self._show_mixture(mixture, share, values["sum"])
        self._show_draws(X[:n, 0], z[:n])
        self._show_last(mixture, X[:n], z[:n], u[:n], values["hidden"])

    def press(self, values, name) -> dict:
        """Draw more, or begin again."""
        return {"draws": min(values["draws"] + PRESSES[name], MOST) if PRESSES[name] else 0}

    def _show_mixture(self, mixture, share, with_sum):
        for bar, low, high in zip(self.stretches, (0, share), (share, 1), strict=True):
            bar.set(y=low, height=high - low)
        self.names.show([[0.5, max(share / 2, 0.04)], [0.5, min((1 + share) / 2, 0.96)]])
        self.curves.show(mixture)
        x, weights = self.curves.x, mixture.weights
        mean, variance = weights @ mixture.means[:, 0], weights**2 @ mixture.covariances[:, 0, 0]
        self.sum[0].set_data(x, np.exp(log_gaussian_1d(x, mean, variance)))
        self.sum[0].set_visible(with_sum)
        parts = f"{share:.2f} x_A + {1 - share:.2f} x_B"
        self.ending = f". The sum {parts} (dotted) has one bump, at {mean:.2f}: it is no mixture" * with_sum

    def _show_draws(self, x, z):
        for bars, ticks, shown in zip(self.bars, self.ticks, (x[z == 0], x[z == 1], x), strict=True):
            density = np.histogram(shown, EDGES)[0] / (max(len(x), 1) * np.diff(EDGES))
            bars.set_data(density * (len(x) >= FEW))
            ticks.set_data(shown, np.full(len(shown), -0.025))

    def _show_last(self, mixture, X, z, u, hidden):
        n = len(X)
        if n == 0:
            self.needle[0].set_data([], [])
            self.last[0].set_data([], [])
            words = "Nothing drawn yet. Draw 1 takes z from the weights, then x from component z"
            self.captions = [words + self.ending]
            return
        k, heights = z[-1], weighted_densities(X[-1], mixture)[:, 0]
        self.needle[0].set_data([0, 1], [u[-1]] * 2)
        self.last[0].set_data([X[-1, 0]] * 2, [0, heights.sum() if hidden else heights[k]])
        mark, color = (MARKS[0], GREY) if hidden else (MARKS[k], COLORS[k])
        self.last[0].set(marker=mark, mfc=color)
        words = f"z = {letter(k)} (u = {u[-1]:.3f} fell in {letter(k)}'s stretch), then x = {X[-1, 0]:.2f}"
        words += f"; so far A {np.sum(z == 0)}, B {np.sum(z == 1)}"
        if hidden:
            r = 100 * responsibilities(X[-1:], mixture)[0]
            words = (
                f"x = {X[-1, 0]:.2f}, from one component; z is hidden: A with {r[0]:.0f} %, B {r[1]:.0f} %"
            )
        self.captions = [f"Draw {n}: {words}{self.ending}"]


def spinner(*, hide=(), **presets) -> Live:
    """Demo: draws from N(0, 1) and N(5, 2^2) in two steps; `draws` is how many there are."""
    return Live(Spinner(), hide=hide, **presets)

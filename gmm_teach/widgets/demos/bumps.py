"""Demo Bumps: two components, and a live count of the bumps of their sum."""

import numpy as np

from ...figures.parts import blank
from ...params import Mixture
from ...plots import FONT, OUTLINE, PINK, Curves, own_settings, style_axes, weighted_densities
from ...words import count, listed
from ..controls import grid, slider
from ..live import Live
from ..scene import Scene

LIMITS = (-12.0, 20.0)


class Bumps(Scene):
    """The weighted curves of A and B, their sum, and an arrow on each bump of it."""

    name = "Demo: bumps"
    stored = grid(distance=(0, 2, 4, 5, 6, 8), deviation_B=np.arange(1, 6.1, 0.5))
    controls = (
        slider("distance", "distance of the centres", 0, 8, 5.0, 0.1),
        slider("deviation_A", "deviation of A", 0.5, 6, 2.0, 0.1),
        slider("deviation_B", "deviation of B", 0.5, 6, 5.0, 0.1),
        slider("weight", "weight of A", 0.05, 0.95, 0.5, 0.05),
    )

    @own_settings()
    def __init__(self):
        self.figure, (ax,) = blank(size=(9.0, 3.4), margins={"bottom": 0.18, "left": 0.105})
        style_axes(ax, "A stays around 0, B moves to the right", "x", "density p(x)").set_xlim(LIMITS)
        self.ax, self.curves = ax, Curves(ax, LIMITS, 2, n=1601)
        (self.arrows,) = ax.plot([], [], "v", color=PINK, ms=13, zorder=5)
        style = {"ha": "right", "va": "top", "color": OUTLINE}
        self.words = ax.text(0.98, 0.95, "", transform=ax.transAxes, fontsize=1.5 * FONT, **style)
        self.moving = (*self.curves.artists, self.arrows, self.words)
        self.highest = None

    def change(self, values) -> None:
        """Draw the two curves and their sum, and count."""
        mixture = mixture_of(values)
        places = bumps_of(mixture)
        tops = weighted_densities(places, mixture).sum(axis=0)
        if tops.max() != self.highest:
            self.highest, self.camera = tops.max(), None  # the axis has other numbers
            self.ax.set_ylim(0, 1.3 * self.highest)
        self.curves.show(mixture)
        self.arrows.set_data(places, tops + 0.06 * self.highest)
        self.words.set_text(count(len(places), "bump"))
        (a, b), c = np.sqrt(mixture.covariances[:, 0, 0]), values["distance"]
        at = listed([f"{place:.1f}" for place in places + 0.0])
        self.captions = [
            f"A is N(0, {a:.1f}²) with weight {values['weight']:.2f}, B is N({c:.1f}, {b:.1f}²) with weight "
            f"{1 - values['weight']:.2f}: {count(len(places), 'bump')}, at {at}"
        ]


def mixture_of(values) -> Mixture:
    """The 1-D mixture that the sliders stand for."""
    weights = [values["weight"], 1 - values["weight"]]
    variances = [[[values["deviation_A"] ** 2]], [[values["deviation_B"] ** 2]]]
    return Mixture(weights, [[0], [values["distance"]]], variances)


def bumps_of(mixture, n=4001) -> np.ndarray:
    """Where the density of a 1-D mixture of two has its maxima, in order.

    They lie between the means, where its slope changes from up to down: left of both means both curves
    rise, and right of both they fall.
    """
    means, variances = mixture.means[:, 0], mixture.covariances[:, 0, 0]
    x = np.linspace(means.min(), means.max(), n)
    if x[0] == x[-1]:
        return x[:1]
    slope = ((means - x[:, np.newaxis]) / variances * weighted_densities(x, mixture).T).sum(axis=1)
    slope[[0, -1]] = 1, -1  # what is beyond each mean
    x, slope = x[slope != 0], slope[slope != 0]
    down = np.flatnonzero((slope[:-1] > 0) & (slope[1:] < 0))
    return (x[down] + x[down + 1]) / 2


def bumps(*, hide=(), **presets) -> Live:
    """Demo: how many bumps two components make, by their distance, their deviations and A's weight."""
    return Live(Bumps(), hide=hide, **presets)

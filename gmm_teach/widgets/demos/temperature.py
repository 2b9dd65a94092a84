"""Demo Temperature: from hard labels to no opinion, with EM's responsibilities in between."""

import numpy as np

from ... import datasets, starts
from ...em import run_em
from ...figures.parts import blank, legend, ring
from ...gaussian import log_sum_exp
from ...mixture import entropy, log_joint
from ...plots import COLORS, FONT, PINK, Ellipses, Points, own_settings, set_limits, style_axes
from ...words import letter
from ..controls import button, grid, slider
from ..live import Live
from ..scene import Scene

SHARED = 0.9  # a point is shared if no component has more of it


class Hardness:
    """Histogram of every point's largest responsibility."""

    def __init__(self, ax, n_points, n_components):
        style_axes(ax, "", "largest responsibility of a point", "points")
        self.edges = np.linspace(1 / n_components, 1, 21)
        ax.set(xlim=(self.edges[0] - 0.01, 1.01), ylim=(0, 1.05 * n_points))
        ax.axvline(SHARED, color="#BBBBBB", lw=1, ls=":")
        self.ax, self.bars = ax, ax.stairs(np.zeros(20), self.edges, fill=True, color=COLORS[5])
        self.artists = [self.bars]

    def heights(self, r) -> np.ndarray:
        """Points in each bin (20,), for responsibilities (N, K); rounding does not lose a point."""
        return np.histogram(r.max(axis=1).clip(self.edges[0], 1), self.edges)[0]

    def show(self, r) -> None:
        """Move to responsibilities (N, K)."""
        self.bars.set_data(self.heights(r))


class Temperature(Scene):
    """Three blobs, coloured by responsibilities to the power 1 / T, normalised again."""

    name = "Demo: temperature"
    stored = grid(log_T=np.arange(-1.3, 0.71, 0.1))
    controls = (
        slider("log_T", "hard  ←  T  →  soft", -1.3, 0.7, 0.0, 0.05, power=True),
        button("em", "T = 1: EM"),
    )
    clickable = (0,)

    @own_settings()
    def __init__(self):
        data = datasets.load("three_blobs")
        self.X = data.X
        self.mixture = run_em(self.X, starts.kmeans(self.X, 3, 0)).mixture
        self.figure, (ax, side) = blank(1, 2, widths=(1.25, 1), margins={"wspace": 0.3})
        self.title = ax.text(0.5, 1.02, "", transform=ax.transAxes, ha="center", fontsize=FONT)
        style_axes(ax, "", *data.columns)
        set_limits(ax, self.X)
        self.points, ellipses = Points(ax, self.X, 3), Ellipses(ax, 3)
        ellipses.show(self.mixture)
        self.ring = ring(ax, zorder=4)
        self.hardness = Hardness(side, *self._at(1).shape)
        style = {"color": PINK, "lw": 2, "label": "T = 1: EM"}
        side.stairs(self.hardness.heights(self._at(1)), self.hardness.edges, **style)
        legend(side, loc="upper left")
        self.words = side.text(0.04, 0.84, "", transform=side.transAxes, va="top", fontsize=FONT)
        self.edits = int(self._at(1).max(axis=1).argmax())
        moving = (*self.points.artists, *ellipses.artists, self.ring, *self.hardness.artists)
        self.moving = (*moving, self.title, self.words)

    def _at(self, T):
        """Responsibilities (N, K) in proportion to (pi_k N_k)^(1 / T)."""
        joint = log_joint(self.X, self.mixture) / T
        return np.exp(joint - log_sum_exp(joint)[:, np.newaxis])

    def change(self, values) -> None:
        """Colour the points at this temperature."""
        T = 10 ** round(values["log_T"], 9)
        r = self._at(T)
        self.points.show(r)
        self.hardness.show(r)
        self.ring.set_data(*self.X[[self.edits]].T)
        self.title.set_text(f"T = {T:.2f}: {kind(T)}")
        shares = "\n".join(f"{letter(k)}  {share:.3f}" for k, share in enumerate(r[self.edits]))
        self.words.set_text(f"the ringed point:\n{shares}")
        shared = int(np.sum(r.max(axis=1) < SHARED))
        self.captions = [
            f"T = {T:.2f}, {kind(T)}: {shared} of {len(r)} points {'is' if shared == 1 else 'are'} shared "
            f"(no share above {SHARED}), mean entropy {entropy(r).mean():.3f} nats. {verdict(T)}"
        ]

    def press(self, values, name) -> dict:
        """Back to EM's own temperature."""
        return {"log_T": 0.0}

    def click(self, values, x, y) -> dict:
        """Ring the point nearest to the click."""
        self.edits = int(np.argmin(np.sum(((self.X - [x, y]) / np.ptp(self.X, axis=0)) ** 2, axis=1)))
        return {}


def kind(T) -> str:
    """What a temperature makes of the E-step, in a few words."""
    if T == 1:
        return "EM's E-step"
    return "harder than EM" if T < 1 else "softer than EM"


def verdict(T) -> str:
    """The sentence on this temperature that a reader should take along."""
    if T < 0.2:
        return "Hard labels, yet not those of k-means: the shape of each ellipse counts"
    if T > 1:
        return "More doubt than the mixture has: as T grows, every share goes to 1/3"
    return "Each came from one component; its shares say how sure we are of which"


def temperature(*, hide=(), **presets) -> Live:
    """Demo: responsibilities at temperature T, from hard (T = 0.05) over EM (T = 1) to soft (T = 5)."""
    return Live(Temperature(), hide=hide, **presets)

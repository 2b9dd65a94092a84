"""Demo Overlap: the more two Gaussians overlap, the more iterations EM needs."""

from functools import lru_cache

import numpy as np

from ...diagnosis import quietly
from ...em import run_em
from ...engine import fast
from ...figures.mixtures import peaks
from ...figures.parts import blank, ring
from ...mixture import sample
from ...params import Mixture
from ...plots import GREY, LINE_COLORS, OUTLINE, Curves, own_settings, style_axes, weighted_densities
from ...starts import from_means
from ...trace import Trace
from ...words import count
from ..controls import choice, field, grid, slider
from ..live import Live
from ..scene import Scene, whole

DISTANCES = np.arange(1, 6.5, 0.5)
TOL, MAX_ITER, SURE = 1e-8, 300, 0.9
LIMITS = (-7.0, 7.0)
EDGES = np.linspace(*LIMITS, 57)


@lru_cache(maxsize=4 * len(DISTANCES))
def run(distance, n, seed) -> Trace:
    """EM on n points of two unit Gaussians this far apart, from means at the quartiles; returns the trace."""
    X, _ = sample(two_gaussians(distance), n, np.random.default_rng(seed))
    start = from_means(X, np.quantile(X, [0.25, 0.75])[:, np.newaxis])
    options = {"engine": fast, "record": "scores", "covariance_type": "tied"}
    return whole(quietly(run_em, X, start, tol=TOL, max_iter=MAX_ITER, **options))


def two_gaussians(distance) -> Mixture:
    """Equal weights, deviations of 1, and means `distance` apart."""
    return Mixture([0.5, 0.5], [[-distance / 2], [distance / 2]], np.ones((2, 1, 1)))


class Overlap(Scene):
    """The data and the mixture that EM finds, beside the iterations needed at every distance."""

    name = "Demo: overlap"
    stored = grid(distance=np.arange(1, 6.1, 0.5))
    controls = (
        slider("distance", "distance (σ)", 1, 6, 2.0, 0.5),
        choice("n", "points", ["200", "500", "1000", "2000"], "1000"),
        field("seed", "seed", 0, 999, 0, "Seed of the data"),
    )
    clickable = (1,)

    @own_settings()
    def __init__(self):
        self.figure, (ax, right) = blank(1, 2, widths=(1.1, 1), margins={"wspace": 0.2})
        style_axes(ax, "data, and the fitted mixture", "x", "density").set(xlim=LIMITS, ylim=(0, 0.45))
        style_axes(right, f"EM iterations needed (tol {TOL:g})", "distance of the means (σ)")
        right.set(xlim=(0.7, 6.3), ylim=(4, 400), yscale="log", xticks=range(1, 7))
        right.set_yticks([5, 10, 20, 50, 100, 200, 300], ["5", "10", "20", "50", "100", "200", "300"])
        right.minorticks_off()
        style = {"ha": "right", "va": "center", "fontsize": 12, "color": OUTLINE}
        right.text(6.3, MAX_ITER, f"▲ not done at {MAX_ITER}", **style)
        self.bars = ax.stairs(0 * EDGES[1:], EDGES, fill=True, color="#DDDDDD")
        self.curves = Curves(ax, LIMITS, 2)
        (self.line,) = right.plot([], [], "o-", color=LINE_COLORS[0], lw=2, ms=7)
        (self.capped,) = right.plot([], [], "^", color=GREY, ms=12)
        self.ring = ring(right, size=17)
        self.moving = (self.bars, *self.curves.artists, self.line, self.capped, self.ring)

    def compute(self, values) -> None:
        """A run at every distance."""
        self.traces = [run(d, int(values["n"]), values["seed"]) for d in DISTANCES.tolist()]

    def change(self, values) -> None:
        """Show the run at this distance among those at every distance."""
        distance, traces = values["distance"], self.traces
        needed = np.array([trace.iterations for trace in traces])
        stopped = np.array([trace.status == "max_iter" for trace in traces])
        here = int(np.argmin(np.abs(DISTANCES - distance)))
        trace = traces[here]
        self.bars.set_data(np.histogram(trace.X[:, 0], EDGES, density=True)[0])
        self.curves.show(trace.mixture)
        self.line.set_data(DISTANCES, needed)
        self.capped.set_data(DISTANCES[stopped], needed[stopped])
        self.ring.set_data(DISTANCES[[here]], needed[[here]])
        unsure = 100 * np.mean(trace.responsibilities.max(axis=1) < SURE)
        ending = f"{'is not done after' if stopped[here] else 'needs'} {count(needed[here], 'iteration')}"
        self.captions = [
            f"{DISTANCES[here]:.1f}σ apart, {bumps(trace.mixture)}: EM {ending}. The E-step "
            f"leaves {unsure:.0f} % of the points with no responsibility above {SURE}: the more, the slower"
        ]

    def click(self, values, x, y) -> dict:
        """A click on the curve picks its distance."""
        return {"distance": round(2 * x) / 2}


def bumps(mixture) -> str:
    """How many maxima the density of a 1-D mixture has, in words."""
    height = weighted_densities(np.linspace(*LIMITS, 1401), mixture).sum(axis=0)
    return count(len(peaks(height)), "bump")


def overlap(*, hide=(), **presets) -> Live:
    """Demo: iterations of EM (tied, tol 1e-8) against the distance of two Gaussians, in deviations."""
    return Live(Overlap(), hide=hide, **presets)

"""Demo k-means limit: a mixture of equal circles becomes k-means as the circles shrink."""

import numpy as np

from ... import datasets, kmeans, starts
from ...diagnosis import quietly
from ...em import run_em
from ...figures.parts import blank
from ...params import Mixture
from ...plots import FONT, PINK, Ellipses, Points, own_settings, set_limits, style_axes
from ...trace import Trace
from ...vectorized import m_step
from ...words import count
from ..controls import grid, slider
from ..live import Live
from ..scene import Scene, whole
from .temperature import SHARED, Hardness


class KMeansLimit(Scene):
    """EM with sigma held and equal weights, beside k-means from the same start."""

    name = "Demo: kmeans limit"
    stored = grid(log_sigma=np.arange(-2, 0.01, 0.1))
    controls = (slider("log_sigma", "σ / spread", -2, 0, -0.2, 0.05, power=True),)

    @own_settings()
    def __init__(self):
        data = datasets.load("three_blobs")
        self.X = data.X
        self.start = starts.farthest(self.X, 3, 0).means
        self.last = kmeans.run(self.X, self.start)[-1]
        self.spread = np.sqrt(self.X.var(axis=0).mean())
        self.figure, (ax, side) = blank(1, 2, widths=(1.25, 1), margins={"wspace": 0.3})
        self.title = ax.text(0.5, 1.02, "", transform=ax.transAxes, ha="center", fontsize=FONT)
        style_axes(ax, "", *data.columns)
        set_limits(ax, self.X)
        self.points, self.ellipses = Points(ax, self.X, 3), Ellipses(ax, 3)
        (crosses,) = ax.plot(*self.last.means.T, ls="", marker="+", ms=36, mec=PINK, mew=3, zorder=4.5)
        circles, letters = self.ellipses.artists
        self.hardness = Hardness(side, len(self.X), 3)
        self.moving = (*self.points.artists, circles, crosses, letters, *self.hardness.artists, self.title)

    def compute(self, values) -> None:
        """Run EM with this sigma, from k-means' own start."""
        self.trace = self.run(10 ** values["log_sigma"] * self.spread)

    def change(self, values) -> None:
        """Move to the end of that run."""
        relative, trace = 10 ** values["log_sigma"], self.trace
        r, means = trace.responsibilities, trace.mixture.means
        self.points.show(r)
        self.ellipses.show(trace.mixture)
        self.hardness.show(r)
        self.title.set_text(f"σ = {relative:.2f} of the spread;  +  k-means' centres")
        farthest = np.linalg.norm(means - self.last.means, axis=1).max()
        other = int(np.sum(r.argmax(axis=1) != self.last.labels))
        shared = int(np.sum(r.max(axis=1) < SHARED))
        free = np.sqrt(np.sum(r * kmeans.squared_distances(self.X, means)) / self.X.size) / self.spread
        verdict = (
            "The limit: r are labels now, and an M-step is k-means' update"
            if farthest < 0.001 * self.spread and not (other or shared)
            else f"k-means is the limit σ → 0 only; free, σ would go to {free:.2f} next"
        )
        self.captions = [
            f"σ = {relative:.2f} of the spread: means up to {farthest:.3f} from k-means' centres, {other} of "
            f"{len(r)} labels unlike its, {count(shared, 'point')} shared. {verdict}"
        ]

    def run(self, sigma) -> Trace:
        """The trace of EM with sigma held and equal weights: its M-step moves the means only."""
        weights, circles = np.full(3, 1 / 3), np.tile(sigma**2 * np.eye(2), (3, 1, 1))

        def means_only(X, r, covariance_type, reg_covar):
            return Mixture(weights, m_step(X, r).means, circles)

        start = Mixture(weights, self.start, circles)
        return whole(quietly(run_em, self.X, start, m_step=means_only, tol=1e-12))


def kmeans_limit(*, hide=(), **presets) -> Live:
    """Demo: EM with equal circles of a held sigma, as they shrink to k-means."""
    return Live(KMeansLimit(), hide=hide, **presets)

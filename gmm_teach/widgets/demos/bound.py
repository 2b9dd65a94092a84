"""Demo Bound: the lower bound that an E-step lays under the log-likelihood, and an M-step climbs."""

import numpy as np

from ...figures.parts import blank, legend, ring
from ...mixture import elbo, log_likelihood, responsibilities, sample
from ...params import Mixture
from ...plots import COLORS, OUTLINE, PINK, Curves, Rug, own_settings, set_limits, style_axes
from ...vectorized import m_step
from ..controls import button, grid, slider
from ..live import Live
from ..scene import Scene

LIMIT = 7.0
TRUTH = Mixture([0.25, 0.4, 0.35], [[-4], [0], [4]], np.ones((3, 1, 1)))


def mixture_at(mu) -> Mixture:
    """The model: A stays at 0, B has its mean at mu; both have variance 2 and weight 1/2."""
    return Mixture([0.5, 0.5], [[0], [mu]], np.full((2, 1, 1), 2.0))


class Bound(Scene):
    """Log-likelihood and lower bound along B's mean, beside the data."""

    name = "Demo: bound"
    stored = grid(mu=range(-7, 8), mu0=range(-7, 8, 2))
    controls = (
        slider("mu", "mean μ", -LIMIT, LIMIT, 1.0, 0.05),
        slider("mu0", "r from μ₀", -LIMIT, LIMIT, 1.0, 0.05),
        button("M", "M-step", "Move μ to the top of the bound"),
        button("E", "E-step", "Compute r anew, at μ"),
    )
    clickable = (0,)

    @own_settings()
    def __init__(self):
        self.X, _ = sample(TRUTH, 20, np.random.default_rng(1))
        self.grid = np.linspace(-LIMIT - 1, LIMIT + 1, 97)
        scores = np.array([log_likelihood(self.X, mixture_at(mu)) for mu in self.grid])
        self.highest = scores.max()
        self.figure, (ax, side) = blank(1, 2, widths=(1.5, 1), margins={"wspace": 0.3})
        style_axes(ax, "", "μ, the mean of B", "nats")
        ax.locator_params(axis="x", steps=[2, 10])
        ax.set(xlim=self.grid[[0, -1]], ylim=(scores.min() - 10, self.highest + 4))
        ax.plot(self.grid, scores, color=OUTLINE, lw=2.5, label="log-likelihood")
        (self.line,) = ax.plot([], [], color=PINK, lw=2.2, ls="--", label="lower bound")
        (self.gap,) = ax.plot([], [], color=COLORS[1], lw=4, solid_capstyle="butt", label="gap at μ")
        legend(ax, loc="upper left")
        self.touch = ring(ax, size=15, width=2.5)
        (self.here,) = ax.plot([], [], ls="", marker="D", ms=7, mfc=OUTLINE, mec=OUTLINE)
        (self.top,) = ax.plot([], [], ls="", marker="^", ms=9, mfc="white", mec=PINK, mew=2)
        style_axes(side, "data coloured by r, mixture at μ", "x", "density")
        side.set_ylim(0, 0.32)
        limits = set_limits(side, self.grid[:, np.newaxis], margin=0)
        self.rug, self.curves = Rug(side, self.X), Curves(side, limits[:, 0], 2)
        self.marks = (self.gap, self.line, self.touch, self.top, self.here)
        self.moving = (*self.marks, *self.rug.artists, *self.curves.artists)

    def change(self, values) -> None:
        """Move the bound to where the last E-step was, and the marks to where the mean is."""
        mu, mu0 = values["mu"], values["mu0"]
        r = responsibilities(self.X, mixture_at(mu0))
        top = self._top(mu0)
        bound = [elbo(self.X, mixture_at(one), r) for one in self.grid]
        at, at0, at_top = (elbo(self.X, mixture_at(one), r) for one in (mu, mu0, top))
        score = log_likelihood(self.X, mixture_at(mu))
        self.line.set_data(self.grid, bound)
        self.gap.set_data([mu, mu], [at, score])
        self.touch.set_data([mu0], [at0])
        self.top.set_data([top], [at_top])
        self.here.set_data([mu], [score])
        self.rug.show(r)
        self.curves.show(mixture_at(mu))
        self.captions = [self._caption(mu, mu0, top, score, at)]

    def press(self, values, name) -> dict:
        """Make an E-step or an M-step."""
        return {"mu0": values["mu"]} if name == "E" else {"mu": self._top(values["mu0"])}

    def _top(self, mu0):
        """The mean at the top of the bound that the E-step at mu0 lays."""
        return float(m_step(self.X, responsibilities(self.X, mixture_at(mu0))).means[1, 0])

    def _caption(self, mu, mu0, top, score, bound):
        gap = score - bound
        tiny = "below 0.01" if mu != mu0 and gap < 0.005 else f"{abs(gap):.2f}"
        words = f"log-likelihood {score:.2f}, bound {bound:.2f}, gap {tiny}"
        if mu == mu0 and abs(top - mu) < 0.005:
            rest = self.highest - score
            hill = f"; {rest:.1f} below the highest: a local maximum" if rest > 0.1 else ""
            return f"μ = {mu:.2f}: {words}. Converged: neither step moves anything{hill}"
        if mu == mu0:
            return (
                f"After an E-step at μ = {mu:.2f}: {words}. They touch, with the same slope; "
                f"an M-step goes to the bound's top, {top:.2f}"
            )
        if mu == top:
            start = log_likelihood(self.X, mixture_at(mu0))
            return (
                f"After an M-step from {mu0:.2f} to {mu:.2f}: {words}. The bound rose by "
                f"{bound - start:.2f}, the log-likelihood by {score - start:.2f}; an E-step closes the gap"
            )
        return f"r from μ₀ = {mu0:.2f}, and μ = {mu:.2f}: {words}. The gap is zero only where r are μ's own"

    def click(self, values, x, y) -> dict:
        """Move the mean to the click."""
        return {"mu": x}


def bound(*, hide=(), **presets) -> Live:
    """Demo: the lower bound against the log-likelihood, along the mean mu of one component."""
    return Live(Bound(), hide=hide, **presets)

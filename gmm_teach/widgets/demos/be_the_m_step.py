"""Demo Be-the-M-step: five sliders, a log-likelihood or, with shares held, Q to climb, and EM to finish."""

from typing import NamedTuple

import numpy as np

from ... import datasets
from ...diagnosis import quietly
from ...em import run_em
from ...figures.parts import blank
from ...mixture import log_likelihood
from ...params import Mixture
from ...plots import (
    COLORS,
    FONT,
    OUTLINE,
    PINK,
    Curves,
    Histogram,
    Rug,
    own_settings,
    set_limits,
    style_axes,
)
from ...trace import Trace
from ...words import count, letter
from ..controls import button, grid, slider, tick_box
from ..held_shares import HeldShares
from ..live import Live
from ..scene import Scene, whole

SLIDERS = (
    slider("weight_A", "weight A", 0.01, 0.99, 0.5, 0.01),
    slider("mean_A", "mean A", -8, 19, 5.0, 0.1),
    slider("deviation_A", "deviation A", 0.5, 10, 3.0, 0.1),
    slider("mean_B", "mean B", -8, 19, 10.0, 0.1),
    slider("deviation_B", "deviation B", 0.5, 10, 3.0, 0.1),
)
NAMES = [spec["name"] for spec in SLIDERS]
WORST = 10_000  # the foot of the meter
LABELS = {False: "log-likelihood missing", True: "Q missing"}


class Climb(NamedTuple):
    """What the reader has reached: their first values, their best, and where EM has gone from theirs.

    `helped` says whether EM has; its end is at the values `ended`, and `words` tell of it. `shared` are
    the values at the last E-step.
    """

    first: dict
    shared: dict
    best: float = -np.inf
    helped: bool = False
    ended: dict | None = None
    words: str = ""


class BeTheMStep(Scene):
    """A histogram, the reader's two curves, and a meter of their log-likelihood or of Q."""

    name = "Demo: be the m step"
    stored = grid(mean_A=range(-8, 20, 3), mean_B=range(-8, 20, 3))
    controls = (
        *SLIDERS,
        tick_box("held", "hold the shares", False, "Climb Q, with the shares of the last E-step"),
        button("E", "E-step", "Share the numbers out anew, and hold these shares"),
        button("finish", "Let EM finish"),
        button("restart", "Start over"),
    )
    clickable = (0,)

    @own_settings()
    def __init__(self):
        data = datasets.load("two_sources")
        self.X = data.X[::10]  # 200 numbers from each source
        self.maximum = finish(self.X, data.truth).log_likelihood
        self.shares, self.shared_by = None, None
        margins = {"wspace": 0.42, "bottom": 0.15}  # low, as there are four rows of controls below it
        self.figure, (ax, meter) = blank(1, 2, (9.0, 3.7), widths=(2.2, 1), margins=margins)
        style_axes(ax, f"{len(self.X)} numbers from two sources", "x", "density")
        limits = set_limits(ax, self.X, margin=0.12)
        Histogram(ax, self.X, bins=50)
        ax.locator_params(axis="y", nbins=5)
        self.curves, self.rug = Curves(ax, limits[:, 0], 2), Rug(ax, self.X)
        self.meter = meter
        self._lay_out(meter)
        texts = (self.top, self.now, self.record)
        self.moving = (*self.curves.artists, *self.rug.artists, self.bar, self.mark, *texts)

    def _lay_out(self, meter):
        style_axes(meter, "", "", "log-likelihood missing")
        meter.set_yscale("symlog", linthresh=1)
        meter.set(xlim=(0, 3), ylim=(WORST, -0.2), xticks=[], yticks=[0, 1, 10, 100, 1000, WORST])
        meter.set_yticklabels(["0", "1", "10", "100", "1000", "10000"])
        meter.minorticks_off()
        meter.axhline(0, color=OUTLINE, lw=1.4)
        (self.bar,) = meter.plot([], [], color=COLORS[5], lw=16, solid_capstyle="butt")
        (self.mark,) = meter.plot([], [], color=PINK, lw=3)
        style = {"transform": meter.transAxes, "va": "top", "fontsize": FONT, "linespacing": 1.35}
        self.top = meter.text(0.42, 0.92, "", color=OUTLINE, **style)
        self.now = meter.text(0.42, 0.46, "", color=COLORS[5], **style)
        self.record = meter.text(0.42, 0.24, "", color=PINK, **style)

    def change(self, values) -> None:
        """Move the curves and the meter; the best so far is of the reader's own positions only."""
        here = {name: values[name] for name in NAMES}
        score = log_likelihood(self.X, mixture_of(here))
        climb = self.edits or Climb(here, here)
        if not climb.helped:
            climb = climb._replace(best=max(climb.best, score))
        self.edits = climb
        for artist in (self.mark, self.record):
            artist.set_visible(values["held"] or not self.alone)
        self.curves.show(mixture_of(here))
        self.rug.lines.set_visible(values["held"])
        if self.meter.get_ylabel() != LABELS[values["held"]]:
            self.meter.set_ylabel(LABELS[values["held"]])
            self.camera = None  # another label
        if values["held"]:
            self._show_held(here, score)
            return
        missing, least = (np.clip(self.maximum - one, 0, WORST) for one in (score, climb.best))
        self.bar.set_data([0.6, 0.6], [WORST, missing])
        self.mark.set_data([0.15, 1.05], [least, least])
        self.top.set_text(f"EM\n{self.maximum:.2f}")
        self.now.set_text(f"now\n{score:.2f}")
        self.record.set_text(f"your best\n{climb.best:.2f}")
        self.captions = [climb.words if here == climb.ended else self._caption(score)]

    def _show_held(self, here, score):
        """The meter of Q, for the shares of the last E-step."""
        if self.edits.shared != self.shared_by:
            self.shared_by = self.edits.shared
            self.shares = HeldShares(self.X, mixture_of(self.shared_by))
        self.rug.show(self.shares.shares)
        q, top = self.shares.score(mixture_of(here)), self.shares.highest
        self.bar.set_data([0.6, 0.6], [WORST, np.clip(top - q, 0, WORST)])
        self.mark.set_data([], [])
        self.top.set_text(f"M-step\n{top:.2f}")
        self.now.set_text(f"Q now\n{q:.2f}")
        self.record.set_text(f"log-lik.\n{score:.2f}")
        self.captions = [self.shares.caption(q, score)]

    def press(self, values, name) -> dict:
        """Share out anew, let EM finish from here, or start over."""
        if name == "E":
            self.edits = self.edits._replace(shared={name: values[name] for name in NAMES})
            return {"held": True}
        if name == "restart":
            self.edits = Climb(self.edits.first, self.edits.first)
            return self.edits.first
        ended = self._let_em_finish({name: values[name] for name in NAMES})
        self.edits = self.edits._replace(ended=ended)
        return ended

    def _caption(self, score):
        whose = "your best before EM's help was" if self.edits.helped else "your best so far is"
        best = "" if self.alone else f"; {whose} {self.edits.best:.2f}"
        return (
            f"The log-likelihood is {score:.2f}, {max(self.maximum - score, 0):.2f} below the maximum that "
            f"EM reaches{best}. To raise it is the M-step's work"
        )

    def _let_em_finish(self, here):
        """Run EM from the sliders; returns where they go, and puts what happened into words."""
        start, best = mixture_of(here), self.edits.best
        trace = finish(self.X, start)
        result, reached = values_of(trace.mixture), trace.log_likelihood
        fits = all(spec["min"] <= result[spec["name"]] <= spec["max"] for spec in SLIDERS)
        if trace.status == "collapsed" or not fits:
            lost = np.argmin(trace.mixture.weights) if trace.collapsed is None else trace.collapsed
            words = (
                f"From here EM goes astray: component {letter(lost)} loses nearly all its points. "
                "The sliders stay where they are; try another start"
            )
            self.edits = self.edits._replace(words=words)
            return here
        ahead = f", {best:.2f}, is higher"
        words = (
            f"EM ended after {count(trace.iterations, 'iteration')} at {reached:.2f}: your sliders missed "
            f"{reached - trace.steps[0].log_likelihood:.2f} of it, your best"
            f"{ahead if best > reached else f' {reached - best:.2f}'}"
        )
        if np.array_equal(*start.means) and np.array_equal(*start.covariances):
            words += ". A and B were alike, so that EM could not tell them apart"
        elif self.maximum - reached > 0.5:
            words += f". From another start EM reaches {self.maximum:.2f}"
        self.edits = self.edits._replace(helped=True, words=words)
        return result

    def click(self, values, x, y) -> dict:
        """Move the nearer mean to the click."""
        return {min(("mean_A", "mean_B"), key=lambda name: abs(values[name] - x)): x}


def finish(X, start) -> Trace:
    """EM from the start to the last hundredth of a nat, without its warnings."""
    return whole(quietly(run_em, X, start, tol=1e-8, max_iter=500, record="scores"))


def mixture_of(values) -> Mixture:
    """The 1-D mixture that the sliders stand for."""
    weight = values["weight_A"]
    means = [[values["mean_A"]], [values["mean_B"]]]
    variances = [[[values["deviation_A"] ** 2]], [[values["deviation_B"] ** 2]]]
    return Mixture([weight, 1 - weight], means, variances)


def values_of(mixture) -> dict:
    """The slider values that stand for a 1-D mixture of two."""
    deviations = np.sqrt(mixture.covariances[:, 0, 0])
    columns = np.column_stack([mixture.means[:, 0], deviations])  # mean and deviation of A, of B
    return dict(zip(NAMES, [float(mixture.weights[0]), *columns.ravel().tolist()], strict=True))


def be_the_m_step(*, hide=(), **presets) -> Live:
    """Demo: raise the log-likelihood of two sources by hand, then let EM finish from there.

    With held=True the meter is that of Q, for the shares of the last E-step.
    """
    return Live(BeTheMStep(), hide=hide, **presets)

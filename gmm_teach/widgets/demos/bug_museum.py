"""Demo Bug museum: eight broken EMs, each a film; which half-step is wrong, and what is its fault?"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from ... import broken_halves, vectorized
from ...diagnosis import quietly
from ...em import run_em
from ...figures.parts import blank, ring
from ...mixture import sample
from ...params import Mixture
from ...plots import COLORS, FONT, GREY, LINE_COLORS, OUTLINE, Ghosts, own_settings, style_axes
from ...trace import Trace
from ...views import Panel2D
from ...words import letter
from ..controls import choice, grid, slider
from ..live import Live
from ..scene import Scene, whole

TRUTH = Mixture(
    [0.65, 0.25, 0.1],
    [[0, 0], [3.3, 1.6], [0.8, 4.0]],
    [[[1.6, 1.0], [1.0, 1.2]], [[0.7, -0.45], [-0.45, 0.8]], [[0.5, 0.2], [0.2, 0.35]]],
)
START = Mixture(np.full(3, 1 / 3), [[-1, 0], [2, 2], [1, 3]], [np.eye(2)] * 3)
FLOOR, ITERATIONS = 0.25, 12
CORNERS = np.array([[-4.5, -4.5], [6, 6]])  # of what is shown of the plane
OPEN = "not yet"


class Fault(NamedTuple):
    """A fault: its half-step, the `run_em` argument that breaks it, and what it does to the film."""

    half: str
    make: object
    sign: str


def _as_it_is(function):
    return lambda: function


FAULTS = {
    "old mean in the covariance": Fault(
        "M",
        lambda: broken_halves.OldMean(START.means),
        "ellipses are too large while means move far, and right in the end",
    ),
    "stale shares": Fault("E", broken_halves.Stale, "no colour changes after E1, and nothing moves after M1"),
    "no weights in the shares": Fault(
        "E",
        _as_it_is(broken_halves.without_prior),
        "iteration 1 is right EM's, then the large component loses points",
    ),
    "columns for rows": Fault(
        "E",
        _as_it_is(broken_halves.over_points),
        "the shares of each component sum to 1: all weights are nearly 0",
    ),
    "no off-diagonals": Fault(
        "M", _as_it_is(broken_halves.upright), "no ellipse is tilted, and right EM's are"
    ),
    "frozen weights": Fault(
        "M",
        lambda: broken_halves.FrozenWeights(START.weights),
        "the weights stay equal, while the mean shares leave them",
    ),
    "hard shares": Fault("E", _as_it_is(broken_halves.hard), "no point has a mixed colour, wherever it lies"),
    "floor added twice": Fault(
        "M",
        _as_it_is(broken_halves.floor_twice),
        "the ellipses are too wide from M1 on, to the very end",
    ),
}
HUNG = (6, 2, 5, 0, 3, 7, 1, 4)  # which fault hangs where
NAMES = tuple(FAULTS)


def fault_of(exhibit) -> str:
    """What is broken in exhibit number 1 to 8."""
    return NAMES[HUNG[exhibit - 1]]


@lru_cache(maxsize=20)
def film_of(fault=None) -> Trace:
    """The run with this fault, or with none."""
    X, _ = sample(TRUTH, 200, np.random.default_rng(5))
    half = {}
    if fault is not None:
        kind, make, _ = FAULTS[fault]
        half = {f"{kind.lower()}_step": make()}
    options = {"engine": vectorized, "reg_covar": FLOOR, "tol": 0.0, "max_iter": ITERATIONS, "check": False}
    return whole(quietly(run_em, X, START, **half, **options))


class BugMuseum(Scene):
    """One broken EM beside right EM, and the reader's diagnosis."""

    name = "Demo: bug museum"
    stored = grid(exhibit=range(1, 9), half=(OPEN, "E-step", "M-step"), fault=(OPEN, *NAMES))
    only_said = ("half", "fault")
    controls = (
        slider("exhibit", "Exhibit", 1, len(HUNG), 1),
        choice("half", "Broken is the", (OPEN, "E-step", "M-step"), OPEN, "Which half-step is wrong?"),
        choice("fault", "Its fault", (OPEN, *NAMES), OPEN, "What does it do wrong?"),
    )
    exhibit = None

    @own_settings()
    def __init__(self):
        self.right = film_of()
        margins = {"wspace": 0.27, "hspace": 0.62}
        self.figure, (self.map, self.curve, self.bars) = blank(2, 2, tall=0, margins=margins)
        style_axes(self.map, "The exhibit; dashed: right EM", "x", "y")
        self.panel = Panel2D(self.map, self.right, overlays=("ellipses",), frame=CORNERS)
        self.ghosts = Ghosts(self.map)
        self._lay_out_curve()
        self._lay_out_bars()
        self.moving = (*self.panel.artists, *self.ghosts.artists, self.line, self.ring, *self.marks)

    def compute(self, values) -> None:
        """Run the broken EM."""
        self.trace = film_of(fault_of(values["exhibit"]))

    def change(self, values) -> None:
        """Hang the exhibit."""
        if values["exhibit"] != self.exhibit:
            self.exhibit, self.index, self.camera = values["exhibit"], 1, None
            self.scores = [step.log_likelihood for step in self.trace.steps]
            ends = [*self.scores[2:], *self.right.log_likelihoods[1:]]  # the first rise is far larger
            room = 0.12 * (max(ends) - min(ends))
            self.curve.set_ylim(min(ends) - room, max(ends) + room)
        names = [f"{_told(step)} of exhibit {self.exhibit}" for step in self.trace.steps]
        names[-1] += ", standing still" * (self.trace.status == "converged")
        self.captions = [
            f"{name}: log-likelihood {score:.1f}, right EM {self._beside(i).log_likelihood:.1f}."
            for i, (name, score) in enumerate(zip(names, self.scores, strict=True))
        ]

    def show(self, index) -> None:
        """Move to half-step `index`, of this run and of right EM."""
        step = self.trace.steps[index]
        self.panel.show(_to_be_drawn(step), None)
        self.ghosts.show(self._beside(index).mixture)
        self.line.set_data(_places(index + 1), self.scores[: index + 1])
        self.ring.set_data(_places(index + 1)[-1:], self.scores[index : index + 1])
        shares = step.responsibilities
        for k, weight in enumerate(step.mixture.weights):
            self.rows[k].set_width(weight)
        self.diamonds.set_data(*([], []) if shares is None else (shares.mean(axis=0), range(3)))
        self.sum.set_text(f"weights sum\nto {step.mixture.weights.sum():.2f}")

    def _beside(self, index):
        """Right EM's half-step of this number."""
        return self.right.steps[index]

    def said(self, values) -> str:
        """How far the reader's diagnosis is right."""
        half, fault, true = values["half"], values["fault"], fault_of(values["exhibit"])
        if half == fault == OPEN:
            return " Which half-step is broken, and what is its fault?"
        verdict = ""
        if half != OPEN:
            right = half[0] == FAULTS[true].half
            verdict = f" The {half}: {'right' if right else 'no'}."
        if fault != OPEN:
            right = fault == true
            judged = "right," if right else "no, with that"
            verdict += f" {fault.capitalize()}: {judged} {FAULTS[fault].sign}."
        return verdict

    def _lay_out_curve(self):
        ax = style_axes(self.curve, "Log-likelihood; dashed: right EM", "iteration", "")
        ax.set_xlim(0.2, ITERATIONS + 1.3)
        ax.xaxis.set_major_locator(MaxNLocator(7, integer=True))
        ax.yaxis.set_major_locator(MaxNLocator(4))
        right = [step.log_likelihood for step in self.right.steps]
        ax.plot(_places(len(right)), right, color=GREY, lw=1.8, ls="--")
        (self.line,) = ax.plot([], [], color=OUTLINE, lw=1.8, marker="o", ms=3)
        self.ring = ring(ax, size=12)

    def _lay_out_bars(self):
        ax = style_axes(self.bars, "Weights (bars), mean shares (diamonds)", "")
        ax.set(xlim=(0, 1), ylim=(2.6, -0.6))
        ax.set_yticks(range(3), [letter(k) for k in range(3)])
        self.rows = ax.barh(range(3), np.zeros(3), 0.7, color=COLORS[:3], edgecolor=LINE_COLORS[:3])
        style = {"ls": "", "marker": "D", "ms": 9, "mfc": "white", "mec": OUTLINE, "mew": 2, "clip_on": False}
        (self.diamonds,) = ax.plot([], [], **style)
        self.sum = ax.text(0.99, 0.08, "", transform=ax.transAxes, ha="right", fontsize=FONT, color=OUTLINE)
        self.marks = (*self.rows, self.diamonds, self.sum)


def _to_be_drawn(step):
    """The step, its shares scaled so that those of each point sum to 1: they are to have colours."""
    r = step.responsibilities
    return step if r is None else step._replace(responsibilities=r / r.sum(axis=1, keepdims=True))


def _places(n):
    """Where the first n half-steps stand on the axis of iterations: start at 0.5, E1 at 1, M1 at 1.5."""
    return 0.5 + 0.5 * np.arange(n)


def _told(step):
    return "Start" if step.kind == "start" else f"{step.kind}-step {step.iteration}"


def bug_museum(*, hide=(), **presets) -> Live:
    """Demo: eight broken EMs as films; say which half-step is wrong and what its fault is, and be judged."""
    return Live(BugMuseum(), hide=hide, **presets)

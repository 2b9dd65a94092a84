"""Demo Shape: the covariance of a 2-D Gaussian, its ellipse, and how many points the ellipse holds."""

import numpy as np

from ...figures.parts import blank
from ...gaussian import ellipse_axes, squared_mahalanobis
from ...mixture import sample
from ...params import COVARIANCE_TYPES, Mixture, constrain
from ...plots import COLORS, FONT, GREY, OUTLINE, PINK, Contours, Ellipses, Ghosts, own_settings, style_axes
from ..controls import choice, grid, slider
from ..live import Live
from ..scene import Scene

LIMIT, N_POINTS, SEED = 4.6, 500, 2
MEAN = np.zeros(2)
ELSEWHERE = np.array([[-2.6, 2.4], [2.6, -2.4]])  # where a tied ellipse is shown again
HELD = 1 - np.exp(-0.5)  # by the 1-sigma ellipse, in theory
RADII = np.array([3, 2.5, 1.5, 0.5])  # of the contours, in sigmas
TYPES = {
    "full": "full: any ellipse",
    "tied": "tied: the components of a mixture share this ellipse (dashed)",
    "diag": "diag: axes along x and y, so ρ is dropped (dashed: with it)",
    "spherical": "spherical: a circle of the average variance (dashed: full)",
}


class Shape(Scene):
    """One Gaussian with points drawn from it; those within 1 sigma are dark."""

    name = "Demo: shape"
    stored = grid(rho=np.arange(-0.9, 0.91, 0.15), type=COVARIANCE_TYPES)
    draggable = 0
    controls = (
        slider("sigma_x", "σ of x", 0.5, 2, 1.5, 0.1),
        slider("sigma_y", "σ of y", 0.5, 2, 1.0, 0.1),
        slider("rho", "correlation ρ", -0.9, 0.9, 0.6, 0.05),
        choice("type", "type", COVARIANCE_TYPES, "full", "Covariance type"),
    )

    @own_settings()
    def __init__(self):
        self.figure, (ax, side) = blank(1, 2, margins={"left": 0.06, "wspace": 0.05})
        style_axes(ax, "", "x", "y").set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT), aspect="equal")
        side.set_axis_off()
        self.contours = Contours(ax, np.array([[-LIMIT, -LIMIT], [LIMIT, LIMIT]]), n=150)
        self.contours.steps = -0.5 * RADII**2  # of log density, below its peak
        self.ghosts, self.ellipses = Ghosts(ax), Ellipses(ax, 1)
        self.ellipses.letters.marks.set_visible(False)  # one component needs no name
        self.dots = [ax.plot([], [], "o", ms=3.5, mew=0, color=color)[0] for color in (GREY, COLORS[0])]
        style = {"fc": COLORS[3], "ec": "white", "lw": 1.5, "zorder": 5, "width": 0.016, "scale": 1}
        self.arrows = ax.quiver([0, 0], [0, 0], [1, 0], [0, 1], angles="xy", scale_units="xy", **style)
        style = {"ha": "center", "va": "center", "fontsize": FONT, "zorder": 5, "clip_on": True}
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        self.labels = [ax.text(0, 0, text, color=COLORS[0], bbox=box, **style) for text in ("1σ", "2σ")]
        style = {"va": "center", "family": "monospace", "fontsize": FONT, "color": OUTLINE}
        self.words = side.text(0, 0.5, "", linespacing=1.6, **style)
        self.ghosts.lines.set(color=PINK, linewidth=2.2)
        lines = self.ellipses.lines, self.ghosts.lines, self.arrows
        self.moving = (self.contours.lines, *self.dots, *lines, *self.labels, self.words)

    def change(self, values) -> None:
        """Move to another covariance; the points are the same noise, stretched by it."""
        s, rho = np.array([values["sigma_x"], values["sigma_y"]]), values["rho"]
        full = np.outer(s, s) * [[1, rho], [rho, 1]]
        kind = values["type"]
        covariance = constrain(np.ones(1), full[np.newaxis], kind)[0]
        mixture = Mixture([1], [MEAN], [covariance])
        self.contours.show(mixture)
        self.ellipses.show(mixture)
        unconstrained = None if kind == "full" else Mixture([1], [MEAN], [full])
        others = Mixture([0.5, 0.5], ELSEWHERE, [covariance] * 2)
        self.ghosts.show(others if kind == "tied" else unconstrained)
        X, _ = sample(mixture, N_POINTS, np.random.default_rng(SEED))
        self.inside = squared_mahalanobis(X, MEAN, covariance) <= 1
        for dots, rows in zip(self.dots, (~self.inside, self.inside), strict=True):
            dots.set_data(*X[rows].T)
        lengths, directions = ellipse_axes(covariance)
        directions = directions * np.where(directions[0] < 0, -1, 1)  # to the right
        self.tips = (directions * lengths).T
        self.arrows.set_UVC(*(directions * lengths))
        for radius, label in enumerate(self.labels, 1):
            label.set_position(-radius * lengths[0] * directions[:, 0])
        self._say(kind, covariance, *lengths)

    def handles(self, values) -> list[tuple]:
        """The tips of the arrows."""
        return [(*tip, -1) for tip in self.tips]

    def grab(self, values, number) -> None:
        """Take the tip of an arrow, and remember both as they are now."""
        self.held, self.grabbed = number, (self.tips[number], self.tips[1 - number])

    def drag(self, values, x, y) -> dict:
        """Move the tip of an arrow; the other stays as long as it is, and at a right angle."""
        before, other = self.grabbed
        if values["type"] in ("diag", "spherical"):
            return self._stretch(values, before, abs(np.array([x, y]) @ before) / (before @ before))
        tip = np.array([x, y])
        across = np.array([-y, x]) * np.linalg.norm(other) / max(np.linalg.norm(tip), 1e-9)
        covariance = np.outer(tip, tip) + np.outer(across, across)
        sigmas = np.sqrt(covariance.diagonal())
        rho = covariance[0, 1] / max(sigmas.prod(), 1e-9)
        return {"sigma_x": sigmas[0], "sigma_y": sigmas[1], "rho": rho}

    def _stretch(self, values, before, factor):
        """One axis of diag, both of spherical, `factor` times as long as they were when grabbed."""
        if values["type"] == "diag":
            axis = int(np.argmax(np.abs(before)))
            return {("sigma_x", "sigma_y")[axis]: factor * np.linalg.norm(before)}
        radius = np.sqrt((values["sigma_x"] ** 2 + values["sigma_y"] ** 2) / 2)
        scale = factor * np.linalg.norm(before) / radius
        return {name: scale * values[name] for name in ("sigma_x", "sigma_y")}

    def _say(self, kind, covariance, long, short):
        """The numbers beside the picture, and the caption."""
        area = np.pi * np.sqrt(np.linalg.det(covariance))
        ratio = area / (np.pi * np.sqrt(covariance.diagonal().prod()))
        share = 100 * self.inside.mean()
        (a, b), (c, d) = covariance + 0.0
        self.words.set_text(
            f"    ⎡{a:6.2f} {b:6.2f} ⎤\nΣ = ⎣{c:6.2f} {d:6.2f} ⎦\n\n"
            f"arrows √λ₁ = {long:.2f}, √λ₂ = {short:.2f}\n"
            f"1σ area π√|Σ| = {area:.2f}\n  = {ratio:.2f} × the area at ρ = 0\n"
            f"inside 1σ: {self.inside.sum()} of {N_POINTS}, {share:.1f} %"
        )
        smaller = f" has {ratio:.2f} of its area at ρ = 0, and" if b else ""
        self.captions = [
            f"{TYPES[kind]}. The 1σ ellipse{smaller} holds {share:.1f} % of the points "
            f"(in 2-D {100 * HELD:.0f} % in theory; 68 % is for 1-D)"
        ]


def shape(*, hide=(), **presets) -> Live:
    """Demo: a 2-D Gaussian from two deviations and a correlation, in one of the four covariance types."""
    return Live(Shape(), hide=hide, **presets)

"""Demo Query: prior times density, normalised, for a point that the reader moves."""

from decimal import Decimal

import numpy as np

from ... import datasets, starts
from ...em import run_em
from ...figures.parts import blank
from ...gaussian import log_gaussian
from ...mixture import log_density, log_joint, responsibilities
from ...plots import COLORS, FONT, GREY, PINK, Ellipses, Points, own_settings, set_limits, style_axes
from ...words import letter
from ..controls import button, grid, slider
from ..live import Live
from ..scene import Scene

LIMIT = 40.0
COLUMNS = {"": 0.08, "prior": 0.22, "× density": 0.51, "= product": 0.8, "share": 1.0}  # right edges


class Query(Scene):
    """Document C's points and mixture, the query point, and the arithmetic of its responsibilities."""

    name = "Demo: query"
    stored = grid(x=range(-40, 41, 8), y=range(-40, 41, 8))
    controls = (
        slider("x", "x", -LIMIT, LIMIT, 3.3, 0.1),
        slider("y", "y", -LIMIT, LIMIT, 1.0, 0.1),
        button("away", "A mile away"),
    )
    clickable, draggable = (0,), 0

    @own_settings()
    def __init__(self):
        data = datasets.load("document_c")
        self.X = data.X
        self.mixture = run_em(self.X, starts.kmeans(self.X, 3, 0)).mixture
        self.lowest = float(log_density(self.X, self.mixture).min())
        self.figure, (self.ax, table) = blank(1, 2, margins={"wspace": 0.1})
        style_axes(self.ax, "", *data.columns)
        self.home, self.zoom = set_limits(self.ax, self.X), None
        points, ellipses = Points(self.ax, self.X, 3), Ellipses(self.ax, 3)
        points.show(responsibilities(self.X, self.mixture))
        ellipses.show(self.mixture)
        style = {"ls": "", "marker": "*", "ms": 20, "mfc": "white", "mec": PINK, "mew": 2.5, "zorder": 6}
        (self.star,) = self.ax.plot([], [], **style)
        table.set_axis_off()
        table.set(xlim=(0, 1.03), ylim=(5.1, -0.6))
        rows = np.arange(3) + 0.5
        table.barh(rows - 0.17, self.mixture.weights, 0.08, color=GREY)
        self.bars = table.barh(rows, np.zeros(3), 0.26, color=COLORS[:3])
        self.columns = [self._column(table, *column) for column in COLUMNS.items()]
        self.words = table.text(0, 4.0, "", va="top", fontsize=FONT, linespacing=1.5)
        cells = [cell for column in self.columns for cell in column]
        self.moving = (*points.artists, *ellipses.artists, self.star, *self.bars, *cells, self.words)

    def _column(self, table, head, x):
        """The cells of rows A, B, C and the sum, under their heading."""
        style = {"ha": "right", "va": "center", "fontsize": FONT}
        table.text(x, -0.4, head, **style)
        return [table.text(x, row, "", **style) for row in (0.1, 1.1, 2.1, 3.2)]

    def change(self, values) -> None:
        """Move the point, and the view with it where it leaves the data; work out the table."""
        point = np.array([[values["x"], values["y"]]])
        if self.held is None:
            self._look_at(point)
        self.star.set_data(*point.T)
        weights, means, covariances = self.mixture
        densities = [log_gaussian(point, *pair)[0] for pair in zip(means, covariances, strict=True)]
        products, total = log_joint(point, self.mixture)[0], log_density(point, self.mixture)[0]
        r = responsibilities(point, self.mixture)[0]
        texts = [
            [*map(letter, range(3)), "sum"],
            [f"{weight:.2f}" for weight in (*weights, weights.sum())],
            [*map(from_log, densities), ""],
            [from_log(product) for product in (*products, total)],
            [f"{share:.3f}" for share in (*r, r.sum())],
        ]
        for column, words in zip(self.columns, texts, strict=True):
            for cell, word in zip(column, words, strict=True):
                cell.set_text(word)
        for bar, share in zip(self.bars, r, strict=True):
            bar.set_width(share)
        self.words.set_text(
            f"thick: share; thin: prior\nlog of the sum: {total:.1f}\nlowest of the data: {self.lowest:.1f}"
        )
        self.captions = [f"({point[0, 0]:.1f}, {point[0, 1]:.1f}): {self._verdict(densities, r, total)}"]

    def _look_at(self, point):
        """Show the data, from as far away as it takes to show the point too."""
        center, half = self.home.mean(axis=0), np.ptp(self.home, axis=0) / 2
        zoom = max(1.0, 1.1 * np.max(np.abs(point - center) / half))
        if zoom != self.zoom:
            self.zoom, self.camera = zoom, None
            set_limits(self.ax, np.array([center - zoom * half, center + zoom * half]), margin=0)

    def _verdict(self, densities, r, total):
        best, densest = int(np.argmax(r)), int(np.argmax(densities))
        name, share = letter(best), f"{100 * r[best]:.1f} %"
        if total < self.lowest:
            return (
                f"{name} takes {share} of a point less likely than any of the data (log-density "
                f"{total:.1f}). The shares still sum to {r.sum():.0f}: only the density finds outliers"
            )
        if best != densest:
            return (
                f"{letter(densest)} has the highest density, p(x | {letter(densest)}), but {name} the "
                f"largest share, p({name} | x) = {share}: the prior counts too"
            )
        return (
            f"the density p(x | {name}) is {from_log(densities[best])}, the share p({name} | x) is {share}: "
            f"the share says how sure we are of {name}, not how good {name} is"
        )

    def press(self, values, name) -> dict:
        """Put the point far away."""
        return {"x": LIMIT, "y": LIMIT}

    def click(self, values, x, y) -> dict:
        """Put the point where the click was."""
        return {"x": x, "y": y}

    def handles(self, values) -> list[tuple]:
        """The star."""
        return [(values["x"], values["y"], -1)]

    def drag(self, values, x, y) -> dict:
        """Put the star there; the view follows when it is dropped."""
        return self.click(values, x, y)

    def drop(self) -> bool:
        """Look at the data and the star anew."""
        self.held = None
        return True


def from_log(log_value) -> str:
    """exp(log_value) in a few digits, however small."""
    value = Decimal(float(log_value)).exp()
    return f"{value:.4f}" if value >= 0.0005 else f"{value:.1e}"


def query(*, hide=(), **presets) -> Live:
    """Demo: prior, density, product and responsibility of each component at the point x, y."""
    return Live(Query(), hide=hide, **presets)

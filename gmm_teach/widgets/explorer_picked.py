"""The Explorer's bars: of one point, the product that each component makes of it, and its share."""

import numpy as np

from ..gaussian import log_gaussian
from ..plots import COLORS, FONT, LINE_COLORS, OUTLINE
from ..words import letter


class PickedPoint:
    """For one point, each component's responsibility as a bar, with the product that it comes from."""

    def __init__(self, ax, n_components):
        K = self.n_components = n_components
        self.ax = ax
        self.bars = ax.barh(range(K), np.zeros(K), height=0.8, color=COLORS[:K], edgecolor=LINE_COLORS[:K])
        style = {"ha": "right", "va": "center", "fontsize": FONT - 1 if K <= 5 else 10, "color": OUTLINE}
        self.texts = [ax.text(2.88, k, "", **style) for k in range(K)]
        self.artists = [*self.bars, *self.texts]
        self.number = ax.set_title("", loc="left", fontsize=FONT, color=OUTLINE, y=1, animated=True)

    def pick(self, X, row) -> None:
        """Take a point, that in this row of X, and the axes."""
        self.X, self.row, K = X[[row]], row, self.n_components
        self.ax.set(xlim=(0, 2.9), ylim=(K - 0.45, -0.55))
        self.ax.set_yticks(range(K), [letter(k) for k in range(K)])
        self.number.set_text(f"Point {row}")

    def show(self, step) -> None:
        """Move to a step; before the first E-step nobody has a share."""
        weights, means, covariances = step.mixture
        for k, (bar, text) in enumerate(zip(self.bars, self.texts, strict=True)):
            with np.errstate(under="ignore", over="ignore"):
                density = np.exp(log_gaussian(self.X, means[k], covariances[k])[0])
            product = f"{weights[k]:.2f} × {density:.2g}"
            share = 0 if step.responsibilities is None else step.responsibilities[self.row, k]
            bar.set_width(share)
            text.set_text(product if step.responsibilities is None else f"{product}  →  {share:.2f}")

"""Artists of 1-D data and mixtures."""

import numpy as np
from matplotlib.collections import LineCollection

from ..gaussian import log_gaussian_1d
from .marks import (
    GREY,
    LINE_COLORS,
    OUTLINE,
    Letters,
    check_columns_of,
    check_dimension,
    check_shares,
    soft_colors,
)


class Histogram:
    """Histogram of 1-D data X (N, 1), as a density; it never moves."""

    def __init__(self, ax, X, bins=60):
        x = check_columns_of(X, 1)[:, 0]
        heights, edges, _ = ax.hist(x, bins=bins, density=True, color="#DDDDDD", edgecolor="#BBBBBB")
        ax.set_ylim(0, 1.25 * heights.max())
        self.edges, self.artists = edges, []


class Rug:
    """1-D data X (N, 1) as ticks under the axis, in soft colours; at most `most` of them."""

    def __init__(self, ax, X, most=400):
        x = check_columns_of(X, 1)[:, 0]
        self.n_points, self.rows = (
            len(x),
            np.unique(np.linspace(0, len(x) - 1, min(len(x), most)).astype(int)),
        )
        x = x[self.rows]
        segments = np.stack([np.column_stack([x, 0 * x]), np.column_stack([x, 0 * x + 0.05])], axis=1)
        self.lines = LineCollection(
            segments, transform=ax.get_xaxis_transform(), linewidths=1.2, colors=GREY, zorder=3
        )
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, responsibilities=None) -> None:
        """Colour the ticks by responsibilities (N, K); None for grey."""
        if responsibilities is None:
            self.lines.set_color(GREY)
        else:
            self.lines.set_color(soft_colors(check_shares(responsibilities, self.n_points)[self.rows]))


class Curves:
    """The weighted densities of a 1-D mixture, each with its letter, and their sum."""

    def __init__(self, ax, limits, n_components, n=300):
        self.letters = Letters(ax, n_components)
        self.ax, self.x = ax, np.linspace(*limits, n)
        self.parts = [ax.plot([], [], color=LINE_COLORS[k], lw=2.2)[0] for k in range(n_components)]
        self.total = ax.plot([], [], color=OUTLINE, lw=2.2, ls=(0, (4, 2)))[0]
        self.artists = [*self.parts, self.total, *self.letters.artists]

    def show(self, mixture) -> None:
        """Move to the given 1-D mixture."""
        heights = weighted_densities(self.x, mixture)  # (K, n)
        for line, height in zip(self.parts, heights, strict=True):
            line.set_data(self.x, height)
        highest = 0.95 * self.ax.get_ylim()[1]  # a letter stays on the picture, however narrow its curve
        peaks = np.minimum(heights.max(axis=1), highest)
        self.letters.show(np.column_stack([self.x[heights.argmax(axis=1)], peaks]))
        self.total.set_data(self.x, heights.sum(axis=0))


def weighted_densities(x, mixture) -> np.ndarray:
    """pi_k N(x | mu_k, sigma_k^2) of a 1-D mixture at x (n,); returns (K, n)."""
    mixture = check_dimension(mixture, 1)
    with np.errstate(under="ignore"):
        logs = log_gaussian_1d(x, mixture.means, mixture.covariances[:, 0])
        return mixture.weights[:, np.newaxis] * np.exp(logs)

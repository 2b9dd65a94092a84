"""The course's colours and marks, and the artists of its pictures.

Each class draws one thing on a given Axes and keeps its artists in `.artists`; `.show(...)` moves
them and makes nothing new, so a static figure and every frame of a film are the same code.
Components are told apart by colour, letter and mark at once.
"""

import contourpy
import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.markers import MarkerStyle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import IdentityTransform

from .engine.fast import feature_blocks, make_room, natural_parameters
from .gaussian import ellipse, log_gaussian_1d, log_sum_exp
from .mixture import log_density
from .params import Mixture
from .words import letter

COLORS = ("#012A60", "#F0A001", "#9660FE", "#9E2A1A", "#ADD6E0", "#3B7376", "#AA9585", "#5F333E")
LINE_COLORS = (*COLORS[:1], "#CA8601", *COLORS[2:4], "#7B989F", COLORS[5], "#A59181", COLORS[7])
CIRCLE = (12, 0, 0)  # twelve corners: a circle to the eye, and drawn in half the time
MARKS = (CIRCLE, "s", "^", "D", "v", "P", "X", "*")
OUTLINE = "#222222"
GREY = "#8A8A8A"
PINK = "#D02090"  # what the reader has picked, or should see first
FONT = 13  # points; 18 px in a 720p picture at 100 dpi
RGB = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in COLORS]) / 255  # (8, 3)


def soft_colors(responsibilities):
    """Colours (N, 3) that show responsibilities (N, K).

    Up to three components mix their colours in proportion; from four on, a point takes the colour
    of its strongest component, faded to grey as its entropy grows.
    """
    r = np.asarray(responsibilities)
    K = r.shape[1]
    if len(COLORS) < K:
        raise ValueError(f"there are colours for up to {len(COLORS)} components, got {K}")
    if K <= 3:
        return np.clip(r @ RGB[:K], 0, 1)
    entropy = -np.sum(r * np.log(np.maximum(r, 1e-300)), axis=1, keepdims=True) / np.log(K)
    return np.clip((1 - entropy) * RGB[r.argmax(axis=1)] + entropy * 0.6, 0, 1)


def style_axes(ax, title="", xlabel="", ylabel=""):
    """Titles and labels in the course's size, and no box around the picture."""
    ax.set_title(title, fontsize=FONT, color=OUTLINE)
    ax.set_xlabel(xlabel, fontsize=FONT, color=OUTLINE)
    ax.set_ylabel(ylabel, fontsize=FONT, color=OUTLINE)
    ax.tick_params(labelsize=12, colors=OUTLINE)
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_offset_text().set_fontsize(12)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_zorder(0)  # below all that moves, as in a film's background
    return ax


def set_limits(ax, X, margin=0.08):
    """Show all of X (N, 1) or (N, 2), with a margin on each side; returns the limits (2, D)."""
    low, high = X.min(axis=0), X.max(axis=0)
    room = margin * np.where(high > low, high - low, 1.0)
    limits = np.array([low - room, high + room])
    ax.set_xlim(limits[:, 0])
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))  # few enough for six digits each
    if X.shape[1] > 1:
        ax.set_ylim(limits[:, 1])
    return limits


class Points:
    """Data X (N, 2): grey dots before the first E-step, then soft colours with each component's mark.

    The dark outline is one line artist a component, which draws far faster than edges would.
    """

    def __init__(self, ax, X, n_components, size=6.0):
        self.X, self.shown = X, None
        self.unlabelled = ax.plot(*X.T, ls="", marker="o", ms=0.75 * size, mfc=GREY, mec="none", zorder=3)[0]
        style = {
            "ls": "",
            "ms": size + 0.5,
            "mfc": OUTLINE,
            "mec": OUTLINE,
            "mew": 0.5,
            "zorder": 3,
            "snap": False,
        }
        self.outlines, self.fills = [], []
        for mark in MARKS[:n_components]:
            self.outlines += ax.plot([], [], marker=mark, **style)
            self.fills.append(ax.scatter([], [], (size - 0.5) ** 2, marker=mark, lw=0, zorder=3, snap=False))
        layers = zip(self.outlines, self.fills, strict=True)
        self.artists = [self.unlabelled, *(artist for layer in layers for artist in layer)]

    def show(self, responsibilities=None):
        """Colour the points by responsibilities (N, K); None for grey dots."""
        self.unlabelled.set_visible(responsibilities is None)
        for artist in self.outlines + self.fills:
            artist.set_visible(responsibilities is not None)
        if responsibilities is None:
            return
        if self.shown is not None and np.array_equal(responsibilities, self.shown):
            return
        self.shown = responsibilities
        colors, strongest = soft_colors(responsibilities), responsibilities.argmax(axis=1)
        for k, (outline, fill) in enumerate(zip(self.outlines, self.fills, strict=True)):
            members = strongest == k
            outline.set_data(*self.X[members].T)
            fill.set_offsets(self.X[members])
            fill.set_facecolors(colors[members])


class Letters:
    """The letters A, B, ... of the components, each in a white disc; later ones cover earlier ones."""

    def __init__(self, ax, n_components):
        marks, edges = [], []
        for k in range(n_components):
            marks += [MarkerStyle("o"), MarkerStyle(f"$\\mathbf{{{letter(k)}}}$")]
            edges += [LINE_COLORS[k], "none"]
        self.marks = PathCollection(
            [mark.get_path().transformed(mark.get_transform()) for mark in marks],
            sizes=[290, 100] * n_components,
            facecolors=["white", OUTLINE] * n_components,
            edgecolors=edges,
            linewidths=1.5,
            offsets=np.zeros((0, 2)),
            offset_transform=ax.transData,
            zorder=5,
        )
        self.marks.set_transform(IdentityTransform())  # sizes are points^2
        ax.add_collection(self.marks, autolim=False)
        self.artists = [self.marks]

    def show(self, positions):
        """Move the letters to positions (K, 2)."""
        self.marks.set_offsets(np.repeat(positions, 2, axis=0))


class Ellipses:
    """The 1- and 2-sigma ellipses of each component (39 % and 86 % of it), with its letter at the mean.

    A white line under the inner one keeps it apart from points of its own colour.
    """

    def __init__(self, ax, n_components):
        K = n_components
        colors = ["white"] * K + list(LINE_COLORS[:K]) * 2
        widths = [4.6] * K + [2.6] * K + [1.3] * K
        self.lines = LineCollection([], colors=colors, linewidths=widths, zorder=4)
        ax.add_collection(self.lines, autolim=False)
        self.letters = Letters(ax, K)
        self.artists = [self.lines, *self.letters.artists]

    def show(self, mixture):
        """Move to the given 2-D mixture."""
        outlines = _outlines(mixture)
        wide = [2 * outline - mean for outline, mean in zip(outlines, mixture.means, strict=True)]
        self.lines.set_segments([*outlines, *outlines, *wide])
        self.letters.show(mixture.means)


class Ghosts:
    """The 1-sigma ellipses of a step before, dashed and grey."""

    def __init__(self, ax):
        self.lines = LineCollection([], colors=GREY, linewidths=1.4, linestyles="dashed", zorder=2)
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, mixture=None):
        """Move to the given 2-D mixture; None hides them."""
        self.lines.set_segments([] if mixture is None else _outlines(mixture))


class Truth:
    """The 1- and 2-sigma ellipses of the mixture that made the data, dotted; they never move."""

    def __init__(self, ax, mixture):
        outlines = _outlines(mixture)
        wide = [2 * outline - mean for outline, mean in zip(outlines, mixture.means, strict=True)]
        lines = LineCollection(outlines + wide, colors=OUTLINE, linewidths=1.6, linestyles="dotted", zorder=2)
        ax.add_collection(lines, autolim=False)
        self.artists = []


class Contours:
    """Lines of equal density of a 2-D mixture, each a factor of four below the one inside it."""

    def __init__(self, ax, limits, n=44, n_levels=5):
        axes = [np.linspace(*limits[:, d], n) for d in (0, 1)]
        grid = grid_points(*axes)
        self.origin, self.scale = limits.mean(axis=0), 1 / np.ptp(limits, axis=0)
        blocks = feature_blocks(grid, self.origin, self.scale, make_room(*grid.shape))
        self.phi = np.hstack([phi.copy() for _, phi in blocks])  # (6, n * n)
        self.axes, self.shape = axes, (n, n)
        self.steps = -np.log(4) * np.arange(n_levels, 0, -1) + np.log(2)
        self.lines = LineCollection([], colors=GREY, linewidths=0.8, zorder=1.6)
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, mixture):
        """Move to the given 2-D mixture: one matrix product for the whole grid."""
        theta = natural_parameters(mixture, self.origin, self.scale).theta
        log_density = log_sum_exp(theta @ self.phi, axis=0).reshape(self.shape)
        generator = contourpy.contour_generator(*self.axes, log_density)
        self.lines.set_segments(
            [line for step in self.steps for line in generator.lines(log_density.max() + step)]
        )


def grid_points(x, y):
    """Every point of a grid, (len(y) * len(x), 2), row by row."""
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def density_levels(mixture, limits, n=101):
    """A contourpy generator of lines of equal log density of a 2-D mixture; limits (2, 2) are its corners."""
    x, y = (np.linspace(*limits[:, d], n) for d in (0, 1))
    return contourpy.contour_generator(x, y, log_density(grid_points(x, y), mixture).reshape(n, n))


class Histogram:
    """Histogram of 1-D data X (N, 1), as a density; it never moves."""

    def __init__(self, ax, X, bins=60):
        heights, edges, _ = ax.hist(X[:, 0], bins=bins, density=True, color="#DDDDDD", edgecolor="#BBBBBB")
        ax.set_ylim(0, 1.25 * heights.max())
        self.edges, self.artists = edges, []


class Rug:
    """1-D data X (N, 1) as ticks under the axis, in soft colours; at most `most` of them."""

    def __init__(self, ax, X, most=400):
        self.rows = np.unique(np.linspace(0, len(X) - 1, min(len(X), most)).astype(int))
        x = X[self.rows, 0]
        segments = np.stack([np.column_stack([x, 0 * x]), np.column_stack([x, 0 * x + 0.05])], axis=1)
        self.lines = LineCollection(
            segments, transform=ax.get_xaxis_transform(), linewidths=1.2, colors=GREY, zorder=3
        )
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, responsibilities=None):
        """Colour the ticks by responsibilities (N, K); None for grey."""
        colors = GREY if responsibilities is None else soft_colors(responsibilities[self.rows])
        self.lines.set_color(colors)


class Curves:
    """The weighted densities of a 1-D mixture, each with its letter, and their sum."""

    def __init__(self, ax, limits, n_components, n=300):
        self.ax, self.x = ax, np.linspace(*limits, n)
        self.parts = [ax.plot([], [], color=LINE_COLORS[k], lw=2.2)[0] for k in range(n_components)]
        self.total = ax.plot([], [], color=OUTLINE, lw=2.2, ls=(0, (4, 2)))[0]
        self.letters = Letters(ax, n_components)
        self.artists = [*self.parts, self.total, *self.letters.artists]

    def show(self, mixture):
        """Move to the given 1-D mixture."""
        heights = weighted_densities(self.x, mixture)  # (K, n)
        for line, height in zip(self.parts, heights, strict=True):
            line.set_data(self.x, height)
        highest = 0.95 * self.ax.get_ylim()[1]  # a letter stays on the picture, however narrow its curve
        peaks = np.minimum(heights.max(axis=1), highest)
        self.letters.show(np.column_stack([self.x[heights.argmax(axis=1)], peaks]))
        self.total.set_data(self.x, heights.sum(axis=0))


def weighted_densities(x, mixture):
    """pi_k N(x | mu_k, sigma_k^2) of a 1-D mixture at x (n,); returns (K, n)."""
    logs = log_gaussian_1d(x, mixture.means, mixture.covariances[:, 0])
    return mixture.weights[:, np.newaxis] * np.exp(logs)


def marginal(mixture, dims):
    """The mixture of the given coordinates only: for Gaussians, drop the other rows and columns."""
    dims = list(dims)
    if dims == list(range(mixture.n_features)):
        return mixture
    return Mixture(mixture.weights, mixture.means[:, dims], mixture.covariances[:, dims][:, :, dims])


def _outlines(mixture):
    return [ellipse(*pair) for pair in zip(mixture.means, mixture.covariances, strict=True)]

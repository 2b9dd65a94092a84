"""Artists of 2-D data and mixtures."""

import reprlib

import contourpy
import numpy as np
from matplotlib.collections import LineCollection

from ..gaussian import ellipse
from ..mixture import log_density
from ..params import Mixture
from ..validate import check_kind, floats
from .marks import (
    GREY,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    Letters,
    check_columns_of,
    check_dimension,
    check_n_components,
    check_shares,
    soft_colors,
)
from .samples import said_of_sample, sample_rows


class Points:
    """Data X (N, 2): grey dots before the first E-step, then soft colours with each component's mark.

    The dark outline is one line artist a component, which draws far faster than edges would. Of more than
    MOST_POINTS points `rows` are drawn, a sample and the rows in `also`, and a line of text says so.
    """

    def __init__(self, ax, X, n_components, size=6.0, also=()):
        X = check_columns_of(X, 2)
        self.shape = len(X), check_n_components(n_components)
        self.rows, self.shown = sample_rows(len(X), also), None
        self.X = X[self.rows]
        self.unlabelled = ax.plot(
            *self.X.T, ls="", marker="o", ms=0.75 * size, mfc=GREY, mec="none", zorder=3
        )[0]
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
        self.artists += _sample_text(ax, said_of_sample(len(X), len(self.rows)))

    def show(self, responsibilities=None) -> None:
        """Colour the points by responsibilities (N, K); None for grey dots."""
        self.unlabelled.set_visible(responsibilities is None)
        for artist in self.outlines + self.fills:
            artist.set_visible(responsibilities is not None)
        if responsibilities is None:
            return
        responsibilities = check_shares(responsibilities, *self.shape)[self.rows]
        if self.shown is not None and np.array_equal(responsibilities, self.shown):
            return
        self.shown = responsibilities
        colors, strongest = soft_colors(responsibilities), responsibilities.argmax(axis=1)
        for k, (outline, fill) in enumerate(zip(self.outlines, self.fills, strict=True)):
            members = strongest == k
            outline.set_data(*self.X[members].T)
            fill.set_offsets(self.X[members])
            fill.set_facecolors(colors[members])


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

    def show(self, mixture) -> None:
        """Move to the given 2-D mixture."""
        outlines = _outlines(mixture)
        self.lines.set_segments([*outlines, *outlines, *_outlines(mixture, 2.0)])
        self.letters.show(mixture.means)


class Ghosts:
    """The 1-sigma ellipses of a step before, dashed and grey."""

    def __init__(self, ax):
        self.lines = LineCollection([], colors=GREY, linewidths=1.4, linestyles="dashed", zorder=2)
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, mixture=None) -> None:
        """Move to the given 2-D mixture; None hides them."""
        self.lines.set_segments([] if mixture is None else _outlines(mixture))


class Truth:
    """The 1- and 2-sigma ellipses of the mixture that made the data, dotted; they never move."""

    def __init__(self, ax, mixture):
        outlines = _outlines(mixture) + _outlines(mixture, 2.0)
        lines = LineCollection(outlines, colors=OUTLINE, linewidths=1.6, linestyles="dotted", zorder=2)
        ax.add_collection(lines, autolim=False)
        self.artists = []


class Contours:
    """Lines of equal density of a 2-D mixture, each a factor of four below the one inside it."""

    def __init__(self, ax, limits, n=44, n_levels=5):
        self.axes = _grid_axes(limits, n)
        self.points = grid_points(*self.axes)
        self.steps = np.log(2) - np.log(4) * np.arange(n_levels, 0, -1)  # below the peak, in logs
        self.lines = LineCollection([], colors=GREY, linewidths=0.8, zorder=1.6)
        ax.add_collection(self.lines, autolim=False)
        self.artists = [self.lines]

    def show(self, mixture) -> None:
        """Move to the given 2-D mixture."""
        heights = _log_densities(mixture, self.points).reshape(len(self.axes[1]), -1)
        levels = heights.max() + self.steps
        generator = contourpy.contour_generator(*self.axes, heights)
        self.lines.set_segments([line for level in levels for line in generator.lines(level)])


def grid_points(x, y) -> np.ndarray:
    """Every point of a grid, (len(y) * len(x), 2), row by row."""
    return np.stack(np.meshgrid(floats("x", x), floats("y", y)), axis=-1).reshape(-1, 2)


def density_levels(mixture, limits, n=101) -> contourpy.ContourGenerator:
    """A contourpy generator of lines of equal log density of a 2-D mixture; limits (2, 2) are its corners."""
    x, y = _grid_axes(limits, n)
    return contourpy.contour_generator(x, y, _log_densities(mixture, grid_points(x, y)).reshape(n, n))


def marginal(mixture, dims) -> Mixture:
    """The mixture of the given coordinates only: for Gaussians, drop the other rows and columns."""
    check_kind("mixture", mixture, Mixture)
    dims = check_dims(dims, mixture.n_features)
    if dims == tuple(range(mixture.n_features)):
        return mixture
    return Mixture(mixture.weights, mixture.means[:, dims], mixture.covariances[:, dims][:, :, dims])


def check_dims(dims, D, n=None) -> tuple:
    """Return n different numbers of D columns as a tuple; negative ones count from the end."""
    try:
        given = tuple(dims)
    except TypeError:
        raise TypeError(f"dims must list numbers of columns, such as (0, 1), got {dims!r}") from None
    for d in given:
        if isinstance(d, bool | np.bool_) or not isinstance(d, int | np.integer):
            raise TypeError(f"dims must be whole numbers, such as (0, 1), got {reprlib.repr(dims)}")
        if not -D <= d < D:
            those = (
                "0, as there is 1 column" if D == 1 else f"between 0 and {D - 1}, as there are {D} columns"
            )
            raise ValueError(f"dims must be {those}; got {d}")
    chosen = tuple(range(D)[d] for d in given)
    if not chosen or len(set(chosen)) < len(chosen) or len(chosen) != (n or len(chosen)):
        raise ValueError(f"dims must be {n or 'some'} different columns, got {reprlib.repr(dims)}")
    return chosen


def _sample_text(ax, text):
    """The text as a list of one artist in the corner of the axes, or of none."""
    style = {"ha": "right", "va": "bottom", "fontsize": 12, "color": OUTLINE, "zorder": 6}
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 2}
    return [ax.text(0.99, 0.01, text, transform=ax.transAxes, bbox=box, **style)] if text else []


def _outlines(mixture, n_sigma=1.0):
    """The ellipse of each component, as points, and n_sigma times as large."""
    mixture = check_dimension(mixture, 2)
    return [ellipse(*pair, n_sigma) for pair in zip(mixture.means, mixture.covariances, strict=True)]


def _grid_axes(limits, n):
    limits = np.asarray(limits, dtype=np.float64)
    if limits.shape != (2, 2) or not (limits[0] < limits[1]).all():
        raise ValueError(f"limits must be ((x low, y low), (x high, y high)), got {limits.tolist()}")
    return [np.linspace(*limits[:, d], n) for d in (0, 1)]


def _log_densities(mixture, points):
    return log_density(points, check_dimension(mixture, 2))

"""Pictures of notebook 03: mixtures, their histograms and their bumps."""

import numpy as np
from matplotlib.figure import Figure

from ..mixture import log_density
from ..plots import (
    COLORS,
    FONT,
    GREY,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    PINK,
    Contours,
    Curves,
    Ellipses,
    check_dimension,
    style_axes,
    weighted_densities,
)
from ..words import count, letter, listed, number
from .doors import points_of
from .parts import blank, described


def parts_and_sum(mixtures, limits, titles=(), *, mark_peaks=False, size=(9.0, 4.5)) -> Figure:
    """1-D mixtures side by side: the weighted curve of each component, and their sum, dashed."""
    mixtures = [check_dimension(mixture, 1) for mixture in mixtures]
    figure, axes = blank(1, len(mixtures), size)
    grid = np.linspace(*limits, 2001)
    sums = [weighted_densities(grid, mixture).sum(axis=0) for mixture in mixtures]
    for ax, mixture, total, title in zip(axes, mixtures, sums, titles or [""] * len(sums), strict=True):
        style_axes(ax, title, "x").set(xlim=limits, ylim=(0, 1.2 * np.max(sums)))
        Curves(ax, limits, mixture.n_components).show(mixture)
        top = peaks(total) if mark_peaks else []
        ax.plot(grid[top], total[top] + 0.1 * np.max(sums), "v", color=PINK, ms=12)
    axes[0].set_ylabel("density p(x)", fontsize=FONT)
    panels = [
        f"{f'{title}:' if title else 'Curves'} {_curves(mixture)}; their sum, dashed, has "
        f"{_tops(grid, total)}."
        for mixture, total, title in zip(mixtures, sums, titles or [""] * len(sums), strict=True)
    ]
    marked = " Pink arrows mark the bumps." * mark_peaks
    return described(figure, f"{' '.join(panels)}{marked}")


def labelled_and_hidden(X, z, *, width=0.5, size=(12.0, 4.5)) -> Figure:
    """Histograms as densities of 1-D data X (N, 1): by label z (N,), in heights that add up, and without."""
    X, z = points_of(X, 1), np.asarray(z)
    edges = np.arange(np.floor(X.min() / width), np.ceil(X.max() / width) + 1) * width
    figure, (left, right) = blank(1, 2, size)
    style_axes(left, "labels known", "x", "density")
    style_axes(right, "labels hidden", "x")
    groups = []
    for k in range(z.max() + 1):
        members = X[z == k, 0]
        heights = np.histogram(members, edges)[0] / (len(X) * width)
        groups.append(f"{letter(k)} around {members.mean():.2g}, up to {heights.max():.3f} high")
        left.stairs(heights, edges, fill=True, color=COLORS[k], alpha=0.45)
        left.stairs(heights, edges, color=LINE_COLORS[k], lw=1.8)
        top = heights.max() + 0.006
        left.plot(members.mean(), top, marker=MARKS[k], ms=9, mfc=COLORS[k], mec=OUTLINE)
        left.text(members.mean() + 0.7, top, letter(k), fontsize=FONT, va="center", fontweight="bold")
    total = np.histogram(X[:, 0], edges, density=True)[0]
    right.stairs(total, edges, fill=True, color="#DDDDDD")
    right.stairs(total, edges, color=GREY, lw=1.8)
    for ax in (left, right):
        ax.set(xlim=(edges[0], edges[-1]), ylim=(0, 1.1 * total.max()))
    high = np.flatnonzero(total > total.max() / 4)
    best = total.argmax()
    return described(
        figure,
        f"Left, labels known, a histogram each: {listed(groups)}. Right, labels hidden: one grey histogram "
        f"from {number(edges[0])} to {number(edges[-1])}. Its highest bar, {total.max():.3f}, is from "
        f"{number(edges[best])} to {number(edges[best + 1])}; bars of more than a quarter of that height lie "
        f"between {number(edges[high[0]])} and {number(edges[high[-1] + 1])}.",
    )


def contours(mixture, limits, marked, *, size=(6.5, 5.0)) -> Figure:
    """Lines of equal density of a 2-D mixture, its ellipses, and marked points (n, 2); limits as rows."""
    mixture = check_dimension(mixture, 2)
    figure, (ax,) = blank(1, 1, size)
    limits = np.asarray(limits, dtype=float)
    style_axes(ax, "", "x", "y").set(xlim=limits[:, 0], ylim=limits[:, 1], aspect="equal")
    lines = Contours(ax, limits, n=160, n_levels=5)
    lines.steps = np.log([0.3, 0.5, 0.7, 0.76, 0.9])
    lines.show(mixture)
    lines.lines.set(color=OUTLINE, linewidth=1.2)
    Ellipses(ax, mixture.n_components).show(mixture)
    ax.plot(*np.transpose(marked), "D", color=PINK, mec="white", ms=9, zorder=6)
    tops = [f"({x:.2f}, {y:.2f})" for x, y in _tops_of_plane(mixture, limits)]
    centres = [f"{letter(k)} around {_place(mean)}" for k, mean in enumerate(mixture.means)]
    return described(
        figure,
        f"Ellipses {listed(centres)}, and lines of equal density around {count(len(tops), 'top')}: "
        f"{listed(tops)}. Pink diamonds mark {listed([_place(point) for point in marked])}.",
    )


def approximations(density, mixtures, limits, *, size=(12.0, 4.0)) -> Figure:
    """A density (a function), and 1-D mixtures of more and more components that come closer to it."""
    mixtures = [check_dimension(mixture, 1) for mixture in mixtures]
    x, panels = np.linspace(*limits, 2001), []
    figure, axes = blank(1, len(mixtures), size)
    for ax, mixture in zip(axes, mixtures, strict=True):
        parts = weighted_densities(x, mixture)
        off = np.abs(parts.sum(axis=0) - density(x))
        worst = f"{off.max():.3f}, at {x[off.argmax()]:.3g}"
        panels.append(f"K = {mixture.n_components}: the sum is off by at most {worst}.")
        style_axes(ax, f"K = {mixture.n_components}", "x").set(xlim=limits, ylim=(0, 1.25 * density(x).max()))
        ax.fill_between(x, density(x), color="#DDDDDD")
        ax.plot(x, parts.T, color=GREY, lw=1)
        ax.plot(x, parts.sum(axis=0), color=OUTLINE, lw=2.2, ls=(0, (4, 2)))
    axes[0].set_ylabel("density", fontsize=FONT)
    top = density(x).argmax()
    shape = f"A grey outline, highest at {x[top]:.3g} with {density(x)[top]:.2f}"
    return described(figure, f"{shape}, under bells and their dashed sum. {' '.join(panels)}")


def peaks(heights) -> np.ndarray:
    """Where a row of heights (n,) has its local maxima, as indices: the number of bumps is their count."""
    inner = heights[1:-1]
    return np.flatnonzero((inner > heights[:-2]) & (inner >= heights[2:])) + 1


def _curves(mixture):
    """ "A around 0 and B around 5, up to 0.199 and 0.100 high"."""
    deviations = np.sqrt(mixture.covariances[:, 0, 0])
    heights = mixture.weights / (deviations * np.sqrt(2 * np.pi))
    names = [f"{letter(k)} around {number(mean)}" for k, (mean,) in enumerate(mixture.means)]
    return f"{listed(names)}, up to {listed([f'{height:.3f}' for height in heights])} high"


def _tops(x, heights):
    """ "2 bumps, at 0.0 and 5.0"."""
    places = [f"{place:.1f}" for place in x[peaks(heights)] + 0.0]
    return f"{count(len(places), 'bump')}{', at ' * bool(places)}{listed(places) if places else ''}"


def _place(point):
    return f"({', '.join(number(value) for value in point)})"


def _tops_of_plane(mixture, limits, n=201):
    """The local maxima of a 2-D mixture within limits (2, 2), on a grid."""
    x, y = (np.linspace(*limits[:, d], n) for d in (0, 1))
    grid = np.stack(np.meshgrid(x, y), axis=-1)  # row by y
    heights = log_density(grid.reshape(-1, 2), mixture).reshape(n, n)
    inner = heights[1:-1, 1:-1]
    around = [heights[1 + i : n - 1 + i, 1 + j : n - 1 + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return grid[1:-1, 1:-1][np.all([inner > other for other in around], axis=0)]

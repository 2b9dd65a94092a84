"""Pictures of notebooks 03 and 04: mixtures, their histograms and bumps, and numbers too small to hold."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import log_sum_exp
from ..mixture import log_joint
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
    drawable,
    style_axes,
    weighted_densities,
)
from ..words import letter, number
from .doors import named, points_of
from .parts import blank, legend

EPSILON = 1e-10


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
    return figure


def labelled_and_hidden(X, z, *, width=0.5, size=(12.0, 4.5)) -> Figure:
    """Histograms as densities of 1-D data X (N, 1): by label z (N,), in heights that add up, and without."""
    X, z = points_of(X, 1), np.asarray(z)
    edges = np.arange(np.floor(X.min() / width), np.ceil(X.max() / width) + 1) * width
    figure, (left, right) = blank(1, 2, size)
    style_axes(left, "labels known", "x", "density")
    style_axes(right, "labels hidden", "x")
    for k in range(z.max() + 1):
        members = X[z == k, 0]
        heights = np.histogram(members, edges)[0] / (len(X) * width)
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
    return figure


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
    return figure


def approximations(density, mixtures, limits, *, size=(12.0, 4.0)) -> Figure:
    """A density (a function), and 1-D mixtures of more and more components that come closer to it."""
    mixtures = [check_dimension(mixture, 1) for mixture in mixtures]
    x = np.linspace(*limits, 2001)
    figure, axes = blank(1, len(mixtures), size)
    for ax, mixture in zip(axes, mixtures, strict=True):
        parts = weighted_densities(x, mixture)
        style_axes(ax, f"K = {mixture.n_components}", "x").set(xlim=limits, ylim=(0, 1.25 * density(x).max()))
        ax.fill_between(x, density(x), color="#DDDDDD")
        ax.plot(x, parts.T, color=GREY, lw=1)
        ax.plot(x, parts.sum(axis=0), color=OUTLINE, lw=2.2, ls=(0, (4, 2)))
    axes[0].set_ylabel("density", fontsize=FONT)
    return figure


def likelihoods(scores, *, size=(9.0, 3.4)) -> Figure:
    """Log-likelihoods of the same data by name, each with the likelihood that it stands for."""
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "log-likelihood")
    for row, score in enumerate(named("scores", scores).values()):
        best = score == max(scores.values())
        ax.plot(score, -row, marker="D" if best else "o", ms=11, color=PINK if best else LINE_COLORS[0])
        words = f"{score:,.0f}, or a likelihood of $10^{{{score / np.log(10):.0f}}}$"
        ax.annotate(words, (score, -row), (12, 0), textcoords="offset points", va="center", fontsize=FONT)
    low, high = min(scores.values()), max(scores.values())
    ax.set(xlim=(low - 0.1 * (high - low), high + 1.1 * (high - low)), ylim=(-len(scores) + 0.4, 0.6))
    ax.set_yticks(range(0, -len(scores), -1), [drawable(name) for name in scores], fontsize=FONT)
    ax.grid(axis="x", color="#EEEEEE")
    return figure


@np.errstate(under="ignore")
def three_ways(mixture, *, limits=(0.0, 45.0), size=(9.0, 4.5)) -> Figure:
    """log p(x) of a 1-D mixture along x: by log_sum_exp, by log(sum(exp)), and with an epsilon in the log."""
    mixture, x = check_dimension(mixture, 1), np.linspace(*limits, 901)
    joint = log_joint(x[:, np.newaxis], mixture)
    total = np.exp(joint).sum(axis=1)
    alive = total > 0
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "distance x from the centre of A (σ)", "log p(x)").set_xlim(limits)
    ax.plot(x, log_sum_exp(joint), color=LINE_COLORS[0], lw=2.5, label="log_sum_exp")
    style = {"color": LINE_COLORS[1], "lw": 8, "alpha": 0.75, "zorder": 1.5}
    ax.plot(x[alive], np.log(total[alive]), label="log(sum(exp))", **style)
    ax.plot(x, np.log(total + EPSILON), color=PINK, lw=2.5, ls="--", label="log(sum(exp) + 1e-10)")
    if not alive.all():
        end = x[alive][-1], np.log(total[alive][-1])
        ax.plot(*end, "X", color=LINE_COLORS[1], mec=OUTLINE, ms=14)
        ax.text(end[0] - 1, end[1], "-inf from here on", ha="right", va="center", fontsize=FONT)
    legend(ax, loc="lower left")
    return figure


def one_peak_or_more(means, curves, *, xlabel="mean", size=(12.0, 4.5)) -> Figure:
    """Log-likelihood along one mean (n,) for each name in curves, with a mark on every peak."""
    figure, axes = blank(1, len(named("curves", curves)), size)
    for ax, (name, heights) in zip(axes, curves.items(), strict=True):
        style_axes(ax, name, xlabel)
        ax.plot(means, heights, color=LINE_COLORS[0], lw=2.5)
        top = peaks(heights)
        ax.plot(means[top], heights[top], "D", color=PINK, ms=10)
        for i in top:
            ax.text(
                means[i], heights[i] + 0.04 * np.ptp(heights), number(means[i]), ha="center", fontsize=FONT
            )
        ax.margins(y=0.12)
    axes[0].set_ylabel("log-likelihood", fontsize=FONT)
    return figure


def peaks(heights) -> np.ndarray:
    """Where a row of heights (n,) has its local maxima, as indices: the number of bumps is their count."""
    inner = heights[1:-1]
    return np.flatnonzero((inner > heights[:-2]) & (inner >= heights[2:])) + 1

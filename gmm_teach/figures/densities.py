"""Pictures of one Gaussian in 1-D: its density, and how likely it makes given data."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import log_gaussian_1d
from ..plots import COLORS, FONT, LINE_COLORS, MARKS, PINK, Histogram, style_axes
from ..words import count, listed, nats, number
from .doors import points_of
from .parts import blank, described, legend

NAVY = LINE_COLORS[0]
LABEL = {"fontsize": FONT, "textcoords": "offset points", "bbox": {"fc": "white", "ec": "none", "pad": 1}}


def three_densities(bells, *, limits=(-7.0, 9.0), size=(9.0, 4.5)) -> Figure:
    """One curve for each (mean, variance), with a mark on its peak."""
    (figure, (ax,)), x = blank(1, 1, size), np.linspace(*limits, 801)
    style_axes(ax, "", "x", "density N(x | μ, σ²)").set_xlim(limits)
    for k, (mean, variance) in enumerate(bells):
        label = f"μ = {mean:g}, σ² = {variance:g}"
        style = {"color": LINE_COLORS[k], "lw": 2.5, "marker": MARKS[k], "ms": 9, "mfc": COLORS[k]}
        ax.plot(x, _density(x, mean, variance), label=label, markevery=[np.abs(x - mean).argmin()], **style)
    legend(ax, loc="upper right")
    ax.set_ylim(0)
    curves = [f"one with mean {mean:g} and variance {variance:g}" for mean, variance in bells]
    shown = f"{count(len(curves), 'bell curve')}, each with a mark on its peak: {listed(curves)}"
    return described(figure, f"{shown}. The smaller the variance, the narrower and higher the curve.")


@np.errstate(under="ignore")
def term_by_term(mean, sigma, at, *, size=(12.0, 3.6)) -> Figure:
    """The density in four steps over x: standardise, square, exponential, constant; a dot at x = at."""
    figure, axes = blank(1, 4, size)
    x = np.append(np.linspace(mean - 3 * sigma, mean + 3 * sigma, 301), at)
    z = (x - mean) / sigma
    titles = ("1.  z = (x − μ) / σ", "2.  −z² / 2", "3.  exp(−z² / 2)", "4.  divided by σ√(2π)")
    steps = (z, -(z**2) / 2, np.exp(-(z**2) / 2), _density(x, mean, sigma**2))
    for ax, title, y in zip(axes, titles, steps, strict=True):
        style_axes(ax, title, "x")
        ax.plot(x[:-1], y[:-1], color=NAVY, lw=2.5)
        ax.plot(at, y[-1], "o", ms=10, color=PINK)
        ax.set_ylim(min(1.05 * y.min(), 0), y.max() + 0.3 * np.ptp(y))
        words = f"at x = {at:g}: {y[-1]:.3f}".replace("-", "−")
        ax.text(0.98, 0.98, words, transform=ax.transAxes, ha="right", va="top", fontsize=FONT, color=PINK)
    values = listed([f"{y[-1]:.3f}" for y in steps])
    return described(
        figure,
        f"Four steps for mean {mean:g} and deviation {sigma:g}, over x: a rising line, a parabola that opens "
        f"downwards, a bell of height 1, and the same bell of height {_density(mean, mean, sigma**2):.3f}. "
        f"At x = {at:g} they are {values}.",
    )


@np.errstate(under="ignore")
def stems(x, bells, *, size=(12.0, 4.2)) -> Figure:
    """Data x (N,) under one bell (mean, variance) in each panel; a stem is the density at a point."""
    x = points_of(x, 1)[:, 0]
    (figure, axes), said = blank(1, len(bells), size), []
    grid = np.linspace(x.min() - 2.5, x.max() + 2.5, 401)
    for ax, (mean, variance) in zip(axes, bells, strict=True):
        logs = log_gaussian_1d(x, mean, variance)
        style_axes(ax, f"σ = {np.sqrt(variance):g}", "x", "density").set(xlim=grid[[0, -1]], ylim=(0, 0.9))
        ax.plot(grid, _density(grid, mean, variance), color=NAVY, lw=2.5)
        ax.vlines(x, 0, np.exp(logs), color=PINK, lw=2.5)
        ax.plot(x, np.exp(logs), "o", ms=7, color=PINK)
        ax.label_outer()
        highest, lowest = np.exp([logs.max(), logs.min()])
        said.append(f"Deviation {np.sqrt(variance):g}: stems from {lowest:.3f} to {highest:.3f} high.")
    return described(figure, f"The same {count(len(x), 'stem')} under each bell. {' '.join(said)}")


def log_likelihood_slices(x, *, size=(12.0, 4.2)) -> Figure:
    """The log-likelihood of x (N,) over the mean and over the variance, each through the maximum."""
    x = points_of(x, 1)[:, 0]
    figure, (left, right) = blank(1, 2, size)
    column, mean, variance = x[:, np.newaxis], x.mean(), x.var()
    means, variances = np.linspace(mean - 1.6, mean + 1.6, 201), variance * np.linspace(0.4, 2.6, 201)
    best = log_gaussian_1d(x, mean, variance).sum()
    style_axes(left, "variance held at its best", "mean μ", "log-likelihood")
    style_axes(right, "mean held at its best", "variance σ²", "log-likelihood")
    left.plot(means, log_gaussian_1d(column, means, variance).sum(axis=0), color=NAVY, lw=2.5)
    right.plot(variances, log_gaussian_1d(column, mean, variances).sum(axis=0), color=NAVY, lw=2.5)
    for ax, peak in ((left, mean), (right, variance)):
        ax.plot(peak, best, "o", ms=11, color=PINK)
        ax.axhline(best, color=PINK, lw=1.2, ls=":")
        ax.set_ylim(best - 2, best + 0.4)
    other = x.var(ddof=1), log_gaussian_1d(x, mean, x.var(ddof=1)).sum()
    right.plot(*other, "D", ms=9, color=LINE_COLORS[1])
    right.annotate("divided by N", (variance, best), (0, 11), ha="center", **LABEL)
    right.annotate("divided by N − 1", other, (0, -70), ha="center", arrowprops={"arrowstyle": "-"}, **LABEL)
    return described(
        figure,
        f"Two hills of the log-likelihood. Left, over the mean: a parabola with its top at {number(mean)}. "
        f"Right, over the variance, steeper on its left side: two marks, for the sum divided by N, at "
        f"{number(variance)}, and divided by N − 1, at {number(other[0])}.",
    )


def bell_over_data(x, mean, variance, column, *, density=None, bins=20, size=(9.0, 4.2)) -> Figure:
    """The histogram of x (N,) as a density, and over it the curve of one bell, with its log-likelihood.

    density(x, mean, variance), by default the package's, gives the heights of the curve.
    """
    x, density = points_of(x, 1)[:, 0], density or _density
    figure, (ax,) = blank(1, 1, size)
    with np.errstate(divide="ignore"):
        score = np.log(density(x, mean, variance)).sum()
    title = f"log-likelihood {nats(score)}"
    Histogram(style_axes(ax, title.replace(" -", " −"), column, "density"), x[:, np.newaxis], bins=bins)
    grid = np.linspace(*ax.get_xlim(), 401)
    heights = density(grid, mean, variance)
    ax.plot(grid, heights, color=NAVY, lw=2.8)
    ax.set_ylim(0, max(ax.get_ylim()[1], 1.1 * np.max(heights)))
    ax.axvline(mean, color=PINK, lw=1.8, ls="--")
    ax.annotate("mean", (mean, ax.get_ylim()[1]), (6, -14), color=PINK, **LABEL)
    return described(
        figure,
        f"A histogram of {count(len(x), 'value')} of {column}, from {number(x.min())} to {number(x.max())}, "
        f"and over it a bell curve with a dashed line at its mean. The {title.replace(' ', ' is ', 1)}.",
    )


@np.errstate(under="ignore")
def _density(x, mean, variance):
    return np.exp(log_gaussian_1d(x, mean, variance))

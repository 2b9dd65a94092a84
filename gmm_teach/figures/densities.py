"""Pictures of one Gaussian: its density in 1-D and in 2-D, and how likely it makes given data."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import cholesky, ellipse, log_gaussian_1d, squared_mahalanobis
from ..mixture import log_density
from ..plots import (
    COLORS,
    FONT,
    GREY,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    PINK,
    Histogram,
    Letters,
    drawable,
    grid_points,
    style_axes,
)
from ..plots.marks import check_dimension
from ..words import count, number
from .doors import named, points_of
from .parts import blank, legend

NAVY = LINE_COLORS[0]
LABEL = {"fontsize": FONT, "textcoords": "offset points", "bbox": {"fc": "white", "ec": "none", "pad": 1}}
SHADES = [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.0]  # parts of the highest density


def three_densities(bells, *, limits=(-7.0, 9.0), size=(9.0, 4.5)) -> Figure:
    """One curve for each (mean, variance), with a mark on its peak."""
    (figure, (ax,)), x = blank(1, 1, size), np.linspace(*limits, 801)
    style_axes(ax, "", "x", "density N(x | μ, σ²)").set_xlim(limits)
    for k, (mean, variance) in enumerate(bells):
        label = f"μ = {mean:g}, σ² = {variance:g}: peak {_density(mean, mean, variance):.3f}"
        style = {"color": LINE_COLORS[k], "lw": 2.5, "marker": MARKS[k], "ms": 9, "mfc": COLORS[k]}
        ax.plot(x, _density(x, mean, variance), label=label, markevery=[np.abs(x - mean).argmin()], **style)
    legend(ax, loc="upper right")
    ax.set_ylim(0)
    return figure


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
    return figure


@np.errstate(under="ignore")
def stems(x, bells, *, size=(12.0, 4.2)) -> Figure:
    """Data x (N,) under one bell (mean, variance) in each panel; a stem is the density at a point."""
    x = points_of(x, 1)[:, 0]
    figure, axes = blank(1, len(bells), size)
    grid = np.linspace(x.min() - 2.5, x.max() + 2.5, 401)
    for ax, (mean, variance) in zip(axes, bells, strict=True):
        logs = log_gaussian_1d(x, mean, variance)
        title = f"σ = {np.sqrt(variance):g}\nproduct {np.exp(logs.sum()):.1e}, its log {logs.sum():.1f}"
        style_axes(ax, title.replace("-", "−"), "x", "density").set(xlim=grid[[0, -1]], ylim=(0, 0.9))
        ax.plot(grid, _density(grid, mean, variance), color=NAVY, lw=2.5)
        ax.vlines(x, 0, np.exp(logs), color=PINK, lw=2.5)
        ax.plot(x, np.exp(logs), "o", ms=7, color=PINK)
        ax.label_outer()
    return figure


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
    return figure


def bell_over_data(x, mean, variance, column, *, bins=20, size=(9.0, 4.2)) -> Figure:
    """The histogram of x (N,) as a density, and the curve N(x | mean, variance) over it."""
    x = points_of(x, 1)[:, 0]
    figure, (ax,) = blank(1, 1, size)
    Histogram(style_axes(ax, "", column, "density"), x[:, np.newaxis], bins=bins)
    grid = np.linspace(*ax.get_xlim(), 401)
    ax.plot(grid, _density(grid, mean, variance), color=NAVY, lw=2.8)
    ax.axvline(mean, color=PINK, lw=1.8, ls="--")
    ax.annotate(f"mean {number(mean)}", (mean, ax.get_ylim()[1]), (6, -14), color=PINK, **LABEL)
    return figure


@np.errstate(under="ignore")
def contour_panels(mixtures, *, limit=4.0, size=(12.0, 4.0)) -> Figure:
    """Filled contours of the density and the 1-sigma ellipses of 2-D mixtures by name, one panel each."""
    mixtures = {name: check_dimension(one, 2) for name, one in named("mixtures", mixtures).items()}
    figure, axes = blank(1, len(mixtures), size)
    ticks = np.linspace(-limit, limit, 121)
    grid = grid_points(ticks, ticks)
    for ax, (name, mixture) in zip(axes, mixtures.items(), strict=True):
        rows = ", ".join(f"[{a:g}, {b:g}]" for a, b in mixture.covariances[0]).replace("-", "−")
        style_axes(ax, f"{name}\nΣ = [{rows}]", "x", "y").set(aspect="equal")
        heights = np.exp(log_density(grid, mixture)).reshape(121, 121)
        heights /= heights.max()
        ax.contourf(ticks, ticks, heights, SHADES, cmap="Blues", vmax=1.5)
        ax.contour(ticks, ticks, heights, SHADES, colors=GREY, linewidths=0.8)
        for mean, covariance, color in zip(*mixture[1:], LINE_COLORS, strict=False):
            _draw_ellipse(ax, mean, covariance, color)
        if mixture.n_components > 1:
            Letters(ax, mixture.n_components).show(mixture.means)
        ax.label_outer()
    return figure


def whitened(mean, covariance, points, *, limit=4.2, size=(11.0, 5.4)) -> Figure:
    """Named points and the ellipses of a Gaussian, as given and as y = L^-1 (x - mean)."""
    figure, (left, right) = blank(1, 2, size)
    given = points_of(list(named("points", points).values()), 2)
    y = np.linalg.solve(cholesky(covariance), (given - mean).T).T
    panels = (("x", "as measured", given, mean, covariance), ("y", "whitened", y, 0 * mean, np.eye(2)))
    for ax, (letter, title, places, center, shape) in zip((left, right), panels, strict=True):
        style_axes(ax, title, letter + "₁", letter + "₂").set_aspect("equal")
        ax.set(xlim=center[0] + [-limit, limit], ylim=center[1] + [-limit, limit])
        _draw_ellipse(ax, center, shape, radii=(1, 2))
        ax.plot(*center, "+", ms=12, mew=2, color=OUTLINE)
        for k, name in enumerate(points):
            ax.plot(*np.transpose([center, places[k]]), color=LINE_COLORS[k + 1], lw=1.8, ls="--")
            ax.plot(*places[k], MARKS[k + 1], ms=12, color=COLORS[k + 1], mec=OUTLINE)
            words = f"{drawable(name)}: Δ = {np.linalg.norm(y[k]):.2f}"
            ax.annotate(words, places[k], (13, 0), va="center", **LABEL)
    return figure


def inside(X, mean, covariance, *, columns=("x", "y"), aspect="equal", size=(8.0, 5.4)) -> Figure:
    """Points X (N, 2) under the 1- and 2-sigma ellipses of a Gaussian; those within 1 sigma are dark."""
    X = points_of(X, 2)
    figure, (ax,) = blank(1, 1, size)
    squared = squared_mahalanobis(X, mean, covariance)
    words = (f"{np.sum(squared <= r * r)} within {r}σ ({np.mean(squared <= r * r):.0%})" for r in (1, 2))
    style_axes(ax, f"of {count(len(X), 'point')}: " + ", ".join(words), *columns).set_aspect(aspect)
    for members, color in ((squared > 1, GREY), (squared <= 1, COLORS[0])):
        ax.plot(*X[members].T, "o", ms=4, color=color)
    _draw_ellipse(ax, mean, covariance, radii=(1, 2))
    return figure


@np.errstate(under="ignore")
def _density(x, mean, variance):
    return np.exp(log_gaussian_1d(x, mean, variance))


def _draw_ellipse(ax, mean, covariance, color=NAVY, radii=(1,)):
    for radius in radii:
        ax.plot(*ellipse(mean, covariance, radius, 120).T, color=color, lw=2.8 / radius)

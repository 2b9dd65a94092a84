"""Pictures of how sure a fit is, and of data that no mixture should be fitted to (notebook 13)."""

from math import gamma

import numpy as np
from matplotlib.figure import Figure

from ..datasets import from_frame
from ..plots import (
    FONT,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    PINK,
    Ellipses,
    Points,
    check_n_components,
    drawable,
    set_limits,
    style_axes,
)
from ..plots.marks import check_dimension
from ..validate import check_count, check_trace, floats
from ..words import count, listed, number
from .doors import named, points_of, shares_of
from .parts import blank, described, legend

GREY_BARS = {"color": "#DDDDDD", "edgecolor": "#BBBBBB"}


def refits(panels, xlabel, *, bins=40, size=(11.0, 4.4)) -> Figure:
    """Histograms of a parameter over many refits, side by side; `panels` maps a title to numbers (B,)."""
    panels = {title: floats("panels", values) for title, values in named("panels", panels).items()}
    figure, axes = blank(1, len(panels), size)
    everything = np.concatenate(list(panels.values()))
    edges, told = np.linspace(everything.min(), everything.max(), bins + 1), []
    for ax, (title, values) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title, xlabel, "refits")
        heights, *_ = ax.hist(values, bins=edges, **GREY_BARS)
        told.append(f"{title}: {listed(_heaps(heights, edges))}")
    top = max(ax.get_ylim()[1] for ax in axes)
    for ax in axes:
        ax.set_ylim(0, top)
    return described(figure, f"Histograms of {xlabel}. {'. '.join(told)}.")


def _heaps(heights, edges, gap=3):
    """Runs of bars that lie apart by more than `gap` empty ones, each in words."""
    full = np.flatnonzero(heights)
    runs = np.split(full, np.flatnonzero(np.diff(full) > gap) + 1)
    return [
        f"{count(int(heights[run].sum()), 'refit')} {_from_to(edges[[run[0], run[-1] + 1]])}" for run in runs
    ]


def intervals(names, middles, units, panels, *, size=(9.0, 5.6)) -> Figure:
    """Intervals of several parameters, each drawn about its estimate and in units of its standard error.

    names, middles and units have a row for each parameter; `panels` maps the name of a kind of interval
    to its lower and upper ends, (rows, 2).
    """
    middles, units = floats("middles", middles), floats("units", units)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "standard errors away from the estimate")
    ax.axvline(0, color=OUTLINE, lw=1)
    for k, (title, ends) in enumerate(named("panels", panels).items()):
        ends = (floats(title, ends) - middles[:, np.newaxis]) / units[:, np.newaxis]
        at = -np.arange(len(names)) - 0.3 * k
        ax.hlines(at, *ends.T, color=LINE_COLORS[k], lw=5, ls=("solid", (0, (1.2, 0.5)))[k % 2], label=title)
        ax.plot(ends, at, ls="", marker=MARKS[k], color=LINE_COLORS[k], ms=8)
    ax.set_yticks(-np.arange(len(names)) - 0.15, [drawable(name) for name in names], fontsize=FONT)
    ax.grid(axis="x", color="#EEEEEE")
    legend(ax, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(panels))
    told = [
        f"{name}: {listed([f'{kind} {_from_to(ends[row])}' for kind, ends in panels.items()])}"
        for row, name in enumerate(names)
    ]
    return described(figure, f"Intervals beside each other. {'; '.join(told)}.")


def _from_to(ends):
    return f"from {number(ends[0])} to {number(ends[1])}"


def ratios(
    simulated, law=None, threshold=None, observed=None, *, xlabel="log-likelihood ratio", size=(9.0, 4.4)
) -> Figure:
    """A histogram of simulated log-likelihood ratios (B,), beside the chi-squared density with `law` degrees.

    Lines mark the value that one in 20 of the simulated exceeds, the threshold of the law, and the
    observed ratio, if given.
    """
    simulated = floats("simulated", simulated)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", xlabel, "density")
    left, right = min(simulated.min(), 0.0), max(simulated.max(), observed or 0.0) * 1.08
    ax.hist(simulated, bins=np.linspace(left, right, 31), density=True, **GREY_BARS)
    edge = np.quantile(simulated, 0.95)
    ax.axvline(edge, color=LINE_COLORS[0], lw=2.5, ls="--", label="one in 20 simulated lies beyond")
    told = f"{count(len(simulated), 'simulated ratio')}."
    if law is not None:
        x = np.linspace(0, right, 400)[1:]
        ax.plot(x, chi_squared(x, law), color=LINE_COLORS[1], lw=2.5, label=f"chi-squared law, {law} degrees")
        side = "further left" if simulated.mean() > law else "beside them"
        told += f" The chi-squared curve with {law} degrees lies {side}: its mean is {law}, theirs is"
        told += f" {simulated.mean():.2g}."
    if threshold is not None:
        ax.axvline(threshold, color=LINE_COLORS[1], lw=2.5, ls=":", label="one in 20 of the law lies beyond")
        beyond = np.count_nonzero(simulated > threshold)
        told += f" Beyond the law's threshold, {number(threshold)}, lie {beyond} of them."
    if observed is not None:
        ax.axvline(observed, color=PINK, lw=3, label="observed")
        as_large = np.sum(simulated >= observed) or "none"
        told += f" The observed ratio is {number(observed)}; {as_large} of them reach it."
    ax.set_xlim(left, right)
    legend(ax, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return described(figure, f"A histogram of {told}")


def chi_squared(x, degrees) -> np.ndarray:
    """The chi-squared density at x > 0 (n,) with these degrees of freedom."""
    half = check_count("degrees", degrees) / 2
    return x ** (half - 1) * np.exp(-x / 2) / (2**half * gamma(half))


def doubts(X, responsibilities, mixture=None, *, columns=("x", "y"), size=(9.0, 4.8)) -> Figure:
    """Points (N, 2), each as large as it is uncertain, 1 minus its largest responsibility."""
    X = points_of(X, 2)
    r = shares_of(responsibilities, X)
    unsure = 1 - r.max(axis=1)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", *columns)
    for k in range(check_n_components(r.shape[1])):
        mine = r.argmax(axis=1) == k
        style = {"marker": MARKS[k], "color": LINE_COLORS[k], "edgecolors": "white", "linewidths": 0.5}
        ax.scatter(*X[mine].T, s=_size_of(unsure[mine]), alpha=0.75, zorder=3, **style)
    for u in (0.0, 0.25, 0.5):
        ax.scatter([], [], s=_size_of(u), color=OUTLINE, label=f"{u:g}")
    legend(ax, title="uncertainty", title_fontsize=FONT, loc="lower right")
    set_limits(ax, X)
    if mixture is not None:
        Ellipses(ax, r.shape[1]).show(check_dimension(mixture, 2))
    told = f"{count(np.count_nonzero(unsure > 0.1), 'point')} of {len(X)} are uncertain by more than 0.1"
    return described(
        figure, f"Points as large as they are uncertain. {told}; the most is {unsure.max():.2f}."
    )


def _size_of(unsure):
    """The area of a mark."""
    return 14 + 500 * unsure


def misfits(panels, thin, *, size=(11.0, 7.0)) -> Figure:
    """Traces of data (N, 2) with their ellipses, and last the variances of `thin` (N, D) along its own axes.

    panels maps a title to a trace.
    """
    thin = from_frame(thin).X
    figure, axes = blank(2, 2, size)
    told = []
    for ax, (title, trace) in zip(axes, named("panels", panels).items(), strict=False):
        X, K = points_of(check_trace(trace).X, 2), trace.mixture.n_components
        style_axes(ax, title, "x", "y").set_aspect("equal")
        Points(ax, X, K).show(trace.responsibilities)
        Ellipses(ax, K).show(trace.mixture)
        set_limits(ax, X)
        told.append(f"{title}: {count(len(X), 'point')} cut up by {count(K, 'ellipse')}")
    ax, (N, D) = axes[-1], thin.shape
    variances = np.linalg.svd(thin - thin.mean(axis=0), compute_uv=False) ** 2 / N
    variances = np.append(variances, np.zeros(D - len(variances)))
    flat = np.count_nonzero(variances < 1e-12 * variances[0])
    style_axes(ax, f"{N} points in {count(D, 'column')}", "axis of the ellipsoid", "variance along it")
    ax.bar(np.arange(1, D + 1), variances, color=LINE_COLORS[0])
    ax.set_xticks(sorted({1, min(N - 1, D), D}))
    told.append(f"{N} points in {D} columns: bars of the variances, {flat} of them zero")
    return described(figure, f"Four panels. {'; '.join(told)}.")

"""Pictures of what a fitted mixture is good for (notebook 11), and of why EM climbs (notebook 12)."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ..datasets import from_frame
from ..mixture import elbo, log_density, log_likelihood, responsibilities
from ..plots import (
    COLORS,
    FONT,
    LINE_COLORS,
    OUTLINE,
    PINK,
    Ellipses,
    Points,
    density_levels,
    marginal,
    set_limits,
    style_axes,
)
from ..plots.marks import check_dimension
from ..validate import check_trace
from ..words import number
from .doors import named, points_of, shares_of
from .parts import blank, legend, ring

STYLES = ("solid", "dashed", "dotted")


def shares_inside(X, mixture, shares=(0.5, 0.9, 0.99), *, columns=("x", "y"), size=(9.0, 4.5)) -> Figure:
    """Data (N, 2) with the lines of equal density that hold these shares of the points."""
    X, mixture = points_of(X, 2), check_dimension(mixture, 2)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", *columns)
    limits = set_limits(ax, X, margin=0.15)
    Points(ax, X, 1).show(None)
    levels = density_levels(mixture, limits, 121)
    scores = log_density(X, mixture)
    for share, style in zip(shares, STYLES, strict=True):
        lines = levels.lines(np.quantile(scores, 1 - share))
        ax.add_collection(LineCollection(lines, colors=OUTLINE, linewidths=1.8, linestyles=style, zorder=4))
        ax.plot([], [], color=OUTLINE, lw=1.8, ls=style, label=f"{share:.0%} of the points inside")
    legend(ax, loc="lower right")
    return figure


def clouds(panels, *, columns=("x", "y"), size=(11.0, 4.8)) -> Figure:
    """Clouds of points side by side, on the same axes; `panels` maps a title to points (N, 2)."""
    panels = {title: points_of(X, 2) for title, X in named("panels", panels).items()}
    figure, axes = blank(1, len(panels), size)
    together = np.concatenate(list(panels.values()))
    for ax, (title, X) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title, *columns)
        Points(ax, X, 1).show(None)
        set_limits(ax, together)
    return figure


def groups(
    X, panels, *, ringed=None, mixture=None, columns=("x", "y"), dims=(0, 1), size=(11.0, 5.0)
) -> Figure:
    """Groupings of the same points side by side; `panels` maps a title to shares (N, K).

    The points `ringed` (N,) get a ring in every panel, and the last panel the ellipses of `mixture`.
    """
    X, dims = from_frame(X).X, list(dims)
    panels = {title: shares_of(shares, X) for title, shares in named("panels", panels).items()}
    figure, axes = blank(1, len(panels), size)
    for ax, (title, shares) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title, *(columns[d] for d in dims))
        Points(ax, X[:, dims], shares.shape[1]).show(shares)
        if ringed is not None:
            ring(ax, X[ringed][:, dims].T, size=15, width=2.2, zorder=6)
        set_limits(ax, X[:, dims])
    if mixture is not None:
        mixture = check_dimension(mixture, X.shape[1])
        Ellipses(axes[-1], mixture.n_components).show(marginal(mixture, dims))
    return figure


def jensen(values, weights, *, size=(9.0, 4.5)) -> Figure:
    """The logarithm of an average lies above the average of the logarithms; two values and weights."""
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    mean, mean_log = weights @ values, weights @ np.log(values)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "ratio", "log of the ratio")
    x = np.linspace(0.6 * values.min(), 1.12 * values.max(), 200)
    ax.plot(x, np.log(x), color=OUTLINE, lw=2.5)
    ax.plot(values, np.log(values), color=PINK, lw=2, ls="--")
    ax.plot([mean, mean], [mean_log, np.log(mean)], color=COLORS[1], lw=5, solid_capstyle="butt")
    ax.plot(values, np.log(values), "D", ms=9, color=OUTLINE)
    ax.plot(mean, np.log(mean), "o", ms=11, mfc="white", mec=OUTLINE, mew=2)
    ax.plot(mean, mean_log, "^", ms=11, mfc="white", mec=PINK, mew=2)
    near = {"fontsize": FONT, "textcoords": "offset points"}
    ax.annotate("log of the average", (mean, np.log(mean)), xytext=(-12, 14), ha="right", **near)
    ax.annotate("average of the logs", (mean, mean_log), xytext=(14, -16), color=PINK, **near)
    ax.annotate("the gap", (mean, (mean_log + np.log(mean)) / 2), xytext=(12, 6), **near)
    for value, weight in zip(values, weights, strict=True):
        ax.annotate(f"weight {weight:g}", (value, np.log(value)), xytext=(12, -18), **near)
    return figure


def bounds(X, mixture_at, grid, starts, *, label="", size=(9.0, 4.8)) -> Figure:
    """Log-likelihood along one parameter, and the lower bounds that E-steps at `starts` lay under it.

    mixture_at(value) is the mixture with the parameter at that value; grid (n,) holds the values drawn.
    """
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", label, "nats")
    scores = np.array([log_likelihood(X, mixture_at(one)) for one in grid])
    ax.plot(grid, scores, color=OUTLINE, lw=2.8, label="log-likelihood")
    for k, start in enumerate(starts):
        r = responsibilities(X, mixture_at(start))
        bound = np.array([elbo(X, mixture_at(one), r) for one in grid])
        name = f"bound {k + 1}, touches at {number(start)}"
        ax.plot(grid, bound, color=LINE_COLORS[k], lw=2, ls=(0, (4 + 2 * k, 2)), label=name)
        touch = log_likelihood(X, mixture_at(start))
        ax.plot(start, touch, "o", ms=13, mfc="none", mec=LINE_COLORS[k], mew=2.5)
        ax.annotate(f"{k + 1}", (start, touch), xytext=(-15, 9), fontsize=FONT, textcoords="offset points")
    room = 0.1 * np.ptp(scores)
    ax.set(xlim=grid[[0, -1]], ylim=(scores.min() - room, scores.max() + 2 * room))
    legend(ax, loc="lower center")
    return figure


def sawtooth(trace, first, last, *, size=(11.0, 5.0)) -> Figure:
    """Log-likelihood and lower bound over the half-steps of iterations first to last of a trace."""
    steps = [step for step in check_trace(trace).steps[1:] if first <= step.iteration <= last]
    x = np.arange(len(steps))
    scores, bound = (np.array([getattr(step, name) for step in steps]) for name in ("log_likelihood", "elbo"))
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "half-step", "nats")
    ax.vlines(x, bound, scores, color=COLORS[1], lw=7, label="gap")
    ax.plot(x, scores, color=OUTLINE, lw=2.4, label="log-likelihood")
    ax.plot(x, bound, color=PINK, lw=2.2, ls="--", label="lower bound")
    for i in np.flatnonzero(scores - bound > 0.05):
        at = {"xytext": (0, 11), "textcoords": "offset points", "ha": "right"}
        ax.annotate(f"gap {scores[i] - bound[i]:.1f}", (x[i], scores[i]), fontsize=FONT, **at)
    for kind, mark, face in (("E", "o", "white"), ("M", "D", OUTLINE)):
        at = [i for i, step in enumerate(steps) if step.kind == kind]
        ax.plot(x[at], scores[at], mark, ms=8, mfc=face, mec=OUTLINE, mew=1.5, zorder=4)
        ax.plot(x[at], bound[at], mark, ms=6, color=PINK, zorder=3)
    ax.set_xticks(x, [step.name for step in steps])
    ax.margins(y=0.12)
    legend(ax, loc="upper left")
    return figure

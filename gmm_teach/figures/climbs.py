"""Pictures of why EM climbs (notebook 12): Jensen, and bounds below the log-likelihood."""

import numpy as np
from matplotlib.figure import Figure

from ..mixture import elbo, log_likelihood, responsibilities
from ..plots import COLORS, FONT, LINE_COLORS, OUTLINE, PINK, style_axes
from ..validate import check_trace
from ..words import count, number
from .doors import named
from .parts import blank, described, legend


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
    low, high = map(number, values)
    return described(
        figure,
        f"The logarithm, which bends downward, and a dashed straight line between its points at {low} and "
        f"{high}. At their average, {number(mean)}, the curve is at {np.log(mean):.2f} and the line at "
        f"{mean_log:.2f}: an orange bar, the gap, joins them.",
    )


def bounds(X, mixture_at, grid, starts, *, label="", size=(9.0, 4.8)) -> Figure:
    """Log-likelihood along one parameter, and the lower bounds that E-steps at `starts` lay under it.

    mixture_at(value) is the mixture with the parameter at that value; grid (n,) holds the values drawn.
    """
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", label, "nats")
    scores = draw_hill(ax, X, mixture_at, grid)
    told = [f"The log-likelihood along {label or 'one parameter'}: {_top(grid, scores)}."]
    for k, start in enumerate(starts):
        style = {"color": LINE_COLORS[k], "ls": (0, (4 + 2 * k, 2))}
        name = f"bound {k + 1}, touches at {number(start)}"
        bound = draw_bound(ax, X, mixture_at, grid, start, label=name, **style)
        touch = (start, log_likelihood(X, mixture_at(start)))
        ax.annotate(f"{k + 1}", touch, xytext=(-15, 9), fontsize=FONT, textcoords="offset points")
        told.append(f"Bound {k + 1}, below it, touches at {number(start)}: {_top(grid, bound)}.")
    legend(ax, loc="lower center")
    return described(figure, " ".join(told))


def hugging(panels, *, size=(12.0, 4.8)) -> Figure:
    """Hills with one bound each, side by side on the same scale: how closely the bound follows the hill.

    panels maps a title to (X, mixture_at, grid, start, label), as in `bounds`.
    """
    figure, axes = blank(1, len(named("panels", panels)), size)
    told, tops, span = [], [], 0.0
    for ax, (title, (X, mixture_at, grid, start, label)) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title, label, "nats")
        scores = draw_hill(ax, X, mixture_at, grid)
        bound = draw_bound(ax, X, mixture_at, grid, start, label="bound", color=PINK, ls="--")
        legend(ax, loc="lower center")
        tops, span = [*tops, scores.max()], max(span, np.ptp(scores))
        told.append(f"{title}: the log-likelihood is {_top(grid, scores)}.")
        told.append(f"The bound, which touches it at {number(start)}, is {_top(grid, bound)}.")
    for ax, top in zip(axes, tops, strict=True):
        ax.set_ylim(top - 1.1 * span, top + 0.1 * span)
    return described(figure, " ".join(told))


def draw_hill(ax, X, mixture_at, grid) -> np.ndarray:
    """The log-likelihood at the values of a parameter in grid (n,), drawn; returns it (n,)."""
    scores = np.array([log_likelihood(X, mixture_at(one)) for one in grid])
    ax.plot(grid, scores, color=OUTLINE, lw=2.8, label="log-likelihood")
    room = 0.1 * np.ptp(scores)
    ax.set(xlim=grid[[0, -1]], ylim=(scores.min() - room, scores.max() + 2 * room))
    return scores


def draw_bound(ax, X, mixture_at, grid, start, **style) -> np.ndarray:
    """The bound of an E-step at the value `start`, at those in grid (n,), drawn; returns it (n,)."""
    r = responsibilities(X, mixture_at(start))
    bound = np.array([elbo(X, mixture_at(one), r) for one in grid])
    ax.plot(grid, bound, lw=2, **style)
    touch = log_likelihood(X, mixture_at(start))
    ax.plot(start, touch, "o", ms=13, mfc="none", mec=style["color"], mew=2.5)
    return bound


def _top(grid, heights):
    """Where a curve over grid (n,) is highest, and how far its lowest point lies below that."""
    top = int(heights.argmax())
    return f"highest at {number(grid[top])}, and {number(np.ptp(heights))} nats lower at its lowest"


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
    return described(figure, _said_of_teeth(steps, scores, bound))


def _said_of_teeth(steps, scores, bound):
    """Both scores at both ends, and the gap of each half-step."""
    gaps = ", ".join(
        f"{step.name} {gap:.1f}" for step, gap in zip(steps, np.abs(scores - bound), strict=True)
    )
    return (
        f"{count(len(steps), 'half-step')}: the log-likelihood goes from {scores[0]:.1f} to "
        f"{scores[-1]:.1f}, the dashed lower bound from {bound[0]:.1f} to {bound[-1]:.1f}. "
        f"The gap, an orange bar: {gaps}."
    )

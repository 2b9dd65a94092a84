"""Pictures of notebook 04: log-likelihoods, numbers too small to hold, and slopes that are zero."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import log_sum_exp
from ..mixture import log_joint
from ..plots import FONT, GREY, LINE_COLORS, OUTLINE, PINK, check_dimension, drawable, style_axes
from ..words import listed, number
from .doors import named
from .parts import blank, described, legend

EPSILON = 1e-10


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
    rows = [
        f"{name}: {score:,.0f}, or a likelihood of 10 to the {score / np.log(10):.0f}"
        for name, score in scores.items()
    ]
    best = max(scores, key=scores.get)
    return described(figure, f"Log-likelihoods. {'; '.join(rows)}. A pink diamond marks the highest: {best}.")


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
    floored = x[np.log(total + EPSILON) < np.log(EPSILON) + 0.1]
    died = f"ends in a cross at {x[alive][-1]:.1f}: -inf beyond" if not alive.all() else "goes all the way"
    flat = f"flat at {np.log(EPSILON):.2f} from {floored[0]:.1f} on" if len(floored) else "nowhere flat"
    right = log_sum_exp(joint)
    return described(
        figure,
        f"log p(x) against the distance x. log_sum_exp goes from {right[0]:.1f} at {number(x[0])} to "
        f"{right[-1]:.1f} at {number(x[-1])}. A wide line under it, log(sum(exp)), {died}. The dashed pink "
        f"line, with 1e-10 in the log, is {flat}.",
    )


def along_a_mean(means, curves, *, xlabel="mean", size=(12.0, 4.5)) -> Figure:
    """Log-likelihood along one mean (n,), for each name in curves."""
    figure, axes = blank(1, len(named("curves", curves)), size)
    panels = []
    for ax, (name, heights) in zip(axes, curves.items(), strict=True):
        style_axes(ax, name, xlabel)
        ax.plot(means, heights, color=LINE_COLORS[0], lw=2.5)
        ax.margins(y=0.12)
        at = np.linspace(0, len(means) - 1, 11).round().astype(int)
        read = [f"{heights[i]:.0f} at {number(means[i])}" for i in at]
        panels.append(f"{name}: {listed(read)}.")
    axes[0].set_ylabel("log-likelihood", fontsize=FONT)
    return described(figure, f"Log-likelihood along a mean. {' '.join(panels)}")


def slopes_along_a_mean(means, curves, *, xlabel="mean", size=(12.0, 4.5)) -> Figure:
    """Slopes of the same curves, with a mark wherever one crosses the level of zero."""
    figure, axes = blank(1, len(named("curves", curves)), size)
    panels = []
    for ax, (name, heights) in zip(axes, curves.items(), strict=True):
        slopes = np.gradient(heights, means)
        zeros = crossings(means, slopes)
        style_axes(ax, name, xlabel)
        ax.axhline(0, color=GREY, lw=1.5)
        ax.plot(means, slopes, color=LINE_COLORS[0], lw=2.5)
        ax.plot(zeros, 0 * zeros, "D", color=PINK, ms=10)
        for zero in zeros:
            above = (zero, 0.06 * np.ptp(slopes))
            ax.text(
                *above,
                f"{zero:.3g}",
                ha="center",
                fontsize=FONT,
                bbox={"fc": "white", "ec": "none", "pad": 1},
            )
        at = [f"{zero:.3g}" for zero in zeros]
        times = {1: "once", 2: "twice"}.get(len(at), f"{len(at)} times")
        panels.append(f"{name}: {f'zero {times}, at {listed(at)}' if at else 'nowhere zero'}.")
    axes[0].set_ylabel("slope of the log-likelihood", fontsize=FONT)
    return described(
        figure, f"Slope along a mean, with pink diamonds on the level of zero. {' '.join(panels)}"
    )


def crossings(x, heights) -> np.ndarray:
    """Where a row of heights (n,) over x (n,) changes its sign, in order."""
    before = np.flatnonzero(np.sign(heights[:-1]) * np.sign(heights[1:]) < 0)
    steps = heights[before] / (heights[before] - heights[before + 1])
    between = x[before] + steps * (x[before + 1] - x[before])
    return np.sort(np.concatenate([between, x[heights == 0]]))

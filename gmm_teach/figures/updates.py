"""Static pictures of an M-step: the weighted mean, the covariance about it, and Q around the update."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import ellipse
from ..plots import COLORS, FONT, GREY, LINE_COLORS, OUTLINE, PINK, set_limits, style_axes
from ..plots.marks import check_dimension
from ..words import count, letter, listed, number, vector
from .doors import points_of
from .parts import blank, described

LABEL = {"textcoords": "offset points", "ha": "center", "fontsize": FONT, "color": PINK, "zorder": 7}
PAPER = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.85}


def balance(X, shares, k, before, after, *, size=(9.0, 5.0)) -> Figure:
    """Points sized by their share (N,) in component k, its mean before and after, and the ghost of before."""
    X, before, after = points_of(X, 2), check_dimension(before, 2), check_dimension(after, 2)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, f"each point as large as {letter(k)}'s share in it", "x", "y")
    ax.scatter(*X.T, s=25 + 1000 * shares, color=COLORS[k], alpha=0.75, lw=0, zorder=3)
    for x, share in zip(X, shares, strict=True):
        place = {"xytext": (0, 8 + 15 * np.sqrt(share)), "textcoords": "offset points"}
        ax.annotate(f"{share:.2f}", x, ha="center", fontsize=12, **place)
    ghost = ellipse(before.means[k], before.covariances[k])
    ax.plot(*ghost.T, color=GREY, lw=1.6, ls="--", zorder=2)
    arrow = {"arrowstyle": "-|>", "color": PINK, "lw": 2.5, "mutation_scale": 20}
    ax.annotate("", after.means[k], before.means[k], arrowprops=arrow, zorder=6)
    ax.plot(*before.means[k], "X", color=GREY, ms=11, mec="white", zorder=5)
    ax.plot(*after.means[k], "o", color=PINK, mec="white", mew=1.5, ms=11, zorder=7)
    ax.annotate("old mean", before.means[k], xytext=(0, -24), **{**LABEL, "color": "#666666"})
    ax.annotate("new mean", after.means[k], xytext=(0, 12), **LABEL)
    set_limits(ax, np.vstack([X, ghost]), margin=0.12)
    sized = listed([f"{share:.2f} at {vector(x)}" for x, share in zip(X, shares, strict=True)])
    moved = f"from the old mean {vector(before.means[k])} to the new mean {vector(after.means[k])}"
    text = f"{count(len(X), 'point')} as large as {letter(k)}'s share in each: {sized}. "
    text += f"An arrow {moved}; a dashed 1-sigma ellipse about the old mean."
    return described(figure, text)


def about_two_means(X, shares, k, before, after, *, size=(12.0, 5.0)) -> Figure:
    """Component k's covariance, measured about its mean of before (left) and about its new one (right)."""
    X, before, after = points_of(X, 2), check_dimension(before, 2), check_dimension(after, 2)
    figure, axes = blank(1, 2, size)
    told = []
    for ax, center, which in zip(axes, (before.means[k], after.means[k]), ("old", "new"), strict=True):
        offsets = X - center
        covariance = (shares[:, np.newaxis] * offsets).T @ offsets / shares.sum()
        style_axes(ax, f"spread about the {which} mean", "x", "y")
        ax.scatter(*X.T, s=10 + 60 * shares, color=COLORS[k], alpha=0.6, lw=0, zorder=3)
        for n_sigma, width in ((1, 2.8), (2, 1.4)):
            ax.plot(*ellipse(after.means[k], covariance, n_sigma).T, color=LINE_COLORS[k], lw=width, zorder=4)
        for mean, name, up in ((before.means[k], "old mean", 12), (after.means[k], "new mean", -22)):
            ax.plot(*mean, "o", color=PINK, ms=10, mec="white", zorder=6)
            ax.annotate(name, mean, xytext=(0, up), bbox=PAPER, **LABEL)
        told.append(f"About the {which} mean they reach {listed(_reach(covariance))} from their centre.")
    limits = np.vstack([np.transpose([ax.get_xlim(), ax.get_ylim()]) for ax in axes])
    for ax in axes:
        set_limits(ax, limits, margin=0)
    moved = f"{letter(k)}'s mean moves from {vector(before.means[k])} to {vector(after.means[k])}"
    drawn = "Two panels of the same points, as large as the shares, with ellipses about the new mean"
    return described(figure, f"{drawn}. {moved}. {' '.join(told)}")


def _reach(covariance):
    """How far the ellipses of 1 and 2 sigma reach along their longest axis."""
    longest = np.sqrt(np.linalg.eigvalsh(covariance)[-1])
    return [f"{n_sigma * longest:.1f} ({n_sigma} sigma)" for n_sigma in (1, 2)]


def weight_curves(counts, k=0, *, size=(9.0, 4.5)) -> Figure:
    """The part of Q that holds the weights, against pi_k: alone, and with the others paying for it."""
    counts = np.asarray(counts, dtype=float)
    N, best, others = counts.sum(), counts[k] / counts.sum(), np.delete(counts, k)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", f"weight of {letter(k)}", "part of Q with the weights")
    free, paid = np.linspace(0.05, 1.4, 200), np.linspace(0.05, 0.985, 200)
    rest = others @ np.log(others / N)
    ax.plot(free, counts[k] * np.log(free) + rest, color=GREY, lw=2.2, ls="--")
    divided = others @ np.log(others / others.sum()) + others.sum() * np.log(1 - paid)
    ax.plot(paid, counts[k] * np.log(paid) + divided, color=LINE_COLORS[k], lw=2.8)
    top = counts @ np.log(counts / N)
    ax.plot(best, top, "o", color=PINK, ms=12, zorder=4)
    ax.annotate(f"{best:.3f}", (best, top), xytext=(0, 12), **LABEL)
    ax.text(1.4, 0.5 + counts[k] * np.log(1.4) + rest, "the others keep theirs", ha="right", fontsize=FONT)
    ax.text(0.8, top - 5.2, "the others pay for it", ha="right", fontsize=FONT, color=LINE_COLORS[k])
    ax.set_ylim(top - 8, top + 5)
    rising = f"Dashed, while the others keep theirs, it rises up to a weight of {number(free[-1])}"
    peak = f"solid, where the others pay for it, it is largest at {best:.3f}, the dot"
    return described(figure, f"The part of Q with the weights, against {letter(k)}'s. {rising}; {peak}.")


def along_lines(curves, *, size=(12.0, 3.8)) -> Figure:
    """Panels of Q along lines through an update: (title, steps (n,), Q (n,)); a dot marks step 0."""
    figure, axes = blank(1, len(curves), size)
    for ax, (title, steps, values) in zip(axes, curves, strict=True):
        style_axes(ax, title, "step away from the update")
        ax.plot(steps, values, color=OUTLINE, lw=2.2)
        ax.plot(0, np.interp(0, steps, values), "o", color=PINK, ms=11, zorder=4)
        ax.grid(axis="y", color="#DDDDDD")
    axes[0].set_ylabel("Q", fontsize=FONT)
    told = [f"{title}: {_where_highest(steps, values)}" for title, steps, values in curves]
    return described(figure, f"{count(len(told), 'curve')} of Q, with a dot at step 0. {'; '.join(told)}.")


def _where_highest(steps, values):
    """Where a curve is highest: at its dot, or to which side of it."""
    best = steps[np.argmax(values)]
    if np.isclose(best, 0, atol=1e-12):
        return "highest at the dot"
    return f"highest at step {number(best)}, {'right' if best > 0 else 'left'} of the dot"

"""Pictures of choosing: scores against K, and BIC by K and covariance type."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ..plots import FONT, PINK, drawable, style_axes
from .comparisons import DARK, DASHED
from .doors import named
from .parts import blank, described, legend

LOWER_IS_BETTER = ("AIC", "BIC")


def judges(Ks, curves, *, truth=None, size=(12.0, 4.5)) -> Figure:
    """Scores against K, each with a ring at its best; `curves` maps names to values, AIC and BIC to the left.

    AIC and BIC are best where lowest, all others where highest; NaN is no score. `truth` marks the K of
    the source.
    """
    figure, (left, right) = blank(1, 2, size)
    style_axes(left, "Lower is better", "components K", "criterion")
    style_axes(right, "Higher is better", "components K", "log-likelihood per point")
    for n, (name, values) in enumerate(named("curves", curves).items()):
        ax, style = left if name in LOWER_IS_BETTER else right, DASHED if n % 2 else DARK
        best = _best(name, values)
        ax.plot(Ks, values, label=f"{name}: best at {Ks[best]}", **style)
        ax.plot(Ks[best], values[best], **style | {"ms": 17, "mfc": "none", "mew": 2.5})
    for ax in (left, right):
        if truth is not None:
            ax.axvline(truth, color=PINK, lw=2, zorder=1)
        ax.set_xticks(Ks)
        ax.margins(y=0.12)
        legend(ax)
    marked = "" if truth is None else f" A vertical line marks K = {truth}."
    told = " ".join(_told(Ks, name, values) for name, values in curves.items())
    return described(figure, f"Scores against K, each marked at its best. {told}{marked}")


def _told(Ks, name, values):
    """A score of each K in words."""
    lower, best = name in LOWER_IS_BETTER, Ks[_best(name, values)]
    row = ", ".join(f"{value:.1f}" if lower else f"{value:.2f}" for value in values)
    return f"{name}, K = {Ks[0]} to {Ks[-1]}: {row}; {'lowest' if lower else 'highest'} at {best}."


def _best(name, values):
    """Where a score is best."""
    return int(np.nanargmin(values) if name in LOWER_IS_BETTER else np.nanargmax(values))


def best_of(Ks, scores, *, size=(9.0, 4.5)) -> Figure:
    """Best training log-likelihood against K, a line for each way of searching; a fall is thick and pink."""
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "The best of several starts", "components K", "training log-likelihood")
    for n, (name, values) in enumerate(named("scores", scores).items()):
        ax.plot(Ks, values, label=name, **DASHED if n else DARK)
        for t in np.flatnonzero(np.diff(values) < 0):
            ax.plot(Ks[t : t + 2], values[t : t + 2], color=PINK, lw=5, zorder=1)
    ax.set_xticks(Ks)
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    legend(ax, loc="upper left")
    told = [
        f"{name}, K = {Ks[0]} to {Ks[-1]}: {', '.join(f'{value:.1f}' for value in values)}."
        for name, values in scores.items()
    ]
    return described(figure, f"Log-likelihood against K, a fall thick and pink. {' '.join(told)}")


def shape_table(Ks, scores, *, title="", size=(9.0, 4.5)) -> Figure:
    """BIC by covariance type (a row each) and K (a column each): the higher the darker, the lowest framed.

    scores maps a type to a value for each of Ks; NaN is no score.
    """
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, title, "components K")
    table = np.array(list(named("scores", scores).values()), dtype=float)
    best = np.unravel_index(np.nanargmin(table), table.shape)
    ranks = table.ravel().argsort().argsort().reshape(table.shape)
    ax.imshow(ranks, cmap="Greys", vmin=0, vmax=2 * table.size, aspect="auto")
    for (row, column), value in np.ndenumerate(table):
        weight = "bold" if (row, column) == best else "normal"
        ax.text(column, row, f"{value:.1f}", ha="center", va="center", fontsize=FONT, fontweight=weight)
    row, column = best
    ax.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, fill=False, ec=PINK, lw=3))
    ax.set_xticks(range(len(Ks)), Ks)
    ax.set_yticks(range(len(scores)), [drawable(name) for name in scores], fontsize=FONT)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    rows = [f"{name} {', '.join(f'{x:.1f}' for x in values)}." for name, values in scores.items()]
    lowest = f"The lowest, framed, is {table[best]:.1f}: {list(scores)[row]} at K = {Ks[column]}."
    return described(figure, f"{title}, K = {Ks[0]} to {Ks[-1]}: {' '.join(rows)} {lowest}".lstrip(", "))

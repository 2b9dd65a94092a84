"""Pictures of what a fitted mixture is good for (notebook 11)."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ..datasets import from_frame
from ..mixture import log_density
from ..plots import (
    OUTLINE,
    PINK,
    Curves,
    Ellipses,
    Points,
    density_levels,
    marginal,
    set_limits,
    style_axes,
    weighted_densities,
)
from ..plots.marks import check_dimension
from ..views import in_words
from ..words import count, listed, number
from .doors import named, points_of, shares_of
from .mixtures import peaks
from .parts import blank, described, legend, ring

STYLES = ("solid", "dashed", "dotted")


def shares_inside(X, mixture, shares=(0.5, 0.9, 0.99), *, columns=("x", "y"), size=(9.0, 4.5)) -> Figure:
    """Data (N, 2) with the lines of equal density that hold these shares of the points."""
    X, mixture = points_of(X, 2), check_dimension(mixture, 2)
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", *columns)
    limits = set_limits(ax, X, margin=0.15)
    Points(ax, X, 1).show(None)
    levels = density_levels(mixture, limits, 121)
    scores, told = log_density(X, mixture), []
    for share, style in zip(shares, STYLES, strict=False):
        lines = levels.lines(np.quantile(scores, 1 - share))
        told.append(f"{style} for {share:.0%}: {count(len(lines), 'piece')}")
        ax.add_collection(LineCollection(lines, colors=OUTLINE, linewidths=1.8, linestyles=style, zorder=4))
        ax.plot([], [], color=OUTLINE, lw=1.8, ls=style, label=f"{share:.0%} of the points inside")
    legend(ax, loc="lower right")
    text = f"{count(len(X), 'point')} and lines of equal density that hold a share of them, {listed(told)}."
    return described(figure, text)


def clouds(panels, *, columns=("x", "y"), size=(11.0, 4.8)) -> Figure:
    """Clouds of points side by side, on the same axes; `panels` maps a title to points (N, 2)."""
    panels = {title: points_of(X, 2) for title, X in named("panels", panels).items()}
    figure, axes = blank(1, len(panels), size)
    together = np.concatenate(list(panels.values()))
    for ax, (title, X) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title, *columns)
        Points(ax, X, 1).show(None)
        set_limits(ax, together)
    told = " ".join(f"{title}: {_spread(X, columns)}." for title, X in panels.items())
    return described(figure, f"Points side by side. {told}")


def _spread(X, columns):
    """Ranges of the columns of X (N, 2); and whether all are whole numbers, which shows as rows."""
    ranges = [
        f"{name} from {number(x.min())} to {number(x.max())}" for name, x in zip(columns, X.T, strict=True)
    ]
    whole = [name for name, x in zip(columns, X.T, strict=True) if np.all(x % 1 == 0)]
    return f"{listed(ranges)}{f', {listed(whole)} in whole numbers only' if whole else ''}"


def groups(
    X, panels, *, ringed=None, mixture=None, columns=("x", "y"), dims=(0, 1), size=(11.0, 5.0)
) -> Figure:
    """Groupings of the same points side by side; `panels` maps a title to shares (N, K).

    The points `ringed` (N,) get a ring in every panel, and the last panels the ellipses of `mixture`, or
    of a list of mixtures, one for each panel.
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
    mixtures = mixture if isinstance(mixture, list) else [mixture] * (mixture is not None)
    if len(mixtures) > len(panels):
        raise ValueError(f"mixture holds {len(mixtures)} mixtures for {count(len(panels), 'panel')}")
    shown = {}
    for ax, title, one in zip(axes[-len(mixtures) :], [*panels][-len(mixtures) :], mixtures, strict=False):
        shown[title] = marginal(check_dimension(one, X.shape[1]), dims)
        Ellipses(ax, one.n_components).show(shown[title])
    return described(figure, _said_of_groups(panels, ringed, shown))


def _said_of_groups(panels, ringed, mixtures):
    """How many points are in each group of each panel, how many have a ring, and where ellipses lie."""
    sizes = {title: np.bincount(r.argmax(axis=1), minlength=r.shape[1]) for title, r in panels.items()}
    told = [f"{title}: groups of {listed([*map(str, n)])}." for title, n in sizes.items()]
    if ringed is not None:
        told.append(f"Rings around {count(np.count_nonzero(ringed), 'point')}.")
    told += [f"Ellipses in the panel {title}: {in_words(one)}" for title, one in mixtures.items()]
    return f"The same points side by side, marked by group. {' '.join(told)}"


def forecasts(panels, *, size=(11.0, 4.6)) -> Figure:
    """What a 1-D mixture foretells, and what a regression line does, side by side.

    panels maps a title to (mixture, the line's number, label of the axis).
    """
    figure, axes = blank(1, len(named("panels", panels)), size)
    told = []
    for ax, (title, (mixture, line, label)) in zip(axes, panels.items(), strict=True):
        mixture = check_dimension(mixture, 1)
        style_axes(ax, title, label, "density")
        means, deviations = mixture.means[:, 0], np.sqrt(mixture.covariances[:, 0, 0])
        limits = min(line, *(means - 4 * deviations)), max(line, *(means + 4 * deviations))
        curves = Curves(ax, limits, mixture.n_components)
        heights = weighted_densities(curves.x, mixture).sum(axis=0)
        ax.set(xlim=limits, ylim=(0, 1.25 * heights.max()))
        curves.show(mixture)
        ax.axvline(line, color=PINK, lw=2.5, label="regression line")
        legend(ax, fontsize=12, loc="upper left")
        tops, at = curves.x[peaks(heights)], np.interp(line, curves.x, heights) / heights.max()
        humps = f"{count(len(tops), 'hump')}, at {listed([f'{top:.3g}' for top in tops])}"
        told.append(f"{title}: {in_words(mixture)} Their sum, dashed, has {humps}.")
        told.append(f"The regression line says {line:.3g}, where the sum is {at:.0%} of its highest.")
    return described(figure, " ".join(told))

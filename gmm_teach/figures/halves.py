"""Static pictures of one half-step: the shares of points, and arrays with their shapes."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..gaussian import ellipse
from ..plots import COLORS, FONT, GREY, LINE_COLORS, OUTLINE, PINK, Ellipses, Points, set_limits, style_axes
from ..plots.marks import check_dimension
from ..words import count, letter, listed, number, vector
from .doors import points_of, shares_of
from .parts import blank, described

CENTER = {"ha": "center", "va": "center", "fontsize": FONT}


def numbered_points(X, mixture, *, size=(9.0, 5.0)) -> Figure:
    """A few points X (N, 2), numbered from 0, and the ellipses of a mixture."""
    X, mixture = points_of(X, 2), check_dimension(mixture, 2)
    figure, (ax,) = blank(1, 1, size)
    _draw_points(ax, X, mixture, None)
    places = listed([f"{n} at {vector(x)}" for n, x in enumerate(X)])
    centers = listed([f"{letter(k)} about {vector(mean)}" for k, mean in enumerate(mixture.means)])
    text = f"{count(len(X), 'grey point')} with a number each: {places}."
    return described(figure, f"{text} The 1- and 2-sigma ellipses of {centers}.")


def shares(X, mixture, responsibilities, *, sums=True, size=(12.0, 5.5)) -> Figure:
    """The `numbered_points` in soft colours, and responsibilities (N, K) as a heat map, with their sums."""
    X, mixture = points_of(X, 2), check_dimension(mixture, 2)
    responsibilities = shares_of(responsibilities, X)
    figure, (ax, grid) = blank(1, 2, size)
    _draw_points(ax, X, mixture, responsibilities)
    N, K = responsibilities.shape
    _cells(grid, responsibilities, 0, 1, depths=responsibilities)
    for k in range(K):
        grid.text(k + 0.5, -0.45, letter(k), weight="bold", **CENTER)
    for n in range(N):
        grid.text(-0.3, n + 0.5, str(n), **CENTER)
    rows = [f"{n}: {listed([f'{share:.3f}' for share in row])}" for n, row in enumerate(responsibilities)]
    letters = listed([letter(k) for k in range(K)])
    text = f"Left: the numbered points in mixed colours. Right: a heat map of shares in columns {letters}. "
    text += f"Point {'; '.join(rows)}."
    if sums:
        text += f" {_write_sums(grid, responsibilities)}"
    grid.set(xlim=(-0.8, K + 1.1), ylim=(N + 0.9, -0.9))
    grid.set_title("share of each component in each point", fontsize=FONT)
    grid.set_axis_off()
    return described(figure, text)


def _write_sums(grid, responsibilities):
    """The sums of rows and columns beside the heat map; returns the sentence that tells of them."""
    N, K = responsibilities.shape
    columns = [f"{total:.2f}" for total in responsibilities.sum(axis=0)]
    rows = [f"{total:.2f}" for total in responsibilities.sum(axis=1)]
    for k, text in enumerate(columns):
        grid.text(k + 0.5, N + 0.45, text, color=PINK, **CENTER)
    for n, text in enumerate(rows):
        grid.text(K + 0.5, n + 0.5, text, color=PINK, **CENTER)
    for x, y in ((K + 0.5, -0.45), (-0.4, N + 0.45)):
        grid.text(x, y, "sum", color=PINK, **CENTER)
    each = listed(sorted(set(rows)))
    return f"In pink, the sum of each row, {each}, and of the columns, {listed(columns)}."


def bayes(weights, densities, *, size=(12.0, 3.4)) -> Figure:
    """Prior times density, then shared out: four groups of K bars for one point."""
    weights, densities = np.asarray(weights), np.asarray(densities)
    products = weights * densities
    panels = {
        "prior": weights,
        "× density here": densities,
        "= product": products,
        "÷ their sum = share": products / products.sum(),
    }
    figure, axes = blank(1, 4, size)
    for ax, (title, values) in zip(axes, panels.items(), strict=True):
        style_axes(ax, title)
        ax.barh(range(len(values)), values, 0.6, color=COLORS[: len(values)])
        for k, value in enumerate(values):
            ax.text(value + 0.03 * max(values), k, number(value), va="center", fontsize=FONT)
        ax.set(xlim=(0, 1.45 * max(values)), ylim=(len(values) - 0.5, -0.5), xticks=[])
        ax.set_yticks(range(len(values)), [letter(k) for k in range(len(values))], fontsize=FONT)
        ax.spines["bottom"].set_visible(False)
    letters = listed([letter(k) for k in range(len(weights))])
    groups = [f"{title}: {listed([number(v) for v in values])}." for title, values in panels.items()]
    return described(figure, f"{count(len(panels), 'group')} of bars for {letters}. {' '.join(groups)}")


def arrays(parts, signs, *, size=(12.8, 4.4)) -> Figure:
    """Arrays as blocks of numbers in a row, with the operation between each and the next.

    parts: (title, array (rows, columns), axis along which the components lie or None, decimals).
    """
    figure, (ax,) = blank(1, 1, size)
    ax.set_axis_off()
    tallest, x, width, told = max(len(array) for _, array, *_ in parts), 0.0, 1.5, []
    for (title, array, axis, decimals), sign in zip(parts, [*signs, ""], strict=True):
        rows, columns = array.shape
        top = (tallest - rows) / 2
        _cells(ax, array, x, axis, top=top, width=width, decimals=decimals)
        middle = x + width * columns / 2
        above = top - (1.05 if axis == 1 else 0.5)
        ax.text(middle, above - 0.65, title, weight="bold", **CENTER)
        ax.text(middle, above, f"({rows}, {columns})", **CENTER)
        for k in range(0 if axis is None else array.shape[axis]):
            place = (x - 0.25, top + k + 0.5) if axis == 0 else (x + width * (k + 0.5), top - 0.4)
            ax.text(*place, letter(k), color=LINE_COLORS[k], weight="bold", **CENTER)
        x += width * columns + 1.3
        ax.text(x - 0.85, tallest / 2, sign, ha="center", va="center", fontsize=18)
        lies = "" if axis is None else f", a {('row', 'column')[axis]} for each component"
        low, high = (f"{value:.{decimals}f}" for value in (array.min(), array.max()))
        told += [f"{title} ({rows}, {columns}){lies}, from {low} to {high}", sign]
    ax.set(xlim=(-0.5, x - 1.3), ylim=(tallest + 0.1, -2.2))
    return described(figure, f"Blocks of numbers in a row: {'; '.join(filter(None, told))}.")


def _draw_points(ax, X, mixture, responsibilities):
    style_axes(ax, "", "x", "y")
    points, ellipses = Points(ax, X, mixture.n_components, size=12.0), Ellipses(ax, mixture.n_components)
    points.show(responsibilities)
    ellipses.show(mixture)
    for artist in points.artists:
        artist.set_zorder(4.5)  # above the ellipses: these points are few
    for n, x in enumerate(X):
        ax.annotate(str(n), x, xytext=(9, 6), textcoords="offset points", fontsize=FONT, zorder=7)
    outlines = [ellipse(*pair, 2) for pair in zip(mixture.means, mixture.covariances, strict=True)]
    set_limits(ax, np.vstack([X, *outlines]), margin=0.03)


def _cells(ax, array, x, axis, *, depths=None, top=0.0, width=1.0, decimals=3):
    """Write an array (rows, columns) into cells from x, top, each in its component's colour."""
    for (row, column), value in np.ndenumerate(array):
        color = GREY if axis is None else COLORS[(row, column)[axis]]
        face = 1 - (0.3 if depths is None else depths[row, column]) * (1 - np.array(to_rgb(color)))
        left, upper = x + width * column, top + row
        ax.add_patch(Rectangle((left, upper), width, 1, facecolor=face, edgecolor="white", lw=2))
        ink = "white" if face @ (0.3, 0.59, 0.11) < 0.55 else OUTLINE
        text = f"{value:.{decimals}f}"
        ax.text(left + width / 2, upper + 0.5, text, ha="center", va="center", fontsize=12, color=ink)

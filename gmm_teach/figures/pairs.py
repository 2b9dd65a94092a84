"""Data of several columns, each against each other."""

from textwrap import fill

import numpy as np
from matplotlib.figure import Figure

from ..datasets import from_frame
from ..mixture import responsibilities
from ..plots import FONT, OUTLINE, Curves, Ellipses, Histogram, Points, drawable, marginal, set_limits
from ..plots.marks import check_dimension
from ..validate import check_mixture
from ..views import in_words
from ..words import count, listed
from .parts import blank, described

MOST_COLUMNS = 6
LETTERS_A_LINE = 16  # of a column's name


def pair_plot(X, mixture=None, *, columns=None, size=None) -> Figure:
    """Every two columns of X (N, D), D from 2 to 6, as points; on the diagonal each one's histogram.

    X is an array, a DataFrame or a `Dataset`. A D-dimensional mixture, or `Trace`, adds colours by
    responsibility, and in each panel what it says of those columns alone: ellipses, or curves.
    """
    data = from_frame(X, columns)
    X, (N, D) = data.X, data.X.shape
    if not 2 <= D <= MOST_COLUMNS:
        raise ValueError(f"X must have 2 to {MOST_COLUMNS} columns, got {D}; choose some by columns")
    if mixture is not None:
        mixture = check_dimension(check_mixture(mixture), D)
    figure, axes = blank(D, D, size or (11.0, 1.2 + 1.45 * D))
    axes = np.reshape(axes, (D, D))
    shares = None if mixture is None else responsibilities(X, mixture)
    for row in range(D):
        for column in range(D):
            ax = axes[row, column]
            if column > row:
                ax.remove()
            elif column == row:
                _alone(ax, X[:, [row]], mixture, row)
            else:
                _against(ax, X[:, [column, row]], mixture, (column, row), shares)
    _name(axes, data.columns)
    of_mixture = f" {in_words(mixture)}" if mixture else ""
    names = listed(list(data.columns))
    return described(figure, f"{count(N, 'point')}, each two of {count(D, 'column')}: {names}.{of_mixture}")


def _alone(ax, x, mixture, d):
    """The histogram of one column, and the mixture's curves for it."""
    Histogram(ax, x, bins=30)
    limits = set_limits(ax, x)
    if mixture is not None:
        Curves(ax, limits[:, 0], mixture.n_components).show(marginal(mixture, [d]))


def _against(ax, xy, mixture, dims, shares):
    """Two columns as points, and the mixture's ellipses for them."""
    K = 1 if mixture is None else mixture.n_components
    Points(ax, xy, K, size=4.0).show(shares)
    set_limits(ax, xy)
    if mixture is not None:
        Ellipses(ax, K).show(marginal(mixture, dims))


def _name(axes, columns):
    """Names and numbers at the left and at the foot only; densities have no numbers."""
    D = len(columns)
    names = [fill(drawable(name), LETTERS_A_LINE) for name in columns]
    style = {"fontsize": FONT - 2, "color": OUTLINE, "parse_math": False}
    for row in range(D):
        for column in range(row + 1):
            ax = axes[row, column]
            ax.label_outer()
            if row == D - 1:
                ax.set_xlabel(names[column], **style)
            if row == column:
                ax.set_yticks([])
            if column == 0:
                ax.set_ylabel(names[row] if row else "density", **style)

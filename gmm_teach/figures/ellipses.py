"""Pictures of one Gaussian in 2-D: its ellipse, its axes, its distance, and the points inside."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import cholesky, ellipse, ellipse_axes, squared_mahalanobis
from ..mixture import log_density
from ..params import Mixture
from ..plots import (
    COLORS,
    GREY,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    PINK,
    Letters,
    drawable,
    grid_points,
    style_axes,
)
from ..plots.marks import check_dimension
from ..words import count, listed
from .densities import LABEL, NAVY
from .doors import named, points_of
from .parts import blank, described

SHADES = [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.0]  # parts of the highest density


@np.errstate(under="ignore")
def contour_panels(mixtures, *, limit=4.0, size=(12.0, 4.0)) -> Figure:
    """Filled contours of the density and the 1-sigma ellipses of 2-D mixtures by name, one panel each."""
    mixtures = {name: check_dimension(one, 2) for name, one in named("mixtures", mixtures).items()}
    (figure, axes), said = blank(1, len(mixtures), size), []
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
        said.append(f"{name}, Σ = [{rows}]: {_form(mixture)}.")
    return described(figure, f"Contours and 1-sigma ellipses. {' '.join(said)}")


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
    far = [
        f"{name} is {far:.2f} from the mean as measured, and {white:.2f} whitened"
        for name, far, white in zip(
            points, np.linalg.norm(given - mean, axis=1), np.linalg.norm(y, axis=1), strict=True
        )
    ]
    shown = "Left, as measured: the 1- and 2-sigma ellipses. Right, whitened: circles of radius 1 and 2."
    return described(figure, f"{shown} {'; '.join(far)}.")


def multiplied(covariance, angles, *, size=(12.0, 3.6)) -> Figure:
    """Directions u of length 1 at some angles (degrees), one in each panel, and covariance @ u."""
    figure, axes = blank(1, len(angles), size)
    radians = np.radians(angles)
    units = np.column_stack([np.cos(radians), np.sin(radians)])
    products = units @ np.asarray(covariance)  # which is symmetric
    limit = 1.25 * np.abs([*units, *products]).max()
    for ax, angle, u, product in zip(axes, angles, units, products, strict=True):
        style_axes(ax, f"u at {angle:g}°", "x", "y").set(xlim=(-limit, limit), ylim=(-limit, limit))
        ax.set_aspect("equal")
        _draw_ellipse(ax, np.zeros(2), covariance, GREY)
        across = np.array([u[1], -u[0]])
        arrows = ((u, "u", NAVY, 5.0, 14 * across), (product, "Σu", LINE_COLORS[1], 2.0, -16 * across))
        for vector, name, color, width, beside in arrows:
            style = {"arrowstyle": "-|>", "lw": width, "color": color, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", vector, (0, 0), arrowprops=style)
            ax.annotate(name, vector, beside, color=color, ha="center", va="center", **LABEL | {"bbox": None})
        ax.label_outer()
    said = [
        f"u at {angle:g} degrees: Σu is {np.hypot(*product):.2f} long, at {_degrees(product):.0f} degrees"
        for angle, product in zip(angles, products, strict=True)
    ]
    return described(figure, f"Two arrows from the centre of an ellipse, u and Σu. {'; '.join(said)}.")


def inside(X, mean, covariance, *, axes=None, columns=("x", "y"), aspect="equal", size=(8.0, 5.4)) -> Figure:
    """Points X (N, 2) under the 1- and 2-sigma ellipses of a Gaussian; those within 1 sigma are dark.

    axes, if any, are semi-axes to draw as arrows: their lengths (2,), and their directions in columns (2, 2).
    """
    X = points_of(X, 2)
    figure, (ax,) = blank(1, 1, size)
    squared = squared_mahalanobis(X, mean, covariance)
    points = count(len(X), "point")
    style_axes(ax, f"{points}, 1σ and 2σ ellipse", *columns).set_aspect(aspect)
    for members, color in ((squared > 1, GREY), (squared <= 1, COLORS[0])):
        ax.plot(*X[members].T, "o", ms=4, color=color)
    _draw_ellipse(ax, mean, covariance, radii=(1, 2))
    shown = f"{points}, {' against '.join(columns)}, under {_form(Mixture([1], [mean], [covariance]))}"
    arrows = [] if axes is None else np.transpose(axes[1] * np.asarray(axes[0]))
    arrows = [arrow if arrow[1] >= 0 else -arrow for arrow in arrows]  # of the two ends of an axis, the upper
    for arrow in arrows:
        style = {"arrowstyle": "-|>", "lw": 2.5, "color": PINK, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", mean + arrow, mean, arrowprops=style, zorder=5)
    long = [f"{np.hypot(*arrow):.2f} at {_degrees(arrow) % 180:.0f} degrees" for arrow in arrows]
    also = f" Arrows from the mean: {listed(long)}." if long else ""
    return described(
        figure, f"{shown} and one twice as large. The points inside the inner one are dark.{also}"
    )


def _draw_ellipse(ax, mean, covariance, color=NAVY, radii=(1,)):
    for radius in radii:
        ax.plot(*ellipse(mean, covariance, radius, 120).T, color=color, lw=2.8 / radius)


def _degrees(vector):
    """The angle of a vector, from the x axis towards the y axis."""
    return np.degrees(np.arctan2(vector[1], vector[0]))


def _form(mixture):
    """The 1-sigma ellipse of the first component in words, and for how many components it stands."""
    covariance = mixture.covariances[0]
    (long, short), _ = ellipse_axes(covariance)
    wide, high = np.sqrt(np.diag(covariance))
    if covariance[0, 1]:
        shape = f"a leaning ellipse with semi-axes of {long:.2f} and {short:.2f}"
    elif wide == high:
        shape = f"a circle of radius {wide:.2f}"
    else:
        shape = f"an ellipse along the axes, {wide:.2f} in x and {high:.2f} in y"
    K = mixture.n_components
    return shape if K == 1 else f"{shape}, once for each of {count(K, 'component')}"

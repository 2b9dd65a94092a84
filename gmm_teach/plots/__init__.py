"""The artists of the course's pictures, in its colours and marks.

Each class draws one thing on a given Axes and keeps its artists in `.artists`; `.show(...)` moves
them and makes nothing new, so a static figure and every frame of a film are the same code.
Components are told apart by colour, letter and mark at once.
"""

from .fonts import FontWarning, drawable
from .lines import Curves, Histogram, Rug, weighted_densities
from .marks import (
    CIRCLE,
    COLORS,
    FONT,
    GREY,
    LINE_COLORS,
    MARKS,
    OUTLINE,
    PINK,
    RGB,
    Letters,
    check_dimension,
    check_n_components,
    set_limits,
    soft_colors,
    style_axes,
)
from .planes import (
    Contours,
    Ellipses,
    Ghosts,
    Points,
    Truth,
    check_dims,
    density_levels,
    grid_points,
    marginal,
)
from .samples import MOST_POINTS, SAMPLE, said_of_sample, sample_rows
from .settings import CourseFigure, draw_in_own_settings, own_settings

__all__ = [
    "CIRCLE",
    "COLORS",
    "FONT",
    "GREY",
    "LINE_COLORS",
    "MARKS",
    "MOST_POINTS",
    "OUTLINE",
    "PINK",
    "RGB",
    "SAMPLE",
    "Contours",
    "CourseFigure",
    "Curves",
    "Ellipses",
    "FontWarning",
    "Ghosts",
    "Histogram",
    "Letters",
    "Points",
    "Rug",
    "Truth",
    "check_dimension",
    "check_dims",
    "check_n_components",
    "density_levels",
    "draw_in_own_settings",
    "drawable",
    "grid_points",
    "marginal",
    "own_settings",
    "said_of_sample",
    "sample_rows",
    "set_limits",
    "soft_colors",
    "style_axes",
    "weighted_densities",
]

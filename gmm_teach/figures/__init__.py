"""Static pictures of the lessons, drawn with the artists of `plots`: one file for each part of the course."""

from ..plots import draw_in_own_settings
from . import (
    choices,
    climbs,
    comparisons,
    densities,
    ellipses,
    halves,
    mixtures,
    recoveries,
    scores,
    updates,
    uses,
)
from .parts import blank
from .runs import Picture, data_figure, sheet, show, step_picture, time_chart

for _part in (
    choices,
    climbs,
    comparisons,
    densities,
    ellipses,
    halves,
    mixtures,
    recoveries,
    scores,
    updates,
    uses,
):
    draw_in_own_settings(_part)

__all__ = [
    "Picture",
    "blank",
    "choices",
    "climbs",
    "comparisons",
    "data_figure",
    "densities",
    "ellipses",
    "halves",
    "mixtures",
    "recoveries",
    "scores",
    "sheet",
    "show",
    "step_picture",
    "time_chart",
    "updates",
    "uses",
]

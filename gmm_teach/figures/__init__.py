"""Static pictures of the lessons, drawn with the artists of `plots`: one file for each part of the course."""

from types import ModuleType

from ..plots import draw_in_own_settings
from . import (
    choices,
    climbs,
    coins,
    comparisons,
    densities,
    ellipses,
    halves,
    mixtures,
    pairs,
    recoveries,
    scale,
    scores,
    uncertainty,
    updates,
    uses,
)
from .parts import blank
from .runs import Picture, data_figure, sheet, show, step_picture, time_chart

__all__ = [
    "Picture",
    "blank",
    "choices",
    "climbs",
    "coins",
    "comparisons",
    "data_figure",
    "densities",
    "ellipses",
    "halves",
    "mixtures",
    "pairs",
    "recoveries",
    "scale",
    "scores",
    "sheet",
    "show",
    "step_picture",
    "time_chart",
    "uncertainty",
    "updates",
    "uses",
]

for _part in map(globals().get, __all__):
    if isinstance(_part, ModuleType):
        draw_in_own_settings(_part)

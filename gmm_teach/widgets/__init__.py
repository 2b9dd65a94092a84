"""Widgets of the course: the Stage that shows frames, the player on it, the Explorer, and the demos."""

from .be_the_m_step import be_the_m_step
from .bell import bell
from .bound import bound
from .explorer import explorer
from .how_many import how_many
from .kmeans_limit import kmeans_limit
from .lottery import lottery
from .outliers import outliers
from .overlap import overlap
from .player import player
from .query import query
from .shape import shape
from .spinner import spinner
from .stage import Stage
from .temperature import temperature
from .trap import trap
from .underflow import underflow

__all__ = [
    "Stage",
    "be_the_m_step",
    "bell",
    "bound",
    "explorer",
    "how_many",
    "kmeans_limit",
    "lottery",
    "outliers",
    "overlap",
    "player",
    "query",
    "shape",
    "spinner",
    "temperature",
    "trap",
    "underflow",
]

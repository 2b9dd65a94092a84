"""Widgets of the course: the Stage that shows frames, the player on it, the Explorer, and the demos."""

from .demos.basin_map import basin_map
from .demos.be_the_m_step import be_the_m_step
from .demos.bell import bell
from .demos.bound import bound
from .demos.bug_museum import bug_museum
from .demos.bumps import bumps
from .demos.how_many import how_many
from .demos.kmeans_limit import kmeans_limit
from .demos.lottery import lottery
from .demos.outliers import outliers
from .demos.overlap import overlap
from .demos.query import query
from .demos.shape import shape
from .demos.spinner import spinner
from .demos.temperature import temperature
from .demos.trap import trap
from .demos.underflow import underflow
from .explorer_scene import explorer
from .film_player import player
from .stage import Stage

__all__ = [
    "Stage",
    "basin_map",
    "be_the_m_step",
    "bell",
    "bound",
    "bug_museum",
    "bumps",
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

"""Whole pictures of a trace: axes laid out once, artists that `show(index)` moves to any half-step."""

from .captions import check_drawable, describe, from_start, in_words
from .panels import OVERLAYS, Panel1D, Panel2D, ScoreTrace
from .view import View

__all__ = [
    "OVERLAYS",
    "Panel1D",
    "Panel2D",
    "ScoreTrace",
    "View",
    "check_drawable",
    "describe",
    "from_start",
    "in_words",
]

"""Widgets of the course: the Stage that shows frames, and the player on it."""

from .player import player
from .stage import Stage

__all__ = ["Stage", "player"]

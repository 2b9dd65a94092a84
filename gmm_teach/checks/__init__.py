"""Feedback on the exercises of the notebooks: one file for each notebook."""

from . import run_the_whole_film, watch_em_think
from .core import Feedback

__all__ = ["Feedback", "run_the_whole_film", "watch_em_think"]

"""Feedback on the exercises of the notebooks: one file for each notebook, loaded on first use."""

from importlib import import_module

from .core import Feedback

NOTEBOOKS = ("watch_em_think", "run_the_whole_film")

__all__ = ["NOTEBOOKS", "Feedback", *NOTEBOOKS]


def __getattr__(name):
    if name in NOTEBOOKS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

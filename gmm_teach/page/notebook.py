"""A notebook as one HTML file with everything inside, its films and demos live, without Jupyter."""

from pathlib import Path

from .exporters import DeckExporter, PageExporter
from .handout import with_answers_last


def page_of(notebook: Path) -> str:
    """Run a notebook; returns its page."""
    return PageExporter().from_filename(str(notebook))[0]


def slides_of(notebook: Path) -> str:
    """Run a notebook; returns its slides."""
    return DeckExporter().from_filename(str(notebook))[0]


def handout_of(notebook: Path) -> str:
    """Run a notebook; returns a page to print, whose answers are at its end."""
    return with_answers_last(PageExporter(html="on_paper").from_filename(str(notebook))[0])

"""The settings that the course's pictures are drawn in, whatever style of matplotlib their reader has set."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from inspect import get_annotations, isfunction
from threading import RLock
from types import ModuleType

from matplotlib import rcParams, rcParamsDefault
from matplotlib.figure import Figure
from matplotlib.transforms import BboxBase

from .fonts import families
from .numerals import Canvas

NOT_OF_PICTURES = ("animation", "backend", "interactive", "keymap", "tk.", "toolbar", "webagg")
OF_FILES = ("pdf", "pgf", "ps", "savefig.format", "svg")
LOCK = RLock()  # matplotlib has one set of settings for all threads


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw in matplotlib's defaults and the course's fonts; the reader's own settings are back afterwards.

    Only what differs is set, so that next to nothing is done for a reader without a style. What another
    thread sets meanwhile stays.
    """
    own = _own()
    with LOCK:
        now = dict.items(rcParams)  # as they are stored: asking for the backend would choose one
        theirs = {name: value for name, value in now if name in own and value != own[name]}
        try:
            dict.update(rcParams, {name: own[name] for name in theirs})
            yield
        finally:
            still_own = [name for name in theirs if dict.get(rcParams, name) is own[name]]
            dict.update(rcParams, {name: theirs[name] for name in still_own})


class CourseFigure(Figure):
    """A Figure that is always drawn and saved in the course's settings; description says what it shows."""

    description = ""

    def __init__(self, **options):
        super().__init__(**options)
        Canvas(self)

    @own_settings()
    def draw(self, renderer) -> None:
        """Draw it, as `Figure.draw` does."""
        super().draw(renderer)

    @own_settings()
    def get_tightbbox(self, *arguments, **options) -> BboxBase:
        """What is drawn, in inches, as `Figure.get_tightbbox` measures it."""
        return super().get_tightbbox(*arguments, **options)

    @own_settings()
    def savefig(self, *arguments, **options) -> None:
        """Write it to a file, as `Figure.savefig` does."""
        super().savefig(*arguments, **options)


del CourseFigure.set  # written by matplotlib for each class of artists; that of Figure will do


def draw_in_own_settings(module: ModuleType) -> None:
    """Let all functions of a module that return a Figure draw it in the course's settings."""
    for name, function in vars(module).copy().items():
        if isfunction(function) and get_annotations(function).get("return") is Figure:
            setattr(module, name, own_settings()(function))


@cache
def _own():
    own = {
        name: value
        for name, value in dict.items(rcParamsDefault)
        if not name.startswith(NOT_OF_PICTURES + OF_FILES)
    }
    return own | {"font.family": families()}

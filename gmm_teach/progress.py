"""A bar for work of many parts that takes long: in a terminal, or below the cell of a notebook's page."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from html import escape
from uuid import uuid4

from .diagnosis import while_set
from .reader import display_of_cell, in_a_kernel

PATIENCE = 1.0  # seconds that some work may take without a word
_COVERED = ContextVar("covered", default=False)


class Bar:
    """A bar for n parts of some work, once it is clear that all will take longer than `PATIENCE`.

    To be entered by `with`; of bars within bars the outermost is seen, see `over`. It is seen in a page,
    where a reader has run the cell, and in a terminal; visible=True: on any stderr that is no kernel's, and
    False: nowhere. end is what it leaves behind on stderr: nothing, or such as a new line. at_most=True:
    there may be fewer parts, so that only the time that has passed says how long it takes. A bar that
    cannot be shown stops no work.
    """

    def __init__(self, n: int, visible: bool | None = None, end: str = "\r\x1b[K", *, at_most: bool = False):
        self.n, self.visible, self.end, self.at_most = n, visible, end, at_most
        self.screen, self.shown, self.told = None, False, -PATIENCE

    def __enter__(self) -> "Bar":
        if self.n > 1 and not _COVERED.get():
            with suppress(Exception):
                self.screen = _screen(self.visible, self.end)
        self.begun = time.monotonic()
        return self

    def __exit__(self, *error) -> None:
        if self.shown:
            with suppress(Exception):
                self.screen.clear()

    def tell(self, done: int, words: str) -> None:
        """So many parts are done, and there are more; words say what is done next."""
        if not self.screen or not 0 < done < self.n:
            return
        passed = time.monotonic() - self.begun
        whole = passed if self.at_most or self.screen.waits else passed / done * self.n
        self.shown = self.shown or whole > PATIENCE
        if self.shown and passed - self.told >= self.screen.pause:
            self.told = passed
            with suppress(Exception):
                self.screen.show(done, self.n, words)

    def over(self, function: Callable, *arguments, **options) -> object:
        """What function returns, a part of the work, whose own bars are not seen."""
        if not self.screen:
            return function(*arguments, **options)
        return while_set(_COVERED, function, *arguments, **options)


class Line:
    """The last line of stderr."""

    pause = 0.1  # seconds between two words
    waits = False  # until `PATIENCE` has passed, however sure it is that it will

    def __init__(self, end: str):
        self.end = end

    def show(self, done: int, n: int, words: str) -> None:
        """Write the line over."""
        filled = 30 * done // n
        self._write(f"\r{words} [{'#' * filled}{'.' * (30 - filled)}]")

    def clear(self) -> None:
        """Write the end."""
        self._write(self.end)

    def _write(self, text):
        sys.stderr.write(text)
        sys.stderr.flush()


class Output:
    """One output of a cell, displayed anew by its name, by means of `publish`."""

    pause = 0.25
    waits = True  # what comes and goes moves the page

    def __init__(self, publish):
        self.publish, self.name, self.is_there = publish, uuid4().hex, False

    def show(self, done: int, n: int, words: str) -> None:
        """Display a small bar, with its label."""
        self._display(f'<label>{escape(words)} <progress value="{done}" max="{n}"></progress></label>')

    def clear(self) -> None:
        """Display nothing in its place."""
        if self.is_there:
            self._display("")

    def _display(self, html):
        self.publish({"text/html": html}, transient={"display_id": self.name}, update=self.is_there)
        self.is_there = True


def is_terminal(stream) -> bool:
    """Whether this is a terminal. Some front ends have a stderr that does not say, or none."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _screen(visible, end):
    """Where a bar is seen: an `Output`, a `Line`, or None."""
    if visible is False:
        return None
    if in_a_kernel():
        publish = display_of_cell()
        return Output(publish) if publish else None
    return Line(end) if visible or is_terminal(sys.stderr) else None

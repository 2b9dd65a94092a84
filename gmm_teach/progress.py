"""A bar on stderr for work of many parts that takes long."""

import sys
import time

PATIENCE = 1.0  # seconds that some work may take without a word
PAUSE = 0.1  # seconds between two words


class Bar:
    """A bar for n parts of some work, once it is clear that all will take longer than `PATIENCE`.

    To be entered by `with`; of bars within bars the outermost is seen. Nothing is written unless it is
    `visible`. end is what it leaves behind: nothing, or such as a new line. at_most=True: there may be fewer
    parts, so that only the time that has passed says how long it takes.
    """

    outermost = None

    def __init__(self, n: int, visible: bool, end: str = "\r\x1b[K", *, at_most: bool = False):
        self.n, self.visible, self.end, self.at_most = n, visible, end, at_most
        self.shown, self.told = False, -PAUSE

    def __enter__(self) -> "Bar":
        if Bar.outermost is None and self.visible and self.n > 1:
            Bar.outermost = self
        self.begun = time.monotonic()
        return self

    def __exit__(self, *error) -> None:
        if Bar.outermost is self:
            Bar.outermost = None
        if self.shown:
            sys.stderr.write(self.end)
            sys.stderr.flush()

    def tell(self, done: int, words: str) -> None:
        """So many parts are done, and there are more; words say what is done next."""
        if Bar.outermost is not self or not 0 < done < self.n:
            return
        passed = time.monotonic() - self.begun
        self.shown = self.shown or (passed if self.at_most else passed / done * self.n) > PATIENCE
        if self.shown and passed - self.told >= PAUSE:
            self.told, filled = passed, 30 * done // self.n
            bar = f"[{'#' * filled}{'.' * (30 - filled)}]"
            sys.stderr.write(f"\r{words} {bar}")
            sys.stderr.flush()


def is_terminal(stream) -> bool:
    """Whether this is a terminal. Some front ends have a stderr that does not say, or none."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False

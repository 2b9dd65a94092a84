"""A bar on stderr for work of many parts that takes long."""

import sys
import time

PATIENCE = 1.0  # seconds that some work may take without a word


class Bar:
    """A bar for n parts of some work, once it is clear that all will take longer than `PATIENCE`.

    Nothing is written unless it is `visible`. end is what it leaves behind: nothing, or such as a new line.
    """

    def __init__(self, n: int, visible: bool, end: str = "\r\x1b[K"):
        self.n, self.visible, self.end, self.shown = n, visible, end, False
        self.begun = time.monotonic()

    def tell(self, done: int, words: str) -> None:
        """So many parts are done, and there are more; words say what is done next."""
        if not (0 < done < self.n and self.visible):
            return
        expected = (time.monotonic() - self.begun) / done * self.n
        self.shown = self.shown or expected > PATIENCE
        if self.shown:
            filled = 30 * done // self.n
            bar = f"[{'#' * filled}{'.' * (30 - filled)}]"
            sys.stderr.write(f"\r{words} {bar}")
            sys.stderr.flush()

    def close(self) -> None:
        """The work is over."""
        if self.shown:
            sys.stderr.write(self.end)
            sys.stderr.flush()


def is_terminal(stream) -> bool:
    """Whether this is a terminal. Some front ends have a stderr that does not say, or none."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False

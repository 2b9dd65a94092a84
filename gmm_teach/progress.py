"""A bar on stderr for work of many parts, in a terminal only: what a notebook stores has none."""

import sys
import time

PATIENCE = 1.0  # seconds that some work may take without a word


class Bar:
    """A bar for n parts of some work, once it is clear that all will take longer than `PATIENCE`.

    `doing` says what a part is, such as "Run of EM". Where stderr is no terminal, nothing is written.
    """

    def __init__(self, n: int, doing: str):
        self.n, self.doing, self.shown = n, doing, False
        self.begun = time.monotonic()

    def tell(self, done: int) -> None:
        """So many parts are done, and there are more."""
        if not (0 < done < self.n and _is_terminal(sys.stderr)):
            return
        expected = (time.monotonic() - self.begun) / done * self.n
        self.shown = self.shown or expected > PATIENCE
        if self.shown:
            filled = 30 * done // self.n
            bar = f"[{'#' * filled}{'.' * (30 - filled)}]"
            sys.stderr.write(f"\r{self.doing} {done + 1} of {self.n} {bar}")
            sys.stderr.flush()

    def close(self) -> None:
        """The work is over; the bar is wiped off."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _is_terminal(stream):
    """Is this a terminal? Some front ends have a stderr that does not say, or none."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False

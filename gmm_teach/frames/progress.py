"""How far the drawing of a film is, and how large it will be."""

import sys
import time

PATIENCE = 1.0  # seconds that a film may take without a word


class Bar:
    """A bar on stderr for a film of n of `whole` half-steps, if it takes long and `visible` is true."""

    def __init__(self, n: int, whole: int, visible: bool):
        self.n, self.whole, self.visible, self.shown = n, whole, visible, False
        self.begun = time.monotonic()

    def tell(self, frames: list) -> None:
        """These frames are drawn, and the next one is to be."""
        done = len(frames)
        if not (self.visible and done):
            return
        expected = (time.monotonic() - self.begun) / done * self.n
        self.shown = self.shown or expected > PATIENCE
        if self.shown:
            size = sum(map(len, frames)) / done * self.n / 1e6
            left_out = f" (of {self.whole} half-steps)" if self.n < self.whole else ""
            filled = 30 * done // self.n
            bar = f"[{'#' * filled}{'.' * (30 - filled)}]"
            sys.stderr.write(f"\rDrawing frame {done + 1} of {self.n}{left_out}, about {size:.1f} MB {bar}")

    def close(self) -> None:
        """All are drawn."""
        if self.shown:
            sys.stderr.write("\n")

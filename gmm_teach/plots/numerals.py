"""Numbers in pictures, put together from characters that were drawn once: frames hold little other text.

matplotlib 3.11 takes 1.2 ms for each number, character by character; 3.10 takes 0.2 and is left alone.
"""

from functools import lru_cache

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

CHARACTERS = frozenset("0123456789.,e+-−×→ ")  # no two of which are kerned
CHARACTERWISE = matplotlib.__version_info__ >= (3, 11)


class Canvas(FigureCanvasAgg):
    """matplotlib's canvas, on which level numbers are drawn from kept characters."""

    size = None

    def get_renderer(self) -> RendererAgg:
        """What draws, made anew where the figure has another size."""
        size = *self.get_width_height(physical=True), self.figure.dpi
        if size != self.size:
            self.renderer, self.size = Renderer(*size), size
        return self.renderer


class Renderer(RendererAgg):
    """matplotlib's renderer, but for level numbers."""

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:
        """Draw a line of text from x, y on, in pixels from the upper left corner; see `RendererAgg`."""
        if not CHARACTERWISE or angle or ismath or not s or not CHARACTERS.issuperset(s):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        coverage = _line(s, prop, self.dpi)
        middle = len(coverage) // 2
        image = np.empty((*coverage.shape, 4), np.uint8)
        image[..., :3] = np.round(255 * np.array(gc.get_rgb()[:3]))
        image[..., 3] = coverage * gc.get_alpha()
        self.draw_image(gc, round(x) - middle, round(self.height - y) - middle, image)


@lru_cache(2000)
def _line(s, prop, dpi):
    """Coverage of each pixel (h, w), from below; h / 2 of them are left of the first point, and below it."""
    drawn = [_character(one, prop, dpi) for one in s]
    pens = np.round(np.cumsum([0, *(advance for _, advance in drawn)])).astype(int)
    height, width = drawn[0][0].shape
    coverage = np.zeros((height, pens[-1] + width), np.uint8)
    for (one, _), pen in zip(drawn, pens, strict=False):
        there = coverage[:, pen : pen + width]
        np.maximum(there, one, out=there)
    return coverage


@lru_cache(1000)
def _character(character, prop, dpi):
    """Its pixels, with its first point in the middle, and how many pixels on the next character stands."""
    size = 2 * round(2 * prop.get_size_in_points() * dpi / 72)
    renderer = RendererAgg(size, size, dpi)
    gc = renderer.new_gc()
    renderer.draw_text(gc, size // 2, size // 2, character, prop, 0)
    between, alone = (
        renderer.get_text_width_height_descent(text, prop, False)[0] for text in (f"0{character}0", "00")
    )
    return np.asarray(renderer.buffer_rgba())[::-1, :, 3].copy(), between - alone

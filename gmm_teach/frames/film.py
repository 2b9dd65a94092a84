"""Drawing every half-step of a trace, fast: a still background, and what moves on a copy of it."""

import sys
import time
from typing import NamedTuple

import numpy as np
from PIL import Image

from ..arguments import own_errors
from ..plots import own_settings
from ..validate import check_count, check_kind
from ..views import View, check_drawable, describe, from_start
from .images import encode, image_of, png, quantized


class Film(NamedTuple):
    """Frames as PNG bytes, a caption for each, and their size (width, height) in pixels."""

    frames: list
    captions: list
    size: tuple


class Camera:
    """Draws a view again and again: what stays is drawn once, what moves on top of a copy of it.

    A view has a `figure`, its artists that are `moving`, and `show(index)`, as a `View` has; one that
    can do it faster than the figure draws what stays in its own `draw_still()`.
    """

    def __init__(self, view):
        if not all(hasattr(view, name) for name in ("figure", "moving", "show")):
            raise TypeError(f"view must be a View or the like, got {type(view).__name__}")
        self.view, self.figure = view, view.figure
        for artist in view.moving:
            artist.set_animated(True)
        with own_errors(), own_settings():
            getattr(view, "draw_still", self.figure.canvas.draw)()
        self.background = self.figure.canvas.copy_from_bbox(self.figure.bbox)

    def shoot(self, index) -> Image.Image:
        """Picture of half-step `index`, as a Pillow image."""
        canvas = self.figure.canvas
        canvas.restore_region(self.background)
        with own_errors(), own_settings():
            self.view.show(index)
            for artist in self.view.moving:
                (artist.axes or self.figure).draw_artist(artist)
        return image_of(canvas)


def shoot(trace, *, caption=False, progress=True, **options) -> Film:
    """Draw every half-step of a trace; returns a `Film`. options go to `View`.

    caption=True writes the caption into the picture. A bar on stderr shows the progress of a film
    that takes more than a second.
    """
    n = len(check_drawable(trace).steps)
    camera = Camera(View(trace, caption=caption, **options))
    palette = shared_palette(camera, n)
    indices = _with_bar(range(n), n) if progress else range(n)
    frames = [encode(camera.shoot(index), palette) for index in indices]
    captions = [describe(trace, index) for index in range(n)]
    return Film(frames, captions, camera.figure.canvas.get_width_height())


def picture(trace, index=-1, *, caption=True, **options) -> bytes:
    """PNG bytes of one half-step, the last by default. options go to `View`."""
    index = from_start(trace, index)
    view = View(trace, caption=caption, **options)
    view.show(index)
    return png(view.figure)


def shared_palette(camera, n) -> Image.Image:
    """One palette for the whole film, from six of its n frames spread over it."""
    check_kind("camera", camera, Camera)
    n = check_count("n", n)
    some = sorted({round(i) for i in np.linspace(0, n - 1, min(n, 6))})
    halves = [np.asarray(camera.shoot(index))[::2, ::2] for index in some]
    return quantized(Image.fromarray(np.vstack(halves)))


def _with_bar(items, n):
    """Yield the items; once a second has passed, keep a bar on stderr."""
    begun, shown = time.monotonic(), False
    for done, item in enumerate(items):
        if shown or time.monotonic() - begun > 1:
            shown = True
            filled = 30 * done // n
            sys.stderr.write(f"\rDrawing frame {done + 1} of {n} [{'#' * filled}{'.' * (30 - filled)}]")
        yield item
    if shown:
        sys.stderr.write("\n")

"""Drawing every half-step of a trace, fast: a still background, and what moves on a copy of it."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from ..arguments import own_errors
from ..plots import own_settings
from ..progress import Bar
from ..validate import check_count, check_kind
from ..views import View, check_drawable, from_start
from .images import encode, image_of, png, quantized
from .layers import Layer, Layers
from .thinning import MOST, thinned


class Film(NamedTuple):
    """Frames as PNG bytes, a caption for each, their size (width, height) in pixels, and their half-steps.

    `under` says of each frame on which other it lies as a layer, transparent elsewhere; -1 where it is whole.
    """

    frames: list
    captions: list
    size: tuple
    indices: tuple = ()
    under: tuple = ()


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


def shoot(
    trace, *, view=View, caption=False, progress=True, every=1, most=MOST, layers=False, **options
) -> Film:
    """Draw the half-steps of a trace; returns a `Film`. options go to the view, by default a `View`.

    caption=True writes the caption into the picture. A bar shows the progress of a film
    that takes more than a second, and how large its pictures will be. Of the iterations every `every`-th
    is drawn, and at most `most` pictures in all: see `thinned`. layers=True keeps of most pictures only what
    differs from the one before, a third of the bytes.
    """
    n = len(check_drawable(trace).steps)
    indices = tuple(map(int, thinned(trace, every, most)))
    drawn = view(trace, caption=caption, **options)
    camera = Camera(drawn)
    layer = Layers().add if layers else _whole(shared_palette(camera, n))
    frames, under = [], []
    with Bar(len(indices), progress, end="\n") as bar:
        for number, index in enumerate(indices):
            bar.tell(number, drawing(frames, len(indices), n))
            for kept, one in zip((frames, under), layer(number, camera.shoot(index)), strict=True):
                kept.append(one)
    captions = [drawn.describe(index) for index in indices]
    return Film(frames, captions, camera.figure.canvas.get_width_height(), indices, tuple(under))


def drawing(frames: list, n: int, whole: int) -> str:
    """Which of n frames is next, of `whole` half-steps, and how large the film will be."""
    size = sum(map(len, frames)) / max(len(frames), 1) * n / 1e6
    left_out = f" (of {whole} half-steps)" if n < whole else ""
    return f"Drawing frame {len(frames) + 1} of {n}{left_out}, about {size:.1f} MB"


def _whole(palette):
    """What makes of each picture a whole one, in one palette."""
    return lambda number, image: Layer(encode(image, palette), -1)


def picture(trace, index=-1, *, view=View, caption=True, **options) -> bytes:
    """PNG bytes of one half-step, the last by default. options go to the view, by default a `View`."""
    index = from_start(trace, index)
    drawn = view(trace, caption=caption, **options)
    drawn.show(index)
    return png(drawn.figure)


def shared_palette(camera, n) -> Image.Image:
    """One palette for the whole film, from six of its n frames spread over it."""
    check_kind("camera", camera, Camera)
    n = check_count("n", n)
    some = sorted({round(i) for i in np.linspace(0, n - 1, min(n, 6))})
    halves = [np.asarray(camera.shoot(index))[::2, ::2] for index in some]
    return quantized(Image.fromarray(np.vstack(halves)))

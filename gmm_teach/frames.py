"""Films of a trace: frames drawn on a blitted background, in one palette, as PNG, GIF, WebP or HTML."""

import io
import json
import sys
import time
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from .views import View, describe

N_COLORS = 128
STAGE = Path(__file__).parent / "widgets"


class Film(NamedTuple):
    """Frames as PNG bytes, a caption for each, and their size (width, height) in pixels."""

    frames: list
    captions: list
    size: tuple


class Camera:
    """Draws a `View` again and again: what stays is drawn once, what moves on top of a copy of it."""

    def __init__(self, view):
        self.view, self.figure = view, view.figure
        for artist in view.moving:
            artist.set_animated(True)
        self.figure.canvas.draw()
        self.background = self.figure.canvas.copy_from_bbox(self.figure.bbox)

    def shoot(self, index):
        """Picture of half-step `index`, as a Pillow image."""
        canvas = self.figure.canvas
        canvas.restore_region(self.background)
        self.view.show(index)
        for artist in self.view.moving:
            (artist.axes or self.figure).draw_artist(artist)
        return _image(canvas)


def shoot(trace, *, caption=False, progress=True, **options):
    """Draw every half-step of a trace; returns a `Film`. options go to `View`.

    caption=True writes the caption into the picture. A bar on stderr shows the progress of a film
    that takes more than a second.
    """
    n = len(trace.steps)
    camera = Camera(View(trace, caption=caption, **options))
    palette = shared_palette(camera, n)
    indices = _with_bar(range(n), n) if progress else range(n)
    frames = [encode(camera.shoot(index), palette) for index in indices]
    captions = [describe(trace, index) for index in range(n)]
    return Film(frames, captions, camera.figure.canvas.get_width_height())


def picture(trace, index=-1, *, caption=True, **options):
    """PNG bytes of one half-step, the last by default."""
    view = View(trace, caption=caption, **options)
    view.show(index)
    return png(view.figure)


def png(figure):
    """PNG bytes of a whole matplotlib figure, in a palette of its own."""
    figure.canvas.draw()
    return encode_alone(_image(figure.canvas))


def save(trace, path, *, seconds=0.7, progress=True, **options):
    """Write the film to path: .gif, .webp, or .html, a page that plays by itself with no network.

    seconds is how long each half-step stays. Returns the path; raises ValueError for other endings.
    """
    path = Path(path)
    writers = {".gif": _save_gif, ".webp": _save_webp, ".html": _save_html}
    if path.suffix not in writers:
        raise ValueError(f"path must end in {', '.join(writers)}; got {path.name!r}")
    if not seconds > 0:
        raise ValueError(f"seconds must be > 0, got {seconds}")
    film = shoot(trace, caption=path.suffix != ".html", progress=progress, **options)
    writers[path.suffix](film, path, round(1000 * seconds))
    return path


def shared_palette(camera, n):
    """One palette for the whole film, from six of its n frames spread over it."""
    some = sorted({round(i) for i in np.linspace(0, n - 1, min(n, 6))})
    halves = [np.asarray(camera.shoot(index))[::2, ::2] for index in some]
    return _quantize(Image.fromarray(np.vstack(halves)))


def encode(image, palette):
    """PNG bytes of a Pillow image, each pixel the nearest colour of the palette."""
    return _png(image.quantize(palette=palette, dither=Image.Dither.NONE))


def encode_alone(image):
    """PNG bytes of a Pillow image, in a palette of its own."""
    return _png(_quantize(image))


def _png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def _image(canvas):
    """A copy of what is on the canvas, without its alpha."""
    return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")


def _quantize(image):
    """The image in N_COLORS colours, the lightest of them white: averages would tint the paper."""
    image = image.quantize(N_COLORS, method=Image.Quantize.FASTOCTREE)
    colors = np.reshape(image.getpalette(), (-1, 3))
    colors[colors.sum(axis=1).argmax()] = 255
    image.putpalette(colors.astype(np.uint8).tobytes())
    return image


def _save_gif(film, path, milliseconds):
    first, *others = [Image.open(io.BytesIO(frame)) for frame in film.frames]
    first.save(path, save_all=True, append_images=others, duration=milliseconds, loop=0)


def _save_webp(film, path, milliseconds):
    first, *others = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in film.frames]
    first.save(
        path, save_all=True, append_images=others, duration=milliseconds, loop=0, lossless=True, method=0
    )


def _save_html(film, path, milliseconds):
    page = (STAGE / "film.html").read_text(encoding="utf-8")
    module = (STAGE / "stage.js").read_text(encoding="utf-8").replace("export default { render };", "")
    state = {
        "frames": [b64encode(frame).decode() for frame in film.frames],
        "captions": film.captions,
        "interval": milliseconds,
    }
    parts = {
        "TITLE": escape(film.captions[-1]),
        "STYLE": (STAGE / "stage.css").read_text(encoding="utf-8"),
        "MODULE": module,
        "STATE": json.dumps(state).replace("</", "<\\/"),
    }
    for name, text in parts.items():
        page = page.replace(f"[[{name}]]", text)
    path.write_text(page, encoding="utf-8")


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

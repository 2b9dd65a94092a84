"""Pictures as PNG bytes, each pixel one colour of a small palette."""

import io
from zlib import Z_RLE

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from ..arguments import own_errors
from ..validate import check_kind

N_COLORS = 128
N_OF_LAYERS, N_STORED = 64, 48  # colours of what has changed only

# Linux's C library gives the memory of a picture back to the system, and fetches it anew for the next one,
# page by page: a tenth of a picture's time. From the first block on that is freed and larger, it keeps it.
bytearray(2**24)


def png(figure) -> bytes:
    """PNG bytes of a whole matplotlib figure, in a palette of its own."""
    check_kind("figure", figure, Figure)
    with own_errors():
        figure.canvas.draw()
    return encode_alone(image_of(figure.canvas))


def encode(image, palette) -> bytes:
    """PNG bytes of a Pillow image, each pixel the nearest colour of the palette."""
    for name, one in {"image": image, "palette": palette}.items():
        check_kind(name, one, Image.Image)
    return _png(image.quantize(palette=palette, dither=Image.Dither.NONE))


def encode_alone(image, *, webp=False) -> bytes:
    """PNG bytes of a Pillow image, in a palette of its own; or WebP: a quarter less, four times as slow."""
    return _webp(quantized(image)) if webp else _png(quantized(image))


def encode_where(mask, image, *, webp=False) -> bytes:
    """The same of what a mask shows of the image; elsewhere it is transparent."""
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)  # the rest would be quantized in vain
    box = left, top, right, bottom + 1  # a row that the mask hides: white, so that no colour has to become it
    part = mask.crop(box)
    shown = Image.composite(image.crop(box), Image.new("RGB", part.size, "white"), part)
    shown = quantized(shown, N_STORED if webp else N_OF_LAYERS)
    if webp:
        whole = Image.new("RGBA", image.size)
        whole.paste(shown.convert("RGB"), (left, top), part)
        return _webp(whole)
    whole = Image.new("P", image.size, N_OF_LAYERS)
    whole.putpalette([*shown.getpalette()[: 3 * N_OF_LAYERS], 0, 0, 0])
    whole.paste(shown, (left, top), part)
    return _png(whole, transparency=N_OF_LAYERS, compress_type=Z_RLE)


def image_of(canvas) -> Image.Image:
    """A copy of what is on a canvas of matplotlib, without its alpha."""
    return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")


def quantized(image, n_colors=N_COLORS) -> Image.Image:
    """The image in so many colours, the lightest of them white: averages would tint the paper."""
    check_kind("image", image, Image.Image)
    image = image.quantize(n_colors, method=Image.Quantize.FASTOCTREE)
    colors = np.reshape(image.getpalette(), (-1, 3))
    colors[colors.sum(axis=1).argmax()] = 255
    image.putpalette(colors.astype(np.uint8).tobytes())
    return image


def _webp(image):
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, method=2, quality=25)
    return buffer.getvalue()


def _png(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4, **options)
    return buffer.getvalue()

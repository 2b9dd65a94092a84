"""Pictures as PNG bytes, each pixel one colour of a small palette."""

import io

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from ..arguments import own_errors
from ..validate import check_kind

N_COLORS = 128


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


def encode_alone(image) -> bytes:
    """PNG bytes of a Pillow image, in a palette of its own."""
    return _png(quantized(image))


def image_of(canvas) -> Image.Image:
    """A copy of what is on a canvas of matplotlib, without its alpha."""
    return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")


def quantized(image) -> Image.Image:
    """The image in N_COLORS colours, the lightest of them white: averages would tint the paper."""
    check_kind("image", image, Image.Image)
    image = image.quantize(N_COLORS, method=Image.Quantize.FASTOCTREE)
    colors = np.reshape(image.getpalette(), (-1, 3))
    colors[colors.sum(axis=1).argmax()] = 255
    image.putpalette(colors.astype(np.uint8).tobytes())
    return image


def _png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()

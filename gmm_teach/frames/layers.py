"""A film's pictures as layers: each holds only what differs from the picture on which it lies."""

import io
from typing import NamedTuple

from PIL import Image, ImageChops

from .images import encode_alone, encode_where

MOST_DEEP = 31  # layers on a whole picture, so that none lies on many
SAME, SAME_STORED = 8, 12  # of 255: by so much a colour may differ from what is left as it is


class Layer(NamedTuple):
    """Bytes of a PNG or WebP, transparent where picture number `under` shows; -1 for a whole picture."""

    encoded: bytes
    under: int


class Layers:
    """Pictures of one film, in whatever order, each as a layer on the one that came before it.

    webp=True makes them smaller, as films are stored.
    """

    def __init__(self, *, webp=False):
        self.webp = webp
        self._number, self._depth = -1, MOST_DEEP
        self._seen = None  # of each pixel, the colour when it was last in a layer

    def add(self, number, image) -> Layer:
        """The layer of picture `number`, a Pillow image without alpha."""
        if self._depth == MOST_DEEP:
            self._seen, self._depth = image.copy(), 0
            layer = Layer(encode_alone(image, webp=self.webp), -1)
        else:
            changed = _changed(self._seen, image, SAME_STORED if self.webp else SAME)
            self._seen.paste(image, mask=changed)
            self._depth += 1
            layer = Layer(encode_where(changed, image, webp=self.webp), self._number)
        self._number = number
        return layer


def composed(frames, under, number) -> Image.Image:
    """Picture `number` of a film of layers: where each is transparent, the one on which it lies shows."""
    image = Image.open(io.BytesIO(frames[number])).convert("RGBA")
    if under[number] < 0:
        return image.convert("RGB")
    below = composed(frames, under, under[number])
    below.paste(image, mask=image)
    return below


def _changed(before, after, same) -> Image.Image:
    """A mask of the pixels of which some colour differs by more than `same`."""
    red, green, blue = ImageChops.difference(before, after).split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return largest.point([0] * (same + 1) + [255] * (255 - same))

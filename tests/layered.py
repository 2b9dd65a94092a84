"""A picture of a film of layers, put together as the page does it."""

import io

from PIL import Image


def composed(frames, under, number):
    """Picture `number` of a film: what each layer leaves transparent shows the one on which it lies."""
    image = Image.open(io.BytesIO(frames[number])).convert("RGBA")
    if under[number] < 0:
        return image.convert("RGB")
    below = composed(frames, under, under[number])
    below.paste(image, mask=image)
    return below

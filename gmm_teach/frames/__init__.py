"""Films of a trace: frames drawn on a blitted background, in one palette, as PNG, GIF, WebP or HTML."""

from .film import Camera, Film, picture, shared_palette, shoot
from .images import N_COLORS, encode, encode_alone, png
from .saved import check_seconds, save
from .still import Still
from .thinning import MOST, thinned

__all__ = [
    "MOST",
    "N_COLORS",
    "Camera",
    "Film",
    "Still",
    "check_seconds",
    "encode",
    "encode_alone",
    "picture",
    "png",
    "save",
    "shared_palette",
    "shoot",
    "thinned",
]

"""Stored films, and pictures, as files beside a page."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path


def films_in(folder, address) -> Callable:
    """An `address` for `gmm_teach.widgets.in_page`: writes films to a folder, which the page finds there."""

    return lambda name, film: f"{address}/{write_once(folder, film, '.film')}"


def write_once(folder, content: bytes, ending: str) -> str:
    """Write a file that is named by its content, so that the same content is one file; returns its name."""
    file = f"{sha256(content).hexdigest()[:16]}{ending}"
    (Path(folder) / file).write_bytes(content)
    return file

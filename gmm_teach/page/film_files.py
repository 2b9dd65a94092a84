"""Stored films as files beside a page."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path


def films_in(folder, address) -> Callable:
    """An `address` for `gmm_teach.widgets.in_page`: writes films to a folder, which the page finds there."""

    def write(name, film):
        file = f"{sha256(film).hexdigest()[:16]}.film"
        (Path(folder) / file).write_bytes(film)
        return f"{address}/{file}"

    return write

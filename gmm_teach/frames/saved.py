"""Films as files: GIF, WebP, or a page that plays by itself."""

import io
import os
from base64 import b64encode
from html import escape
from pathlib import Path

from PIL import Image

from .. import page
from ..validate import check_count, check_positive
from ..views import check_drawable
from .film import shoot

HOLD = 3000  # milliseconds that the last picture stays at least, before a GIF begins again
LONGEST = 600  # seconds; a GIF can hold one picture for 655
MOST_LOOPS = 65535  # what a GIF can count


def save(trace, path, *, seconds=0.7, loop=0, progress=True, **options) -> Path:
    """Write the film of a trace to a file.

    Parameters
    ----------
    trace : Trace
        A run made by `run_em` or `fit`, of at most eight components.
    path : str or path-like
        Ends in .gif, .webp, or .html: a page that plays by itself with no network. Its folder must
        be there; a file of this name is replaced.
    seconds : float, default 0.7
        How long each half-step stays; the last one of a GIF or WebP at least 3 seconds.
    loop : int, default 0
        How often a GIF or WebP plays again, at most 65535 times; 0 is for ever. A page plays when asked.
    progress : bool, default True
        Whether a film that takes more than a second shows a bar: below the cell, or on stderr.
    **options
        Which half-steps, see `gmm_teach.frames.shoot`: every and most. How they are drawn, see
        `gmm_teach.views.View`: columns, dims, title, size and dpi.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described. All is checked before the first frame is drawn.
    FileNotFoundError, IsADirectoryError, PermissionError
        If no file can be written there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import gmm_teach as gt
    >>> X = gt.datasets.load("document_c").X
    >>> trace = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = gt.frames.save(trace, Path(folder) / "film.gif", title="Document C", progress=False)
    ...     print(path.name, path.stat().st_size > 10_000)
    film.gif True
    """
    check_drawable(trace)
    path = _check_path(path)
    milliseconds = round(1000 * check_seconds(seconds))
    check_count("loop", loop, smallest=0)
    if loop > MOST_LOOPS:
        raise ValueError(f"loop must be at most {MOST_LOOPS}, got {loop}")
    is_page = path.suffix.lower() == ".html"
    film = shoot(trace, caption=not is_page, progress=progress, layers=is_page, **options)
    WRITERS[path.suffix.lower()](film, path, milliseconds, loop)
    return path


def check_seconds(seconds) -> float:
    """Return how long a frame stays, or raise an error unless it is from 0.01 to 600 seconds."""
    seconds = check_positive("seconds", seconds, LONGEST)
    if seconds < 0.01:
        raise ValueError(f"seconds must be at least 0.01, got {seconds}")
    return seconds


def _check_path(path):
    """A Path to a file that can be written, or an error that says why it cannot."""
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"path must be text or a pathlib.Path, got {type(path).__name__}")
    path = Path(path)
    if path.suffix.lower() not in WRITERS:
        raise ValueError(f"path must end in {', '.join(WRITERS)}; got {path.name!r}")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"path is in the folder {str(path.parent)!r}, which is not there; make it first"
        )
    if path.is_dir():
        raise IsADirectoryError(f"path must be a file, but {str(path)!r} is a folder")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PermissionError(f"path {str(path)!r} may not be written")
    return path


def _durations(film, milliseconds):
    """Of each frame: the last one stays longer, so that one sees where the run ends."""
    return [milliseconds] * (len(film.frames) - 1) + [max(milliseconds, HOLD)]


def _save_gif(film, path, milliseconds, loop):
    first, *others = [Image.open(io.BytesIO(frame)) for frame in film.frames]
    first.save(path, save_all=True, append_images=others, duration=_durations(film, milliseconds), loop=loop)


def _save_webp(film, path, milliseconds, loop):
    first, *others = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in film.frames]
    how = {"duration": _durations(film, milliseconds), "loop": loop, "lossless": True, "method": 0}
    first.save(path, save_all=True, append_images=others, **how)


def _save_html(film, path, milliseconds, loop):
    state = {
        "frames": [b64encode(frame).decode() for frame in film.frames],
        "under": film.under,
        "captions": film.captions,
        "interval": milliseconds,
    }
    text = page.fill(
        "film.html",
        TITLE=escape(film.captions[-1]),
        STYLE=page.styles("stage.css"),
        MODULE=page.script(*page.FILM, "model.js"),
        STATE=page.json_in_a_script(state),
    )
    path.write_text(text, encoding="utf-8")


WRITERS = {".gif": _save_gif, ".webp": _save_webp, ".html": _save_html}

"""The player: a finished trace as a film to step through."""

from ..frames import picture, shoot
from ..views import describe, from_start
from .stage import Stage


def player(trace, *, index=0, poster=-1, alt="", seconds=0.7, progress=True, **options):
    """A film of the trace to step, scrub and play, with every control in the page; returns a `Stage`.

    index is the half-step shown first, poster the one in the stored picture, and alt says what that
    picture shows; seconds is the pause between half-steps while playing. options (columns, dims,
    title, size, dpi) go to `View`.
    """
    n = len(trace.steps)
    index, poster = from_start(trace, index), from_start(trace, poster)
    film = shoot(trace, progress=progress, **options)
    title = f"{options['title']}: " if options.get("title") else ""
    return Stage(
        film,
        index=index,
        interval=round(1000 * seconds),
        poster=picture(trace, poster, **options),
        text=f"{title}a film of {n} pictures. Shown here: {describe(trace, poster)}. {alt}".strip(),
    )

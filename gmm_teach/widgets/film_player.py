"""The player: a finished trace as a film to step through."""

from bisect import bisect_right

from ..frames import check_seconds, picture, shoot
from ..validate import check_kind
from ..views import View, check_drawable, from_start
from ..words import count
from .stage import Stage


def player(trace, *, view=View, index=0, poster=-1, alt=None, seconds=0.7, progress=True, **options) -> Stage:
    """A film of a trace to step, scrub and play, with every control in the page.

    Parameters
    ----------
    trace : Trace
        A run made by `run_em` or `fit`, of at most eight components; or one of another model, see `view`.
    view : class, default `gmm_teach.views.View`
        What draws the trace: `view(trace, caption=False, **options)` has a `figure`, its artists that are
        `moving`, `show(index)`, `describe(index)` and `in_words(step)`; of a trace by `run_model` such as
        `gmm_teach.figures.coins.Coins`.
    index : int, default 0
        The half-step shown first, from 0, the start; negative counts from the end. Where a long film
        leaves it out, the nearest before it.
    poster : int, default -1
        The half-step in the stored picture, which stands in where no widget can be shown.
    alt : str, optional
        What that picture shows, for readers of no picture; by default where the components are.
    seconds : float, default 0.7
        The pause between half-steps while playing.
    progress : bool, default True
        Whether a film that takes more than a second shows a bar on stderr.
    **options
        Which half-steps, see `gmm_teach.frames.shoot`: every and most. How they are drawn, see
        `gmm_teach.views.View`: columns, dims, title, size and dpi.

    Returns
    -------
    Stage
        A widget with all its frames; as the last value of a cell it is displayed.

    Raises
    ------
    TypeError, ValueError, IndexError
        If an argument is not as described. All is checked before the first frame is drawn.

    Examples
    --------
    >>> import gmm_teach as gt
    >>> X = gt.datasets.load("document_c").X
    >>> trace = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]))
    >>> film = gt.widgets.player(trace, title="Document C", progress=False)
    >>> film.captions[2]
    'M-step 1: ellipses move; log-likelihood -372.1, up 169.18'
    >>> print(film.text[:105])
    Document C: a film of 48 pictures. Shown here: E-step 24: colours move; log-likelihood -318.8; converged.
    """
    check_drawable(trace)
    index, poster = from_start(trace, index), from_start(trace, poster, "poster")
    if alt is None:
        alt = view.in_words(trace.steps[poster])
    check_kind("alt", alt, str)
    interval = round(1000 * check_seconds(seconds))
    film = shoot(trace, view=view, progress=progress, layers=True, **options)
    index = bisect_right(film.indices, index) - 1
    looks = {name: value for name, value in options.items() if name not in ("every", "most")}
    title = f"{options['title']}: " if options.get("title") else ""
    pictures = f"{count(len(film.frames), 'picture')}{_left_out(trace, film)}"
    shown = f"a film of {pictures}. Shown here: {film.captions[bisect_right(film.indices, poster) - 1]}."
    return Stage(
        film,
        name=options.get("title") or "EM player",
        index=index,
        interval=interval,
        poster=picture(trace, poster, view=view, **looks),
        text=f"{title}{shown} {alt}".strip(),
    )


def _left_out(trace, film):
    n = len(trace.steps)
    return "" if len(film.frames) == n else f", of {n} half-steps"

"""The player: a finished trace as a film to step through."""

from bisect import bisect_right

from PIL.Image import Image

from .. import page
from ..frames import MOST, Camera, check_seconds, picture, thinned
from ..frames.film import drawing
from ..progress import Bar
from ..validate import check_kind
from ..views import View, check_drawable, from_start
from ..words import count
from .on_request import DrawnOnRequest
from .scene import Scene


def player(
    trace,
    *,
    view=View,
    index=0,
    poster=-1,
    alt=None,
    seconds=0.7,
    every=1,
    most=MOST,
    progress=True,
    **options,
) -> "Player":
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
    every, most : int
        Which half-steps are shown, see `gmm_teach.frames.shoot`.
    progress : bool, default True
        Whether a film that is drawn as a whole, and takes more than a second, shows a bar.
    **options
        How they are drawn, see `gmm_teach.views.View`: columns, dims, title, ahead, size and dpi.

    Returns
    -------
    Player
        A widget; as the last value of a cell it is displayed. Its pictures are drawn while one looks
        at the first, or all at once where no page asks for them, or by its `finish()`.

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
    film = FilmOfTrace(trace, view(trace, caption=False, **options), thinned(trace, every, most).tolist())
    film.name = options.get("title") or film.name
    title = f"{options['title']}: " if options.get("title") else ""
    shown = f"a film of {film.length()}. Shown here: {film.captions[film.picture_of(poster)]}."
    return Player(
        film,
        progress=progress,
        index=film.picture_of(index),
        interval=interval,
        poster=picture(trace, poster, view=view, **options),
        text=f"{title}{shown} {alt}".strip(),
    )


class FilmOfTrace(Scene):
    """The half-steps of a trace, those of `indices` (ascending), as a view of it shows them."""

    def __init__(self, trace, view, indices):
        self.trace, self.view, self.indices = trace, view, indices
        self.captions = [view.describe(index) for index in indices]

    def draw(self, index) -> Image:
        """Picture `index`."""
        self.camera = self.camera or Camera(self.view)
        return self.camera.shoot(self.indices[index])

    def picture_of(self, half_step) -> int:
        """The number of the picture that shows a half-step, or the nearest before it."""
        return bisect_right(self.indices, half_step) - 1

    def length(self) -> str:
        """In words, how long it is, and of how many half-steps where some are left out."""
        n, whole = len(self.indices), len(self.trace.steps)
        return count(n, "picture") + (f", of {whole} half-steps" if n < whole else "")


class Player(DrawnOnRequest):
    """A film that is drawn when the page asks for its pictures, or whole by `finish`."""

    _esm = page.module(*page.PLAYER)
    _css = page.styles("stage.css", "live.css")

    def __init__(self, scene: FilmOfTrace, *, progress=True, **traits):
        self.progress = progress
        super().__init__(scene, **traits)

    def finish(self) -> None:
        """Draw all pictures, and store them in `frames`."""
        with self._lock:
            self._displayed = self.film
            self._draw_all()
            self._keep_whole()

    def _draw_all(self):
        n, whole, frames = len(self.captions), len(self.scene.trace.steps), []
        with Bar(n, self.progress, end="\n") as bar:
            for index in self._stored():
                bar.tell(index, drawing(frames, n, whole))
                frames.append(self._layer(index).encoded)

    def _stored(self):
        return range(len(self.captions))

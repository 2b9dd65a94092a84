"""The whole picture of a trace: data beside log-likelihood."""

import reprlib

from ..arguments import own_errors
from ..plots import FONT, OUTLINE, CourseFigure, check_dims, own_settings, style_axes
from ..validate import check_kind, check_positive
from .captions import check_drawable, describe, from_start, in_words
from .panels import Panel1D, Panel2D, ScoreTrace

LEFT = 0.085  # of the figure's width, left of the axes
LONGEST = 50  # characters of a title or a name
PIXELS = (50, 10_000)  # the least and the most, each way


class View:
    """Data beside log-likelihood, for one trace; `show(index)` moves every artist to that half-step.

    1-D data are a histogram with curves; of more dimensions, the two in `dims` are drawn. `columns`
    names every column of X, `size` is in inches. `moving` lists the artists that change between
    half-steps, in drawing order. With caption=True the picture says under it what the half-step did;
    the player says so in text of its own. ahead=True draws the scores to come too, faintly.
    """

    def __init__(
        self,
        trace,
        *,
        columns=None,
        dims=(0, 1),
        title="",
        caption=False,
        ahead=False,
        size=(9.0, 4.5),
        dpi=100,
    ):
        self.trace = check_drawable(trace)
        self.dims = _check_dims(dims, trace.X.shape[1])
        columns = _check_columns(columns, trace.X.shape[1])
        check_kind("title", title, str)
        size = _check_size(size, dpi)
        with own_errors(), own_settings():
            self.figure = CourseFigure(figsize=size, dpi=dpi, layout=None)
            self._lay_out([_shortened(columns[d]) for d in self.dims], _shortened(title), caption, ahead)

    def show(self, index) -> None:
        """Move to half-step `index` (from 0, the start); negative counts from the end."""
        index = from_start(self.trace, index)
        with own_errors(), own_settings():
            self.panel.show(self.trace.steps[index], self.trace.steps[max(index - 1, 0)])
            self.scores.show(index)
            if self.caption:
                self.caption.set_text(self.describe(index))

    def describe(self, index) -> str:
        """What the half-step did."""
        return describe(self.trace, index)

    @staticmethod
    def in_words(step) -> str:
        """Where the components of a step are, for readers of no picture."""
        return in_words(step.mixture)

    def _lay_out(self, names, title, caption, ahead):
        data_ax, score_ax = self.figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.figure.subplots_adjust(
            left=LEFT, right=0.985, top=0.92, bottom=0.235 if caption else 0.135, wspace=0.3
        )
        style_axes(score_ax, "Log-likelihood", "iteration")
        self.scores = ScoreTrace(score_ax, self.trace, ahead=ahead)
        self.panel = self._panel(data_ax, names, title)
        for text in (data_ax.title, data_ax.xaxis.label, data_ax.yaxis.label):
            text.set_parse_math(False)  # a reader's own words: "$" is a dollar
        _make_room(self.figure, data_ax, score_ax)
        self.caption = None
        moving = [*self.panel.artists, *self.scores.artists]
        if caption:
            self.caption = self.figure.text(0.5, 0.03, "", ha="center", fontsize=FONT + 1, color=OUTLINE)
            moving.append(self.caption)
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())

    def _panel(self, ax, names, title):
        if len(names) == 1:
            return Panel1D(style_axes(ax, title, *names, "density"), self.trace)
        return Panel2D(style_axes(ax, title, *names), self.trace, self.dims)


def _shortened(text):
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _check_dims(dims, D):
    """The columns that are drawn: two of them, or the one that there is."""
    return (0,) if D == 1 and isinstance(dims, tuple) and dims == (0, 1) else check_dims(dims, D, min(D, 2))


def _check_columns(columns, D):
    """The names of the D columns of X as texts; by default x, y, z or x1, x2, ..."""
    if columns is None:
        return ("x", "y", "z")[:D] if D <= 3 else tuple(f"x{d + 1}" for d in range(D))
    if isinstance(columns, str) or not hasattr(columns, "__iter__"):
        raise TypeError(f"columns must list a name for each column of X, got {reprlib.repr(columns)}")
    names = tuple(map(str, columns))
    if len(names) != D:
        each = "the column" if D == 1 else f"each of the {D} columns"
        raise ValueError(f"columns must name {each} of X, got {len(names)}: {reprlib.repr(names)}")
    return names


def _check_size(size, dpi):
    """The size in inches; raises an error unless it is a pair and makes a picture that can be drawn."""
    dpi = check_positive("dpi", dpi)
    try:
        width, height = size
    except (TypeError, ValueError):
        raise TypeError(f"size must be (width, height) in inches, got {reprlib.repr(size)}") from None
    size = check_positive("size", width), check_positive("size", height)
    pixels = [round(side * dpi) for side in size]
    if min(pixels) < PIXELS[0] or max(pixels) > PIXELS[1]:
        raise ValueError(
            f"size is in inches: {width:g} x {height:g} at dpi {dpi:g} makes {pixels[0]} x {pixels[1]} "
            f"pixels; each side must be from {PIXELS[0]} to {PIXELS[1]}"
        )
    return size


def _make_room(figure, left_ax, right_ax):
    """Move the left edge in, and the axes apart, as far as long numbers need it and there is room."""
    left, right = (ax.get_tightbbox(figure.canvas.get_renderer()) for ax in (left_ax, right_ax))
    most = 0.3 * figure.bbox.width
    outside, overlap = (min(max(gap, 0), most) for gap in (4 - left.x0, left.x1 + 8 - right.x0))
    width = (left_ax.bbox.width + right_ax.bbox.width - outside - overlap) / 2
    figure.subplots_adjust(
        left=LEFT + outside / figure.bbox.width, wspace=(right_ax.bbox.x0 - left_ax.bbox.x1 + overlap) / width
    )

"""What figures are put together from: axes laid out in the course's style, a ring, a legend."""

from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from ..plots import FONT, OUTLINE, PINK, CourseFigure, drawable, own_settings

MARGINS = {"left": 0.085, "right": 0.985, "top": 0.92, "bottom": 0.135}


@own_settings()
def blank(
    n_rows=1, n_columns=1, size=(9.0, 4.5), *, tall=None, widths=None, heights=None, margins=None
) -> tuple[CourseFigure, list[Axes]]:
    """A Figure of a size in inches and its axes, row by row, in the course's style.

    The column number `tall` is one axes from top to bottom, the first of those returned. widths and
    heights are ratios of columns and of rows. margins (left, right, top, bottom, wspace, hspace), where
    they differ from MARGINS, lay the axes out by hand: a constrained layout takes 40 ms a drawing.
    """
    figure = CourseFigure(figsize=size, dpi=100, layout="constrained" if margins is None else None)
    if margins is not None:
        figure.subplots_adjust(**MARGINS | margins)
    grid = figure.add_gridspec(n_rows, n_columns, width_ratios=widths, height_ratios=heights)
    columns = [column for column in range(n_columns) if column != tall]
    places = [] if tall is None else [grid[:, tall]]
    places += [grid[row, column] for row in range(n_rows) for column in columns]
    axes = [figure.add_subplot(place) for place in places]
    for ax in axes:
        ax.tick_params(labelsize=12, colors=OUTLINE)
    return figure, axes


def described(figure, text) -> CourseFigure:
    """The figure, with what a sighted reader sees in it, for `show`."""
    figure.description = text
    return figure


def ring(ax, at=([], []), *, size=16, width=3, **style) -> Line2D:
    """A pink ring around each point (x, y) of `at` that the reader has picked, or should see first."""
    return ax.plot(*at, ls="", marker="o", ms=size, mfc="none", mec=PINK, mew=width, **style)[0]


def legend(ax, *, fontsize=FONT, **options) -> Legend:
    """The legend of an axes, without a frame; options go to `Axes.legend`."""
    made = ax.legend(fontsize=fontsize, frameon=False, **options)
    for text in made.get_texts():
        text.set_text(drawable(text.get_text()))
    return made

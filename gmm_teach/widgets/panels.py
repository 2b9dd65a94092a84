"""The figures of demos with several panels, laid out by hand: a constrained layout takes 40 ms a drawing."""

from ..figures import blank


def two_panels(ratio, *, left=0.085, gap=0.3):
    """A figure of 9 x 4.5 in with two axes, the first `ratio` times as wide; returns both."""
    figure, axes = blank(1, 2, (9.0, 4.5))
    axes[0].get_gridspec().set_width_ratios([ratio, 1])
    figure.set_layout_engine(None)
    figure.subplots_adjust(left=left, right=0.985, top=0.92, bottom=0.135, wspace=gap)
    return figure, axes


def tall_panel(column, *, left=0.085, gap=0.22, row_gap=0.5):
    """A figure of 9 x 4.5 in, one tall axes in a column and two in the other; returns these, tall first."""
    figure, axes = blank(2, 2, (9.0, 4.5))
    tall, above, spare, below = axes if column == 0 else (axes[1], axes[0], axes[3], axes[2])
    spare.remove()
    tall.set_subplotspec(tall.get_gridspec()[:, column])
    figure.set_layout_engine(None)
    figure.subplots_adjust(left=left, right=0.985, top=0.92, bottom=0.135, wspace=gap, hspace=row_gap)
    return figure, (tall, above, below)

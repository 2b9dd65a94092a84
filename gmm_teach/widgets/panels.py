"""The figure of the two-panel demos, laid out by hand: a constrained layout takes 40 ms a drawing."""

from ..figures import blank


def two_panels(ratio, *, left=0.085, gap=0.3):
    """A figure of 9 x 4.5 in with two axes, the first `ratio` times as wide; returns both."""
    figure, axes = blank(1, 2, (9.0, 4.5))
    axes[0].get_gridspec().set_width_ratios([ratio, 1])
    figure.set_layout_engine(None)
    figure.subplots_adjust(left=left, right=0.985, top=0.92, bottom=0.135, wspace=gap)
    return figure, axes

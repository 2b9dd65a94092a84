"""Pictures of data and of runs, and `show`, which adds alt text to any figure."""

import numpy as np
from matplotlib.figure import Figure

from ..datasets import from_frame
from ..frames import picture, png
from ..plots import (
    COLORS,
    FONT,
    LINE_COLORS,
    MARKS,
    Histogram,
    Points,
    drawable,
    own_settings,
    set_limits,
    style_axes,
)
from ..validate import check_trace
from ..views import Panel1D, Panel2D, describe, from_start, in_words
from ..words import count, listed, number
from .parts import blank, described, legend


class Picture:
    """A PNG with a text that says what a sighted reader sees; notebooks show either."""

    def __init__(self, data, alt):
        if not isinstance(alt, str):
            raise TypeError(f"alt must be text that says what the picture shows, got {type(alt).__name__}")
        self.data, self.alt = data, alt

    def _repr_mimebundle_(self, **kwargs):
        return {"image/png": self.data, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def show(figure, alt=None) -> Picture:
    """Return a matplotlib Figure as a `Picture` with alt text, to end a notebook cell with.

    alt says what a sighted reader sees; the figures of this package say it themselves. Raises TypeError for
    anything but a Figure, and for another figure without alt.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a matplotlib Figure, got {type(figure).__name__}")
    return Picture(png(figure), alt or getattr(figure, "description", "") or None)


def step_picture(trace, index, alt=None, **options) -> Picture:
    """One half-step of a trace as a `Picture`, which says what it shows; options go to `View`."""
    data = picture(trace, index, **options)
    mixture = trace.steps[index].mixture
    return Picture(data, alt or f"{describe(trace, index)}. {in_words(mixture)}")


@own_settings()
def data_figure(X, *, columns=None, title="", size=(9.0, 4.5)) -> Figure:
    """The data alone: grey dots for the first two columns of X (N, D), a histogram for X (N, 1)."""
    data = from_frame(X, columns)
    X, columns = data.X, data.columns
    figure, (ax,) = blank(1, 1, size)
    if X.shape[1] == 1:
        style_axes(ax, title, columns[0], "density")
        Histogram(ax, X)
    else:
        style_axes(ax, title, *columns[:2])
        Points(ax, X[:, :2], 1).show(None)
    set_limits(ax, X[:, :2])
    ranges = [
        f"{name} from {number(x.min())} to {number(x.max())}"
        for name, x in zip(columns, X[:, :2].T, strict=False)
    ]
    shown = "A histogram of" if X.shape[1] == 1 else "Grey points:"
    return described(figure, f"{shown} {count(len(X), 'point')}, {listed(ranges)}.")


@own_settings()
def sheet(
    trace, indices, *, columns=("x", "y"), dims=(0, 1), size=(12.0, 7.0), n_columns=3, ghosts=False
) -> Figure:
    """Several half-steps of a trace side by side, each titled with its name.

    ghosts=True keeps the ellipses of the step before, dashed, where an M-step moved them. An M-step has its
    own name where an E-step stands beside it.
    """
    indices = [from_start(check_trace(trace), index) for index in indices]
    n_rows = -(-len(indices) // n_columns)
    figure, axes = blank(n_rows, n_columns, size)
    steps = [trace.steps[index] for index in indices]
    beside = any(step.kind == "E" for step in steps if step is not trace.steps[-1])
    moved = "M-step" if beside else "After iteration"
    for ax, index in zip(axes, indices, strict=False):
        step = trace.steps[index]
        title = "End" if step is trace.steps[-1] else _title(step, moved)
        style_axes(ax, f"{title}: {step.log_likelihood:.1f}")
        panel = Panel1D(ax, trace) if trace.X.shape[1] == 1 else Panel2D(ax, trace, dims)
        panel.show(step, trace.steps[max(index - 1, 0)] if ghosts else step)
    for ax in axes[len(indices) :]:
        ax.set_visible(False)
    figure.supxlabel(drawable(columns[0]), fontsize=FONT)
    figure.supylabel(drawable(columns[1]), fontsize=FONT)
    panels = [f"{describe(trace, index)}. {in_words(trace.steps[index].mixture)}" for index in indices]
    return described(figure, f"{count(len(indices), 'panel')}. {' '.join(panels)}")


@own_settings()
def time_chart(sizes, seconds, *, size=(9.0, 4.5)) -> Figure:
    """Seconds against size on log axes; `seconds` maps a name to times for the sizes, or the first few."""
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "One EM iteration", "points N", "milliseconds")
    for k, (name, times) in enumerate(seconds.items()):
        milliseconds = 1e3 * np.asarray(times)
        style = {"color": LINE_COLORS[k], "marker": MARKS[k], "ms": 8, "mfc": COLORS[k]}
        ax.loglog(sizes[: len(times)], milliseconds, label=name, **style)
    legend(ax)
    ax.set_xticks(sizes, [str(n) for n in sizes])
    ax.minorticks_off()
    ax.yaxis.set_major_formatter("{x:g}")
    ax.grid(axis="y", color="#DDDDDD")
    shown = f"Milliseconds of one EM iteration against {count(len(sizes), 'number')} of points, on log axes"
    return described(figure, f"{shown}: a line for {listed(seconds)}.")


def _title(step, moved):
    return "Start" if step.kind == "start" else f"{ {'E': 'E-step', 'M': moved}[step.kind] } {step.iteration}"

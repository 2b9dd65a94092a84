"""Pictures that set runs side by side: final scores, endings, and broken traces."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..gaussian import ellipse_axes
from ..plots import FONT, GREY, OUTLINE, PINK, style_axes
from ..validate import check_trace
from ..views import Panel1D, Panel2D
from ..words import count, letter
from .doors import named
from .parts import blank, described, legend

BARS = (
    ("best", {"color": OUTLINE}),
    ("other ends", {"color": "#B5B5B5"}),
    ("collapsed", {"color": "white", "hatch": "////"}),
)
DARK = {"color": OUTLINE, "marker": "o", "ms": 6, "lw": 1.8}
DASHED = {"color": GREY, "marker": "s", "ms": 6, "lw": 1.8, "ls": "--"}


def lottery(ends, *, near=0.1, n_bars=45, size=(9.0, 4.5)) -> Figure:
    """Histograms of final log-likelihoods, one row for each way to start.

    ends maps a name to traces. A run that did not collapse, and is within `near` nats of the best of
    all such runs, wins.
    """
    ends = {name: [*map(check_trace, traces)] for name, traces in named("ends", ends).items()}
    figure, axes = blank(len(ends), 1, size)
    scores = {name: np.array([trace.log_likelihood for trace in traces]) for name, traces in ends.items()}
    gone = {name: np.array([t.status == "collapsed" for t in traces]) for name, traces in ends.items()}
    best = max((score for name in ends for score in scores[name][~gone[name]]), default=np.inf)
    together = np.concatenate(list(scores.values()))
    edges = np.linspace(together.min() - 0.5, together.max() + 0.5, n_bars + 1)
    for ax, name in zip(axes, ends, strict=True):
        wins = ~gone[name] & (scores[name] > best - near)
        style_axes(ax, f"{name}: {tally(wins)}", ylabel="runs")
        heights = stack_runs(ax, scores[name], (wins, ~gone[name] & ~wins, gone[name]), edges)
        ax.set(xlim=edges[[0, -1]], ylim=(0, 1.15 * heights.max()))
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        legend(ax, fontsize=12, loc="upper left", ncols=3, columnspacing=1.2)
    axes[-1].set_xlabel("final log-likelihood", fontsize=FONT, color=OUTLINE)
    return figure


def tally(wins) -> str:
    """ "1 of 10 runs wins", of wins (N,) as booleans."""
    return f"{wins.sum()} of {count(len(wins), 'run')} {'wins' if wins.sum() == 1 else 'win'}"


def stack_runs(ax, scores, kinds, edges) -> np.ndarray:
    """Stacked bars of final log-likelihoods (N,), by three masks (N,) as in BARS; returns the heights."""
    middles, width = (edges[1:] + edges[:-1]) / 2, edges[1] - edges[0]
    heights = np.zeros(len(middles), dtype=int)
    for (label, style), kind in zip(BARS, kinds, strict=True):
        more, _ = np.histogram(scores[kind], edges)
        some = more > 0
        if some.any():
            style = style | {"label": label, "ec": OUTLINE, "lw": 0.8}
            ax.bar(middles[some], more[some], width, heights[some], **style)
        heights += more
    return heights


def endings(traces, titles, *, columns=("x", "y"), size=(12.0, 4.5)) -> Figure:
    """Where several runs ended, side by side: histogram and curves in 1-D, ellipses in 2-D."""
    traces = [*map(check_trace, traces)]
    figure, axes = blank(1, len(traces), size)
    for ax, trace, title in zip(axes, traces, titles, strict=True):
        last = trace.steps[-1]._replace(responsibilities=trace.responsibilities)
        style_axes(ax, title)
        panel = Panel1D(ax, trace) if trace.X.shape[1] == 1 else Panel2D(ax, trace)
        panel.show(last, last)
    figure.supxlabel(columns[0], fontsize=FONT)
    figure.supylabel("density" if traces[0].X.shape[1] == 1 else columns[1], fontsize=FONT)
    panels = [f"{title}: {lying(trace.mixture)}" for title, trace in zip(titles, traces, strict=True)]
    return described(figure, f"Where {count(len(traces), 'run')} ended, side by side. {' '.join(panels)}")


def lying(mixture) -> str:
    """Where the components of a 1-D or 2-D mixture lie: "A around (5, 0.1), 0.9 by 0.6."."""
    told = []
    for k, (mean, covariance) in enumerate(zip(mixture.means, mixture.covariances, strict=True)):
        if len(mean) == 1:
            place, size = f"{mean[0]:.3g}", f"deviation {np.sqrt(covariance[0, 0]):.2g}"
        else:
            place = f"({', '.join(f'{x:.3g}' for x in mean)})"
            size = " by ".join(f"{axis:.2g}" for axis in ellipse_axes(covariance).lengths)
        told.append(f"{letter(k)} around {place}, {size}")
    return f"{'; '.join(told)}."


def shrinking(deviations, scores, honest, *, size=(9.0, 4.5)) -> Figure:
    """Log-likelihood against the deviation of one component, narrower to the right; a line at `honest`."""
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "B alone on one point", "deviation s of B", "log-likelihood")
    ax.semilogx(deviations, scores, label="B on the outlier alone", **DARK)
    ax.axhline(honest, color=PINK, lw=2, label="A and B on the crowd")
    ax.invert_xaxis()
    ax.minorticks_off()
    legend(ax, loc="upper left")
    ax.set_ylim(None, max(scores) + 0.3 * np.ptp(scores))
    return figure


def broken_traces(right, broken, *, size=(12.0, 7.0)) -> Figure:
    """One panel for each broken run: its log-likelihoods, and those of the right run dashed."""
    figure, axes = blank(2, -(-len(named("broken", broken)) // 2), size)
    for ax, (name, scores) in zip(axes, broken.items(), strict=False):
        style_axes(ax, f"Trace {name}", "iteration", "log-likelihood")
        ax.plot(np.arange(len(right)), right, label="right EM", **DASHED | {"ms": 4})
        ax.plot(np.arange(len(scores)), scores, label=name, **DARK)
        legend(ax, fontsize=12, loc="center right")
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    for ax in axes[len(broken) :]:
        ax.set_visible(False)
    return figure

"""Pictures that set runs side by side: final scores, endings, and broken traces."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..plots import FONT, GREY, OUTLINE, PINK, style_axes
from ..validate import check_trace
from ..views import Panel1D, Panel2D, in_words
from ..words import count, number
from .doors import named
from .parts import blank, described, legend

BARS = (
    ("best", {"color": OUTLINE}),
    ("other ends", {"color": "#B5B5B5"}),
    ("collapsed", {"color": "white", "hatch": "////"}),
)
DARK = {"color": OUTLINE, "marker": "o", "ms": 6, "lw": 1.8}
DASHED = {"color": GREY, "marker": "s", "ms": 6, "lw": 1.8, "ls": "--"}
SEEN = 1e-3  # of a curve's height: what can be seen of a change


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
    rows = []
    for ax, name in zip(axes, ends, strict=True):
        wins = ~gone[name] & (scores[name] > best - near)
        style_axes(ax, f"{name}: {tally(wins)}", ylabel="runs")
        heights = stack_runs(ax, scores[name], (wins, ~gone[name] & ~wins, gone[name]), edges)
        ax.set(xlim=edges[[0, -1]], ylim=(0, 1.15 * heights.max()))
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        legend(ax, fontsize=12, loc="upper left", ncols=3, columnspacing=1.2)
        rows.append(f"{name}: {tally(wins)}{_lost(gone[name])}. {_bars(scores[name], heights, edges)}")
    axes[-1].set_xlabel("final log-likelihood", fontsize=FONT, color=OUTLINE)
    shown = f"{count(len(ends), 'histogram')} of final log-likelihoods"
    return described(figure, f"{shown}. {' '.join(rows)}")


def _lost(gone):
    return f", {gone.sum()} collapsed" if gone.any() else ""


def _bars(scores, heights, edges):
    """Where the ends lie, and where the highest bar is."""
    top = heights.argmax()
    middle = (edges[top] + edges[top + 1]) / 2
    ends = f"The ends lie between {scores.min():.1f} and {scores.max():.1f}"
    bars = f"in {count(np.sum(heights > 0), 'bar')}"
    return f"{ends}, {bars}; the highest, of {count(heights[top], 'run')}, is near {middle:.1f}."


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
    panels = [f"{title}: {in_words(trace.mixture)}" for title, trace in zip(titles, traces, strict=True)]
    return described(figure, f"Where {count(len(traces), 'run')} ended, side by side. {' '.join(panels)}")


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
    return described(figure, f"{_narrowing(deviations, scores)} {_beside_level(scores, honest)}")


def _narrowing(deviations, scores):
    steady = "A line that rises at every step" if np.all(np.diff(scores) > 0) else "A line"
    begin, end = (f"{scores[i]:.1f} at deviation {number(deviations[i])}" for i in (0, -1))
    return f"{steady}, as B gets narrower, from {begin} to {end}."


def _beside_level(scores, honest):
    above = f"above it at {np.sum(np.asarray(scores) > honest)} of {count(len(scores), 'mark')}"
    return f"A level line at {honest:.1f} is where A and B share the crowd; the other is {above}."


def broken_traces(right, broken, *, size=(12.0, 7.0)) -> Figure:
    """One panel for each broken run: its log-likelihoods, and those of the right run dashed."""
    n_columns = min(2, len(named("broken", broken)))
    figure, axes = blank(-(-len(broken) // n_columns), n_columns, size)
    for ax, (name, scores) in zip(axes, broken.items(), strict=False):
        style_axes(ax, f"Trace {name}", "iteration", "log-likelihood")
        ax.plot(np.arange(len(right)), right, label="right EM", **DASHED | {"ms": 4})
        ax.plot(np.arange(len(scores)), scores, label=name, **DARK)
        legend(ax, fontsize=12, loc="center right")
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    for ax in axes[len(broken) :]:
        ax.set_visible(False)
    lines = [f"Trace {name}: {_course(scores)}, {_beside(scores, right)}." for name, scores in broken.items()]
    panels = f"{count(len(broken), 'panel')}, each with right EM dashed: {_course(right)}."
    return described(figure, f"{panels} {' '.join(lines)}")


def _course(scores):
    """How log-likelihoods go: "-541.3 at the start, ..., -318.8 at the end, never down"."""
    scores = np.asarray(scores, dtype=float)
    little = SEEN * max(np.ptp(scores), 1.0)
    falls, moving = np.sum(np.diff(scores) < -little), np.flatnonzero(np.abs(scores - scores[-1]) > little)
    level = moving[-1] + 1 if len(moving) else 0
    said = [f"{scores[0]:.1f} at the start"]
    said += [f"{scores[1]:.1f} after iteration 1"] if len(scores) > 2 else []
    said += [f"{scores[-1]:.1f} at the end"]
    said += [f"down in {count(falls, 'iteration')}" if falls else "never down"]
    said += [f"level from iteration {level} on"] if level < len(scores) - 1 else []
    return ", ".join(said)


def _beside(scores, right):
    gap = scores[-1] - right[-1]
    if abs(gap) < 0.1:
        return "ending level with it"
    return f"ending {abs(gap):.1f} {'above' if gap > 0 else 'below'} it"

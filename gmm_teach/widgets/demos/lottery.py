"""Demo Lottery: each start climbs to an optimum near it, and only some starts find the best one."""

from functools import lru_cache, partial

import numpy as np
from matplotlib.ticker import MaxNLocator

from ...diagnosis import quietly
from ...em import run_em
from ...engine import fast
from ...figures.comparisons import stack_runs, tally
from ...figures.parts import blank, legend
from ...frames import thinned
from ...plots import PINK, own_settings, style_axes
from ...starts import STARTS, check_enough_points
from ...trace import Trace
from ...views import describe
from ..controls import choice, field, grid, slider
from ..live import Live
from ..pieces import FIRST, PIECE, a_piece
from ..readers_data import YOURS, Source, check_dims_of, check_few, loaded, panel, sources
from ..scene import Scene, whole

OF_LIMITS = {"ring": 6, "half_moons": 4, "uniform": 3, "cigars": 3, "with_outliers": 2}
COMPONENTS = {"pairs5": 5, "three_blobs": 3, "document_c": 3} | OF_LIMITS
OF_X = 3  # components of a reader's own data
MAX_ITER = 500  # the slowest of these runs needs 491
NEAR = 0.1  # nats below the best that still count as the best
N_BARS = 45
MOST = 60  # pictures in a film: a slow run has hundreds of half-steps that look alike


def run(data, start, seed, **options) -> Trace:
    """The `Trace` of one run, on data of a name or a reader's `Source`."""
    X = loaded(data).X
    K = data.K if isinstance(data, Source) else COMPONENTS[data]
    first = STARTS[start](X, K, seed)
    return whole(quietly(run_em, X, first, engine=fast, max_iter=MAX_ITER, **options))


@lru_cache(maxsize=1000)
def ending(data, start, seed) -> tuple[float, bool]:
    """Where a run ends: its log-likelihood, and whether it collapsed."""
    trace = run(data, start, seed, record="scores")
    return trace.log_likelihood, trace.status == "collapsed"


class Lottery(Scene):
    """Final log-likelihoods of many runs, beside the film of one of them."""

    name = "Demo: lottery"
    stored = grid(seed=range(10))
    clickable = (0,)

    key, work = None, None

    @own_settings()
    def __init__(self, own=None, dims=(0, 1)):
        self.sources, self.dims = own or sources(COMPONENTS, None, None), dims
        names = list(self.sources)
        self.controls = (
            choice("data", "Data", names, YOURS if YOURS in names else "pairs5"),
            choice("start", "Start", STARTS, "random_points"),
            slider("runs", "Runs", 10, 100, 10, 10, "How many seeds, from 0 on, are in the histogram"),
            field("seed", "Seed", 0, 99, 0, "The run whose film is shown"),
        )
        self.figure, (self.bars, self.map) = blank(1, 2, margins={"wspace": 0.18})

    def compute(self, values) -> None:
        """Make the runs that are asked for, a piece at a time, and that of the film."""
        key = values["data"], values["start"], values["seed"]
        wanted = int(values["runs"])
        source = self.sources[values["data"]]
        work = *key[:2], wanted
        seconds, self.work = PIECE if work == self.work else FIRST, work
        ends = a_piece((partial(ending, source, key[1], seed) for seed in range(wanted)), seconds)
        self.incomplete = len(ends) < wanted
        self.so_far = f" ({len(ends)} of {wanted} runs so far)" if self.incomplete else ""
        self.reached, collapsed = (np.array(column) for column in zip(*ends, strict=True))
        self.best = self.reached[~collapsed].max(initial=-np.inf)
        wins = ~collapsed & (self.reached > self.best - NEAR)
        self.kinds = wins, ~collapsed & ~wins, collapsed
        self.tally = tally(wins)
        if key != self.key:
            self.key, self.trace = key, run(source, *key[1:])
            self.shown, self.panel = thinned(self.trace, most=MOST), None

    def change(self, values) -> None:
        """Draw the bars, and the film of one run."""
        if self.panel is None:
            self.index = len(self.shown) - 1
            self._draw_map()
        self._draw_bars()
        captions = [describe(self.trace, i) for i in self.shown[:-1]]
        captions.append(self.tally if self.incomplete else self._verdict())
        self.captions = [caption + self.so_far for caption in captions]
        self.notes = ["\n".join(self._notes())] * len(self.captions)
        self.camera = None

    def show(self, index) -> None:
        """Move to picture `index` of the chosen run."""
        i = self.shown[index]
        self.panel.show(self.trace.steps[i], self.trace.steps[max(i - 1, 0)])

    def click(self, values, x, y) -> dict:
        """A click on a bar opens the next of its runs."""
        bars = self._bar_of(self.reached)
        members = np.flatnonzero(bars == bars[np.abs(bars - self._bar_of(x)).argmin()])
        later = members[members > values["seed"]]
        return {"seed": int([*later, *members][0])}

    def _bar_of(self, score):
        return np.clip(np.searchsorted(self.edges, score, side="right") - 1, 0, N_BARS - 1)

    def _draw_bars(self):
        ax, ends = self.bars, [*self.reached, self.trace.log_likelihood]
        room = max(0.06 * np.ptp(ends), 0.5)
        self.edges = np.linspace(min(ends) - room, max(ends) + room, N_BARS + 1)
        ax.clear()
        style_axes(ax, self.tally, "final log-likelihood", "runs")
        heights = stack_runs(ax, self.reached, self.kinds, self.edges)
        bar, top = self._bar_of(self.trace.log_likelihood), heights.max()
        middle = (self.edges[bar] + self.edges[bar + 1]) / 2
        ax.plot(middle, heights[bar] + 0.04 * top, "v", ms=12, color=PINK, label=f"seed {self.key[2]}")
        ax.set(xlim=self.edges[[0, -1]], ylim=(0, 1.45 * top))
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        legend(ax, fontsize=12, loc="upper left", ncols=2, columnspacing=1.2)

    def _draw_map(self):
        self.map.clear()
        title = f"The run from seed {self.key[2]}"
        self.panel = panel(self.map, self.trace, self.sources[self.key[0]], self.dims, title)
        self.moving = self.panel.artists

    def _verdict(self):
        trace, lost = self.trace, self.best - self.trace.log_likelihood
        head = f"{self.tally}; seed {self.key[2]} {trace.status} at {trace.log_likelihood:.2f}"
        if trace.status == "collapsed":
            return f"{head}: a collapse is no fit, and cannot win"
        if lost <= NEAR:
            return f"{head}, the best here; another start may beat it"
        return f"{head}, {lost:.2f} below: converged is not best"

    def _notes(self):
        trace, N = self.trace, len(self.trace.X)
        first, last = trace.steps[0].log_likelihood, trace.log_likelihood
        yield trace.message
        yield f"It rose from {first:.2f} to {last:.2f}: a run that climbs need not end right."
        yield f"Its smallest component holds {N * trace.mixture.weights.min():.1f} of {N} points."
        yield from trace.warnings


def lottery(X=None, *, K=None, columns=None, dims=(0, 1), hide=(), **presets) -> Live:
    """Demo: how high EM ends from many seeds; a click on a bar opens the film of one of its runs.

    X (N, D), an array, a DataFrame or a `Dataset`, are data of your own, fitted with K components, up to 8,
    or else 3; columns and dims name its columns and choose the two that are shown, as in `explorer`. Without
    X, K is for each of the course's data, which are otherwise fitted with two to six.
    """
    K = K if K is None else check_few("K", K)
    own = sources(COMPONENTS, X, columns, OF_X if K is None and X is not None else K)
    dims = check_dims_of(own, dims)
    if X is not None:
        check_enough_points(own[YOURS].data.X, own[YOURS].K)
    return Live(Lottery(own, dims), hide=hide, **presets)

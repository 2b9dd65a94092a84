"""Demo How-many: AIC, BIC and held-out points choose K, each in its own way."""

from functools import lru_cache, partial

import numpy as np
from matplotlib.ticker import MaxNLocator

from ...diagnosis import quietly
from ...engine import fast
from ...figures.parts import blank, legend
from ...params import COVARIANCE_TYPES
from ...plots import FONT, GREY, OUTLINE, PINK, own_settings, style_axes
from ...restarts import fit
from ...selection import aic, bic, held_out, n_parameters
from ...trace import Trace
from ...words import count
from ..controls import choice, grid, slider, tick_box
from ..live import Live
from ..pieces import FIRST, PIECE, a_piece
from ..readers_data import YOURS, check_dims_of, loaded, panel, sources
from ..scene import Scene, whole

OF_LIMITS = ("ring", "half_moons", "uniform", "cigars", "with_outliers")
DATA = ("document_c", "three_blobs", "old_faithful", "cross", *OF_LIMITS)
KS = np.arange(1, 9)
FEWEST = 20  # points of a reader's own: fewer say nothing of eight components
OVERLAYS = {"overlays": ("contours", "ellipses")}
STYLES = ({"color": OUTLINE, "marker": "o"}, {"color": GREY, "marker": "s", "ls": "--"})


@lru_cache(maxsize=4000)
def one_run(data, covariance, K, seed) -> Trace:
    """The `Trace` from one k-means start, of which only the last step is kept."""
    options = {"covariance_type": covariance, "engine": fast, "record": "scores"}
    trace = whole(quietly(fit, loaded(data).X, K, starts=1, seed=seed, **options))
    return trace._replace(steps=trace.steps[-1:])


def best_of(runs) -> Trace:
    """The best of several runs, as `fit` chooses it: a collapsed one loses to any other."""
    return max(runs, key=lambda trace: (trace.status != "collapsed", trace.log_likelihood))


@lru_cache(maxsize=200)
def unseen(data, covariance, K) -> float:
    """Held-out log-likelihood per point: five folds, one start each."""
    options = {"covariance_type": covariance, "engine": fast, "record": "scores"}
    return quietly(held_out, loaded(data).X, K, starts=1, **options)


class HowMany(Scene):
    """Two scores to make small, two log-likelihoods to make large, and the fit of one K."""

    name = "Demo: how many"
    stored = grid(K=range(1, 9))
    clickable = (1, 2)

    setting, fitted, lines, drawn = None, (), None, None

    @own_settings()
    def __init__(self, own=None, dims=(0, 1)):
        self.sources, self.dims = own or sources(DATA, None, None), dims
        self.controls = (
            choice("data", "Data", list(self.sources), next(iter(self.sources))),
            choice("covariance", "Covariance", COVARIANCE_TYPES, "full"),
            slider("K", "K", 1, 8, 3, title="The fit that is drawn"),
            slider("starts", "Starts", 1, 20, 1, title="k-means starts of each fit"),
            tick_box("held_out", "held-out", True, "Five folds, one start each"),
        )
        apart = 0.32 if YOURS in self.sources else 0.24  # a reader's numbers may be longer
        margins = {"left": 0.125, "wspace": apart, "hspace": 0.35}
        self.figure, (self.map, self.top, self.bottom) = blank(2, 2, tall=1, margins=margins)

    def compute(self, values) -> None:
        """Fit what is not fitted yet, a piece at a time."""
        setting = {name: values[name] for name in ("data", "covariance", "starts", "held_out")}
        if setting != self.setting or self.incomplete:
            seconds = PIECE if setting == self.setting else FIRST
            self._score(seconds, K=values["K"], **setting)
            self.setting, self.lines = setting, None

    def change(self, values) -> None:
        """Draw the curves and one fit."""
        if self.lines is None:
            self._draw_curves(self.top, ("AIC", "BIC"), "lower is\nbetter")
            self._draw_curves(self.bottom, ("training", "held-out"), "log-likelihood\nper point")
            self.bottom.set_xlabel("components K", fontsize=FONT, color=OUTLINE)
            self.lines = [ax.axvline(1, color=PINK, lw=2, zorder=1) for ax in (self.top, self.bottom)]
            self.camera = None
        for line in self.lines:
            line.set_xdata([values["K"]] * 2)
        self._draw_fit(self.traces[values["K"]], values)
        self.captions, self.notes = [self._caption()], ["\n".join(self._notes(values["K"]))]

    def click(self, values, x, y) -> dict:
        """A click on the curves shows the fit of the nearest K."""
        return {"K": round(x)}

    def _score(self, seconds, K, data, covariance, starts, held_out):
        """Each K's best trace so far; each score's curve, NaN where all starts collapsed, and best K."""
        data = self.sources[data]
        runs = [(one_run, data, covariance, one, seed) for seed in range(starts) for one in KS]
        runs.sort(key=lambda run: run[3:] != (K, 0))  # what is drawn comes first
        calls = runs + [(unseen, data, covariance, one) for one in KS] * held_out
        results = dict(zip(calls, a_piece((partial(*call) for call in calls), seconds), strict=False))
        self.incomplete = len(results) < len(calls)
        self.progress = f" ({len(results)} of {len(calls)} fits so far)" if self.incomplete else ""
        made = {one: [results[run] for run in runs if run[3] == one and run in results] for one in KS}
        self.traces = {int(one): best_of(traces) for one, traces in made.items() if traces}
        self.collapsed = np.array([self._collapsed(one) for one in KS])
        scores = {"AIC": aic, "BIC": bic, "training": lambda trace: trace.log_likelihood / len(trace.X)}
        self.curves = {name: quietly(self._curve, score) for name, score in scores.items()}
        if held_out:
            self.curves["held-out"] = np.array(
                [results.get((unseen, data, covariance, one), np.nan) for one in KS]
            )
        least = ("AIC", "BIC")
        best = {name: np.nanargmin if name in least else np.nanargmax for name in self.curves}
        scored = {name: curve for name, curve in self.curves.items() if not np.isnan(curve).all()}
        self.picks = {name: int(KS[best[name](curve)]) for name, curve in scored.items()}

    def _collapsed(self, K):
        return K in self.traces and self.traces[K].status == "collapsed"

    def _curve(self, score):
        fits = {K: trace for K, trace in self.traces.items() if not self._collapsed(K)}
        return np.array([score(fits[K]) if K in fits else np.nan for K in KS])

    def _draw_curves(self, ax, names, label):
        ax.clear()
        style_axes(ax, ylabel=label)
        for name, style in zip(names, STYLES, strict=True):
            if name in self.picks:
                best, curve = self.picks[name], self.curves[name]
                ax.plot(KS, curve, ms=5, lw=1.8, label=f"{name}: {best}", **style)
                ax.plot(best, curve[best - 1], ms=14, mfc="none", mew=2.5, **style)
        gone = KS[self.collapsed]
        if len(gone):
            style = {"ls": "", "marker": "x", "ms": 9, "mew": 2.5, "color": PINK}
            style |= {"transform": ax.get_xaxis_transform(), "label": "collapsed" if ax is self.top else None}
            ax.plot(gone, np.full(len(gone), 0.06), **style)
        ax.margins(y=0.15)
        ax.set_xticks(KS)
        ax.yaxis.set_major_locator(MaxNLocator(4))
        above = {"loc": "lower center", "bbox_to_anchor": (0.5, 0.97), "borderaxespad": 0}
        if ax.get_legend_handles_labels()[0]:  # none where all fits so far have collapsed
            legend(ax, fontsize=12, ncols=3, columnspacing=1.2, handletextpad=0.5, **above)

    def _draw_fit(self, trace, values):
        for artist in self.fitted:
            artist.remove()
        one_d = trace.X.shape[1] == 1
        if one_d or values["data"] != self.drawn:  # a histogram is no artist that could be moved
            self.drawn, self.camera = values["data"], None
            self.map.clear()
        title, source = f"K={values['K']}, {values['covariance']}", self.sources[values["data"]]
        made = panel(self.map, trace, source, self.dims, title, **{} if one_d else OVERLAYS)
        made.show(trace.steps[-1]._replace(responsibilities=trace.responsibilities), None)
        self.fitted = made.artists
        self.moving = (*self.lines, *made.artists, self.map.title)

    def _caption(self):
        judges = [name for name in ("BIC", "AIC", "held-out") if name in self.picks]
        chosen = ", ".join(f"{self.picks[name]} by {name}" for name in judges)
        truth = loaded(self.sources[self.setting["data"]]).truth
        made = f"; made from {truth.n_components}" if truth else ""
        moral = (
            ": components are not clusters" if truth and self.picks.get("BIC") != truth.n_components else ""
        )
        return f"{self.setting['covariance'].capitalize()}, best K: {chosen}{made}{moral}{self.progress}"

    def _notes(self, K):
        trace = self.traces[K]
        D = trace.X.shape[1]
        p = n_parameters(K, D, trace.covariance_type)
        scores = {"log-likelihood": trace.log_likelihood}
        scores |= {name: self.curves[name][K - 1] for name in ("AIC", "BIC") if not self.collapsed[K - 1]}
        yield f"K={K}: {', '.join(f'{name} {score:.2f}' for name, score in scores.items())}."
        shapes = p - (K - 1) - K * D
        yield f"{p} free parameters: {K - 1} in the weights, {K * D} in the means, {shapes} in the shapes."
        drops = KS[:-1][np.diff(self.curves["training"]) < -1e-6]
        if len(drops):
            fall = f"From K={drops[0]} to {drops[0] + 1} the training log-likelihood falls"
            yield f"{fall}: the best of these starts missed a better fit."
        else:
            yield "With good starts the training log-likelihood never falls with K: it cannot choose K."
        if trace.status != "converged":
            yield trace.message


def how_many(X=None, *, columns=None, dims=(0, 1), hide=(), **presets) -> Live:
    """Demo: AIC, BIC, training and held-out log-likelihood for K = 1 to 8, and the fit of one K.

    X (N, D), an array, a DataFrame or a `Dataset` of 20 points or more, are data of your own; columns and
    dims name its columns and choose the two that are shown, as in `explorer`.
    """
    own = sources(DATA, X, columns)
    dims = check_dims_of(own, dims)
    if X is not None and len(own[YOURS].data.X) < FEWEST:
        raise ValueError(
            f"X must have {FEWEST} points or more, to be fitted with up to {KS[-1]} components; "
            f"got {count(len(own[YOURS].data.X), 'point')}"
        )
    return Live(HowMany(own, dims), hide=hide, **presets)

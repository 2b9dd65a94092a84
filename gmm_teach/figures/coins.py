"""A run of EM on tosses of coins, to be played as a film (notebook 12)."""

from ..arguments import own_errors
from ..plots import FONT, LINE_COLORS, OUTLINE, check_n_components, own_settings, style_axes
from ..plots.marks import Letters, soft_colors
from ..validate import check_count, check_kind
from ..views import ScoreTrace, describe, from_start
from ..words import letter
from .parts import blank

ROOM = {"left": 0.085, "right": 0.985, "top": 0.88, "bottom": 0.135, "wspace": 0.3}


class Coins:
    """Series of tosses and the chances of K coins beside the log-likelihood, as a `View` of a trace.

    The trace is one of `gt.run_model`: X (N, 1) are the heads of each series, parameters the chances of
    heads (K,). Each series has so many `tosses`.
    """

    def __init__(self, trace, *, tosses=10, title="", caption=False, size=(9.0, 4.5), dpi=100):
        check_kind("title", title, str)
        check_count("tosses", tosses)
        K = check_n_components(len(trace.mixture))
        self.trace, self.caption = trace, None
        with own_errors(), own_settings():
            self.figure, (ax, score_ax) = blank(1, 2, size, widths=(1.25, 1), margins=ROOM)
            self.figure.set_dpi(dpi)
            style_axes(ax, title, "share of heads; chance of heads", "series")
            N = len(trace.X)
            ax.set(xlim=(0, 1), ylim=(N + 0.6, -0.4), yticks=range(1, N + 1))
            self.points = ax.scatter(
                trace.X[:, 0] / tosses, range(1, N + 1), s=420, edgecolors=OUTLINE, linewidths=1.2, zorder=3
            )
            self.chances = [ax.axvline(0, color=LINE_COLORS[k], lw=2.6, zorder=2) for k in range(K)]
            self.letters = Letters(ax, K)
            style_axes(score_ax, "Log-likelihood", "iteration")
            self.scores = ScoreTrace(score_ax, trace, words=False)
        self.moving = [*self.chances, self.points, *self.letters.artists, *self.scores.artists]
        if caption:
            self.figure.subplots_adjust(bottom=0.235)
            self.caption = self.figure.text(0.5, 0.03, "", ha="center", fontsize=FONT + 1, color=OUTLINE)
            self.moving.append(self.caption)

    def show(self, index) -> None:
        """Move to half-step `index`."""
        step = self.trace.steps[from_start(self.trace, index)]
        shares = step.responsibilities
        self.points.set_facecolor("white" if shares is None else soft_colors(shares))
        for line, chance in zip(self.chances, step.mixture, strict=True):
            line.set_xdata([chance, chance])
        self.letters.show([[chance, 0.1] for chance in step.mixture])
        self.scores.show(index)
        if self.caption:
            self.caption.set_text(self.describe(index))

    @staticmethod
    def in_words(step) -> str:
        """Where the lines of a step stand."""
        return f"{'; '.join(f'{letter(k)} at {chance:.2f}' for k, chance in enumerate(step.mixture))}."

    def describe(self, index) -> str:
        """What the half-step did."""
        return describe(self.trace, index, shapes="chances")

"""The course's colours, marks and letters, and the style of its axes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.markers import MarkerStyle
from matplotlib.ticker import MaxNLocator, ScalarFormatter
from matplotlib.transforms import IdentityTransform

from ..arguments import own_errors, responsibilities_of
from ..mixture import entropy
from ..params import Mixture
from ..validate import array_of, check_count, check_data, check_kind, check_mixture, floats
from ..words import letter
from .fonts import drawable

COLORS = ("#012A60", "#F0A001", "#9660FE", "#9E2A1A", "#ADD6E0", "#3B7376", "#AA9585", "#5F333E")
LINE_COLORS = (*COLORS[:1], "#CA8601", *COLORS[2:4], "#7B989F", COLORS[5], "#A59181", COLORS[7])
CIRCLE = (12, 0, 0)  # twelve corners: a circle to the eye, and drawn in half the time
MARKS = (CIRCLE, "s", "^", "D", "v", "P", "X", "*")
OUTLINE = "#222222"
GREY = "#8A8A8A"
PINK = "#D02090"  # what the reader has picked, or should see first
FONT = 13  # points; 18 px in a 720p picture at 100 dpi
RGB = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in COLORS]) / 255  # (8, 3)


def soft_colors(responsibilities) -> np.ndarray:
    """Colours (N, 3) that show responsibilities (N, K).

    Up to three components mix their colours in proportion; from four on, a point takes the colour
    of its strongest component, faded to grey as its entropy grows. Raises ValueError above eight.
    """
    r = check_shares(responsibilities)
    K = check_n_components(r.shape[1])
    with own_errors():
        if K <= 3:
            return np.clip(r @ RGB[:K], 0, 1)
        fade = entropy(r)[:, np.newaxis] / np.log(K)
        return np.clip((1 - fade) * RGB[r.argmax(axis=1)] + fade * 0.6, 0, 1)


def style_axes(ax, title="", xlabel="", ylabel="") -> Axes:
    """Titles and labels in the course's size, and no box around the picture; returns the Axes."""
    for name, text in {"title": title, "xlabel": xlabel, "ylabel": ylabel}.items():
        check_kind(name, text, str)
    ax.set_title(drawable(title), fontsize=FONT, color=OUTLINE, y=1)  # no search for room: ticks are below
    ax.set_xlabel(drawable(xlabel), fontsize=FONT, color=OUTLINE)
    ax.set_ylabel(drawable(ylabel), fontsize=FONT, color=OUTLINE)
    ax.tick_params(labelsize=12, colors=OUTLINE)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(plain_numbers())
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_zorder(0)  # below all that moves, as in a film's background
    return ax


def plain_numbers() -> ScalarFormatter:
    """Numbers at ticks written out, so that none is read without an offset that stands elsewhere."""
    formatter = ScalarFormatter(useOffset=False)
    formatter.set_powerlimits((-4, 6))
    return formatter


def set_limits(ax, X, margin=0.08) -> np.ndarray:
    """Show all of X (N, 1) or (N, 2), with a margin on each side; returns the limits (2, D)."""
    X = check_columns_of(check_data(X), 1, 2)
    low, high = X.min(axis=0), X.max(axis=0)
    room = margin * np.where(high > low, high - low, 1.0)
    limits = np.array([low - room, high + room])
    ax.set_xlim(limits[:, 0])
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))  # few enough for six digits each
    if X.shape[1] > 1:
        ax.set_ylim(limits[:, 1])
    return limits


class Letters:
    """The letters A, B, ... of the components, each in a white disc; later ones cover earlier ones."""

    def __init__(self, ax, n_components):
        self.n_components = check_n_components(n_components)
        marks, edges = [], []
        for k in range(n_components):
            marks += [MarkerStyle("o"), MarkerStyle(f"$\\mathbf{{{letter(k)}}}$")]
            edges += [LINE_COLORS[k], "none"]
        self.marks = PathCollection(
            [mark.get_path().transformed(mark.get_transform()) for mark in marks],
            sizes=[290, 100] * n_components,
            facecolors=["white", OUTLINE] * n_components,
            edgecolors=edges,
            linewidths=1.5,
            offsets=np.zeros((0, 2)),
            offset_transform=ax.transData,
            zorder=5,
        )
        self.marks.set_transform(IdentityTransform())  # sizes are points^2
        ax.add_collection(self.marks, autolim=False)
        self.artists = [self.marks]

    def show(self, positions) -> None:
        """Move the letters to positions (K, 2)."""
        if np.shape(positions) != (self.n_components, 2):
            raise ValueError(f"positions must be ({self.n_components}, 2), got {np.shape(positions)}")
        self.marks.set_offsets(np.repeat(positions, 2, axis=0))


def check_n_components(n_components) -> int:
    """Return it as an int, or raise an error if there are no colours for so many."""
    K = check_count("n_components", n_components)
    if len(COLORS) < K:
        raise ValueError(f"there are colours for up to {len(COLORS)} components, got {K}")
    return K


def check_columns_of(X, *allowed) -> np.ndarray:
    """Return X as float64 (N, D), or raise an error unless D is one of those allowed."""
    X = floats("X", array_of(X))
    if X.ndim != 2 or X.shape[1] not in allowed:
        shapes = " or ".join(f"(N, {D})" for D in allowed)
        raise ValueError(f"X must have shape {shapes} to be drawn here, got {X.shape}")
    return X


def check_dimension(mixture, D) -> Mixture:
    """Return a Mixture in D dimensions, the one given or that of a trace, or raise an error."""
    found = check_mixture(mixture)
    if found.n_features != D:
        raise ValueError(
            f"mixture must be {D}-D to be drawn here, got {found.n_features}-D; see gt.plots.marginal"
        )
    return found


def check_shares(responsibilities, N=None, K=None) -> np.ndarray:
    """Return responsibilities as float64 (N, K) without NaN, of that many rows and columns if given.

    Rows need not sum to 1: broken half-steps are drawn too.
    """
    r = floats("responsibilities", responsibilities_of(responsibilities))
    if r.ndim != 2 or r.shape != (N or r.shape[0], K or r.shape[1]):
        raise ValueError(f"responsibilities must have shape ({N or 'N'}, {K or 'K'}), got {r.shape}")
    if not np.isfinite(r).all():
        raise ValueError("responsibilities hold NaN or infinity")
    return r

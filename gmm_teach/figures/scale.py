"""Pictures of EM over many blocks (notebook 14): who holds what, what crosses the wire, which pace."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from ..engine.features import n_monomials
from ..plots import COLORS, FONT, LINE_COLORS, OUTLINE, PINK, style_axes
from ..validate import check_count
from ..words import count, listed
from .doors import named
from .parts import blank, described, legend

UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def round_trip(rows, D, K, *, size=(11.0, 5.2)) -> Figure:
    """One iteration over blocks of so many rows each: theta goes out, sums come back, and are added."""
    rows = [check_count("rows", n) for n in rows]
    back = check_count("K", K) * n_monomials(check_count("D", D)) + 1
    figure, (ax,) = blank(1, 1, size)
    ax.set(xlim=(0, 10), ylim=(0, len(rows)))
    ax.axis("off")
    middle = len(rows) / 2
    for number, n in enumerate(rows):
        y = len(rows) - number - 0.5
        _box(
            ax,
            0.2,
            y,
            3.0,
            0.62,
            f"block {number}: {n:,} {count(n, 'row').split()[1]}\nE-step here",
            COLORS[4],
        )
        _arrow(ax, (6.65, middle + 0.2 * (y - middle) + 0.06), (3.3, y + 0.12), OUTLINE, "--")
        _arrow(ax, (3.3, y - 0.12), (6.65, middle + 0.2 * (y - middle) - 0.06), PINK, "-")
    _box(ax, 6.75, middle, 3.0, 1.1, "add the sums,\nM-step", COLORS[1])
    ax.plot([], [], color=OUTLINE, ls="--", lw=2, label="parameters out")
    ax.plot([], [], color=PINK, lw=2, label=f"{count(back, 'number')} back")
    legend(ax, loc="upper right")
    return described(
        figure,
        f"{count(len(rows), 'block')} on the left, of {listed([f'{n:,}' for n in rows])} rows, each with an "
        "E-step of its own. A dashed arrow brings the parameters to each, and a pink one takes "
        f"{count(back, 'number')} from each to a box on the right, which adds them and makes the M-step.",
    )


def wire(parts, *, size=(11.0, 4.2)) -> Figure:
    """How many bytes each of some things has, on a scale of powers of ten; `parts` maps names to bytes."""
    parts = {name: check_count(name, n) for name, n in named("parts", parts).items()}
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "from tick to tick a thousand times as many", "")
    places, values = np.arange(len(parts))[::-1], np.array([*parts.values()], dtype=float)
    ax.barh(places, values, color=[COLORS[0], COLORS[0], *[PINK] * len(parts)][: len(parts)], height=0.6)
    ax.set_xscale("log")
    ticks = 1000.0 ** np.arange(np.log10(values.max()) // 3 + 1)
    ax.set(xlim=(1, 30 * values.max()), yticks=places)
    ax.set_xticks(ticks, [in_units(tick) for tick in ticks])
    ax.minorticks_off()
    ax.set_yticklabels(parts, fontsize=FONT)
    ax.grid(False)
    for place, value in zip(places, values, strict=True):
        ax.annotate(
            in_units(value), (value, place), (8, 0), textcoords="offset points", va="center", fontsize=FONT
        )
    told = "; ".join(f"{name} {in_units(n)}" for name, n in parts.items())
    return described(figure, f"Bars of bytes on a scale of powers of ten. {told}.")


def in_units(n_bytes) -> str:
    """A count of bytes: "912 bytes", "16 MB", "6.7 kB"."""
    power = min(int(np.log10(max(n_bytes, 1)) // 3), len(UNITS) - 1)
    return "1 byte" if n_bytes == 1 else f"{n_bytes / 1000**power:.3g} {UNITS[power]}"


def paces(runs, *, size=(11.0, 4.8)) -> Figure:
    """Mean log-likelihood over passes through the data; `runs` maps a name to (passes, scores)."""
    figure, (ax,) = blank(1, 1, size)
    style_axes(ax, "", "passes through the data", "log-likelihood per point")
    told = []
    for k, (name, (passes, scores)) in enumerate(named("runs", runs).items()):
        passes, scores = np.asarray(passes, dtype=float), np.asarray(scores, dtype=float)
        style = {"ls": ("-", "--", ":")[k % 3], "marker": ("o", "", "s")[k % 3]}
        ax.plot(passes, scores, color=(OUTLINE, PINK, LINE_COLORS[1])[k % 3], lw=2.4, label=name, **style)
        at_one = np.interp(1, passes, scores)
        told.append(
            f"{name}: {scores[0]:.3f} at first, {at_one:.3f} after one pass, {scores[-1]:.3f} at last."
        )
    ax.margins(y=0.08)
    legend(ax, loc="lower right")
    return described(figure, f"Log-likelihood per point against passes through the data. {' '.join(told)}")


def _box(ax, x, y, width, height, text, color):
    """A rounded box whose middle of the left edge is at (x, y), with a text in it."""
    style = {"boxstyle": "round,pad=0.02,rounding_size=0.12", "fc": "white", "ec": color, "lw": 3}
    ax.add_patch(FancyBboxPatch((x, y - height / 2), width, height, **style))
    ax.text(x + width / 2, y, text, ha="center", va="center", fontsize=FONT, color=OUTLINE)


def _arrow(ax, begin, end, color, line):
    ax.annotate("", end, begin, arrowprops={"arrowstyle": "->", "color": color, "lw": 2, "ls": line})

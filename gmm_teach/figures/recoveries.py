"""Pictures of the two recoveries: parameters from labels, and shares of the labels from parameters."""

import numpy as np
from matplotlib.figure import Figure

from ..gaussian import log_gaussian_1d
from ..plots import COLORS, FONT, LINE_COLORS, OUTLINE, Curves, Letters, style_axes, weighted_densities
from ..plots.marks import check_dimension
from ..words import count, letter, listed
from .doors import named, points_of, shares_of
from .parts import blank, described


def curves_on_histograms(X, z, mixtures, *, limits=(-10, 20), size=None) -> Figure:
    """Each source's own histogram of X (N, 1) by labels z (N,), and under each title a mixture's curves.

    mixtures maps a title to a 1-D mixture. Bars and curves are densities of one source: weights do not count.
    """
    X, z = points_of(X, 1), np.asarray(z)
    mixtures = {title: check_dimension(one, 1) for title, one in named("mixtures", mixtures).items()}
    figure, axes = blank(1, len(mixtures), size or (4.5 + 4.5 * len(mixtures), 4.5))
    for ax, (title, mixture) in zip(axes, mixtures.items(), strict=True):
        style_axes(ax, title, "x", "density of one source" if ax is axes[0] else "")
        _draw_bars(ax, [X[z == k, 0] for k in range(mixture.n_components)], limits)
        _draw_bells(ax, mixture, limits)
        ax.set_xlim(limits)
    highest = max(ax.get_ylim()[1] for ax in axes)
    for ax in axes:
        ax.set_ylim(0, highest)
    panels = [f"{title}: {_bells_on_bars(X, z, mixture)}." for title, mixture in mixtures.items()]
    return described(figure, f"The histogram of each source, and a curve over it. {' '.join(panels)}")


def shares_along(mixture, points, *, limits, title="", size=(9.0, 6.0)) -> Figure:
    """Above, the weighted curves of a 1-D mixture; below, how they share each x, read off at the points."""
    mixture = check_dimension(mixture, 1)
    figure, (above, below) = blank(2, 1, size)
    style_axes(above, title, "", "prior × density")
    style_axes(below, "", "x", "share")
    curves = Curves(above, limits, mixture.n_components)
    heights = weighted_densities(curves.x, mixture)
    above.set(xlim=limits, ylim=(0, 1.2 * heights.sum(axis=0).max()))
    curves.show(mixture)
    parts = heights / heights.sum(axis=0)
    tops = _stack(parts)
    for k in range(mixture.n_components):
        below.fill_between(curves.x, tops[k], tops[k + 1], color=COLORS[k], lw=0)
    below.set(xlim=limits, ylim=(0, 1))
    columns = parts.argmax(axis=1).clip(0.03 * len(curves.x), 0.97 * len(curves.x)).astype(int)
    at = [(curves.x[c], tops[k, c] + 0.15 * parts[k, c]) for k, c in enumerate(columns)]
    Letters(below, len(parts)).show(np.array(at))
    _read_off(above, below, mixture, points)
    shares = [f"at {x:g} {_in_shares(r)}" for x, r in zip(points, _shares(mixture, points), strict=True)]
    names = listed([letter(k) for k in range(len(parts))])
    return described(
        figure,
        f"Above, the weighted curves of {names}, and their sum, dashed. "
        f"Below, how they share each x: {_largest_along(curves.x, parts)}. Read off {'; '.join(shares)}.",
    )


def split_histograms(X, shares, *, limits=(-10, 20), n_bins=50, size=None) -> Figure:
    """Under each title, one histogram of X (N, 1) whose bars are cut up by shares (N, K), A lowest.

    Numbers beyond the limits are left out.
    """
    X = points_of(X, 1)
    shares = {title: shares_of(r, X) for title, r in named("shares", shares).items()}
    figure, axes = blank(1, len(shares), size or (4.5 * len(shares), 4.2))
    edges = np.linspace(*limits, n_bins + 1)
    panels = []
    for ax, (title, r) in zip(axes, shares.items(), strict=True):
        style_axes(ax, title, "x", "numbers in a bar" if ax is axes[0] else "")
        parts = [np.histogram(X[:, 0], edges, weights=r[:, k])[0] for k in range(r.shape[1])]
        tops = _stack(parts)
        for k in range(len(parts)):
            ax.stairs(tops[k + 1], edges, baseline=tops[k], fill=True, color=COLORS[k])
            ax.stairs(tops[k + 1], edges, baseline=tops[k], color="white", lw=0.6)
        ax.set(xlim=limits, ylim=(0, 1.08 * tops[-1].max()))
        middles = (edges[1:] + edges[:-1]) / 2
        columns = [np.searchsorted(edges, np.average(middles, weights=part)) - 1 for part in parts]
        at = [(middles[c], tops[k, c] + parts[k][c] / 2) for k, c in enumerate(columns)]
        Letters(ax, len(parts)).show(np.array(at))
        panels.append(f"{title}: {_cut_up(middles, np.array(parts))}.")
    return described(figure, f"A histogram whose bars are cut up, A lowest. {' '.join(panels)}")


def _draw_bars(ax, groups, limits):
    edges = np.linspace(*limits, 81)
    for k, x in enumerate(groups):
        heights = np.histogram(x, edges)[0] / (len(x) * np.diff(edges))
        ax.stairs(heights, edges, fill=True, color=COLORS[k], alpha=0.35)
    ax.set_ylim(0, 1.25 * ax.dataLim.y1)


@np.errstate(under="ignore")
def _draw_bells(ax, mixture, limits):
    x = np.linspace(*limits, 300)
    tops = []
    for k in range(mixture.n_components):
        y = np.exp(log_gaussian_1d(x, mixture.means[k], mixture.covariances[k, 0]))
        ax.plot(x, y, color="white", lw=5)
        ax.plot(x, y, color=LINE_COLORS[k], lw=2.6)
        tops.append((x[y.argmax()], y.max()))
    ax.set_ylim(0, max(ax.get_ylim()[1], 1.15 * max(y for _, y in tops)))
    Letters(ax, mixture.n_components).show(np.array(tops))


def _read_off(above, below, mixture, points):
    for x, r in zip(points, _shares(mixture, points), strict=True):
        for ax, color in ((above, OUTLINE), (below, "white")):
            ax.axvline(x, color=color, lw=1.6, ls=":")
        words = "\n".join(f"{letter(k)} {share:.2f}" for k, share in reversed(list(enumerate(r))))
        box = {"facecolor": "white", "edgecolor": OUTLINE, "pad": 4}
        below.text(x, 0.5, words, ha="center", va="center", fontsize=FONT, color=OUTLINE, bbox=box)


def _stack(parts):
    return np.cumsum([np.zeros_like(parts[0]), *parts], axis=0)


def _shares(mixture, points):
    heights = weighted_densities(np.asarray(points, dtype=float), mixture)
    return (heights / heights.sum(axis=0)).T


def _in_shares(r):
    return listed([f"{letter(k)} has {share:.2f}" for k, share in enumerate(r)])


def _bells_on_bars(X, z, mixture):
    """Where each curve and its bars lie, and how wide they are."""
    parts = []
    for k, (mean, covariance) in enumerate(zip(mixture.means, mixture.covariances, strict=True)):
        own, deviation = X[z == k, 0], np.sqrt(covariance[0, 0])
        bars = f"bars around {own.mean():.1f} with deviation {own.std():.1f}"
        parts.append(
            f"{letter(k)} has {bars}, and a curve around {mean[0]:.1f} with deviation {deviation:.1f}"
        )
    return "; ".join(parts)


def _largest_along(x, parts):
    """Whose share is the largest, from left to right, and the highest that each share gets."""
    largest = parts.argmax(axis=0)
    ends = np.flatnonzero(np.diff(largest))
    spans = [f"{letter(largest[i])}'s up to {x[i]:.1f}" for i in ends]
    spans.append(f"{letter(largest[-1])}'s {'from there on' if spans else 'everywhere'}")
    tops = [f"{letter(k)} {share:.2f}" for k, share in enumerate(parts.max(axis=1))]
    return f"the largest share is {listed(spans)}, and the highest are {listed(tops)}"


def _cut_up(middles, parts):
    """In how many bars of counts (K, bins) somebody shares, and where A has more than half of a bar."""
    total = parts.sum(axis=0)
    bars = total > 0
    shares = parts[:, bars] / total[bars]
    shared = int(np.sum(shares.max(axis=0) < 0.99))
    own = middles[bars][shares[0] > 0.5]
    where = f"A has more than half of the bars between {own[0]:.1f} and {own[-1]:.1f}" if len(own) else ""
    return f"{shared} of {count(int(bars.sum()), 'bar')} are shared{'; ' * bool(where)}{where}"

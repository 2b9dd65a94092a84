import numpy as np
import pytest
from scipy.stats import norm

import gmm_teach as gt
from gmm_teach.figures import recoveries
from gmm_teach.plots import LINE_COLORS, Curves

PAIR = gt.datasets.load("two_sources")


def words(ax):
    return [text.get_text() for text in ax.texts]


def stairs(ax):
    return [patch.get_data() for patch in ax.patches]


def letters_at(ax):
    """Where the letters stand, (K, 2)."""
    return next(c for c in ax.collections if len(c.get_sizes()) > 1).get_offsets()[::2]


def test_labelled_histograms_and_curves_are_densities_of_one_source():
    unequal = gt.Mixture([0.9, 0.1], *PAIR.truth[1:])
    figure = recoveries.curves_on_histograms(PAIR.X, PAIR.z, {"known": PAIR.truth, "unequal": unequal})
    assert [ax.get_title() for ax in figure.axes] == ["known", "unequal"]
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    for ax in figure.axes:
        for k, bars in enumerate(stairs(ax)):
            x = PAIR.X[PAIR.z == k, 0]
            inside = np.mean((x >= -10) & (x <= 20))
            np.testing.assert_allclose(np.sum(bars.values * np.diff(bars.edges)), inside)
        curves = [line for line in ax.lines if line.get_color() in LINE_COLORS]
        for line, mean, deviation in zip(curves, (0, 5), (2, 5), strict=True):
            np.testing.assert_allclose(line.get_ydata(), norm(mean, deviation).pdf(line.get_xdata()))
        np.testing.assert_allclose(letters_at(ax)[:, 0], [0, 5], atol=0.06)


@pytest.mark.parametrize(("points", "shares"), [([2.5], ["B 0.20\nA 0.80"]), ([0, 5], None)])
def test_shares_along_are_the_responsibilities(points, shares):
    mixture = gt.Mixture([0.8, 0.2], [[0], [5]], [[[2.25]], [[2.25]]])
    figure = recoveries.shares_along(mixture, points, limits=(-5, 10))
    above, below = figure.axes
    r = gt.responsibilities(np.array(points, dtype=float)[:, np.newaxis], mixture)
    assert words(below) == (shares or [f"B {b:.2f}\nA {a:.2f}" for a, b in r])
    assert [line.get_xdata()[0] for line in below.lines] == points
    x = Curves(above, (-5, 10), 2).x
    bottom = np.array([v for v in below.collections[0].get_paths()[0].vertices if v[1] > 0])
    expected = gt.responsibilities(x[:, np.newaxis], mixture)[:, 0]
    np.testing.assert_allclose(np.interp(x, *bottom[np.argsort(bottom[:, 0])].T), expected, atol=1e-6)
    assert below.get_ylim() == (0, 1)


def test_split_bars_hold_the_shares_and_add_up_to_the_histogram():
    hard, soft = np.eye(2)[PAIR.z], gt.responsibilities(PAIR.X, PAIR.truth)
    figure = recoveries.split_histograms(PAIR.X, {"labels": hard, "shares": soft})
    inside = (PAIR.X[:, 0] >= -10) & (PAIR.X[:, 0] <= 20)
    for ax, r in zip(figure.axes, (hard, soft), strict=True):
        a, b = stairs(ax)[::2]
        np.testing.assert_allclose((a.values - a.baseline).sum(), r[inside, 0].sum())
        np.testing.assert_allclose((b.values - b.baseline).sum(), r[inside, 1].sum())
        np.testing.assert_array_equal(b.baseline, a.values)
        np.testing.assert_allclose(b.values, np.histogram(PAIR.X, a.edges)[0])
        for k, (x, y) in enumerate(letters_at(ax)):
            bar = int(np.searchsorted(a.edges, x)) - 1
            assert (a, b)[k].baseline[bar] < y < (a, b)[k].values[bar]

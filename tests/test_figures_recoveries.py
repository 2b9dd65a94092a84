import numpy as np
import pytest
from drawn import letters_at
from scipy.stats import norm

import gmm_teach as gt
from gmm_teach.figures import recoveries
from gmm_teach.plots import LINE_COLORS, Curves

PAIR = gt.datasets.load("two_sources")


def words(ax):
    return [text.get_text() for text in ax.texts]


def stairs(ax):
    return [patch.get_data() for patch in ax.patches]


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


def test_curves_on_histograms_say_how_they_differ():
    X, z = np.array([[0.0], [2.0], [5.0], [9.0]]), [0, 0, 1, 1]
    off = gt.Mixture([0.5, 0.5], [[1], [6]], [[[1]], [[9]]])
    assert recoveries.curves_on_histograms(X, z, {"off": off}).description == (
        "The histogram of each source, and a curve over it. off: A has bars around 1.0 with deviation 1.0, "
        "and a "
        "curve around 1.0 with deviation 1.0; B has bars around 7.0 with deviation 2.0, and a curve around "
        "6.0 "
        "with deviation 3.0."
    )


def test_shares_along_say_whose_is_the_largest():
    mixture = gt.Mixture([0.8, 0.2], [[0], [5]], [[[2.25]], [[2.25]]])
    said = recoveries.shares_along(mixture, [2.5], limits=(-5, 10)).description
    assert "the largest share is A's up to 3.1 and B's from there on" in said
    assert said.endswith("Read off at 2.5 A has 0.80 and B has 0.20.")
    wide = gt.Mixture([0.5, 0.5], [[0], [0]], [[[1]], [[9]]])
    assert "B's up to -" in recoveries.shares_along(wide, [0], limits=(-9, 9)).description


def test_split_bars_say_how_many_are_shared():
    X = np.array([[0.5], [0.6], [1.5], [2.5]])
    shares = {"hard": np.eye(2)[[0, 0, 0, 1]], "soft": np.full((4, 2), 0.5)}
    said = recoveries.split_histograms(X, shares, limits=(0, 3), n_bins=3).description
    assert said == (
        "A histogram whose bars are cut up, A lowest. hard: 0 of 3 bars are shared; A has more than half "
        "of the "
        "bars between 0.5 and 1.5. soft: 3 of 3 bars are shared."
    )

"""The pictures of notebook 13 show, and say, the numbers that they are drawn from."""

import numpy as np
import pytest
from drawn import at_least_12_points, lines
from matplotlib.collections import LineCollection
from scipy.stats import chi2

import gmm_teach as gt
from gmm_teach.figures import uncertainty


@pytest.fixture(scope="module")
def trace():
    return gt.fit(gt.datasets.load("half_moons").X, 4, starts=1, seed=0)


def heights(ax):
    return np.array([bar.get_height() for bar in ax.patches])


def test_refits_count_their_heaps():
    values = np.array([1.0, 1.1, 1.2, 9.0, 9.1])
    figure = uncertainty.refits({"raw": values, "matched": values[:3]}, "mean", bins=20)
    assert [heights(ax).sum() for ax in figure.axes] == [5, 3]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert "raw: 3 refits from 1 to " in figure.description
    assert "and 2 refits from " in figure.description
    assert figure.description.count("refits from") == 3
    assert at_least_12_points(figure)


def test_intervals_are_in_units_of_the_standard_error():
    ends = {"bootstrap": [[1.0, 4.0], [8, 16]], "information": [[0.0, 4.0], [6, 14]]}
    figure = uncertainty.intervals(["a", "b"], [2.0, 10.0], [0.5, 2.0], ends)
    (ax,) = figure.axes
    drawn = [one.get_segments() for one in ax.collections if isinstance(one, LineCollection)]
    found = [[segment[:, 0].tolist() for segment in segments] for segments in drawn]
    assert found == [[[-2, 4], [-1, 3]], [[-4, 4], [-2, 2]]]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["a", "b"]
    assert "a: bootstrap from 1 to 4 and information from 0 to 4" in figure.description
    assert at_least_12_points(figure)


@pytest.mark.parametrize("degrees", [1, 2, 3, 6])
def test_the_chi_squared_density_is_scipys(degrees):
    x = np.linspace(0.01, 30, 50)
    np.testing.assert_allclose(uncertainty.chi_squared(x, degrees), chi2(degrees).pdf(x), rtol=1e-12)


def test_ratios_mark_the_last_twentieth_and_the_observed():
    simulated = np.arange(101) / 10
    figure = uncertainty.ratios(simulated, 3, observed=20.0)
    found = lines(figure.axes[0])
    assert found["one in 20 simulated lies beyond"][0].tolist() == [9.5, 9.5]
    assert found["observed"][0].tolist() == [20, 20]
    x, y = found["chi-squared law, 3 degrees"]
    np.testing.assert_allclose(y, chi2(3).pdf(x))
    assert "its mean is 3, theirs is 5." in figure.description
    assert "The observed ratio is 20; none of them reach it." in figure.description
    assert "is 9; 11 of them reach it." in uncertainty.ratios(simulated, observed=9.0).description
    bare = uncertainty.ratios(simulated)
    assert set(lines(bare.axes[0])) == {"one in 20 simulated lies beyond"}
    assert "chi-squared" not in bare.description
    assert at_least_12_points(figure)
    assert "beside them" in uncertainty.ratios(simulated / 10, 3).description


def test_ratios_below_0_are_drawn_and_the_threshold_of_the_law():
    simulated = np.arange(-20, 81) / 10
    figure = uncertainty.ratios(simulated, 3, threshold=7.81)
    assert lines(figure.axes[0])["one in 20 of the law lies beyond"][0].tolist() == [7.81, 7.81]
    assert "Beyond the law's threshold, 7.81, lie 2 of them." in figure.description
    left, right = figure.axes[0].get_xlim()
    assert left == -2
    np.testing.assert_allclose(sum(heights(figure.axes[0])) * (right - left) / 30, 1)  # none is left out
    shown = sum(bar.get_height() for bar in figure.axes[0].patches if bar.get_x() < -0.05)
    np.testing.assert_allclose(shown * (right - left) / 30, 20 / 101, atol=0.03)


def test_doubts_grow_with_uncertainty(trace):
    r = trace.responsibilities
    figure = uncertainty.doubts(trace.X, r, trace.mixture)
    unsure, own = 1 - r.max(axis=1), r.argmax(axis=1)
    scatters = figure.axes[0].collections[:4]
    key = figure.axes[0].get_legend()
    assert key.get_title().get_text() == "uncertainty"
    assert [text.get_text() for text in key.get_texts()] == ["0", "0.25", "0.5"]
    for k, scatter in enumerate(scatters):
        np.testing.assert_array_equal(scatter.get_offsets(), trace.X[own == k])
        assert scatter.get_sizes().argmax() == unsure[own == k].argmax()
    letters = figure.axes[0].collections[-1].get_offsets()[::2]
    np.testing.assert_allclose(letters, trace.mixture.means)
    assert f"{np.sum(unsure > 0.1)} points of 300 are uncertain" in figure.description
    assert f"the most is {unsure.max():.2f}." in figure.description
    assert at_least_12_points(figure)


def test_misfits_show_three_traces_and_the_variances_that_are_zero(trace):
    thin = np.random.default_rng(0).standard_normal((6, 9))
    figure = uncertainty.misfits({"one": trace, "two": trace, "three": trace}, thin)
    assert [ax.get_title() for ax in figure.axes] == ["one", "two", "three", "6 points in 9 columns"]
    assert [ax.get_aspect() for ax in figure.axes[:3]] == [1, 1, 1]  # a square looks like one
    expected = np.linalg.eigvalsh(np.cov(thin.T, ddof=0))[::-1]
    np.testing.assert_allclose(heights(figure.axes[3]), expected, atol=1e-12)
    assert "one: 300 points cut up by 4 ellipses" in figure.description
    assert "4 of them zero" in figure.description
    assert at_least_12_points(figure)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: uncertainty.refits([1, 2], "x"), TypeError, "panels must be a dict"),
        (lambda: uncertainty.refits({}, "x"), ValueError, "panels is empty"),
        (lambda: uncertainty.intervals(["a"], [1], [1], []), TypeError, "panels must be a dict"),
        (lambda: uncertainty.ratios(["a", "b"]), TypeError, "simulated"),
        (lambda: uncertainty.ratios([1.0], 0), ValueError, "degrees must be a whole number"),
        (lambda: uncertainty.doubts(np.ones((3, 1)), np.ones((3, 2))), ValueError, "X must have shape"),
        (lambda: uncertainty.misfits({"one": 5}, np.ones((3, 4))), TypeError, "trace"),
    ],
)
def test_rejects(call, error, message):
    with pytest.raises(error, match=message):
        call()

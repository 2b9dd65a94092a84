"""The numbers behind the pictures of notebooks 03 and 04."""

import numpy as np
import pytest
from matplotlib.path import Path
from scipy import special, stats

import gmm_teach as gt
from gmm_teach.figures import mixtures
from gmm_teach.plots import PINK

PAIR = gt.datasets.load("two_sources")


def apart(distance):
    return gt.Mixture([0.5, 0.5], [[-distance / 2], [distance / 2]], np.ones((2, 1, 1)))


def pink(ax):
    """The places of all pink marks on an axes, as rows x, y."""
    return np.vstack([line.get_xydata() for line in ax.lines if line.get_color() == PINK])


def test_the_dashed_curve_is_the_sum_of_the_others():
    (ax,) = mixtures.parts_and_sum([PAIR.truth], (-12, 22)).axes
    a, b, total = ax.lines[:3]
    x = total.get_xdata()
    np.testing.assert_allclose(a.get_ydata(), 0.5 * stats.norm(0, 2).pdf(x), rtol=1e-12)
    np.testing.assert_allclose(b.get_ydata(), 0.5 * stats.norm(5, 5).pdf(x), rtol=1e-12)
    np.testing.assert_allclose(total.get_ydata(), a.get_ydata() + b.get_ydata(), rtol=1e-12)


def test_an_arrow_for_each_bump_at_its_place():
    axes = mixtures.parts_and_sum([apart(d) for d in (1, 2, 3)], (-5, 5), "abc", mark_peaks=True).axes
    assert [len(pink(ax)) for ax in axes] == [1, 1, 2]
    assert pink(axes[1])[0, 0] == pytest.approx(0, abs=0.01)
    np.testing.assert_allclose(pink(axes[2])[:, 0], [-1.47, 1.47], atol=0.02)
    assert [ax.get_title() for ax in axes] == ["a", "b", "c"]


def test_labelled_bars_add_up_to_the_hidden_ones():
    left, right = mixtures.labelled_and_hidden(PAIR.X, PAIR.z).axes
    heights = [patch.get_data().values for patch in left.patches[::2]]
    total, edges, _ = right.patches[0].get_data()
    np.testing.assert_allclose(sum(heights), total, rtol=1e-12)
    assert np.sum(total * np.diff(edges)) == pytest.approx(1)
    assert np.sum(heights[0] * np.diff(edges)) == pytest.approx(0.5)
    assert [text.get_text() for text in left.texts] == ["A", "B"]


def test_contours_keep_to_their_limits_and_mark_the_points():
    corner = gt.Mixture([0.5, 0.5], [[0, 0], [1, 1]], [np.diag([1, 0.05]), np.diag([0.05, 1])])
    (ax,) = mixtures.contours(corner, [[-2.5, -1.5], [2.5, 3.5]], [[0.95, 0.05]]).axes
    assert ax.get_xlim() == (-2.5, 2.5)
    assert ax.get_ylim() == (-1.5, 3.5)
    np.testing.assert_array_equal(pink(ax), [[0.95, 0.05]])
    lines = [line for line in ax.collections[0].get_segments() if len(line)]
    levels = [np.exp(gt.log_density(line, corner)) for line in lines]
    assert all(np.ptp(level) < 0.05 * level.mean() for level in levels)
    closed = [line for line in lines if np.allclose(line[0], line[-1])]
    for top in ([0, 0], [1, 1], [0.95, 0.05]):  # each inside a line that keeps the other two out
        others = [other for other in ([0, 0], [1, 1], [0.95, 0.05]) if other != top]
        assert any(Path(c).contains_points([top, *others]).tolist() == [True, False, False] for c in closed)


def test_approximations_show_the_density_and_each_mixture():
    panels = mixtures.approximations(stats.norm(0, 1).pdf, [apart(1), apart(3)], (-6, 6)).axes
    for ax, mixture in zip(panels, (apart(1), apart(3)), strict=True):
        total = ax.lines[-1]
        expected = np.exp(gt.log_density(total.get_xdata(), mixture))
        np.testing.assert_allclose(total.get_ydata(), expected, rtol=1e-9)
        np.testing.assert_allclose(sum(line.get_ydata() for line in ax.lines[:-1]), expected, rtol=1e-9)
        assert ax.get_title() == "K = 2"


def test_likelihoods_mark_the_highest_and_name_its_power_of_ten():
    (ax,) = mixtures.likelihoods({"low": -500.0, "high": -np.log(10) * 100}).axes
    assert [line.get_marker() for line in ax.lines] == ["o", "D"]
    assert "10^{-217}" in ax.texts[0].get_text()
    assert "10^{-100}" in ax.texts[1].get_text()
    assert [label.get_text() for label in ax.get_yticklabels()] == ["low", "high"]


def test_three_ways_part_where_they_must():
    (ax,) = mixtures.three_ways(gt.Mixture([0.5, 0.5], [[0], [-1]], np.ones((2, 1, 1)))).axes
    right, naive, patched = (line.get_xydata() for line in ax.lines[:3])
    expected = special.logsumexp(stats.norm.logpdf(right[:, :1], [0, -1]) + np.log(0.5), axis=1)
    np.testing.assert_allclose(right[:, 1], expected, rtol=1e-12)
    assert naive[-1, 0] == pytest.approx(38.5, abs=0.1)
    assert np.all(patched[right[:, 0] > 8, 1] == pytest.approx(np.log(1e-10), abs=1e-3))
    assert ax.lines[3].get_xdata()[0] == naive[-1, 0]


def test_every_peak_is_marked():
    x = np.linspace(0, 10, 101)
    left, right = mixtures.one_peak_or_more(x, {"one": -((x - 4) ** 2), "more": np.sin(x)}).axes
    np.testing.assert_allclose(pink(left)[:, 0], [4])
    np.testing.assert_allclose(pink(right)[:, 0], [1.6, 7.9])
    assert [text.get_text() for text in right.texts] == ["1.6", "7.9"]


def test_peaks_do_not_count_ends_and_count_a_flat_top_once():
    assert mixtures.peaks(np.array([3, 2, 1.0])).size == 0
    np.testing.assert_array_equal(mixtures.peaks(np.array([0, 1, 1, 0, 2, 0.0])), [1, 4])

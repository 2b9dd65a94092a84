"""The numbers behind the pictures of notebook 03, and what the pictures say of themselves."""

import numpy as np
import pytest
from matplotlib.path import Path
from scipy import stats

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


def test_peaks_do_not_count_ends_and_count_a_flat_top_once():
    assert mixtures.peaks(np.array([3, 2, 1.0])).size == 0
    np.testing.assert_array_equal(mixtures.peaks(np.array([0, 1, 1, 0, 2, 0.0])), [1, 4])


def test_a_sum_says_its_bumps():
    said = mixtures.parts_and_sum([apart(1), apart(3)], (-5, 5), ["near", "far"], mark_peaks=True).description
    assert said == (
        "near: A around -0.5 and B around 0.5, up to 0.199 and 0.199 high; their sum, dashed, has 1 "
        "bump, "
        "at 0.0. far: A around -1.5 and B around 1.5, up to 0.199 and 0.199 high; their sum, "
        "dashed, has "
        "2 bumps, at -1.5 and 1.5. Pink arrows mark the bumps."
    )
    assert "arrows" not in mixtures.parts_and_sum([apart(1)], (-5, 5)).description


def test_histograms_say_where_they_are_high():
    X, z = np.array([[0.1], [0.2], [0.3], [2.1], [2.7]]), [0, 0, 0, 1, 1]
    assert mixtures.labelled_and_hidden(X, z).description == (
        "Left, labels known, a histogram each: A around 0.2, up to 1.200 high and B around 2.4, up to "
        "0.400 high. Right, labels hidden: one grey histogram from 0 to 3. Its highest bar, 1.200, is from 0 "
        "to 0.5; bars of more than a quarter of that height lie between 0 and 3."
    )


def test_contours_say_how_many_tops_there_are():
    two = gt.Mixture([0.5, 0.5], [[0, 0], [4, 1]], [np.eye(2), np.eye(2)])
    said = mixtures.contours(two, [[-3, -3], [7, 5]], [[2, 0.5]]).description
    assert said.startswith(
        "Ellipses A around (0, 0) and B around (4, 1), and lines of equal density around 2 tops"
    )
    assert said.endswith("Pink diamonds mark (2, 0.5).")


def test_approximations_say_how_far_off_they_are():
    one = gt.Mixture([1.0], [[0.5]], [[[1.0]]])
    x = np.linspace(-6, 6, 2001)
    off = np.abs(stats.norm.pdf(x) - stats.norm(0.5).pdf(x)).max()
    said = mixtures.approximations(stats.norm(0, 1).pdf, [one, apart(3)], (-6, 6)).description
    assert said.startswith(
        "A grey outline, highest at 0 with 0.40, under bells and their dashed sum. K = 1: "
    )
    assert f"K = 1: the sum is off by at most {off:.3f}, at " in said

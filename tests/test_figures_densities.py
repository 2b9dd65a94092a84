"""The pictures of one Gaussian: the numbers behind what they show."""

import numpy as np
import pytest
from scipy import stats

import gmm_teach as gt
from gmm_teach.figures import densities

SEVEN = np.array([1.0, 1.6, 2.3, 2.7, 3.5, 4.1, 5.8])
MEAN, COVARIANCE = np.array([1.0, 0.5]), np.array([[2.0, 1.4], [1.4, 2.0]])


def curve(line):
    return line.get_xdata(), line.get_ydata()


def drawn(figure):
    figure.canvas.draw()
    return figure.axes


def test_three_densities_are_scipys_and_marked_at_their_peaks():
    (ax,) = drawn(densities.three_densities([(0, 1), (0, 4), (2, 4)]))
    for line, mean, deviation in zip(ax.lines, (0, 0, 2), (1, 2, 2), strict=True):
        x, y = curve(line)
        np.testing.assert_allclose(y, stats.norm(mean, deviation).pdf(x), atol=1e-12)
        assert x[line.get_markevery()] == pytest.approx(mean)
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words[1] == "μ = 0, σ² = 4: peak 0.199"


def test_four_steps_lead_from_z_to_the_density():
    axes = drawn(densities.term_by_term(mean=2, sigma=2, at=5))
    heights = [ax.lines[1].get_ydata()[0] for ax in axes]
    np.testing.assert_allclose(heights, [1.5, -1.125, np.exp(-1.125), stats.norm(2, 2).pdf(5)])
    assert axes[1].texts[0].get_text() == "at x = 5: −1.125"


def test_stems_stand_on_the_data_and_reach_the_curve():
    axes = drawn(densities.stems(SEVEN, [(3, 0.25), (3, 9)]))
    for ax, deviation in zip(axes, (0.5, 3), strict=True):
        x, y = curve(ax.lines[1])
        np.testing.assert_allclose(x, SEVEN)
        np.testing.assert_allclose(y, stats.norm(3, deviation).pdf(SEVEN))
        stems = np.array(ax.collections[0].get_segments())
        np.testing.assert_allclose(stems[:, 1], np.column_stack([x, y]))
    assert "3.6e−15, its log −33.3" in axes[0].get_title()


def test_slices_are_highest_at_the_estimates():
    left, right = drawn(densities.log_likelihood_slices(SEVEN))
    best = stats.norm(SEVEN.mean(), SEVEN.std()).logpdf(SEVEN).sum()
    for ax, estimate in ((left, SEVEN.mean()), (right, SEVEN.var())):
        x, y = curve(ax.lines[0])
        assert y.max() <= best
        assert x[y.argmax()] == pytest.approx(estimate, abs=x[1] - x[0])
        assert (ax.lines[1].get_xdata(), ax.lines[1].get_ydata()) == (
            pytest.approx(estimate),
            pytest.approx(best),
        )
    assert right.lines[-1].get_xdata() == pytest.approx(SEVEN.var(ddof=1))
    assert right.lines[-1].get_ydata() < best


def test_bell_over_data_has_bars_of_area_one_and_the_curve():
    (ax,) = drawn(densities.bell_over_data(SEVEN, 3.0, 2.0, "minutes", bins=4))
    assert sum(bar.get_width() * bar.get_height() for bar in ax.patches) == pytest.approx(1)
    x, y = curve(ax.lines[0])
    np.testing.assert_allclose(y, stats.norm(3, np.sqrt(2)).pdf(x))
    assert (ax.get_xlabel(), ax.texts[0].get_text()) == ("minutes", "mean 3")


def test_contour_panels_show_each_ellipse_and_name_its_matrix():
    one = gt.Mixture([1], [[0, 0]], [[[1, -1], [-1, 3]]])
    two = gt.Mixture([0.6, 0.4], [[-1, 1], [1, -1]], [[[1, 0], [0, 1]]] * 2)
    axes = drawn(densities.contour_panels({"full": one, "tied": two}))
    assert axes[0].get_title() == "full\nΣ = [[1, −1], [−1, 3]]"
    assert [len(ax.lines) for ax in axes] == [1, 2]
    outline = np.column_stack(curve(axes[0].lines[0]))
    squared = np.sum(outline @ np.linalg.inv(one.covariances[0]) * outline, axis=1)
    np.testing.assert_allclose(squared, 1)


def test_whitened_points_keep_their_mahalanobis_distance():
    left, right = drawn(densities.whitened(MEAN, COVARIANCE, {"P": [2.5, 2.0], "Q": [2.5, -1.0]}))
    for ax in (left, right):
        assert [text.get_text() for text in ax.texts] == ["P: Δ = 1.15", "Q: Δ = 2.74"]
    places = [line.get_xydata()[0] for line in right.lines if len(line.get_xydata()) == 1][1:]
    np.testing.assert_allclose(np.linalg.norm(places, axis=1), np.sqrt([4.5 / 3.4, 4.5 / 0.6]))
    outline = right.lines[0].get_xydata()
    np.testing.assert_allclose(np.linalg.norm(outline, axis=1), 1)


def test_inside_paints_the_points_within_one_sigma():
    X, _ = gt.sample(gt.Mixture([1], [MEAN], [COVARIANCE]), 200, np.random.default_rng(2))
    (ax,) = drawn(densities.inside(X, MEAN, COVARIANCE, columns=("length", "depth"), aspect="auto"))
    squared = np.sum((X - MEAN) @ np.linalg.inv(COVARIANCE) * (X - MEAN), axis=1)
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), X[squared <= 1])
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), X[squared > 1])
    n, m = np.sum(squared <= 1), np.sum(squared <= 4)
    assert ax.get_title() == f"of 200 points: {n} within 1σ ({n / 200:.0%}), {m} within 2σ ({m / 200:.0%})"
    assert ax.get_ylabel() == "depth"

"""The pictures of one Gaussian in 2-D: the numbers behind what they show, and what they say."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.figures import ellipses

MEAN, COVARIANCE = np.array([1.0, 0.5]), np.array([[2.0, 1.4], [1.4, 2.0]])


def curve(line):
    return line.get_xdata(), line.get_ydata()


def drawn(figure):
    figure.canvas.draw()
    return figure.axes


def test_contour_panels_show_each_ellipse_and_name_its_matrix():
    one = gt.Mixture([1], [[0, 0]], [[[1, -1], [-1, 3]]])
    two = gt.Mixture([0.6, 0.4], [[-1, 1], [1, -1]], [[[1, 0], [0, 1]]] * 2)
    axes = drawn(ellipses.contour_panels({"full": one, "tied": two}))
    assert axes[0].get_title() == "full\nΣ = [[1, −1], [−1, 3]]"
    assert [len(ax.lines) for ax in axes] == [1, 2]
    outline = np.column_stack(curve(axes[0].lines[0]))
    squared = np.sum(outline @ np.linalg.inv(one.covariances[0]) * outline, axis=1)
    np.testing.assert_allclose(squared, 1)
    three = gt.Mixture([1], [[0, 0]], [[[4, 0], [0, 9]]])
    four = gt.Mixture([1], [[0, 0]], [[[4, 0], [0, 4]]])
    panels = {"full": one, "tied": two, "diag": three, "round": four}
    assert ellipses.contour_panels(panels).description == (
        "Contours and 1-sigma ellipses. full, Σ = [[1, −1], [−1, 3]]: a leaning ellipse with semi-axes of "
        "1.85 and 0.77. tied, Σ = [[1, 0], [0, 1]]: a circle of radius 1.00, once for each of 2 components. "
        "diag, Σ = [[4, 0], [0, 9]]: an ellipse along the axes, 2.00 in x and 3.00 in y. "
        "round, Σ = [[4, 0], [0, 4]]: a circle of radius 2.00."
    )


def test_whitened_points_keep_their_mahalanobis_distance():
    left, right = drawn(ellipses.whitened(MEAN, COVARIANCE, {"P": [2.5, 2.0], "Q": [2.5, -1.0]}))
    for ax in (left, right):
        assert [text.get_text() for text in ax.texts] == ["P: Δ = 1.15", "Q: Δ = 2.74"]
    places = [line.get_xydata()[0] for line in right.lines if len(line.get_xydata()) == 1][1:]
    np.testing.assert_allclose(np.linalg.norm(places, axis=1), np.sqrt([4.5 / 3.4, 4.5 / 0.6]))
    outline = right.lines[0].get_xydata()
    np.testing.assert_allclose(np.linalg.norm(outline, axis=1), 1)
    said = ellipses.whitened(np.zeros(2), 4 * np.eye(2), {"R": [3, 4]}).description
    assert said.endswith("R is 5.00 from the mean as measured, and 2.50 whitened.")


def test_directions_are_multiplied_by_the_covariance():
    figure = ellipses.multiplied(COVARIANCE, (0, 45, 100))
    axes = drawn(figure)
    for ax, angle in zip(axes, np.radians([0, 45, 100]), strict=True):
        u = np.array([np.cos(angle), np.sin(angle)])
        direction, product = (text.xy for text in ax.texts if not text.get_text())
        np.testing.assert_allclose(direction, u)
        np.testing.assert_allclose(product, COVARIANCE @ u)
        assert (np.abs(product) < ax.get_xlim()[1]).all()
    assert [ax.get_title() for ax in axes] == ["u at 0°", "u at 45°", "u at 100°"]
    assert (
        "u at 0 degrees: Σu is 2.44 long, at 35 degrees; u at 45 degrees: Σu is 3.40 long"
        in figure.description
    )


def test_inside_paints_the_points_within_one_sigma():
    X, _ = gt.sample(gt.Mixture([1], [MEAN], [COVARIANCE]), 200, np.random.default_rng(2))
    (ax,) = drawn(ellipses.inside(X, MEAN, COVARIANCE, columns=("length", "depth"), aspect="auto"))
    squared = np.sum((X - MEAN) @ np.linalg.inv(COVARIANCE) * (X - MEAN), axis=1)
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), X[squared <= 1])
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), X[squared > 1])
    assert ax.get_title() == "200 points, 1σ and 2σ ellipse"  # and not how many are inside: that is asked
    assert ax.get_ylabel() == "depth"


@pytest.mark.parametrize("sign", [1, -1])
def test_semi_axes_are_drawn_with_their_upper_ends(sign):
    lengths, directions = np.array([3.0, 0.5]), sign * np.array([[0.6, -0.8], [0.8, 0.6]])
    figure = ellipses.inside(np.eye(2), MEAN, np.diag([4, 9]), axes=(lengths, directions), columns=("a", "b"))
    (ax,) = drawn(figure)
    np.testing.assert_allclose([text.xy for text in ax.texts], np.add([[1.8, 2.4], [-0.4, 0.3]], MEAN))
    assert figure.description == (
        "2 points, a against b, under an ellipse along the axes, 2.00 in x and 3.00 in y and one twice as "
        "large. The points inside the inner one are dark. Arrows from the mean: 3.00 at 53 degrees and 0.50 "
        "at 143 degrees."
    )

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special, stats

import gmm_teach as gt
from gmm_teach.gaussian import cholesky, ellipse, squared_mahalanobis

LOG_VALUES = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=1, max_dims=3, max_side=4),
    elements=st.floats(-1e300, 1e300) | st.floats(-50, 50) | st.just(-np.inf),
)


def random_covariance(rng, D):
    root = rng.standard_normal((D, D))
    return root @ root.T + 0.5 * np.eye(D)


@given(LOG_VALUES, st.data())
def test_log_sum_exp_agrees_with_scipy(log_values, data):
    axis = data.draw(st.integers(-log_values.ndim, log_values.ndim - 1))
    expected = special.logsumexp(log_values, axis=axis)
    np.testing.assert_allclose(gt.log_sum_exp(log_values, axis=axis), expected, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize(
    ("log_values", "expected"),
    [
        ([-1000.0, -1000.0], -1000.0 + np.log(2)),
        ([1000.0, 1000.0], 1000.0 + np.log(2)),
        ([-1e308, 0.0], 0.0),
        ([-np.inf, 3.0], 3.0),
        ([-np.inf, -np.inf], -np.inf),
        ([5.0], 5.0),
    ],
)
def test_log_sum_exp_extremes(log_values, expected):
    assert gt.log_sum_exp(log_values) == expected


def test_log_sum_exp_takes_each_row_alone():
    rows = [[-np.inf, -np.inf], [0.0, 0.0]]
    np.testing.assert_array_equal(gt.log_sum_exp(rows), [-np.inf, np.log(2)])
    np.testing.assert_array_equal(gt.log_sum_exp(rows, axis=0), [0.0, 0.0])


def test_log_sum_exp_keeps_nan():
    assert np.isnan(gt.log_sum_exp([0.0, np.nan]))


@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (3.0, 0.01), (-1e3, 1e4)])
def test_log_gaussian_1d(mean, variance):
    x = mean + np.sqrt(variance) * np.linspace(-30, 30, 61)
    expected = stats.norm.logpdf(x, mean, np.sqrt(variance))
    np.testing.assert_allclose(gt.log_gaussian_1d(x, mean, variance), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("D", [1, 2, 3, 6])
def test_log_gaussian(D):
    rng = np.random.default_rng(D)
    mean, covariance = rng.standard_normal(D), random_covariance(rng, D)
    X = 5 * rng.standard_normal((200, D))
    expected = stats.multivariate_normal(mean, covariance).logpdf(X)
    np.testing.assert_allclose(gt.log_gaussian(X, mean, covariance), expected, rtol=1e-12)


def test_1d_twin_agrees_with_log_gaussian():
    x = np.linspace(-4, 4, 9)
    twin = gt.log_gaussian(x, np.array([0.5]), np.array([[2.0]]))
    np.testing.assert_allclose(gt.log_gaussian_1d(x, 0.5, 2.0), twin, rtol=1e-14)


def test_squared_mahalanobis():
    rng = np.random.default_rng(3)
    mean, covariance, X = rng.standard_normal(3), random_covariance(rng, 3), rng.standard_normal((5, 3))
    expected = [(x - mean) @ np.linalg.solve(covariance, x - mean) for x in X]
    actual = squared_mahalanobis(X, mean, covariance)
    np.testing.assert_allclose(actual, expected, rtol=1e-12)


def test_singular_covariance_collapses():
    with pytest.raises(gt.Collapsed, match=r"component C \(index 2\).*not positive definite"):
        cholesky(np.ones((2, 2)), component=2)
    with pytest.raises(gt.Collapsed, match="component A"):
        gt.log_gaussian(np.zeros((1, 2)), np.zeros(2), np.ones((2, 2)))


@pytest.mark.parametrize("D", [1, 2, 4])
def test_ellipse_axes_rebuild_the_covariance(D):
    covariance = random_covariance(np.random.default_rng(D), D)
    lengths, directions = gt.ellipse_axes(covariance)
    assert np.all(np.diff(lengths) <= 0)
    np.testing.assert_allclose(directions.T @ directions, np.eye(D), atol=1e-14)
    np.testing.assert_allclose(directions * lengths**2 @ directions.T, covariance, rtol=1e-12, atol=1e-14)


def test_ellipse_axes_are_roots_of_variances():
    lengths, directions = gt.ellipse_axes(np.diag([4.0, 9.0]))
    np.testing.assert_allclose(lengths, [3.0, 2.0])
    np.testing.assert_allclose(np.abs(directions), [[0, 1], [1, 0]], atol=1e-15)


def test_ellipse_axes_of_a_line():
    np.testing.assert_allclose(gt.ellipse_axes(np.ones((2, 2))).lengths, [np.sqrt(2), 0.0], atol=1e-7)


@pytest.mark.parametrize("n_sigma", [1.0, 2.0, 2.5])
def test_ellipse_lies_at_one_distance(n_sigma):
    mean, covariance = np.array([3.0, -1.0]), np.array([[2.0, 0.6], [0.6, 1.0]])
    outline = ellipse(mean, covariance, n_sigma, n_points=33)
    distance = squared_mahalanobis(outline, mean, covariance)
    np.testing.assert_allclose(distance, n_sigma**2, rtol=1e-12)
    np.testing.assert_allclose(outline[0], outline[-1], atol=1e-14)
    assert outline.shape == (33, 2)


@pytest.mark.parametrize(("n_sigma", "percent"), [(1.0, 39), (2.0, 86)])
def test_ellipse_mass(n_sigma, percent):
    """The mass inside, counted on a fine grid over the ellipse's bounding box."""
    covariance = np.array([[2.0, 0.6], [0.6, 1.0]])
    outline = ellipse(np.zeros(2), covariance, n_sigma, n_points=2001)
    x, y = (np.linspace(-reach, reach, 801) for reach in outline.max(axis=0))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    inside = squared_mahalanobis(grid, np.zeros(2), covariance) <= n_sigma**2
    density = np.exp(gt.log_gaussian(grid[inside], np.zeros(2), covariance))
    mass = density.sum() * (x[1] - x[0]) * (y[1] - y[0])
    assert mass == pytest.approx(1 - np.exp(-(n_sigma**2) / 2), abs=1e-3)
    assert round(100 * mass) == percent

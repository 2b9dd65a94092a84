import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gmm_teach as gt
from gmm_teach import kmeans, starts

NAMES = pytest.mark.parametrize("name", starts.STARTS)


@pytest.fixture
def X():
    return gt.datasets.load("three_blobs").X


@NAMES
@given(
    N=st.integers(12, 30),
    D=st.integers(1, 4),
    K=st.integers(1, 6),
    covariance_type=st.sampled_from(gt.COVARIANCE_TYPES),
    seed=st.integers(0, 2**32),
)
def test_every_start_is_valid(name, N, D, K, covariance_type, seed):
    """Also when some points coincide; and the same seed gives the same start."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((N, D))
    X[rng.integers(N, size=N // 3)] = X[0]
    first, again = (starts.STARTS[name](X, K, np.random.default_rng(seed), covariance_type) for _ in "ab")
    assert first == again == gt.Mixture(*first)
    assert first.means.shape == (K, D)
    if covariance_type in ("diag", "spherical"):
        assert np.all(first.covariances * (1 - np.eye(D)) == 0)
    if covariance_type in ("tied", "spherical"):
        other = first.covariances[-1] if covariance_type == "tied" else first.covariances[0, 0, 0] * np.eye(D)
        np.testing.assert_allclose(first.covariances[0], other, rtol=1e-14)


@NAMES
def test_reg_covar_is_added(X, name):
    plain, raised = (
        starts.STARTS[name](X, 3, np.random.default_rng(0), "full", reg_covar) for reg_covar in (0.0, 0.5)
    )
    np.testing.assert_allclose(raised.covariances - plain.covariances, [0.5 * np.eye(2)] * 3, atol=1e-14)


def test_from_rows_is_document_c(X):
    start = starts.from_rows(X, [20, 10, 96])
    np.testing.assert_array_equal(start.weights, [1 / 3] * 3)
    np.testing.assert_array_equal(start.means, X[[20, 10, 96]])
    np.testing.assert_allclose(start.covariances, [np.cov(X.T)] * 3, rtol=1e-13)


def test_random_points_are_different_points(X):
    for seed in range(20):
        means = starts.random_points(X, 10, np.random.default_rng(seed)).means
        assert len(np.unique(means, axis=0)) == 10
        assert all((mean == X).all(axis=1).any() for mean in means)
    everything = starts.random_points(X[:7], 7, np.random.default_rng(0)).means
    np.testing.assert_array_equal(np.sort(everything, axis=0), np.sort(X[:7], axis=0))


def test_farthest_rows():
    line = np.array([[0.0], [1.0], [2.5], [10.0]])
    for seed in range(10):
        first, *others = starts.farthest_rows(line, 4, np.random.default_rng(seed))
        assert others == {0: [3, 2, 1], 1: [3, 2, 0], 2: [3, 0, 1], 3: [0, 2, 1]}[first]


def test_farthest_means_are_the_farthest_rows(X):
    start = starts.farthest(X, 3, np.random.default_rng(1))
    np.testing.assert_array_equal(start.means, X[starts.farthest_rows(X, 3, np.random.default_rng(1))])


def test_kmeans_start_describes_its_clusters(X):
    rows = np.random.default_rng(4).choice(len(X), 3, replace=False)
    labels = kmeans.run(X, X[rows])[-1].labels
    start = starts.kmeans(X, 3, np.random.default_rng(4))
    for k in range(3):
        members = X[labels == k]
        assert start.weights[k] == pytest.approx(len(members) / len(X), rel=1e-14)
        np.testing.assert_allclose(start.means[k], members.mean(axis=0), rtol=1e-13)
        np.testing.assert_allclose(start.covariances[k], np.cov(members.T, ddof=0), rtol=1e-12)


LINE = 100 + np.outer(np.arange(6.0), [1, 2])
ZIGZAG = np.outer([1, -1, 1, -1, 1, -1], [1e-7, 0])


@pytest.mark.parametrize(
    "island",
    [np.full((6, 2), 100.0), LINE, LINE + ZIGZAG, [[100.0, 101.0], [101.0, 100.0]]],
    ids=["one point", "line", "almost a line", "too few"],
)
def test_singular_cluster_takes_the_covariance_of_all(island):
    X = np.concatenate([np.random.default_rng(0).standard_normal((40, 2)), island])
    for seed in range(5):
        start = starts.kmeans(X, 2, np.random.default_rng(seed))
        far = start.means[:, 0].argmax()
        assert start.means[far, 0] > 50
        np.testing.assert_allclose(start.covariances[far], np.cov(X.T), rtol=1e-12)
        assert start.covariances[1 - far].max() < 3


def test_empty_cluster_has_some_weight():
    X = np.array([[0.0], [0.0], [0.0], [1.0]])
    start = starts.kmeans(X, 4, np.random.default_rng(0))
    assert start.weights.min() > 0


@NAMES
@pytest.mark.parametrize(
    ("n_components", "error", "message"),
    [
        (0, ValueError, "n_components must be a whole number >= 1, got 0"),
        (2.5, ValueError, r"got 2\.5"),
        ("3", TypeError, "did you mean 3"),
        (301, ValueError, "n_components is 301, but X has only 300 points"),
    ],
)
def test_n_components_errors(X, name, n_components, error, message):
    with pytest.raises(error, match=message):
        starts.STARTS[name](X, n_components, np.random.default_rng(0))


@NAMES
def test_covariance_type_error(X, name):
    with pytest.raises(ValueError, match="one of full, tied, diag, spherical; got 'round'"):
        starts.STARTS[name](X, 2, np.random.default_rng(0), "round")


@NAMES
def test_identical_points_are_refused_without_a_floor(name):
    with pytest.raises(ValueError, match="X does not vary anywhere: all its points are the same"):
        starts.STARTS[name](np.ones((5, 2)), 1, 0)
    mixture = starts.STARTS[name](np.ones((5, 2)), 1, 0, reg_covar=0.5)
    np.testing.assert_array_equal(mixture.covariances, [0.5 * np.eye(2)])


@NAMES
@pytest.mark.parametrize(
    ("X", "where", "fits"),
    [
        ([[0, 1], [1, 1], [3, 1]], "in column 1", "spherical"),
        ([[0, 1], [1, 3], [3, 7]], r"along 0\.7071 x0 - 0\.7071 x1 \(columns in units", "diag"),
    ],
)
def test_data_without_spread_are_refused_without_a_floor(name, X, where, fits):
    message = f"X does not vary {where}.*; a full covariance would be singular.* floor such as reg_covar="
    with pytest.raises(ValueError, match=message):
        starts.STARTS[name](X, 1, 0)
    assert np.linalg.eigvalsh(starts.STARTS[name](X, 1, 0, fits).covariances[0])[0] > 0.1


@NAMES
def test_rng_may_be_a_whole_number(X, name):
    assert starts.STARTS[name](X, 3, 5) == starts.STARTS[name](X, 3, np.random.default_rng(5))
    with pytest.raises(ValueError, match="rng must be a whole number >= 0, got -1"):
        starts.STARTS[name](X, 3, -1)
    with pytest.raises(TypeError, match="rng must be a whole number >= 0, got 'a'"):
        starts.STARTS[name](X, 3, "a")


@pytest.mark.parametrize("rows", [[], [0.0, 1.0], [[0, 1]], 3, [True, False], [0, 300], [-301]])
def test_bad_rows(X, rows):
    with pytest.raises(ValueError, match="rows must"):
        starts.from_rows(X, rows)

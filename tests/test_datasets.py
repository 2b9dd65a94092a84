import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import datasets

SHAPES = {
    "three_blobs": (300, 2),
    "document_c": (100, 2),
    "two_sources": (4000, 1),
    "old_faithful": (272, 2),
    "penguins": (342, 4),
    "pairs5": (500, 2),
    "cross": (400, 2),
}
NAMES = pytest.mark.parametrize("name", SHAPES)


def test_names():
    assert set(SHAPES) <= set(datasets.names())
    for name in datasets.names():
        assert isinstance(datasets.load(name), datasets.Dataset)


@NAMES
def test_shape(name):
    data = datasets.load(name)
    assert data.X.shape == SHAPES[name]
    assert data.X.dtype == np.float64
    assert np.isfinite(data.X).all()
    assert len(data.columns) == data.X.shape[1]
    assert str(data.about).endswith(".")
    if data.z is not None:
        assert data.z.shape == (len(data.X),)
        assert set(data.z) == set(range(data.z.max() + 1))


@NAMES
def test_same_every_time(name):
    first, again = datasets.load(name), datasets.load(name)
    np.testing.assert_array_equal(first.X, again.X)
    np.testing.assert_array_equal(first.z, again.z)
    assert first.truth == again.truth
    assert not np.shares_memory(first.X, again.X)


@pytest.mark.parametrize("name", ["three_blobs", "two_sources", "pairs5", "cross"])
def test_made_ones_agree_with_their_truth(name):
    """Weights, means and covariances of each component within 4 standard errors."""
    X, z, truth, *_ = datasets.load(name)
    for k, (weight, mean, covariance) in enumerate(zip(*truth, strict=True)):
        members = X[z == k]
        n, variances = len(members), np.diag(covariance)
        assert abs(n / len(X) - weight) <= 4 * np.sqrt(weight * (1 - weight) / len(X))
        assert np.all(abs(members.mean(axis=0) - mean) < 4 * np.sqrt(variances / n))
        error = np.sqrt((np.outer(variances, variances) + covariance**2) / n)
        assert np.all(abs(np.cov(members.T) - covariance) < 4 * error)


def test_document_c():
    data = datasets.load("document_c")
    np.testing.assert_array_equal(data.X[0], [0.31845367531615931, 5.0318209879941342])
    assert data.truth.n_components == 3
    assert gt.log_likelihood(data.X, data.truth) > -340


def test_old_faithful():
    X = datasets.load("old_faithful").X
    np.testing.assert_array_equal(X[:2], [[3.6, 79], [1.8, 54]])
    np.testing.assert_allclose(X.mean(axis=0), [3.487783, 70.897059], rtol=1e-6)


def test_penguins():
    data = datasets.load("penguins")
    np.testing.assert_array_equal(data.X[0], [39.1, 18.7, 181, 3750])
    assert np.bincount(data.z).tolist() == [151, 68, 123]


def test_unknown_name_lists_the_names():
    with pytest.raises(ValueError, match=r"one of three_blobs, .*penguins.*; got 'iris'"):
        datasets.load("iris")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,x,y\nfirst,1,2.5\nsecond,-3e2,4\n\nthird,5,six\nfourth,7\n", encoding="utf-8")
    return path


def test_from_csv(file):
    np.testing.assert_array_equal(datasets.from_csv(file, "x"), [[1], [-300], [5], [7]])
    np.testing.assert_array_equal(datasets.from_csv(str(file), ["x", "x"])[1], [-300, -300])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["x", "y"], "line 5, column 'y': 'six' is not a number"),
        (["name", "x"], "line 2, column 'name': 'first' is not a number"),
        (["x", "z"], "no column named 'z'; the file has name, x, y"),
    ],
)
def test_from_csv_names_line_and_column(file, columns, message):
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(file, columns)


def test_from_csv_short_line(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("x,y\n1,2\n3\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3, column 'y': None is not a number"):
        datasets.from_csv(path, ["x", "y"])


def test_from_csv_without_rows(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("x,y\n", encoding="utf-8")
    assert datasets.from_csv(path, ["x", "y"]).shape == (0, 2)

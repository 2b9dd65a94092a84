import copy
import pickle

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.params import check_soft_counts, constrain
from gmm_teach.validate import check_count, check_data

WEIGHTS = [0.3, 0.7]
MEANS = [[0.0, 1.0], [2.0, 3.0]]
COVARIANCES = [[[2.0, 0.5], [0.5, 1.0]], [[1.0, 0.0], [0.0, 3.0]]]


@pytest.fixture
def mixture():
    return gt.Mixture(WEIGHTS, MEANS, COVARIANCES)


def test_arrays_are_frozen_copies():
    given = [np.array(values) for values in (WEIGHTS, MEANS, COVARIANCES)]
    mixture = gt.Mixture(*given)
    for array, own in zip(given, mixture, strict=True):
        array[:] = 99.0
        assert not np.shares_memory(array, own)
        with pytest.raises(ValueError, match="read-only"):
            own[0] = 0.5
    assert mixture == gt.Mixture(WEIGHTS, MEANS, COVARIANCES)


def test_rounding_asymmetry_is_evened_out(mixture):
    crooked = mixture._replace(covariances=[np.eye(2), [[1, 0.5], [0.5 + 1e-12, 1]]]).covariances[1]
    assert crooked[0, 1] == crooked[1, 0] == pytest.approx(0.5 + 5e-13, abs=1e-15)


def test_immutable(mixture):
    with pytest.raises(AttributeError):
        mixture.weights = np.array([0.5, 0.5])
    with pytest.raises(AttributeError):
        mixture.anything = 1
    assert (mixture.n_components, mixture.n_features) == (2, 2)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            {"weights": [0.65, 0.65]},
            ValueError,
            r"weights must sum to 1, got 1\.3; use weights / weights\.sum\(\)",
        ),
        ({"weights": [1.5, -0.5]}, ValueError, r"negative; weights\[1\] is -0\.5"),
        ({"weights": [np.nan, 1.0]}, ValueError, r"weights\[0\] is nan"),
        ({"weights": []}, ValueError, r"weights must have shape \(K,\) with K >= 1, got \(0,\)"),
        ({"weights": [[0.3, 0.7]]}, ValueError, r"weights must have shape \(K,\) .* got \(1, 2\)"),
        ({"weights": ["a", "b"]}, TypeError, r"weights holds text, not numbers: \['a', 'b'\]"),
        ({"weights": [0.3 + 1j, 0.7]}, TypeError, "weights must hold real numbers only"),
        ({"means": [0.0, 1.0]}, ValueError, r"means must have shape \(K, D\) = \(2, D\), got \(2,\)"),
        ({"means": [[0.0, 1.0]]}, ValueError, r"\(2, D\), got \(1, 2\)"),
        ({"means": [[], []]}, ValueError, r"\(2, D\), got \(2, 0\)"),
        ({"means": [[0.0, np.nan], [2.0, 3.0]]}, ValueError, "means must be finite"),
        (
            {"means": [[0.0], [2.0, 3.0]]},
            ValueError,
            "means is ragged: row 1 has 2 numbers, row 0 has 1",
        ),
        (
            {"means": np.zeros((2, 3))},
            ValueError,
            r"covariances must have shape \(2, 3, 3\), got \(2, 2, 2\)",
        ),
        ({"covariances": np.eye(2)}, ValueError, r"covariances must have shape \(2, 2, 2\), got \(2, 2\)"),
        (
            {"covariances": [np.eye(2), [[1, 0.5], [0.2, 1]]]},
            ValueError,
            r"covariances\[1\].*symmetric.* 0\.3",
        ),
        ({"covariances": [np.eye(2), np.full((2, 2), np.nan)]}, ValueError, r"covariances\[1\] holds NaN"),
        (
            {"covariances": [np.eye(2), [[1, 2], [2, 1]]]},
            gt.Collapsed,
            r"component B \(index 1\).*not positive definite: smallest eigenvalue -1$",
        ),
    ],
)
def test_replace_and_new_reject(mixture, changes, error, message):
    with pytest.raises(error, match=message):
        mixture._replace(**changes)
    with pytest.raises(error, match=message):
        gt.Mixture(**mixture._asdict() | changes)


def test_collapsed_is_a_value_error_with_its_component():
    assert issubclass(gt.Collapsed, ValueError)
    with pytest.raises(gt.Collapsed) as caught:
        gt.Mixture([0.5, 0.5], [[0], [1]], [[[1]], [[0]]])
    assert caught.value.component == 1


def test_equality(mixture):
    same, other = gt.Mixture(WEIGHTS, MEANS, COVARIANCES), mixture._replace(weights=[0.4, 0.6])
    assert (mixture == same, mixture != same) == (True, False)
    assert (mixture == other, mixture != other) == (False, True)
    assert (mixture == "text", mixture != "text") == (False, True)
    with pytest.raises(TypeError, match="unhashable"):
        hash(mixture)


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_round_trip(mixture, twin):
    again = twin(mixture)
    assert type(again) is gt.Mixture
    assert again == mixture
    assert not any(array.flags.writeable for array in again)


def test_repr(mixture):
    assert repr(mixture) == (
        "Mixture of 2 in 2-D\n"
        "  A  weight 0.3  mean [0 1]  covariance [[2 0.5] [0.5 1]]\n"
        "  B  weight 0.7  mean [2 3]  covariance [[1 0] [0 3]]"
    )
    negative_zero = mixture._replace(means=[[-0.0, 1.0], [2.0, 3.0]])
    assert repr(negative_zero) == repr(mixture)


def test_repr_in_any_unit():
    """Four significant digits, so that data in small units do not print as 0.0000."""
    small = gt.Mixture([1 / 3, 2 / 3], [[1.23456e-7], [4321.98]], [[[1e-14]], [[2.34567e9]]])
    assert repr(small).splitlines()[1:] == [
        "  A  weight 0.3333  mean [1.235e-07]  covariance [[1e-14]]",
        "  B  weight 0.6667  mean [4322]  covariance [[2.346e+09]]",
    ]


def test_repr_of_many_columns_is_short():
    wide = gt.Mixture([1.0], np.zeros((1, 784)), [np.eye(784)])
    assert len(repr(wide)) < 300


def test_permuted(mixture):
    swapped = mixture.permuted([1, 0])
    assert swapped == gt.Mixture(WEIGHTS[::-1], MEANS[::-1], COVARIANCES[::-1])
    assert swapped.permuted([1, 0]) == mixture


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        ([[1, 2], [3, np.nan], [np.nan, 4]], ValueError, "2 values .* first at row 1, column 1"),
        ([[1, 2], [np.inf, 4]], ValueError, "1 value .* infinite, the first at row 1, column 0"),
        (np.empty((0, 2)), ValueError, r"shape \(0, 2\): there are no rows"),
        (np.empty((2, 0)), ValueError, r"shape \(2, 0\)"),
        ([], ValueError, "no rows"),
        (np.zeros((2, 2, 2)), ValueError, r"shape \(2, 2, 2\); it must be \(N, D\)"),
        (3.0, ValueError, r"shape \(\)"),
        ([["a", "b"]], TypeError, r"X holds text, not numbers: \['a', 'b'\]"),
        (["1", "2"], TypeError, r"X holds text, not numbers: \['1', '2'\]"),
        ([[1j]], TypeError, "X must hold real numbers only"),
        ([[1, 2], [3]], ValueError, "X is ragged: row 1 has 1 number, row 0 has 2 numbers"),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), TypeError, "X must hold real numbers only"),
    ],
)
def test_check_data_rejects(X, error, message):
    with pytest.raises(error, match=message):
        check_data(X)


def test_check_data_accepts():
    X = check_data([1, 2, 3])
    assert (X.shape, X.dtype) == ((3, 1), np.float64)
    np.testing.assert_array_equal(check_data([[1, 2], [3, 4]]), [[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (0, ValueError, "count must be a whole number >= 1, got 0"),
        (-1, ValueError, "got -1"),
        (2.5, ValueError, r"got 2\.5"),
        ("3", TypeError, "got '3'; did you mean 3"),
        (True, TypeError, "got True"),
        (None, TypeError, "got None"),
    ],
)
def test_check_count(value, error, message):
    with pytest.raises(error, match=message):
        check_count("count", value)
    assert check_count("count", np.int64(3)) == 3


def test_soft_counts():
    check_soft_counts(np.array([1.0, 1e-100]), 1)
    with pytest.raises(gt.Collapsed, match=r"component B \(index 1\) is empty"):
        check_soft_counts(np.array([2.0, 0.0]), 2)


@pytest.mark.parametrize("reg_covar", [0.0, 0.25])
def test_constrain(reg_covar):
    rng = np.random.default_rng(0)
    roots = rng.standard_normal((2, 3, 3))
    A, B = roots @ roots.swapaxes(1, 2)
    expected = {
        "full": [A, B],
        "tied": [0.2 * A + 0.8 * B] * 2,
        "diag": [np.diag(np.diag(A)), np.diag(np.diag(B))],
        "spherical": [np.eye(3) * np.trace(A) / 3, np.eye(3) * np.trace(B) / 3],
    }
    assert tuple(expected) == gt.COVARIANCE_TYPES
    for covariance_type, covariances in expected.items():
        actual = constrain(np.array([0.2, 0.8]), np.array([A, B]), covariance_type, reg_covar)
        np.testing.assert_allclose(actual, covariances + reg_covar * np.eye(3), rtol=1e-14)

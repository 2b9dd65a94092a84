from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.mixture import GaussianMixture

import gmm_teach as gt
from gmm_teach.selection import best_assignment

GAINS = st.integers(1, 5).flatmap(lambda K: hnp.arrays(float, (K, K), elements=st.floats(-100, 100)))


@pytest.fixture(scope="module")
def blobs():
    return gt.datasets.load("three_blobs")


@pytest.mark.parametrize(
    ("covariance_type", "expected"), [("spherical", 13), ("diag", 21), ("tied", 26), ("full", 41)]
)
def test_n_parameters(covariance_type, expected):
    assert gt.n_parameters(2, 5, covariance_type) == expected


def test_one_component_has_no_free_weight():
    assert [gt.n_parameters(1, 3, name) for name in gt.COVARIANCE_TYPES] == [9, 9, 6, 4]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2), "n_components must be a whole number >= 1, got 0"),
        ((2, 0), "n_features must be a whole number >= 1, got 0"),
        ((2, 2, "any"), "one of full, tied, diag, spherical; got 'any'"),
    ],
)
def test_n_parameters_rejects(arguments, message):
    with pytest.raises(ValueError, match=message):
        gt.n_parameters(*arguments)


def in_scikit_learn(mixture, covariance_type):
    """scikit-learn's mixture with the same parameters."""
    stored = {
        "full": mixture.covariances,
        "tied": mixture.covariances[0],
        "diag": mixture.covariances.diagonal(axis1=1, axis2=2),
        "spherical": mixture.covariances[:, 0, 0],
    }[covariance_type]
    oracle = GaussianMixture(mixture.n_components, covariance_type=covariance_type)
    oracle.weights_, oracle.means_, oracle.covariances_ = mixture.weights, mixture.means, stored
    oracle.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(mixture.covariances)).swapaxes(1, 2)
    if covariance_type == "tied":
        oracle.precisions_cholesky_ = oracle.precisions_cholesky_[0]
    if covariance_type in ("diag", "spherical"):
        oracle.precisions_cholesky_ = 1 / np.sqrt(stored)
    return oracle


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize("K", [1, 3])
def test_scores_against_scikit_learn(blobs, K, covariance_type):
    trace = gt.fit(blobs.X, K, covariance_type=covariance_type, seed=0, starts=1, max_iter=5)
    oracle = in_scikit_learn(trace.mixture, covariance_type)
    assert gt.aic(trace) == pytest.approx(oracle.aic(blobs.X), rel=1e-12)
    assert gt.bic(trace) == pytest.approx(oracle.bic(blobs.X), rel=1e-12)


def test_bic_finds_three_blobs(blobs):
    scores = [gt.bic(gt.fit(blobs.X, K, seed=0, starts=5)) for K in range(1, 6)]
    assert int(np.argmin(scores)) + 1 == 3


def test_held_out_scores_every_point_once(blobs):
    """Against the same cut made by hand."""
    X = blobs.X[:50]
    order = np.random.default_rng(3).permutation(50)
    total = 0.0
    for begin in (0, 17, 34):
        part = order[begin : begin + 17]
        trace = gt.fit(np.delete(X, part, axis=0), 2, seed=3, starts=2, covariance_type="diag")
        total += gt.log_density(X[part], trace.mixture).sum()
    actual = gt.held_out(X, 2, folds=3, seed=3, starts=2, covariance_type="diag")
    assert actual == pytest.approx(total / 50, rel=1e-12)


def test_held_out_punishes_too_few_components(blobs):
    one, three = (gt.held_out(blobs.X, K, starts=2) for K in (1, 3))
    assert three > one + 0.1


@pytest.mark.parametrize(
    ("folds", "message"),
    [(1, "folds must be a whole number >= 2, got 1"), (51, "folds is 51, but .* only 50")],
)
def test_held_out_rejects(blobs, folds, message):
    with pytest.raises(ValueError, match=message):
        gt.held_out(blobs.X[:50], 2, folds=folds)


@given(GAINS)
def test_best_assignment_against_brute_force(gain):
    K = len(gain)
    columns = best_assignment(gain)
    assert sorted(columns) == list(range(K))
    best = max(gain[range(K), order].sum() for order in permutations(range(K)))
    assert gain[range(K), columns].sum() == pytest.approx(best, rel=1e-12, abs=1e-12)


@given(st.permutations(range(4)), st.integers(0, 2**32))
def test_match_labels_undoes_a_renaming(order, seed):
    reference = np.concatenate([range(4), np.random.default_rng(seed).integers(4, size=30)])
    labels = np.argsort(order)[reference]
    names = gt.match_labels(labels, reference)
    np.testing.assert_array_equal(names, order)
    np.testing.assert_array_equal(names[labels], reference)


def test_match_labels_maximises_agreement():
    labels, reference = [0, 0, 0, 1, 1, 2], [1, 1, 0, 0, 0, 0]
    assert gt.match_labels(labels, reference).tolist() == [1, 0, 2]
    assert gt.match_labels([0, 0], [2, 2]).tolist()[0] == 2
    assert len(gt.match_labels([0, 1], [1, 0], n_components=4)) == 4


@pytest.mark.parametrize(
    ("labels", "message"),
    [([0, 1], r"one length, got \(2,\) and \(3,\)"), ([-1, 0, 1], "numbers from 0"), ([0.0, 1, 1], "from 0")],
)
def test_match_labels_rejects(labels, message):
    with pytest.raises(ValueError, match=message):
        gt.match_labels(labels, [0, 1, 1])


@given(st.permutations(range(5)))
def test_match_components_undoes_a_permutation(order):
    truth = gt.datasets.load("pairs5").truth
    moved = truth._replace(means=truth.means + 0.1).permuted(order)
    restored = moved.permuted(gt.match_components(moved, truth))
    assert restored == truth._replace(means=truth.means + 0.1)


def test_match_components_rejects_another_size():
    one, two = gt.Mixture([1], [[0]], [[[1]]]), gt.Mixture([0.5, 0.5], [[0], [1]], [[[1]], [[1]]])
    with pytest.raises(ValueError, match=r"differ in K or D: means of \(1, 1\) and \(2, 1\)"):
        gt.match_components(one, two)

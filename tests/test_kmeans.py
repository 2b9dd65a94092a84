from itertools import pairwise

import numpy as np
import pytest
from sklearn.cluster import KMeans

import gmm_teach as gt
from gmm_teach import kmeans


@pytest.fixture
def blobs():
    X = gt.datasets.load("three_blobs").X
    return X, X[[0, 1, 2]]


def test_steps_are_recorded(blobs):
    X, means = blobs
    steps = kmeans.run(X, means)
    rounds = len(steps) // 2
    expected = [("start", 0)] + [(kind, i) for i in range(1, rounds + 1) for kind in ("assign", "update")]
    assert [(step.kind, step.iteration) for step in steps] == expected[: len(steps)]
    assert steps[-1].kind == "assign"
    start = steps[0]
    np.testing.assert_array_equal(start.means, means)
    assert start.labels is None
    assert np.isnan(start.inertia)
    for before, step in pairwise(steps):
        if step.kind == "assign":
            np.testing.assert_array_equal(step.means, before.means)
            np.testing.assert_array_equal(step.labels, kmeans.assign_step(X, step.means))
        else:
            np.testing.assert_array_equal(step.labels, before.labels)
            np.testing.assert_array_equal(step.means, kmeans.update_step(X, step.labels, before.means))
        assert step.inertia == kmeans.inertia(X, step.labels, step.means)


def test_means_and_labels_belong_together(blobs):
    X, means = blobs
    last = kmeans.run(X, means)[-1]
    for k in range(3):
        np.testing.assert_allclose(last.means[k], X[last.labels == k].mean(axis=0), rtol=1e-14)


@pytest.mark.parametrize("max_iter", [1, 2])
def test_max_iter_counts_updates_and_ends_on_an_assignment(blobs, max_iter):
    steps = kmeans.run(*blobs, max_iter=max_iter)
    assert [step.kind for step in steps] == ["start", "assign"] + ["update", "assign"] * max_iter


@pytest.mark.parametrize("seed", range(8))
def test_inertia_never_rises(seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((80, 3))
    inertias = [step.inertia for step in kmeans.run(X, X[rng.choice(80, 5, replace=False)])[1:]]
    assert len(inertias) > 4
    assert np.all(np.diff(inertias) <= 1e-12 * inertias[0])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("name", "K"), [("three_blobs", 3), ("pairs5", 5), ("penguins", 3)])
def test_scikit_learn(name, K, seed):
    X = gt.datasets.load(name).X
    means = X[np.random.default_rng(seed).choice(len(X), K, replace=False)]
    oracle = KMeans(K, init=means, n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(X)
    last = kmeans.run(X, means, max_iter=1000)[-1]
    assert last.inertia == pytest.approx(oracle.inertia_, rel=1e-10)
    np.testing.assert_allclose(last.means, oracle.cluster_centers_, rtol=1e-10, atol=1e-10)
    np.testing.assert_array_equal(last.labels, oracle.labels_)


def test_empty_cluster_keeps_its_mean():
    X = np.array([[0.0], [1.0], [2.0]])
    means = np.array([[1.0], [100.0]])
    np.testing.assert_array_equal(kmeans.update_step(X, np.zeros(3, int), means), means)
    for step in kmeans.run(X, means):
        np.testing.assert_array_equal(step.means[1], [100.0])


def test_ties_go_to_the_first():
    assert kmeans.assign_step(np.array([[0.0]]), np.array([[1.0], [-1.0], [1.0]])).tolist() == [0]


def test_inputs_stay_as_they_are(blobs):
    X, means = (array.copy() for array in blobs)
    steps = kmeans.run(X, means)
    np.testing.assert_array_equal(X, blobs[0])
    np.testing.assert_array_equal(means, blobs[1])
    means[:] = 0
    np.testing.assert_array_equal(steps[0].means, blobs[1])


def test_rejects_nan():
    with pytest.raises(ValueError, match="first at row 1, column 0"):
        kmeans.run([[0.0], [np.nan]], [[0.0]])


def test_recorded_steps_cannot_be_written(two_blobs):
    X, _ = two_blobs
    given = X[:2].copy()
    steps = gt.kmeans.run(X, given)
    assert not any(step.means.flags.writeable for step in steps)
    assert not any(step.labels.flags.writeable for step in steps[1:])
    given[0] = 99
    assert steps[0].means[0, 0] != 99

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


def test_labels_and_means_may_be_lists():
    X, means = [[0.0], [1.0], [5.0]], [[0.0], [9.0]]
    np.testing.assert_array_equal(kmeans.update_step(X, [0, 0, 1], means), [[0.5], [5.0]])
    assert kmeans.inertia(X, [0, 0, 1], means) == 17
    assert kmeans.assign_step(X, means).tolist() == [0, 0, 1]
    assert means == [[0.0], [9.0]]


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        ([0, 0], ValueError, r"labels must have shape \(N,\) = \(3,\), got \(2,\)"),
        ([[0], [0], [1]], ValueError, r"labels must have shape .* got \(3, 1\)"),
        (1, ValueError, r"labels must have shape .* got \(\)"),
        ([0, 2, 0], ValueError, r"labels must lie below 2, the number of components; labels\[1\] is 2"),
        ([0, -1, 0], ValueError, "labels must hold whole numbers from 0"),
        ([0.0, 1.0, 1.0], ValueError, "labels must hold whole numbers from 0, got float64"),
        ([True, False, True], ValueError, "labels must hold whole numbers from 0, got bool"),
        (["a", "b", "a"], TypeError, "labels holds text"),
        (None, TypeError, "labels must be an array .*, got NoneType"),
    ],
)
@pytest.mark.parametrize("step", [kmeans.update_step, kmeans.inertia])
def test_labels_are_checked(step, labels, error, message):
    with pytest.raises(error, match=message):
        step([[0.0], [1.0], [5.0]], labels, [[0.0], [9.0]])


@pytest.mark.parametrize(
    ("means", "error", "message"),
    [
        ([0.0, 9.0], ValueError, r"means must have shape \(K, D\) = \(K, 2\), got \(2,\)"),
        ([], ValueError, r"means must have shape .* got \(0,\)"),
        (np.zeros((0, 2)), ValueError, r"means must have shape .* got \(0, 2\)"),
        ([[0.0], [9.0]], ValueError, r"means must have shape .* got \(2, 1\)"),
        ([[0.0, 1.0], [np.nan, 9.0]], ValueError, r"means must be finite; means\[1, 0\] is nan"),
        ([[0.0, 1.0], [np.inf, 9.0]], ValueError, r"means must be finite; means\[1, 0\] is inf"),
        ([[0.0, 1.0], [1e200, 9.0]], ValueError, r"means hold values up to 1e\+200, whose squares overflow"),
        ([["a", "b"]], TypeError, "means holds text"),
        (None, TypeError, "means must be an array .*, got NoneType"),
    ],
)
@pytest.mark.parametrize(
    "door",
    [
        kmeans.assign_step,
        kmeans.run,
        kmeans.squared_distances,
        lambda X, means: kmeans.update_step(X, [0, 0, 0], means),
        lambda X, means: kmeans.inertia(X, [0, 0, 0], means),
    ],
    ids=["assign_step", "run", "squared_distances", "update_step", "inertia"],
)
def test_means_are_checked(door, means, error, message):
    with pytest.raises(error, match=message):
        door([[0.0, 1.0], [1.0, 1.0], [5.0, 2.0]], means)


def test_one_dimension_needs_a_column_of_means():
    with pytest.raises(ValueError, match=r"got \(2,\); use means.reshape\(-1, 1\)"):
        kmeans.assign_step([0.0, 1.0, 5.0], [0.0, 5.0])


def test_steps_are_equal_or_not_and_never_raise(blobs):
    steps, again = kmeans.run(*blobs), kmeans.run(*blobs)
    assert steps == again
    assert steps[0] != steps[1]
    assert steps[1] != steps[1]._replace(means=steps[1].means[:2])
    assert steps[1] != tuple(steps[1])

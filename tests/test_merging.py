"""Merging components by entropy, against a search that writes the rule down once more."""

import itertools

import numpy as np
import pytest
from scipy.stats import entropy

import gmm_teach as gt


def shares(seed, N=40, K=5):
    return np.random.default_rng(seed).dirichlet(np.full(K, 0.4), N)


def added_up(r, names):
    return np.stack([r[:, names == name].sum(axis=1) for name in range(max(names) + 1)], axis=1)


def one_step(r, names):
    """The best renaming with one cluster less, of all of them."""
    candidates = []
    for pair in itertools.combinations(range(max(names) + 1), 2):
        merged = np.where(names == pair[1], pair[0], names)
        merged = merged - (merged > pair[1])
        candidates.append((entropy(added_up(r, merged), axis=1).sum(), merged.tolist()))
    return np.array(min(candidates)[1])


@pytest.mark.parametrize("seed", range(4))
def test_each_step_takes_away_most_entropy(seed):
    r, names = shares(seed), np.arange(5)
    for n_clusters in (4, 3, 2, 1):
        names = one_step(r, names)
        assert gt.merge_components(r, n_clusters).tolist() == names.tolist()


def test_entropy_never_rises():
    r = shares(9, K=7)
    totals = [entropy(added_up(r, gt.merge_components(r, n)), axis=1).sum() for n in range(7, 0, -1)]
    assert np.all(np.diff(totals) <= 1e-12)
    assert abs(totals[-1]) < 1e-12


def test_the_moons_come_out_whole():
    moons = gt.datasets.load("half_moons")
    r = gt.fit(moons.X, 6, seed=0, starts=4).responsibilities
    names = gt.merge_components(r, 2)
    labels = names[r.argmax(axis=1)]
    assert np.mean(labels == moons.z) in (0, 1)


def test_as_many_clusters_as_components_merge_nothing_and_r_stays():
    r = shares(1)
    before = r.copy()
    assert gt.merge_components(r, 5).tolist() == [0, 1, 2, 3, 4]
    assert gt.merge_components(r, 1).tolist() == [0] * 5
    np.testing.assert_array_equal(r, before)


def test_a_trace_has_responsibilities():
    X = gt.datasets.load("half_moons").X
    trace = gt.fit(X, 4, seed=0, starts=1)
    assert gt.merge_components(trace, 2).tolist() == gt.merge_components(trace.responsibilities, 2).tolist()


@pytest.mark.parametrize(
    ("r", "n_clusters", "error", "message"),
    [
        (shares(0), 6, ValueError, "n_clusters is 6, but there are only 5 components"),
        (shares(0), 0, ValueError, "n_clusters must be a whole number >= 1, got 0"),
        (shares(0), 2.5, ValueError, "n_clusters must be a whole number >= 1, got 2.5"),
        (2 * shares(0), 2, ValueError, "responsibilities"),
        (np.ones(3), 1, ValueError, "responsibilities"),
        (5, 1, ValueError, "responsibilities"),
        (np.empty((0, 2)), 1, ValueError, r"have shape \(0, 2\): there are no rows"),
        (np.empty((3, 0)), 1, ValueError, r"have shape \(3, 0\): there are no rows or no columns"),
        (gt.Mixture([1], [[0]], [[[1]]]), 1, TypeError, r"must be an \(N, K\) array of numbers, got Mixture"),
        (gt.datasets.load("ring"), 1, TypeError, r"must be an \(N, K\) array of numbers, got Dataset"),
    ],
)
def test_rejects(r, n_clusters, error, message):
    with pytest.raises(error, match=message):
        gt.merge_components(r, n_clusters)

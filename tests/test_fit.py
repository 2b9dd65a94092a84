"""Restarts: `fit`."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, loops, restarts, starts, vectorized


def same(one, other):
    return one.mixture == other.mixture and np.array_equal(one.log_likelihoods, other.log_likelihoods)


@pytest.fixture(scope="module")
def pairs():
    return gt.datasets.load("pairs5").X


@pytest.mark.parametrize("start", starts.STARTS)
def test_best_of_starts(pairs, start):
    best = gt.fit(pairs, 5, start=start, starts=6, seed=3)
    runs = [gt.fit(pairs, 5, start=start, starts=1, seed=seed) for seed in range(3, 9)]
    scores = [run.log_likelihood for run in runs]
    assert min(scores) < max(scores) - 1
    assert best.log_likelihood == max(scores)
    assert best.seeds == tuple(range(3, 9))
    assert best.seed == 3 + int(np.argmax(scores))
    assert same(best, runs[best.seed - 3])


@pytest.mark.parametrize("start", starts.STARTS)
@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
def test_fit_is_run_em_from_a_start(two_blobs, start, covariance_type):
    X, _ = two_blobs
    first = starts.STARTS[start](X, 2, np.random.default_rng(7), covariance_type, 0.01)
    expected = gt.run_em(X, first, covariance_type=covariance_type, reg_covar=0.01)
    trace = gt.fit(X, 2, starts=1, start=start, seed=7, covariance_type=covariance_type, reg_covar=0.01)
    assert same(trace, expected)
    assert (trace.covariance_type, trace.reg_covar) == (covariance_type, 0.01)


@pytest.mark.parametrize("seed", range(3))
def test_how_many_runs_reached_the_best(pairs, seed):
    """As far as the tolerance can tell; the message says it in words."""
    best = gt.fit(pairs, 5, start="random_points", starts=8, seed=seed)
    ends = [gt.fit(pairs, 5, start="random_points", starts=1, seed=one).log_likelihood for one in best.seeds]
    assert best.reached == sum(max(ends) - end < 0.05 for end in ends)
    assert 1 <= best.reached < 8
    assert best.message.endswith(f" {best.reached} of 8 runs ended as high as this one.")
    assert gt.fit(pairs, 5, starts=1, seed=seed).reached == 1


def test_mixed_starts_take_turns(pairs):
    kinds = list(starts.STARTS)
    mixed = gt.fit(pairs, 5, start="mixed", starts=7, seed=2)
    runs = [gt.fit(pairs, 5, start=kinds[i % 3], starts=1, seed=2 + i) for i in range(7)]
    best = max(range(7), key=lambda i: runs[i].log_likelihood)
    assert mixed.log_likelihood == runs[best].log_likelihood
    chosen = mixed.seed - 2
    assert mixed.kind_of_start == kinds[chosen % 3]
    assert same(mixed, runs[chosen])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
def test_three_long_thin_clouds(seed):
    """Of deviations 1 and 1/20, side by side: BIC picks K = 3."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((300, 2)) * [1, 1 / 20] + np.outer(np.repeat([0, 1, 2], 100), [0, 0.25])
    scores = [gt.bic(gt.fit(X, K, start="mixed", seed=seed, record="scores")) for K in range(1, 6)]
    assert 1 + int(np.nanargmin(scores)) == 3


def test_engines_agree(two_blobs):
    X, _ = two_blobs
    runs = [gt.fit(X, 2, starts=2, seed=0, engine=engine) for engine in (loops, vectorized, fast)]
    for run in runs[1:]:
        assert run.seed == runs[0].seed
        assert run.log_likelihood == pytest.approx(runs[0].log_likelihood, rel=1e-12)


def test_drawn_seeds_repeat_the_run(two_blobs):
    X, _ = two_blobs
    trace = gt.fit(X, 3, starts=3, start="random_points", max_iter=5)
    assert len(trace.seeds) == 3
    assert trace.seed in trace.seeds
    assert same(gt.fit(X, 3, starts=3, start="random_points", max_iter=5, seed=trace.seeds[0]), trace)
    assert same(gt.fit(X, 3, starts=1, start="random_points", max_iter=5, seed=trace.seed), trace)
    assert gt.fit(X, 3, starts=1, max_iter=1).seeds != gt.fit(X, 3, starts=1, max_iter=1).seeds


def test_global_random_state_is_left_alone(two_blobs):
    np.random.seed(0)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    gt.fit(two_blobs[0], 2, starts=2, max_iter=2)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def collapsing(X, n_components, rng, covariance_type, reg_covar):
    """A start whose B is empty, at every seed but the third."""
    centre = [3, 2] if rng.bit_generator.state == np.random.default_rng(2).bit_generator.state else [1e3, 0]
    return gt.Mixture([0.5, 0.5], [[0, 0], centre], [np.eye(2)] * 2)


def test_collapsed_run_loses(two_blobs, monkeypatch):
    X, _ = two_blobs
    monkeypatch.setitem(starts.STARTS, "kmeans", collapsing)
    assert gt.fit(X, 2, starts=2, seed=0).status == "collapsed"
    trace = gt.fit(X, 2, starts=4, seed=0)
    assert (trace.status, trace.seed) == ("converged", 2)


def test_collapsed_run_loses_even_to_a_lower_score(two_blobs):
    good = gt.run_em(*two_blobs, max_iter=1)
    collapsed = good._replace(
        status="collapsed", steps=(*good.steps[:-1], good.steps[-1]._replace(log_likelihood=1e9))
    )
    assert restarts._is_better(good, collapsed)
    assert not restarts._is_better(collapsed, good)


def test_a_gain_by_rounding_alone_is_no_gain(two_blobs):
    trace = gt.fit(two_blobs[0], 2, seed=0, starts=1)
    for gain, better in ((1e-14, False), (1e-10, True)):
        last = trace.steps[-1]._replace(log_likelihood=trace.log_likelihood * (1 - gain))
        assert restarts._is_better(trace._replace(steps=(*trace.steps[:-1], last)), trace) == better


@pytest.mark.parametrize(("calls", "made"), [(3, 1), (12, 2)])
def test_interrupt_keeps_the_best_so_far(two_blobs, monkeypatch, calls, made):
    """At the third E-step, so within the first run; and within the second."""
    X, _ = two_blobs
    first = gt.fit(X, 2, starts=1, seed=0, tol=0, max_iter=8)
    count = []

    def interrupted(X, mixture):
        count.append(1)
        if len(count) == calls:
            raise KeyboardInterrupt
        return vectorized.e_step(X, mixture)

    trace = gt.fit(X, 2, starts=5, seed=0, tol=0, max_iter=8, e_step=interrupted)
    assert len(count) == calls
    assert trace.seeds == tuple(range(made))
    if made == 1:
        assert (trace.status, trace.iterations) == ("interrupted", 1)
    else:
        assert trace.log_likelihood >= first.log_likelihood * (1 + 1e-12)


def test_interrupt_between_runs_keeps_the_best_so_far(two_blobs):
    X, _ = two_blobs
    first = gt.fit(X, 2, starts=1, seed=0, max_iter=4, tol=0, engine=vectorized)
    count = []

    def interrupted(X, mixture):
        count.append(1)
        if len(count) == 6:  # the first E-step of the second run
            raise KeyboardInterrupt
        return vectorized.e_step(X, mixture)

    options = {"max_iter": 4, "tol": 0, "engine": vectorized}
    trace = gt.fit(X, 2, starts=5, seed=0, e_step=interrupted, **options)
    assert trace.mixture == first.mixture
    assert (trace.status, trace.seeds) == ("max_iter", (0,))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"n_components": 0}, ValueError, "n_components must be a whole number >= 1, got 0"),
        ({"n_components": -1}, ValueError, "got -1"),
        ({"n_components": 2.5}, ValueError, r"n_components must be a whole number >= 1, got 2\.5"),
        ({"n_components": "3"}, TypeError, "n_components .* got '3'; did you mean 3"),
        ({"n_components": 101}, ValueError, "n_components is 101, but X has only 100 points"),
        ({"start": "k-means"}, ValueError, "one of random_points, kmeans, farthest, mixed; got 'k-means'"),
        ({"starts": 0}, ValueError, "starts must be a whole number >= 1, got 0"),
        ({"seed": -1}, ValueError, "seed must be a whole number >= 0, got -1"),
        ({"seed": "a"}, TypeError, "seed must be a whole number >= 0, got 'a'"),
        ({"covariance_type": "ful"}, ValueError, "one of full, tied, diag, spherical; got 'ful'"),
        ({"reg_covar": -1.0}, ValueError, r"reg_covar must be >= 0 and finite, got -1\.0"),
        ({"X": [["a"]]}, TypeError, "X holds text, not numbers"),
        ({"X": [[1.0, np.inf]]}, ValueError, "first at row 0, column 1"),
    ],
)
def test_rejects(two_blobs, change, error, message):
    with pytest.raises(error, match=message):
        gt.fit(**({"X": two_blobs[0], "n_components": 2} | change))

"""What a run takes of memory at its peak, beside the data that it is given: as the docstrings say."""

import tracemalloc

import numpy as np
import pytest

import gmm_teach as gt

T = 3
TEN_COLUMNS = pytest.param(100_000, 10, 3, marks=pytest.mark.slow)
SIZES = pytest.mark.parametrize(("N", "D", "K"), [(400_000, 2, 8), (400_000, 2, 2), TEN_COLUMNS])
SOON_DONE = pytest.mark.parametrize(("N", "D", "K"), [(400_000, 2, 2), TEN_COLUMNS])  # by k-means


def problem(N, D, K):
    """Clusters far apart, and a start."""
    rng = np.random.default_rng(0)
    X = 100 * rng.standard_normal((K, D))[rng.integers(K, size=N)] + rng.standard_normal((N, D))
    return X, gt.starts.random_points(X, K, rng)


def peak(call):
    """Bytes at the peak of a call."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def assert_states(stated, taken):
    """A call takes what is stated: no more, and not far less."""
    assert stated / 2 < taken <= stated


@SIZES
def test_the_fused_run(N, D, K):
    X, start = problem(N, D, K)
    taken = peak(lambda: gt.run_em(X, start, engine=gt.fast, record="scores", tol=0, max_iter=T))
    assert_states(2.5 * X.nbytes, taken)


@SIZES
def test_a_run_that_records_scores(N, D, K):
    X, start = problem(N, D, K)
    taken = peak(lambda: gt.run_em(X, start, engine=gt.vectorized, record="scores", tol=0, max_iter=T))
    assert_states(2.5 * X.nbytes + 4.1 * 8 * N * K, taken)


@SIZES
@pytest.mark.parametrize("name", ["vectorized", "fast"])
def test_a_run_that_records_all(name, N, D, K):
    """N x K numbers for each of its half-steps, and those of two at work, of three in the textbook."""
    X, start = problem(N, D, K)
    trace = []
    taken = peak(lambda: trace.append(gt.run_em(X, start, engine=getattr(gt, name), tol=0, max_iter=T)))
    half_steps = len(trace[0].steps) - 1
    assert half_steps == 2 * T + 1
    at_work = 3.1 if name == "vectorized" else 2
    assert_states(2.5 * X.nbytes + (half_steps + at_work) * 8 * N * K, taken)


@pytest.mark.slow
@SOON_DONE
@pytest.mark.parametrize("record", ["all", "scores"])
def test_fit_keeps_two_runs_the_best_and_the_present(record, N, D, K):
    X, _ = problem(N, D, K)
    options = {"engine": gt.fast, "record": record, "tol": 0, "max_iter": T}
    taken = peak(lambda: gt.fit(X, K, starts=3, seed=0, **options))
    half_steps = 2 * T + 1 if record == "all" else 0
    at_work = 2 if record == "all" else 0
    assert_states(8 * X.nbytes + (2 * half_steps + at_work) * 8 * N * K, taken)


@SOON_DONE
@pytest.mark.parametrize(("start", "multiple"), [("random_points", 1.5), ("kmeans", 4), ("farthest", 2)])
def test_starts(start, multiple, N, D, K):
    X, _ = problem(N, D, K)
    taken = peak(lambda: gt.starts.STARTS[start](X, K, np.random.default_rng(0)))
    assert_states(multiple * X.nbytes, taken)

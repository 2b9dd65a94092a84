"""What `run_em` records."""

from itertools import pairwise

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized
from gmm_teach.engine import blocks

TYPES = pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)


@pytest.fixture
def trace(two_blobs, engine):
    return gt.run_em(*two_blobs, engine=engine, tol=0, max_iter=6)


def arrays_of(trace):
    yield trace.X
    for step in trace.steps:
        yield from step.mixture
        if step.responsibilities is not None:
            yield step.responsibilities


def test_names_and_counts(trace):
    names = ["start", *[f"{kind}{i}" for i in range(1, 8) for kind in "EM"][:-1]]
    assert [step.name for step in trace.steps] == names
    assert trace.iterations == 6
    assert len(trace.log_likelihoods) == 7
    assert len(trace.elbos) == 13
    assert trace.covariance_type == "full"
    assert trace.collapsed is trace.seed is None


def test_e_steps_keep_parameters_and_m_steps_keep_responsibilities(trace, two_blobs):
    start = trace.steps[0]
    assert start.mixture == two_blobs[1]
    assert start.responsibilities is start.elbo is None
    for before, after in pairwise(trace.steps):
        if after.kind == "E":
            assert after.mixture == before.mixture
        else:
            np.testing.assert_array_equal(after.responsibilities, before.responsibilities)
            assert after.mixture != before.mixture


def test_scores_belong_to_their_own_step(trace, two_blobs):
    X, _ = two_blobs
    for step in trace.steps:
        assert step.log_likelihood == pytest.approx(gt.log_likelihood(X, step.mixture), rel=1e-12)
        if step.kind == "E":
            own = gt.responsibilities(X, step.mixture)
            np.testing.assert_allclose(step.responsibilities, own, rtol=0, atol=1e-12)
            assert step.elbo == pytest.approx(step.log_likelihood, rel=1e-12)
        if step.kind == "M":
            bound = gt.elbo(X, step.mixture, step.responsibilities)
            assert step.elbo == pytest.approx(bound, rel=1e-12)
            assert step.elbo < step.log_likelihood


def test_last_step_is_the_result(trace):
    last = trace.steps[-1]
    assert trace.mixture is last.mixture
    assert trace.responsibilities is last.responsibilities
    assert trace.log_likelihood == last.log_likelihood == trace.log_likelihoods[-1]


@TYPES
@pytest.mark.parametrize("record", ["all", "scores"])
def test_bound_and_log_likelihood_rise(two_blobs, engine, covariance_type, record):
    X, _ = two_blobs
    start = gt.starts.from_rows(X, [0, 1], covariance_type)
    trace = gt.run_em(
        X, start, engine=engine, covariance_type=covariance_type, tol=0, max_iter=20, record=record
    )
    rounding = 1e-12 * abs(trace.log_likelihood)
    assert np.all(np.diff(trace.elbos) >= -rounding)
    assert np.all(np.diff(trace.log_likelihoods) >= -rounding)
    assert trace.log_likelihood > trace.log_likelihoods[0] + 1
    assert trace.elbos[1] > trace.elbos[0] + 1


def test_arrays_are_frozen(trace):
    assert not any(array.flags.writeable for array in arrays_of(trace))


def test_responsibilities_do_not_share_memory(trace):
    own = [step.responsibilities for step in trace.steps[1:]]
    for i, r in enumerate(own):
        assert not any(np.shares_memory(r, other) for other in own[:i])


def test_callers_array_is_neither_written_nor_watched(engine):
    X = np.random.default_rng(0).standard_normal((40, 2))
    before = X.copy()
    trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1]), engine=engine, max_iter=3)
    np.testing.assert_array_equal(X, before)
    assert X.flags.writeable
    X[:] = 0
    np.testing.assert_array_equal(trace.X, before)
    assert trace.log_likelihood == pytest.approx(gt.log_likelihood(before, trace.mixture), rel=1e-12)


@TYPES
@pytest.mark.parametrize("reg_covar", [0.0, 0.05])
def test_scores_only_agrees_with_all(two_blobs, engine, covariance_type, reg_covar, assert_same_mixture):
    options = {"engine": engine, "covariance_type": covariance_type, "reg_covar": reg_covar}
    everything = gt.run_em(*two_blobs, tol=0, max_iter=8, **options)
    scores = gt.run_em(*two_blobs, tol=0, max_iter=8, record="scores", **options)
    assert [step.name for step in scores.steps] == [step.name for step in everything.steps]
    assert all(step.responsibilities is None for step in scores.steps)
    np.testing.assert_allclose(scores.log_likelihoods, everything.log_likelihoods, rtol=1e-12)
    np.testing.assert_allclose(scores.elbos, everything.elbos, rtol=1e-12)
    for one, other in zip(scores.steps, everything.steps, strict=True):
        assert_same_mixture(one.mixture, other.mixture, 1e-11)
    np.testing.assert_allclose(scores.responsibilities, everything.responsibilities, rtol=0, atol=1e-11)


def test_scores_only_lets_fast_fuse(two_blobs, monkeypatch):
    def forbidden(*_):
        raise AssertionError("made responsibilities")

    monkeypatch.setattr(fast, "e_step", forbidden)
    monkeypatch.setattr(blocks, "e_step", forbidden)
    assert gt.run_em(*two_blobs, engine=fast, record="scores").status == "converged"


@TYPES
def test_whole_runs_agree(two_blobs, covariance_type, assert_same_mixture):
    runs = [
        gt.run_em(*two_blobs, engine=engine, covariance_type=covariance_type, tol=0, max_iter=10)
        for engine in (loops, vectorized, fast)
    ]
    for other in runs[1:]:
        for one, another in zip(runs[0].steps, other.steps, strict=True):
            assert_same_mixture(another.mixture, one.mixture, 1e-11)


def test_repr(two_blobs):
    trace = gt.run_em(*two_blobs, max_iter=2)
    assert repr(trace) == f"Trace of 2 iterations, max_iter: log-likelihood {trace.log_likelihood:.4f}"

"""What holds of a whole run, whatever the data: every mode of `run_em`, every covariance type."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import FEW, MODES, SOME, film, problems

import gmm_teach as gt
from gmm_teach import kmeans, starts


def assert_same_bits(steps, others):
    for step, other in zip(steps, others, strict=True):
        assert step.mixture == other.mixture
        assert (step.kind, step.log_likelihood, step.elbo) == (other.kind, other.log_likelihood, other.elbo)
        np.testing.assert_array_equal(step.responsibilities, other.responsibilities)


@MODES
@FEW
@given(problem=problems())
def test_scores_never_fall(engine, record, problem):
    """Without a floor: E touches the log-likelihood, M lifts the bound, and the two never cross."""
    trace = film(problem, engine=engine, record=record, tol=0, max_iter=12)
    rounding = 1e-12 * abs(trace.log_likelihood)
    assert np.all(np.diff(trace.log_likelihoods) >= -rounding)
    assert np.all(np.diff(trace.elbos) >= -rounding)
    for step in trace.steps[1:]:
        if step.kind == "E":
            assert step.elbo == step.log_likelihood
        else:
            assert step.elbo <= step.log_likelihood + rounding


@MODES
@FEW
@given(problem=problems(components=(2, 3)), cut=st.integers(1, 4), reg_covar=st.sampled_from([0.0, 0.1]))
def test_resume_is_exact(engine, record, problem, cut, reg_covar):
    """Bit for bit, from the mixture after any iteration."""
    options = {"engine": engine, "record": record, "tol": 0, "reg_covar": reg_covar}
    through = film(problem, max_iter=5, **options)
    assume(through.status == "max_iter")  # a run that has ended cannot be resumed
    first = film(problem, max_iter=cut, **options)
    rest = film(problem, start=first.mixture, max_iter=5 - cut, **options)
    assert_same_bits(first.steps + rest.steps[2:], through.steps)


@MODES
@SOME
@given(problem=problems(components=(2, 3)))
def test_few_points_end_in_a_trace(engine, record, problem):
    """Many runs on eight points collapse: the film ends there, in every mode, and nothing is raised."""
    trace = film(problem, X=problem.X[:8], engine=engine, record=record, tol=1e-4)
    assert trace.status == film(problem, X=problem.X[:8], tol=1e-4).status
    assert trace.steps[-1].kind == "E"
    assert np.all(np.isfinite(trace.elbos))
    assert np.all(np.diff(trace.elbos) >= -1e-9 * np.abs(trace.elbos).max())


@MODES
@pytest.mark.parametrize("start", starts.STARTS)
def test_same_seed_same_bits(engine, record, start, two_blobs):
    options = {"start": start, "starts": 2, "engine": engine, "record": record, "max_iter": 4}
    one, other = (gt.fit(two_blobs[0], 3, seed=11, **options) for _ in "ab")
    assert_same_bits(one.steps, other.steps)
    assert (one.seed, one.seeds) == (other.seed, other.seeds) == (other.seed, (11, 12))


@FEW
@given(problem=problems(), seed=st.integers(0, 2**32), n=st.integers(0, 50))
def test_same_seed_same_sample(problem, seed, n):
    one, other = (gt.sample(problem.start, n, np.random.default_rng(seed)) for _ in "ab")
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])


@FEW
@given(problem=problems())
def test_vanishing_circles_walk_with_k_means(engine, problem, assert_near):
    """EM with equal weights and one tiny variance is k-means, step for step."""
    X, (_, means, _), _, _ = problem
    K, D = means.shape
    steps = kmeans.run(X, means)
    distances = [np.sort(kmeans.squared_distances(X, step.means), axis=1) for step in steps]
    gap = min(np.diff(nearest[:, :2]).min(initial=1.0) for nearest in distances)
    assume(gap > 1e-9 and all(len(set(step.labels)) == K for step in steps[1:]))
    variance = gap / 2000  # so the nearest mean wins by a factor of e^1000

    def circles(means):
        return gt.Mixture(np.full(K, 1 / K), means, np.tile(variance * np.eye(D), (K, 1, 1)))

    def m_step(X, responsibilities, *constraint):
        return circles(engine.m_step(X, responsibilities, "spherical").means)

    trace = gt.run_em(X, circles(means), engine=engine, m_step=m_step, tol=0)
    assert trace.status == "converged"
    for step, hard in zip(trace.steps[1 : len(steps)], steps[1:], strict=True):
        assert_near(step.mixture.means, hard.means, 1e-13)
        np.testing.assert_allclose(step.responsibilities, np.eye(K)[hard.labels], rtol=0, atol=1e-300)


def arrays_of(trace):
    """Every array of a trace once, by identity: an E-step has the mixture of the M-step before it."""
    arrays = [trace.X]
    for step in trace.steps:
        arrays += [*step.mixture, step.responsibilities]
    return list({id(array): array for array in arrays if array is not None}.values())


@MODES
@FEW
@given(problem=problems(components=(2, 3)), order=st.sampled_from("CF"))
def test_trace_entries_never_alias(engine, record, problem, order):
    """No array of a trace shares memory with another or the caller's data, or can be written to."""
    X = np.array(problem.X, order=order)
    trace = film(problem, engine=engine, record=record, X=X, tol=0, max_iter=3)
    arrays = arrays_of(trace)
    assert len(arrays) == 1 + 3 * 4 + (7 if record == "all" else 0)
    for one, other in combinations([X, *arrays], 2):
        assert not np.shares_memory(one, other)
    for array in arrays:
        assert not array.flags.writeable
        assert array.base is None or not array.base.flags.writeable
    assert X.flags.writeable


CALLS = {
    "run_em": lambda X, mixture: gt.run_em(X, mixture, max_iter=2),
    "fit": lambda X, mixture: gt.fit(X, 2, starts=2, seed=0, max_iter=2),
    "held_out": lambda X, mixture: gt.held_out(X, 2, folds=2, starts=1, max_iter=2),
    "log_sum_exp": lambda X, mixture: gt.log_sum_exp(X),
    "log_gaussian": lambda X, mixture: gt.log_gaussian(X, mixture.means[0], mixture.covariances[0]),
    "log_joint": gt.log_joint,
    "log_density": gt.log_density,
    "log_likelihood": gt.log_likelihood,
    "responsibilities": gt.responsibilities,
    "elbo": lambda X, mixture: gt.elbo(X, mixture, np.abs(X) / np.abs(X).sum(axis=1, keepdims=True)),
    "kmeans.run": lambda X, mixture: kmeans.run(X, mixture.means),
    "kmeans.update_step": lambda X, mixture: kmeans.update_step(X, np.arange(100) % 2, mixture.means),
    "kmeans.inertia": lambda X, mixture: kmeans.inertia(X, np.arange(100) % 2, mixture.means),
    "starts.from_rows": lambda X, mixture: starts.from_rows(X, [0, 1]),
    **{
        f"starts.{name}": lambda X, mixture, start=start: start(X, 2, np.random.default_rng(0))
        for name, start in starts.STARTS.items()
    },
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("writeable", [True, False])
def test_data_are_never_written(two_blobs, name, writeable):
    """Nor frozen: a caller's array stays as it was. Read-only ones, like those of a trace, will do."""
    X = np.array(two_blobs[0], order="F")
    X.setflags(write=writeable)
    CALLS[name](X, two_blobs[1])
    np.testing.assert_array_equal(X, two_blobs[0])
    assert X.flags.writeable is writeable

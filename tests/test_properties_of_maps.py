"""What EM does when the data are shuffled, moved, stretched or doubled: the same, seen elsewhere."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import FEW, MODES, SOME, affine_map, film, mapped, problems

import gmm_teach as gt
from gmm_teach import starts


@SOME
@given(problem=problems())
def test_order_of_points(engine, problem, assert_same_mixture):
    """Shuffled points have shuffled responsibilities and the same parameters."""
    X, start, covariance_type, rng = problem
    order = rng.permutation(len(X))
    r, log_likelihood = engine.e_step(X, start)
    shuffled_r, shuffled_log_likelihood = engine.e_step(X[order], start)
    np.testing.assert_allclose(shuffled_r, r[order], rtol=0, atol=1e-13)
    assert shuffled_log_likelihood == pytest.approx(log_likelihood, rel=1e-13)
    shuffled = engine.m_step(X[order], r[order], covariance_type)
    assert_same_mixture(shuffled, engine.m_step(X, r, covariance_type), 1e-12)


@SOME
@given(problem=problems())
def test_order_of_components(engine, problem, assert_same_mixture):
    X, start, covariance_type, rng = problem
    order = rng.permutation(start.n_components)
    r, log_likelihood = engine.e_step(X, start)
    permuted_r, permuted_log_likelihood = engine.e_step(X, start.permuted(order))
    np.testing.assert_allclose(permuted_r, r[:, order], rtol=0, atol=1e-14)
    assert permuted_log_likelihood == pytest.approx(log_likelihood, rel=1e-14)
    permuted = engine.m_step(X, r[:, order], covariance_type)
    assert_same_mixture(permuted, engine.m_step(X, r, covariance_type).permuted(order), 1e-14)


@SOME
@given(problem=problems())
def test_affine_maps(engine, problem, assert_same_mixture):
    """A map that keeps the type takes densities by its determinant, and parameters along."""
    X, start, covariance_type, rng = problem
    A, b = affine_map(rng, X.shape[1], covariance_type)
    Y = X @ A.T + b
    r, log_likelihood = engine.e_step(X, start)
    mapped_r, mapped_log_likelihood = engine.e_step(Y, mapped(start, A, b))
    np.testing.assert_allclose(mapped_r, r, rtol=0, atol=1e-11)
    expected = log_likelihood - len(X) * np.linalg.slogdet(A).logabsdet
    assert mapped_log_likelihood == pytest.approx(expected, rel=1e-11, abs=1e-10)
    expected = mapped(engine.m_step(X, r, covariance_type), A, b)
    assert_same_mixture(engine.m_step(Y, r, covariance_type), expected, 1e-12)


@SOME
@given(problem=problems(), power=st.integers(-30, 30), reg_covar=st.sampled_from([0.0, 0.5]))
def test_scaling_by_a_power_of_two_is_exact(engine, problem, power, reg_covar):
    """Nothing is rounded otherwise, but for the logarithm of the volume: in each share, but for `fast`."""
    X, start, covariance_type, _ = problem
    scale = 2.0**power
    r, log_likelihood = engine.e_step(X, start)
    weights, means, covariances = engine.m_step(X, r, covariance_type, reg_covar)
    scaled = engine.m_step(scale * X, r, covariance_type, scale**2 * reg_covar)
    assert scaled == gt.Mixture.unchecked(weights, scale * means, scale**2 * covariances)
    start = gt.Mixture(start.weights, scale * start.means, scale**2 * start.covariances)
    scaled_r, scaled_log_likelihood = engine.e_step(scale * X, start)
    np.testing.assert_allclose(scaled_r, r, rtol=0, atol=0 if engine is gt.fast else 1e-13)
    expected = log_likelihood - X.size * np.log(scale)
    assert scaled_log_likelihood == pytest.approx(expected, rel=1e-12, abs=1e-10)


@SOME
@given(problem=problems(), power=st.integers(0, 24))
def test_dyadic_shift(engine, problem, power, assert_near):
    """Points, means and their average are whole numbers of 1/1024: adding 2^power rounds nothing.

    So an E-step is the same to the last bit. An M-step rounds its new mean, and no more.
    """
    X, start, covariance_type, _ = problem
    X, start = np.round(1024 * X[:16]) / 1024, start._replace(means=np.round(1024 * start.means) / 1024)
    Y, moved = X + 2.0**power, start._replace(means=start.means + 2.0**power)
    r, log_likelihood = engine.e_step(X, start)
    moved_r, moved_log_likelihood = engine.e_step(Y, moved)
    np.testing.assert_array_equal(moved_r, r)
    assert moved_log_likelihood == log_likelihood
    expected, actual = engine.m_step(X, r, covariance_type), engine.m_step(Y, r, covariance_type)
    np.testing.assert_array_equal(actual.weights, expected.weights)
    rounding = len(Y) * np.finfo(float).eps * np.abs(Y).max()
    np.testing.assert_allclose(actual.means, expected.means + 2.0**power, rtol=0, atol=rounding)
    assert_near(actual.covariances, expected.covariances, 1e-12)


@SOME
@given(problem=problems())
def test_every_point_twice(engine, problem, assert_same_mixture):
    X, start, covariance_type, _ = problem
    r, log_likelihood = engine.e_step(X, start)
    twice_r, twice_log_likelihood = engine.e_step(np.repeat(X, 2, axis=0), start)
    np.testing.assert_allclose(twice_r, np.repeat(r, 2, axis=0), rtol=0, atol=1e-13)
    assert twice_log_likelihood == pytest.approx(2 * log_likelihood, rel=1e-13)
    twice = engine.m_step(np.repeat(X, 2, axis=0), np.repeat(r, 2, axis=0), covariance_type)
    assert_same_mixture(twice, engine.m_step(X, r, covariance_type), 1e-12)


@MODES
@FEW
@given(problem=problems(components=(2, 3)))
def test_film_of_mapped_data(engine, record, problem, assert_same_mixture, assert_near):
    """Shuffled, renamed, moved, stretched and doubled all at once: still the same iterations."""
    X, start, covariance_type, rng = problem
    A, b = affine_map(rng, X.shape[1], covariance_type)
    points = np.repeat(rng.permutation(len(X)), 2)
    names = rng.permutation(start.n_components)
    Y, renamed = (X @ A.T + b)[points], mapped(start, A, b).permuted(names)
    options = {"engine": engine, "record": record, "tol": 1e-3}
    trace, seen = film(problem, **options), film(problem, X=Y, start=renamed, **options)
    smallest = np.linalg.eigvalsh(trace.mixture.covariances).min()
    assume(trace.status == "converged" and smallest > 1e-3)  # near a collapse, rounding grows
    assert (seen.status, seen.iterations) == (trace.status, trace.iterations)
    log_det = np.linalg.slogdet(A).logabsdet
    for step, twin in zip(trace.steps[1:], seen.steps[1:], strict=True):
        assert_same_mixture(twin.mixture, mapped(step.mixture, A, b).permuted(names), 1e-9)
        if record == "all":
            np.testing.assert_allclose(
                twin.responsibilities, step.responsibilities[points][:, names], rtol=0, atol=1e-9
            )
    assert_near(seen.elbos, 2 * (trace.elbos - len(X) * log_det), 1e-10)
    assert_near(seen.log_likelihoods, 2 * (trace.log_likelihoods - len(X) * log_det), 1e-10)


@pytest.mark.parametrize("name", starts.STARTS)
@SOME
@given(problem=problems(), power=st.integers(-30, 30), reg_covar=st.sampled_from([0.0, 0.5]))
def test_starts_of_scaled_data_are_exact(name, problem, power, reg_covar):
    X, (_, means, _), covariance_type, rng = problem
    scale, seed = 2.0**power, int(rng.integers(2**32))
    start, scaled = (
        starts.STARTS[name](s * X, len(means), np.random.default_rng(seed), covariance_type, s**2 * reg_covar)
        for s in (1.0, scale)
    )
    assert scaled == gt.Mixture(start.weights, scale * start.means, scale**2 * start.covariances)


@FEW
@given(problem=problems(), power=st.integers(-30, 30), seed=st.integers(0, 1000))
def test_fit_of_scaled_data_chooses_the_same_run(problem, power, seed):
    """Also among runs that differ by rounding only, as when two starts lead to the same place."""
    X, (_, means, _), covariance_type, _ = problem
    options = {"starts": 3, "seed": seed, "covariance_type": covariance_type, "tol": 1e-3}
    trace, scaled = (gt.fit(s * X, len(means), **options) for s in (1.0, 2.0**power))
    assert (scaled.seed, scaled.status, scaled.iterations) == (trace.seed, trace.status, trace.iterations)
    for step, twin in zip(trace.steps, scaled.steps, strict=True):
        weights, means, covariances = step.mixture
        assert twin.mixture == gt.Mixture.unchecked(weights, 2.0**power * means, 4.0**power * covariances)

"""What holds of one E-step and one M-step, whatever the data: each engine, each covariance type."""

import numpy as np
import pytest
from fused import fused_step
from hypothesis import given
from hypothesis import strategies as st
from strategies import SOME, problems, random_mixture

import gmm_teach as gt
from gmm_teach import fast, vectorized
from gmm_teach.engine import blocks

ARRAYS = pytest.mark.parametrize("engine", [vectorized, fast, blocks], ids=["vectorized", "fast", "blocks"])


def random_responsibilities(problem, concentration=1.0):
    """Rows that no mixture need have made."""
    return problem.rng.dirichlet(np.full(problem.start.n_components, concentration), len(problem.X))


@SOME
@given(problem=problems(), distance=st.sampled_from([0.0, 1e2, 1e6]))
def test_rows_sum_to_one(engine, problem, distance):
    """Also of points that are far from every component."""
    X = problem.X.copy()
    X[::5] += distance
    r, log_likelihood = engine.e_step(X, problem.start)
    assert r.min() >= 0
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=1e-15)
    assert log_likelihood == pytest.approx(gt.log_likelihood(X, problem.start), rel=1e-12)


@SOME
@given(problem=problems())
def test_m_step_keeps_the_mean(engine, problem):
    """Weights sum to one, and the mixture's mean is that of the data."""
    r = random_responsibilities(problem)
    weights, means, _ = engine.m_step(problem.X, r, problem.covariance_type)
    np.testing.assert_allclose(weights, r.mean(axis=0), rtol=1e-14)
    assert weights.sum() == pytest.approx(1, rel=1e-14)
    np.testing.assert_allclose(weights @ means, problem.X.mean(axis=0), rtol=1e-13)


@SOME
@given(problem=problems(), reg_covar=st.sampled_from([0.0, 0.3]))
def test_m_step_keeps_the_covariance(engine, problem, reg_covar, assert_near):
    """Within plus between is the data's covariance: diag keeps its diagonal, spherical its trace."""
    X, covariance_type = problem.X, problem.covariance_type
    D = X.shape[1]
    weights, means, covariances = engine.m_step(
        X, random_responsibilities(problem), covariance_type, reg_covar
    )
    within = np.tensordot(weights, covariances, axes=1)
    offsets = means - X.mean(axis=0)
    total = within + (weights * offsets.T) @ offsets
    expected = np.cov(X.T, ddof=0).reshape(D, D) + reg_covar * np.eye(D)
    kept = {"diag": np.diag, "spherical": np.trace}.get(covariance_type, np.asarray)
    assert_near(kept(total), kept(expected), 1e-12)


@SOME
@given(problem=problems())
def test_m_step_keeps_to_its_type(engine, problem):
    covariances = engine.m_step(
        problem.X, random_responsibilities(problem), problem.covariance_type
    ).covariances
    np.testing.assert_array_equal(covariances, covariances.swapaxes(1, 2))
    variances = covariances.diagonal(axis1=1, axis2=2)
    if problem.covariance_type in ("diag", "spherical"):
        np.testing.assert_array_equal(covariances, variances[:, np.newaxis] * np.eye(len(covariances[0])))
    if problem.covariance_type == "spherical":
        np.testing.assert_array_equal(variances, variances[:, :1] + 0 * variances)
    if problem.covariance_type == "tied":
        np.testing.assert_array_equal(covariances, covariances[:1] + 0 * covariances)


@SOME
@given(problem=problems())
def test_bound_is_tight_after_the_e_step(engine, problem):
    r, log_likelihood = engine.e_step(problem.X, problem.start)
    assert gt.elbo(problem.X, problem.start, r) == pytest.approx(log_likelihood, rel=1e-12)


@SOME
@given(problem=problems(), concentration=st.sampled_from([0.1, 1.0, 10.0]))
def test_m_step_makes_the_bound_largest(engine, problem, concentration):
    """No mixture of the same type bounds the log-likelihood better, be it near or far."""
    X, start, covariance_type, rng = problem
    r = random_responsibilities(problem, concentration)
    best = engine.m_step(X, r, covariance_type)
    bound = gt.elbo(X, best, r)
    rounding = 1e-12 * abs(bound)
    assert bound <= gt.log_likelihood(X, best) + rounding
    assert gt.elbo(X, start, r) <= bound + rounding
    for size in (0.01, 0.3):
        means = best.means + size * rng.standard_normal(best.means.shape)
        other = random_mixture(rng, means, covariance_type)
        blend = best.weights + size * (other.weights - best.weights)
        covariances = best.covariances + size * (other.covariances - best.covariances)
        assert gt.elbo(X, gt.Mixture(blend, means, covariances), r) <= bound + rounding
        shrunk = best._replace(covariances=best.covariances * (1 - size / 2))
        assert gt.elbo(X, shrunk, r) <= bound + rounding


@SOME
@given(problem=problems(components=(1,)))
def test_one_component_in_closed_form(engine, problem, assert_near):
    """Mean and covariance of the data, at once, from anywhere."""
    X, start, covariance_type, _ = problem
    N, D = X.shape
    r, _ = engine.e_step(X, start)
    np.testing.assert_array_equal(r, np.ones((N, 1)))
    mixture = engine.m_step(X, r, covariance_type)
    S = np.cov(X.T, ddof=0).reshape(D, D)
    closed = {"diag": np.diag(np.diag(S)), "spherical": np.trace(S) / D * np.eye(D)}.get(covariance_type, S)
    np.testing.assert_array_equal(mixture.weights, [1.0])
    np.testing.assert_allclose(mixture.means, [X.mean(axis=0)], rtol=1e-13)
    assert_near(mixture.covariances[0], closed, 1e-13)
    expected = -N / 2 * (D * np.log(2 * np.pi) + np.linalg.slogdet(closed).logabsdet + D)
    assert engine.e_step(X, mixture)[1] == pytest.approx(expected, rel=1e-13)


@ARRAYS
def test_many_rows_are_cut_into_blocks(engine, assert_near):
    """Parts add up, and one component is in closed form, on more rows than one block holds."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((70_001, 2)) @ [[1.0, 0.5], [0.0, 2.0]] + [3, -1]
    mixture = gt.Mixture([0.4, 0.6], [[3, 0], [2, -2]], [np.eye(2), 4 * np.eye(2)])
    r, log_likelihood = engine.e_step(X, mixture)
    parts = [engine.e_step(part, mixture) for part in np.array_split(X, 150)]
    np.testing.assert_allclose(r, np.concatenate([part[0] for part in parts]), rtol=0, atol=1e-12)
    assert log_likelihood == pytest.approx(sum(part[1] for part in parts), rel=1e-12)
    _, means, covariances = engine.m_step(X, np.ones((len(X), 1)))
    np.testing.assert_allclose(means, [X.mean(axis=0)], rtol=1e-12)
    assert_near(covariances[0], np.cov(X.T, ddof=0), 1e-12)


def test_fused_step_of_many_rows(assert_same_mixture):
    """Its sums run over all blocks: the responsibilities it never makes give the same."""
    X = np.random.default_rng(1).standard_normal((70_001, 2)) * [1, 3]
    mixture = gt.Mixture([0.4, 0.6], [[1, 0], [-1, 2]], [np.eye(2), 4 * np.eye(2)])
    following, log_likelihood, bound, _ = fused_step(X, mixture)
    r, expected = vectorized.e_step(X, mixture)
    assert log_likelihood == pytest.approx(expected, rel=1e-12)
    assert_same_mixture(following, vectorized.m_step(X, r), 1e-11)
    assert bound == pytest.approx(gt.elbo(X, following, r), rel=1e-12)


LAYOUTS = {
    "by row": np.ascontiguousarray,
    "by column": np.asfortranarray,
    "every second": lambda array: np.repeat(array, 2, axis=0)[::2],
    "backwards": lambda array: array[::-1].copy()[::-1],
}


@pytest.mark.parametrize("layout", LAYOUTS)
@SOME
@given(problem=problems())
def test_memory_layout_and_read_only_inputs(engine, layout, problem, assert_same_mixture):
    X, start, covariance_type, _ = problem
    laid, r = LAYOUTS[layout](X), random_responsibilities(problem)
    laid_r = LAYOUTS[layout](r)
    laid.setflags(write=False)
    laid_r.setflags(write=False)
    np.testing.assert_allclose(engine.e_step(laid, start)[0], engine.e_step(X, start)[0], rtol=0, atol=1e-13)
    actual = engine.m_step(laid, laid_r, covariance_type)
    assert_same_mixture(actual, engine.m_step(X, r, covariance_type), 1e-12)

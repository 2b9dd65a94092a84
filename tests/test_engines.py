"""`vectorized` and `fast` are held to `loops` at every half-step."""

import numpy as np
import pytest
from fused import fused_step
from hypothesis import given
from hypothesis import strategies as st
from strategies import FEW, SOME

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized
from gmm_teach.engine import blocks, features

TWINS = pytest.mark.parametrize("twin", [vectorized, fast, blocks], ids=["vectorized", "fast", "blocks"])


def random_case(seed, N, K, D):
    """N points of K overlapping Gaussians, not centred, and a start in which each holds many."""
    rng = np.random.default_rng(seed)
    centres = 2 * rng.standard_normal((K, D))
    X = 5 + centres[rng.integers(K, size=N)] + rng.standard_normal((N, D)) @ rng.uniform(-1, 1, (D, D))
    X += rng.standard_normal((N, D))
    roots = rng.uniform(-1, 1, (K, D, D))
    covariances = 4 * np.eye(D) + roots @ roots.swapaxes(1, 2)
    means = X[rng.choice(N, K, replace=False)]
    return X, gt.Mixture(rng.dirichlet(np.full(K, 5.0)), means, covariances)


@st.composite
def runs(draw):
    K, D = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    X, start = random_case(draw(st.integers(0, 2**32)), draw(st.integers(60, 100)), K, D)
    constraint = draw(st.sampled_from(gt.COVARIANCE_TYPES)), draw(st.sampled_from([0.0, 0.1]))
    return X, start, constraint


@TWINS
@SOME
@given(run=runs())
def test_every_half_step_agrees_with_loops(twin, run, assert_same_mixture):
    X, mixture, constraint = run
    for _ in range(3):
        r, log_likelihood = loops.e_step(X, mixture)
        twin_r, twin_log_likelihood = twin.e_step(X, mixture)
        np.testing.assert_allclose(twin_r, r, rtol=0, atol=1e-12)
        assert twin_log_likelihood == pytest.approx(log_likelihood, rel=1e-12)
        mixture = loops.m_step(X, r, *constraint)
        assert_same_mixture(twin.m_step(X, r, *constraint), mixture, 1e-11)


@SOME
@given(run=runs())
def test_fused_step_agrees_with_loops(run, assert_same_mixture):
    X, mixture, constraint = run
    for _ in range(3):
        r, log_likelihood = loops.e_step(X, mixture)
        expected = loops.m_step(X, r, *constraint)
        mixture, fused_log_likelihood, bound, halves = fused_step(X, mixture, *constraint)
        assert_same_mixture(mixture, expected, 1e-11)
        assert fused_log_likelihood == pytest.approx(log_likelihood, rel=1e-12)
        assert bound == pytest.approx(gt.elbo(X, expected, r), rel=1e-12)
        assert_theta_is_log_joint(X, expected, halves.parameters)


def assert_theta_is_log_joint(X, mixture, parameters):
    for rows, phi in features.Features(X, *parameters[1:3]):
        joint = gt.log_joint(X[rows], mixture) - np.log(parameters.scale).sum()  # the density of phi
        np.testing.assert_allclose((parameters.theta @ phi).T, joint, rtol=1e-10, atol=1e-10)


@TWINS
@given(run=runs(), seed=st.integers(0, 2**32))
@FEW
def test_m_step_from_any_responsibilities(twin, run, seed, assert_same_mixture):
    X, start, constraint = run
    r = np.random.default_rng(seed).dirichlet(np.full(start.n_components, 0.5), len(X))
    assert_same_mixture(twin.m_step(X, r, *constraint), loops.m_step(X, r, *constraint), 1e-11)


@given(run=runs(), cuts=st.lists(st.integers(1, 59), min_size=1, max_size=3, unique=True))
@FEW
def test_statistics_of_parts_add_up(run, cuts, assert_near, assert_same_mixture):
    X, start, constraint = run
    parameters = features.natural_parameters(start, *features.standardization(X))
    whole, first, *others = (
        fast.sufficient_statistics(features.Features(part, *parameters[1:3]), parameters)
        for part in [X, *np.split(X, sorted(cuts))]
    )
    added = sum(others, start=first)
    assert_near(added.moments, whole.moments, 1e-14)
    assert added.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-13)
    assert added.n_rows == whole.n_rows == len(X)
    mixture = fast.mixture_from_statistics(added, *constraint)
    assert_same_mixture(mixture, fast.mixture_from_statistics(whole, *constraint), 1e-12)
    assert_same_mixture(mixture, loops.m_step(X, loops.e_step(X, start)[0], *constraint), 1e-11)


@pytest.mark.parametrize("N", [1023, 1025])
def test_several_blocks(monkeypatch, assert_same_mixture, N):
    monkeypatch.setattr(features, "BLOCK_NUMBERS", 1)
    X, start = random_case(0, N, 3, 2)
    parameters = features.natural_parameters(start, *features.standardization(X))
    widths = [phi.shape[1] for _, phi in features.Features(X, *parameters[1:3])]
    assert widths == ([512, 511] if N == 1023 else [512, 512, 1])
    r, log_likelihood = vectorized.e_step(X, start)
    block_r, block_log_likelihood = fast.e_step(X, start)
    np.testing.assert_allclose(block_r, r, rtol=0, atol=1e-12)
    assert block_log_likelihood == pytest.approx(log_likelihood, rel=1e-12)
    expected = vectorized.m_step(X, r)
    assert_same_mixture(fast.m_step(X, r), expected, 1e-11)
    assert_same_mixture(fused_step(X, start)[0], expected, 1e-11)


def narrow_case(width):
    """60 points of a wide Gaussian, and 40 within `width` of (1, 1)."""
    rng = np.random.default_rng(1)
    X = np.concatenate([3 * rng.standard_normal((60, 2)), 1 + width * rng.standard_normal((40, 2))])
    return X, gt.Mixture([0.6, 0.4], [[0, 0], [1, 1]], [9 * np.eye(2), width**2 * np.eye(2)])


@pytest.mark.parametrize("width", [1e-5, 1e-7, 1e-9])
def test_narrow_component_is_handed_to_blocks(width):
    X, mixture = narrow_case(width)
    parameters = features.natural_parameters(mixture, *features.standardization(X))
    assert parameters.conditioning > features.CONDITIONING_LIMIT
    r, log_likelihood = blocks.e_step(X, mixture)
    handed_r, handed_log_likelihood = fast.e_step(X, mixture)
    np.testing.assert_array_equal(handed_r, r)
    assert handed_log_likelihood == log_likelihood
    expected = blocks.m_step(X, r)
    assert fast.m_step(X, r) == expected
    following, fused_log_likelihood, bound, _ = fused_step(X, mixture)
    assert following == expected
    assert fused_log_likelihood == log_likelihood
    assert bound == blocks.elbo(X, expected, r)
    assert bound == pytest.approx(gt.elbo(X, expected, r), rel=1e-12)


@TWINS
def test_narrow_component_agrees_with_loops(twin, assert_same_mixture):
    X, mixture = narrow_case(1e-5)
    r = loops.e_step(X, mixture)[0]
    assert_same_mixture(twin.m_step(X, r), loops.m_step(X, r), 1e-11)


def test_hand_over_is_needed(monkeypatch):
    X, mixture = narrow_case(1e-7)
    r = vectorized.e_step(X, mixture)[0]
    right = vectorized.m_step(X, r).covariances[1]
    monkeypatch.setattr(features, "CONDITIONING_LIMIT", np.inf)
    parameters = features.natural_parameters(mixture, *features.standardization(X))
    points = features.Features(X, *parameters[1:3])
    wrong = fast.mixture_from_statistics(fast.sufficient_statistics(points, parameters)).covariances[1]
    assert np.abs(wrong - right).max() > 0.01 * np.abs(right).max()


def test_compared_with_the_widest():
    means, covariances = np.zeros((3, 1)), np.array([1.0, 9.0, 16.0])[:, np.newaxis, np.newaxis]
    for weights, widest in (([0.2, 0.4, 0.4], 2), ([0.2, 0.7, 0.1], 1), ([0.5, 0.5, 0.0], 1)):
        parameters = features.natural_parameters(gt.Mixture(weights, means, covariances))
        assert parameters.reference == widest
        of_widest = parameters.theta[widest]
        with np.errstate(invalid="raise"):
            ratios = parameters.ratios
        np.testing.assert_array_equal(ratios[widest], of_widest)
        others = [k for k in range(3) if k != widest]
        np.testing.assert_allclose((ratios + of_widest)[others], parameters.theta[others])


@TWINS
def test_far_from_the_origin(twin, assert_same_mixture):
    X, mixture = random_case(2, 80, 2, 2)
    X, mixture = X + 1e6, mixture._replace(means=mixture.means + 1e6)
    r, log_likelihood = loops.e_step(X, mixture)
    twin_r, twin_log_likelihood = twin.e_step(X, mixture)
    np.testing.assert_allclose(twin_r, r, rtol=0, atol=1e-12)
    assert twin_log_likelihood == pytest.approx(log_likelihood, rel=1e-12)
    for covariance_type in gt.COVARIANCE_TYPES:
        expected = loops.m_step(X, r, covariance_type)
        assert_same_mixture(twin.m_step(X, r, covariance_type), expected, 1e-11)


def test_bad_covariance_type_lists_the_four(engine):
    with pytest.raises(ValueError, match="one of full, tied, diag, spherical; got 'Full'"):
        engine.m_step(np.eye(3), np.full((3, 1), 1.0), "Full")


def test_empty_component_collapses(engine):
    r = np.array([[1.0, 0.0]] * 5)
    with pytest.raises(gt.Collapsed, match=r"component B \(index 1\) is empty") as caught:
        engine.m_step(np.arange(10.0).reshape(5, 2), r)
    assert caught.value.component == 1


def test_fused_step_of_empty_component_collapses():
    X = np.random.default_rng(0).standard_normal((20, 2))
    mixture = gt.Mixture([0.5, 0.5], [[0, 0], [1000, 0]], [np.eye(2)] * 2)
    with pytest.raises(gt.Collapsed, match=r"component B \(index 1\) is empty"):
        fused_step(X, mixture)


def test_singular_component_collapses_in_the_e_step(engine):
    flat = gt.Mixture.unchecked(np.ones(1), np.zeros((1, 2)), np.ones((1, 2, 2)))
    with pytest.raises(gt.Collapsed, match=r"component A .* not positive definite"):
        engine.e_step(np.eye(2), flat)


def test_inputs_stay_as_they_are(engine):
    X, mixture = random_case(3, 30, 2, 2)
    before = X.copy()
    r = engine.e_step(X, mixture)[0]
    r_before = r.copy()
    engine.m_step(X, r)
    np.testing.assert_array_equal(X, before)
    np.testing.assert_array_equal(r, r_before)

import numpy as np
import pytest
from scipy import stats

import gmm_teach as gt
from gmm_teach.mixture import sample_loops


def random_mixture(seed, K, D):
    rng = np.random.default_rng(seed)
    roots = rng.standard_normal((K, D, D))
    covariances = roots @ roots.swapaxes(1, 2) + 0.5 * np.eye(D)
    return gt.Mixture(rng.dirichlet(np.ones(K)), 2 * rng.standard_normal((K, D)), covariances)


SIZES = pytest.mark.parametrize(("K", "D"), [(1, 1), (2, 1), (3, 2), (2, 4), (4, 3)])


@pytest.fixture
def case(K, D):
    return 3 * np.random.default_rng(1).standard_normal((50, D)), random_mixture(0, K, D)


def component_densities(X, mixture):
    return np.column_stack(
        [w * stats.multivariate_normal(m, S).pdf(X) for w, m, S in zip(*mixture, strict=True)]
    )


@SIZES
def test_densities_against_scipy(case):
    X, mixture = case
    joint = component_densities(X, mixture)
    density = joint.sum(axis=1)
    np.testing.assert_allclose(gt.log_joint(X, mixture), np.log(joint), rtol=1e-12)
    np.testing.assert_allclose(gt.log_density(X, mixture), np.log(density), rtol=1e-12)
    assert gt.log_likelihood(X, mixture) == pytest.approx(np.log(density).sum(), rel=1e-12)
    np.testing.assert_allclose(
        gt.responsibilities(X, mixture), joint / density[:, np.newaxis], rtol=0, atol=1e-12
    )


@SIZES
def test_responsibilities_are_probabilities(case):
    r = gt.responsibilities(*case)
    assert np.all(r >= 0)
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=1e-15)


def test_far_points_belong_to_someone():
    mixture = gt.Mixture([0.5, 0.5], [[0, 0], [5, 3]], [np.eye(2), 2 * np.eye(2)])
    r = gt.responsibilities([[1e5, 1e5], [-1e5, 1e5]], mixture)
    np.testing.assert_allclose(r, [[0, 1], [0, 1]], atol=1e-300)


@SIZES
def test_elbo_is_tight_at_own_responsibilities(case):
    X, mixture = case
    own = gt.elbo(X, mixture, gt.responsibilities(X, mixture))
    assert own == pytest.approx(gt.log_likelihood(X, mixture), rel=1e-12)


@SIZES
def test_elbo_is_a_lower_bound(case):
    """And the gap is the Kullback-Leibler divergence to the own responsibilities."""
    X, mixture = case
    r = np.random.default_rng(2).dirichlet(np.ones(mixture.n_components), len(X))
    divergence = np.sum(r * np.log(r / gt.responsibilities(X, mixture)))
    gap = gt.log_likelihood(X, mixture) - gt.elbo(X, mixture, r)
    assert gap == pytest.approx(divergence, rel=1e-10, abs=1e-10)
    assert gap > 0 or mixture.n_components == 1


def test_elbo_counts_zero_log_zero_as_zero():
    mixture = random_mixture(0, 2, 2)
    X = np.zeros((3, 2))
    hard = np.array([[1.0, 0.0]] * 3)
    assert gt.elbo(X, mixture, hard) == pytest.approx(gt.log_joint(X, mixture)[:, 0].sum(), rel=1e-14)


@pytest.mark.filterwarnings("error")
def test_component_of_weight_zero(engine):
    mixture = random_mixture(0, 2, 2)._replace(weights=[1.0, 0.0])
    X = np.random.default_rng(1).standard_normal((20, 2))
    alone = gt.log_gaussian(X, mixture.means[0], mixture.covariances[0]).sum()
    r, log_likelihood = engine.e_step(X, mixture)
    np.testing.assert_allclose(r, [[1, 0]] * 20, atol=1e-300)
    assert log_likelihood == pytest.approx(alone, rel=1e-14)
    assert gt.log_likelihood(X, mixture) == pytest.approx(alone, rel=1e-14)
    assert gt.elbo(X, mixture, r) == pytest.approx(alone, rel=1e-14)


@pytest.mark.parametrize("ask", [gt.log_joint, gt.log_density, gt.log_likelihood, gt.responsibilities])
def test_wrong_number_of_columns(ask):
    with pytest.raises(ValueError, match=r"X has shape \(10, 3\); this mixture is for \(N, 2\)"):
        ask(np.zeros((10, 3)), random_mixture(0, 2, 2))


def test_elbo_with_wrong_number_of_columns():
    with pytest.raises(ValueError, match=r"X has shape \(10, 1\); this mixture is for \(N, 2\)"):
        gt.elbo(np.zeros(10), random_mixture(0, 2, 2), np.full((10, 2), 0.5))


def test_a_vector_is_one_column():
    x, mixture = np.linspace(-3, 3, 7), random_mixture(0, 2, 1)
    assert gt.log_likelihood(x, mixture) == gt.log_likelihood(x[:, np.newaxis], mixture)


@SIZES
@pytest.mark.parametrize("n", [0, 1, 200])
def test_sample_twins_agree_bit_for_bit(K, D, n):
    mixture = random_mixture(4, K, D)
    X, z = gt.sample(mixture, n, np.random.default_rng(5))
    X_loops, z_loops = sample_loops(mixture, n, np.random.default_rng(5))
    np.testing.assert_array_equal(X, X_loops)
    np.testing.assert_array_equal(z, z_loops)
    assert X.shape == (n, D)


def test_sample_moments():
    """Every moment within 5 standard errors of the truth."""
    mixture, n = random_mixture(6, 3, 2), 200_000
    X, z = gt.sample(mixture, n, np.random.default_rng(7))
    for k, (weight, mean, covariance) in enumerate(zip(*mixture, strict=True)):
        members = X[z == k]
        variances = np.diag(covariance)
        assert abs(len(members) / n - weight) < 5 * np.sqrt(weight * (1 - weight) / n)
        assert np.all(abs(members.mean(axis=0) - mean) < 5 * np.sqrt(variances / len(members)))
        error = np.sqrt((np.outer(variances, variances) + covariance**2) / len(members))
        assert np.all(abs(np.cov(members.T) - covariance) < 5 * error)


def test_sample_never_draws_weight_zero():
    mixture = random_mixture(0, 3, 1)._replace(weights=[0.0, 1.0, 0.0])
    assert set(gt.sample(mixture, 1000, np.random.default_rng(0))[1]) == {1}


def test_labels_are_drawn_by_stretches_of_the_unit_interval():
    """u in [0, 1) falls into a component's stretch; an end of a stretch belongs to the next."""
    mixture, n = random_mixture(8, 4, 2)._replace(weights=[0.0, 0.25, 0.5, 0.25]), 500
    ends = np.cumsum(mixture.weights)
    u = np.random.default_rng(9).random(n)
    expected = (u[:, np.newaxis] >= ends).sum(axis=1)
    np.testing.assert_array_equal(gt.sample(mixture, n, np.random.default_rng(9))[1], expected)


@pytest.mark.parametrize(("n", "error"), [(-1, ValueError), (2.5, ValueError), ("7", TypeError)])
def test_sample_rejects(n, error):
    with pytest.raises(error, match="n must be a whole number >= 0"):
        gt.sample(random_mixture(0, 1, 1), n, np.random.default_rng(0))

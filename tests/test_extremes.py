"""Far, small, huge, flat and lone data: every engine against exact arithmetic, to the last digits.

Distances beyond 1e154 and the last bit at scales of 1e+-150 are promised for `fast` (and `blocks`, to which
it hands over) alone.

Tolerances are counts of roundings (`EPS`), times what the problem itself does to a rounding: the condition
number of a tilted covariance, or the squared distance of a point that two components share.
"""

import json
from itertools import product
from pathlib import Path

import exact
import numpy as np
import pytest
from fused import fused_step

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized
from gmm_teach.engine import blocks, features

ENGINES = [loops, vectorized, fast, blocks]
EPS = np.finfo(float).eps
NAMES = list(exact.problems("full"))
TYPES = pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
PROBLEMS = pytest.mark.parametrize("name", NAMES)
RECORDS = pytest.mark.parametrize("record", ["all", "scores"])


def conditioning(engine, X, mixture):
    """How many times `fast` may grow a rounding: 0 for an engine, or a mixture, that it hands over."""
    parameters = features.well_conditioned(mixture, *features.standardization(X))
    return parameters.conditioning if engine is fast and parameters else 0.0


def assert_mixture_is_exact(actual, expected, X, growth, of_responsibilities=1.0):
    weights, means, covariances = expected
    spreads = np.sqrt(actual.covariances.diagonal(axis1=1, axis2=2))
    products = spreads[:, :, np.newaxis] * spreads[:, np.newaxis]
    assert exact.error(actual.weights, weights) < 4 * EPS * of_responsibilities
    assert exact.error(actual.means, means, np.abs(X).max(axis=0)) < 8 * EPS * of_responsibilities
    growth = max(growth, of_responsibilities)
    assert exact.error(actual.covariances, covariances, products) < (32 + 4 * growth) * EPS


def assert_log_likelihood_is_exact(actual, expected, N, growth):
    assert exact.error(actual, expected) < 4 * EPS * (abs(actual) + N * growth)


@pytest.mark.parametrize("letter", ["A", "B", "G"])
def test_the_oracle_agrees_with_the_references(letter):
    """Two independent programs in decimal arithmetic; the references are stored to 25 digits."""
    (path,) = Path(__file__).with_name("cases").glob(f"{letter}_*.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    parameters = tuple(np.array(stored["init"][name], dtype=object) for name in gt.Mixture._fields)
    for t in range(4):
        r, log_likelihood = exact.e_step(stored["X"], parameters)
        assert exact.error(log_likelihood, exact.Decimal(stored["ll"][t]), log_likelihood) < 1e-23
        parameters = exact.m_step(np.array(stored["X"]), r)
        for name, values in zip(gt.Mixture._fields, parameters, strict=True):
            assert exact.error(values, exact.decimals(np.array(stored[name][t + 1], dtype=object))) < 1e-22


@TYPES
@PROBLEMS
def test_e_step(engine, covariance_type, name):
    X, mixture, growth = exact.problems(covariance_type)[name]
    growth = max(growth, conditioning(engine, X, mixture))
    if name.startswith("scale") and engine is not fast:
        growth = max(
            growth, 1000
        )  # the textbook rounds log densities of this size; `fast` has a unit of volume
    r, log_likelihood = engine.e_step(X, mixture)
    expected_r, expected = exact.e_step(X, mixture)
    assert exact.error(r, expected_r) < 8 * EPS * growth
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=4 * EPS)
    assert_log_likelihood_is_exact(log_likelihood, expected, len(X), growth)


@TYPES
@PROBLEMS
def test_m_step(engine, covariance_type, name):
    X, mixture, _ = exact.problems(covariance_type)[name]
    r, _ = vectorized.e_step(X, mixture)
    actual = engine.m_step(X, r, covariance_type)
    growth = conditioning(engine, X, actual)
    assert_mixture_is_exact(actual, exact.m_step(X, r, covariance_type), X, growth)


@TYPES
@PROBLEMS
def test_fused_step(covariance_type, name):
    X, mixture, growth = exact.problems(covariance_type)[name]
    actual, log_likelihood, _, _ = fused_step(X, mixture, covariance_type)
    growth = max(growth, conditioning(fast, X, mixture), conditioning(fast, X, actual))
    expected_r, expected = exact.e_step(X, mixture)
    assert_log_likelihood_is_exact(log_likelihood, expected, len(X), growth)
    assert_mixture_is_exact(actual, exact.m_step(X, expected_r, covariance_type), X, growth, growth)


@TYPES
@RECORDS
@pytest.mark.parametrize(
    ("shift", "factor", "tolerance", "score_tolerance"),
    [(0, 1e-150, 1e-13, 1e-14), (0, 1e150, 1e-13, 1e-14), (1e8, 1, 16 * EPS * 1e8, 1e-10)],
)
def test_runs_far_away(engine, record, covariance_type, shift, factor, tolerance, score_tolerance):
    """The same run, but for the rounding of the data (scale) or, in each step, of the means (offset)."""
    X, start, _ = exact.problems(covariance_type)["base"]
    options = {"engine": engine, "record": record, "covariance_type": covariance_type, "max_iter": 500}
    run = gt.run_em(X, start, **options)
    moved = exact.scaled(start, factor)
    other = gt.run_em((X + shift) * factor, moved._replace(means=moved.means + shift), **options)
    assert (other.status, other.iterations) == (run.status, run.iterations)
    weights, means, covariances = other.mixture
    np.testing.assert_allclose(weights, run.mixture.weights, rtol=0, atol=tolerance)
    np.testing.assert_allclose((means - shift) / factor, run.mixture.means, rtol=0, atol=tolerance)
    np.testing.assert_allclose(covariances / factor**2, run.mixture.covariances, rtol=0, atol=tolerance)
    expected = run.log_likelihood - X.size * np.log(factor)
    assert other.log_likelihood == pytest.approx(expected, rel=score_tolerance)


@pytest.mark.parametrize(
    ("engine", "distance"),
    [*product(ENGINES, [1e6, 1e100]), *product([fast, blocks], [1e160, 1e300])],
)
def test_points_that_no_component_reaches(engine, distance):
    mixture = gt.Mixture([0.5, 0.5], [[0, 0], [5, 3]], [np.eye(2), 2 * np.eye(2)])
    X = np.array([[distance, 0.0], [0.0, -distance], [1.0, 1.0]])
    r, log_likelihood = engine.e_step(X, mixture)
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=4 * EPS)
    density = gt.log_sum_exp(gt.log_joint(X, mixture))
    if distance > 1e154:
        np.testing.assert_array_equal(density == -np.inf, [True, True, False])
        np.testing.assert_array_equal(r[:2], 0.5)
        assert log_likelihood == -np.inf
    else:
        np.testing.assert_allclose(density[:2], -(distance**2) / 4, rtol=2e-5)
        np.testing.assert_allclose(r[:2], [[0, 1]] * 2, rtol=0, atol=1e-300)
        assert log_likelihood == pytest.approx(density.sum(), rel=4 * EPS)


def test_a_component_that_reaches_no_point(engine):
    mixture = gt.Mixture([0.5, 0.5], [[0, 0], [1e160, 0]], [np.eye(2)] * 2)
    X = np.random.default_rng(0).standard_normal((20, 2))
    r, log_likelihood = engine.e_step(X, mixture)
    np.testing.assert_allclose(r, [[1, 0]] * 20, rtol=0, atol=1e-300)
    expected = gt.log_gaussian(X, np.zeros(2), np.eye(2)).sum() + 20 * np.log(0.5)
    assert log_likelihood == pytest.approx(expected, rel=4 * EPS)


@pytest.mark.parametrize("x", [1e6, 1e156])
def test_one_dimension_far_out(x):
    """(x - mean)^2 may overflow where the density does not."""
    sigma = x / 1e6
    expected = -5e11 - np.log(sigma) - 0.5 * np.log(2 * np.pi)
    assert gt.log_gaussian_1d(x, 0.0, sigma**2) == pytest.approx(expected, rel=4 * EPS)


@TYPES
def test_fast_is_right_up_to_its_limit_and_hands_over_beyond(covariance_type):
    """Ever narrower components: covariances measured in their own widths."""
    X, mixture, _ = exact.problems(covariance_type)["base"]
    r = vectorized.e_step(X, mixture)[0]
    handed_over = []
    for width in 2.0 ** -np.arange(0, 24, 2):
        Y = np.where(np.arange(len(X))[:, np.newaxis] < 30, X[:30].mean(axis=0) + width * X, X)
        actual, plain = fast.m_step(Y, r, covariance_type), vectorized.m_step(Y, r, covariance_type)
        _, _, expected = exact.m_step(Y, r, covariance_type)
        growth = conditioning(fast, Y, actual)
        handed_over.append(growth == 0)
        assert growth > 0 or actual == plain
        for covariance, right in zip(actual.covariances, expected, strict=True):
            whitener = np.linalg.inv(np.linalg.cholesky(covariance))
            slip = (exact.decimals(covariance) - right).astype(float)
            assert np.abs(whitener @ slip @ whitener.T).max() < (64 + 4 * growth) * EPS
    assert not handed_over[0]
    assert handed_over == sorted(handed_over)


def test_a_covariance_at_the_edge_of_float64_is_handed_over():
    """It has a Cholesky factor, and yet `np.linalg.inv` finds it singular."""
    covariance = np.array([[0.125, 0.2795084971874737], [0.2795084971874737, 0.625]])
    mixture = gt.Mixture([1.0], [[0.0, 0.0]], [covariance])
    assert features.natural_parameters(mixture).conditioning > features.CONDITIONING_LIMIT
    assert features.well_conditioned(mixture, np.zeros(2), np.ones(2)) is None

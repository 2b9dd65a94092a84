"""Scaling by a power of two and a shift that rounds no point: the same digits, to the last bit.

Scaling is promised for `fast` and for `blocks`, to which it hands over; the shift for all.
"""

import exact
import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast
from gmm_teach.engine import blocks

EPS = np.finfo(float).eps
TYPES = pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
RECORDS = pytest.mark.parametrize("record", ["all", "scores"])


@TYPES
@pytest.mark.parametrize("engine", [fast, blocks], ids=["fast", "blocks"])
@pytest.mark.parametrize("power", [-498, 3, 498])
def test_half_steps_scale_exactly(engine, covariance_type, power):
    """In units 2^power times smaller, all digits are the same."""
    X, mixture, _ = exact.problems(covariance_type)["base"]
    factor = 2.0**power
    r, log_likelihood = engine.e_step(X, mixture)
    scaled_r, scaled_log_likelihood = engine.e_step(X * factor, exact.scaled(mixture, factor))
    np.testing.assert_array_equal(scaled_r, r)
    shift = X.size * power * np.log(2)
    tolerance = 4 * EPS * (abs(log_likelihood) + abs(shift))
    assert scaled_log_likelihood == pytest.approx(log_likelihood - shift, rel=0, abs=tolerance)
    actual = engine.m_step(X * factor, r, covariance_type, 0.25 * factor**2)
    assert actual == exact.scaled(engine.m_step(X, r, covariance_type, 0.25), factor)


@TYPES
@RECORDS
@pytest.mark.parametrize("power", [-498, 498])
def test_runs_scale_exactly(record, covariance_type, power):
    X, start, _ = exact.problems(covariance_type)["base"]
    options = {"record": record, "covariance_type": covariance_type, "max_iter": 500}
    run = gt.run_em(X, start, **options)
    other = gt.run_em(X * 2.0**power, exact.scaled(start, 2.0**power), **options)
    assert run.status == other.status == "converged"
    assert other.iterations == run.iterations > 3
    for step, expected in zip(other.steps, run.steps, strict=True):
        assert step.mixture == exact.scaled(expected.mixture, 2.0**power)
        np.testing.assert_array_equal(step.responsibilities, expected.responsibilities)


@TYPES
@pytest.mark.parametrize("shift", [4.0, 2.0**27, 1e8])
def test_half_steps_shift_exactly(engine, covariance_type, shift):
    """A shift that rounds no point changes no digit, but for the rounding of the new means."""
    X, mixture, _ = exact.problems(covariance_type)["base"]
    r, log_likelihood = engine.e_step(X, mixture)
    moved = mixture._replace(means=mixture.means + shift)
    moved_r, moved_log_likelihood = engine.e_step(X + shift, moved)
    np.testing.assert_array_equal(moved_r, r)
    assert moved_log_likelihood == log_likelihood
    expected, actual = engine.m_step(X, r, covariance_type), engine.m_step(X + shift, r, covariance_type)
    np.testing.assert_array_equal(actual.weights, expected.weights)
    rounding = 8 * EPS * (shift + np.abs(X).max())
    np.testing.assert_allclose(actual.means, expected.means + shift, rtol=0, atol=rounding)
    atol = 32 * EPS + rounding**2
    np.testing.assert_allclose(actual.covariances, expected.covariances, rtol=0, atol=atol)
    if engine is fast:
        np.testing.assert_array_equal(actual.covariances, expected.covariances)

"""A reader's own e_step and m_step in `run_em`."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, vectorized


def only_responsibilities(X, mixture):
    return vectorized.e_step(X, mixture)[0]


def as_lists(X, mixture):
    return vectorized.e_step(X, mixture)[0].tolist()


def wrong_score(X, mixture):
    return vectorized.e_step(X, mixture)[0], 12345.0


@pytest.mark.parametrize("own", [only_responsibilities, as_lists, wrong_score, fast.e_step])
@pytest.mark.parametrize("record", ["all", "scores"])
def test_own_e_step(two_blobs, own, record):
    trace = gt.run_em(*two_blobs, e_step=own, record=record, max_iter=5)
    expected = gt.run_em(*two_blobs, max_iter=5)
    np.testing.assert_allclose(trace.log_likelihoods, expected.log_likelihoods, rtol=1e-12)
    np.testing.assert_allclose(trace.elbos, expected.elbos, rtol=1e-12)
    np.testing.assert_allclose(trace.responsibilities, expected.responsibilities, atol=1e-12)


def test_own_m_step_may_return_three_arrays(two_blobs):
    def own(X, responsibilities, covariance_type, reg_covar):
        assert (covariance_type, reg_covar) == ("diag", 0.5)
        return tuple(vectorized.m_step(X, responsibilities, covariance_type, reg_covar))

    options = {"covariance_type": "diag", "reg_covar": 0.5, "max_iter": 5}
    trace = gt.run_em(*two_blobs, m_step=own, **options)
    assert trace.mixture == gt.run_em(*two_blobs, **options).mixture
    assert isinstance(trace.mixture, gt.Mixture)


def test_own_step_goes_before_the_fused_step(two_blobs):
    seen = []

    def own(X, mixture):
        seen.append(mixture)
        return fast.e_step(X, mixture)

    trace = gt.run_em(*two_blobs, engine=fast, record="scores", e_step=own, max_iter=3)
    assert len(seen) == len(trace.log_likelihoods) == 4


def test_buffers_used_again_are_copied(two_blobs):
    X, start = two_blobs
    r = np.empty((len(X), 2))
    parameters = tuple(np.empty_like(array) for array in start)

    def own_e_step(X, mixture):
        r[:] = vectorized.e_step(X, mixture)[0]
        return r

    def own_m_step(X, responsibilities, *constraint):
        for buffer, array in zip(parameters, vectorized.m_step(X, responsibilities), strict=True):
            buffer[:] = array
        return parameters

    trace = gt.run_em(X, start, e_step=own_e_step, m_step=own_m_step, max_iter=5)
    expected = gt.run_em(X, start, max_iter=5)
    for step, other in zip(trace.steps[1:], expected.steps[1:], strict=True):
        np.testing.assert_allclose(step.responsibilities, other.responsibilities, rtol=0, atol=1e-13)
        np.testing.assert_allclose(step.mixture.means, other.mixture.means, rtol=1e-13)
    assert not np.array_equal(trace.steps[1].responsibilities, trace.steps[3].responsibilities)
    assert trace.steps[2].mixture != trace.steps[4].mixture
    r[:] = -1
    assert trace.responsibilities.min() >= 0


def test_hard_assignment_is_scored_below_the_log_likelihood(two_blobs):
    def hard(X, mixture):
        return np.eye(2)[vectorized.e_step(X, mixture)[0].argmax(axis=1)]

    trace = gt.run_em(*two_blobs, e_step=hard, max_iter=5)
    for step in trace.steps[1:]:
        assert step.log_likelihood == gt.log_likelihood(two_blobs[0], step.mixture)
        assert step.elbo < step.log_likelihood


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (np.full((2, 100), 0.5), r"responsibilities of shape \(100, 2\), got \(2, 100\)"),
        (np.full((100, 3), 0.5), r"\(100, 2\), got \(100, 3\)"),
        (None, r"\(100, 2\), got \(\)"),
        (np.full((100, 2), np.nan), "NaN or infinity"),
    ],
)
def test_wrong_responsibilities(two_blobs, returned, message):
    with pytest.raises(ValueError, match=message):
        gt.run_em(*two_blobs, e_step=lambda X, mixture: returned)


def test_wrong_parameters(two_blobs):
    def wrong(X, responsibilities, *constraint):
        weights, means, covariances = vectorized.m_step(X, responsibilities)
        return 2 * weights, means, covariances

    with pytest.raises(ValueError, match="weights must sum to 1"):
        gt.run_em(*two_blobs, m_step=wrong)


def test_data_are_read_only_for_own_steps(two_blobs):
    def spoil(X, mixture):
        X[0] = 0

    with pytest.raises(ValueError, match="read-only"):
        gt.run_em(*two_blobs, e_step=spoil)

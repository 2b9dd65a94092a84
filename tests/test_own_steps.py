"""A reader's own e_step and m_step in `run_em`: taken where right, refused where wrong."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, vectorized


def only_responsibilities(X, mixture):
    return vectorized.e_step(X, mixture)[0]


def as_lists(X, mixture):
    return only_responsibilities(X, mixture).tolist()


def wrong_score(X, mixture):
    return only_responsibilities(X, mixture), 12345.0


@pytest.mark.parametrize("own", [only_responsibilities, as_lists, wrong_score, fast.e_step])
@pytest.mark.parametrize("record", ["all", "scores"])
def test_own_e_step(two_blobs, own, record):
    trace = gt.run_em(*two_blobs, e_step=own, record=record, max_iter=5)
    expected = gt.run_em(*two_blobs, max_iter=5)
    np.testing.assert_allclose(trace.log_likelihoods, expected.log_likelihoods, rtol=1e-12)
    np.testing.assert_allclose(trace.elbos, expected.elbos, rtol=1e-12)
    np.testing.assert_allclose(trace.responsibilities, expected.responsibilities, atol=1e-12)


def test_a_float32_table_is_shared_out_anew(two_blobs):
    X, start = two_blobs
    trace = gt.run_em(
        X, start, e_step=lambda X, mixture: only_responsibilities(X, mixture).astype(np.float32), max_iter=5
    )
    expected = gt.run_em(X, start, max_iter=5)
    np.testing.assert_allclose(trace.responsibilities, expected.responsibilities, atol=1e-6)
    np.testing.assert_allclose(trace.responsibilities.sum(axis=1), 1, rtol=1e-15)
    assert trace.mixture.weights.sum() == pytest.approx(1, rel=1e-14)


@pytest.mark.parametrize("kind", [int, bool, np.uint8, object])
def test_hard_shares_of_any_kind(two_blobs, kind):
    def hard(X, mixture):
        return np.eye(2)[only_responsibilities(X, mixture).argmax(axis=1)]

    trace = gt.run_em(*two_blobs, e_step=lambda X, mixture: hard(X, mixture).astype(kind), max_iter=5)
    expected = gt.run_em(*two_blobs, e_step=hard, max_iter=5)
    assert trace.mixture == expected.mixture
    np.testing.assert_array_equal(trace.responsibilities, expected.responsibilities)


def test_hard_assignment_is_scored_below_the_log_likelihood(two_blobs):
    def hard(X, mixture):
        return np.eye(2)[only_responsibilities(X, mixture).argmax(axis=1)]

    trace = gt.run_em(*two_blobs, e_step=hard, max_iter=5)
    for step in trace.steps[1:]:
        expected = gt.log_likelihood(two_blobs[0], step.mixture)
        assert step.log_likelihood == pytest.approx(expected, rel=1e-13)
        assert step.elbo < step.log_likelihood


WEIGHTED = {
    "X, r": lambda X, r: vectorized.m_step(X, r),
    "X, r, mixture": lambda X, r, mixture: shifted(mixture, vectorized.m_step(X, r)),
    "X, r, old": lambda X, r, old: shifted(old, vectorized.m_step(X, r)),
    "X, r, mixture=None": lambda X, r, mixture=None: shifted(mixture, vectorized.m_step(X, r)),
    "X, r, type, floor": lambda X, r, covariance_type, reg_covar: vectorized.m_step(
        X, r, covariance_type, reg_covar
    ),
    "X, r, a, b": lambda X, r, a, b: vectorized.m_step(X, r, a, b),
    "X, r, *constraint": lambda X, r, *constraint: vectorized.m_step(X, r, *constraint),
    "X, r, reg_covar": lambda X, r, reg_covar: vectorized.m_step(X, r, reg_covar=reg_covar),
    "a tuple": lambda X, r: tuple(vectorized.m_step(X, r)),
    "lists": lambda X, r: [array.tolist() for array in vectorized.m_step(X, r)],
    "a default of its own": lambda X, r, eps=0.0: vectorized.m_step(X, r, reg_covar=eps),
}


def shifted(old, new):
    """The new mixture, if the old one is a mixture of its shape."""
    assert isinstance(old, gt.Mixture)
    assert old.means.shape == new.means.shape
    return new


@pytest.mark.parametrize("name", WEIGHTED)
def test_own_m_step(two_blobs, name):
    trace = gt.run_em(*two_blobs, m_step=WEIGHTED[name], max_iter=5)
    expected = gt.run_em(*two_blobs, engine=vectorized, max_iter=5)
    np.testing.assert_allclose(trace.log_likelihoods, expected.log_likelihoods, rtol=1e-12)
    assert isinstance(trace.mixture, gt.Mixture)


def test_the_constraint_reaches_an_own_m_step(two_blobs):
    def own(X, responsibilities, covariance_type, reg_covar):
        assert (covariance_type, reg_covar) == ("diag", 0.5)
        return tuple(vectorized.m_step(X, responsibilities, covariance_type, reg_covar))

    options = {"covariance_type": "diag", "reg_covar": 0.5, "max_iter": 5, "engine": vectorized}
    trace = gt.run_em(*two_blobs, m_step=own, **options)
    assert trace.mixture == gt.run_em(*two_blobs, **options).mixture


def test_m_step_of_another_covariance_type(two_blobs):
    with pytest.raises(ValueError, match="covariance_type is 'diag', but m_step returned covariances of ano"):
        gt.run_em(*two_blobs, m_step=lambda X, r: vectorized.m_step(X, r), covariance_type="diag")


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


def own(change):
    """An e_step whose responsibilities are right but for a change."""
    return lambda X, mixture: change(only_responsibilities(X, mixture))


def with_row(row, values):
    def change(r):
        r[row] = values
        return r

    return own(change)


WRONG = {
    "turned": (own(lambda r: r.T), r"shape \(100, 2\).*got \(2, 100\); transpose it"),
    "another K": (own(lambda r: np.column_stack([r, r]) / 2), r"\(100, 2\), got \(100, 4\)"),
    "nothing": (lambda X, mixture: None, "e_step returned nothing; end it with `return responsibilities`"),
    "a vector": (own(lambda r: r[:, 0]), r"\(100, 2\), got \(100,\)"),
    "NaN": (with_row(7, np.nan), "row 7 of the responsibilities holds NaN or infinity"),
    "infinity": (with_row(7, np.inf), "row 7 of the responsibilities holds NaN or infinity"),
    "negative": (
        with_row(3, [-0.5, 1.5]),
        r"row 3 of the responsibilities has a negative share: \[-0.5  1.5\]",
    ),
    "rows": (
        with_row(0, [1.2, 1.21]),
        r"row 0 of the responsibilities sums to 2\.41; each point shares out 1: divide by their sum over the "
        r"components, r\.sum\(axis=1, keepdims=True\)",
    ),
    "twice": (own(lambda r: 2 * r), "row 0 of the responsibilities sums to 2;"),
    "over points": (
        own(lambda r: r / r.sum(axis=0)),
        "your columns sum to 1, so divide the densities by their",
    ),
    "unnormalised": (
        lambda X, mixture: np.exp(gt.log_joint(X, mixture)),
        "row 0 of the responsibilities sums to 0.0",
    ),
    "logarithms": (gt.log_joint, "negative share: .* are these logarithms?"),
    "text": (own(lambda r: r.astype(str)), "responsibilities holds text, not numbers"),
    "complex": (own(lambda r: r + 0j), "must hold real numbers only"),
    "ragged": (own(lambda r: [*r.tolist()[:-1], [1.0]]), "ragged: row 99 has 1 number"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("record", ["all", "scores"])
def test_wrong_responsibilities(two_blobs, name, record):
    e_step, message = WRONG[name]
    with pytest.raises((TypeError, ValueError), match=message) as error:
        gt.run_em(*two_blobs, e_step=e_step, record=record)
    assert "e_step " in str(error.value)
    assert len(str(error.value)) < 400


def m_step_with(**changes):
    """An m_step that is right but for a change of one of its parts."""
    return lambda X, r: tuple(
        changes.get(name, np.array)(part) for name, part in vectorized.m_step(X, r)._asdict().items()
    )


WRONG_PARAMETERS = {
    "weights": (m_step_with(weights=lambda w: 2 * w), "m_step must return .*: weights must sum to 1, got 2"),
    "NaN": (m_step_with(means=lambda m: m * np.nan), "m_step must return .*: means must be finite numbers"),
    "columns": (m_step_with(means=lambda m: m[:, :1]), "one of the two has the wrong D"),
    "another K": (
        lambda X, r: ([1.0], [[0.0, 0.0]], [np.eye(2)]),
        r"m_step must return means of shape \(2, 2\), got \(1, 2\)",
    ),
    "nothing": (
        lambda X, r: None,
        "m_step must return a Mixture, or weights, means and covariances, got Non",
    ),
    "two arrays": (
        lambda X, r: ([1.0], [[0.0]]),
        "m_step must return a Mixture, or weights, means and covari",
    ),
    "three extras": (lambda X, r, a, b, c: None, "m_step takes a, b, c after X and responsibilities; it may"),
}


@pytest.mark.parametrize("name", WRONG_PARAMETERS)
def test_wrong_parameters(two_blobs, name):
    m_step, message = WRONG_PARAMETERS[name]
    with pytest.raises((TypeError, ValueError), match=message):
        gt.run_em(*two_blobs, m_step=m_step)


def test_unchecked_steps_may_be_wrong(two_blobs):
    """Their film can be looked at: weights that sum to 2 raise the score by log 2 for each point."""
    X, start = two_blobs

    def double(X, r):
        weights, means, covariances = vectorized.m_step(X, r)
        return 2 * weights, means, covariances

    trace = gt.run_em(X, start, m_step=double, check=False, max_iter=3)
    expected = gt.run_em(X, start, max_iter=3)
    gains = trace.log_likelihoods[1:] - expected.log_likelihoods[1:]
    np.testing.assert_allclose(gains, 100 * np.log(2), rtol=1e-9)
    trace = gt.run_em(X, start, e_step=own(lambda r: r / r.sum(axis=0)), check=False, max_iter=2)
    assert trace.steps[1].responsibilities.sum(axis=0) == pytest.approx([1, 1])


def test_a_falling_log_likelihood_is_told(two_blobs):
    def wide(X, r):
        weights, means, covariances = vectorized.m_step(X, r)
        return weights, means, 1.5 * covariances

    with pytest.warns(gt.EMWarning, match="The log-likelihood fell in ") as told:
        trace = gt.run_em(*two_blobs, m_step=wide, max_iter=50)
    falls = -np.diff(trace.log_likelihoods)
    assert (falls > 1e-4).sum() > 3
    first = int(np.argmax(falls > 1e-4))
    (sentence,) = trace.warnings
    assert sentence.startswith(f"The log-likelihood fell in {(falls > 0).sum()} of {len(falls)} iterations")
    assert f"first in iteration {first + 1}, by {falls[first]:.4g}." in sentence
    assert sentence in [str(one.message) for one in told]
    assert trace.message.startswith(f"Stopped after {len(falls)} iterations, but not at a maximum")


def test_data_are_read_only_for_own_steps(two_blobs):
    def spoil(X, mixture):
        X[0] = 0

    with pytest.raises(ValueError, match="read-only"):
        gt.run_em(*two_blobs, e_step=spoil)


def test_an_own_step_keeps_its_readers_numpy_state(two_blobs):
    """Its warnings are the reader's to see."""

    def careless(X, mixture):
        np.log(np.zeros(1))
        return only_responsibilities(X, mixture)

    with np.errstate(divide="warn"), pytest.warns(RuntimeWarning, match="divide by zero"):
        gt.run_em(*two_blobs, e_step=careless, max_iter=1)

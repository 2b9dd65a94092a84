"""What the lesson's functions say to wrong arguments, in any NumPy state, and that copies stay frozen."""

import copy
import pickle

import joblib
import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, loops, starts, vectorized
from gmm_teach.gaussian import squared_mahalanobis

I2 = np.eye(2)
TWO = gt.Mixture([0.4, 0.6], [[0.0, 0.0], [3.0, 1.0]], [I2, 2 * I2])
X = np.random.default_rng(0).standard_normal((20, 2))
R = gt.responsibilities(X, TWO)

WRONG = {
    "log_gaussian: one point": (
        lambda: gt.log_gaussian([1.0, 2.0], np.zeros(2), I2),
        ValueError,
        r"X has shape \(2,\); this Gaussian is for \(N, 2\); one point alone is \[\[1, \.\.\.\]\]",
    ),
    "log_gaussian: mean": (
        lambda: gt.log_gaussian(X, np.zeros(3), I2),
        ValueError,
        r"mean must be 2 finite numbers, as covariance is \(2, 2\); got",
    ),
    "log_gaussian: number for mean": (
        lambda: gt.log_gaussian(X, 0.0, I2),
        ValueError,
        "mean must be 2 finite",
    ),
    "log_gaussian: NaN mean": (
        lambda: gt.log_gaussian(X, [0, np.nan], I2),
        ValueError,
        "mean must be 2 finite",
    ),
    "log_gaussian: variances": (
        lambda: gt.log_gaussian(X, np.zeros(2), np.ones(2)),
        ValueError,
        r"covariance must have shape \(D, D\), got \(2,\)",
    ),
    "log_gaussian: NaN": (
        lambda: gt.log_gaussian([[1, np.nan]], np.zeros(2), I2),
        ValueError,
        "1 value that is NaN or infinite",
    ),
    "squared_mahalanobis": (
        lambda: squared_mahalanobis(X[:, :1], np.zeros(2), I2),
        ValueError,
        r"X has shape \(20, 1\); this Gaussian is for \(N, 2\)",
    ),
    "log_gaussian_1d": (
        lambda: gt.log_gaussian_1d([1.0], 0, -1),
        ValueError,
        r"variance must be > 0, got -1\.0",
    ),
    "ellipse_axes": (lambda: gt.ellipse_axes([1.0, 2.0]), ValueError, r"covariance must have shape \(D, D\)"),
    "log_sum_exp": (lambda: gt.log_sum_exp(["a"]), TypeError, "log_values holds text"),
    "log_joint: arrays swapped": (
        lambda: gt.log_joint(TWO, X),
        TypeError,
        "mixture must be a Mixture, got ndarray; are the arguments swapped?",
    ),
    "log_likelihood: a tuple": (
        lambda: gt.log_likelihood(X, tuple(TWO)),
        TypeError,
        "mixture must be a Mixture, got tuple",
    ),
    "elbo: zeros": (
        lambda: gt.elbo(X, TWO, 0 * R),
        ValueError,
        "row 0 of the responsibilities sums to 0; each",
    ),
    "elbo: turned": (lambda: gt.elbo(X, TWO, R.T), ValueError, r"\(20, 2\), got \(2, 20\); transpose it"),
    "elbo: labels": (lambda: gt.elbo(X, TWO, R.argmax(axis=1)), ValueError, r"\(20, 2\), got \(20,\)"),
    "sample: mixture": (lambda: gt.sample(3, TWO, 0), TypeError, "mixture must be a Mixture, got int"),
    "sample: rng": (lambda: gt.sample(TWO, 3, "a"), TypeError, "rng must be a whole number >= 0, got 'a'"),
    "from_means: none": (
        lambda: starts.from_means(X, []),
        ValueError,
        r"means must have shape \(K, D\) = \(K, 2\), got \(0,\)",
    ),
    "from_means: columns": (
        lambda: starts.from_means(X, [[0, 1, 2]]),
        ValueError,
        r"\(K, 2\).* got \(1, 3\)",
    ),
    "from_means: one": (
        lambda: starts.from_means(X, [0, 1]),
        ValueError,
        r"\(K, 2\), got \(2,\)",
    ),
    "permuted: too few": (lambda: TWO.permuted([0]), ValueError, r"each component 0 to 1 once, got \[0\]"),
    "permuted: twice": (
        lambda: TWO.permuted([0, 0]),
        ValueError,
        r"each component 0 to 1 once, got \[0, 0\]",
    ),
    "run_em: weight 0": (
        lambda: gt.run_em(X, TWO._replace(weights=[1.0, 0.0])),
        ValueError,
        r"weights of start must be > 0, but weights\[1\] is 0: EM could never give component B a point",
    ),
    "relative_floor: share": (lambda: gt.relative_floor(X, -1), ValueError, "share must be >= 0"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_named(name):
    call, error, message = WRONG[name]
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize("shape", [(20,), (2, 20), (20, 2, 1), ()])
def test_m_steps_look_at_the_shape(engine, shape):
    with pytest.raises(ValueError, match=r"responsibilities must have shape \(N, K\)"):
        engine.m_step(X, np.ones(shape))


@pytest.mark.parametrize("change", [lambda r: 2 * r, lambda r: 0 * r, lambda r: -r, lambda r: r * np.nan])
def test_m_steps_look_at_the_rows(engine, change):
    with pytest.raises(ValueError, match=r"row \d+ of the responsibilities"):
        engine.m_step(X, change(R))


def test_steps_name_what_is_no_mixture(engine):
    with pytest.raises(TypeError, match="mixture must be a Mixture, got tuple"):
        engine.e_step(X, tuple(TWO))
    with pytest.raises(ValueError, match=r"X has shape \(20, 1\); this mixture is for \(N, 2\)"):
        engine.e_step(X[:, :1], TWO)


def test_lists_and_traces_are_taken(engine):
    trace = gt.run_em(X.tolist(), TWO, engine=engine, max_iter=3)
    for ask in (gt.log_joint, gt.log_density, gt.log_likelihood, gt.responsibilities):
        np.testing.assert_array_equal(ask(X.tolist(), trace), ask(X, trace.mixture))
    assert gt.elbo(X, trace, R.tolist()) == pytest.approx(gt.elbo(X, trace.mixture, R), rel=1e-14)
    again = engine.m_step(X.tolist(), engine.e_step(X.tolist(), trace)[0].tolist())
    expected = engine.m_step(X, engine.e_step(X, trace.mixture)[0])
    for one, other in zip(again, expected, strict=True):  # lists are laid by row
        np.testing.assert_allclose(one, other, rtol=1e-13)
    np.testing.assert_array_equal(gt.sample(trace, 5, 0)[0], gt.sample(trace.mixture, 5, 0)[0])


def test_a_data_set_is_taken_where_data_are_meant():
    data = gt.datasets.load("old_faithful")
    assert gt.fit(data, 2, seed=0, starts=2).mixture == gt.fit(data.X, 2, seed=0, starts=2).mixture
    mixture = starts.from_rows(data, [0, 1])
    np.testing.assert_array_equal(gt.log_joint(data, mixture), gt.log_joint(data.X, mixture))


def test_random_numbers_are_passed_in_in_any_way():
    expected = gt.sample(TWO, 4, np.random.default_rng(5))[0]
    np.testing.assert_array_equal(gt.sample(TWO, 4, 5)[0], expected)
    assert gt.sample(TWO, 4, None)[0].shape == (4, 2)


def test_many_columns_make_short_errors():
    images = np.random.default_rng(0).random((20, 784))
    with pytest.raises(ValueError, match=r"X does not vary along some sum of 78\d columns") as error:
        gt.fit(images, 2, seed=0)
    assert len(str(error.value)) < 400


STATES = pytest.mark.parametrize("state", ["raise", "warn", "ignore"])


@STATES
def test_any_numpy_state(engine, state):
    """Far points underflow, a weight of 0 has the logarithm -inf: all as meant, whatever np.seterr says."""
    far = np.concatenate([X, [[60.0, 60.0], [1e4, 0.0]]])
    empty = TWO._replace(weights=[1.0, 0.0])
    expected = gt.log_density(far, TWO), gt.responsibilities(far, TWO), engine.e_step(far, empty)[1]
    with np.errstate(all=state):
        np.testing.assert_array_equal(gt.log_density(far, TWO), expected[0])
        np.testing.assert_array_equal(gt.responsibilities(far, TWO), expected[1])
        assert engine.e_step(far, empty)[1] == expected[2]
        r, _ = engine.e_step(far, TWO)
        engine.m_step(far, r)
        assert np.isfinite(gt.elbo(far, TWO, r))
        for record in ("all", "scores"):
            assert gt.run_em(far, TWO, engine=engine, record=record, reg_covar=1e-3).status == "converged"
        gt.sample(TWO, 10, 0)
        gt.log_gaussian_1d([1e200], 0.0, 1.0)


@STATES
def test_any_numpy_state_in_fit(state):
    with np.errstate(all=state):
        for start in (*starts.STARTS, "mixed"):
            assert gt.fit(X, 2, start=start, starts=3, seed=0, reg_covar=1e-3).status == "converged"


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "old pickle": lambda value: pickle.loads(pickle.dumps(value, protocol=0)),
}


def by_joblib(value, folder):
    joblib.dump(value, folder / "value.joblib")
    return joblib.load(folder / "value.joblib")


@pytest.mark.parametrize("way", [*COPIES, "joblib"])
@pytest.mark.parametrize("record", ["all", "scores"])
def test_copies_are_equal_and_frozen(way, record, tmp_path):
    trace = gt.run_em(X, TWO, max_iter=3, record=record)
    again = by_joblib(trace, tmp_path) if way == "joblib" else COPIES[way](trace)
    assert type(again) is gt.Trace
    assert again == trace
    assert again.mixture == trace.mixture
    for step, other in zip(again.steps, trace.steps, strict=True):
        assert type(step) is gt.Step
        assert step == other
        arrays = [
            again.X,
            *step.mixture,
            *([step.responsibilities] if step.responsibilities is not None else []),
        ]
        for array in arrays:
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0


def test_equality_never_raises():
    trace, other = gt.run_em(X, TWO, max_iter=3), gt.run_em(X[:15], TWO, max_iter=3)
    assert trace == gt.run_em(X, TWO, max_iter=3)
    assert trace != other
    assert trace.steps[1] != other.steps[1]
    assert trace.steps[1] != trace.steps[2]
    for one in (trace, trace.steps[1]):
        for value in ("text", None, 3, X, tuple(one), [1]):
            assert (one == value) is False
            assert (one != value) is True


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
def test_m_steps_are_exactly_symmetric(engine, covariance_type):
    rng = np.random.default_rng(1)
    wide = rng.standard_normal((50, 7)) @ rng.standard_normal((7, 7))
    covariances = engine.m_step(wide, rng.dirichlet([1, 1, 1], 50), covariance_type, 0.1).covariances
    np.testing.assert_array_equal(covariances, covariances.swapaxes(1, 2))


def test_public_half_steps_are_the_same_for_a_learner():
    """The three engines refuse, and take, the same arguments."""
    for half_step, arguments in (("e_step", (X, "mixture")), ("m_step", (X, R, "round"))):
        errors = []
        for one in (loops, vectorized, fast):
            with pytest.raises((TypeError, ValueError)) as error:
                getattr(one, half_step)(*arguments)
            errors.append(str(error.value))
        assert errors[0] == errors[1] == errors[2]

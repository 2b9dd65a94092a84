"""What people type: every row of the table of bad and odd inputs, and what is like it.

60 points of N((0, 0), I) and 40 of N((5, 3), I) from `RandomState(0)`, K = 2, full covariances unless
a row says otherwise. The right numbers come with the table.
"""

import exact
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from sklearn.mixture import GaussianMixture

import gmm_teach as gt
from gmm_teach import starts
from gmm_teach.plots.marks import soft_colors
from gmm_teach.validate import (
    check_count,
    check_data,
    check_mixture,
    check_not_negative,
    check_rng,
    check_trace,
)

BASE = -353.56377578109
FLOOR = {"reg_covar": 1e-6}


@pytest.fixture(scope="module")
def base():
    rng = np.random.RandomState(0)
    X = rng.normal(size=(100, 2))
    X[60:] += [5, 3]
    X.setflags(write=False)
    return X


def fit(X, n_components=2, **options):
    return gt.fit(X, n_components, **{"seed": 0, "tol": 1e-13, "max_iter": 2000, **options})


def with_entry(X, value):
    X = X.copy()
    X[3, 1] = value
    return X


def frame_with_a_gap(X):
    frame = pd.DataFrame(X.copy(), columns=["x", "y"])
    frame.loc[3, "y"] = None
    return frame


def masked(X):
    return np.ma.array(X, mask=with_entry(np.zeros_like(X), 1))


BAD = {
    "NaN": (
        lambda X: with_entry(X, np.nan),
        ValueError,
        "1 value that is NaN or infinite, the first at row 3, column 1",
    ),
    "inf": (
        lambda X: with_entry(X, np.inf),
        ValueError,
        "NaN or infinite, the first at row 3, column 1; drop those rows",
    ),
    "frame": (
        frame_with_a_gap,
        ValueError,
        "1 value that is NaN or infinite, the first at row 3, column 'y'",
    ),
    "extension frame": (
        lambda X: frame_with_a_gap(X).convert_dtypes(),
        ValueError,
        "1 value that is NaN or infinite, the first at row 3, column 'y'",
    ),
    "text in a frame": (
        lambda X: pd.DataFrame(X).assign(name="a"),
        TypeError,
        "X must hold real numbers only; 'a' at row 0, column 'name' is not one",
    ),
    "masked": (masked, ValueError, "1 masked value, the first at row 3, column 1"),
    "no rows": (lambda X: X[:0], ValueError, r"X has shape \(0, 2\): there are no rows"),
    "no columns": (
        lambda X: X[:, :0],
        ValueError,
        r"X has shape \(100, 0\): there are no rows or no columns",
    ),
    "3-D": (lambda X: X.reshape(10, 10, 2), ValueError, r"X has shape \(10, 10, 2\); it must be \(N, D\)"),
    "a number": (lambda X: 5, ValueError, r"X has shape \(\); it must be"),
    "text": (lambda X: X.astype(str), TypeError, "X holds text, not numbers"),
    "complex": (lambda X: X + 0j, TypeError, "X must hold real numbers only, got complex128"),
    "dates": (lambda X: X.astype("datetime64[s]"), TypeError, "real numbers only, got datetime64"),
    "ragged": (
        lambda X: [*X.tolist(), [1.0]],
        ValueError,
        "X is ragged: row 100 has 1 number, row 0 has 2 numbers",
    ),
    "generator": (lambda X: iter(X), TypeError, "nested lists of numbers, got"),
    "None": (lambda X: None, TypeError, "nested lists of numbers, got NoneType"),
    "huge": (lambda X: X * 1e160, ValueError, "whose squares overflow; divide X by a constant"),
    "huge whole numbers": (lambda X: [[10**400, 1]] * 5, TypeError, "at row 0, column 0 is not one"),
    "tiny": (lambda X: X * 1e-160, ValueError, "column 0 of X spreads over .* only, whose square underflows"),
    "two NaN": (
        lambda X: with_entry(X, np.nan) + np.where(np.arange(100) == 1, np.inf, 0.0)[:, np.newaxis],
        ValueError,
        "3 values that are NaN or infinite, the first at row 1, column 0",
    ),
    "labelled frame": (
        lambda X: frame_with_a_gap(X).set_index([[f"no {i}" for i in range(100)]]),
        ValueError,
        r"the first at row 3 \('no 3'\), column 'y'",
    ),
    "nullable entries": (
        lambda X: frame_with_a_gap(X).convert_dtypes().to_numpy(dtype=object),
        ValueError,
        "1 value that is NaN or infinite, the first at row 3, column 1",
    ),
    "numeric text in a frame": (
        lambda X: pd.DataFrame(X, columns=["x", "y"]).astype({"y": str}),
        TypeError,
        "numbers only; '.*' at row 0, column 'y' is not one",
    ),
    "numeric text among objects": (
        lambda X: with_entry(X.astype(object), "3.5"),
        TypeError,
        "numbers only; '3.5' at row 3, column 1 is not one",
    ),
    "a category": (
        lambda X: pd.DataFrame(X).assign(kind=pd.Categorical([1, 2] * 50)),
        TypeError,
        "column 'kind' holds category entries, leave it out",
    ),
    "dates in a frame": (
        lambda X: pd.DataFrame(X).assign(day=pd.Timestamp("2020-01-01")),
        TypeError,
        "column 'day' holds datetime64.* entries",
    ),
    "durations": (
        lambda X: pd.DataFrame(X).assign(wait=pd.Timedelta(1, "s")),
        TypeError,
        "column 'wait' holds timedelta64.* entries",
    ),
    "sparse": (scipy.sparse.csr_array, TypeError, r"got csr_array; use its toarray\(\)"),
    "a dict": (lambda X: {"x": X[:, 0]}, TypeError, "nested lists of numbers, got dict"),
    "a set": (lambda X: set(X[:, 0]), TypeError, "nested lists of numbers, got set"),
    "a mixture": (
        lambda X: starts.from_rows(X, [0, 99]),
        TypeError,
        "X must be an .* array of numbers, got Mixture; are the arguments swapped",
    ),
    "a trace": (
        lambda X: gt.fit(X, 1, seed=0),
        TypeError,
        "X must be an .* array of numbers, got Trace; are the arguments swapped",
    ),
    "ragged inside": (
        lambda X: [[1.0, 2.0], [1.0, [2.0, 3.0]]],
        ValueError,
        "row 1 has lists of several lengths, row 0 has 2 numbers",
    ),
    "gradient": (lambda X: Tensor(X, needs_gradient=True), TypeError, "X cannot be read .*requires grad"),
    "columns too far apart": (
        lambda X: X * [1e-60, 1e140],
        ValueError,
        r"column 1 of X spreads over .*e\+140 and column 0 over .*e-60, more than 1e\+150 times apart.*; "
        "multiply column 0 by a constant",
    ),
}


class Tensor:
    """What PyTorch and its like hand to NumPy."""

    def __init__(self, X, needs_gradient=False):
        self.X, self.needs_gradient = X, needs_gradient

    def __array__(self, dtype=None, copy=None):
        if self.needs_gradient:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
        return self.X


@pytest.mark.parametrize("name", BAD)
def test_bad_data(base, name):
    change, error, message = BAD[name]
    X = change(base)
    start = starts.from_rows(base, [0, 99])
    for run in (fit, lambda X: gt.run_em(X, start), lambda X: starts.random_points(X, 2, 0)):
        with pytest.raises(error, match=message):
            run(X)


@pytest.mark.parametrize(
    "door",
    [
        gt.log_density,
        gt.log_likelihood,
        gt.responsibilities,
        lambda X, mixture: gt.elbo(X, mixture, np.full((100, 2), 0.5)),
        lambda X, mixture: gt.kmeans.run(X, mixture.means),
        lambda X, mixture: gt.held_out(X, 2),
    ],
    ids=["log_density", "log_likelihood", "responsibilities", "elbo", "kmeans", "held_out"],
)
def test_every_door_looks_at_the_data(base, door):
    mixture = starts.from_rows(base, [0, 99])
    with pytest.raises(ValueError, match="first at row 3, column 1"):
        door(with_entry(base, np.nan), mixture)
    with pytest.raises(TypeError, match="X holds text, not numbers"):
        door(base.astype(str), mixture)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"n_components": 0}, ValueError, "n_components must be a whole number >= 1, got 0"),
        ({"n_components": -1}, ValueError, "n_components must be a whole number >= 1, got -1"),
        ({"n_components": 2.5}, ValueError, r"n_components must be a whole number >= 1, got 2\.5"),
        ({"n_components": "3"}, TypeError, "n_components .* got '3'; did you mean 3?"),
        ({"n_components": True}, TypeError, "n_components must be a whole number >= 1, got True"),
        ({"n_components": 101}, ValueError, "n_components is 101, but X has only 100 points"),
        ({"starts": 0}, ValueError, "starts must be a whole number >= 1, got 0"),
        ({"max_iter": -1}, ValueError, "max_iter must be a whole number >= 1, got -1"),
        ({"max_iter": True}, TypeError, "max_iter must be a whole number >= 1, got True"),
        ({"tol": -1e-3}, ValueError, r"tol must be >= 0 and finite, got -0\.001"),
        ({"tol": "small"}, TypeError, "tol must be a number >= 0, got 'small'"),
        ({"reg_covar": -1e-6}, ValueError, "reg_covar must be >= 0 and finite, got -1e-06"),
        ({"reg_covar": None}, TypeError, "reg_covar must be a number >= 0, got None"),
        ({"reg_covar": True}, TypeError, "reg_covar must be a number >= 0, got True"),
        ({"seed": -1}, ValueError, "seed must be a whole number >= 0, got -1"),
        ({"seed": "a"}, TypeError, "seed must be a whole number >= 0, got 'a'"),
        ({"seed": False}, TypeError, "seed must be a whole number >= 0, got False"),
        (
            {"covariance_type": "Full"},
            ValueError,
            "full, tied, diag, spherical; got 'Full'; did you mean 'full'?",
        ),
        ({"covariance_type": None}, ValueError, "full, tied, diag, spherical; got None"),
        (
            {"start": "k-means"},
            ValueError,
            "random_points, kmeans, farthest, mixed; got 'k-means'; did you mean 'kmeans'?",
        ),
        ({"record": "score"}, ValueError, "all, scores; got 'score'; did you mean 'scores'?"),
    ],
)
def test_bad_options(base, options, error, message):
    with pytest.raises(error, match=message.replace("?", r"\?")):
        fit(base, **options)


@pytest.mark.parametrize(
    "change",
    [
        list,
        pd.DataFrame,
        np.asfortranarray,
        lambda X: X[::-1][::-1],
        Tensor,
        lambda X: pd.DataFrame(X).convert_dtypes(),
        lambda X: pd.DataFrame(X).astype(pd.SparseDtype(float)),
        lambda X: pd.DataFrame(X).astype(object),
        lambda X: gt.datasets.Dataset(X, None, None, "Own.", ("x", "y")),
        lambda X: gt.datasets.from_frame(pd.DataFrame(X)),
    ],
)
def test_odd_containers_change_nothing(base, change):
    X = change(base.tolist() if change is list else base)
    trace = fit(X)
    assert trace.log_likelihood == pytest.approx(BASE, rel=1e-12)
    assert trace.mixture == fit(base).mixture


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.longdouble, object])
def test_other_dtypes_are_computed_in_float64(base, dtype):
    narrow = base.astype(dtype)
    trace = fit(narrow)
    assert trace.X.dtype == np.float64
    assert trace.mixture == fit(narrow.astype(np.float64)).mixture


def test_whole_numbers(base):
    X = np.round(100 * base).astype(int)
    assert fit(X, **FLOOR).log_likelihood == pytest.approx(-1274.5323629796, rel=1e-12)


def test_an_unmasked_masked_array_is_plain_data(base):
    assert fit(np.ma.array(base)).mixture == fit(base).mixture


def test_the_caller_keeps_its_arrays(base):
    X = base.copy()
    for change in (X, X.tolist(), np.asfortranarray(X)):
        trace = fit(change)
        assert not np.shares_memory(trace.X, change if isinstance(change, np.ndarray) else X)
    np.testing.assert_array_equal(X, base)


def test_repeated_points(base):
    X = np.concatenate([base, np.repeat(base[:1], 30, axis=0)])
    assert fit(X, **FLOOR).log_likelihood == pytest.approx(-445.48926845421, rel=1e-12)


def test_small_scale(base):
    assert fit(1e-4 * base).log_likelihood == pytest.approx(1488.5042986141, rel=1e-12)


def test_far_away(base):
    assert fit(base + 1e8).log_likelihood == pytest.approx(BASE, rel=1e-6)


def test_a_seed_that_is_not_given_is_kept(base):
    trace = fit(base, seed=None)
    assert fit(base, seed=trace.seeds[0]).mixture == trace.mixture
    drawn = [fit(base, seed=np.random.default_rng(3)).seeds for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert fit(base, seed=np.int64(7)).seeds[0] == 7


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"weights": [0.8, 0.5]},
            ValueError,
            r"weights must sum to 1, got 1\.3; use weights / weights\.sum\(\)",
        ),
        ({"weights": [1.2, -0.2]}, ValueError, r"weights must not be negative; weights\[1\] is -0\.2"),
        ({"means": [[0, 0, 0]] * 2}, ValueError, r"covariances must have shape \(2, 3, 3\), got \(2, 2, 2\)"),
        ({"means": [[0, 0]] * 3}, ValueError, r"means must have shape \(K, D\) = \(2, D\), got \(3, 2\)"),
        ({"covariances": np.eye(2)}, ValueError, r"covariances must have shape \(2, 2, 2\), got \(2, 2\)"),
        (
            {"covariances": [np.eye(2), [[1, 0.5], [0.1, 1]]]},
            ValueError,
            r"covariances\[1\] must be symmetric: entries \(0, 1\) and \(1, 0\) differ by 0\.4",
        ),
        (
            {"covariances": [np.eye(2), [[1, 2], [2, 1]]]},
            ValueError,
            r"component B \(index 1\) has a covariance that is not positive definite: smallest eigenvalue -1",
        ),
    ],
)
def test_bad_mixtures(change, error, message):
    good = {"weights": [0.5, 0.5], "means": [[0, 0], [1, 1]], "covariances": [np.eye(2)] * 2}
    with pytest.raises(error, match=message):
        gt.Mixture(**good | change)


def test_data_for_another_mixture(base):
    mixture = fit(base).mixture
    with pytest.raises(ValueError, match=r"X has shape \(100, 5\); this mixture is for \(N, 2\)"):
        gt.responsibilities(np.zeros((100, 5)), mixture)


def test_a_point_far_from_everything_belongs_to_one(base):
    mixture = fit(base).mixture
    wide = int(np.argmin(np.abs(mixture.means - [0.07, 0.20]).sum(axis=1)))
    r = gt.responsibilities([[1e5, 0]], mixture)
    np.testing.assert_allclose(r, [np.eye(2)[wide]], rtol=0, atol=1e-300)


@pytest.mark.parametrize(
    ("check", "value", "error", "message"),
    [
        (check_count, 3.0, ValueError, "got 3.0; did you mean 3?"),
        (check_count, np.float32(2.5), ValueError, "got 2.5"),
        pytest.param(check_count, 10**5000, ValueError, "got something of type int", id="count"),
        (check_count, np.zeros((100, 100)), TypeError, "got array"),
        (check_not_negative, 10**400, ValueError, "a must be >= 0 and finite, got 1000"),
        pytest.param(
            check_not_negative, 10**5000, ValueError, "finite, got something of type int", id="huge"
        ),
        (check_not_negative, np.nan, ValueError, "a must be >= 0 and finite, got nan"),
        (check_rng, np.random.RandomState(0), TypeError, "use np.random.default_rng\\(0\\)"),
        (check_rng, np.random, TypeError, "use np.random.default_rng\\(0\\)"),
        (check_trace, np.zeros(3), TypeError, "a must be a Trace, got ndarray; run_em and fit return one"),
        (check_mixture, None, TypeError, "a must be a Mixture, got NoneType; are the arguments swapped?"),
        (
            check_mixture,
            np.zeros(3),
            TypeError,
            "a must be a Mixture, got ndarray; are the arguments swapped?",
        ),
        (check_mixture, ([1], [[0]], [[[1]]]), TypeError, "got tuple; make one by gt.Mixture"),
        (check_mixture, GaussianMixture(), TypeError, "got GaussianMixture; use gt.Mixture.from_sklearn"),
    ],
)
def test_bad_arguments_are_named_and_short(check, value, error, message):
    with pytest.raises(error, match=message.replace("?", r"\?")) as caught:
        check("a", value) if check in (check_count, check_not_negative) else check(value, "a")
    assert len(str(caught.value)) < 200


def test_a_trace_or_a_step_is_accepted_where_responsibilities_are_meant():
    X = gt.datasets.load("old_faithful").X
    trace = gt.fit(X, 2, seed=0, starts=1)
    r, m = trace.responsibilities, trace.mixture
    for given in (trace, trace.steps[-1]):
        assert gt.elbo(X, m, given) == gt.elbo(X, m, r)
        np.testing.assert_array_equal(gt.mixture.entropy(given), gt.mixture.entropy(r))
        np.testing.assert_array_equal(soft_colors(given), soft_colors(r))
        for engine in (gt.loops, gt.vectorized, gt.fast):
            assert engine.m_step(X, given) == engine.m_step(X, r)


NO_ARRAYS = {
    "Trace": lambda X: gt.fit(X, 2, seed=0, starts=1),
    "Mixture": lambda X: gt.Mixture([0.5, 0.5], X[:2], [np.eye(2)] * 2),
    "Dataset": lambda X: gt.datasets.load("old_faithful"),
    "Axes": lambda X: gt.ellipse_axes(np.eye(2)),
}
ARRAYS = {
    "log_values": lambda X, it: gt.gaussian.log_sum_exp(it),
    "covariance": lambda X, it: gt.ellipse_axes(it),
    "means": lambda X, it: starts.from_means(X, it),
    "rows": lambda X, it: starts.from_rows(X, it),
    "labels": lambda X, it: gt.kmeans.inertia(X, it, X[:2]),
    "order": lambda X, it: starts.from_rows(X, [0, 1]).permuted(it),
    "weights": lambda X, it: gt.Mixture(it, X[:2], [np.eye(2)] * 2),
}


@pytest.mark.parametrize("kind", NO_ARRAYS)
def test_a_named_tuple_is_no_ragged_list(base, kind):
    it = NO_ARRAYS[kind](base)
    for name, call in ARRAYS.items():
        with pytest.raises(TypeError, match=f"^{name} must be an array or .*, got {kind}$"):
            call(base, it)
    if kind != "Trace":
        for call in (lambda: gt.vectorized.m_step(base, it), lambda: soft_colors(it)):
            with pytest.raises(
                TypeError, match=rf"responsibilities must be an \(N, K\) .*, got {kind}; gt\.resp"
            ):
                call()


def test_lists_as_long_but_of_other_shapes_are_told_apart():
    with pytest.raises(
        ValueError, match=r"is ragged: row 1 has lists of shape \(2, 2\), row 0 has 2 numbers$"
    ):
        gt.Mixture([0.5, 0.5], [[1, 2], [[1, 2], [3, 4]]], np.eye(2))
    with pytest.raises(ValueError, match=r"is ragged: row 0 has lists of several lengths$"):
        gt.Mixture([0.5, 0.5], [[[1], [1, 2]], [[1], [1, 2]]], np.eye(2))


def test_a_trace_or_a_step_is_accepted_where_a_mixture_is_meant(base):
    trace = gt.fit(base, 2, seed=0)
    for one in (trace, trace.steps[-1], trace.mixture):
        assert check_mixture(one) is trace.mixture


@np.errstate(all="raise")
@pytest.mark.parametrize("factor", [1e-150, 1, 1e150])
def test_checks_under_a_reader_s_own_floating_point_settings(base, factor):
    X = base * factor
    np.testing.assert_array_equal(check_data(X), X)
    assert len(gt.kmeans.run(X, X[[0, 99]])) > 2
    with pytest.raises(ValueError, match="NaN or infinite, the first at row 0, column 0"):
        check_data([[np.longdouble("1e4000"), 1], [1, 1]])
    assert check_not_negative("a", np.float32(0.5)) == 0.5


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize("record", ["all", "scores"])
@pytest.mark.parametrize("powers", [(-298, 198), (198, -298)])
def test_columns_as_far_apart_as_is_promised(base, covariance_type, record, powers):
    """Columns of about 1e-89 and 1e60: the score of a whole run agrees with exact arithmetic."""
    X = base * np.ldexp(1.0, powers)
    start = starts.from_rows(X, [0, 99], covariance_type)
    trace = gt.run_em(X, start, engine=gt.fast, covariance_type=covariance_type, record=record)
    assert trace.status == "converged"
    _, expected = exact.e_step(X, trace.mixture)
    assert trace.log_likelihood == pytest.approx(float(expected), rel=1e-12)

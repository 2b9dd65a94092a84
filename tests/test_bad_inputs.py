"""What people type: every row of the table of bad and odd inputs, and what is like it.

60 points of N((0, 0), I) and 40 of N((5, 3), I) from `RandomState(0)`, K = 2, full covariances unless
a row says otherwise. The right numbers come with the table.
"""

import numpy as np
import pandas as pd
import pytest

import gmm_teach as gt
from gmm_teach import starts

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
        "1 values that are NaN or infinite, the first at row 3, column 1",
    ),
    "inf": (
        lambda X: with_entry(X, np.inf),
        ValueError,
        "NaN or infinite, the first at row 3, column 1; drop those rows",
    ),
    "frame": (frame_with_a_gap, ValueError, "NaN or infinite, the first at row 3, column 1"),
    "extension frame": (
        lambda X: frame_with_a_gap(X).convert_dtypes(),
        TypeError,
        "<NA> at row 3, column 1",
    ),
    "text in a frame": (
        lambda X: pd.DataFrame(X).assign(name="a"),
        TypeError,
        "X must hold real numbers only; 'a' at row 0, column 2 is not one",
    ),
    "masked": (masked, ValueError, "1 masked values, the first at row 3, column 1"),
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
    "ragged": (lambda X: [*X.tolist(), [1.0]], ValueError, "X is ragged: row 100 has 1 entries, row 0 has 2"),
    "generator": (lambda X: iter(X), TypeError, "nested lists of numbers, got"),
    "None": (lambda X: None, TypeError, "nested lists of numbers, got NoneType"),
    "huge": (lambda X: X * 1e160, ValueError, "whose squares overflow; divide X by a constant"),
    "huge whole numbers": (lambda X: [[10**400, 1]] * 5, TypeError, "at row 0, column 0 is not one"),
    "tiny": (lambda X: X * 1e-160, ValueError, "column 0 of X spreads over .* only, whose square underflows"),
}


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


@pytest.mark.parametrize("change", [list, pd.DataFrame, np.asfortranarray, lambda X: X[::-1][::-1]])
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

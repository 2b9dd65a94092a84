"""What a run tells its reader: floors, empty and twin components, each by name and iteration."""

import pickle
import signal
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import starts
from gmm_teach.diagnosis import quietly

FLOOR = {"reg_covar": 1e-6}
DIAGONAL = "along 0.7071 x0 {} 0.7071 x1 (columns in units of their deviations)"
BOTH = pytest.mark.parametrize("record", ["all", "scores"])


@pytest.fixture(scope="module")
def base():
    """The 100 points of the table of bad inputs: 60 about (0, 0), 40 about (5, 3)."""
    X = np.random.RandomState(0).normal(size=(100, 2))
    X[60:] += [5, 3]
    return X


def fit(X, n_components=2, **options):
    return gt.fit(X, n_components, **{"seed": 0, "tol": 1e-13, "max_iter": 2000, **FLOOR, **options})


def only_warning(trace):
    (sentence,) = trace.warnings
    return sentence


def test_a_healthy_run_has_no_warnings(base):
    assert fit(base).warnings == ()


@pytest.mark.parametrize(
    ("covariance_type", "log_likelihood"), [("full", -104.8559848236), ("diag", -144.13447326492)]
)
def test_a_repeated_point_sits_on_the_floor(base, covariance_type, log_likelihood):
    X = np.concatenate([base, np.repeat([[50.0, 50.0]], 30, axis=0)])
    trace = fit(X, covariance_type=covariance_type)
    assert trace.log_likelihood == pytest.approx(log_likelihood, rel=1e-12)
    assert only_warning(trace) == (
        "Component A: shrunk onto one point, row 100 at (50, 50), which occurs 30 times. "
        "The floor reg_covar=1e-06, not the data, sets that variance since iteration 2."
    )
    sizes = [np.linalg.eigvalsh(step.mixture.covariances[0])[0] for step in trace.steps if step.kind == "M"]
    assert sizes[0] > 2e-6 >= max(sizes[1:])


def test_an_outlier_gets_a_component_of_its_own(base):
    trace = fit(np.concatenate([base, [[1e6, 1e6]]]))
    assert trace.log_likelihood == pytest.approx(-387.59097117029, rel=1e-12)
    assert "shrunk onto one point, row 100 at (1000000, 1000000). The floor" in only_warning(trace)


def test_two_points_make_a_line(base):
    trace = fit(base[:2], 1)
    assert trace.log_likelihood / 2 == pytest.approx(4.569250152854, rel=1e-12)
    assert only_warning(trace).startswith(f"Component A: no spread {DIAGONAL.format('+')}. The floor")
    assert only_warning(trace).endswith("sets that variance from the start.")


def test_as_many_components_as_points(base):
    trace = fit(base[:6], 6)
    assert trace.log_likelihood / 6 == pytest.approx(-np.log(6) - np.log(2 * np.pi * 1e-6), rel=1e-12)
    assert only_warning(trace).startswith("There are as many components as points, 6: ")


def test_identical_points():
    trace = fit(np.full((20, 2), 3.0), 1)
    np.testing.assert_array_equal(trace.mixture.means, [[3, 3]])
    np.testing.assert_array_equal(trace.mixture.covariances, [1e-6 * np.eye(2)])
    assert trace.log_likelihood / 20 == pytest.approx(11.9776334915549, rel=1e-12)
    assert only_warning(trace) == (
        "The floor reg_covar=1e-06, not the data, sets every covariance: all points of X are the same."
    )


def test_a_floor_above_the_spread(base):
    trace = fit(1e-4 * base)
    largest = 1e-8 * np.linalg.eigvalsh(np.cov(base.T, ddof=0))[-1]
    expected = f"sets every covariance: the largest variance of X is {largest:.4g}. A floor that"
    assert expected in only_warning(trace)


def test_a_constant_column(base):
    X = np.column_stack([base[:, 0], np.full(100, 3.0)])
    trace = fit(X)
    assert trace.log_likelihood == pytest.approx(388.58989635874, rel=1e-12)
    np.testing.assert_array_equal(trace.mixture.covariances[:, 1, 1], 1e-6)
    assert only_warning(trace).startswith("Components A and B: no spread in column 1. The floor")


def test_collinear_columns(base):
    X = np.column_stack([base[:, 0], 2 * base[:, 0]])
    trace = fit(X)
    smallest = np.linalg.eigvalsh(trace.mixture.covariances)[:, 0]
    np.testing.assert_allclose(smallest, 1e-6, rtol=0, atol=1e-12)
    assert f"Components A and B: no spread {DIAGONAL.format('-')}." in only_warning(trace)


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
def test_twins_never_part(base, covariance_type):
    start = starts.from_rows(base, [5, 5, 80], covariance_type)
    trace = gt.run_em(base, start, covariance_type=covariance_type)
    assert only_warning(trace).startswith("Components A and B start with the same mean and covariance")
    for step in trace.steps:
        np.testing.assert_array_equal(step.mixture.means[0], step.mixture.means[1])


def test_one_centre_and_two_shapes_are_no_twins(base):
    start = gt.Mixture([0.5, 0.5], np.zeros((2, 2)), [np.eye(2), 2 * np.eye(2)])
    assert gt.run_em(base, start).warnings == ()


@BOTH
def test_a_component_that_is_as_good_as_empty(base, record):
    start = gt.Mixture([0.5, 0.5], [[2, 1], [40, 0]], [5 * np.eye(2), 5 * np.eye(2)])
    engine = gt.fast if record == "scores" else gt.vectorized
    trace = gt.run_em(base, start, max_iter=1, engine=engine, record=record)
    counts = trace.steps[2].mixture.weights[1] * 100
    assert 0 < counts < 0.01
    assert only_warning(trace).startswith(
        f"Component B is as good as empty since iteration 1: it holds {counts:.2g} points."
    )


@pytest.mark.parametrize("engine", [gt.loops, gt.vectorized, gt.fast])
def test_no_phantom_where_there_are_no_data(base, engine):
    """A component that no point can reach collapses: it is not moved somewhere by rounding."""
    start = gt.Mixture([0.5, 0.5], [[0, 0], [1e6, 1e6]], [np.eye(2), np.eye(2)])
    for floor in ({}, FLOOR):
        trace = gt.run_em(base, start, engine=engine, **floor)
        assert trace.status == "collapsed"
        assert "Component B collapsed in iteration 1: it is empty" in trace.message


def test_warnings_are_told_once_and_for_the_best_run_only(base):
    X = np.concatenate([base, [[1e6, 1e6]]])
    with pytest.warns(gt.EMWarning) as told:
        trace = fit(X)
    assert [str(one.message) for one in told] == list(trace.warnings)
    assert told[0].filename == __file__


def test_an_unfinished_run_is_told(base):
    start = starts.from_rows(base, [0, 99])
    with pytest.warns(gt.EMWarning, match="Not converged: after 1 iteration the") as told:
        trace = gt.run_em(base, start, max_iter=1)
    assert len(trace.log_likelihoods) == 2
    assert told[0].filename == __file__
    with pytest.warns(gt.EMWarning, match="Component A collapsed in iteration 1"):
        gt.run_em(base, gt.Mixture([0.5, 0.5], [[-90, 9], [0, 0]], [np.eye(2) / 9] * 2))


def test_a_good_run_tells_nothing(base):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gt.fit(base, 2, seed=0)


def test_who_is_quiet_leaves_other_threads_and_the_filters_alone(base):
    start = starts.from_rows(base, [0, 99])
    filters = warnings.filters.copy()

    def run(told, pool):
        trace = gt.run_em(base, start, max_iter=1)
        gt.bic(trace)
        assert told == []
        pool.submit(gt.run_em, base, start, max_iter=1).result()
        assert len(told) == 1

    with ThreadPoolExecutor(1) as pool, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        quietly(run, told, pool)
    assert quietly(lambda: warnings.filters == filters)
    with pytest.raises(KeyboardInterrupt):
        quietly(signal.default_int_handler, signal.SIGINT, None)
    with pytest.warns(gt.EMWarning, match="Not converged"):
        gt.run_em(base, start, max_iter=1)


def test_a_collapse_survives_pickling():
    error = pickle.loads(pickle.dumps(gt.Collapsed(1, "is empty")))
    assert (str(error), error.component) == ("component B (index 1) is empty", 1)

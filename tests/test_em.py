"""How a run goes, ends and fails."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized

MODES = pytest.mark.parametrize(
    ("engine", "record"),
    [(loops, "all"), (vectorized, "all"), (fast, "all"), (fast, "scores")],
    ids=["loops", "vectorized", "fast", "fused"],
)


def circle(centre):
    return gt.Mixture([0.5, 0.5], [[0, 0], centre], [np.eye(2)] * 2)


@pytest.fixture
def cloud():
    return np.random.default_rng(0).standard_normal((60, 2))


def assert_collapsed(trace, component, iteration, remedies):
    """At this component and iteration, with these remedies and no other; the floor suits the data."""
    assert trace.status == "collapsed"
    assert trace.collapsed == component
    assert trace.steps[-1].name == f"E{iteration}"
    assert trace.message.startswith(f"Component {'AB'[component]} collapsed in iteration {iteration}: it ")
    floor = f"set a floor such as reg_covar={gt.relative_floor(trace.X):.1g}, that is gt.relative_floor(X)"
    words = {"type": "choose a simpler covariance type", "floor": floor}
    named = ["start elsewhere", "take fewer components", *(words[remedy] for remedy in remedies)]
    assert trace.message.endswith(f" Remedies: {', '.join(named[:-1])}, or {named[-1]}.")


A_POINT, A_LINE, NOTHING = ("floor",), ("type", "floor"), ()


@MODES
@pytest.mark.parametrize("spike", [[[20, 20]], [[20, 20]] * 5], ids=["one point", "repeated point"])
def test_collapse_on_a_point(engine, record, cloud, spike):
    trace = gt.run_em(np.concatenate([cloud, spike]), circle([20, 20]), engine=engine, record=record)
    assert_collapsed(trace, 1, 1, A_POINT)
    times = f", which occurs {len(spike)} times" if len(spike) > 1 else ""
    assert f"it shrank onto one point, row 60 at (20, 20){times}. Remedies" in trace.message


@MODES
def test_collapse_on_a_line(engine, record, cloud):
    line = np.array([20, 20]) + np.linspace(-1, 1, 15)[:, np.newaxis] * [1, 2]
    X = np.concatenate([cloud, line])
    trace = gt.run_em(X, circle([20, 20]), engine=engine, record=record)
    assert_collapsed(trace, 1, 1, A_LINE)
    where = "along 0.7071 x0 - 0.7071 x1 (columns in units of their deviations)"
    assert f"it became flat: its points do not vary {where}. Remedies" in trace.message
    diag = gt.run_em(X, circle([20, 20]), engine=engine, record=record, covariance_type="diag")
    assert diag.status == "converged"


@MODES
def test_collapse_on_nothing(engine, record, cloud):
    trace = gt.run_em(cloud, circle([1000, 0]), engine=engine, record=record)
    assert_collapsed(trace, 1, 1, NOTHING)
    assert "is empty" in trace.message


@MODES
def test_collapse_on_the_way(engine, record):
    """B lets go of one point after the other until it has only the last; all modes tell it alike."""
    x = np.concatenate([np.random.default_rng(3).standard_normal(40), [10.0]])
    start = gt.Mixture([0.8, 0.2], [[0.0], [8.0]], [[[1.0]], [[3.0]]])
    trace = gt.run_em(x, start, engine=engine, record=record, tol=0)
    reference = gt.run_em(x, start, tol=0)
    assert reference.iterations == 8
    assert_collapsed(trace, 1, 9, A_POINT)
    np.testing.assert_allclose(trace.log_likelihoods, reference.log_likelihoods, rtol=1e-9)


@MODES
def test_reg_covar_prevents_collapse(engine, record, cloud):
    X = np.concatenate([cloud, [[20, 20]] * 5])
    trace = gt.run_em(X, circle([20, 20]), engine=engine, record=record, reg_covar=1e-6)
    assert trace.status == "converged"
    np.testing.assert_allclose(trace.mixture.covariances[1], 1e-6 * np.eye(2), rtol=1e-6, atol=1e-12)


@MODES
def test_narrow_is_not_collapsed(engine, record, cloud):
    X = np.concatenate([3 * cloud, 1 + 1e-9 * cloud])
    start = gt.Mixture([0.5, 0.5], [[0, 0], [1, 1]], [9 * np.eye(2), 1e-14 * np.eye(2)])
    trace = gt.run_em(X, start, engine=engine, record=record)
    assert trace.status == "converged"
    np.testing.assert_allclose(trace.mixture.covariances[1], 1e-18 * np.cov(cloud.T, ddof=0), rtol=1e-6)


@MODES
def test_converged(engine, record, two_blobs):
    """Convergence is judged by the mean per point, between E-steps."""
    X, start = two_blobs
    trace = gt.run_em(X, start, engine=engine, record=record, tol=1e-4)
    moves = np.abs(np.diff(trace.log_likelihoods)) / len(X)
    assert trace.status == "converged"
    assert trace.message == f"Converged after {trace.iterations} iterations."
    assert moves[-1] <= 1e-4 < moves[:-1].min()
    thrice = gt.run_em(np.tile(X, (3, 1)), start, engine=engine, record=record, tol=1e-4)
    assert thrice.iterations == trace.iterations


@MODES
@pytest.mark.parametrize("max_iter", [1, 4])
def test_max_iter(engine, record, two_blobs, max_iter):
    trace = gt.run_em(*two_blobs, engine=engine, record=record, max_iter=max_iter)
    assert (trace.status, trace.iterations) == ("max_iter", max_iter)
    assert len(trace.log_likelihoods) == max_iter + 1
    assert f"after {max_iter} iteration{'s' * (max_iter > 1)} the" in trace.message
    assert "tol=1e-06" in trace.message


def test_tolerance_zero_stops_when_nothing_moves(two_blobs):
    trace = gt.run_em(*two_blobs, tol=0, max_iter=10_000)
    assert trace.status == "converged"
    assert trace.log_likelihoods[-1] == trace.log_likelihoods[-2]


@MODES
def test_interrupted(engine, record, two_blobs, monkeypatch):
    owner = fast.Fused if engine is fast else engine
    half_step, calls = owner.e_step, []

    def interrupt_third(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return half_step(*arguments)

    through = gt.run_em(*two_blobs, engine=engine, record=record)
    monkeypatch.setattr(owner, "e_step", interrupt_third)
    trace = gt.run_em(*two_blobs, engine=engine, record=record)
    assert (trace.status, trace.message) == ("interrupted", "Interrupted after 1 iteration.")
    assert [step.name for step in trace.steps] == ["start", "E1", "M1", "E2"]
    assert trace.mixture == through.steps[3].mixture


def test_interrupt_before_anything_is_raised(two_blobs):
    def interrupt(X, mixture):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gt.run_em(*two_blobs, e_step=interrupt)


@MODES
def test_resume_is_the_run_continued(engine, record, two_blobs, assert_same_mixture):
    X, start = two_blobs
    options = {"engine": engine, "record": record, "tol": 0}
    first = gt.run_em(X, start, max_iter=3, **options)
    rest = gt.run_em(X, first.mixture, max_iter=4, **options)
    through = gt.run_em(X, start, max_iter=7, **options)
    assert_same_mixture(rest.mixture, through.mixture, 1e-13)
    joined = np.concatenate([first.log_likelihoods, rest.log_likelihoods[1:]])
    np.testing.assert_allclose(joined, through.log_likelihoods, rtol=1e-13)


@MODES
def test_a_vector_is_one_column(engine, record, two_blobs):
    x = two_blobs[0][:, 0]
    start = gt.starts.from_rows(x, [0, 1])
    runs = [gt.run_em(data, start, engine=engine, record=record) for data in (x, x[:, np.newaxis], list(x))]
    assert runs[0].X.shape == (100, 1)
    assert runs[0].mixture == runs[1].mixture == runs[2].mixture


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"start": [0, 1]}, TypeError, r"start must be a Mixture, got list; see gt\.starts"),
        (
            {"start": gt.Mixture([1], [[0]], [[[1]]])},
            ValueError,
            "start is for 1-D data, but X has 2 columns",
        ),
        ({"tol": -1e-3}, ValueError, r"tol must be >= 0 and finite, got -0\.001"),
        ({"tol": np.nan}, ValueError, "tol must be >= 0 and finite, got nan"),
        ({"max_iter": 0}, ValueError, "max_iter must be a whole number >= 1, got 0"),
        ({"max_iter": 2.5}, ValueError, r"max_iter must be a whole number >= 1, got 2\.5"),
        ({"covariance_type": "Full"}, ValueError, "one of full, tied, diag, spherical; got 'Full'"),
        ({"reg_covar": -1e-6}, ValueError, "reg_covar must be >= 0 and finite, got -1e-06"),
        ({"reg_covar": np.inf}, ValueError, "reg_covar must be >= 0 and finite, got inf"),
        ({"record": "none"}, ValueError, "record must be one of all, scores; got 'none'"),
        ({"X": [[1, np.nan]]}, ValueError, "first at row 0, column 1"),
    ],
)
def test_rejects(two_blobs, change, error, message):
    X, start = two_blobs
    with pytest.raises(error, match=message):
        gt.run_em(**({"X": X, "start": start} | change))

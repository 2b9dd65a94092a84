"""Standard errors from the observed information, against formulas that take no differences."""

import numpy as np
import pytest

import gmm_teach as gt


@pytest.fixture(scope="module")
def waits():
    return gt.datasets.load("old_faithful").X[:, 1:]


def louis(X, fit):
    """Observed information (5, 5) of a 1-D mixture of two, by Louis's formula: weight, means, variances."""
    r, (weights, means, covariances) = gt.responsibilities(X, fit), fit
    total, lost = np.zeros((5, 5)), np.zeros((5, 5))
    for x, shares in zip(X[:, 0], r, strict=True):
        mean_score, mean_square = np.zeros(5), np.zeros((5, 5))
        for k, share in enumerate(shares):
            off, v = x - means[k, 0], covariances[k, 0, 0]
            score, curve = np.zeros(5), np.zeros((5, 5))
            score[0] = (1 / weights[0], -1 / weights[1])[k]
            curve[0, 0] = 1 / weights[k] ** 2
            score[1 + k], score[3 + k] = off / v, (off**2 / v - 1) / (2 * v)
            curve[1 + k, 1 + k] = 1 / v
            curve[1 + k, 3 + k] = curve[3 + k, 1 + k] = off / v**2
            curve[3 + k, 3 + k] = off**2 / v**3 - 1 / (2 * v**2)
            total += share * curve
            mean_score += share * score
            mean_square += share * np.outer(score, score)
        lost += mean_square - np.outer(mean_score, mean_score)
    return total - lost


def test_two_components_in_one_dimension_by_louiss_formula(waits):
    fit = gt.fit(waits, 2, seed=0, tol=1e-13, max_iter=2000).mixture
    errors = gt.standard_errors(waits, fit)
    exact = np.sqrt(np.linalg.inv(louis(waits, fit)).diagonal())
    np.testing.assert_allclose(errors.weights, exact[0], rtol=1e-4)
    np.testing.assert_allclose(errors.means[:, 0], exact[1:3], rtol=1e-4)
    deviations = np.sqrt(fit.covariances[:, 0, 0])
    np.testing.assert_allclose(errors.deviations[:, 0], exact[3:] / (2 * deviations), rtol=1e-4)


def test_two_dimensions_by_differences_of_scores():
    """Of second order, in the parameters themselves: a weight, means, and lower triangles."""
    X = gt.datasets.load("old_faithful").X
    fit = gt.fit(X, 2, seed=0, tol=1e-13, max_iter=2000).mixture
    rows, columns = np.tril_indices(2)
    at = np.concatenate([fit.weights[:1], fit.means.ravel(), fit.covariances[:, rows, columns].ravel()])
    steps = np.diag(1e-4 * np.abs(at))

    def score(free):
        covariances = [[[a, b], [b, c]] for a, b, c in free[5:].reshape(2, 3)]
        return gt.log_likelihood(X, gt.Mixture([free[0], 1 - free[0]], free[1:5].reshape(2, 2), covariances))

    def curvature(one, other):
        ends = [a * b * score(at + a * one + b * other) for a in (1, -1) for b in (1, -1)]
        return -sum(ends) / (4 * one.sum() * other.sum())

    information = np.array([[curvature(one, other) for other in steps] for one in steps])
    exact = np.sqrt(np.linalg.inv(information).diagonal())
    errors = gt.standard_errors(X, fit)
    np.testing.assert_allclose(errors.weights, exact[0], rtol=1e-3)
    np.testing.assert_allclose(errors.means.ravel(), exact[1:5], rtol=1e-3)
    variances = fit.covariances.diagonal(axis1=1, axis2=2)
    of_variances = exact[5:].reshape(2, 3)[:, [0, 2]]
    np.testing.assert_allclose(errors.deviations, of_variances / (2 * np.sqrt(variances)), rtol=1e-3)


def test_one_component_has_the_errors_of_the_textbook():
    X = gt.datasets.load("three_blobs").X
    errors = gt.standard_errors(X, gt.fit(X, 1, seed=0))
    np.testing.assert_allclose(errors.means[0], X.std(axis=0) / np.sqrt(len(X)), rtol=1e-5)
    np.testing.assert_allclose(errors.deviations[0], X.std(axis=0) / np.sqrt(2 * len(X)), rtol=1e-5)
    assert errors.weights.tolist() == [0]


def test_units_and_names_change_nothing_else():
    X = gt.datasets.load("old_faithful").X
    trace = gt.fit(X, 2, seed=0, tol=1e-12)
    first = gt.standard_errors(X, trace)
    units = np.array([60.0, 1e-3])
    scaled = trace.mixture._replace(
        means=trace.mixture.means * units, covariances=trace.mixture.covariances * np.outer(units, units)
    )
    other = gt.standard_errors(X * units, scaled.permuted([1, 0]))
    np.testing.assert_allclose(other.weights[::-1], first.weights, rtol=1e-4)
    np.testing.assert_allclose(other.means[::-1], first.means * units, rtol=1e-4)
    np.testing.assert_allclose(other.deviations[::-1], first.deviations * units, rtol=1e-4)


def test_four_times_the_points_halve_the_errors(waits):
    fit = gt.fit(waits, 2, seed=0, tol=1e-12)
    once, more = gt.standard_errors(waits, fit), gt.standard_errors(np.tile(waits, (4, 1)), fit)
    for a, b in zip(once, more, strict=True):
        np.testing.assert_allclose(b, a / 2, rtol=1e-5)


@pytest.mark.parametrize("unit", [1, 1e-150, 1e-100, 1e80, 1e140])
def test_errors_of_deviations_are_in_the_unit_of_the_data(unit):
    X = gt.datasets.load("old_faithful").X * unit
    trace = gt.run_em(X, gt.starts.kmeans(X, 2, rng=0), tol=1e-10, max_iter=2000)
    errors = gt.standard_errors(X, trace)
    np.testing.assert_allclose(errors.deviations / unit, [[0.0229, 0.327], [0.0201, 0.418]], rtol=2e-3)
    np.testing.assert_allclose(errors.means / unit, [[0.0314, 0.456], [0.0271, 0.592]], rtol=2e-3)


def test_turning_and_squeezing_the_data_turns_and_squeezes_the_errors_with_it():
    """Nearly all on a line: what is a step for one deviation would be far for the other."""
    X = np.random.default_rng(0).standard_normal((400, 2))
    X[200:, 0] += 8
    squeezed = X @ [[1, 1], [0, 1e-5]]
    plain, narrow = (
        gt.standard_errors(one, gt.fit(one, 2, starts=1, seed=0, tol=1e-12)) for one in (X, squeezed)
    )
    for column in (0, 1):
        np.testing.assert_allclose(narrow.means[:, column], plain.means[:, 0], rtol=1e-4)
        np.testing.assert_allclose(narrow.deviations[:, column], plain.deviations[:, 0], rtol=1e-4)


def test_runs_at_the_tolerance_of_run_em_are_at_a_top():
    for name, K in (("old_faithful", 3), ("cigars", 3), ("uniform", 3), ("penguins", 4)):
        X = gt.datasets.load(name).X
        assert (gt.standard_errors(X, gt.fit(X, K, seed=0, starts=4)).deviations > 0).all()


def test_types_that_are_full_too_are_taken(waits):
    full, diag = (gt.fit(waits, 2, seed=0, tol=1e-10, covariance_type=kind) for kind in ("full", "diag"))
    for a, b in zip(gt.standard_errors(waits, full), gt.standard_errors(waits, diag), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)


REFUSED = {
    "diag": "only for full covariances; this trace has covariance_type='diag'",
    "tied": "only for full covariances; this trace has covariance_type='tied'",
    "mixture of diag": "not at a top of.*still rises by about 33.9. nats; run EM on.*full.*smaller tol",
    "one step": r"not at a top of.*still rises by about 1\.7. nats; run EM on.*smaller tol",
    "shifted": "not at a top of.*still rises by about 14.* nats; run EM on",
    "floor": r"not at a top of.*nats; run EM on from it, without the floor reg_covar=0\.01",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_top_is_refused(name):
    X = gt.datasets.load("old_faithful").X
    start = gt.starts.kmeans(X, 2, rng=0)
    exact = {"tol": 1e-12, "max_iter": 5000}
    if name in ("diag", "tied", "mixture of diag"):
        trace = gt.run_em(X, start, covariance_type=name.split()[-1], **exact)
    elif name == "one step":
        with pytest.warns(gt.EMWarning):
            trace = gt.run_em(X, start, max_iter=1, tol=0)
    else:
        trace = gt.run_em(X, start, reg_covar=0.01 * (name == "floor"), **exact)
    mixture = trace.mixture._replace(means=trace.mixture.means + np.array([0.1, 0]))
    given = {"shifted": mixture, "mixture of diag": trace.mixture}.get(name, trace)
    with pytest.raises(ValueError, match=REFUSED[name]):
        gt.standard_errors(X, given)


def test_a_floor_that_moves_nothing_is_at_the_top():
    X = gt.datasets.load("old_faithful").X
    plain, floored = (gt.fit(X, 2, seed=0, reg_covar=floor, tol=1e-10) for floor in (0, gt.relative_floor(X)))
    for a, b in zip(gt.standard_errors(X, plain), gt.standard_errors(X, floored), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-2)


@pytest.mark.parametrize(
    ("X", "mixture", "error", "message"),
    [
        (np.ones((5, 3)), "fit", ValueError, r"X has shape \(5, 3\); this mixture is for \(N, 2\)"),
        (np.ones((5, 2)), "no mixture", TypeError, "mixture must be a Mixture, got str"),
        ("data", "elsewhere", ValueError, "no top at this mixture.*fit the mixture to X first"),
    ],
)
def test_rejects(X, mixture, error, message):
    data = gt.datasets.load("old_faithful").X
    fit = gt.fit(data, 2, starts=1, seed=0).mixture
    far = fit._replace(means=fit.means + 50)
    known = {"fit": fit, "elsewhere": far}
    with pytest.raises(error, match=message):
        gt.standard_errors(data if isinstance(X, str) else X, known.get(mixture, mixture))

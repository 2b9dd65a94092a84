"""The floor under the variances: one that suits the data, and true words on a run that leans on one."""

import numpy as np
import pytest

import gmm_teach as gt

C = gt.datasets.load("document_c").X


def told(X, **options):
    return " ".join(gt.fit(X, 3, seed=0, **options).warnings)


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 1e6])
def test_relative_floor(scale):
    """A share of the smallest variance of a column, so that it scales with the data."""
    X = scale * C
    assert gt.relative_floor(X) == pytest.approx(1e-6 * X.var(axis=0).min(), rel=1e-12)
    assert gt.relative_floor(X, 0.5) == pytest.approx(0.5 * X.var(axis=0).min(), rel=1e-12)
    constant = np.column_stack([X, np.full(len(X), 3.0)])
    assert gt.relative_floor(constant) == pytest.approx(gt.relative_floor(X), rel=1e-12)


def test_relative_floor_of_one_point():
    assert gt.relative_floor(np.ones((4, 2))) == 1e-6


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_relative_floor_leaves_the_fit_to_the_data(scale):
    plain, floored = (gt.fit(scale * C, 3, seed=0, reg_covar=f) for f in (0.0, gt.relative_floor(scale * C)))
    assert floored.warnings == ()
    np.testing.assert_allclose(floored.mixture.means, plain.mixture.means, atol=1e-3 * scale)


@pytest.mark.parametrize(("scale", "floor"), [(1e-3, 1e-6), (1.0, 0.5)])
def test_under_the_floor_is_not_shrunk(scale, floor):
    """It holds dozens of points; its own variance is just less than the floor."""
    trace = gt.fit(scale * C, 3, seed=0, reg_covar=floor)
    assert trace.mixture.weights.min() * 100 > 10
    sentences = " ".join(trace.warnings)
    assert "onto one point" not in sentences
    for k, covariance in enumerate(trace.mixture.covariances):
        own = np.linalg.eigvalsh(covariance)[0] - floor
        if 1.01 * own < floor:
            assert f"the own variance {own:.4g} is below the floor" in sentences, k
    assert "A floor that leaves" not in "".join(trace.warnings[:-1])  # said once
    assert f"a floor that leaves the word to the data is reg_covar={gt.relative_floor(scale * C):.1g}" in (
        sentences.lower()
    )


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e4])
def test_recommended_floors_suit_the_unit(scale):
    """Taken as recommended, the run goes through."""
    X = np.concatenate([scale * C, np.repeat([[50 * scale, 50 * scale]], 5, axis=0)])
    start = gt.Mixture([0.5, 0.5], [C.mean(axis=0) * scale, [50 * scale] * 2], [scale**2 * np.cov(C.T)] * 2)
    trace = gt.run_em(X, start)
    assert trace.status == "collapsed"
    floor = f"{gt.relative_floor(X):.1g}"
    assert f"set a floor such as reg_covar={floor}, that is gt.relative_floor(X)." in trace.message
    again = gt.run_em(X, start, reg_covar=float(floor))
    assert again.status == "converged"
    (sentence,) = again.warnings
    assert sentence.startswith("Component B: shrunk onto one point, row 100 at ")


def test_columns_that_depend_on_each_other_are_named_whatever_their_units():
    t = np.linspace(0, 1, 30)
    with pytest.raises(ValueError, match=r"X does not vary along 0\.7071 x0 - 0\.7071 x1 \(columns in units"):
        gt.starts.kmeans(np.c_[5e4 * t, t], 2, 0)
    X = np.c_[5e4 * t, t, np.random.default_rng(0).standard_normal(30)]
    trace = gt.run_em(X, gt.starts.from_rows(X, [3, 20], reg_covar=1e-6), reg_covar=1e-6)
    assert "no spread along 0.7071 x0 - 0.7071 x1 (columns in units of their deviations)" in " ".join(
        trace.warnings
    )


def test_no_remedy_is_a_fixed_number():
    """The words of the package recommend no floor in a unit of their own."""
    for path in gt.starts.__file__, gt.diagnosis.__file__, gt.floor.__file__, gt.spread.__file__:
        with open(path, encoding="utf-8") as file:
            assert "reg_covar=1e-6" not in file.read()

"""scikit-learn's names and fitted estimators, and what is said of them here."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture

import gmm_teach as gt
from gmm_teach import scikit_learn

X = gt.datasets.load("penguins").X


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize("n_features", [1, 3])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_fitted_parameters(covariance_type, n_features, dtype):
    """K = D = 3, where the shapes alone do not tell the types apart."""
    points = X[:, :n_features].astype(dtype)
    fitted = GaussianMixture(3, covariance_type=covariance_type, random_state=0).fit(points)
    mixture = gt.Mixture(*scikit_learn.parameters_of(fitted))
    precision = {"rtol": 1e-9} if fitted.means_.dtype == np.float64 else {"rtol": 2e-3, "atol": 2e-3}
    points = points.astype(np.float64)  # scikit-learn squares the points in their own precision
    np.testing.assert_allclose(gt.log_density(points, mixture), fitted.score_samples(points), **precision)
    np.testing.assert_allclose(
        gt.responsibilities(points, mixture), fitted.predict_proba(points), rtol=0, atol=precision["rtol"]
    )
    assert mixture.weights.sum() == pytest.approx(1, abs=1e-15)


def test_a_bayesian_estimator_gives_its_point_estimates():
    fitted = BayesianGaussianMixture(n_components=3, random_state=0, max_iter=500).fit(X)
    mixture = gt.Mixture(*scikit_learn.parameters_of(fitted))
    np.testing.assert_allclose(mixture.means, fitted.means_)
    np.testing.assert_allclose(mixture.covariances, fitted.covariances_, rtol=1e-12)


@pytest.mark.parametrize(
    ("fitted", "error", "message"),
    [
        (GaussianMixture(2), ValueError, r"this GaussianMixture is not fitted yet; call its fit\(X\) first"),
        (
            BayesianGaussianMixture(n_components=2),
            ValueError,
            "this BayesianGaussianMixture is not fitted yet",
        ),
        (KMeans(2), TypeError, "fitted must be a fitted GaussianMixture or .*, got KMeans"),
        (GaussianMixture, TypeError, "fitted must be a fitted GaussianMixture or .*, got ABCMeta"),
        (X, TypeError, "got ndarray"),
        (None, TypeError, "got NoneType"),
        (gt.datasets.load("cross").truth, TypeError, "got Mixture"),
    ],
)
def test_other_objects_are_named(fitted, error, message):
    with pytest.raises(error, match=message):
        scikit_learn.parameters_of(fitted)


@pytest.fixture(scope="module")
def at_hand():
    trace = gt.fit(X, 2, seed=0, starts=1)
    return {
        "gt": gt,
        "np": np,
        "X": X,
        "mixture": trace.mixture,
        "trace": trace,
        "n_components": 2,
        "n": 5,
        "rng": np.random.default_rng(0),
        "start": trace.steps[0].mixture,
        "means": trace.mixture.means,
        "name": "cross",
        "responsibilities": trace.responsibilities,
        "weights": trace.mixture.weights,
        "covariances": trace.mixture.covariances,
    }


@pytest.mark.parametrize("names", [scikit_learn.OF_A_MIXTURE, scikit_learn.OF_A_TRACE])
def test_what_is_recommended_runs(at_hand, names):
    for name, here in names.items():
        assert eval(here, at_hand) is not None, name


def test_what_is_recommended_of_the_package_exists(at_hand):
    for name, here in scikit_learn.OF_THE_PACKAGE.items():
        function = here.partition("(")[0]
        assert eval(function, at_hand) is not None, name


def test_what_is_recommended_is_what_it_is_called_for(at_hand):
    trace = at_hand["trace"]
    fitted = GaussianMixture(
        2,
        weights_init=trace.mixture.weights,
        means_init=trace.mixture.means,
        random_state=0,
        tol=1e-9,
        max_iter=999,
    ).fit(X)
    mixture = gt.Mixture(*scikit_learn.parameters_of(fitted))
    for names in (scikit_learn.OF_A_MIXTURE, scikit_learn.OF_A_TRACE):
        for name in ("predict", "predict_proba", "score", "score_samples"):
            here = at_hand | {"mixture": mixture, "trace": trace._replace(steps=one_step(trace, mixture))}
            np.testing.assert_allclose(
                eval(names[name], here), getattr(fitted, name)(X), rtol=1e-6, atol=1e-9
            )


def one_step(trace, mixture):
    responsibilities = gt.responsibilities(X, mixture)
    return (trace.steps[-1]._replace(mixture=mixture, responsibilities=responsibilities),)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "predict_proba",
            r"Mixture has no attribute 'predict_proba'; use gt.responsibilities\(X, mixture\)$",
        ),
        ("means_", "Mixture has no attribute 'means_'; use mixture.means$"),
        ("nonsense", "Mixture has no attribute 'nonsense'$"),
        ("__deepcopy__", "Mixture has no attribute '__deepcopy__'$"),
    ],
)
def test_no_attribute(name, message):
    with pytest.raises(AttributeError, match=message):
        raise scikit_learn.no_attribute("Mixture", name, scikit_learn.OF_A_MIXTURE)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("random_state", "fit has no argument 'random_state'; use seed=0$"),
        ("n_init", "fit has no argument 'n_init'; use starts=10$"),
        ("init_params", "fit has no argument 'init_params'; use start=\"kmeans\"$"),
        ("K", "fit has no argument 'K'; use n_components$"),
        ("means_init", r"use gt.run_em\(X, gt.starts.from_means\(X, means\)\)$"),
        ("toll", "fit has no argument 'toll'; did you mean tol"),
        ("nonsense", "fit has no argument 'nonsense'; it takes tol, seed$"),
    ],
)
def test_unknown_options(option, message):
    scikit_learn.check_known("fit", {"seed": 0}, ("tol", "seed"))
    with pytest.raises(TypeError, match=message):
        scikit_learn.check_known("fit", {"seed": 0, option: 1}, ("tol", "seed"))


def test_recommended_options_are_options(at_hand):
    for option, here in scikit_learn.ARGUMENTS.items():
        if here.startswith("gt.run_em"):
            assert eval(here, at_hand).status == "converged", option
        elif "=" in here:
            assert eval(f"gt.fit(X, 2, **dict({here}))", at_hand).status == "converged", option

"""Numbers from elsewhere: 60-digit arithmetic, document C, published fits, scikit-learn."""

import json
from pathlib import Path

import numpy as np
import pytest
from fused import fused_step
from sklearn.datasets import load_iris
from sklearn.mixture import GaussianMixture

import gmm_teach as gt
from gmm_teach import starts

CASES = sorted(Path(__file__).with_name("cases").glob("*.json"))


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def case(request):
    """X, the reference mixtures after 0, 1, ..., 10 iterations, and their log-likelihoods."""
    stored = json.loads(request.param.read_text(encoding="utf-8"))
    history = zip(*(np.array(stored[name], dtype=float) for name in gt.Mixture._fields), strict=True)
    mixtures = [gt.Mixture(*parameters) for parameters in history]
    assert mixtures[0] == gt.Mixture(*(np.array(stored["init"][name], float) for name in gt.Mixture._fields))
    return np.array(stored["X"]), mixtures, np.array(stored["ll"], dtype=float), stored


def test_all_cases_are_here():
    assert [path.name[0] for path in CASES] == ["A", "B", "G"]


def test_sixty_digits(case, engine, assert_same_mixture):
    X, mixtures, log_likelihoods, stored = case
    assert len(mixtures) == len(log_likelihoods) == 11
    mixture = mixtures[0]
    for expected, expected_log_likelihood in zip(mixtures, log_likelihoods, strict=True):
        assert_same_mixture(mixture, expected, 1e-12)
        r, log_likelihood = engine.e_step(X, mixture)
        assert log_likelihood == pytest.approx(expected_log_likelihood, rel=1e-12)
        mixture = engine.m_step(X, r)
    printed = np.array([*stored["resp_first3_final"], stored["resp_last_final"]], dtype=float)
    np.testing.assert_allclose(r[[0, 1, 2, -1]], printed, rtol=0, atol=1e-12)


def test_sixty_digits_fused(case, assert_same_mixture):
    X, mixtures, log_likelihoods, _ = case
    mixture = mixtures[0]
    for expected, expected_log_likelihood in zip(mixtures, log_likelihoods, strict=True):
        assert_same_mixture(mixture, expected, 1e-12)
        mixture, log_likelihood, _, _ = fused_step(X, mixture)
        assert log_likelihood == pytest.approx(expected_log_likelihood, rel=1e-12)


@pytest.mark.parametrize("record", ["all", "scores"])
def test_document_c(engine, record):
    X = gt.datasets.load("document_c").X
    trace = gt.run_em(X, starts.from_rows(X, [20, 10, 96]), engine=engine, tol=1e-4 / 100, record=record)
    assert (trace.status, trace.iterations) == ("converged", 23)
    assert len(trace.log_likelihoods) == 24
    assert trace.log_likelihoods[0] == pytest.approx(-541.3161248037, abs=5e-11)
    assert trace.log_likelihoods[22] == pytest.approx(-318.830829251483, abs=1e-12)
    assert trace.log_likelihoods[23] == pytest.approx(-318.8308214856091, abs=1e-12)

    final = engine.m_step(X, trace.responsibilities)  # the document's M-step after it has converged
    assert gt.log_likelihood(X, final) == pytest.approx(-318.8308208995, abs=5e-11)
    np.testing.assert_allclose(final.weights, [0.300705452, 0.179937138, 0.519357410], rtol=0, atol=5.1e-10)
    means = [[0.021366767, 4.947756251], [4.942392087, 0.313653346], [1.081810626, 0.739057970]]
    np.testing.assert_allclose(final.means, means, rtol=0, atol=5.1e-10)
    xx_xy_yy = [
        [0.293249723, 0.050512805, 0.352773741],
        [0.355644014, -0.014949092, 0.666950447],
        [0.671143351, 0.330585479, 0.904346440],
    ]
    actual = final.covariances[:, [0, 0, 1], [0, 1, 1]]
    np.testing.assert_allclose(actual, xx_xy_yy, rtol=0, atol=5.1e-10)


def published_data(name):
    if name == "iris":
        return load_iris().data
    X = gt.datasets.load("old_faithful").X
    return X[:, 1] if name == "waiting" else X


@pytest.mark.parametrize("start", ["kmeans", "random_points", "farthest"])
@pytest.mark.parametrize(
    ("name", "covariance_type", "log_likelihood", "bic", "digit"),
    [
        ("old_faithful", "full", -1130.2639601847, 2322.19174, 1e-5),
        ("old_faithful", "tied", -1140.1867594371, 2325.21994, 1e-5),
        ("waiting", "full", -1034.0017498, 2096.0325, 1e-4),
        ("iris", "full", -214.354704371, 574.01783, 1e-5),
        ("iris", "tied", -296.447574769, 688.09722, 1e-5),
    ],
)
def test_published_fits(start, name, covariance_type, log_likelihood, bic, digit):
    trace = gt.fit(
        published_data(name),
        2,
        start=start,
        starts=5,
        seed=0,
        covariance_type=covariance_type,
        tol=1e-12,
        max_iter=1000,
        engine=gt.fast,
        record="scores",
    )
    assert trace.status == "converged"
    assert trace.log_likelihood == pytest.approx(log_likelihood, abs=1e-6)
    assert gt.bic(trace) == pytest.approx(bic, abs=0.51 * digit)


OLD_FAITHFUL = (
    [0.35587286, 0.64412714],
    [[2.03638846, 54.47851641], [4.28966198, 79.96811521]],
    [[0.069167675, 0.435167650, 33.697282248], [0.169968432, 0.940609275, 36.046210817]],
)
OLD_FAITHFUL_CONVERGED = (
    [0.35587285710570, 0.64412714289429],
    [[2.03638845461995, 54.4785163769682], [4.28966197309598, 79.9681151738560]],
    [
        [0.06916767255931, 0.43516762444350, 33.6972820723022],
        [0.16996843574709, 0.94060931927025, 36.0462113175531],
    ],
)


def test_old_faithful_parameters():
    """The published run stops a little early: EM in 40 digits, begun there, ends at the second set."""
    X = gt.datasets.load("old_faithful").X
    mixture = gt.fit(X, 2, seed=1, tol=1e-12).mixture
    for _ in range(50):  # the parameters settle long after the log-likelihood
        mixture = gt.vectorized.m_step(X, gt.responsibilities(X, mixture))
    mixture = mixture.permuted(np.argsort(mixture.means[:, 0]))
    actual = mixture.weights, mixture.means, mixture.covariances[:, [0, 0, 1], [0, 1, 1]]
    for values, published, converged in zip(actual, OLD_FAITHFUL, OLD_FAITHFUL_CONVERGED, strict=True):
        np.testing.assert_allclose(values, converged, rtol=1e-12)
        np.testing.assert_allclose(values, published, rtol=1e-7)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize(("name", "K"), [("old_faithful", 2), ("old_faithful", 3), ("iris", 3)])
def test_scikit_learn_full(name, K, engine, assert_near):
    X, iterations = published_data(name), 8
    start = starts.from_rows(X, range(0, 40 * K, 40))
    oracle = GaussianMixture(
        K,
        tol=0,
        reg_covar=0,
        max_iter=iterations,
        weights_init=start.weights,
        means_init=start.means,
        precisions_init=np.linalg.inv(start.covariances),
    ).fit(X)
    trace = gt.run_em(X, start, engine=engine, tol=0, max_iter=iterations)
    assert trace.iterations == oracle.n_iter_ == iterations
    assert_near(trace.mixture.weights, oracle.weights_, 1e-10)
    assert_near(trace.mixture.means, oracle.means_, 1e-10)
    assert_near(trace.mixture.covariances, oracle.covariances_, 1e-10)
    assert trace.log_likelihood == pytest.approx(oracle.score(X) * len(X), rel=1e-10)
    assert_near(trace.responsibilities, oracle.predict_proba(X), 1e-10)

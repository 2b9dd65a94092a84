import sys
import warnings
from itertools import permutations
from time import process_time

import numpy as np
import pytest
from families import some_now
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import chi2
from sklearn.mixture import GaussianMixture

import gmm_teach as gt
from gmm_teach.matching import _best_assignment_by_scipy, best_assignment

GAINS = st.integers(1, 5).flatmap(lambda K: hnp.arrays(float, (K, K), elements=st.floats(-100, 100)))


@pytest.fixture(scope="module")
def blobs():
    return gt.datasets.load("three_blobs")


@pytest.mark.parametrize(
    ("covariance_type", "expected"), [("spherical", 13), ("diag", 21), ("tied", 26), ("full", 41)]
)
def test_n_parameters(covariance_type, expected):
    assert gt.n_parameters(2, 5, covariance_type) == expected


def test_one_component_has_no_free_weight():
    assert [gt.n_parameters(1, 3, name) for name in gt.COVARIANCE_TYPES] == [9, 9, 6, 4]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2), "n_components must be a whole number >= 1, got 0"),
        ((2, 0), "n_features must be a whole number >= 1, got 0"),
        ((2, 2, "any"), "one of full, tied, diag, spherical; got 'any'"),
    ],
)
def test_n_parameters_rejects(arguments, message):
    with pytest.raises(ValueError, match=message):
        gt.n_parameters(*arguments)


def in_scikit_learn(mixture, covariance_type):
    """scikit-learn's mixture with the same parameters."""
    stored = {
        "full": mixture.covariances,
        "tied": mixture.covariances[0],
        "diag": mixture.covariances.diagonal(axis1=1, axis2=2),
        "spherical": mixture.covariances[:, 0, 0],
    }[covariance_type]
    oracle = GaussianMixture(mixture.n_components, covariance_type=covariance_type)
    oracle.weights_, oracle.means_, oracle.covariances_ = mixture.weights, mixture.means, stored
    oracle.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(mixture.covariances)).swapaxes(1, 2)
    if covariance_type == "tied":
        oracle.precisions_cholesky_ = oracle.precisions_cholesky_[0]
    if covariance_type in ("diag", "spherical"):
        oracle.precisions_cholesky_ = 1 / np.sqrt(stored)
    return oracle


@pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize("K", [1, 3])
def test_scores_against_scikit_learn(blobs, K, covariance_type):
    trace = gt.fit(blobs.X, K, covariance_type=covariance_type, seed=0, starts=1, max_iter=5)
    oracle = in_scikit_learn(trace.mixture, covariance_type)
    assert gt.aic(trace) == pytest.approx(oracle.aic(blobs.X), rel=1e-12)
    assert gt.bic(trace) == pytest.approx(oracle.bic(blobs.X), rel=1e-12)


def test_bic_finds_three_blobs(blobs):
    scores = [gt.bic(gt.fit(blobs.X, K, seed=0, starts=5)) for K in range(1, 6)]
    assert int(np.argmin(scores)) + 1 == 3


def test_held_out_scores_every_point_once(blobs):
    """Against the same cut made by hand."""
    X = blobs.X[:50]
    order = np.random.default_rng(3).permutation(50)
    total = 0.0
    for begin in (0, 17, 34):
        part = order[begin : begin + 17]
        trace = gt.fit(np.delete(X, part, axis=0), 2, seed=3, starts=2, covariance_type="diag")
        total += gt.log_density(X[part], trace.mixture).sum()
    actual = gt.held_out(X, 2, folds=3, seed=3, starts=2, covariance_type="diag")
    assert actual == pytest.approx(total / 50, rel=1e-12)


def test_held_out_punishes_too_few_components(blobs):
    one, three = (gt.held_out(blobs.X, K, starts=2) for K in (1, 3))
    assert three > one + 0.1


@pytest.mark.parametrize(
    ("folds", "message"),
    [(1, "folds must be a whole number >= 2, got 1"), (51, "folds is 51, but .* only 50")],
)
def test_held_out_rejects(blobs, folds, message):
    with pytest.raises(ValueError, match=message):
        gt.held_out(blobs.X[:50], 2, folds=folds)


@given(GAINS)
def test_best_assignment_against_brute_force(gain):
    K = len(gain)
    columns = best_assignment(gain)
    assert sorted(columns) == list(range(K))
    best = max(gain[range(K), order].sum() for order in permutations(range(K)))
    assert gain[range(K), columns].sum() == pytest.approx(best, rel=1e-12, abs=1e-12)


@given(st.permutations(range(4)), st.integers(0, 2**32))
def test_match_labels_undoes_a_renaming(order, seed):
    reference = np.concatenate([range(4), np.random.default_rng(seed).integers(4, size=30)])
    labels = np.argsort(order)[reference]
    names = gt.match_labels(labels, reference)
    np.testing.assert_array_equal(names, order)
    np.testing.assert_array_equal(names[labels], reference)


def test_match_labels_maximises_agreement():
    labels, reference = [0, 0, 0, 1, 1, 2], [1, 1, 0, 0, 0, 0]
    assert gt.match_labels(labels, reference).tolist() == [1, 0, 2]
    assert gt.match_labels([0, 0], [2, 2]).tolist()[0] == 2
    assert len(gt.match_labels([0, 1], [1, 0], n_components=4)) == 4


@pytest.mark.parametrize(
    ("labels", "message"),
    [([0, 1], r"one length, got \(2,\) and \(3,\)"), ([-1, 0, 1], "numbers from 0"), ([0.0, 1, 1], "from 0")],
)
def test_match_labels_rejects(labels, message):
    with pytest.raises(ValueError, match=message):
        gt.match_labels(labels, [0, 1, 1])


@given(st.permutations(range(5)))
def test_match_components_undoes_a_permutation(order):
    truth = gt.datasets.load("pairs5").truth
    moved = truth._replace(means=truth.means + 0.1).permuted(order)
    restored = moved.permuted(gt.match_components(moved, truth))
    assert restored == truth._replace(means=truth.means + 0.1)


@given(st.permutations(range(3)), st.sampled_from([1e-9, 1e-3, 1e3, 1e9]))
def test_match_components_in_any_unit(order, unit):
    """In another unit of one column, and with noise that the wide column would drown the other in."""
    truth = gt.Mixture([0.2, 0.3, 0.5], [[0, 0], [0.1, 5], [0.2, 10]], [np.eye(2)] * 3)
    moved = truth._replace(means=truth.means + np.array([[2, 0], [0, 0], [-2, 0]]))
    scale = np.array([unit, 1.0])
    truth, moved = (
        gt.Mixture(one.weights, one.means * scale, one.covariances * np.outer(scale, scale))
        for one in (truth, moved)
    )
    assert moved.permuted(order).permuted(gt.match_components(moved.permuted(order), truth)) == moved


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_match_components_with_one_centre_by_their_covariances(order):
    truth = gt.datasets.load("cross").truth
    assert gt.match_components(truth.permuted(order), truth).tolist() == order


def test_match_components_takes_traces(blobs):
    trace = gt.fit(blobs.X, 3, seed=0, starts=2)
    np.testing.assert_array_equal(
        gt.match_components(trace, blobs.truth), gt.match_components(trace.mixture, blobs.truth)
    )
    with pytest.raises(
        TypeError, match="reference must be a Mixture, got ndarray; are the arguments swapped"
    ):
        gt.match_components(trace, blobs.X)


def test_match_components_rejects_another_size():
    one, two = gt.Mixture([1], [[0]], [[[1]]]), gt.Mixture([0.5, 0.5], [[0], [1]], [[[1]], [[1]]])
    with pytest.raises(ValueError, match=r"differ in K or D: means of \(1, 1\) and \(2, 1\)"):
        gt.match_components(one, two)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 2], [0, 1], 2), "the labels go up to 2, so n_components must be at least 3, got 2"),
        (([0, 1], [0, 2], 2), "the labels go up to 2, so n_components must be at least 3, got 2"),
        (([0, 1], [0, 1], 0), "n_components must be a whole number >= 1, got 0"),
        (([], []), "whole numbers from 0, got float64"),
        ((np.zeros(0, int), np.zeros(0, int)), r"vectors of one length, got \(0,\) and \(0,\)"),
        (([[0], [1]], [[0], [1]]), r"vectors of one length, got \(2, 1\) and \(2, 1\)"),
        (([0, [1]], [0, 1]), "labels is ragged"),
        (([0, 10**9], [0, 1]), "the labels go up to 1000000000; number the groups 0, 1, 2"),
        (([True, False], [0, 1]), "labels must hold whole numbers from 0, got bool"),
    ],
)
def test_match_labels_names_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        gt.match_labels(*arguments)


@given(st.integers(1, 8), st.integers(0, 2**32))
def test_two_ways_of_assignment_agree(K, seed):
    gain = np.random.default_rng(seed).integers(0, 20, (K, K))
    rows = np.arange(K)
    exact, by_scipy = best_assignment(gain), _best_assignment_by_scipy(gain)
    assert sorted(by_scipy) == list(range(K))
    assert gain[rows, exact].sum() == gain[rows, by_scipy].sum()


def test_many_components_are_matched_at_once():
    """K = 24, in well under a second; 24 permutations would take 10^23 tries, subsets 4 10^8."""
    rng = np.random.default_rng(0)
    order = rng.permutation(24)
    reference = np.concatenate([range(24), rng.integers(24, size=500)])
    begin = process_time()
    np.testing.assert_array_equal(gt.match_labels(np.argsort(order)[reference], reference), order)
    assert process_time() - begin < 1


def test_many_components_need_scipy(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(
        ImportError, match="matching more than 8 components, here 9, needs SciPy: pip install"
    ):
        best_assignment(np.eye(9))
    assert best_assignment(np.eye(8)).tolist() == list(range(8))


@pytest.mark.parametrize("gain", [np.zeros((2, 3)), np.zeros(4), [[np.nan, 0], [0, 1]], np.zeros((500, 499))])
def test_best_assignment_rejects(gain):
    with pytest.raises(ValueError, match=r"gain must be finite numbers of shape \(K, K\), got") as caught:
        best_assignment(gain)
    assert len(str(caught.value)) < 200


SPIKED = {
    "Likert": (1.0 + np.random.default_rng(0).choice(5, 200, p=[0.1, 0.2, 0.4, 0.2, 0.1]), 1),
    "one point repeated 8 times": (
        np.concatenate([np.random.default_rng(0).standard_normal((60, 2)), np.full((8, 2), 6.0)]),
        1,
    ),
}


@pytest.mark.parametrize("reg_covar", some_now([0.0, 1e-6, 1e-3]))
@pytest.mark.parametrize("name", SPIKED)
def test_scores_never_prefer_a_spike(name, reg_covar):
    """A likelihood that has no maximum gives NaN, and a warning that names the run."""
    X, expected = SPIKED[name]
    traces = [gt.fit(X, K, seed=0, starts=4, reg_covar=reg_covar) for K in range(1, 5)]
    for criterion in (gt.aic, gt.bic):
        scores = []
        for trace in traces:
            narrow = np.linalg.eigvalsh(trace.mixture.covariances)[:, 0].min() < 0.01
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                scores.append(criterion(trace))
            assert np.isnan(scores[-1]) == narrow == bool(told)
            if narrow:
                run = f"{criterion.__name__.upper()} of the run with {trace.mixture.n_components} components"
                assert str(told[0].message).startswith(f"{run} is NaN: ")
                assert (told[0].category, told[0].filename) == (gt.EMWarning, __file__)
        assert np.isnan(scores).any()
        assert int(np.nanargmin(scores)) + 1 == expected


def test_held_out_never_prefers_a_spike():
    X, _ = SPIKED["Likert"]
    for reg_covar in (0.0, 1e-6):
        with pytest.warns(
            gt.EMWarning, match=r"The held-out score \(part . of 5\) of the run with 3 components is NaN"
        ):
            assert np.isnan(gt.held_out(X, 3, starts=2, reg_covar=reg_covar))
    assert np.isfinite(gt.held_out(X, 1))


@pytest.mark.parametrize("score", [gt.aic, gt.bic])
def test_a_run_on_the_way_is_scored_and_told(blobs, score):
    trace = gt.fit(blobs.X, 3, seed=0, starts=1, max_iter=1)
    name = score.__name__.upper()
    with pytest.warns(
        gt.EMWarning, match=f"{name} of the run with 3 components is that of parameters on the way"
    ):
        assert score(trace) > -2 * trace.log_likelihood


def test_a_floor_that_all_runs_share_is_no_spike(blobs):
    """A constant column gets its variance from the floor in every run: scores still compare."""
    X = np.column_stack([blobs.X, np.ones(len(blobs.X))])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=r"Components? .*floor")
        scores = [gt.bic(gt.fit(X, K, seed=0, starts=2, reg_covar=1e-6)) for K in range(1, 5)]
    assert int(np.argmin(scores)) + 1 == 3


@pytest.mark.parametrize("score", [gt.aic, gt.bic])
@pytest.mark.parametrize("other", ["mixture", "X"])
def test_scores_are_of_traces(blobs, score, other):
    wrong = blobs.truth if other == "mixture" else blobs.X
    with pytest.raises(
        TypeError, match=f"must be a Trace, got {type(wrong).__name__}; run_em and fit return one"
    ):
        score(wrong)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"seed": -1}, ValueError, "seed must be a whole number >= 0, got -1"),
        ({"seed": "a"}, TypeError, "seed must be a whole number >= 0, got 'a'"),
        ({"seed": 1.5}, ValueError, "seed must be a whole number >= 0, got 1.5"),
        ({"folds": "5"}, TypeError, "folds must be a whole number >= 2, got '5'; did you mean 5?"),
        ({"folds": 2.0}, ValueError, "folds must be a whole number >= 2, got 2.0; did you mean 2?"),
        ({"n_components": 45}, ValueError, "n_components is 45, but a fit sees only 40 of the 50 points"),
        ({"n_components": None}, TypeError, "n_components must be a whole number >= 1, got None"),
        ({"covariance_type": "any"}, ValueError, "without part 1 of 5: covariance_type must be one of"),
    ],
)
def test_held_out_checks_its_arguments(blobs, options, error, message):
    with pytest.raises(error, match=message.replace("?", r"\?")):
        gt.held_out(blobs.X[:50], **{"n_components": 2, **options})


def test_held_out_takes_any_seed(blobs):
    X = blobs.X[:50]
    scores = [gt.held_out(X, 1, seed=seed) for seed in (3, np.int64(3), np.random.default_rng(3))]
    assert scores[0] == scores[1] == scores[2]
    assert np.isfinite(gt.held_out(X, 1, seed=None))
    assert gt.held_out(blobs, 1) == gt.held_out(blobs.X, 1)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::gmm_teach.EMWarning")
def test_with_ten_starts_18_of_99_single_gaussians_raise_a_false_alarm():  # as notebook 13 says
    rng, alarms = np.random.default_rng(2), 0
    options = {"covariance_type": "tied", "seed": 0, "record": "scores", "max_iter": 1000, "tol": 1e-7}
    for _ in range(99):
        rows = rng.standard_normal((100, 2))
        one, two = (gt.fit(rows, K, starts=10, start="mixed", **options).log_likelihood for K in (1, 2))
        alarms += 2 * (two - one) > chi2(3).isf(0.05)
    assert alarms == 18

"""The demos of whole fits: their numbers against SciPy, closed forms, and `fit`."""

import re
import warnings
from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

import gmm_teach as gt
from gmm_teach.widgets.demos.how_many import DATA, KS, HowMany, how_many, one_run
from gmm_teach.widgets.demos.lottery import COMPONENTS, MOST, ending, lottery, run
from gmm_teach.widgets.demos.outliers import outliers
from gmm_teach.widgets.demos.trap import FLOORS, crowd_and_outlier, falls, start_on_outlier, trap

pytestmark = [pytest.mark.filterwarnings("error::gmm_teach.EMWarning"), pytest.mark.slow]


def numbers(text):
    return [float(found) for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def weighted_logs(X, mixture):
    """log pi_k N_k (N, K), by SciPy."""
    parts = [np.log(w) + multivariate_normal(m, c).logpdf(X) for w, m, c in zip(*mixture, strict=True)]
    return np.column_stack([np.atleast_1d(part) for part in parts])


def assert_every_picture_is_a_png(demo):
    for index in {0, len(demo.captions) // 2, len(demo.captions) - 1}:
        assert demo.scene.shoot(index).startswith(b"\x89PNG")


# Lottery


@pytest.fixture(scope="module")
def blobs():
    return lottery(data="three_blobs", runs=100)


def test_lottery_counts_what_fit_would_keep(blobs):
    X = gt.datasets.load("three_blobs").X
    best = gt.fit(X, 3, starts=100, seed=0, start="random_points")
    assert blobs.scene.best == pytest.approx(best.log_likelihood, abs=1e-6)
    assert blobs.scene.tally == "84 of 100 runs win"
    assert blobs.scene.bars.get_title() == "84 of 100 runs win"
    assert blobs.captions[-1].startswith("84 of 100 runs win; seed 0 converged at -1037.57, the best here")


def test_bars_hold_every_run_once(blobs):
    bars = blobs.scene.bars.patches
    assert sum(bar.get_height() for bar in bars) == 100
    middles = np.array([bar.get_x() + bar.get_width() / 2 for bar in bars])
    distance = np.abs(blobs.scene.reached[:, np.newaxis] - middles).min(axis=1)
    assert distance.max() <= bars[0].get_width() / 2 * (1 + 1e-9)


def test_a_click_on_a_bar_opens_its_runs_one_after_another():
    demo = lottery(data="three_blobs", runs=100, seed=0)
    poor = np.flatnonzero(demo.scene.reached < demo.scene.best - 50)
    score = np.median(demo.scene.reached[poor])
    seen = []
    for _ in range(3):
        demo.click(score, 1)
        seen.append(demo.values["seed"])
        assert demo.scene.trace.log_likelihood == pytest.approx(score, abs=1.5)
    assert len(set(seen)) == 3
    assert set(seen) <= set(poor)
    lost = demo.scene.best - demo.scene.trace.log_likelihood
    assert f", {lost:.2f} below: converged is not best" in demo.captions[-1]


def test_the_film_is_the_run_of_that_seed():
    demo = lottery(data="document_c", start="kmeans", seed=7)
    X = gt.datasets.load("document_c").X
    trace = gt.run_em(X, gt.starts.kmeans(X, 3, 7))
    assert demo.index == len(demo.captions) - 1 == len(trace.steps) - 1
    assert demo.captions[1] == gt.views.describe(trace, 1)
    assert numbers(demo.captions[-1])[3] == pytest.approx(trace.log_likelihood, abs=0.006)
    demo.scene.show(2)
    letters = demo.scene.panel.ellipses.letters.marks.get_offsets()[::2]
    np.testing.assert_allclose(letters, trace.steps[2].mixture.means, rtol=1e-9)
    ghosts = demo.scene.panel.ghosts.lines.get_segments()
    before = trace.steps[1].mixture
    outlines = [gt.gaussian.ellipse(*pair) for pair in zip(before.means, before.covariances, strict=True)]
    np.testing.assert_allclose(ghosts, outlines, rtol=1e-9)


def test_a_collapsed_run_does_not_win():
    demo = lottery(data="document_c", start="kmeans", runs=30, seed=23)
    assert "seed 23 collapsed at" in demo.captions[-1]
    assert "Component" in demo.notes[-1]
    X = gt.datasets.load("document_c").X
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gt.EMWarning)
        traces = [gt.run_em(X, gt.starts.kmeans(X, 3, seed)) for seed in range(30)]
    kept = [trace.log_likelihood for trace in traces if trace.status != "collapsed"]
    wins = sum(score > max(kept) - 0.1 for score in kept)
    assert wins < len(kept) < 30
    assert demo.scene.tally == f"{wins} of 30 runs win"
    assert [kind.sum() for kind in demo.scene.kinds] == [wins, len(kept) - wins, 30 - len(kept)]


def test_the_height_of_a_collapse_does_not_count(monkeypatch):
    scores = {3: (-300.0, True), 5: (-318.85, False), 6: (-318.9, True), 7: (-318.8, False)}
    monkeypatch.setitem(lottery.__globals__, "ending", lambda *key: scores.get(key[-1], (-330.0, False)))
    scene = lottery(data="document_c").scene
    assert (scene.best, scene.tally) == (-318.8, "2 of 10 runs win")
    assert [np.flatnonzero(kind).tolist() for kind in scene.kinds] == [[5, 7], [0, 1, 2, 4, 8, 9], [3, 6]]


def test_more_runs_never_make_the_best_worse():
    demo = lottery(data="document_c", start="random_points")
    bests = []
    for runs in range(10, 101, 30):
        demo.set(runs=runs)
        bests.append(demo.scene.best)
        assert len(demo.scene.reached) == runs
    assert bests == sorted(bests)


def test_endings_agree_with_their_films():
    for seed in range(20, 30):
        trace = run("document_c", "kmeans", seed)
        assert ending("document_c", "kmeans", seed) == (
            pytest.approx(trace.log_likelihood, rel=1e-9),
            trace.status == "collapsed",
        )


def test_a_long_film_keeps_its_ends():
    scene = lottery(data="pairs5", seed=2).scene
    assert len(scene.trace.steps) > MOST >= len(scene.shown) == len(scene.captions)
    assert (scene.shown[0], scene.shown[-1]) == (0, len(scene.trace.steps) - 1)
    assert (np.diff(scene.shown) >= 1).all()
    assert scene.shown[:4].tolist() == [0, 1, 2, 3]


@pytest.mark.slow
@pytest.mark.parametrize("start", gt.starts.STARTS)
@pytest.mark.parametrize("data", COMPONENTS)
def test_lottery_at_its_extremes(data, start):
    demo = lottery(data=data, start=start, seed=0)
    demo.set(seed=99)
    assert len(demo.captions) == len(demo.notes) == len(demo.scene.shown)
    assert_every_picture_is_a_png(demo)


# Trap


def test_the_trap_closes_on_the_outlier():
    demo = trap()
    trace = demo.scene.trace
    assert (trace.status, trace.collapsed) == ("collapsed", 1)
    assert "it shrank onto one point, row 40 at (5, 0)" in demo.notes[-1]
    assert demo.captions[-1].endswith(
        f"collapses at log-likelihood {trace.log_likelihood:.1f}: there is no highest one"
    )
    cross, word = demo.scene.marks
    assert np.ravel(cross.get_data()) == pytest.approx([5, 0], abs=1e-3)
    demo.scene.show(3)
    assert not word.get_visible()
    demo.scene.show(demo.index)
    assert word.get_visible()


@pytest.mark.parametrize("floor", ["1e-6", "1e-3", "0.1", "1"])
def test_a_component_on_one_point_scores_what_the_floor_lets_it(floor):
    """B's term is log(1/41) - log(2 pi floor); A's 40 points fit as if B were not there."""
    demo = trap(distance=12.0, floor=floor)
    crowd = crowd_and_outlier(12.0)[:-1]
    covariance = np.cov(crowd.T, ddof=0) + float(floor) * np.eye(2)
    expected = multivariate_normal(crowd.mean(axis=0), covariance).logpdf(crowd).sum() + 40 * np.log(40 / 41)
    expected += np.log(1 / 41) - np.log(2 * np.pi * float(floor))
    assert demo.scene.trace.log_likelihood == pytest.approx(expected, abs=1e-4)
    assert numbers(demo.captions[-1]) == pytest.approx([np.sqrt(float(floor)), expected], rel=0.05, abs=0.05)
    assert demo.captions[-1].startswith("The floor holds B")


def test_how_much_the_floor_makes_the_log_likelihood_fall():
    demo = trap(distance=4.0, floor="1")
    X = crowd_and_outlier(4.0)
    mixtures = [step.mixture for step in demo.scene.trace.steps if step.kind == "E"]
    scores = [logsumexp(weighted_logs(X, mixture), axis=1).sum() for mixture in mixtures]
    fallen = sum(max(a - b, 0) for a, b in pairwise(scores))
    assert fallen > 0.5
    assert numbers(demo.captions[-1])[-1] == pytest.approx(fallen, abs=0.006)
    assert demo.scene.figure.axes[1].get_title() == f"Log-likelihood: falls by {fallen:.2g}"


def test_a_fall_too_small_to_see_is_told():
    demo = trap(distance=4.0, floor="1e-3")
    fallen = falls(demo.scene.trace).sum()
    assert 0 < fallen < 0.01
    assert f"falling by {fallen:.2g} in all" in demo.captions[-1]
    assert demo.scene.figure.axes[1].get_title().endswith(f"falls by {fallen:.2g}")


@pytest.mark.parametrize("floor", FLOORS)
def test_only_a_floor_makes_it_fall(floor):
    X = crowd_and_outlier(4.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gt.EMWarning)
        fallen = falls(gt.run_em(X, start_on_outlier(X), reg_covar=float(floor))).sum()
    assert (fallen > 1e-6) == (floor in ("1e-3", "1"))


def test_no_trap_near_the_crowd():
    demo = trap(distance=0.0)
    assert demo.scene.trace.status == "converged"
    count = len(demo.scene.trace.X) * demo.scene.trace.mixture.weights[1]
    assert demo.captions[-1].startswith(f"No collapse: B holds {count:.1f} points")


def test_captions_give_the_deviations_of_b():
    demo = trap()
    for index in (0, 5, 10):
        step = demo.scene.trace.steps[index]
        long, short = np.sqrt(np.linalg.eigvalsh(step.mixture.covariances[1])[::-1])
        assert demo.captions[index].endswith(f"B is {long:.2g} by {short:.2g}")


@pytest.mark.parametrize("floor", FLOORS)
@pytest.mark.parametrize("distance", [4.5, 0.0, 12.0])
def test_trap_at_its_extremes(distance, floor):
    demo = trap(distance=distance, floor=floor)
    assert len(demo.captions) == len(demo.notes) == len(demo.scene.trace.steps)
    assert demo.areas == []
    assert_every_picture_is_a_png(demo)


# How many


@pytest.fixture(scope="module")
def counted():
    return how_many(starts=3)


def test_curves_are_those_of_fit(counted):
    X = gt.datasets.load("document_c").X
    for K in (1, 3, 5):
        trace = gt.fit(X, K, starts=3, seed=0)
        curves = {name: curve[K - 1] for name, curve in counted.scene.curves.items()}
        p = (K - 1) + 2 * K + 3 * K
        assert curves["BIC"] == pytest.approx(-2 * trace.log_likelihood + p * np.log(100), rel=1e-9)
        assert curves["AIC"] == pytest.approx(-2 * trace.log_likelihood + 2 * p, rel=1e-9)
        assert curves["training"] == pytest.approx(trace.log_likelihood / 100, rel=1e-9)
    assert counted.scene.curves["held-out"][2] == pytest.approx(gt.held_out(X, 3, starts=1), rel=1e-6)


def test_the_best_k_of_each_curve(counted):
    scene = counted.scene
    signs = {"AIC": -1, "BIC": -1, "training": 1, "held-out": 1}
    for name, sign in signs.items():
        order = np.where(np.isnan(scene.curves[name]), -np.inf, sign * scene.curves[name])
        assert scene.picks[name] == KS[order.argmax()]
    assert counted.captions[0] == "Full, best K: 3 by BIC, 3 by AIC, 3 by held-out; made from 3"
    texts = [text.get_text() for text in scene.top.get_legend().get_texts()]
    assert texts[:2] == ["AIC: 3", "BIC: 3"]


def test_bic_may_count_other_than_the_truth():
    demo = how_many(data="three_blobs", covariance="diag", held_out=False)
    assert demo.scene.picks["BIC"] != 3
    assert demo.captions[0].endswith("; made from 3: components are not clusters")
    assert "held-out" not in demo.captions[0]


def test_a_fit_whose_starts_all_collapsed_has_no_score():
    demo = how_many(held_out=False, K=7)
    assert demo.scene.traces[7].status == "collapsed"
    assert np.isnan([demo.scene.curves[name][6] for name in ("AIC", "BIC", "training")]).all()
    assert "collapsed in iteration" in demo.notes[0]
    demo.set(starts=3)
    assert np.isfinite(demo.scene.curves["BIC"]).all()


def test_a_first_piece_in_which_all_has_collapsed_is_drawn(monkeypatch):
    module = import_module(HowMany.__module__)
    module.one_run.cache_clear()
    monkeypatch.setattr(module, "FIRST", 0.0)
    scene = HowMany()
    scene.compute({"data": "document_c", "covariance": "full", "K": 7, "starts": 1, "held_out": False})
    assert scene.incomplete
    assert list(scene.traces) == [7]
    scene.change({"data": "document_c", "covariance": "full", "K": 7, "starts": 1, "held_out": False})
    assert scene.bottom.get_legend() is None


def test_too_few_starts_are_told():
    demo = how_many(held_out=False)
    training = demo.scene.curves["training"]
    assert training[5] < training[4]
    assert "From K=5 to 6 the training log-likelihood falls" in demo.notes[0]


def test_a_click_shows_the_nearest_k(counted):
    areas = counted.areas
    assert len(areas) == 2
    assert areas[0][0] == areas[1][0]
    for x, K in ((4.6, 5), (1.2, 1), (0.2, 1), (8.9, 8), (3.0, 3)):
        counted.click(x, 0.0)
        assert counted.values["K"] == K
        assert [line.get_xdata() for line in counted.scene.lines] == [[K, K]] * 2
        assert counted.scene.map.get_title() == f"K={K}, full"
        assert counted.scene.shoot(0).startswith(b"\x89PNG")
    fit = counted.scene.traces[3]
    letters = counted.scene.fitted[-1].get_offsets()[::2]
    np.testing.assert_array_equal(letters, fit.mixture.means)
    assert f"{gt.n_parameters(3, 2)} free parameters: 2 in the weights, 6 in the means, 9" in counted.notes[0]


def test_only_the_fit_of_the_chosen_k_is_drawn(counted):
    before = len(counted.scene.map.lines) + len(counted.scene.map.collections)
    for K in (8, 1, 5):
        counted.set(K=K)
    counted.set(K=3)
    assert len(counted.scene.map.lines) + len(counted.scene.map.collections) == before


def test_kept_fits_are_small():
    trace = one_run("document_c", "full", 2, 0)
    assert len(trace.steps) == 1


@pytest.mark.slow
@pytest.mark.parametrize("covariance", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize("data", DATA)
def test_how_many_at_its_extremes(data, covariance):
    demo = how_many(data=data, covariance=covariance, K=8, held_out=False)
    assert_every_picture_is_a_png(demo)
    demo.set(K=1)
    assert_every_picture_is_a_png(demo)


# Outliers


@pytest.fixture(scope="module")
def geyser():
    return outliers()


def test_outliers_are_the_least_dense_points(geyser):
    X = gt.datasets.load("old_faithful").X
    scores = logsumexp(weighted_logs(X, geyser.scene.mixture), axis=1)
    for share in (0, 0.5, 5, 20):
        geyser.set(share=share)
        below = scores < np.quantile(scores, share / 100)
        assert geyser.scene.map.get_title() == f"Outliers: {below.sum()} of 272 points"
        np.testing.assert_array_equal(np.column_stack(geyser.scene.flags.get_data()), X[below])


def test_the_contour_has_the_density_of_the_threshold(geyser):
    geyser.set(share=10)
    (threshold, _) = geyser.scene.limit.get_xdata()
    line = np.concatenate(geyser.scene.line.get_segments())
    scores = logsumexp(weighted_logs(line, geyser.scene.mixture), axis=1)
    np.testing.assert_allclose(scores, threshold, atol=0.02)


def test_a_far_point_is_an_outlier_with_responsibility_one(geyser):
    geyser.set(share=5, x=7.0, y=30)
    logs = weighted_logs(np.array([[7.0, 30.0]]), geyser.scene.mixture)
    assert geyser.captions[0] == (
        f"(7.0, 30): log-density {logsumexp(logs):.1f}, below {geyser.scene.limit.get_xdata()[0]:.1f}: "
        "an outlier, yet its responsibility is 1.000 for A"
    )
    assert geyser.scene.where.get_text() == f"← {logsumexp(logs):.1f}"


def test_an_undecided_point_need_not_be_an_outlier(geyser):
    geyser.set(share=0, x=3.0, y=66)
    logs = weighted_logs(np.array([[3.0, 66.0]]), geyser.scene.mixture)[0]
    shares = np.exp(logs - logsumexp(logs))
    assert 0.5 < shares[0] < 0.9
    share = f"responsibility {shares[0]:.3f} for A"
    assert geyser.captions[0].endswith(f"undecided, but no outlier; {share}")
    assert [bar.get_width() for bar in geyser.scene.widths] == pytest.approx(shares.tolist())
    geyser.set(share=1)
    assert geyser.captions[0].endswith(f": an outlier; {share}")


def test_a_click_moves_the_star(geyser):
    geyser.click(2.046, 54.4)
    assert (geyser.values["x"], geyser.values["y"]) == (2.05, 54)
    assert geyser.captions[0].startswith("(2.0, 54): log-density -3.3, above")
    assert geyser.captions[0].endswith(": no outlier; responsibility 1.000 for B")
    geyser.click(8.29, 14.5)
    assert (geyser.values["x"], geyser.values["y"]) == (8.0, 20)


@pytest.mark.parametrize("share", [0, 20])
@pytest.mark.parametrize("x", [0.0, 8.0])
@pytest.mark.parametrize("y", [20, 130])
def test_outliers_at_its_extremes(geyser, share, x, y):
    geyser.set(share=share, x=x, y=y)
    assert "an outlier, yet its responsibility is 1.000" in geyser.captions[0]
    assert_every_picture_is_a_png(geyser)


@pytest.mark.parametrize("make", [outliers, lottery, trap, how_many])
def test_the_first_picture_is_steady(make):
    one, other = make(), make()
    assert one.captions == other.captions
    assert one.scene.shoot(one.index) == other.scene.shoot(other.index)
    before = one.captions
    one.scene.change(dict(one.values))
    assert list(one.scene.captions) == before

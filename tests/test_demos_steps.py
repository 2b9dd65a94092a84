"""The demos of the half-steps: their numbers against independent ones."""

import re

import numpy as np
import pytest
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal, norm

import gmm_teach as gt
from gmm_teach.widgets.demos.be_the_m_step import NAMES, SLIDERS, be_the_m_step, finish, mixture_of
from gmm_teach.widgets.demos.bound import bound
from gmm_teach.widgets.demos.kmeans_limit import kmeans_limit
from gmm_teach.widgets.demos.query import LIMIT, from_log, query
from gmm_teach.widgets.demos.temperature import temperature

pytestmark = pytest.mark.slow

OUTSIDE = {"mean_A": 19.0, "deviation_A": 0.5, "mean_B": 2.0, "deviation_B": 5.0, "weight_A": 0.01}


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def two_bells(X, values):
    """Log-likelihood of the five sliders, by SciPy."""
    w = values["weight_A"]
    a = np.log(w) + norm.logpdf(X[:, 0], values["mean_A"], values["deviation_A"])
    b = np.log(1 - w) + norm.logpdf(X[:, 0], values["mean_B"], values["deviation_B"])
    return np.logaddexp(a, b).sum()


def weighted_logs(X, mixture):
    """log pi_k N_k (N, K), by SciPy."""
    parts = [np.log(w) + multivariate_normal(m, c).logpdf(X) for w, m, c in zip(*mixture, strict=True)]
    return np.column_stack([np.atleast_1d(part) for part in parts])


@pytest.fixture(scope="module")
def maximum():
    X = gt.datasets.load("two_sources").X[::10]
    return gt.fit(X, 2, seed=1, starts=3, start="random_points", tol=1e-10, max_iter=2000).log_likelihood


def test_the_meter_shows_the_log_likelihood_of_the_sliders(maximum):
    demo = be_the_m_step(mean_A=1.0)
    score = two_bells(demo.scene.X, demo.values)
    assert numbers(demo.captions[0]) == pytest.approx([score, maximum - score, score], abs=0.006)
    assert demo.scene.bar.get_ydata()[1] == pytest.approx(maximum - score, abs=1e-3)
    assert demo.scene.now.get_text() == f"now\n{score:.2f}"


def test_the_sum_of_the_curves_is_the_density_of_the_sliders():
    demo = be_the_m_step(weight_A=0.3)
    x, y = demo.scene.curves.total.get_data()
    np.testing.assert_allclose(y, 0.3 * norm.pdf(x, 5, 3) + 0.7 * norm.pdf(x, 10, 3), atol=1e-12)


def test_the_best_so_far_is_the_highest_of_the_readers_own_positions():
    demo = be_the_m_step()
    scores = [two_bells(demo.scene.X, demo.values)]
    for mean in (2.0, 0.0, -5.0, 19.0, 1.0):
        demo.set(mean_A=mean)
        scores.append(two_bells(demo.scene.X, demo.values))
        assert demo.scene.edits.best == pytest.approx(max(scores), abs=1e-8)
        demo.scene.change(dict(demo.values))
        assert demo.scene.record.get_text() == f"your best\n{max(scores):.2f}"
    assert scores[-1] < max(scores)
    demo.press("finish")
    assert two_bells(demo.scene.X, demo.values) > max(scores) + 1
    demo.set(weight_A=0.52)
    assert demo.scene.edits.best == pytest.approx(max(scores), abs=1e-8)
    assert f"your best before EM's help was {max(scores):.2f}" in demo.captions[0]


def test_em_finishes_from_the_sliders_and_says_what_was_missing(maximum):
    demo = be_the_m_step(mean_A=1.0)
    first = two_bells(demo.scene.X, demo.values)
    demo.set(mean_B=15.0)
    before = two_bells(demo.scene.X, demo.values)
    demo.press("finish")
    after = two_bells(demo.scene.X, demo.values)
    assert after == pytest.approx(maximum, abs=1e-4)
    assert numbers(demo.captions[0])[1:] == pytest.approx([after, after - before, after - first], abs=0.006)
    A, B = ([demo.values[f"{name}_{k}"] for name in ("mean", "deviation")] for k in "AB")
    assert pytest.approx([0, 2], abs=0.3) == A
    assert pytest.approx([5, 5], abs=0.8) == B
    film, said = demo.film, demo.captions
    demo.press("finish")  # there is nothing left to gain, and still a new picture
    assert demo.film == film + 1
    assert numbers(demo.captions[0])[2:] == pytest.approx([0, after - first], abs=0.006)
    assert said != demo.captions


@pytest.mark.slow
def test_no_position_beats_the_maximum_that_em_reaches():
    demo, rng = be_the_m_step(), np.random.default_rng(0)
    for _ in range(60):
        values = {s["name"]: float(rng.uniform(s["min"], s["max"])) for s in SLIDERS}
        values["deviation_A"] = rng.choice([0.5, values["deviation_A"]])
        trace = finish(demo.scene.X, mixture_of(values))
        assert trace.log_likelihood <= demo.scene.maximum + 1e-4
        assert two_bells(demo.scene.X, values) <= demo.scene.maximum


def test_start_over_forgets_the_best_and_goes_back_to_the_presets():
    demo = be_the_m_step(mean_A=2.0)
    first = dict(demo.values)
    demo.set(mean_A=0.0)
    demo.press("finish")
    demo.press("restart")
    assert {name: demo.values[name] for name in NAMES} == {name: first[name] for name in NAMES}
    assert demo.scene.edits.best == pytest.approx(two_bells(demo.scene.X, first), abs=1e-8)
    assert "your best so far is" in demo.captions[0]
    demo.set(mean_A=0.0)
    assert demo.scene.edits.best == pytest.approx(two_bells(demo.scene.X, demo.values), abs=1e-8)


def test_a_click_moves_the_nearer_mean():
    demo = be_the_m_step()
    demo.click(1.5, 0.1)
    assert (demo.values["mean_A"], demo.values["mean_B"]) == (1.5, 10.0)
    demo.click(21.0, 0.1)
    assert (demo.values["mean_A"], demo.values["mean_B"]) == (1.5, 19.0)
    assert len(demo.areas) == 1


def test_em_that_goes_astray_leaves_the_sliders_alone():
    demo = be_the_m_step(**OUTSIDE)
    before = {name: demo.values[name] for name in NAMES}
    demo.press("finish")
    assert {name: demo.values[name] for name in NAMES} == before
    assert "EM goes astray: component A" in demo.captions[0]
    demo.set(mean_A=0.0, deviation_A=3.0, weight_A=0.5)
    assert "your best so far" in demo.captions[0]


def test_em_cannot_part_two_that_are_alike():
    demo = be_the_m_step(mean_A=10.0, weight_A=0.2)
    demo.press("finish")
    one_bell = norm.logpdf(demo.scene.X, demo.scene.X.mean(), demo.scene.X.std()).sum()
    assert two_bells(demo.scene.X, demo.values) == pytest.approx(one_bell, abs=1e-6)
    assert "could not tell them apart" in demo.captions[0]


def test_a_best_above_what_em_reached_is_said_to_be_higher():
    demo = be_the_m_step(mean_A=0.0, deviation_A=2.0, mean_B=5.0, deviation_B=5.0)
    best = demo.scene.edits.best
    demo.set(mean_A=10.0, deviation_A=3.0, mean_B=10.0, deviation_B=3.0)
    demo.press("finish")
    assert f"your best, {best:.2f}, is higher" in demo.captions[0]


@pytest.mark.parametrize("log_T", [-1.3, -0.5, 0.0, 0.35, 0.7])
def test_temperature_takes_the_root_and_normalises_again(log_T):
    demo = temperature(log_T=log_T)
    X, T = demo.scene.X, 10**log_T
    r = softmax(weighted_logs(X, demo.scene.mixture) / T, axis=1)
    entropy = -np.sum(r * np.log(r, where=r > 0, out=np.zeros_like(r)), axis=1).mean()
    shown = numbers(demo.captions[0])
    assert [shown[0], *shown[1:4], shown[4]] == pytest.approx(
        [T, np.sum(r.max(axis=1) < 0.9), 300, 0.9, entropy], abs=0.006
    )
    shares = numbers(demo.scene.words.get_text())
    assert shares == pytest.approx(r[demo.scene.edits], abs=0.0006)
    heights = demo.scene.hardness.bars.get_data().values
    assert heights.sum() == 300
    assert heights[-1] == np.sum(r.max(axis=1) >= 1 - (1 - 1 / 3) / 20)


def test_at_temperature_one_stands_em():
    demo = temperature(log_T=0.7)
    assert "softer than EM" in demo.captions[0]
    demo.press("em")
    X, mixture = demo.scene.X, demo.scene.mixture
    assert demo.values["log_T"] == 0
    assert demo.scene.title.get_text() == "T = 1.00: EM's E-step"
    np.testing.assert_allclose(demo.scene.points.shown, gt.responsibilities(X, mixture), atol=1e-12)
    film = demo.film
    demo.press("em")
    assert demo.film == film + 1


def test_a_click_rings_the_nearest_point():
    demo = temperature()
    surest = int(demo.scene.points.shown.max(axis=1).argmax())
    assert demo.scene.edits == surest  # at first; which ones are not is for the reader to find
    demo.click(*demo.scene.X[17] + 1e-6)
    np.testing.assert_array_equal(np.ravel(demo.scene.ring.get_data()), demo.scene.X[17])
    assert len(demo.areas) == 1


@pytest.mark.parametrize("point", [(3.3, 1.0), (0.0, 5.0), (5.0, 0.5), (-40.0, 40.0), (12.0, -9.0)])
def test_a_query_shows_prior_density_product_and_share(point):
    demo = query(x=point[0], y=point[1])
    weights = demo.scene.mixture.weights
    logs = weighted_logs(np.array([point]), demo.scene.mixture)[0]
    letters, priors, densities, products, shares = (
        [cell.get_text() for cell in column] for column in demo.scene.columns
    )
    assert letters == ["A", "B", "C", "sum"]
    assert [float(text) for text in priors] == pytest.approx([*weights, 1], abs=0.006)
    assert [float(text) for text in shares] == pytest.approx([*softmax(logs), 1], abs=0.0006)
    assert products == [from_log(value) for value in [*logs, logsumexp(logs)]]
    assert densities[:3] == [from_log(value) for value in logs - np.log(weights)]
    assert [bar.get_width() for bar in demo.scene.bars] == pytest.approx(softmax(logs), abs=1e-9)
    assert f"log of the sum: {logsumexp(logs):.1f}\n" in demo.scene.words.get_text()
    (x0, x1), (y0, y1) = demo.scene.ax.get_xlim(), demo.scene.ax.get_ylim()
    assert x0 < point[0] < x1
    assert y0 < point[1] < y1
    assert demo.areas == [[*demo.areas[0][:4], x0, x1, y0, y1]]


@pytest.mark.parametrize(
    ("value", "text"), [(0.25, "0.2500"), (0.0009, "0.0009"), (3.4e-5, "3.4e-5"), (9.99e-8, "1.0e-7")]
)
def test_numbers_however_small_are_written_out(value, text):
    assert from_log(np.log(value)) == text


def test_a_number_below_the_smallest_float_keeps_its_digits():
    assert from_log(-650 * np.log(10) + np.log(3.4)) == "3.4e-650"


def test_a_mile_away_is_still_shared_out_and_told_from_the_data():
    demo = query()
    assert "B has the highest density, p(x | B), but A the largest share" in demo.captions[0]
    home = demo.areas
    demo.press("away")
    assert (demo.values["x"], demo.values["y"]) == (LIMIT, LIMIT)
    total = logsumexp(weighted_logs(np.array([[LIMIT, LIMIT]]), demo.scene.mixture))
    assert f"less likely than any of the data (log-density {total:.1f})" in demo.captions[0]
    assert "still sum to 1" in demo.captions[0]
    lowest = logsumexp(weighted_logs(demo.scene.X, demo.scene.mixture), axis=1).min()
    assert f"lowest of the data: {lowest:.1f}" in demo.scene.words.get_text()
    demo.click(1.0, 2.0)
    assert (demo.values["x"], demo.values["y"]) == (1.0, 2.0)
    np.testing.assert_allclose(demo.areas, home, rtol=1e-12)
    assert "the share p(A | x) is 100.0 %" in demo.captions[0]


def held_em(X, means, sigma, n=500):
    """EM with equal weights and circles of one sigma, in five lines."""
    for _ in range(n):
        squares = ((X[:, None] - means) ** 2).sum(axis=2)
        r = softmax(-squares / (2 * sigma**2), axis=1)
        means = r.T @ X / r.sum(axis=0)[:, None]
    return r, means


@pytest.mark.parametrize("log_sigma", [0.0, -0.2, -0.7, -2.0])
def test_em_with_sigma_held_goes_to_k_means_as_sigma_shrinks(log_sigma):
    demo = kmeans_limit(log_sigma=log_sigma)
    X, scene = demo.scene.X, demo.scene
    spread = np.sqrt(np.trace(np.cov(X.T, ddof=0)) / 2)
    r, means = held_em(X, scene.start, 10**log_sigma * spread)
    trace = scene.run(10**log_sigma * spread)
    np.testing.assert_allclose(trace.mixture.means, means, atol=1e-4)
    np.testing.assert_array_equal(trace.mixture.weights, np.full(3, 1 / 3))
    np.testing.assert_allclose(trace.mixture.covariances, [100**log_sigma * spread**2 * np.eye(2)] * 3)
    last = gt.kmeans.run(X, scene.start)[-1]
    farthest = np.sqrt(((trace.mixture.means - last.means) ** 2).sum(axis=1)).max()
    labels = ((X[:, None] - trace.mixture.means) ** 2).sum(axis=2).argmin(axis=1)
    relative, *shown = numbers(demo.captions[0])[:5]
    expected = [farthest, np.sum(labels != last.labels), 300, np.sum(r.max(axis=1) < 0.9)]
    assert relative == pytest.approx(10**log_sigma, abs=0.006)
    assert shown == pytest.approx(expected, abs=0.0006)
    assert ("The limit" in demo.captions[0]) == (log_sigma == -2)


def test_means_come_nearer_to_k_means_and_responsibilities_harder_all_the_way():
    demo = kmeans_limit()
    distances, doubts = [], []
    for log_sigma in (0, -0.25, -0.5, -1, -2):
        trace = demo.scene.run(10**log_sigma * demo.scene.spread)
        distances.append(np.abs(trace.mixture.means - demo.scene.last.means).max())
        doubts.append(1 - trace.responsibilities.max(axis=1).mean())
    assert np.all(np.diff(distances) < 0)
    assert np.all(np.diff(doubts) < 0)
    assert max(distances[-1], doubts[-1]) < 1e-9


def curve(demo, mu):
    """The real log-likelihood at mu, by SciPy."""
    x = demo.scene.X[:, 0]
    return np.logaddexp(*(np.log(0.5) + norm.logpdf(x, mean, np.sqrt(2)) for mean in (0, mu))).sum()


def lower(demo, mu, mu0):
    """The real bound at mu, with responsibilities of mu0, by SciPy."""
    x = demo.scene.X[:, 0]
    logs = [np.column_stack([norm.logpdf(x, m, np.sqrt(2)) for m in (0, one)]) for one in (mu, mu0)]
    r = softmax(logs[1], axis=1)
    return np.sum(r * (np.log(0.5) + logs[0] - np.log(r)))


@pytest.mark.parametrize("mu0", [-3.0, 1.0, 4.5])
def test_the_bound_touches_the_curve_with_its_slope_and_is_never_above(mu0):
    demo = bound(mu0=mu0, mu=mu0)
    grid, line = demo.scene.line.get_data()
    np.testing.assert_allclose(line, [lower(demo, mu, mu0) for mu in grid], rtol=1e-10)
    assert np.all(line <= [curve(demo, mu) + 1e-9 for mu in grid])
    x, y = np.ravel(demo.scene.touch.get_data())
    assert (x, y) == pytest.approx((mu0, curve(demo, mu0)))
    h = 1e-4
    slopes = [
        (curve(demo, mu0 + h) - curve(demo, mu0 - h)) / (2 * h),
        (lower(demo, mu0 + h, mu0) - lower(demo, mu0 - h, mu0)) / (2 * h),
    ]
    assert slopes[0] == pytest.approx(slopes[1], abs=1e-5)
    assert abs(slopes[0]) > 0.1


def test_an_m_step_goes_to_the_bounds_top_and_leaves_a_gap_that_an_e_step_closes():
    demo = bound()
    demo.press("M")
    mu = demo.values["mu"]
    assert demo.values["mu0"] == 1.0
    around = np.linspace(mu - 0.5, mu + 0.5, 101)
    assert np.argmax([lower(demo, one, 1.0) for one in around]) == 50
    score, below, start = curve(demo, mu), lower(demo, mu, 1.0), curve(demo, 1.0)
    assert score - below > 1
    shown = numbers(demo.captions[0])
    assert shown == pytest.approx(
        [1.0, mu, score, below, score - below, below - start, score - start], abs=0.006
    )
    np.testing.assert_allclose(demo.scene.gap.get_ydata(), [below, score])
    demo.press("M")  # from the same responsibilities, so the same mean
    assert demo.values["mu"] == mu
    demo.press("E")
    assert demo.values["mu0"] == demo.values["mu"] == mu
    assert numbers(demo.captions[0])[:4] == pytest.approx([mu, score, score, 0], abs=0.006)
    film = demo.film
    demo.press("E")  # nothing left to do, and still a new picture
    assert demo.film == film + 1


@pytest.mark.parametrize(("mu", "local"), [(-1.0, True), (1.0, False)])
def test_half_steps_climb_to_the_top_of_their_own_hill(mu, local):
    demo = bound(mu=mu, mu0=mu)
    scores = [curve(demo, mu)]
    while "Converged" not in demo.captions[0]:
        demo.press("M")
        demo.press("E")
        scores.append(curve(demo, demo.values["mu"]))
        assert len(scores) < 50
    assert np.all(np.diff(scores) > 0)
    assert ("a local maximum" in demo.captions[0]) == local


def test_a_mean_moved_by_a_click_leaves_the_responsibilities_where_they_were():
    demo = bound()
    demo.click(-2.0, -80.0)
    assert (demo.values["mu"], demo.values["mu0"]) == (-2.0, 1.0)
    shown = numbers(demo.captions[0].replace("μ₀", ""))
    expected = [1.0, -2.0, curve(demo, -2.0), lower(demo, -2.0, 1.0)]
    assert shown == pytest.approx([*expected, expected[2] - expected[3]], abs=0.006)

"""The demos Basin map and Bug museum: their numbers against independent ones, and their verdicts."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import multivariate_normal, norm

import gmm_teach as gt
from gmm_teach.widgets.demos.basin_map import SEEDS, basin_map, climb, data, land
from gmm_teach.widgets.demos.bug_museum import (
    FAULTS,
    FLOOR,
    HUNG,
    ITERATIONS,
    NAMES,
    START,
    bug_museum,
    film_of,
)

pytestmark = pytest.mark.slow

WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)]


def height(means, weight):
    """Log-likelihood of two bells of deviation 1, by SciPy."""
    x = data()[:, 0]
    parts = [np.log(w) + norm.logpdf(x, mean) for w, mean in zip((weight, 1 - weight), means, strict=True)]
    return np.logaddexp(*parts).sum()


def curvature(means, weight, h=1e-3):
    """Eigenvalues of the Hessian of the log-likelihood, and the largest slope, by differences."""
    steps = h * np.eye(2)

    def at(*shifts):
        return height(means + sum(shifts), weight)

    hessian = [[at(a, b) - at(a, -b) - at(-a, b) + at(-a, -b) for b in steps] for a in steps]
    slopes = [(at(a) - at(-a)) / (0.02 * h) for a in 0.01 * steps]
    return np.linalg.eigvalsh(hessian) / (4 * h * h), np.abs(slopes).max()


@pytest.mark.parametrize("weight", [0.5, 0.7])
def test_the_land_is_the_log_likelihood(weight):
    found = land(weight)
    rng = np.random.default_rng(0)
    for i, j in rng.integers(0, len(found.axis), (20, 2)):
        here = np.array([found.axis[j], found.axis[i]])
        assert found.heights[i, j] == pytest.approx(height(here, weight), rel=1e-12)
    for peak, score in zip(found.peaks, found.scores, strict=True):
        assert score == pytest.approx(height(peak, weight))
        best = minimize(lambda means: -height(means, weight), peak, tol=1e-10)
        np.testing.assert_allclose(best.x, peak, atol=1e-4)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_peaks_are_tops_and_between_them_is_a_saddle(weight):
    found, middle = land(weight), np.full(2, data().mean())
    assert len(found.peaks) == 2
    for peak in found.peaks:
        bends, slope = curvature(peak, weight)
        assert slope < 1e-3
        assert bends.max() < -1
    bends, slope = curvature(middle, weight)
    assert slope < 1e-6
    assert bends[0] < -1 < 1 < bends[1]
    assert (found.scores[0] == pytest.approx(found.scores[1])) == (weight == 0.5)


@pytest.mark.parametrize("weight", [0.3, 0.9])
def test_two_hundred_runs_at_once_end_as_each_alone(weight):
    found, X = land(weight), data()
    assert found.starts.shape == (SEEDS, 2)
    for seed in range(0, SEEDS, 9):
        assert set(found.starts[seed]) < set(X[:, 0])
        trace = climb(X, *found.starts[seed], weight)
        np.testing.assert_allclose(trace.mixture.means[:, 0], found.peaks[found.reached[seed]], atol=1e-3)
        assert np.diff(trace.log_likelihoods).min() > -1e-9


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_order_of_the_means_decides_the_end(weight):
    found = land(weight)
    above = found.starts[:, 0] > found.starts[:, 1]
    ends = found.peaks[found.reached]
    np.testing.assert_array_equal(ends[:, 0] > ends[:, 1], above)


def test_a_click_starts_em_there_and_its_path_is_drawn():
    demo = basin_map()
    demo.click(6.5, 7.25)
    assert (demo.values["mean_A"], demo.values["mean_B"]) == (6.5, 7.25)
    path = np.transpose(demo.scene.path.get_data())
    x, w, means = data()[:, 0], 0.7, np.array([6.5, 7.25])
    for step in path[:-1]:
        np.testing.assert_allclose(step, means, atol=1e-9)
        a, b = w * norm.pdf(x, means[0]), (1 - w) * norm.pdf(x, means[1])
        r = np.array([a, b]) / (a + b)
        means = r @ x / r.sum(axis=1)
    np.testing.assert_allclose(np.ravel(demo.scene.end.get_data()), means, atol=1e-6)
    assert len(demo.areas) == 1
    assert demo.handles == [[6.5, 7.25, -1]]


def test_captions_tell_lower_peak_twin_saddle_and_top():
    demo = basin_map()
    top, low = land(0.7).scores
    shown = numbers(demo.captions[0])
    assert shown == pytest.approx([5, -2, *land(0.7).peaks[1], low, top - low], abs=0.006)
    assert "a local maximum" in demo.captions[0]
    demo.set(mean_A=-2, mean_B=5)
    runs = np.sum(land(0.7).reached == 0)
    assert f"the highest place. {runs} of 200 seeds end there" in demo.captions[0]
    demo.set(weight=0.5)
    assert "Its twin is as high" in demo.captions[0]
    demo.set(mean_A=3, mean_B=3)
    middle = data().mean()
    assert numbers(demo.captions[0])[2:5] == pytest.approx(
        [middle, middle, height([middle] * 2, 0.5)], abs=0.006
    )
    assert "the saddle" in demo.captions[0]


def test_the_ends_of_the_seeds_are_counted_in_the_picture():
    demo = basin_map()
    texts = [artist.get_text() for artist in demo.scene.map.texts]
    counts = [np.sum(land(0.7).reached == k) for k in (0, 1)]
    assert texts == [f"{counts[0]} of 200", f"{counts[1]} of 200", "saddle"]
    assert sum(counts) == SEEDS


def one_by_one(X, fault):
    """Ten lines of EM with a fault, by SciPy: means and covariances at the end, and scores at each E-step."""
    (N, D), K = X.shape, 3
    weights, means, covariances = (np.array(part) for part in START)
    first, scores = None, []
    for _ in range(ITERATIONS + 1):
        joint = [
            w * multivariate_normal(m, c).pdf(X) for w, m, c in zip(weights, means, covariances, strict=True)
        ]
        joint = np.transpose(joint)
        scores.append(np.log(joint.sum(axis=1)).sum())
        if fault == "no weights in the shares":
            joint = joint / weights
        r = joint / joint.sum(axis=0 if fault == "columns for rows" else 1, keepdims=True)
        if fault == "hard shares":
            r = (r == r.max(axis=1, keepdims=True)).astype(float)
        first = r if first is None else first
        r = first if fault == "stale shares" else r
        before, last = means, (weights, means, covariances)
        weights = weights if fault == "frozen weights" else r.sum(axis=0) / N
        means = np.array([np.average(X, axis=0, weights=r[:, k]) for k in range(K)])
        about = before if fault == "old mean in the covariance" else means
        covariances = np.array(
            [(r[:, k, None] * (X - about[k])).T @ (X - about[k]) / r[:, k].sum() for k in range(K)]
        )
        covariances = covariances + FLOOR * np.eye(D) * (2 if fault == "floor added twice" else 1)
        if fault == "no off-diagonals":
            covariances = covariances * np.eye(D)
    return last, np.array(scores)


@pytest.mark.parametrize("fault", [None, *NAMES])
def test_each_exhibit_has_its_fault_and_no_other(fault):
    trace = film_of(fault)
    (weights, means, covariances), scores = one_by_one(trace.X, fault)
    np.testing.assert_allclose(trace.mixture.weights, weights, rtol=1e-6)
    np.testing.assert_allclose(trace.mixture.means, means, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(trace.mixture.covariances, covariances, rtol=1e-6, atol=1e-7)
    n = len(trace.log_likelihoods)
    np.testing.assert_allclose(trace.log_likelihoods, scores[:n], rtol=1e-9)


def test_each_fault_hangs_once_and_not_in_its_order():
    assert sorted(HUNG) == list(range(8))
    assert sum(here == there for there, here in enumerate(HUNG)) == 0
    assert sorted(fault.half for fault in FAULTS.values()) == ["E"] * 4 + ["M"] * 4
    alternating = [FAULTS[NAMES[at]].half for at in HUNG]
    assert alternating not in (["E", "M"] * 4, ["M", "E"] * 4)


def widths(trace, index):
    """The lengths of all axes of the ellipses at a half-step."""
    return np.sqrt(np.linalg.eigvalsh(trace.steps[index].mixture.covariances))


def mixed(trace):
    """In how many E-steps some point is shared out."""
    shares = [step.responsibilities for step in trace.steps[1::2]]
    return sum(((r > 0.01) & (r < 0.99)).any() for r in shares)


def test_the_signs_are_what_the_films_show():
    right = film_of()
    old, stale, prior, columns, upright, frozen, hard, twice = map(film_of, NAMES)
    assert np.prod(widths(old, 2), axis=1).sum() > 1.2 * np.prod(widths(right, 2), axis=1).sum()
    np.testing.assert_allclose(widths(old, -1), widths(right, -1), rtol=0.05)
    for step in stale.steps[3:]:
        np.testing.assert_array_equal(step.responsibilities, stale.steps[1].responsibilities)
        np.testing.assert_allclose(step.mixture.means, stale.steps[2].mixture.means)
    np.testing.assert_allclose(prior.log_likelihoods[:2], right.log_likelihoods[:2])
    assert prior.mixture.weights[0] < right.mixture.weights[0] - 0.1 > 0.4
    for step in columns.steps[3::2]:
        np.testing.assert_allclose(step.responsibilities.sum(axis=0), 1)
        assert step.mixture.weights.max() < 0.006
    for trace, flat in ((upright, True), (right, False)):
        assert bool(np.all(np.abs(trace.mixture.covariances[:, 0, 1]) < 0.02)) is flat
    np.testing.assert_array_equal(frozen.mixture.weights, START.weights)
    assert np.abs(frozen.responsibilities.mean(axis=0) - 1 / 3).max() > 0.05
    assert mixed(hard) == 0
    assert min(mixed(trace) for trace in (old, stale, prior, upright, frozen, twice)) > 1
    for index in range(2, len(twice.steps)):
        assert np.all(np.prod(widths(twice, index), axis=1) > np.prod(widths(right, index), axis=1))


@pytest.mark.parametrize("exhibit", range(1, 9))
def test_a_diagnosis_is_judged_by_half_and_by_fault(exhibit):
    demo = bug_museum(exhibit=exhibit)
    fault = NAMES[HUNG[exhibit - 1]]
    half = FAULTS[fault].half
    question = "Which half-step is broken, and what is its fault?"
    assert all(caption.endswith(question) for caption in demo.captions)
    assert not any(name in " ".join(demo.captions).lower() for name in NAMES)
    for said in "EM":
        demo.set(half=f"{said}-step")
        words = "right." if said == half else "no."
        assert all(caption.endswith(f". The {said}-step: {words}") for caption in demo.captions)
    for name in NAMES:
        demo.set(fault=name, half="not yet")
        start = "right, " if name == fault else "no, with that "
        assert f"{name.capitalize()}: {start}{FAULTS[name].sign}." in demo.captions[0]
        assert max(map(len, demo.captions)) < 190  # two lines
    demo.set(fault=fault, half=f"{half}-step")
    verdict = f". The {half}-step: right. {fault.capitalize()}: right, {FAULTS[fault].sign}."
    assert demo.captions[0].endswith(verdict)
    assert demo.captions[demo.index] in demo.describe()


def test_an_answer_leaves_the_film_where_it_is_and_another_exhibit_starts_anew():
    demo = bug_museum()
    demo.index = 7
    demo.set(half="E-step")
    assert demo.index == 7
    demo.set(exhibit=7)
    assert demo.index == 1
    demo.index = len(demo.captions) - 1
    assert "standing still" in demo.captions[-1]


def test_the_picture_shows_weights_shares_and_scores_of_the_half_step():
    demo = bug_museum(exhibit=3)
    scene = demo.scene
    scene.show(4)
    step, right = scene.trace.steps[4], film_of().steps[4]
    assert [bar.get_width() for bar in scene.rows] == pytest.approx(step.mixture.weights)
    assert scene.diamonds.get_xdata() == pytest.approx(step.responsibilities.mean(axis=0))
    assert scene.line.get_ydata()[-1] == step.log_likelihood
    assert list(scene.line.get_xdata()) == [0.5, 1, 1.5, 2, 2.5]
    assert scene.sum.get_text() == "weights sum\nto 1.00"
    shown = numbers(demo.captions[4].replace("M-step", ""))[:4]
    assert shown == pytest.approx([2, 3, step.log_likelihood, right.log_likelihood], abs=0.06)
    np.testing.assert_allclose(
        scene.ghosts.lines.get_segments()[0].mean(axis=0), right.mixture.means[0], atol=0.05
    )
    assert gt.widgets.bug_museum(exhibit=5).scene.trace.mixture.weights.sum() < 0.02

"""The demos Shape, Spinner, Underflow and Overlap: their numbers against closed forms and other programs."""

import re
import warnings
from itertools import product

import numpy as np
import pytest
from scipy import special, stats
from scipy.integrate import trapezoid
from scipy.spatial.distance import mahalanobis

import gmm_teach as gt
from gmm_teach.widgets.demos.bumps import bumps
from gmm_teach.widgets.demos.overlap import DISTANCES, overlap, two_gaussians
from gmm_teach.widgets.demos.overlap import bumps as bumps_in_words
from gmm_teach.widgets.demos.shape import RADII, SEED, shape
from gmm_teach.widgets.demos.spinner import EDGES, MOST, spinner
from gmm_teach.widgets.demos.underflow import underflow

pytestmark = pytest.mark.slow

DEMOS = [underflow, shape, spinner, overlap, bumps]


@pytest.mark.parametrize("demo", DEMOS)
def test_no_extreme_breaks_it(demo):
    live = demo()
    ends = {"range": ("min", "max"), "number": ("min", "max")}
    choices = {
        name: [spec[end] for end in ends[spec["kind"]]]
        if spec["kind"] in ends
        else spec.get("options", [0, 1] if spec["kind"] == "button" else [False, True])
        for name, spec in live.specs.items()
    }
    for values in product(*choices.values()):
        live.set(**dict(zip(choices, values, strict=True)))
        assert "nan" not in live.describe()
    assert live.scene.shoot(0).startswith(b"\x89PNG")


@pytest.mark.parametrize("demo", DEMOS)
def test_no_warning_and_the_same_again(demo):
    with warnings.catch_warnings():
        for kind in (RuntimeWarning, gt.EMWarning):
            warnings.simplefilter("error", kind)
        one, other = demo(), demo()
        one._change_scene()
    assert one.scene.shoot(0) == other.scene.shoot(0)
    assert one.describe() == other.describe()


@pytest.mark.parametrize("demo", DEMOS)
def test_text_is_large_enough(demo):
    axes = [ax for ax in demo().scene.figure.axes if ax.axison]
    texts = [text for ax in axes for text in (*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label)]
    texts += [label for ax in axes for label in (*ax.get_xticklabels(), *ax.get_yticklabels())]
    assert min(text.get_fontsize() for text in texts) >= 12


def sigma(sx, sy, rho):
    return np.array([[sx**2, rho * sx * sy], [rho * sx * sy, sy**2]])


def arrows(scene):
    return np.column_stack([scene.arrows.U, scene.arrows.V])  # one a row


@pytest.mark.parametrize("values", [(1.5, 1.0, 0.6), (0.5, 2.0, -0.9), (1.0, 1.0, 0.9)])
def test_shape_arrows_are_eigenvectors_as_long_as_the_roots(values):
    scene = shape(**dict(zip(("sigma_x", "sigma_y", "rho"), values, strict=True))).scene
    lengths = np.linalg.norm(arrows(scene), axis=1)
    eigenvalues = np.linalg.eigvalsh(sigma(*values))[::-1]
    np.testing.assert_allclose(lengths, np.sqrt(eigenvalues))
    for arrow, value in zip(arrows(scene), eigenvalues, strict=True):
        np.testing.assert_allclose(sigma(*values) @ arrow, value * arrow, atol=1e-12)


def test_shape_area_shrinks_by_the_root_of_one_minus_rho_squared():
    live = shape()
    for rho, ratio in ((0.9, "0.44"), (-0.9, "0.44"), (0.5, "0.87"), (0.0, "1.00")):
        live.set(rho=rho)
        assert (f"has {ratio} of its area at ρ = 0" in live.describe()) == (rho != 0)
        assert f"{ratio} × the area" in live.scene.words.get_text()
        assert f"π√|Σ| = {np.pi * 1.5 * np.sqrt(1 - rho**2):.2f}" in live.scene.words.get_text()


@pytest.mark.parametrize("values", [(1.5, 1.0, 0.6), (0.5, 2.0, -0.9)])
def test_shape_counts_the_points_inside_one_sigma(values):
    live = shape(**dict(zip(("sigma_x", "sigma_y", "rho"), values, strict=True)))
    X, _ = gt.sample(gt.Mixture([1], [[0, 0]], [sigma(*values)]), 500, np.random.default_rng(SEED))
    inverse = np.linalg.inv(sigma(*values))
    inside = np.array([mahalanobis(x, [0, 0], inverse) <= 1 for x in X])
    np.testing.assert_array_equal(live.scene.inside, inside)
    np.testing.assert_allclose(np.transpose(live.scene.dots[1].get_data()), X[inside])
    assert f"holds {100 * inside.mean():.1f} % of the points (in 2-D 39 %" in live.describe()
    assert round(100 * stats.chi2(2).cdf(1)) == 39
    assert stats.binomtest(int(inside.sum()), 500, stats.chi2(2).cdf(1)).pvalue > 0.5


def test_shape_contours_lie_at_their_distances():
    scene = shape().scene
    inverse = np.linalg.inv(sigma(1.5, 1.0, 0.6))
    found = [
        np.mean([mahalanobis(x, [0, 0], inverse) for x in line])
        for line in scene.contours.lines.get_segments()
    ]
    np.testing.assert_allclose(sorted(found, reverse=True), RADII, rtol=2e-3)


@pytest.mark.parametrize(
    ("kind", "expected", "n_ghosts"),
    [
        ("full", sigma(2, 1, 0.5), 0),
        ("tied", sigma(2, 1, 0.5), 2),
        ("diag", sigma(2, 1, 0), 1),
        ("spherical", 2.5 * np.eye(2), 1),
    ],
)
def test_shape_types_constrain_the_covariance(kind, expected, n_ghosts):
    live = shape(sigma_x=2, sigma_y=1, rho=0.5, type=kind)
    rebuilt = arrows(live.scene).T @ arrows(live.scene)
    np.testing.assert_allclose(rebuilt, expected, atol=1e-12)
    printed = re.findall(r"-?\d+\.\d\d", live.scene.words.get_text())[:4]
    assert printed == [f"{entry:.2f}" for entry in expected.ravel()]
    assert len(live.scene.ghosts.lines.get_segments()) == n_ghosts
    assert live.describe().startswith(kind)


def draws(weight, seed):
    mixture = gt.Mixture([weight, 1 - weight], [[0], [5]], [[[1]], [[4]]])
    X, z = gt.mixture.sample_loops(mixture, MOST, np.random.default_rng(seed))
    return X[:, 0], z


def test_spinner_tells_both_steps_of_each_draw():
    live = spinner(seed=7)
    x, z = draws(0.4, 7)
    u = np.random.default_rng(7).random(MOST)
    for n in range(1, 12):
        name = "A" if u[n - 1] < 0.4 else "B"
        assert live.describe() == (
            f"Draw {n}: z = {name} (u = {u[n - 1]:.3f} fell in {name}'s stretch), then x = {x[n - 1]:.2f}; "
            f"so far A {np.sum(z[:n] == 0)}, B {np.sum(z[:n] == 1)}"
        )
        assert live.scene.needle[0].get_ydata()[0] == u[n - 1]
        low, high = (0, 0.4) if name == "A" else (0.4, 1)
        stretch = live.scene.stretches[z[n - 1]]
        assert (stretch.get_y(), stretch.get_y() + stretch.get_height()) == pytest.approx((low, high))
        live.press("Draw 1")


def test_spinner_buttons_add_draws_and_take_them_back():
    live = spinner()
    assert live.describe().startswith("Draw 1:")
    for _ in range(3):
        live.press("Draw 50")
    assert live.describe().startswith("Draw 151:")
    live.press("Reset")
    assert live.values["draws"] == 0
    assert live.describe().startswith("Nothing drawn yet")
    assert all(len(ticks.get_xdata()) == 0 for ticks in live.scene.ticks)
    live.set(draws=MOST - 10)
    live.press("Draw 50")
    assert live.describe().startswith(f"Draw {MOST}:")


def test_spinner_histograms_hold_the_share_of_their_component():
    live = spinner(draws=1001, weight=0.3, seed=5)
    x, z = draws(0.3, 5)
    x, z = x[:1001], z[:1001]
    width = EDGES[1] - EDGES[0]
    for k, mean in enumerate((0, 5)):
        heights = live.scene.bars[k].get_data().values
        assert heights.sum() * width == pytest.approx(np.mean(z == k))
        np.testing.assert_array_equal(np.sort(live.scene.ticks[k].get_xdata()), np.sort(x[z == k]))
        near = int((mean + 0.1 - EDGES[0]) / width)
        assert heights[near] == pytest.approx(np.mean((z == k) & (x >= mean) & (x < mean + width)) / width)


def test_spinner_hides_the_labels():
    live = spinner(draws=201, hidden=True)
    x, _ = draws(0.4, live.values["seed"])
    assert "z = " not in live.describe()
    a, b = 0.4 * stats.norm(0, 1).pdf(x[200]), 0.6 * stats.norm(5, 2).pdf(x[200])
    share = 100 * a / (a + b)
    assert f"A with {share:.0f} %, B {100 - share:.0f} %" in live.describe()
    scene = live.scene
    assert not any(artist.get_visible() for artist in scene.labelled)
    assert all(artist.get_visible() for artist in scene.unlabelled)
    assert (scene.last[0].get_marker(), scene.last[0].get_markerfacecolor()) == (gt.plots.MARKS[0], "#8A8A8A")
    live.set(hidden=False)
    assert all(artist.get_visible() for artist in scene.labelled)
    assert not any(artist.get_visible() for artist in scene.unlabelled)


def test_spinner_a_sum_of_random_variables_is_another_density():
    live = spinner(sum=True, weight=0.25)
    x, height = live.scene.sum[0].get_data()
    rng = np.random.default_rng(0)
    simulated = 0.25 * rng.standard_normal(200_000) + 0.75 * (5 + 2 * rng.standard_normal(200_000))
    assert "one bump, at 3.75" in live.describe()
    assert trapezoid(height, x) == pytest.approx(1, abs=1e-3)
    mean = trapezoid(x * height, x)
    deviation = np.sqrt(trapezoid((x - mean) ** 2 * height, x))
    assert (mean, deviation) == pytest.approx((simulated.mean(), simulated.std()), abs=0.02)
    live.set(sum=False)
    assert not live.scene.sum[0].get_visible()
    assert "bump" not in live.describe()


def dies_at(distance, N):
    value = 1.0
    for n in range(1, N + 1):
        value *= np.exp(stats.norm.logpdf(distance))
        if value == 0:
            return n
    return None


@pytest.mark.parametrize("distance", [0.0, 1.0, 5.5, 38.5, 39.0, 45.0])
def test_underflow_product_dies_and_the_sum_lives(distance):
    live = underflow(N=2000, distance=distance)
    died = dies_at(distance, 2000)
    assert f"the product is 0.0 from n = {died} on; " in live.describe()
    assert f"the sum of logs is {2000 * stats.norm.logpdf(distance):.1f}," in live.describe()
    n, total = live.scene.total.get_data()
    np.testing.assert_allclose(total, n * stats.norm.logpdf(distance), rtol=1e-12)
    assert live.scene.right.get_ylim()[0] < total[-1]
    n, log10 = live.scene.product.get_data()
    assert len(n) == died - 1
    normal = log10 > -307
    expected = n[normal] * stats.norm.logpdf(distance) / np.log(10)
    np.testing.assert_allclose(log10[normal], expected, rtol=1e-10)
    assert live.scene.cross.get_xdata() == [died]


@pytest.mark.parametrize(
    ("distance", "verdict"),
    [(1.0, "So many densities"), (38.5, "So many"), (39.0, "One density alone is 0.0")],
)
def test_underflow_tells_one_far_point_from_many(distance, verdict):
    live = underflow(distance=distance)
    assert f". {verdict}" in live.describe()
    assert (dies_at(distance, 1000) == 1) == verdict.startswith("One")


def test_underflow_product_that_lives():
    live = underflow(N=500, distance=1)
    assert f"the product is {np.exp(500 * stats.norm.logpdf(1)):.3g};" in live.describe()
    assert "Nothing has underflowed yet" in live.describe()
    assert len(live.scene.cross.get_xdata()) == 0


@pytest.mark.parametrize("distance", [0.0, 3.0, 10.0, 38.0, 39.0, 45.0])
def test_underflow_three_ways_to_a_log_density(distance):
    live = underflow(distance=distance, ways=True)
    joint = np.log(0.5) + stats.norm.logpdf(distance, [0, -1])
    right = special.logsumexp(joint)
    patched = np.log(np.exp(right) + 1e-10)
    naive = right if distance < 38.5 else -np.inf
    table = re.findall(r"\s(-\S+)$", live.scene.table.get_text(), re.MULTILINE)
    assert table == [f"{value:.1f}" for value in (right, naive, patched)]
    assert ("log(sum(exp)) is -inf" in live.describe()) == (distance > 38.5)
    assert (f"1e-10 inside the log makes it {patched:.1f}" in live.describe()) == (distance >= 10)


def test_underflow_a_click_picks_n():
    live = underflow()
    live.click(123.4, -50.0)
    assert live.values["N"] == 123
    live.click(2400.0, -50.0)
    assert live.values["N"] == 2000


def iterations(X, tol):
    """EM with one common variance, written out for one dimension; returns how many M-steps it takes."""
    x, before = X[:, 0], -np.inf
    weights, means, variance = np.full(2, 0.5), np.quantile(x, [0.25, 0.75]), np.var(x, ddof=1)
    for n in range(301):
        joint = np.log(weights) + stats.norm.logpdf(x[:, None], means, np.sqrt(variance))
        score = special.logsumexp(joint, axis=1)
        if abs(score.sum() - before) <= tol * len(x):
            return n
        before = score.sum()
        r = np.exp(joint - score[:, None])
        weights, means = r.mean(axis=0), x @ r / r.sum(axis=0)
        variance = np.mean(np.sum(r * (x[:, None] - means) ** 2, axis=1))
    return 300


@pytest.mark.parametrize(("n", "seed"), [("1000", 0), ("200", 0)])
def test_overlap_counts_the_iterations(n, seed):
    live = overlap(n=n, seed=seed)
    samples = (gt.sample(two_gaussians(d), int(n), np.random.default_rng(seed))[0] for d in DISTANCES)
    expected = [iterations(X, 1e-8) for X in samples]
    np.testing.assert_array_equal(live.scene.line.get_ydata(), expected)
    assert np.all(np.diff(expected) <= 0)
    stopped = live.scene.capped.get_xdata()
    np.testing.assert_array_equal(stopped, DISTANCES[np.array(expected) == 300])
    for distance, needed in zip(DISTANCES, expected, strict=True):
        live.set(distance=distance)
        ending = "is not done after 300" if needed == 300 else f"needs {needed}"
        assert live.describe().startswith(f"{distance:.1f}σ apart, ")
        assert f"EM {ending} iterations" in live.describe()
        assert (live.scene.ring.get_xdata(), live.scene.ring.get_ydata()) == ([distance], [needed])


def test_overlap_counts_the_points_that_are_hard_to_tell():
    live = overlap(distance=4)
    X, _ = gt.sample(two_gaussians(4), 1000, np.random.default_rng(0))
    start = gt.starts.from_means(X, np.quantile(X, [0.25, 0.75])[:, None], "tied")
    r = gt.run_em(X, start, covariance_type="tied", tol=1e-8, max_iter=300).responsibilities
    assert f"leaves {100 * np.mean(r.max(axis=1) < 0.9):.0f} % of the points" in live.describe()


@pytest.mark.parametrize(("distance", "expected"), [(1, "1 bump"), (2, "1 bump"), (2.1, "2 bumps")])
def test_overlap_two_equal_gaussians_make_two_bumps_beyond_two_sigma(distance, expected):
    assert bumps_in_words(two_gaussians(distance)) == expected


def test_overlap_a_click_on_the_curve_picks_its_distance():
    live = overlap()
    live.click(4.3, 50.0)
    assert live.values["distance"] == 4.5
    (area,) = live.areas
    assert area[4:6] == [0.7, 6.3]  # the curve's axes, not the data's
    live.click(0.7, 50.0)
    assert live.values["distance"] == 1

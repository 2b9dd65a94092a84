"""What notebook 04 says."""

import numpy as np
from lesson import after
from scipy import stats
from scipy.special import logsumexp

import gmm_teach as gt
from gmm_teach.figures.mixtures import peaks
from gmm_teach.figures.scores import crossings


@after("product")
def the_product_dies_half_way(says, x, densities, log_densities):
    typical = np.exp(log_densities.mean())
    says(f"{len(x)} points are drawn from N(0, 1). A typical one has the density {typical:.2f}")
    assert np.prod(densities) == 0.0
    says(f"It is {np.prod(densities)}, and nothing more")
    says(f"it soon underflows to {np.prod(densities)}.")
    says(f"its smallest number above zero is about {np.nextafter(0, 1)}")
    died = np.argmax(np.cumprod(densities) == 0) + 1
    assert abs(died / len(x) - 0.5) < 0.03
    assert -log_densities.sum() / np.log(10) > 324  # hundreds of zeros


@after("see-underflow")
def at_three_sigma_it_dies_sooner(says):
    dies = []
    for distance in (1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 40.0):
        product, n = 1.0, 0
        while product > 0:
            product *= stats.norm.pdf(distance)
            n += 1
        dies.append(n)
    assert np.all(np.diff(dies) < 0)
    says(f"at 3σ after {dies[3]} points")
    values = gt.widgets.underflow().values
    assert (values["N"], values["distance"]) == (1000, 1.0)


@after("line-likelihood")
def the_log_likelihood(says, log_likelihood_of_x, x):
    assert np.isclose(log_likelihood_of_x, stats.norm.logpdf(x).sum())
    says(f"The likelihood is $e^{{{log_likelihood_of_x:.1f}}}$.")
    right = gt.checks.survive_tiny_numbers.power_of_ten.right
    assert round(log_likelihood_of_x / np.log(10)) == right
    assert "606 zeros" in gt.checks.survive_tiny_numbers.power_of_ten.praise
    assert -right - 1 == 606


@after("line-difference")
def the_truth_is_ahead(says, truth, shifted, wide, x):
    assert truth > shifted > wide
    ahead = truth - shifted
    says(f"the truth beats N(0.5, 1) by {ahead:.0f} nats: a factor of $e^{{{ahead:.0f}}}$, about")
    says(f"about $10^{{{ahead / np.log(10):.0f}}}$.")
    assert all(np.isclose(a, b) for a, b in zip((truth, shifted, wide), scores_of(x), strict=True))


def scores_of(x):
    return [stats.norm(mean, deviation).logpdf(x).sum() for mean, deviation in ((0, 1), (0.5, 1), (0, 2))]


@after("line-per-point")
def the_score_per_point_stays(says, log_densities):
    says(f"Here a point adds {log_densities.mean():.1f} nats on average")
    for n in (100, 300, 1000):
        assert abs(log_densities[:n].mean() - log_densities.mean()) < 0.05


@after("far-point")
def naive_is_minus_infinity(says, a, naive):
    assert naive == -np.inf
    says(f"the logs of its two weighted densities, {a[0]:.1f} and {a[1]:.1f}.")
    says(f"B. About {logsumexp(a):.1f}")
    says(f"for the computer `np.exp({a[0]:.1f})` is {np.exp(a[0])}")
    says(f"Both exponentials are {np.exp(a).max()}, and the log of 0 is minus infinity.")
    says(f"C. About {a.sum():.1f}")


@after("against-scipy")
def log_sum_exp_is_scipys(log_sum_exp, rows):
    np.testing.assert_allclose(log_sum_exp(rows), logsumexp(rows, axis=1), rtol=1e-12)
    np.testing.assert_allclose(gt.log_sum_exp(rows, axis=1), logsumexp(rows, axis=1), rtol=1e-13)
    assert np.ptp(rows, axis=1).mean() > 400


@after("line-epsilon")
def both_stand_on_the_floor(says, far_pair):
    floor, patched = np.log(1e-10), {}
    for distance in (10, 40):
        right = gt.log_density([[float(distance)]], far_pair)[0]
        patched[distance] = np.log(np.exp(right) + 1e-10), right
    says(f"Both have the same score, about {patched[10][0]:.2f}")
    assert np.isclose(patched[10][0], patched[40][0], atol=1e-9)
    assert np.isclose(patched[10][0], floor)
    assert 770 < patched[40][0] - patched[40][1] < 780
    says("The far one is off by almost 780 nats.")


@after("see-slopes")
def one_place_on_the_left_and_three_on_the_right(waits, means, one, two):
    assert np.allclose(means[peaks(one)], waits.mean(), atol=0.05)
    assert len(peaks(one)) == 1
    assert len(peaks(-one)) == 0
    assert (len(peaks(two)), len(peaks(-two))) == (2, 1)
    assert len(crossings(means, np.gradient(one, means))) == 1
    tops = crossings(means, np.gradient(two, means))
    assert np.allclose(tops[[0, 2]], means[peaks(two)], atol=0.1)
    assert np.allclose(tops[1], means[peaks(-two)], atol=0.1)


@after("line-derivative")
def the_formula_is_the_slope(slope, right, left, waits, pair_with):
    assert np.isclose(slope(60), (right - left) / 2e-4, rtol=1e-6)
    for mean in (48.0, 55.0, 66.0, 75.0, 90.0):
        h = 1e-4
        up, down = (gt.log_likelihood(waits, pair_with(mean + step)) for step in (h, -h))
        assert np.isclose(slope(mean), (up - down) / (2 * h), rtol=1e-5, atol=1e-4)


@after("walk-the-circle")
def both_walks_end_on_a_top(slope, shares_of_a, waits, means, two):
    ends = []
    for start in (50.0, 85.0):
        mean = start
        for _ in range(20):
            r = shares_of_a(mean)
            mean = r @ waits[:, 0] / r.sum()
        assert abs(slope(mean)) < 1e-4
        ends.append(mean)
    assert np.allclose(ends, means[peaks(two)], atol=0.06)


@after("summary")
def in_practice(says):
    geyser = gt.datasets.load("old_faithful").X
    minutes, hours = (gt.log_likelihood(X, one_bell(X)) for X in (geyser, geyser / 60))
    says(f"One Gaussian on Old Faithful scores {minutes:.1f} in minutes and {hours:.1f} in hours.")
    assert np.isclose(hours - minutes, geyser.size * np.log(60))
    birds = gt.datasets.load("penguins").X
    says(f"Fit one Gaussian to the {len(birds)} penguins' three lengths and their mass.")
    scored = [np.log(np.exp(gt.log_density(X, one_bell(X))) + 1e-10) for X in (birds, 1000 * birds)]
    says(f"the birds score from {scored[0].min():.2f} to {scored[0].max():.2f}.")
    says(f"In µm and mg every bird scores {scored[1].mean():.2f}")
    assert np.ptp(scored[1]) < 0.005
    assert gt.log_sum_exp([[-np.inf, -np.inf]], axis=1)[0] == -np.inf
    low, tiny = np.nextafter(0, 1), np.finfo(float).tiny
    says(f"Between about {low} and {tiny:.0e} a `float64` has fewer digits.")


def one_bell(X):
    return gt.Mixture([1.0], [X.mean(axis=0)], [np.cov(X.T, bias=True)])


@after("three-questions")
def from_earlier_notebooks(given):
    given("Two equal bells are 2σ apart.")

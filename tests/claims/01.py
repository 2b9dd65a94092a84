"""What notebook 01 says."""

import numpy as np
from lesson import after
from scipy import stats

import gmm_teach as gt


def minus(text):
    return text.replace("-", "−")


@after("see-three-densities")
def peaks(says, given):
    given("A bell has the deviation σ = 2. A second one has σ = 1, half as wide")
    circle, square, triangle = stats.norm([0, 0, 2], [1, 2, 2]).pdf([0, 0, 2])
    says(f"The peak rises from {square:.3f} to {circle:.3f}: it doubles.")
    assert np.isclose(circle, 2 * square, rtol=1e-15)
    assert triangle == square
    assert stats.norm(0, 2).cdf(np.inf) == stats.norm(0, 1).cdf(np.inf) == 1


@after("source-log-gaussian-1d")
def the_package_has_the_logarithm():
    x = np.linspace(-4, 8, 50)
    np.testing.assert_allclose(gt.log_gaussian_1d(x, 2, 4), stats.norm(2, 2).logpdf(x), rtol=1e-13)


@after("print-areas")
def areas(says, given, gaussian_pdf_1d, density, width):
    (top,) = gaussian_pdf_1d(np.zeros(1), 0, 0.09)
    says(f"A bell has σ = 0.3. Your function gives {top:.2f} at its centre")
    given("Here it is with your function, for σ = 0.3.")
    given("Set σ to 0.3, then *from* to -0.3 and *to* to 0.3, so that it does so again.")
    demo = gt.widgets.bell(sigma=0.6, low=-0.6, high=0.6)
    wide = demo.captions[0]
    assert "exceed" not in wide  # it must not answer the prediction above it
    demo.set(sigma=0.3, low=-0.3, high=0.3)
    low, high = (caption.split("its peak is ")[1].split(";")[0] for caption in (wide, demo.captions[0]))
    (area,) = {caption.split(" is ")[-1][:5] for caption in (wide, demo.captions[0].split("; a dens")[0])}
    says(f"The highest density doubles, from {low} to {high}. The area stays at {area}")
    within = stats.norm.cdf(1) - stats.norm.cdf(-1)
    assert f"{within:.3f}" == area
    says(f"a Gaussian holds {within:.0%}, whatever σ is".replace("%", " %"))
    assert np.isclose(density.sum() * width, 1)
    for n_sigma in (1, 2, 3):
        strips = density[np.abs(np.linspace(-3, 3, 60_001)) <= 0.3 * n_sigma].sum() * width
        assert abs(strips - (stats.norm.cdf(n_sigma) - stats.norm.cdf(-n_sigma))) < 2e-4


@after("print-likelihoods")
def products(says, seven, gaussian_pdf_1d):
    heights = {sigma: gaussian_pdf_1d(seven, 3, sigma**2) for sigma in (0.5, 1.5, 3.0)}
    narrow, middle, wide = (one.prod() for one in heights.values())
    assert middle > wide > narrow
    assert seven.mean() == 3
    assert abs(seven.std() - 1.5) < 0.01  # about as wide as the data
    assert np.sum(heights[0.5] > heights[1.5].max()) >= 2
    assert np.sum(heights[0.5] > 0.4) == 2  # high for two numbers
    assert heights[0.5][[0, -1]].max() < 1e-3  # almost 0 for the outer ones
    assert heights[1.5].min() > 0.04
    assert heights[3.0].max() < heights[1.5].max()
    assert np.sum(heights[1.5] > heights[3.0]) == 6
    says("six of the seven are higher than those of the wide one")


@after("fit-by-hand")
def by_hand(says, flippers):
    says(f"the flipper lengths of {len(flippers)} Adelie penguins")
    score = stats.norm(190, 6.5).logpdf(flippers).sum()
    best = stats.norm(*stats.norm.fit(flippers)).logpdf(flippers).sum()
    says(minus(f"With the mean 190 and the deviation {6.5} you get {score:.1f}."))
    assert f"{best:.1f}" == f"{score:.1f}"  # to one decimal no bell gets above that
    assert stats.norm(185, 10).logpdf(flippers).sum() < best - 10


@after("do-units")
def the_peak_in_metres(says):
    says(f"Its peak is at {stats.norm(240, 5).pdf(240):.4f} per millimetre.")
    peak = stats.norm(0.24, 0.005).pdf(0.24)
    assert gt.checks.fit_one_bell_curve.peak_per_metre(peak).passed
    says(f"a density of {peak:.0f} per metre at the peak")


@after("solution-mle")
def level_ground(seven):
    def hill(mean, variance):
        return stats.norm(mean, np.sqrt(variance)).logpdf(seven).sum()

    best, step = (seven.mean(), seven.var()), 1e-4
    for change in ((step, 0), (0, step)):
        up, down = (hill(*np.add(best, sign * np.array(change))) for sign in (1, -1))
        assert abs(up - down) / (2 * step) < 1e-6
    means, variances = np.meshgrid(np.linspace(-20, 30, 41), np.geomspace(1e-3, 1e4, 61))
    grid = stats.norm(means, np.sqrt(variances)).logpdf(seven[:, np.newaxis, np.newaxis]).sum(axis=0)
    assert grid.max() <= hill(*best)
    assert hill(1e4, 1) < hill(*best) - 1e6  # far away, at 0 and at infinity it falls
    assert hill(3, 1e-8) < hill(*best) - 1e6
    assert hill(3, 1e300) < hill(*best) - 1e3


@after("see-slices")
def divisors(says, seven):
    by_n, by_less = seven.var(), seven.var(ddof=1)
    says(f"dividing by 7 gives the variance {by_n:.3f}, and dividing by 6 gives {by_less:.3f}.")
    says(f"A. {by_n:.3f}: it is where")
    says(f"B. {by_less:.3f}: it is the corrected")
    scores = [stats.norm(seven.mean(), np.sqrt(v)).logpdf(seven).sum() for v in (by_n, by_less)]
    by_n, by_less = (minus(f"{score:.3f}") for score in scores)
    says(f"Divided by $N$ the log-likelihood is {by_n}, divided by $N - 1$ it is {by_less}.")
    assert scores[0] > scores[1]
    large = np.tile(seven, 1000)
    a, b = (stats.norm(3, np.sqrt(v)).logpdf(large).sum() for v in (large.var(), large.var(ddof=1)))
    assert 0 < a - b < 0.01 * (scores[0] - scores[1])


@after("print-averages")
def averages(by_n, by_n_minus_1):
    assert abs(by_n - 6 / 7) < 0.01
    assert abs(by_n_minus_1 - 1) < 0.01
    rng = np.random.default_rng(0)
    for draw, variance in ((rng.exponential, 1), (rng.random, 1 / 12)):  # any distribution with a variance
        for n in (2, 5):
            mean = draw(size=(200_000, n)).var(axis=1).mean()
            assert abs(mean / ((n - 1) / n * variance) - 1) < 0.02
    x = rng.normal(size=(1000, 5))
    own = ((x - x.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    assert (own < (x**2).sum(axis=1)).all()


@after("see-geyser")
def one_bell_for_two_humps(says, waits, mean, variance):
    says(f"The best centre is the average, {mean:.1f} minutes")
    says(f"the {np.sum(waits < 67)} waits below 67 minutes pull it down")
    near = np.mean(np.abs(waits - mean) <= 5)
    bell = stats.norm(mean, np.sqrt(variance))
    promised = bell.cdf(mean + 5) - bell.cdf(mean - 5)
    words = (
        f"Within 5 minutes of the mean the bell promises {promised:.0%} of the waits; there are {near:.0%}."
    )
    says(words.replace("%", " %"))
    for hump in (54, 80):  # waits like the average are rarer than on either hump
        assert np.mean(np.abs(waits - hump) <= 5) > near
    bars, edges = np.histogram(waits, bins=20)
    tops = edges[:-1][[bars[:10].argmax(), 10 + bars[10:].argmax()]] + np.diff(edges)[0] / 2
    assert abs(tops - [54, 80]).max() < 4


@after("see-geyser")
def equal_numbers_have_no_best_bell():
    for sigma in (1e-3, 1e-9, 1e-100):
        assert stats.norm(2, sigma).logpdf([2.0, 2.0, 2.0]).sum() > -3 * np.log(sigma) - 3
    assert np.isclose(stats.norm(0, 0.25).pdf(0), 1 / (0.25 * np.sqrt(2 * np.pi)))


@after("see-stems")
def e_steps_leave_the_log_likelihood_alone():
    X = gt.datasets.load("old_faithful").X
    trace = gt.run_em(X, gt.starts.random_points(X, 2, 0), max_iter=3)
    assert trace.steps[1].log_likelihood == trace.steps[0].log_likelihood

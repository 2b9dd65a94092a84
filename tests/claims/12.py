"""What notebook 12 says."""

import numpy as np
from lesson import after
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import binom

import gmm_teach as gt
from gmm_teach.widgets.demos.bound import Bound, mixture_at
from gmm_teach.widgets.demos.kmeans_limit import KMeansLimit
from gmm_teach.widgets.demos.overlap import DISTANCES, SURE, run


def curvature(function, at, step=0.01):
    return -(function(at + step) - 2 * function(at) + function(at - step)) / step**2


def highest(function, low, high):
    """Where a function of one hump between low and high is highest."""
    found = minimize_scalar(
        lambda x: -function(x), bounds=(low, high), method="bounded", options={"xatol": 1e-6}
    )
    return found.x


@after("see-jensen")
def the_example_of_jensen(says):
    average, logs = np.mean([1, 100]), np.log([1, 100])
    says(f"the average is {average} with logarithm {np.log(average):.1f}")
    says(f"the average of the logarithms {logs[0]:.0f} and {logs[1]:.1f} is {logs.mean():.1f}.")


@after("see-sawtooth")
def the_gap_is_zero_after_each_e_step(trace):
    steps = trace.steps[1:]
    for step in steps:
        gap = step.log_likelihood - step.elbo
        assert gap < 1e-9 if step.kind == "E" else gap > 1e-12 or step.iteration > trace.iterations - 3
    assert [step.name for step in steps if 5 <= step.iteration <= 8][::7] == ["E5", "M8"]
    assert np.all(np.diff([step.elbo for step in steps]) > -1e-9)


@after("demo-bound")
def the_dashed_line_never_crosses(says):
    demo = Bound()
    scores = np.array([gt.log_likelihood(demo.X, mixture_at(mu)) for mu in demo.grid])
    for place, mu0 in [*enumerate(demo.grid)][::5]:
        r = gt.responsibilities(demo.X, mixture_at(mu0))
        gaps = scores - [gt.elbo(demo.X, mixture_at(mu), r) for mu in demo.grid]
        assert gaps.min() > -1e-9
        assert gaps.argmin() == place
        assert np.sum(gaps < 1e-9) == 1
        slopes = [
            f(mu0 + 1e-5) - f(mu0 - 1e-5)
            for f in (
                lambda mu: gt.log_likelihood(demo.X, mixture_at(mu)),
                lambda mu, r=r: gt.elbo(demo.X, mixture_at(mu), r),
            )
        ]
        assert np.isclose(*slopes, rtol=1e-4, atol=1e-8)
    says("They touch at $\\mu_0$, where $r$ belongs to the parameters, and have the same slope there.")


@after("see-split")
def bound_and_gap_add_up_everywhere(trace, elbo, kl_gap):
    for step in trace.steps[1:]:
        posterior = gt.responsibilities(trace.X, step.mixture)
        bound = elbo(trace.X, step.mixture, step.responsibilities)
        gap = kl_gap(step.responsibilities, posterior)
        assert np.isclose(bound + gap, step.log_likelihood, rtol=1e-12)
        assert gap > -1e-9
        other = kl_gap(posterior, step.responsibilities)
        assert gap < 1e-6 or other != gap


@after("eq-q")
def q_is_highest_after_the_m_step(trace):
    step = trace.steps[10]
    Q = np.sum(step.responsibilities * gt.log_joint(trace.X, step.mixture))
    entropy = -np.sum(step.responsibilities * np.log(step.responsibilities))
    assert step.name == "M5"
    assert np.isclose(Q + entropy, step.elbo)
    rng = np.random.default_rng(0)
    for _ in range(200):
        means = step.mixture.means + 0.02 * rng.standard_normal((3, 2))
        weights = step.mixture.weights * rng.uniform(0.95, 1.05, 3)
        covariances = step.mixture.covariances * rng.uniform(0.95, 1.05)
        other = gt.Mixture(weights / weights.sum(), means, covariances)
        assert np.sum(step.responsibilities * gt.log_joint(trace.X, other)) < Q


@after("solution-rise")
def the_rise(trace, rise_solution, says):
    e7, m7 = trace.steps[13:15]
    assert (e7.name, m7.name) == ("E7", "M7")
    assert abs(m7.log_likelihood - e7.log_likelihood - rise_solution) < 0.01
    rise, gap = m7.elbo - e7.elbo, m7.log_likelihood - m7.elbo
    says(f"from E7 to M7, the bound rises by {rise:.2f} nats, and a gap of {gap:.2f} opens.")


@after("see-monotone")
def no_run_ever_fell(ends, falls, blobs):
    assert len(falls) == 25
    assert max(falls) < 1e-9
    assert min(ends) < max(ends) - 10
    first = gt.starts.random_points(blobs.X, 3, np.random.default_rng(3))
    assert np.all(np.diff(gt.run_em(blobs.X, first, max_iter=300).elbos) > -1e-9)


@after("see-ladder")
def the_ladder(line, says):
    assert line(70.0).covariances[0, 0, 0] == 150
    says(f"A is held at {line(70.0).means[0, 0]} minutes")


@after("demo-climb")
def the_lower_hill(says):
    demo, mu = Bound(), -1.0
    for _ in range(500):
        before, mu = mu, demo._top(mu)
        assert mu < before + 1e-9  # each top is on this side
    below = demo.highest - gt.log_likelihood(demo.X, mixture_at(mu))
    says(f"You end at $\\mu = {mu:.2f}$, {below:.1f} nats below the highest point.")
    other = 0.0
    for _ in range(500):
        other = demo._top(other)
    assert demo.highest - gt.log_likelihood(demo.X, mixture_at(other)) < 0.1
    says("From a start to the right of the valley, at 0 say, EM climbs the higher hill.")


@after("demo-overlap")
def iterations_of_the_demo(says):
    traces = {distance: run(distance, 1000, 0) for distance in DISTANCES.tolist()}
    needed = [trace.iterations for trace in traces.values()]
    same = [at for at, less in zip(traces, np.diff(needed), strict=False) if less == 0]
    assert np.all(np.diff(needed) <= 0)
    assert len(same) == 1
    says(f"(only 6σ and {same[0]}σ need the same {needed[-1]})")
    unsure = [np.mean(trace.responsibilities.max(axis=1) < SURE) for trace in traces.values()]
    assert np.all(np.diff(unsure) < 0)
    says(f"no responsibility above {SURE}.")
    says(f"means 4σ apart: EM needs {traces[4].iterations} iterations.")
    says(f"About {traces[2].iterations}: each one gains less.")
    says("Yes, four times as many. At 1σ it is over a hundred.")
    assert round(traces[2].iterations / traces[4].iterations) == 4
    assert traces[1].iterations > 100
    assert unsure[DISTANCES.tolist().index(4)] < 0.1
    says(f"at most {traces[4].iterations} iterations are enough")


@after("see-hills")
def bound_and_hill(hills, says):
    bent, gone = {"bound": [], "hill": [], "drawn": []}, []
    for X, at, grid, start, _ in hills.values():
        summit = highest(lambda mu, X=X, at=at: gt.log_likelihood(X, at(mu)), grid[0], grid[-1])
        r = gt.responsibilities(X, at(summit))
        bent["hill"].append(curvature(lambda mu, X=X, at=at: gt.log_likelihood(X, at(mu)), summit))
        bent["bound"].append(curvature(lambda mu, X=X, at=at, r=r: gt.elbo(X, at(mu), r), summit))
        first = gt.responsibilities(X, at(start))
        bent["drawn"].append(curvature(lambda mu, X=X, at=at, r=first: gt.elbo(X, at(mu), r), start))
        top = (first[:, 1] @ X[:, 0]) / first[:, 1].sum()
        gone.append(100 * (start - top) / (start - summit))
    near, far = bent["hill"]
    says(f"its curvature at the top is {near:.0f} nats per σ² at 1σ, and {far:.0f} at 4σ.")
    near, far = bent["drawn"]
    says(f"The two bounds in the picture have {near:.0f} and {far:.0f}.")
    near, far = bent["bound"]
    says(f"Bounds that touch at the top have {near:.0f} and {far:.0f}: those hardly change.")
    says(f"one step goes {gone[0]:.0f} % of the way at 1σ, and {gone[1]:.0f} % at 4σ.")


@after("see-rate-table")
def the_rates(table, hills):
    for _, rho, share in table.values():
        assert abs(share - rho / (1 + rho)) < 0.02
    assert (table[4][0], table[2][0]) == (11, 45)
    assert table[1][0] > 100
    assert table[1][1] > 1 - 283 / 498
    assert table[4][1] > 1 - 452 / 527


@after("demo-limit")
def letters_reach_the_crosses(says):
    demo = KMeansLimit()
    found = {}
    for part, tick in ((0.5, -0.3), (0.2, -0.7), (1 / 15, -1.2)):  # places of the slider
        trace = demo.run(10**tick * demo.spread)
        far = np.linalg.norm(trace.mixture.means - demo.last.means, axis=1).max()
        unlike = np.sum(trace.responsibilities.argmax(axis=1) != demo.last.labels)
        found[part] = far, unlike, np.sum(trace.responsibilities.max(axis=1) < 0.9)
    assert found[0.5][0] < 0.1
    assert found[0.5][1] == 0
    says("At a half of the spread the letters are within 0.1 of the crosses, and no label is unlike those")
    says(f"but {found[0.5][2]} of the 300 points are still shared.")
    assert (found[0.2][2], found[1 / 15][2]) == (2, 0)
    assert found[1 / 15][0] < 0.01


@after("see-limit")
def the_limit_is_kmeans(far, r, last, means, sigma, blobs):
    assert far < 1e-8
    assert np.allclose(r, np.eye(3)[last.labels], rtol=0, atol=1e-8)
    circles = gt.Mixture(np.full(3, 1 / 3), means, np.tile(sigma**2 * np.eye(2), (3, 1, 1)))
    score = -2 * sigma**2 * gt.elbo(blobs.X, circles, r)
    fixed = 2 * sigma**2 * len(blobs.X) * np.log(3 * 2 * np.pi * sigma**2)
    assert np.isclose(score - fixed, last.inertia, rtol=1e-9)


@after("see-spherical")
def more_than_one_in_ten(differ, soft, says):
    assert 0.1 < differ / len(soft) < 0.2
    says("No: more than one point in ten changes sides.")


@after("questions")
def a_confident_outlier(says):
    geyser = gt.fit(gt.datasets.load("old_faithful").X, 2, starts=1, seed=0).mixture
    says(f"has a largest responsibility of {gt.responsibilities([[30.0, 30.0]], geyser).max():.3f}.")


@after("run-coins")
def two_coins(says, given, heads, coins, rises):
    film, heads = coins.steps[1:], heads[:, 0]
    series = [str(h) for h in heads]
    says(f"Five times in all: {', '.join(series[:-1])} and {series[-1]} heads.")
    says(f"{heads.sum()} of all {10 * len(heads)} tosses are heads.")
    says(f"Both at {heads.sum() / 50}, the share of heads in all of the tosses.")
    start, end, shares = film[0].mixture, film[-1].mixture, film[-1].responsibilities
    assert film[-1].kind == "E"
    says(f"EM starts with a chance of heads of {start[0]:.1f} for coin A and of {start[1]:.1f} for coin B.")
    given("Near 0.60 and 0.50, for five series say next to nothing.")
    says(f"Near {end[0]:.2f} and {end[1]:.2f}, farther apart than where they began.")
    says(f"The end is {end[0]:.2f} and {end[1]:.2f}, as published.")
    first = film[0].responsibilities[:, 0]
    says(f"The first E-step gives A {first[0]:.2f} of the series with {heads[0]} heads")
    says(f"and {first[1]:.2f} of that with {heads[1]}.")
    assert np.all((shares[:, 0] > 0.5) == (heads >= 7))
    assert rises


@after("run-coins")
def two_coins_by_scipy(heads, coins, coins_e_step, coins_m_step):
    """The shares, the maxima and the scores from the binomial law itself."""
    film, X, heads = coins.steps[1:], heads, heads[:, 0]
    constant = np.sum(binom.logpmf(heads, 10, 0.5) + 10 * np.log(2)) + len(heads) * np.log(0.5)
    for place, (kind, _, chances, shares, score, _) in enumerate(film):
        likelihoods = binom.pmf(heads[:, np.newaxis], 10, chances)
        if kind == "E":
            np.testing.assert_allclose(shares, likelihoods / likelihoods.sum(axis=1, keepdims=True))
            assert np.isclose(score + constant, np.log(likelihoods.mean(axis=1)).sum())
        else:
            held = film[place - 1].responsibilities
            for k in range(2):
                lost = [-held[:, k] @ binom.logpmf(heads, 10, chances[k] + e) for e in (-0.001, 0, 0.001)]
                assert min(lost) == lost[1]
    best = minimize(
        lambda c: -np.log(binom.pmf(heads[:, np.newaxis], 10, c).mean(axis=1)).sum(), coins.mixture
    )
    np.testing.assert_allclose(best.x, coins.mixture, atol=2e-3)
    again = gt.run_model(X, np.full(2, 0.3), coins_e_step, coins_m_step, tol=1e-9)
    np.testing.assert_allclose(again.mixture, heads.sum() / 50)

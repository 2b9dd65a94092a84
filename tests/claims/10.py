"""What notebook 10 says."""

from functools import cache

import numpy as np
from lesson import after
from sklearn.datasets import load_iris

import gmm_teach as gt
from gmm_teach.widgets.demos.how_many import KS, best_of, one_run

BEST = {"AIC": np.argmin, "BIC": np.argmin, "training": np.argmax, "held-out": np.argmax}


def narrowest(mixture):
    """The component with the narrowest ellipse, and its width."""
    widths = [gt.ellipse_axes(covariance).lengths[1] for covariance in mixture.covariances]
    return int(np.argmin(widths)), min(widths)


@cache
def demo(starts):
    """The fits of the demo for each K."""
    return [best_of([one_run("document_c", "full", K, seed) for seed in range(starts)]) for K in KS]


@after("see-counts")
def counts(n_parameters, says):
    free = n_parameters(3, 2, "full")
    assert all(
        n_parameters(K, D, kind) == gt.n_parameters(K, D, kind)
        for K in range(1, 9)
        for D in range(1, 11)
        for kind in gt.COVARIANCE_TYPES
    )
    says(f"{free:.0f}: two weights, six numbers in the means, nine in the covariances.")
    says(f"a full mixture of three has {n_parameters(3, 10, 'full'):.0f} free numbers")


@after("fit-all")
def bic_is_the_packages(curves, fits):
    assert np.allclose(curves["BIC"], [gt.bic(trace) for trace in fits], rtol=1e-12)
    assert all(trace.status == "converged" for trace in fits)


@after("fit-all")
def which_k_each_judge_chooses(curves, Ks, says):
    chosen = {name: Ks[best(curves[name])] for name, best in BEST.items()}
    assert chosen == {"AIC": 8, "BIC": 3, "training": 8, "held-out": 3}
    assert np.all(np.diff(curves["training"]) > 0)
    says("BIC and held-out say 3, the number of sources")
    says(f"AIC says 8: it is {curves['AIC'][7]:.1f} there, and {curves['AIC'][2]:.1f} at K = 3.")
    says("with ten starts, BIC and held-out say 3, and AIC 8.")


@after("fit-all")
def bic_asks_more_from_eight_points_on(says):
    prices = np.log(np.arange(1, 200))
    assert 1 + np.argmax(prices > 2) == 8
    says("From $N = 8$ on, BIC asks a higher price")
    says(f"BIC asks {np.log(100):.1f} instead of 2 for each parameter.")


@after("fit-all")
def a_parameter_gains_and_loses_half_a_nat(says):
    """One Gaussian in two dimensions: 5 parameters, and 2.5 nats each way, on average."""
    rng, gains, N = np.random.default_rng(0), [], 100
    truth = gt.Mixture([1.0], np.zeros((1, 2)), [np.eye(2)])
    for _ in range(1000):
        X, new = rng.standard_normal((2, N, 2))
        own = gt.Mixture([1.0], [X.mean(axis=0)], [np.cov(X.T, bias=True)])
        gains.append([gt.log_likelihood(A, own) - gt.log_likelihood(A, truth) for A in (X, new)])
    assert np.allclose(np.mean(gains, axis=0), [2.5, -2.5], rtol=0, atol=0.2)
    says("gains half a nat on these points and loses half a nat on as many new ones, on average.")


@after("mean-score")
def the_slip_chooses_one(slip, Ks, says):
    assert Ks[np.argmin(slip)] == 1
    says("Almost nothing but the price is left, and K = 1 wins.")


@after("see-eight")
def the_needle_of_eight(eight, points, curves, says):
    k, width = narrowest(eight.mixture)
    held = len(points) * eight.mixture.weights[k]
    says(f"{'ABCDEFGH'[k]}, at the lower edge of the middle cloud.")
    says(f"It is {width:.3f} wide and holds {held:.1f} points")
    others = [gt.ellipse_axes(c).lengths[1] for i, c in enumerate(eight.mixture.covariances) if i != k]
    assert min(others) > 10 * width
    assert gt.n_parameters(8, 2) - gt.n_parameters(7, 2) == 6
    assert curves["AIC"][7] < curves["AIC"][6]
    assert round(len(points) / gt.n_parameters(8, 2)) == 2
    says("The eighth component costs six parameters, and still AIC is lower with it than with seven.")


@after("see-needle")
def a_needle_fools_bic(needle, three, points, says):
    assert needle.status == "converged"
    assert gt.bic(needle) < gt.bic(three) - 10
    says(f"BIC falls from {gt.bic(three):.1f} to {gt.bic(needle):.1f}: it is fooled as well")
    assert gt.aic(needle) < gt.aic(three)


@after("see-needle")
def another_needle_fools_it_more(needle, three, points, options):
    rows = points[[7, 10, 97]]
    start = gt.Mixture(
        [*(0.97 * three.mixture.weights), 0.03],
        [*three.mixture.means, rows.mean(axis=0)],
        [*three.mixture.covariances, np.cov(rows.T, bias=True)],
    )
    assert gt.bic(gt.run_em(points, start, **options)) < gt.bic(needle)


@after("needle-new")
def new_points_and_a_floor_tell(needle, three, new, start, points, options, says):
    own, needles = (gt.log_density(new, trace.mixture) for trace in (three, needle))
    told = f"the needle gets {-needles.mean():.3f} nats below zero per point, and K = 3 only"
    says(f"On 20 000 new ones, {told} {-own.mean():.3f}.")
    difference = own - needles
    assert difference.mean() > 5 * difference.std() / np.sqrt(len(new))
    floor = gt.run_em(points, start, reg_covar=0.01, **options)
    held = gt.run_em(points, three.mixture, reg_covar=0.01, **options)
    says(f"with `reg_covar=0.01`, BIC ends at {gt.bic(floor):.1f}, which is worse than K = 3")
    assert gt.bic(floor) > max(gt.bic(three), gt.bic(held))
    assert np.isnan(gt.bic(gt.run_em(points, start, reg_covar=1e-4, **options)))
    says("A floor (`reg_covar`) that is too small stops a needle late, and `gt.bic` then returns NaN")


@after("demo-how-many")
def what_the_demo_shows(says):
    best = {n: 1 + int(np.nanargmin([gt.aic(trace) for trace in demo(n)])) for n in (1, 10, 20)}
    assert best == {1: 3, 10: 8, 20: 5}
    assert all(1 + np.nanargmin([gt.bic(trace) for trace in demo(n)]) == 3 for n in range(1, 21))
    says("With *one* start AIC too says 3.")
    says("With 10 starts it chooses 8, for the needle that you know. With 20 starts it chooses 5")
    k, width = narrowest(demo(20)[4].mixture)
    assert 2.9 < 100 * demo(20)[4].mixture.weights[k] < 3.1
    says(f"another needle, which is {width:.3f} wide. BIC says 3 each time.")


@after("see-fall")
def the_curve_falls(few, more, says):
    assert all(trace.status == "converged" for trace in [*few, *more])
    assert few[2].log_likelihood < few[1].log_likelihood - 3
    assert more[2].log_likelihood > few[1].log_likelihood + 6
    says("the best runs have all converged, at K = 5 to a poor place")


@after("split-one")
def the_split_beats_the_starts(few, more, split, twice, penguins, search, says):
    assert np.argmax(few[1].mixture.weights) == 1
    assert abs(gt.log_likelihood(penguins, twice) - few[1].log_likelihood) < 1e-6
    assert split.log_likelihood > more[2].log_likelihood
    says("This one run from the split ends higher than the best of forty starts.")
    unit = penguins.std(axis=0)
    other = gt.fit(penguins, 5, starts=20, start="random_points", **search)
    scaled = gt.fit(penguins / unit, 5, starts=20, **search).log_likelihood - 342 * np.log(unit).sum()
    assert min(other.log_likelihood, scaled) > few[1].log_likelihood + 6
    says(
        "On scaled columns, or from random points, the best of twenty starts at K = 5 is above that at K = 4."
    )


@after("see-shape-table")
def the_table_of_the_lecture(lecture, source, says):
    assert {1 + int(np.argmin(row)) for row in lecture.values()} == {3}
    at3 = {kind: row[2] for kind, row in lecture.items()}
    assert sorted(at3, key=at3.get) == ["spherical", "tied", "diag", "full"]
    assert gt.n_parameters(3, 2, "tied") == gt.n_parameters(3, 2, "spherical") == 11
    says(f"their BICs are only {at3['tied'] - at3['spherical']:.2f} apart")
    round_ones = [np.array_equal(c, c[0, 0] * np.eye(2)) for c in source.truth.covariances]
    assert sorted(round_ones) == [False, True, True]
    assert gt.n_parameters(3, 2) - 2 - 6 == 9


@after("published-note")
def the_published_numbers(two, twins, tied, waiting, waits, says):
    assert abs(gt.bic(two) - 2322.19174) < 1e-5
    assert abs(gt.bic(twins) - 2325.21994) < 1e-5
    assert abs(waiting.log_likelihood - -1034.0017) < 1e-4
    says(f"mclust prints {gt.bic(two):.3f} and {gt.bic(twins):.3f} (with the sign turned)")
    says(f"mixtools prints {waiting.log_likelihood:.3f} for the waiting times alone.")
    assert gt.n_parameters(2, 2, "full") == gt.n_parameters(3, 2, "tied") == 11
    assert min(min(row) for row in waits.values()) == waits["tied"][2]
    assert abs(waits["tied"][2] - gt.bic(tied)) < 0.01
    for kind, known in {"full": 574.01783, "tied": 688.09722}.items():
        options = {"covariance_type": kind, "seed": 0, "engine": gt.fast, "tol": 1e-12, "max_iter": 2000}
        assert abs(gt.bic(gt.fit(load_iris().data, 2, **options)) - known) < 1e-5


@after("count-bumps")
def one_skewed_source(scores, chosen, bumps, says):
    assert 1 + np.argmin(scores) == chosen.mixture.n_components == 3
    assert bumps == 1
    says("False: three make one here.")
    options = {"starts": 2, "seed": 0, "engine": gt.fast, "record": "scores", "max_iter": 1000}
    best = []
    for seed in (0, 1):
        more = np.random.default_rng(seed).gamma(2, size=(2000, 1))
        best.append(2 + np.argmin([gt.bic(gt.fit(more, K, **options)) for K in range(2, 7)]))
    assert set(best) == {4, 5}
    says("with 2000 points from this source BIC chooses 4 or 5, depending on the sample.")


@after("count-bumps")
def two_equal_bells_need_two_deviations(says):
    x = np.linspace(-4, 4, 8001)
    for distance, bumps in ((1, 1), (2, 1), (2.1, 2), (3, 2)):
        pair = gt.Mixture([0.5, 0.5], [[-distance / 2], [distance / 2]], np.ones((2, 1, 1)))
        y = gt.log_density(x[:, np.newaxis], pair)
        assert np.sum((y[1:-1] > y[:-2]) & (y[1:-1] >= y[2:])) == bumps
    says("need more than two deviations between their means before a dip appears")

"""What notebook 05 says."""

import inspect

import numpy as np
from lesson import after
from scipy import stats

import gmm_teach as gt
from gmm_teach.widgets.demos.be_the_m_step import NAMES, SLIDERS, mixture_of
from gmm_teach.widgets.demos.temperature import Temperature
from gmm_teach.widgets.held_shares import HeldShares

ROUND = ("mean_A", "mean_B", "deviation_A", "deviation_B", "weight_A")


def shares(x, weights, means, deviations):
    heights = np.array(weights) * stats.norm.pdf(np.asarray(x, dtype=float)[:, None], means, deviations)
    return heights / heights.sum(axis=1, keepdims=True)


def true_shares(x):
    return shares(x, [0.5, 0.5], [0, 5], [2, 5])


@after("code-labelled")
def the_estimates_come_close(labelled, x, z, says):
    for k, (mean, variance) in enumerate(((0, 4), (5, 25))):
        own = x[z == k]
        assert (labelled.means[k, 0], labelled.covariances[k, 0, 0]) == (own.mean(), own.var())
        assert abs(own.mean() - mean) < 0.2
        assert abs(own.var() - variance) < 0.9
    says("The truth is 0 and 4 for A, 5 and 25 for B; with 2000 numbers each")
    assert np.bincount(z).tolist() == [2000, 2000]


@after("see-lost-labels")
def only_the_weight_changes(says, labelled_mle, x, z):
    assert np.all(z[:2000] == 0)
    all_of_it, rest = (labelled_mle(x[:kept], z[:kept], 2) for kept in (4000, 2500))
    assert all_of_it[1][0] == rest[1][0]
    assert all_of_it[2][0] == rest[2][0]
    says(f"2000 of 2500 numbers: its weight goes from {all_of_it[0][0]} to {rest[0][0]}.")


@after("see-midway")
def midway_the_weights_are_left(says, unequal):
    weights, means = unequal.weights, unequal.means[:, 0]
    deviation = np.sqrt(unequal.covariances[0, 0, 0])
    says(f"Source A makes {weights[0]} of all numbers, source B {weights[1]}.")
    says("0.5, as it lies midway")
    says(f"{shares([means.mean()], weights, means, deviation)[0, 0]:.1f}, as the weight says")
    for apart in (0.5, 2, 5, 12):
        assert np.isclose(shares([apart / 2], weights, [0, apart], deviation)[0, 0], weights[0])
    border = means.mean() + deviation**2 / 5 * np.log(weights[0] / weights[1])
    assert np.allclose(shares([border], weights, means, deviation), 0.5)
    says(f"The two are equal only at {border:.1f}, where the two weighted curves cross.")


@after("share-out")
def the_shares_are_responsibilities(r, x, pair):
    assert np.allclose(r, gt.responsibilities(pair.X, pair.truth))
    assert np.allclose(r, true_shares(x))


@after("see-shares")
def a_is_never_sure(says):
    grid = np.linspace(-30, 40, 14_001)
    of_a = true_shares(grid)[:, 0]
    says(f"Nowhere is A's share above {of_a.max():.2f}. Even at A's own centre, one number in five is B's.")
    assert abs(true_shares([0.0])[0, 1] - 1 / 5) < 0.01
    top = of_a.argmax()
    assert np.all(np.diff(of_a[: top + 1]) >= 0)
    assert np.all(np.diff(of_a[top:]) <= 0)


@after("share-is-no-density")
def a_share_is_no_quality(says, share):
    says(f"A number at 40 lies {(40 - 5) / 5:.0f} deviations from B's mean.")
    says(f"Yet B's share is {share[1]:.3f}: it is only far *less absurd* than A.")
    assert 2 * stats.norm.sf(7) < 1e-11
    assert true_shares([40.0])[0, 1] > 0.9995


@after("shares-keep-their-word")
def a_share_keeps_its_word(says, r, z):
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        group = (r[:, 0] >= low) & (r[:, 0] < low + 0.2)
        promised, kept = r[group, 0].mean(), np.mean(z[group] == 0)
        assert abs(promised - kept) < 0.1
        if low == 0.6:
            says(f"for A lies between {low} and 0.8; their average share is {promised:.2f}.")
            says(f"About {100 * promised:.0f} % are A's, and the others B's")
            says(f"of many numbers with share {promised:.2f}, about {100 * promised:.0f} % are A's")
            assert abs(kept - promised) < 0.03
    X, labels = gt.sample(gt.datasets.load("two_sources").truth, 400_000, 0)
    many = true_shares(X[:, 0])[:, 0]
    near = np.abs(many - 0.73) < 0.01
    assert abs(np.mean(labels[near] == 0) - many[near].mean()) < 0.005


@after("see-turns")
def no_turn_lowers_the_log_likelihood(says, given, turns, start, pair):
    given("A number with shares 0.6 and 0.4 does not belong to both sources.")
    given("It came from one of them, and 0.6 is")
    assert np.all(np.diff(turns.log_likelihoods) >= 0)
    widths = np.sqrt(start.covariances[:, 0, 0])
    assert np.allclose(widths, widths[0])
    says(f"means {start.means[0, 0]:.0f} and {start.means[1, 0]:.0f}, widths both {widths[0]:.1f}.")
    says(f"for {turns.iterations} iterations.")
    assert np.array_equal(turns.steps[1].responsibilities, turns.steps[2].responsibilities)
    rng = np.random.default_rng(0)
    for _ in range(20):
        guess = gt.starts.from_means(pair.X, rng.uniform(-15, 25, size=(2, 1)))
        assert np.all(np.diff(gt.run_em(pair.X, guess, max_iter=20).log_likelihoods) >= -1e-6)


@after("labels-are-hard-shares")
def hard_shares_are_labels(hard, pair, labelled):
    by_shares = gt.vectorized.m_step(pair.X, hard)
    assert all(np.allclose(a, b) for a, b in zip(by_shares, labelled, strict=True))


def climbed(score, values):
    """The values after one round of the sliders, each moved to the top of its one hump."""
    for name in ROUND:
        spec = next(one for one in SLIDERS if one["name"] == name)
        grid = np.arange(spec["min"], spec["max"] + 1e-9, spec["step"])

        def best_of(places, name=name, grid=grid, values=values):
            scores = [score(mixture_of(values | {name: grid[place]})) for place in places]
            return places[np.argmax(scores)]

        near = best_of(range(0, len(grid), 10))
        values = values | {name: float(grid[best_of(range(max(near - 10, 0), min(near + 11, len(grid))))])}
    return values


@after("demo-be-the-m-step")
def one_round_is_enough_with_the_shares_held_and_not_without(says):
    demo = gt.widgets.be_the_m_step(mean_A=-5, mean_B=12, deviation_A=4, deviation_B=4, held=True)
    X, first = demo.scene.X, {name: demo.values[name] for name in NAMES}

    def log_likelihood(mixture):
        return gt.log_likelihood(X, mixture)

    held = HeldShares(X, mixture_of(first))
    once = climbed(held.score, first)
    assert climbed(held.score, once) == once
    assert held.highest - held.score(mixture_of(once)) < 0.5
    anew = HeldShares(X, mixture_of(once))
    left = held.highest - held.score(mixture_of(once))
    room = [shared.highest - shared.score(mixture_of(at)) for shared, at in ((held, first), (anew, once))]
    says(f"there is room above you again, though less than 1, where it was {room[0]:.0f} at first.")
    assert 2 * left < room[1]
    at = once
    for _ in range(6):
        shared = HeldShares(X, mixture_of(at))
        assert 0 < shared.highest - shared.score(mixture_of(at)) < 1
        at = climbed(shared.score, at)

    rounds = [first]
    for _ in range(3):
        rounds.append(climbed(log_likelihood, rounds[-1]))
    assert np.all(np.diff([log_likelihood(mixture_of(one)) for one in rounds]) > 1)

    rng, rose = np.random.default_rng(0), 0
    for _ in range(400):
        near = {
            spec["name"]: float(np.clip(first[spec["name"]] + rng.normal(), spec["min"], spec["max"]))
            for spec in SLIDERS
        } | {"weight_A": float(rng.uniform(0.1, 0.9))}
        other = mixture_of(near)
        gain = held.score(other) - held.score(mixture_of(first))
        rise = log_likelihood(other) - log_likelihood(mixture_of(first))
        assert rise >= gain - 1e-9
        rose += gain > 0
    assert rose > 100


@after("demo-be-the-m-step")
def a_best_place_does_not_depend_on_other_sliders():
    scene = gt.widgets.be_the_m_step(mean_A=-5, mean_B=12, deviation_A=4, deviation_B=4, held=True).scene
    held, values = scene.shares, dict(scene.edits.shared)
    grid = np.arange(-8, 19.05, 0.1)

    def best_mean(**others):
        return grid[np.argmax([held.score(mixture_of(values | others | {"mean_A": m})) for m in grid])]

    free = best_mean()
    for others in ({"deviation_A": 1.0}, {"mean_B": 3.0}, {"weight_A": 0.9}, {"deviation_B": 9.0}):
        assert best_mean(**others) == free
    assert abs(free - gt.vectorized.m_step(held.X, held.shares).means[0, 0]) < 0.051


@after("minus-six")
def the_wide_source_claims_both_ends(says, label, share):
    assert label[0] == 0
    says(f"only {(5 + 6) / 5} of B's from B's. The mixture gives B {share[0, 1]:.2f}.")
    assert abs(-6 - 0) / 2 == 3
    says("6 is less than 11, and that is all it asks.")
    assert true_shares([-12.0, 25.0])[:, 1].min() > 0.9


@after("see-hard-beside-soft")
def k_means_cuts_once_and_shares_look_like_the_truth(last, x, z, labels, turns):
    assert np.array_equal(labels, (x > last.means.mean()).astype(int))
    assert np.array_equal(labels, last.labels)
    edges = np.linspace(-10, 20, 51)
    of_a = {
        "truth": np.histogram(x, edges, weights=(z == 0) * 1.0)[0],
        "soft": np.histogram(x, edges, weights=turns.responsibilities[:, 0])[0],
        "hard": np.histogram(x, edges, weights=(labels == 0) * 1.0)[0],
    }
    off = {name: np.abs(of_a[name] - of_a["truth"]).sum() for name in ("soft", "hard")}
    assert off["soft"] < 0.12 * 2000
    assert off["hard"] > 2 * off["soft"]


@after("demo-temperature")
def those_between_a_and_b_stop_being_sure_first(says, given):
    scene = Temperature()
    cold = scene._at(10**-1.3).max(axis=1)
    given("It starts at $T = 0.05$, where every share is as good as 0 or 1.")
    assert round(10**-1.3, 2) == 0.05
    assert cold.min() > 0.98
    for T in (0.5, 0.7, 1.0):
        r = scene._at(T)
        unsure = r.max(axis=1) < 0.9
        assert 0 < unsure.mean() < 0.05
        assert set(np.argmin(r[unsure], axis=1)) == {2}  # C has the least of them


@after("shrink-sigma")
def shares_harden_as_the_width_shrinks(says, share):
    says("B's share of a number at 2.6, a little to B's side of the middle between means 0 and 5.")
    found = [shares([2.6], [0.5, 0.5], [0, 5], sigma)[0, 1] for sigma in (5.0, 2.0, 1.0, 0.5, 0.25)]
    assert np.all(np.diff(found) > 0)
    assert 0.999 < found[-1] < 1
    assert np.isclose(share[0, 1], found[-1])


@after("see-numbers")
def em_comes_close_and_k_means_does_not(says, em, labelled, cut, pair, last):
    common = gt.run_em(pair.X, gt.starts.from_means(pair.X, last.means), covariance_type="tied")
    (sigma,) = {f"{one:.1f}" for one in np.sqrt(common.mixture.covariances[:, 0, 0])}
    says(f"Fit these data with one common width, and $\\sigma$ is {sigma}.")
    off = [np.abs(em.means - labelled.means), np.abs(em.covariances**0.5 - labelled.covariances**0.5)]
    says(f"EM's means and deviations lie within {0.15} of those with labels.")
    assert max(one.max() for one in off) < 0.15
    says(f"k-means puts B's mean more than {3.5} too far to the right")
    assert cut.means[1, 0] - 5 > 3.5
    assert np.sqrt(cut.covariances[1, 0, 0]) < 0.7 * 5
    ranked = [gt.log_likelihood(pair.X, one) for one in (em, labelled, pair.truth)]
    assert ranked[0] > ranked[1] > ranked[2]


@after("summary")
def in_practice(says, turns):
    usual = inspect.signature(gt.run_em).parameters["tol"].default
    says(f"a tolerance of 1e-9 per point, stricter than the usual {usual:.0e}".replace("e-0", "e-"))
    with np.errstate(all="ignore"):
        far = np.exp(gt.log_gaussian_1d(np.array([[400.0]]), np.array([0, 5]), np.array([4, 25])))
    assert far.sum() == 0

"""What notebook 03 says."""

import numpy as np
from lesson import after
from scipy import stats

import gmm_teach as gt
from gmm_teach.figures import mixtures
from gmm_teach.widgets.demos.bumps import bumps_of
from gmm_teach.widgets.demos.bumps import mixture_of as bumps_mixture
from gmm_teach.widgets.demos.spinner import Spinner

FINE = np.linspace(-40, 60, 20_001)


def density(mixture, x=FINE):
    return np.exp(gt.log_density(x[:, np.newaxis], mixture))


def pair(a, b, weight=0.5):
    """The mixture of two bells, each a centre and a deviation."""
    return gt.Mixture([weight, 1 - weight], [[a[0]], [b[0]]], [[[a[1] ** 2]], [[b[1] ** 2]]])


@after("area-is-one")
def the_area_is_one_however_much_they_overlap(mixture_pdf, p, x):
    assert abs(np.sum(p) * (x[1] - x[0]) - 1) < 1e-6
    for centre in (0, 1, 2, 5, 10):
        one = mixture_pdf(FINE[:, np.newaxis], pair((0, 1), (centre, 2)))
        assert abs(np.sum(one) * (FINE[1] - FINE[0]) - 1) < 1e-6


@after("see-parts")
def several_bells_can_have_a_shoulder_and_two_tops(halves):
    assert len(mixtures.peaks(density(halves))) == 2
    assert len(mixtures.peaks(density(pair((0, 2), (5, 5))))) == 1


@after("count-labels")
def counts_vary_around_their_mean(says, counts, spinning):
    a, b = spinning.weights
    says(f"You draw 1000 points. A has weight {a:.1f} and B has {b:.1f}.")
    says(f"Each pick is A with probability {a:.1f}, so the count varies")
    says(f"{1000 * a:.0f} is what you can expect on average")
    says(f"All 1000, each of them {100 * a:.0f} % A's")
    assert len(set(counts)) > 1
    many = [np.sum(gt.sample(spinning, 1000, seed)[1] == 0) for seed in range(400)]
    assert abs(np.mean(many) - 1000 * a) < 2
    assert np.mean(np.equal(many, 1000 * a)) < 0.06


@after("see-spinner")
def after_many_draws_b_has_the_larger_area():
    weight = gt.widgets.spinner().values["weight"]
    mixture = pair((0, 1), (5, 2), weight)
    for seed in range(50):
        assert np.mean(gt.sample(mixture, 2000, seed)[1]) > 0.5


@after("same-mixture")
def both_samplers_draw_from_the_mixture(draw_by_loop, draw_by_arrays, spinning):
    tilted = gt.Mixture([0.3, 0.7], [[0, 0], [5, 1]], [[[1, 0.6], [0.6, 2]], [[3, -1], [-1, 1]]])
    for mixture in (spinning, tilted):
        for draw in (draw_by_loop, draw_by_arrays):
            X, z = draw(mixture, 2000, np.random.default_rng(0))
            for k in range(2):
                own = X[z == k]
                assert abs(len(own) / len(X) - mixture.weights[k]) < 0.03
                assert np.allclose(own.mean(axis=0), mixture.means[k], atol=0.2)
                assert np.allclose(np.cov(own.T, bias=True), mixture.covariances[k], atol=0.5)


@after("see-sum")
def the_bump_of_the_sum_wanders_and_those_of_the_mixture_stay(says, given):
    given("Move the weight from 0.20 to 0.80.")
    says("average the two: $0.5\\,x_A + 0.5\\,x_B$. The centres are 0 and 5.")
    scene, places = Spinner(), []
    values = {spec["name"]: spec.get("value") for spec in scene.controls} | {"sum": True}
    for weight in np.arange(0.20, 0.81, 0.05):
        scene.change(values | {"weight": weight})
        line, height = scene.sum[0].get_data()
        tops = mixtures.peaks(height)
        assert len(tops) == 1
        places.append(line[tops[0]])
        near_a, near_b = FINE[mixtures.peaks(density(pair((0, 1), (5, 2), weight)))]
        assert abs(near_a) < 0.2
        assert abs(near_b - 5) < 0.5
    assert np.all(np.diff(places) < 0)
    says(f"Near {0.5 * 0 + 0.5 * 5:.1f}, where the mixture has few")
    says(f"a number near 5 is near {0.5 * 5:.1f}")


@after("line-sum")
def the_mixture_is_wider_and_empty_in_the_middle(says, mixed, added):
    middle = 0.5 * 0 + 0.5 * 5
    inside = [np.mean(np.abs(draws - middle) < 0.5) for draws in (mixed, added)]
    says(f"Both have their mean near {middle:.1f}.")
    says(f"only {inside[0]:.0%}".replace("%", " %") + " of its draws lie between 2 and 3")
    assert np.allclose([mixed.mean(), added.mean()], middle, atol=0.05)
    assert 2 < mixed.std() / added.std() < 3
    assert abs(inside[1] - 1 / 3) < 0.02


@after("see-hidden")
def two_sources_and_a_single_bump(says, pair):
    x = np.linspace(-30, 40, 14_001)
    (top,) = mixtures.peaks(density(pair.truth, x))
    assert abs(x[top]) < 0.5
    says("One bump half way, near 2.5")
    assert pair.truth.means.mean() == 2.5
    assert [np.sum(pair.z == k) for k in (0, 1)] == [2000, 2000]
    p = density(pair.truth, x)
    high = x[p > p.max() / 10]
    assert high[-1] - x[top] > 1.5 * (x[top] - high[0])


@after("line-histogram")
def the_bar_says_how_many(says, heights, at_zero, edges, width, pair):
    assert np.isclose(np.sum(heights) * width, 1)
    low, high, height = edges[at_zero], edges[at_zero + 1], heights[at_zero]
    says(f"The bar from {low:g} to {high:g} is {height:.3f} high. How many of the {len(pair.X)} points")
    assert np.histogram(pair.X, [low, high])[0][0] == round(height * width * len(pair.X))


@after("answer-soft")
def b_made_the_point_that_a_claimed(says, X, z, share):
    says(f"One of them made the number {X[200, 0]:.2f}, and the label is lost.")
    says(f"gives it {100 * share:.0f} % to A and {100 * (1 - share):.0f} % to B")
    says(f"Our knowledge: A made {100 * share:.0f} % of such points")
    says(f"of a hundred such points, about {100 * (1 - share):.0f} are B's")
    says(f"keep those near {X[200, 0]:.2f}")
    assert "AB"[z[200]] == "B"
    demo = gt.widgets.spinner(weight=0.5, draws=201, hidden=True, seed=518)
    assert f"x = {X[200, 0]:.2f}" in demo.captions[0]


@after("line-soft")
def the_share_is_what_counting_finds(counted, share):
    assert abs(counted - share) < 0.01


@after("count-bumps")
def equal_bells_part_beyond_two_deviations(says, count_bumps, pair_of):
    assert [count_bumps(pair_of(d, 1, 1)) for d in (1, 2, 3)] == [1, 1, 2]
    for sigma in (0.5, 1.0, 3.0):
        for ratio in np.arange(0.1, 6, 0.1):
            assert len(bumps_of(pair((0, sigma), (ratio * sigma, sigma)))) == 1 + (round(ratio, 1) > 2)


@after("do-bumps")
def the_first_of_the_list_is_the_answer(says, given, count_bumps, pair_of):
    given("Try d = 2.0, 2.1, 2.2, ...")
    tried = np.arange(20, 60) / 10
    first = next(d for d in tried if count_bumps(pair_of(d, 1, 2)) == 2)
    assert gt.checks.mix_and_sample.first_with_two_bumps.right == first


@after("see-wide")
def it_is_because_b_is_so_wide(says):
    values = dict(gt.widgets.bumps().values)
    assert (values["deviation_A"], values["deviation_B"], values["distance"]) == (2, 5, 5)

    def two(**changes):
        return len(bumps_of(bumps_mixture(values | changes))) == 2

    widths = [round(w, 1) for w in np.arange(0.5, 6.05, 0.1) if two(deviation_B=w)]
    assert widths == [round(w, 1) for w in np.arange(0.5, max(widths) + 0.05, 0.1)]
    says(
        f"With a deviation of {max(widths)} or less B has a bump of its own, and with {max(widths) + 0.1:.1f}"
    )
    far = min(round(d, 1) for d in np.arange(0, 8.05, 0.1) if two(distance=d))
    says(f"there are two bumps from a distance of {far} on")
    assert two(distance=far, weight=0.5)
    assert not two(distance=far, weight=0.55)
    assert two(distance=5, deviation_B=2.3)
    assert not two(distance=5, deviation_B=2.3, deviation_A=2.5)  # A's deviation has a say too


@after("see-three-bumps")
def three_tops_from_two_components(corner):
    tops = np.array([[0.95, 0.05], *corner.means])
    angle = np.linspace(0, 2 * np.pi, 60)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    heights = np.exp(gt.log_density(tops, corner))
    for top, height in zip(tops, heights, strict=True):
        assert height > np.exp(gt.log_density(top + 0.12 * circle, corner)).max()
    assert heights[0] > heights[1:].max()
    assert len(mixtures._tops_of_plane(corner, np.array([[-2.5, -1.5], [2.5, 3.5]]))) == 3


@after("gap-triangle")
def the_gap_falls_with_k(gap, row_of_bells, triangle, fine, says):
    gaps = [np.sum(np.abs(density(row_of_bells(K), fine) - triangle(fine))) for K in (3, 10, 40, 160, 640)]
    assert np.all(np.diff(gaps) < 0)
    assert gap < 0.001
    assert density(row_of_bells(160), np.array([-5.0, 9.0])).max() < 1e-9
    for K in (3, 10, 40):
        deviation, step = np.sqrt(row_of_bells(K).covariances[0, 0, 0]), 4 / K
        says(f"the deviation of each is {deviation / step:.1f} of the distance to the next.")


@after("three-questions")
def what_earlier_notebooks_said(says):
    says(
        f"{100 * stats.chi2(2).cdf(1):.0f} %. The {100 * stats.chi2(1).cdf(1):.0f} % belong to one dimension."
    )


@after("summary")
def in_practice(says):
    says("The letter $\\pi$ in $\\pi_k$ has nothing to do with the number 3.14.")
    tilted = gt.Mixture([0.3, 0.7], [[0, 0], [5, 1]], [[[1, 0.6], [0.6, 2]], [[3, -1], [-1, 1]]])
    for mixture in (pair((0, 1), (5, 2)), tilted):
        one, all_at_once = (
            f(mixture, 500, np.random.default_rng(1)) for f in (gt.mixture.sample_loops, gt.sample)
        )
        assert all(np.array_equal(a, b) for a, b in zip(one, all_at_once, strict=True))

"""What notebook 09 says."""

import numpy as np
from lesson import after

import gmm_teach as gt
from gmm_teach.checks import broken_steps
from gmm_teach.widgets.demos import basin_map, bug_museum


def climbs(trace):
    return np.diff(trace.log_likelihoods).min() > 0


@after("count-winners")
def one_hundred_starts(says, random_runs, ends, data):
    wins = np.sum(ends.max() - ends < 0.1)
    collapsed = len(random_runs) - len(ends)
    assert {trace.status for trace in random_runs} == {"converged", "collapsed"}
    says(
        f"Yes: {wins}. Of the others {len(ends) - wins} converge to a lower place, and {collapsed} collapse."
    )
    assert all(climbs(trace) for trace in random_runs)
    says("In **all** hundred runs the log-likelihood rose at every iteration.")
    assert (len(data.X), data.truth.n_components) == (500, 5)


@after("count-winners")
def what_within_means(given):
    given("if it ends within 0.1 of the best of the hundred that did not collapse")
    given("if it ends within 0.1 of the best of all two hundred")


def share_by_cloud(trace, points):
    """How many of the points (n, D) are each component's: (K,)."""
    return gt.responsibilities(points, trace.mixture).sum(axis=0)


@after("see-endings")
def the_worst_end(says, worst, data):
    below = share_by_cloud(worst, data.X[data.z == 4])
    left = share_by_cloud(worst, data.X[data.z < 2])
    assert "".join("ABCDE"[k] for k in np.flatnonzero(below > 5)) == "BD"
    assert "ABCDE"[left.argmax()] == "C"
    assert left.max() > 0.95 * left.sum()
    says("The worst one spends two ellipses, B and D, on the lone cloud below, and has one, C, for the whole")
    assert np.linalg.norm(worst.mixture.means[0] - worst.mixture.means[4]) < 0.2
    says("(A lies under E: they cross.)")


@after("valley")
def a_valley_lies_between(way):
    assert max(way[1:4]) < way[0] - 50 < way[0] < way[4]


@after("demo-lottery")
def near_in_score_and_far_apart(says, random_runs):
    one, other = random_runs[1], random_runs[13]
    gap = abs(one.log_likelihood - other.log_likelihood)
    matched = other.mixture.permuted(gt.match_components(other.mixture, one.mixture))
    assert np.linalg.norm(one.mixture.means - matched.means, axis=1).max() > 4
    says(f"1 and 13 end {gap:.1f} nats apart, and one of their ellipses is in quite another cloud.")


@after("demo-lottery")
def document_c_is_easier(says):
    points = gt.datasets.load("document_c").X
    starts = [gt.starts.random_points(points, 3, seed) for seed in range(100)]
    ends = np.array([gt.run_em(points, one, record="scores").log_likelihood for one in starts])
    says(f"there {np.sum(ends.max() - ends < 0.1)} of 100 starts win")


@after("count-both")
def kmeans_starts(says, kmeans_runs, kmeans_ends, random_runs, ends):
    assert all(trace.status == "converged" for trace in kmeans_runs)
    wins = np.sum(kmeans_ends.max() - kmeans_ends < 0.1)
    assert ends.max() < kmeans_ends.max() - 0.1
    says(f"Yes: {wins}, and none of the hundred random starts.")
    says(f"all miss with a chance of about {1 - wins / 100:.2f}¹⁰ = {(1 - wins / 100) ** 10:.3f}")
    random_wins = np.sum(ends.max() - ends < 0.1)
    says(
        f"{random_wins} of 100 random starts reached the best of their kind, and {wins} of 100 k-means starts"
    )


@after("use-start-kmeans")
def the_own_start(mine, own, data, kmeans_ends):
    np.testing.assert_allclose(mine.covariances, gt.starts.kmeans(data.X, 5, 1).covariances)
    assert abs(own.log_likelihood - kmeans_ends.max()) < 0.01


@after("run-twins")
def twins_stay_together(twins, single):
    assert twins.status == "converged"
    assert np.ptp(twins.mixture.means, axis=0).max() < 1e-9
    assert np.ptp(twins.mixture.covariances, axis=0).max() < 1e-9
    assert abs(twins.log_likelihood - single.log_likelihood) < 1e-9


@after("nudge-twins")
def a_nudge_lets_them_part(twins, nudged, lazy):
    assert nudged.log_likelihood > twins.log_likelihood + 80
    assert (lazy.status, lazy.iterations) == ("converged", 1)


@after("see-plateau")
def a_plateau_ends_a_generous_run(points, start):
    early, late = (gt.run_em(points, start, tol=tol) for tol in (0.015, 1e-6))
    assert early.status == late.status == "converged"
    assert early.log_likelihood < late.log_likelihood - 40
    assert (early.iterations, late.iterations) == (3, 23)


@after("see-shrinking")
def no_highest(says, X, both, scores):
    assert X.shape == (41, 2)
    says(f"One run of EM ends with both of them on the crowd, at a log-likelihood of {both:.1f}.")
    run = gt.run_em(X, gt.starts.random_points(X, 2, 0))
    assert (run.responsibilities[:-1].sum(axis=0) > 10).all()
    np.testing.assert_allclose(np.diff(scores)[1:], 2 * np.log(10), atol=1e-3)
    assert max(scores) > -100


@after("read-real-collapse")
def what_collapsed(says, collapse, gone, random_runs, data):
    assert collapse.status == "collapsed"
    left = [int(np.sum(trace.responsibilities[:, trace.collapsed] > 0.01)) for trace in gone]
    words = {1: "one", 2: "two", 5: "five", 7: "Seven"}
    says(f"{words[len(gone)]} of the hundred random starts *collapsed*.")
    two, one = (words[left.count(n)] for n in (2, 1))
    says(f"in {two} of them the component had two points left, and in {one} of them one.")
    assert set(left) == {1, 2}
    long, short = gt.ellipse_axes(collapse.mixture.covariances[collapse.collapsed]).lengths
    assert long > 3 > 1e-4 > short
    says("D. It is drawn out into a line through two points")
    assert (collapse.collapsed, sum(collapse.responsibilities[:, 3] > 0.5)) == (3, 2)


@after("read-real-collapse")
def few_points_lie_flat():
    rng = np.random.default_rng(0)
    for D in (2, 3, 5):
        for n in range(1, D + 1):
            assert (
                np.linalg.matrix_rank(np.cov(rng.normal(size=(D, n)), ddof=0) if n > 1 else np.zeros((D, D)))
                < D
            )


@after("read-collapse")
def the_trap_closes(says, fallen, counts):
    assert (fallen.status, fallen.collapsed) == ("collapsed", 1)
    alone = int(np.argmax(counts < 1.005))
    says(f"In iteration {alone} it holds {counts[alone - 1]:.2f} points, and from iteration {alone + 1} on")
    says(f"the outlier alone: {counts[alone]:.2f}. It collapses in iteration {len(fallen.log_likelihoods)}.")
    assert climbs(fallen)


@after("read-needle")
def higher_is_not_better(says, fallen, both, needle, kmeans_ends, held, narrow, truth, ends):
    says(f"The trap scored {fallen.log_likelihood:.1f} on its way, far above the {both:.1f} of the run")
    assert needle.status == "converged"
    assert needle.log_likelihood > max(kmeans_ends.max(), ends.max()) + 1.6
    shares = needle.responsibilities[:, 4]
    assert (sum(shares > 0.5), round(held)) == (4, 4)
    assert narrow < 0.002
    says("a needle through four points that happen to lie nearly on a line")
    says(f"scores lower than {np.sum(ends > truth)} of the {len(ends)} converged runs, poor ones too")


@after("see-floor")
def a_floor_holds_the_component_up(held_up):
    assert held_up.status == "converged"
    assert "The floor reg_covar=0.001, not the data" in held_up.warnings[0]


@after("fall-numbers")
def what_a_floor_costs(says, Y, start_on_outlier):
    none, small, large = (gt.run_em(Y, start_on_outlier(Y), reg_covar=one) for one in (0.0, 0.001, 1.0))
    gains = np.diff(large.log_likelihoods)
    assert climbs(none)
    assert np.all(gains[1:] < 0)
    assert np.all(np.diff(gains[1:]) > 0)
    says(f"With the floor 1 the first iteration rises by {gains[0]:.1f}, and all others fall: the second by")
    says(f"the second by {-gains[1]:.2f}, and then less and less.")
    says(f"The falls in the picture below add up to {-gains[1:].sum():.1f} nats")
    gains = np.diff(small.log_likelihoods)
    falls = gains < 0
    first = int(falls.argmax())
    assert falls[first:].all()
    says(f"With the floor 0.001 it rises for {first} iterations and falls in the last {falls.sum()}, by")
    says(f"by {-gains[falls].sum():.3f} in all: too little to see in the curve")
    assert -gains[falls].sum() > 1e6 * np.finfo(float).eps * abs(small.log_likelihood)


@after("fall-numbers")
def where_the_floor_is_set(given):
    given("make the floor 0.001: does it still fall?")


@after("fall-numbers")
def the_penalised_score_never_falls(Y, start_on_outlier):
    penalty = 1.0

    def m_step(X, responsibilities):
        right = gt.vectorized.m_step(X, responsibilities)
        floors = penalty / responsibilities.sum(axis=0)
        return right._replace(covariances=right.covariances + floors[:, np.newaxis, np.newaxis] * np.eye(2))

    trace = gt.run_em(Y, start_on_outlier(Y), m_step=m_step)
    inverse = [
        np.trace(np.linalg.inv(step.mixture.covariances), axis1=1, axis2=2).sum()
        for step in trace.steps
        if step.kind == "E"
    ]
    penalised = trace.log_likelihoods - penalty / 2 * np.array(inverse)
    assert np.diff(penalised).min() > -1e-9


@after("see-broken")
def what_the_traces_show(right, runs):
    assert np.ptp([*runs["P"][1:], right[1], runs["R"][1]]) < 1e-6
    assert abs(runs["Q"][-1] - right[-1] - 100) < 5
    assert 9 < right[-1] - runs["R"][-1] < 11
    assert runs["S"][1] < runs["S"][0]


@after("see-broken")
def what_the_feedback_on_them_says(points, start):
    """The weights of Q sum to 3, so it scores N log 3 more than the same ellipses with equal weights."""
    assert round(len(points) * np.log(3)) == 110
    right, one, six = (broken_steps.run_with_bug(points, start, bug) for bug in (0, 1, 6))
    assert start_score(points, start) < one[1] < right[1]
    assert 0 < right[1] - six[1] < 1
    assert abs(right[-1] - six[-1]) < 0.1
    prior = gt.run_em(points, start, e_step=equal_shares, tol=1e-9, max_iter=500)
    assert gt.run_em(points, prior.mixture).log_likelihood > prior.log_likelihood + 1


def start_score(points, start):
    return gt.log_likelihood(points, start)


def equal_shares(X, mixture):
    equal = np.full_like(mixture.weights, 1 / mixture.n_components)
    return gt.vectorized.e_step(X, mixture._replace(weights=equal))[0]


@after("see-quiet-bugs")
def five_of_six_bugs_never_fall(says, points, start, right):
    falls = {bug: np.diff(broken_steps.run_with_bug(points, start, bug)).min() < 0 for bug in range(1, 7)}
    assert [bug for bug, fell in falls.items() if fell] == [3]
    says("Of all six bugs only S ever lowers the score here.")
    rises = [np.diff(broken_steps.run_with_bug(points, start, bug)).min() > 0 for bug in (1, 2, 5, 6)]
    assert all(rises)
    says("all hundred runs rose, and so did four of six broken ones, while a fifth stood still")
    one, six = (broken_steps.run_with_bug(points, start, bug) for bug in (1, 6))
    assert max(abs(one[-1] - right[-1]), abs(six[-1] - right[-1])) < 0.1
    says("Both climb at every iteration, and end within 0.1 of right EM.")
    says(f"the first M-step falls {right[1] - one[1]:.0f} nats behind")


@after("demo-basins")
def the_order_of_two_means_decides(says, given):
    given("both deviations are 1, and A has the weight 0.7")
    found, x = basin_map.land(0.7), basin_map.data()
    (left, right), start = found.peaks, np.array([-2, -1.9])
    assert left[0] < left[1]
    assert right[0] > right[1]
    assert np.linalg.norm(start - right) < np.linalg.norm(start - left)
    np.testing.assert_allclose(basin_map.climb(x, *start, 0.7).mixture.means[:, 0], left, atol=1e-3)
    scores = [gt.log_likelihood(x, basin_map.mixture_at(*means, 0.7)) for means in (start, [x.mean()] * 2)]
    assert scores[0] < scores[1]
    says(f"The start at mean A = {start[0]:g} and mean B = {start[1]:g} lies nearer to the lower top")
    says(f"The start at mean A = {start[0]:g} and mean B = {start[1]:g} scores less than the saddle")
    above = found.starts[:, 0] > found.starts[:, 1]
    np.testing.assert_array_equal(found.reached == 1, above)
    says(f"for {len(x)} numbers; light is high. Small dots are the starts of {len(above)} seeds")
    rng = np.random.default_rng(0)
    for means in rng.uniform(-4, 8, (40, 2)):
        end = basin_map.climb(x, *means, 0.7).mixture.means[:, 0]
        assert (end[0] > end[1]) == (means[0] > means[1])


@after("demo-basins")
def the_saddle_is_reached_from_the_diagonal_alone(says):
    x = basin_map.data()
    middle = np.full(2, x.mean())
    for mean in (-3, 0, 6.5):
        first = basin_map.climb(x, mean, mean, 0.7).steps[2].mixture.means[:, 0]
        np.testing.assert_allclose(first, middle, atol=1e-9)
        end = basin_map.climb(x, mean, mean + 0.05, 0.7).mixture.means[:, 0]
        np.testing.assert_allclose(end, basin_map.land(0.7).peaks[0], atol=1e-3)
    start = [5, 5.1]
    says(f"Start at mean A = {start[0]} and mean B = {start[1]}. Where does the first iteration lead?")
    steps = basin_map.climb(x, *start, 0.7).steps
    first, end = steps[2].mixture.means[:, 0], steps[-1].mixture.means[:, 0]
    assert np.linalg.norm(first - middle) < 0.1 * np.linalg.norm(start - middle)
    np.testing.assert_allclose(end, basin_map.land(0.7).peaks[0], atol=1e-3)


@after("demo-museum")
def what_hangs_in_the_museum(says):
    hung = [bug_museum.NAMES[at] for at in bug_museum.HUNG]
    halves = [bug_museum.FAULTS[name].half for name in hung]
    first, second, third, last = (str(at + 1) for at in range(8) if halves[at] == "E")
    says(f"In exhibits {first}, {second}, {third} and {last} it is the E-step")
    hard, prior, columns, stale, frozen, old, twice, upright = (
        hung.index(bug_museum.NAMES[at]) + 1 for at in (6, 2, 3, 1, 5, 0, 7, 4)
    )
    says(f"its shares are hard ({hard}), lack the weights ({prior}), sum to 1 for each component ({columns})")
    says(f", or are stale ({stale}). In the others it is the M-step: frozen weights ({frozen}), the old mean")
    says(f"the old mean ({old}), the floor added twice ({twice}), no off-diagonals ({upright}).")
    right = bug_museum.film_of()
    near = [
        at + 1
        for at, name in enumerate(hung)
        if np.abs(bug_museum.film_of(name).mixture.means - right.mixture.means).max() < 0.05
        and abs(bug_museum.film_of(name).log_likelihood - right.log_likelihood) < 1
    ]
    says(f"Only exhibit {near[0]} ends nearly as right EM does.")
    assert len(near) == 1
    says(f"and both have the floor {bug_museum.FLOOR}")

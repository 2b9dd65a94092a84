"""What notebook 08 says."""

from functools import partial

import numpy as np
from lesson import after

import gmm_teach as gt


@after("run-document-c")
def the_published_run(says, data, trace):
    scores = trace.log_likelihoods
    assert (trace.status, trace.iterations, len(data.X)) == ("converged", 23, 100)
    says(f"prints **converged iteration: {trace.iterations}**. Its tolerance is 1e-4 on the *total*")
    assert 1e-4 / len(data.X) == 1e-6
    says(f"The first log-likelihood of that run is {scores[0]:.1f} and the last is {scores[-1]:.1f}.")


@after("print-climb")
def where_the_climb_is_made(says, climb, trace):
    assert 0.7 < climb[1] < 0.8
    says("The very first M-step makes three quarters of that climb.")
    says(f"B. After {np.argmax(climb >= 0.9)} of them.")
    plateau = np.diff(climb)[1:9]
    assert plateau.max() < 0.03 < np.diff(climb)[9]
    says("EM crawls along a plateau for some eight iterations, and then climbs again")
    before, now = (trace.steps[2 * t].mixture.means for t in (22, 23))
    assert np.abs(now - before).max() < 1e-3
    says("By then no mean moves by as much as a thousandth.")
    assert abs(np.diff(trace.log_likelihoods)[-1]) <= 1e-6 * 100
    says("The 24th E-step only confirms that the 23rd iteration changed next to nothing.")


@after("run-own-loop")
def the_own_loop_is_run_em(scores, trace):
    np.testing.assert_allclose(scores, trace.log_likelihoods, rtol=1e-12)


@after("see-player")
def a_and_c_part(says, trace):
    means = np.array([step.mixture.means for step in trace.steps if step.kind != "E"])
    apart = np.linalg.norm(means[:, 0] - means[:, 2], axis=1)[1:]  # after iterations 1, 2, ...
    moves = np.diff(apart)
    assert apart[0] < np.linalg.norm(means[0, 0] - means[0, 2])
    says("In the first M-step they come closer.")
    assert np.all(moves[:15] > 0)
    assert np.abs(moves[15:]).max() < 0.02  # a hundredth of an ellipse
    assert moves.argmax() + 2 == 10
    says("From the second on they move apart, fastest in the tenth iteration, and stand still to the eye")
    scores = trace.log_likelihoods
    part = (scores[16] - scores[8]) / (scores[-1] - scores[1])
    says(f"iterations 9 to 16 make {part:.0%}.".replace("%", " %"))


@after("published-numbers")
def the_published_parameters(says, data, last):
    assert f"{gt.log_likelihood(data.X, last):.10f}" == "-318.8308208995"
    assert np.allclose(last.weights, [0.300705452, 0.179937138, 0.519357410], rtol=0, atol=5e-10)
    means = [[0.021366767, 4.947756251], [4.942392087, 0.313653346], [1.081810626, 0.739057970]]
    assert np.allclose(last.means, means, rtol=0, atol=5e-10)
    upper = last.covariances[:, [0, 0, 1], [0, 1, 1]]  # xx, xy, yy of each component
    assert np.allclose(upper[0], [0.293249723, 0.050512805, 0.352773741], rtol=0, atol=5e-10)
    assert np.allclose(upper[1], [0.355644014, -0.014949092, 0.666950447], rtol=0, atol=5e-10)
    assert np.allclose(upper[2], [0.671143351, 0.330585479, 0.904346440], rtol=0, atol=5e-10)
    says("the parameters that its code ends with, to nine decimals")


@after("published-numbers")
def three_engines_make_one_film(says, data, start):
    films = [gt.run_em(data.X, start, engine=one).steps for one in (gt.loops, gt.vectorized, gt.fast)]
    for film in films[1:]:
        for a, b in zip(films[0], film, strict=True):
            assert np.abs(a.mixture.means - b.mixture.means).max() < 5e-13
            assert a.kind == "start" or np.abs(a.responsibilities - b.responsibilities).max() < 5e-13
    says("at each of its half-steps, means and responsibilities agree to 12 decimals")


@after("run-own-e-step")
def the_own_e_step_makes_the_same_run(mine, trace):
    assert mine.iterations == trace.iterations
    np.testing.assert_allclose(mine.log_likelihoods, trace.log_likelihoods, rtol=1e-12)


def ends_near(traces, best):
    return sum(trace.log_likelihood > best - 0.1 for trace in traces)


@after("print-hard")
def soft_and_hard_runs(says, data, trace, runs, hard_e_step):
    best = trace.log_likelihood
    assert (ends_near(runs["soft"], best), ends_near(runs["hard"], best)) == (20, 3)
    says("From these twenty starts soft shares find the same end every time, and hard ones three times.")
    starts = [gt.starts.random_points(data.X, 3, seed) for seed in range(100)]
    run = partial(gt.diagnosis.quietly, gt.run_em, data.X, record="scores")
    soft = ends_near([run(one) for one in starts], best)
    hard = ends_near([run(one, e_step=hard_e_step) for one in starts], best)
    says(f"(From a hundred starts it is {soft} times and {hard} times.)")
    short = [one.iterations for one in runs["hard"]]
    assert max(short) < min(one.iterations for one in runs["soft"]) + 1
    says(f"The hard runs are short, with {min(short)} to {max(short)} iterations.")
    assert all(np.diff(one.log_likelihoods)[-1] == 0 for one in runs["hard"])


@after("print-two-sources")
def two_sources(says, pair, pair_trace, unsure, found, by_hand):
    scores = pair_trace.log_likelihoods
    climb = (scores - scores[0]) / (scores[-1] - scores[0])
    assert 0.99 < climb[10] < 0.9999
    wide = [step.mixture.means[:, 0].max() for step in pair_trace.steps if step.kind != "E"]
    end, gain = pair_trace.iterations, scores[-1] - scores[10]
    says(f"by then 99 % of the climb is done. The run goes on to iteration {end}.")
    says(f"In all the {end - 10} iterations after the tenth the score rises by {gain:.1f} nats, and")
    says(f"the mean of the wide curve moves from {wide[10]:.2f} to {wide[-1]:.2f}")
    says(f"though {unsure:.0%} of the points have no share of 0.9 or more".replace("%", " %"))
    estimates = np.column_stack([found.means[:, 0], found.covariances[:, 0, 0] ** 0.5])
    assert np.abs(estimates - by_hand).max() < 0.15
    assert np.bincount(pair.z).tolist() == [2000, 2000]


@after("print-old-faithful")
def old_faithful(says, best):
    assert abs(best.log_likelihood - -1130.2639601847) < 1e-6
    says(f"The R package mclust prints a BIC of {gt.bic(best):.3f} for the same model")
    means = best.mixture.means[best.mixture.means[:, 0].argsort()]
    assert np.allclose(means, [[2.03638846, 54.47851641], [4.28966198, 79.96811521]], atol=1e-6)
    says(f"with $p$ free parameters, {gt.n_parameters(2, 2, 'full')} here")


@after("write-film")
def a_file_becomes_a_film(film, geyser, X, best):
    np.testing.assert_allclose(X, geyser.X, rtol=1e-12)
    assert abs(film.log_likelihood - best.log_likelihood) < 1e-3


def with_the_old_mean(X, step):
    """The right M-step, and one whose covariances are about the means of the step before."""
    right = gt.vectorized.m_step(X, step.responsibilities)
    gap = right.means - step.mixture.means
    return right, right._replace(
        covariances=right.covariances + gap[:, :, np.newaxis] * gap[:, np.newaxis, :]
    )


@after("write-film")
def the_old_mean_lowers_q(says):
    lower, higher = 0, 0
    for name, K in (("three_blobs", 3), ("old_faithful", 2)):
        X = gt.datasets.load(name).X
        for seed in range(6):
            for step in gt.run_em(X, gt.starts.random_points(X, K, seed)).steps[1:-1:2]:
                both = with_the_old_mean(X, step)
                q = [np.sum(step.responsibilities * gt.log_joint(X, one)) for one in both]
                assert q[1] <= q[0] + 1e-9
                score = [gt.log_likelihood(X, one) for one in both]
                lower, higher = lower + (score[1] < score[0]), higher + (score[1] > score[0])
    assert 0 < higher < lower / 10
    says("Such an M-step does not reach the highest $Q$.")
    says("(The score itself is mostly lower too, but that is not sure: only $Q$ is.)")


@after("write-film")
def exp_first_gives_nan():
    mixture = gt.Mixture([0.5, 0.5], [[0.0], [1.0]], [[[1.0]], [[1.0]]])
    joint = np.exp(gt.log_joint(np.array([[100.0]]), mixture))
    assert joint.sum() == 0
    assert gt.responsibilities(np.array([[100.0]]), mixture).sum() == 1

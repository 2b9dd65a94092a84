"""What notebook 11 says."""

import numpy as np
import sklearn.mixture
from lesson import after

import gmm_teach as gt
from gmm_teach.figures.mixtures import peaks
from gmm_teach.plots import marginal
from gmm_teach.widgets.demos.outliers import Outliers


def humps(mixture, low, high):
    """Where the density of a 1-D mixture has its maxima, and a function for its height."""
    x = np.linspace(low, high, 20_001)
    density = np.exp(gt.log_density(x[:, np.newaxis], mixture))
    return x[peaks(density)], lambda value: np.interp(value, x, density) / density.max()


@after("fit-geyser")
def the_published_fit(trace, says):
    weights, means = [0.35587286, 0.64412714], [[2.03638846, 54.47851641], [4.28966198, 79.96811521]]
    short = [[0.069167675, 0.435167650], [0.435167650, 33.697282248]]
    long = [[0.169968432, 0.940609275], [0.940609275, 36.046210817]]
    published = gt.Mixture(weights, means, [short, long])
    ours = trace.mixture.permuted(gt.match_components(trace.mixture, published))
    assert all(np.allclose(a, b, rtol=0, atol=1e-5) for a, b in zip(ours, published, strict=True))
    assert trace.mixture.means[1, 0] < trace.mixture.means[0, 0]
    assert abs(trace.log_likelihood - -1130.26396) < 1e-5
    assert abs(gt.bic(trace) - 2322.19174) < 1e-5
    says("mclust finds the same weights, means and covariances, to five decimals.")
    says("the short eruptions come first; here they are B.")


@after("see-units")
def units(scores, scores_in_seconds, geyser, says):
    high, low = np.exp(scores.max()), np.exp(scores_in_seconds.max())
    assert np.isclose(low, high / 60)
    says(f"the density is {high:.3f}. Now write")
    says(f"About {low:.4f}: only a sixtieth of it.")
    says(f"About {60 * high:.1f}: sixty times as high.")
    says(f"{high:.3f} as before: the geyser is the same.")
    assert np.array_equal(scores.argsort(), scores_in_seconds.argsort())
    refit = gt.fit(geyser.X * [1, 60], 2, starts=1, seed=0, tol=1e-12)
    assert np.allclose(gt.log_density(geyser.X * [1, 60], refit.mixture), scores_in_seconds, atol=1e-4)


@after("solution-units")
def the_change(scores, scores_in_seconds, change_solution):
    assert np.isclose(scores_in_seconds.sum() - scores.sum(), change_solution)


@after("see-samples")
def what_gives_samples_away(geyser, new, says):
    assert np.all(geyser.X[:, 1] % 1 == 0)
    assert new[:, 0].min() < geyser.X[:, 0].min()
    says(f"no real eruption is shorter than {geyser.X[:, 0].min()} minutes")


@after("see-counting")
def counting_agrees(in_samples, in_data):
    assert round(in_samples, 2) == round(in_data, 2)


@after("see-given")
def the_two_forecasts(panels, says):
    (left, line, _), (right, other, _) = panels.values()
    tops, height = humps(left, 40, 110)
    assert len(tops) == 1
    says(f"one hump, at {tops[0]:.0f} minutes: A counts with {left.weights[0]:.2f}, and B makes only")
    assert 0.45 < height(line) < 0.55
    says(f"The line says {line:.0f} minutes. There the density is half as high.")
    tops, height = humps(right, 0, 7)
    says(f"there are two humps, at {tops[0]:.1f} and {tops[1]:.1f} minutes.")
    assert tops[0] < other < tops[1]
    says(f"The line says {other:.1f}, which is between them")
    says(f"where the density is {100 * height(other):.0f} % of its highest")


@after("see-given")
def conditionals_are_slices(panels, fit):
    """Each conditional density is a slice of the mixture's own, but for a factor."""
    for (given, _, _), place in zip(panels.values(), (lambda y: [3.0, y], lambda y: [y, 66.0]), strict=True):
        values = given.means.mean() + np.linspace(-1, 1, 5)
        slices = gt.log_density([place(y) for y in values], fit)
        own = gt.log_density(values[:, np.newaxis], given)
        assert np.ptp(slices - own) < 1e-9


@after("see-confident")
def a_confident_outlier(entry, largest, log_density, scores, geyser, trace, says, given):
    assert largest > 0.9995
    assert gt.responsibilities(entry, trace.mixture).argmax() == 0
    says("so A takes all.")
    says(f"With two components the larger one is at least {1 / 2}.")
    given("Near 0.5: the mixture cannot decide.")
    assert log_density < -2500 < scores.min()
    says(f"No real one took longer than {geyser.X[:, 0].max()} minutes.")


@after("demo-outliers")
def the_star_on_its_way_up(says):
    demo = Outliers()
    up = np.column_stack([np.full(1101, 3.0), np.linspace(20, 130, 1101)])
    shares, scores = gt.responsibilities(up, demo.mixture)[:, 0], gt.log_density(up, demo.mixture)
    threshold = np.quantile(demo.log_densities, 0.05)
    half, top = np.abs(shares - 0.5).argmin(), scores.argmax()
    assert scores.max() < threshold
    says(f"Near a wait of {up[half, 1]:.0f} minutes the shares are about one half each.")
    says(f"The log-density is {scores[half]:.1f} there, below the threshold of {threshold:.1f}")
    says(f"the log-density is highest near {up[top, 1]:.0f} minutes, with {scores[top]:.1f}.")


@after("see-flagged")
def the_flagged(flagged, surest, says):
    assert (flagged.sum(), np.sum(surest[flagged] > 0.99)) == (14, 12)
    says("Fourteen are flagged, and twelve of these have a responsibility above 0.99.")
    says("a share such as 0.05, and returns a mask")


@after("see-both")
def undecided_is_not_unlikely(pair, pair_fit, undecided, unlikely, says):
    assert (undecided.sum(), unlikely.sum(), np.sum(undecided & unlikely)) == (200, 200, 0)
    says("None is flagged twice.")
    says(f"Chance would give 200 × 200 / 4000 = {200 * 200 / len(pair.X):.0f}")
    middle = np.quantile(pair.X, [0.1, 0.9])
    assert np.mean((pair.X[undecided] > middle[0]) & (pair.X[undecided] < middle[1])) > 0.8
    assert pair.X[unlikely].min() < middle[0]
    assert pair.X[unlikely].max() > middle[1]
    assert not np.any((pair.X[unlikely] > middle[0]) & (pair.X[unlikely] < middle[1]))
    assert pair_fit.responsibilities[unlikely].max() > 0.99
    assert np.mean(pair.z[unlikely] == 1) > 0.8  # 1 is the wider source


@after("see-two-fits")
def two_seeds(penguins, fits, labels):
    assert len(penguins.X) == 342
    assert abs(fits[0].log_likelihood - fits[1].log_likelihood) < 1e-3
    assert np.sum(labels[0] == labels[1]) == 0


@after("see-matched")
def after_renaming(names, labels):
    assert np.array_equal(names, gt.match_labels(labels[0], labels[1]))
    assert np.all(names[labels[0]] == labels[1])


@after("match-species")
def species(astray, penguins, says):
    says(f"{np.sum(~astray)}: all but five, from bodies alone.")
    assert np.sum(astray) == 5
    assert set(penguins.z[astray]) == {0, 1}
    places = penguins.X[astray][:, :2]
    apart = np.abs(places[:, np.newaxis] - places).max(axis=2)[np.triu_indices(5, 1)]
    assert np.sum(apart < 0.5) == 1
    says("Two of the five rings nearly coincide.")


@after("see-sexes")
def components_of_other_k(tables, penguins, four, sex, fits, options, says):
    assert sorted(tables[2].tolist()) == [[0, 0, 123], [151, 68, 0]]
    cut = sorted(tables[4][:, 2])[-2:]
    says(f"the Gentoos are cut in two: {cut[0]} and {cut[1]}.")
    assert sum(tables[4][:, 2]) == sum(cut)
    gentoos = (penguins.z == 2) & np.isin(sex, ["female", "male"])
    together = np.array(
        [[np.sum(gentoos & (four == k) & (sex == s)) for s in ("female", "male")] for k in (1, 3)]
    )
    says(f"Nearly: {together.max(axis=1).sum()} of the {together.sum()} Gentoos of known sex")
    scores = {K: gt.bic(gt.fit(penguins.X, K, seed=0, **options)) for K in (2, 3, 4)}
    assert min(scores, key=scores.get) == 3


@after("see-sklearn")
def one_step_old(ours, theirs, per_point, geyser, says):
    pairs = zip(ours.mixture, (theirs.weights_, theirs.means_, theirs.covariances_), strict=True)
    assert all(np.allclose(a, b, rtol=1e-11, atol=0) for a, b in pairs)
    assert np.isclose(theirs.lower_bound_, per_point[-2], rtol=1e-10)
    assert np.isclose(theirs.score(geyser.X), per_point[-1], rtol=1e-10)
    says(f"`lower_bound_` is {per_point[-2]:.3f}, and our log-likelihood per point is {per_point[-1]:.3f}.")
    assert len(theirs.lower_bounds_) == 5
    says("from version 1.7 on, `lower_bounds_` lists the scores")


@after("see-defaults")
def the_defaults(totals, reference, lecture, at, says):
    ours = sklearn.mixture.GaussianMixture()
    assert (ours.tol, ours.reg_covar) == (1e-3, 1e-6)
    assert 1e-3 < reference - totals[1e-3] < 2e-3
    assert abs(totals[1e-6] - reference) < 1e-4
    assert totals[2e-2] < reference - 40
    early = sklearn.mixture.GaussianMixture(3, **at, tol=0.02).fit(lecture.X)
    assert early.converged_
    says("A tolerance of 0.02 stops on the plateau")


@after("see-own-data")
def own_data(X):
    assert X.shape == (500, 2)


@after("questions")
def eleven_parameters(says):
    assert gt.n_parameters(2, 2) == 11
    says("for this notebook's geyser fit counts 11 free parameters")
    far = gt.Mixture(
        [0.5, 0.5], [[4.3, 80], [2.0, 54.5]], [[[0.17, 0.94], [0.94, 36]], [[0.07, 0.43], [0.43, 34]]]
    )
    says(f"every density underflows to {np.exp(gt.log_density([[30, 30]], far)[0])}")


@after("see-pairs")
def one_column_parts_a_from_b_and_three_part_c(mixture, penguins, says):
    """How far apart two curves are: the gap of their means, in the sum of their deviations."""
    deviations = np.sqrt(mixture.covariances.diagonal(axis1=1, axis2=2))

    def apart(k, j):
        return np.abs(mixture.means[k] - mixture.means[j]) / (deviations[k] + deviations[j])

    A, B, C = range(3)
    length, *others = range(4)
    assert penguins.columns[length].startswith("bill length")
    assert apart(A, B)[length] > 1.5
    assert apart(A, B)[others].max() < 0.7
    assert min(apart(A, C)[others].min(), apart(B, C)[others].min()) > 1.1
    assert apart(B, C)[length] < 0.4
    says("The depth of the bill, the flipper and the mass part the Gentoos.")
    says("Only the length of the bill parts A from B")
    two = [
        gt.responsibilities(penguins.X[:, [0, d]], marginal(mixture, [0, d])).argmax(axis=1) for d in others
    ]
    assert min(np.mean(labels == penguins.z) for labels in two) > 0.93

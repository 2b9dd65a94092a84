"""What notebook 13 says."""

import numpy as np
from lesson import after
from scipy import stats
from scipy.special import xlogy
from sklearn.mixture import GaussianMixture

import gmm_teach as gt


@after("refit")
def what_a_resample_leaves_out(resamples, geyser, says):
    n = len(geyser.X)
    says(f"and about {100 * (1 - 1 / n) ** n:.0f} % of them not at all")
    shares = [len(np.unique(X, axis=0)) for X in resamples]
    distinct = len(np.unique(geyser.X, axis=0))
    assert max(shares) < distinct
    assert len(resamples) == 200


@after("see-humps")
def two_humps(named_a, fit, geyser, says):
    means = np.sort(fit.mixture.means[:, 0])
    says(f"Two humps far apart: at {means[0]:.1f} and at {means[1]:.1f} minutes.")
    says(f"One narrow hump at {fit.mixture.means[0, 0]:.1f} minutes, where A is in the fit above.")
    says(f"One wide hump around {geyser.X[:, 0].mean():.1f} minutes, the mean of all the eruptions.")
    near = np.abs(named_a[:, np.newaxis] - means) < 0.15
    assert near.sum(axis=0).min() > 80
    assert near.sum() == 194


@after("count-behind")
def stuck_refits(matched, began_at_fit, behind, refits, fit, geyser, says):
    stray = np.sort(matched)[:6]
    assert stray[0] > 3.3
    assert stray[-1] < 3.9
    assert np.sort(matched)[6] > 4.15
    says(f"matching has put {np.sum(matched > 4.15)} refits into one hump.")
    says("Six others lie between 3.3 and 3.9 minutes.")
    assert np.sum(behind > 0.1) == 7
    assert behind.min() > -0.01  # begun at the fit, none ends lower
    assert behind[matched < 4.15].min() > 100
    for one, value in zip(refits, matched, strict=True):
        if value < 4.15:  # both components cover both kinds of eruptions
            shares = one.mixture
            labels = gt.responsibilities(geyser.X, fit.mixture).argmax(axis=1)
            counts = gt.responsibilities(geyser.X, shares)
            assert all(counts[labels == kind, k].sum() > 2 for kind in (0, 1) for k in (0, 1))
    assert began_at_fit.min() > 4.15


@after("see-interval")
def the_third_line(by_start, matched, fit, says):
    low, high = np.quantile(by_start["began at the fit"], [0.025, 0.975])
    mean = fit.mixture.means[0, 0]
    assert max(high - mean, mean - low) < 0.07
    says(f"a mean of {mean:.2f} minutes, give or take less than 0.07.")
    assert 4 < 0.025 * (len(matched) - 1) < 5  # between the fifth and the sixth lowest
    assert np.sum(matched < 4.15) == 6
    says(f"The **percentile interval** of level {1 - 2 * 0.025} is the interval")
    says("leaves out 2.5 % of the refits below it and 2.5 % above.")
    assert round(stats.norm.ppf(0.975), 2) == 1.96
    says("plus and minus 1.96 standard errors is an interval of level 0.95")


@after("compute-bootstrap")
def bootstrap_beside_information(again, fit, resampled, curved, units, values, names, geyser, says):
    orders = [gt.match_components(one.mixture, fit.mixture).tolist() for one in again]
    assert orders == [[0, 1]] * 200
    lengths = np.diff(resampled)[:, 0] / np.diff(curved)[:, 0]
    assert names[lengths.argmax()] == "deviation B, eruption"
    apart = np.abs(resampled - curved).max(axis=1) / units
    assert names[apart.argmax()] == "deviation B, eruption"
    rng = np.random.default_rng(0)
    drawn = [np.quantile(values[rng.integers(200, size=200)], (0.025, 0.975), axis=0) for _ in range(300)]
    assert 0.15 < np.median(np.std(drawn, axis=0) / units) < 0.25
    says("An end that comes from 200 refits is itself unsure by about 0.2 of a standard error.")
    assert np.sort(apart)[-2] < 0.6 < apart.max()
    says("So differences of up to half of one say little, and here no more is to be seen, with one exception")
    says(f"There the bootstrap interval is {lengths.max():.1f} times as long.")
    short = geyser.X[fit.responsibilities[:, 1] > 0.5, 0]
    says(
        f"they stop at {short.min()} minutes on one side, and reach twice as far from their mean on the other"
    )
    assert stats.skew(short) > 0.8
    assert round((short.max() - short.mean()) / (short.mean() - short.min())) == 2
    assert stats.kurtosis(short) > 0  # more far values than a Gaussian has


def from_vector(v):
    """Weights, means, and covariances (2, 2, 2) from a weight, four coordinates, four deviations, two r."""
    sizes, r = v[5:9].reshape(2, 2), v[9:]
    covariances = [np.outer(s, s) * [[1, c], [c, 1]] for s, c in zip(sizes, r, strict=True)]
    return (v[0], 1 - v[0]), v[1:5].reshape(2, 2), covariances


@after("compute-information")
def standard_errors_from_scipys_densities(fit, geyser, units, deviations):
    """Second derivatives in deviations and correlations, where the package takes variances."""

    def log_likelihood(v):
        pairs = zip(*from_vector(v), strict=True)
        return np.log(sum(w * stats.multivariate_normal(m, S).pdf(geyser.X) for w, m, S in pairs)).sum()

    sizes = deviations(fit.mixture)
    correlations = fit.mixture.covariances[:, 0, 1] / sizes.prod(axis=1)
    top = np.concatenate([fit.mixture.weights[:1], fit.mixture.means.ravel(), sizes.ravel(), correlations])
    steps = 0.02 * np.append(units, [0.05, 0.05])
    moves = np.diag(steps)
    second = np.empty((11, 11))
    for i in range(11):
        for j in range(11):
            corners = [
                (a * b) * log_likelihood(top + a * moves[i] + b * moves[j]) for a in (1, -1) for b in (1, -1)
            ]
            second[i, j] = sum(corners) / (4 * steps[i] * steps[j])
    exact = np.sqrt(np.linalg.inv(-second).diagonal())
    np.testing.assert_allclose(units, exact[:9], rtol=2e-3)


@after("count-null")
def the_law_fails(null, threshold, degrees, says):
    assert degrees == 3
    assert np.isclose(threshold, stats.chi2.isf(0.05, 3))
    says(f"About {np.sum(null > threshold)}, twice as many as the law promises.")
    says(f"About {round(0.05 * 99)}, as the law promises for any model.")
    assert stats.kstest(null, stats.chi2(3).cdf).pvalue < 0.001


@after("count-null")
def scikit_learn_goes_on_from_there(ratio):
    rng = np.random.default_rng(2)
    for _ in range(3):
        X = rng.standard_normal((100, 2))
        one = 100 * GaussianMixture(1, covariance_type="tied", reg_covar=0).fit(X).score(X)
        two = gt.fit(X, 2, covariance_type="tied", starts=1, seed=0, tol=1e-5).mixture
        at = {"weights_init": two.weights, "means_init": two.means}
        at["precisions_init"] = np.linalg.inv(two.covariances[0])
        options = {"covariance_type": "tied", "reg_covar": 0, "max_iter": 5000, **at}
        same, further = (
            2 * (100 * GaussianMixture(2, tol=tol, **options).fit(X).score(X) - one) for tol in (1e-5, 1e-7)
        )
        assert 0 <= same - ratio(X, 1) < 0.01
        assert same <= further  # "Better fits would give larger ratios still"


@after("see-bic")
def mclusts_numbers(tied, observed, simulated, geyser, says):
    assert observed > simulated.max()
    says(
        "The observed ratio lies beyond all 99, so the p-value is 0.01, as small as 99 simulations can show."
    )
    says("Thirteen of the simulated ratios are below 0.")
    assert np.sum(simulated < 0) == 13
    says(f"{observed:.2f} is far above all that better fits could make of them.")
    scores = {K: gt.bic(one) for K, one in tied.items()}
    assert min(scores, key=scores.get) == 3
    own = [gt.bic(gt.fit(geyser.X, K, start="mixed", seed=0)) for K in (2, 3)]
    assert own[0] < own[1]
    says(f"BIC prefers two: {own[0]:.2f} against {own[1]:.2f}.")
    documented = -1126.326
    says(f"documents a log-likelihood of {documented}.")
    says(f"Ours is {tied[3].log_likelihood - documented:.2f} higher")
    assert abs(scores[4] - 2320.207) < 0.1  # mclust's BIC of EEE, 4, with the other sign
    model = GaussianMixture(3, covariance_type="tied", tol=1e-7, n_init=3, max_iter=2000, random_state=0)
    assert abs(272 * model.fit(geyser.X).score(geyser.X) - tied[3].log_likelihood) < 0.01


@after("see-doubts")
def doubtful_points(shares, tied, geyser, fit, says):
    unsure = np.sum(shares.max(axis=1) < 0.9)
    says(f"{unsure} of the {len(geyser.X)} points have an uncertainty above 0.1.")
    long = fit.responsibilities[:, 0] > 0.5
    assert shares[long, 0].max() < 0.9
    assert np.all(shares[~long].argmax(axis=1) == 0)
    assert tied[3].mixture.means[0, 0] < 3
    assert fit.mixture.covariances[0, 0, 0] > 2 * tied[3].mixture.covariances[0, 0, 0]


@after("see-icl")
def icl_and_bic(icls, tied, says):
    assert min(icls, key=icls.get) == 2
    for K, one in tied.items():
        penalty = -2 * xlogy(one.responsibilities, one.responsibilities).sum()
        assert np.isclose(icls[K], gt.bic(one) + penalty)
    hard = {K: gt.bic(one) - 2 * np.log(one.responsibilities.max(axis=1)).sum() for K, one in tied.items()}
    says(f"K = 3 has {hard[3]:.2f} and K = 2 has {hard[2]:.2f}.")
    assert min(hard, key=hard.get) == 2
    documented = 2357.824
    says(f"For K = 3 mclust documents {documented}.")
    assert abs(hard[3] - documented) < 1


@after("merge")
def whole_moons(of_moons, two_clusters, moons, says):
    scores = {K: gt.bic(one) for K, one in of_moons.items()}
    assert min(scores, key=scores.get) == 6
    assert gt.n_parameters(7, 2) - gt.n_parameters(6, 2) == 6
    labels = two_clusters.argmax(axis=1)
    assert np.all(labels == moons.z) or np.all(labels != moons.z)
    own = of_moons[6].responsibilities.argmax(axis=1)
    per_moon = [len(np.unique(own[moons.z == moon])) for moon in (0, 1)]
    assert per_moon == [3, 3]
    says("With two clusters all 300 points are with their moon")
    totals = []
    for n in range(6, 0, -1):
        merged = (
            of_moons[6].responsibilities @ np.eye(n)[gt.merge_components(of_moons[6].responsibilities, n)]
        )
        totals.append(-xlogy(merged, merged).sum())
    falls = [f"{fall:.1f}" for fall in -np.diff(totals)]
    says(f"Here it falls by {', '.join(falls[:4])} and {falls[4]}, without a clear one.")


@after("merge-geyser")
def one_cluster_of_long_eruptions(names_of, merged, shares, fit, says):
    assert names_of.tolist() == [0, 1, 1]
    assert np.sum(merged.max(axis=1) < 0.9) <= 2
    says(f"three tied components, and {np.sum(shares.max(axis=1) < 0.9)} points in doubt")
    long = fit.responsibilities[:, 0] > 0.5
    assert np.array_equal(merged[:, 1] > 0.5, long)


@after("fit-limits")
def symptoms(limits, bics, says):
    assert {name: one.reached for name, one in limits.items()} == {"ring": 1, "half moons": 6, "uniform": 5}
    assert len(limits["half moons"].steps) // 2 < 20
    assert len(limits["uniform"].steps) // 2 > 200
    assert {name: 1 + int(np.argmin(scores)) for name, scores in bics.items()} == {
        "ring": 7,
        "half moons": 6,
        "uniform": 2,
    }
    one, two, three = bics["uniform"][:3]
    says(f"three are as good: {two} and {three} are a draw.")
    assert one > three
    assert bics["uniform"][7] == max(bics["uniform"])
    assert gt.n_parameters(8, 2) - gt.n_parameters(1, 2) == 42
    says("They do fit better, but 42 more parameters cost more than they gain here.")


@after("fit-limits")
def even_points_are_never_one_bell():
    for seed in range(4):
        X = gt.datasets.uniform(300, seed).X
        scores = [gt.bic(gt.fit(X, K, starts=2, seed=0)) for K in (1, 2, 3)]
        assert scores[0] > min(scores[1:])


@after("see-thin")
def flat_space(thin):
    assert np.linalg.matrix_rank(thin - thin.mean(axis=0)) == 9
    assert thin.shape == (10, 20)
    scores = [gt.fit(thin, 2, seed=0, starts=1, reg_covar=f).log_likelihood for f in (1e-2, 1e-4, 1e-6)]
    assert np.all(np.diff(scores) > 100)


def log_prior(mixture, a, nu, Psi):
    D = mixture.n_features
    spread = sum(stats.invwishart(nu, Psi).logpdf(S) for S in mixture.covariances)
    assert len(Psi) == D
    return spread + stats.dirichlet(np.full(len(mixture.weights), a)).logpdf(mixture.weights)


@after("see-map")
def map_climbs_the_posterior(plain, with_prior, a, nu, Psi, says):
    assert sum(one.status == "collapsed" for one in plain) > 5
    assert all(one.status != "collapsed" for one in with_prior)
    falls = 0
    for one in with_prior:
        mixtures = [step.mixture for step in one.steps if step.kind == "E"]
        posterior = one.log_likelihoods + [log_prior(mixture, a, nu, Psi) for mixture in mixtures]
        assert np.diff(posterior).min() > -1e-9
        falls += np.diff(one.log_likelihoods).min() < -1e-6
    assert falls > 0  # "That may fall a little on the way"
    says("What rises at every iteration is the sum of log-likelihood and log-prior.")


@after("see-map")
def the_prior_is_a_least_variance(with_prior, few, nu, Psi):
    for one in with_prior:
        N_k = one.steps[-3].responsibilities.sum(axis=0)
        for S, n in zip(one.mixture.covariances, N_k, strict=True):
            least = Psi / (n + nu + 2 + 1)
            assert np.linalg.eigvalsh(S - least).min() > -1e-12
    assert (len(few), len(one.mixture.weights)) == (30, 5)


@after("see-map")
def variances_come_out_smaller(with_prior, plain, few, a, nu, Psi, says):
    free = [one.mixture for one in plain if one.status == "converged"]
    held = [one.mixture for one in with_prior]
    mean = [np.mean([w @ S.trace(axis1=1, axis2=2) for w, _, S in some]) for some in (free, held)]
    assert mean[1] < mean[0]
    assert (a, nu, nu + 2 + 1, len(few) / 5) == (2, 4, 7, 6)
    assert np.array_equal(Psi / (nu - 2 - 1), Psi)
    says(f"$\\Psi / (\\nu - D - 1) = \\Psi$. And $\\Psi = {Psi[0, 0]} \\, I$ says")
    says(f"we think of round bells with variances around {Psi[0, 0]}.")


@after("see-missing")
def unmeasured_birds(birds, shares_of_seen, penguins, measured, says):
    path = f"{gt.datasets.FOLDER}/penguins.csv"
    rows = np.genfromtxt(path, delimiter=",", dtype=str, skip_header=1)
    says(f"The file of the penguins has {len(rows)} birds. The course uses {len(penguins.X)}.")
    assert np.sum(np.all(rows[:, 2:6] == "", axis=1)) == len(rows) - len(penguins.X) == 2
    assert np.sum(np.isnan(measured).all(axis=1)) == np.sum(np.isnan(measured).any(axis=1)) == 2
    assert np.array_equal(shares_of_seen(np.full(4, np.nan), birds.mixture), birds.mixture.weights)
    x, (weights, means, covariances) = penguins.X[7].copy(), birds.mixture
    x[[1, 3]] = np.nan
    seen = [0, 2]
    densities = [
        stats.multivariate_normal(m[seen], S[np.ix_(seen, seen)]).pdf(x[seen])
        for m, S in zip(means, covariances, strict=True)
    ]
    expected = weights * densities / np.sum(weights * densities)
    np.testing.assert_allclose(shares_of_seen(x, birds.mixture), expected, rtol=1e-9)


@after("see-hidden")
def the_column_that_counts_most(penguins, birds, full, shares_of_seen, says):
    kept = []
    for d in range(4):
        others = np.delete(np.arange(4), d)
        part = birds.mixture.covariances[:, others][:, :, others]
        marginal = gt.Mixture(birds.mixture.weights, birds.mixture.means[:, others], part)
        kept.append(np.sum(gt.responsibilities(penguins.X[:, others], marginal).argmax(axis=1) == full))
    assert penguins.columns[int(np.argmin(kept))].startswith("bill length")
    says(f"Without it, the other columns still place {min(kept)} of the 342 birds where they were.")


@after("see-noise")
def strangers_found(strangers, two_bells, cleaned, of_three, deviations, says):
    before, after_noise = deviations(two_bells.mixture), deviations(cleaned)
    assert before.argmax() == 0
    says(f"one of its deviations is {before.max():.1f}.")
    assert np.abs(after_noise - 1).max() < 0.1
    says("all four deviations are within 0.1 of the true 1.")
    called = of_three.argmax(axis=1) == 2
    true = strangers.z == 2
    assert (np.sum(called & true), np.sum(called & ~true), np.sum(~called & true)) == (11, 0, 2)
    missed = gt.log_density(strangers.X[true & ~called], cleaned)
    assert missed.min() > np.quantile(gt.log_density(strangers.X[~true], cleaned), 0.01)


@after("see-noise")
def noise_is_a_component_of_its_own(strangers, two_bells, with_noise):
    """The shares and the climb, with SciPy's densities."""
    X, scores = strangers.X, []
    mixture, noise = two_bells.mixture, 0.1
    volume = np.prod(X.max(axis=0) - X.min(axis=0))
    for _ in range(3):
        bells = [stats.multivariate_normal(m, S).pdf(X) for _, m, S in zip(*mixture, strict=True)]
        total = noise / volume + (1 - noise) * mixture.weights @ np.array(bells)
        scores.append(np.log(total).sum())
        mixture, noise, shares = with_noise(X, mixture, noise)
    assert np.all(np.diff(scores) > -1e-6)
    np.testing.assert_allclose(shares[:, 2], (noise / volume) / total, atol=1e-3)


@after("see-dirichlet")
def the_weights_of_the_larger_models(weights_of, fit, says):
    for kind in ("dirichlet_distribution", "dirichlet_process"):
        top = weights_of[kind, 0.01]
        assert np.allclose(top[:2], fit.mixture.weights, atol=0.005)
        says(f"nearly all the weight to two: {top[0]:.2f} and {top[1]:.2f}, as in our fit with K = 2.")
    says("With a strength of 0.01 both models leave")
    assert np.allclose(weights_of["dirichlet_distribution", 1000], 1 / 8, atol=0.01)
    assert weights_of["dirichlet_process", 1000][:2].sum() > 0.97

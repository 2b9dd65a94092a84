"""Answers to the exercises of notebook 03."""

import numpy as np

import gmm_teach as gt


def densities(X, mixture):
    return [np.exp(gt.log_gaussian(X, m, S)) for m, S in zip(*mixture[1:], strict=True)]


def by_point(X, mixture):
    X = np.asarray(X)
    return [
        sum(w * float(np.exp(gt.log_gaussian(x[None], m, S)[0])) for w, m, S in zip(*mixture, strict=True))
        for x in X
    ]


def written_out(X, mixture):
    D, total = X.shape[1], 0
    for w, m, S in zip(*mixture, strict=True):
        d = X - m
        squares = np.einsum("ni,ij,nj->n", d, np.linalg.inv(S), d)
        total = total + w * np.exp(-squares / 2) / np.sqrt((2 * np.pi) ** D * np.linalg.det(S))
    return total


def by_eigenvectors(X, mixture):
    total = np.zeros(len(X))
    for w, m, S in zip(*mixture, strict=True):
        values, vectors = np.linalg.eigh(S)
        y = (X - m) @ vectors / np.sqrt(values)
        total += w * np.prod(np.exp(-(y**2) / 2) / np.sqrt(2 * np.pi * values), axis=1)
    return total


def one_at_a_time(weights, means, variances, n, rng):
    x = []
    for _ in range(n):
        z = rng.choice(len(weights), p=weights)
        x.append(rng.normal(means[z], variances[z] ** 0.5))
    return x


def by_needle(weights, means, variances, n, rng):
    z = np.searchsorted(np.cumsum(weights), rng.random(n))
    return rng.normal(np.asarray(means)[z], np.sqrt(variances)[z])


def by_component(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    x = np.empty(n)
    for k in range(len(weights)):
        x[z == k] = rng.normal(means[k], np.sqrt(variances[k]), size=np.sum(z == k))
    return x


def by_counts(weights, means, variances, n, rng):
    counts = rng.multinomial(n, weights)
    x = np.repeat(means, counts) + np.repeat(np.sqrt(variances), counts) * rng.standard_normal(n)
    rng.shuffle(x)
    return x


def all_and_pick(weights, means, variances, n, rng):
    x = rng.normal(means, np.sqrt(variances), size=(n, len(means)))
    return x[np.arange(n), rng.choice(len(means), size=n, p=weights)]


def in_single(weights, means, variances, n, rng):
    return by_needle(weights, means, variances, n, rng).astype(np.float32)


def three_only(weights, means, variances, n, rng):
    return by_component(weights[:3] / sum(weights[:3]), means, variances, n, rng)


def never_last(weights, means, variances, n, rng):
    z = rng.choice(len(weights) - 1, size=n, p=weights[:-1] / weights[:-1].sum())
    return rng.normal(means[z], np.sqrt(variances[z]))


def fixed_noise(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    return means[z] + np.sqrt(variances)[z] * np.random.default_rng(3).standard_normal(n)


def seeded_labels(weights, means, variances, n, rng):
    z = np.random.default_rng(0).choice(len(weights), size=n, p=weights)
    return rng.normal(means[z], np.sqrt(variances[z]))


def old_numpy(weights, means, variances, n, rng):
    z = np.random.choice(len(weights), size=n, p=weights)  # noqa: NPY002
    return np.random.normal(means[z], np.sqrt(variances[z]))  # noqa: NPY002


def ten_thousand(weights, means, variances, n, rng):
    return by_component(weights, means, variances, 10_000, rng)


def laplace(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    return rng.laplace(means[z], np.sqrt(variances[z] / 2))


def each_twice(weights, means, variances, n, rng):
    return np.repeat(by_needle(weights, means, variances, n // 2, rng), 2)


def neighbours(weights, means, variances, n, rng):
    z = np.repeat(rng.choice(len(weights), size=n // 2, p=weights), 2)
    return rng.normal(means[z], np.sqrt(variances[z]))


def same_noise(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    return means[z] + np.sqrt(variances)[z] * rng.standard_normal()


def equal_weights(weights, means, variances, n, rng):
    return by_needle(np.full(len(weights), 1 / len(weights)), means, variances, n, rng)


def weights_in_reverse(weights, means, variances, n, rng):
    return by_needle(weights[::-1], means, variances, n, rng)


def variance_over_two(weights, means, variances, n, rng):
    return by_needle(weights, means, variances / 2, n, rng)


def no_tails(weights, means, variances, n, rng):
    z = rng.choice(len(weights), size=n, p=weights)
    return means[z] + np.sqrt(variances)[z] * np.clip(rng.standard_normal(n), -1.5, 1.5)


def rounded(weights, means, variances, n, rng):
    return by_needle(weights, means, variances, n, rng).round(1)


WRONG = {
    "mixture_pdf": [
        lambda X, m: np.exp(gt.log_joint(X, m)).sum(axis=1),
        lambda X, m: np.exp(gt.log_density(X, m)),
        lambda X, m: sum(w * d for w, d in zip(m.weights[:3], densities(X, m), strict=False)),
        lambda X, m: 0.2 * densities(X, m)[0] + 0.5 * densities(X, m)[-1],
        lambda X, m: sum(densities(X, m)) / 3,
        lambda X, m: sum(w * d for w, d in zip(np.sort(m.weights), densities(X, m), strict=True)),
        lambda X, m: written_out(X, m) * (2 * np.pi) ** (X.shape[1] / 2),
        lambda X, m: written_out(X, m) * (2 * np.pi) ** (X.shape[1] / 2 - 1),
        lambda X, m: written_out(X[:, :2], gt.Mixture(m.weights, m.means[:, :2], m.covariances[:, :2, :2])),
        lambda X, m: written_out(X, gt.Mixture(m.weights, m.means, m.covariances * np.eye(X.shape[1]))),
        lambda X, m: written_out(X, gt.Mixture(m.weights, m.means, [m.covariances[0]] * len(m.weights))),
        lambda X, m: written_out(X[:7], m),
        lambda X, m: written_out(X - X.mean(axis=0), m),
        lambda X, m: written_out(X, m) + 1e-10,
        lambda X, m: np.round(written_out(X, m), 4),
        lambda X, m: written_out(X, m)[:, np.newaxis],
        lambda X, m: written_out(X, m).sum(),
    ],
    "sample": [
        three_only,
        never_last,
        fixed_noise,
        seeded_labels,
        old_numpy,
        ten_thousand,
        laplace,
        each_twice,
        neighbours,
        same_noise,
        equal_weights,
        weights_in_reverse,
        variance_over_two,
        no_tails,
        rounded,
        lambda w, m, v, n, rng: gt.sample(gt.Mixture(w, m[:, None], v[:, None, None]), n, rng)[0][:, 0],
    ],
    "points_in_bar": [0.141, 0, 283, 281, 280, 564, 0.0705, 28200, 2820, -282, "282", 4000, 282.4],
    "first_with_two_bumps": [2, 2.2, 2.5, 3, 3.1, 3.2, 3.25, 3.4, 3.5, 4, 33, -3.3, "3.3", 2.1],
}
RIGHT = {
    "mixture_pdf": [
        by_point,
        written_out,
        by_eigenvectors,
        lambda X, m: m.weights @ densities(X, m),
        lambda X, m: np.average(densities(X, m), axis=0, weights=m.weights),
        lambda X, m: written_out(X, m).astype(np.float32),
        lambda X, m: np.einsum("k,kn->n", m.weights, densities(X, m)).tolist(),
    ],
    "sample": [one_at_a_time, by_needle, by_component, by_counts, all_and_pick, in_single],
    "points_in_bar": [282, 282.0, [282], np.array(282), np.int64(282), 0.141 * 0.5 * 4000],
    "first_with_two_bumps": [
        3.3,
        [3.3],
        np.float64(3.3),
        np.array([3.3]),
        np.arange(20, 40)[13] / 10,
        33 / 10,
    ],
}

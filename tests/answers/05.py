"""Answers to the exercises of notebook 05."""

import numpy as np
from scipy import spatial, stats

import gmm_teach as gt


def parts(x, z, K):
    one = np.eye(K)[z]
    counts = one.sum(axis=0)
    means = x @ one / counts
    return counts / len(x), means, ((x[:, np.newaxis] - means) ** 2 * one).sum(axis=0) / counts


def by_loop(x, z, K):
    weights, means, variances = [], [], []
    for k in range(K):
        own = [value for value, label in zip(x, z, strict=True) if label == k]
        mean = sum(own) / len(own)
        weights.append(len(own) / len(x))
        means.append(mean)
        variances.append(sum((value - mean) ** 2 for value in own) / len(own))
    return weights, means, variances


def by_bincount(x, z, K):
    counts = np.bincount(z, minlength=K)
    means = np.bincount(z, x, K) / counts
    return counts / len(x), means, np.bincount(z, (x - means[z]) ** 2, K) / counts


def by_cov(x, z, K):
    own = [x[z == k] for k in range(K)]
    return (
        np.array([np.mean(z == k) for k in range(K)]),
        [o.mean() for o in own],
        [float(np.cov(o, bias=True)) for o in own],
    )


def joint(x, weights, means, variances):
    return weights * stats.norm.pdf(x[:, np.newaxis], means, np.sqrt(variances))


def shares(x, weights, means, variances):
    a = np.log(weights) + stats.norm.logpdf(x[:, np.newaxis], means, np.sqrt(variances))
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def written_out(x, weights, means, variances):
    d = x[:, np.newaxis] - means
    j = weights / np.sqrt(2 * np.pi * variances) * np.exp(-(d**2) / 2 / variances)
    return (j.T / j.sum(axis=1)).T


def shares_by_loop(x, weights, means, variances):
    table = []
    for value in x:
        row = [
            w * np.exp(-((value - m) ** 2) / (2 * v)) / v**0.5
            for w, m, v in zip(weights, means, variances, strict=True)
        ]
        table.append([one / sum(row) for one in row])
    return table


def labels_by_loop(X, means):
    found = []
    for x in X:
        squares = [float(np.sum((x - mean) ** 2)) for mean in means]
        found.append(squares.index(min(squares)))
    return found


def expanded(X, means):
    return np.argmin(np.round((means**2).sum(axis=1) - 2 * X @ means.T, 9), axis=1)


WRONG = {
    "labelled_mle": [
        lambda x, z, K: parts(x, z, 3),
        lambda x, z, K: tuple(part[:2] for part in parts(x, z, K)),
        lambda x, z, K: parts(x[:7], z[:7], K),
        lambda x, z, K: parts(np.sort(x), z, K),
        lambda x, z, K: parts(x, np.sort(z), K),
        lambda x, z, K: parts(x, (z + 1) % K, K),
        lambda x, z, K: (parts(x, z, K)[0], parts(x, z, K)[1], np.ones(K)),
        lambda x, z, K: (parts(x, z, K)[0], np.arange(K) * 1.0, parts(x, z, K)[2]),
        lambda x, z, K: (np.sort(parts(x, z, K)[0]), *parts(x, z, K)[1:]),
        lambda x, z, K: (parts(x, z, K)[0] * len(x) / 7, *parts(x, z, K)[1:]),
        lambda x, z, K: (parts(x, z, K)[0] ** 0.5, *parts(x, z, K)[1:]),
        lambda x, z, K: (*parts(x, z, K)[:2], parts(x, z, K)[2] ** 2),
        lambda x, z, K: (*parts(x, z, K)[:2], parts(x, z, K)[2] + 1e-6),
        lambda x, z, K: [part.round(2) for part in parts(x, z, K)],
        lambda x, z, K: parts(x, z, K)[:2],
        lambda x, z, K: np.array(parts(x, z, K)).T,
    ],
    "soft_assign_1d": [
        lambda x, w, m, v: gt.responsibilities(x[:, None], gt.Mixture(w, m[:, None], v[:, None, None])),
        lambda x, w, m, v: shares(x, w, m, np.full_like(v, v.mean())),
        lambda x, w, m, v: shares(x, w, m, np.full_like(v, v[0])),
        lambda x, w, m, v: shares(x, w, m, 2 * v),
        lambda x, w, m, v: shares(x, w, m, v / 2),
        lambda x, w, m, v: shares(x, np.sqrt(w), m, v),
        lambda x, w, m, v: shares(x, np.sort(w), m, v),
        lambda x, w, m, v: shares(x, w, np.sort(m), v),
        lambda x, w, m, v: shares(x, w, m, v)[:7],
        lambda x, w, m, v: shares(x, w, m, v)[:, :3],
        lambda x, w, m, v: shares(x, w, m, v).T,
        lambda x, w, m, v: shares(x - x.mean(), w, m, v),
        lambda x, w, m, v: shares(x, w, m, v).round(3),
        lambda x, w, m, v: joint(x, w, m, v) / (joint(x, w, m, v).sum(axis=1, keepdims=True) + 1e-5),
        lambda x, w, m, v: joint(x, w, m, v) / joint(x, w, m, v).max(axis=1, keepdims=True),
        lambda x, w, m, v: shares(x, w, m, v)[:, ::-1],
    ],
    "kmeans_assign": [
        lambda X, means: gt.kmeans.assign_step(X, means),
        lambda X, means: np.minimum(labels_by_loop(X, means), 2),
        lambda X, means: labels_by_loop(X, means[:3]),
        lambda X, means: labels_by_loop(X[:, :2], means[:, :2]),
        lambda X, means: labels_by_loop(X[:4], means),
        lambda X, means: labels_by_loop(X[::-1], means),
        lambda X, means: labels_by_loop(X, means[::-1]),
        lambda X, means: labels_by_loop(np.round(X, 0), np.round(means, 0)),
        lambda X, means: labels_by_loop(X, means - means.mean(axis=0)),
        lambda X, means: labels_by_loop(X, np.zeros_like(means)),
        lambda X, means: np.eye(len(means))[labels_by_loop(X, means)],
        lambda X, means: labels_by_loop(means, X),
        lambda X, means: means[labels_by_loop(X, means)],
        lambda X, means: np.argmin(means.sum(axis=1)) * np.ones(len(X)),
    ],
}
RIGHT = {
    "labelled_mle": [
        parts,
        by_loop,
        by_bincount,
        by_cov,
        lambda x, z, K: tuple(part.astype(np.float32) for part in parts(x - 0.0, z, K)),
        lambda x, z, K: np.array(parts(x, z, K)),
        lambda x, z, K: list(parts(x, z, K)),
    ],
    "soft_assign_1d": [
        shares,
        written_out,
        shares_by_loop,
        lambda x, w, m, v: shares(x, w, m, v).astype(np.float32),
        lambda x, w, m, v: np.array([j / j.sum() for j in joint(x, w, m, v)]),
        lambda x, w, m, v: np.exp(np.log(joint(x, w, m, v)) - np.log(joint(x, w, m, v).sum(axis=1))[:, None]),
        lambda x, w, m, v: shares(x, w, m, v).tolist(),
    ],
    "kmeans_assign": [
        labels_by_loop,
        expanded,
        lambda X, means: np.array(labels_by_loop(X, means), dtype=float),
        lambda X, means: spatial.distance.cdist(X, means).argmin(axis=1),
        lambda X, means: np.linalg.norm(X[:, None] - means, axis=2).argmin(axis=1),
        lambda X, means: np.einsum("nkd,nkd->nk", X[:, None] - means, X[:, None] - means).argmin(axis=1),
        lambda X, means: (-(np.square(X[:, None] - means).sum(axis=-1))).argmax(axis=1),
    ],
}

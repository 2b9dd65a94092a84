"""Answers to the exercises of notebook 14."""

import numpy as np


def sums(X, r):
    return r.sum(axis=0), r.T @ X, np.einsum("nk,na,nb->kab", r, X, X)


def row_by_row(X, r):
    K, D = r.shape[1], X.shape[1]
    counts, totals, squares = np.zeros(K), np.zeros((K, D)), np.zeros((K, D, D))
    for x, shares in zip(X, r, strict=True):
        for k, share in enumerate(shares):
            counts[k] += share
            totals[k] += share * x
            squares[k] += share * np.outer(x, x)
    return counts, totals, squares


def by_component(X, r):
    squares = [(shares[:, None] * X).T @ X for shares in r.T]
    return [shares.sum() for shares in r.T], [shares @ X for shares in r.T], squares


def with_sums(part, change):
    def attempt(X, r):
        parts = list(sums(X, r))
        parts[part] = change(X, r, parts[part])
        return parts

    return attempt


def added(a, b):
    return [one + other for one, other in zip(a, b, strict=True)]


def by_name(a, b):
    (n, s, q), (m, t, u) = a, b
    return n + m, s + t, q + u


def with_added(part, change):
    def attempt(a, b):
        parts = added(a, b)
        parts[part] = change(a[part], b[part])
        return parts

    return attempt


def parameters(counts, sums, squares):
    means = sums / counts[:, None]
    return counts / counts.sum(), means, squares / counts[:, None, None] - means[:, :, None] * means[:, None]


def in_a_loop(counts, sums, squares):
    means = [s / n for s, n in zip(sums, counts, strict=True)]
    covariances = [q / n - np.outer(m, m) for q, n, m in zip(squares, counts, means, strict=True)]
    return [n / sum(counts) for n in counts], means, covariances


def about_the_mean(counts, sums, squares):
    """The sum of squares about the mean, and then its division."""
    means = sums / counts[:, None]
    spread = squares - np.einsum("ka,kb->kab", sums, means)
    return counts / np.sum(counts), means, spread / counts[:, None, None]


def changed(part, change):
    def attempt(counts, sums, squares):
        parts = list(parameters(counts, sums, squares))
        parts[part] = change(parts[part], counts)
        return parts

    return attempt


def added_in_place(a, b):
    for one, other in zip(a, b, strict=True):
        one += other
    return a


WRONG = {
    "block_sums": [
        lambda X, r: sums(X, r)[:2],
        lambda X, r: sums(X, r)[::-1],
        lambda X, r: sums(X[1:], r[1:]) if len(X) > 1 else sums(X, r),
        lambda X, r: sums(X - X.mean(axis=0), r),
        lambda X, r: sums(X, r / r.sum(axis=0)),
        lambda X, r: sums(X, np.full(r.shape, 1 / r.shape[1])),
        lambda X, r: [part[:3] for part in sums(X, r)],
        lambda X, r: [part[..., :2] for part in sums(X, r)],
        with_sums(0, lambda X, r, counts: counts.round()),
        with_sums(0, lambda X, r, counts: np.full(len(counts), len(X) / len(counts))),
        with_sums(1, lambda X, r, totals: np.abs(totals)),
        with_sums(1, lambda X, r, totals: totals[::-1]),
        with_sums(2, lambda X, r, squares: np.abs(squares)),
        with_sums(2, lambda X, r, squares: np.triu(squares)),
        with_sums(2, lambda X, r, squares: squares / 2),
        with_sums(2, lambda X, r, squares: np.einsum("nk,na,nb->kab", np.sqrt(r), X, X)),
        with_sums(2, lambda X, r, squares: np.array([np.cov(X.T, aweights=w, ddof=0) for w in r.T])),
        lambda X, r: (r.sum(axis=1), r.T @ X, sums(X, r)[2]),
    ],
    "merge": [
        added_in_place,
        lambda a, b: [*a, *b],
        lambda a, b: np.sqrt(2) * added(a, b)[0],
        lambda a, b: [np.concatenate([one, other]) for one, other in zip(a, b, strict=True)],
        lambda a, b: [np.hypot(one, other) for one, other in zip(a, b, strict=True)],
        lambda a, b: [other - one for one, other in zip(a, b, strict=True)],
        lambda a, b: [np.minimum(one, other) for one, other in zip(a, b, strict=True)],
        lambda a, b: [2 * one for one in a],
        lambda a, b: [one + other.mean() for one, other in zip(a, b, strict=True)],
        with_added(0, lambda one, other: (one + other) / 2),
        with_added(1, lambda one, other: (one + other) / 2),
        with_added(2, lambda one, other: (one + other) / 2),
        with_added(2, lambda one, other: other),
        with_added(1, lambda one, other: one),
        with_added(0, lambda one, other: one),
        lambda a, b: added(a, b)[::-1],
        lambda a, b: sum(added(a, b)[0]),
    ],
    "m_step_from_sums": [
        changed(0, lambda weights, counts: weights[::-1]),
        changed(0, lambda weights, counts: np.sqrt(weights)),
        changed(0, lambda weights, counts: counts / counts.max()),
        changed(0, lambda weights, counts: counts / 7),
        changed(0, lambda weights, counts: counts / 10),
        changed(1, lambda means, counts: means[::-1]),
        changed(1, lambda means, counts: means - means.mean(axis=0)),
        changed(1, lambda means, counts: means[:, ::-1]),
        changed(2, lambda S, counts: S + 1e-3 * np.eye(S.shape[1])),
        changed(2, lambda S, counts: S * (counts / (counts - 1))[:, None, None]),
        changed(2, lambda S, counts: np.array([S.mean(axis=0)] * len(S))),
        changed(2, lambda S, counts: np.abs(S)),
        changed(2, lambda S, counts: np.linalg.inv(S + np.eye(S.shape[1]))),
        changed(2, lambda S, counts: S * counts[:, None, None]),
        lambda counts, sums, squares: parameters(counts, sums, squares)[::-1],
        lambda counts, sums, squares: parameters(counts, sums, squares)[:2],
        lambda counts, sums, squares: [part[:2] for part in parameters(counts, sums, squares)],
    ],
    "numbers_back": [8, 5, 10, 66, 8 * 66 * 5 + 8, 331 * 8, 2641, 66 * 40.5, -2640, 8 * 100, 19, "many", 0],
}

RIGHT = {
    "block_sums": [
        sums,
        row_by_row,
        by_component,
        lambda X, r: [part.tolist() for part in sums(X, r)],
        lambda X, r: [part.astype(np.float32) for part in sums(X, r)],
        with_sums(2, lambda X, r, squares: (squares + squares.swapaxes(1, 2)) / 2),
        lambda X, r: (np.ones(len(X)) @ r, (X.T @ r).T, np.tensordot(r, X[:, :, None] * X[:, None], (0, 0))),
    ],
    "merge": [
        added,
        by_name,
        lambda a, b: added(b, a),
        lambda a, b: tuple(map(np.add, a, b)),
        lambda a, b: [(one + other).tolist() for one, other in zip(a, b, strict=True)],
        lambda a, b: [np.sum([one, other], axis=0) for one, other in zip(a, b, strict=True)],
        lambda a, b: [(one + other).astype(np.float32) for one, other in zip(a, b, strict=True)],
    ],
    "m_step_from_sums": [
        parameters,
        in_a_loop,
        about_the_mean,
        lambda counts, sums, squares: [part.tolist() for part in parameters(counts, sums, squares)],
        changed(2, lambda S, counts: (S + S.swapaxes(1, 2)) / 2),
        changed(0, lambda weights, counts: 1 / (counts.sum() / counts)),
        changed(1, lambda means, counts: list(means)),
    ],
    "numbers_back": [2640, 2640.0, np.int64(2640), [2640], np.array(2640), 8 * 5 * 66, np.float32(2640)],
}

"""Answers to the exercises of notebook 10."""

from itertools import combinations

import numpy as np

import gmm_teach as gt

KINDS = gt.COVARIANCE_TYPES


def by_shape(full, tied, diag, spherical, rest=lambda K, D: K - 1 + K * D):
    shapes = dict(zip(KINDS, (full, tied, diag, spherical), strict=True))
    return lambda K, D, kind: rest(K, D) + shapes[kind](K, D)


def half(D):
    return D * (D + 1) // 2


PARTS = (lambda K, D: K * half(D), lambda K, D: half(D), lambda K, D: K * D, lambda K, D: K)
count = by_shape(*PARTS)


def step_by_step(K, D, covariance_type):
    total = (K - 1) + K * D
    if covariance_type == "full":
        total += sum(D - i for i in range(D)) * K
    elif covariance_type == "tied":
        total += sum(D - i for i in range(D))
    else:
        total += K * D if covariance_type == "diag" else K
    return total


def by_index(K, D, kind):
    each = len(np.triu_indices(D)[0])
    return K * (1 + D) - 1 + np.array([K * each, each, K * D, K])[KINDS.index(kind)]


def widths(X, triples):
    return [np.linalg.eigvalsh(np.cov(X[rows].T))[0] for rows in triples]


def in_a_loop(X, triples):
    best, least = None, np.inf
    for rows in triples:
        width = np.linalg.svd(X[rows] - X[rows].mean(axis=0), compute_uv=False).min()
        if width < least:
            best, least = rows, width
    return best


def all_of_them(X, triples):
    rows = np.array([*combinations(range(len(X)), 3)])
    return rows[np.argmin(widths(X, rows))]


def nearest(X, triples):
    spans = [np.ptp(X[rows], axis=0).sum() for rows in triples]
    return triples[np.argmin(spans)]


def spread_of_one(X, triples, column):
    return triples[np.argmin([X[rows, column].std() for rows in triples])]


WRONG = {
    "n_parameters": [
        lambda K, D, kind: 17,
        lambda K, D, kind: count(3, D, kind),
        lambda K, D, kind: count(K, 2, kind),
        lambda K, D, kind: count(K, D, "full"),
        lambda K, D, kind: count(K, D, "tied"),
        lambda K, D, kind: count(K, D, kind) + 1,
        lambda K, D, kind: count(K, D, kind) - 1,
        lambda K, D, kind: count(K, min(D, 2), kind),
        lambda K, D, kind: count(max(K, 2), D, kind),
        lambda K, D, kind: count(D, K, kind),
        lambda K, D, kind: K * (D + 1) + K * half(D) - 1 if kind == "full" else count(K, D, "diag"),
        by_shape(lambda K, D: K * half(D), lambda K, D: half(D), lambda K, D: D, lambda K, D: 1),
        by_shape(*PARTS, rest=lambda K, D: K * D - 1),
        by_shape(*PARTS, rest=lambda K, D: K - 1 + (K - 1) * D),
        by_shape(lambda K, D: K * (2 * D - 1), lambda K, D: 2 * D - 1, *PARTS[2:]),
        by_shape(lambda K, D: K * 3, lambda K, D: 3, *PARTS[2:]),
        gt.n_parameters,
        lambda K, D, kind: gt.n_parameters(K, D, kind),
    ],
    "bic": [
        lambda L, p, N: -2 * L + p * np.log(100),
        lambda L, p, N: -2 * L + 17 * np.log(N),
        lambda L, p, N: -2 * L,
        lambda L, p, N: p * np.log(N),
        lambda L, p, N: -2 * L + p * np.log(N - 1),
        lambda L, p, N: -2 * L + p * np.log(N + 1),
        lambda L, p, N: -2 * L + (p + 1) * np.log(N),
        lambda L, p, N: 2 * abs(L) + p * np.log(N),
        lambda L, p, N: (-2 * L + p * np.log(N)) / N,
        lambda L, p, N: -2 * L * N + p * np.log(N),
        lambda L, p, N: -2 * np.log(abs(L)) + p * np.log(N),
        lambda L, p, N: -2 * (L + p * np.log(N)),
        lambda L, p, N: -2 * L + p * np.sqrt(N),
        lambda L, p, N: -2 * L + max(2 * p, p * np.log(N)) + p,
        lambda L, p, N: round(-2 * L + p * np.log(N)),
        lambda L, p, N: L - p * np.log(N),
    ],
    "most_in_line": [
        all_of_them,
        nearest,
        lambda X, triples: spread_of_one(X, triples, 0),
        lambda X, triples: spread_of_one(X, triples, 1),
        lambda X, triples: [60, 67, 79],
        lambda X, triples: triples[-1],
        lambda X, triples: triples[np.argmax(widths(X, triples))],
        lambda X, triples: np.argmin(widths(X, triples)),
        lambda X, triples: X[triples[np.argmin(widths(X, triples))]],
        lambda X, triples: min(widths(X, triples)),
        lambda X, triples: triples[np.argmin(widths(X, triples[:100]))],
        lambda X, triples: triples[np.argmin(widths(X / X.std(axis=0), triples))],
        lambda X, triples: triples[np.argmin(widths(X, triples))] + 1,
        lambda X, triples: triples[np.argmin([abs(np.cov(X[t].T)[0, 1]) for t in triples])],
        lambda X, triples: triples[np.argmax([abs(np.corrcoef(X[t].T)[0, 1]) for t in triples])],
    ],
}

RIGHT = {
    "n_parameters": [
        count,
        step_by_step,
        by_index,
        lambda K, D, kind: float(count(K, D, kind)),
        lambda K, D, kind: [count(K, D, kind)][0],
        lambda K, D, kind: np.float32(count(K, D, kind)),
        lambda K, D, kind: np.array(count(K, D, kind)),
    ],
    "bic": [
        lambda L, p, N: p * np.log(N) - 2 * L,
        lambda L, p, N: -2 * (L - p / 2 * np.log(N)),
        lambda L, p, N: np.float32(-2 * L + p * np.log(N)),
        lambda L, p, N: np.array(-2 * L + p * np.log(N)),
        lambda L, p, N: -2 * L + p * np.log10(N) * np.log(10),
        lambda L, p, N: sum([np.log(N)] * p) - 2 * L,
    ],
    "most_in_line": [
        in_a_loop,
        lambda X, triples: triples[np.argmin(widths(X, triples))],
        lambda X, triples: triples[np.argmin(widths(X, triples))][::-1],
        lambda X, triples: triples[np.argmin(widths(X, triples))].tolist(),
        lambda X, triples: tuple(triples[np.argmin(np.sqrt(np.abs(widths(X, triples))))]),
        lambda X, triples: triples[np.argmin(widths(X.astype(np.float32), triples))],
        lambda X, triples: min(triples, key=lambda t: np.linalg.eigvalsh(np.cov(X[t].T, bias=True)).min()),
    ],
}

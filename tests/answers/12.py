"""Answers to the exercises of notebook 12."""

import numpy as np

import gmm_teach as gt


def bound(X, mixture, r):
    return np.sum(r * (gt.log_joint(X, mixture) - np.log(r)))


def bound_in_loops(X, mixture, r):
    total, joint = 0.0, gt.log_joint(X, mixture)
    for n in range(len(X)):
        for k in range(mixture.n_components):
            total += r[n, k] * joint[n, k] - r[n, k] * np.log(r[n, k])
    return total


def bound_by_gap(X, mixture, r):
    return gt.log_likelihood(X, mixture) - gap(r, gt.responsibilities(X, mixture))


def gap(r, p):
    return np.sum(r * np.log(r / p))


def gap_in_loops(r, p):
    return sum(a * (np.log(a) - np.log(b)) for a, b in zip(np.ravel(r), np.ravel(p), strict=True))


def shares(d, sigma):
    logs = -d / (2 * sigma**2)
    values = np.exp(logs - logs.max(axis=1, keepdims=True))
    return values / values.sum(axis=1, keepdims=True)


def shares_in_loops(d, sigma):
    rows = []
    for row in d:
        values = [np.exp((min(row) - one) / (2 * sigma * sigma)) for one in row]
        rows.append([value / sum(values) for value in values])
    return rows


def plain(d, sigma):
    values = np.exp(-d / (2 * sigma**2))
    return values / values.sum(axis=1, keepdims=True)


WRONG = {
    "elbo": [
        lambda X, mixture, r: bound(X, mixture, np.full(r.shape, 1 / r.shape[1])),
        lambda X, mixture, r: bound(
            X, mixture._replace(weights=np.full(len(mixture.weights), 1 / len(mixture.weights))), r
        ),
        lambda X, mixture, r: bound(X, mixture, r[::-1]),
        lambda X, mixture, r: bound(X[::-1], mixture, r),
        lambda X, mixture, r: -bound(X, mixture, r),
        lambda X, mixture, r: bound(X, mixture, r) + 1,
        lambda X, mixture, r: np.sum((r * (gt.log_joint(X, mixture) - np.log(r)))[:, :3]),
        lambda X, mixture, r: np.sum((r * (gt.log_joint(X, mixture) - np.log(r)))[:7]),
        lambda X, mixture, r: np.sum(r * (gt.log_joint(X, mixture) - np.log(r)), axis=0),
        lambda X, mixture, r: np.sum(r * (gt.log_joint(X, mixture) - np.log(r)), axis=1),
        lambda X, mixture, r: gt.log_joint(X, mixture) - np.log(r),
        lambda X, mixture, r: np.exp(bound(X, mixture, r) / 100),
        lambda X, mixture, r: np.sum(r * np.log(gt.log_joint(X, mixture) / r)),
        lambda X, mixture, r: np.sum(np.exp(gt.log_joint(X, mixture)) * np.log(r)),
        lambda X, mixture, r: np.sum(r * (gt.log_joint(X, mixture) - np.log(r.sum(axis=1, keepdims=True)))),
        gt.elbo,
        lambda X, mixture, r: gt.elbo(X, mixture, r),
    ],
    "kl_gap": [
        lambda r, p: 0.0,
        lambda r, p: abs(r - p).sum(),
        lambda r, p: ((r - p) ** 2).sum(),
        lambda r, p: gap(r, p) + np.zeros(2),
        lambda r, p: np.sum(r * np.log(r / p), axis=1),
        lambda r, p: np.sum(r * np.log(r / p), axis=0),
        lambda r, p: np.max(r * np.log(r / p)),
        lambda r, p: (gap(r, p) + gap(p, r)) / 2,
        lambda r, p: np.sum((r * np.log(r / p))[:7]),
        lambda r, p: np.sum((r * np.log(r / p))[:, :3]),
        lambda r, p: np.sum(abs(r * np.log(r / p))),
        lambda r, p: gap(r, 1 / r.shape[1] + 0 * p),
        lambda r, p: -np.sum(r * np.log(r)),
        lambda r, p: np.log(np.sum(r * r / p)),
        lambda r, p: np.sum(r * np.log(r - p)),
    ],
    "rise": [1, -39.13, 40, 39, 38, 19.15 * 19.98, 19.15 / 19.98, -0.83, 9.98, 1e6, 3.913, 391.3],
    "shrinking_shares": [
        lambda d, sigma: shares(d, 0.8),
        lambda d, sigma: shares(d, 1.0),
        lambda d, sigma: shares(d, max(sigma, 0.5001)),
        lambda d, sigma: shares(d[:, ::-1], sigma),
        lambda d, sigma: shares(d[::-1], sigma),
        lambda d, sigma: np.full(d.shape, 1 / d.shape[1]),
        lambda d, sigma: 1 - shares(d, sigma),
        lambda d, sigma: d / d.sum(axis=1, keepdims=True),
        lambda d, sigma: (1 / d) / (1 / d).sum(axis=1, keepdims=True),
        lambda d, sigma: np.log(shares(d, sigma) + 1e-300),
        lambda d, sigma: shares(d, sigma).argmax(axis=1),
        lambda d, sigma: shares(d[:, :3], 2 * sigma),
        lambda d, sigma: np.exp(-d / (2 * sigma**2)) / np.exp(-d / (2 * sigma**2)).sum(),
        lambda d, sigma: np.exp(-d / (2 * sigma**2)).T / np.exp(-d / (2 * sigma**2)).sum(axis=1),
        lambda d, sigma: np.nan_to_num(plain(d, sigma)),
        plain,
    ],
}

RIGHT = {
    "elbo": [
        bound,
        bound_in_loops,
        bound_by_gap,
        lambda X, mixture, r: np.einsum("nk,nk->", r, gt.log_joint(X, mixture) - np.log(r)),
        lambda X, mixture, r: np.float32(bound(X, mixture, r)),
        lambda X, mixture, r: np.array(bound(X, mixture, r)),
        lambda X, mixture, r: np.vdot(r, gt.log_joint(X, mixture)) - np.sum(r * np.log(r)),
    ],
    "kl_gap": [
        gap,
        gap_in_loops,
        lambda r, p: -np.sum(r * np.log(p / r)),
        lambda r, p: np.vdot(r, np.log(r) - np.log(p)),
        lambda r, p: np.sum(r * np.log(r)) - np.sum(r * np.log(p)),
        lambda r, p: np.float32(gap(r, p)),
        lambda r, p: gap(r, p)[np.newaxis],
        lambda r, p: np.einsum("nk,nk->", r, np.log(r / p)),
    ],
    "rise": [39.13, [39.13], np.float32(39.13), np.array(39.13), 19.15 + 19.98, 39.1, np.float64(39.13)],
    "shrinking_shares": [
        shares,
        shares_in_loops,
        lambda d, sigma: shares(d, -sigma),
        lambda d, sigma: shares(d, sigma).astype(np.float32),
        lambda d, sigma: shares(d, sigma).tolist(),
        lambda d, sigma: np.exp(-d / (2 * sigma**2) - gt.log_sum_exp(-d / (2 * sigma**2))[:, np.newaxis]),
        lambda d, sigma: 1 / np.exp((d[:, :, np.newaxis] - d[:, np.newaxis]) / (2 * sigma**2)).sum(axis=2),
    ],
}

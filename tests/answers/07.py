"""Answers to the exercises of notebook 07 that its checks have not seen before."""

from fractions import Fraction
from math import fsum

import numpy as np
from scipy.stats import multivariate_normal

import gmm_teach as gt


def one(X, shares, *, count=None, weight=None, center=None, ddof=0.0):
    """Weight, mean and covariance of one component; each ingredient may be another."""
    N_k = np.sum(shares) if count is None else count
    mean = shares @ X / N_k
    offsets = X - (mean if center is None else center)
    spread = (shares[:, np.newaxis] * offsets).T @ offsets
    return (N_k / len(X) if weight is None else weight), mean, spread / (N_k - ddof)


def entry_by_entry(X, shares):
    (N, D), count = X.shape, fsum(shares)
    mean = [fsum(shares[i] * X[i, a] for i in range(N)) / count for a in range(D)]
    covariance = np.zeros((D, D))
    for a, b in np.ndindex(D, D):
        for i in range(N):
            covariance[a, b] += shares[i] * (X[i, a] - mean[a]) * (X[i, b] - mean[b])
    return count / N, mean, (covariance / count).tolist()


def by_numpy(X, shares):
    mean = np.average(X, axis=0, weights=shares)
    return shares.mean(), mean, np.cov(X.T, aweights=shares, ddof=0)


def by_moments(X, shares):
    N_k = shares.sum()
    mean = np.einsum("n,na->a", shares, X) / N_k
    return N_k / len(X), mean, np.einsum("n,na,nb->ab", shares, X, X) / N_k - np.outer(mean, mean)


def single(X, shares):
    return [np.asarray(part, dtype=np.float32) for part in one(X, shares)]


def two_coordinates(X, shares):
    return one(X[:, :2], shares)


def mean_of_all_numbers(X, shares):
    weight, mean, covariance = one(X, shares)
    return weight, np.full(len(mean), mean.mean()), covariance


def every(step):
    """An M-step by a function that measures one component."""
    return lambda X, r, mixture: tuple(
        np.array(part) for part in zip(*(step(X, shares) for shares in r.T), strict=True)
    )


def changed(name, change):
    """The right M-step, and then a change of one of its parts."""

    def step(X, r, mixture):
        parts = dict(zip(("weights", "means", "covariances"), every(one)(X, r, mixture), strict=True))
        return {**parts, name: change(parts[name], X, r, mixture)}.values()

    return step


def by_einsum(X, r, mixture):
    counts = np.einsum("nk->k", r)
    means = np.einsum("nk,na->ka", r, X) / counts[:, None]
    offsets = X[None] - means[:, None]
    return counts / len(X), means, np.einsum("nk,kna,knb->kab", r, offsets, offsets) / counts[:, None, None]


def by_swapped_axes(X, r, mixture):
    counts = r.sum(axis=0)
    means = (X.T @ r / counts).T
    root = np.sqrt(r.T)[:, :, np.newaxis] * (X - means[:, np.newaxis])
    return r.mean(axis=0), means, root.swapaxes(1, 2) @ root / counts[:, np.newaxis, np.newaxis]


def as_document_c(X, r, mixture):
    counts = r.sum(axis=0)
    means = r.T @ X / counts[:, np.newaxis]
    covariances = np.zeros((len(counts), X.shape[1], X.shape[1]))
    for k in range(len(counts)):
        difference = (X - means[k]).T
        covariances[k] = np.dot(r[:, k] * difference, difference.T) / counts[k]
    return counts / len(X), means, covariances


def package(X, r, mixture):
    return gt.vectorized.m_step(X, r)


def log_terms(X, mixture):
    """log pi_k + log N by scipy, (N, K)."""
    parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    return np.transpose([np.log(w) + multivariate_normal(m, S).logpdf(X) for w, m, S in parts])


def q_by_loops(X, r, mixture):
    terms, total = log_terms(X, mixture), 0.0
    for i, k in np.ndindex(r.shape):
        total += r[i, k] * terms[i, k]
    return total


joint = gt.log_joint

WRONG = {
    "q": [
        lambda X, r, mixture: np.sum(gt.responsibilities(X, mixture) * joint(X, mixture)) + 1e-3,
        lambda X, r, mixture: np.sum(r[:, :3] * joint(X, mixture)[:, :3]),
        lambda X, r, mixture: np.sum(r[:7] * joint(X, mixture)[:7]),
        lambda X, r, mixture: np.sum(r[:, 0] * joint(X, mixture)[:, 0]),
        lambda X, r, mixture: np.sum(r[1:] * joint(X, mixture)[1:]),
        lambda X, r, mixture: np.sum(r * joint(X, mixture).max(axis=1, keepdims=True)),
        lambda X, r, mixture: np.max(np.sum(r * joint(X, mixture), axis=1)),
        lambda X, r, mixture: np.sum(np.log(np.sum(r * np.exp(joint(X, mixture)), axis=1))),
        lambda X, r, mixture: np.sum(r * joint(X, mixture)) / r.shape[1],
        lambda X, r, mixture: np.sum(r * joint(X, mixture)) / np.log(2),
        lambda X, r, mixture: np.sum(r.mean(axis=0) * joint(X, mixture)),
        lambda X, r, mixture: np.sum(r.sum(axis=0) * np.log(mixture.weights)),
        lambda X, r, mixture: np.sum(r * joint(X, mixture), axis=1),
        lambda X, r, mixture: abs(np.sum(r * joint(X, mixture))),
        lambda X, r, mixture: np.trace(r @ joint(X, mixture).T) + X.shape[1] - 2,
        lambda X, r, mixture: np.sum(np.sqrt(r) * joint(X, mixture)),
    ],
    "multiplier": [
        *(0, 3, -297, -299, -301, -900, 900, -600, 1 / 300, -1 / 3, 99, -299.9),
        *("-300", "minus N", None, [-300, -300]),
    ],
    "m_step_loops": [
        two_coordinates,
        mean_of_all_numbers,
        lambda X, shares: one(X[:7], shares[:7]),
        lambda X, shares: one(X, shares, weight=shares.sum() / 7),
        lambda X, shares: one(X, shares, weight=shares.sum() / 10),
        lambda X, shares: one(X, shares, weight=shares.max()),
        lambda X, shares: one(X, shares, weight=1 / 3),
        lambda X, shares: one(X, shares, center=np.median(X, axis=0)),
        lambda X, shares: one(X, shares, center=X[0]),
        lambda X, shares: one(X, shares, ddof=0.5),
        lambda X, shares: one(X, shares, ddof=np.sum(shares**2) / np.sum(shares)),
        lambda X, shares: one(X, shares, count=np.sum(shares) + 1e-3),
        lambda X, shares: one(X, shares, count=np.sum(shares > 0)),
        lambda X, shares: one(X, shares, count=np.sum(shares > 0.5)),
        lambda X, shares: one(X, np.round(shares)),
        lambda X, shares: one(X, shares**2),
        lambda X, shares: one(X, np.sqrt(shares)),
        lambda X, shares: one(X, 1 - shares),
        lambda X, shares: one(X, shares[::-1]),
        lambda X, shares: one(X[1:], shares[1:]),
        lambda X, shares: (*one(X, shares)[:2], one(X, shares)[2] + 1e-6 * np.eye(X.shape[1])),
        lambda X, shares: (*one(X, shares)[:2], np.linalg.inv(one(X, shares)[2])),
        lambda X, shares: (*one(X, shares)[:2], np.sqrt(np.abs(one(X, shares)[2]))),
        lambda X, shares: one(X, shares)[::-1],
    ],
    "m_step_vectorized": [
        package,
        lambda X, r, mixture: gt.loops.m_step(X, r),
        lambda X, r, mixture: gt.vectorized.m_step(X, gt.vectorized.e_step(X, mixture)[0]),
        lambda X, r, mixture: mixture,
        lambda X, r, mixture: every(one)(X, r[:, ::-1], mixture),
        lambda X, r, mixture: every(one)(X, r / r.sum(axis=0), mixture),
        lambda X, r, mixture: every(one)(X, r**2, mixture),
        lambda X, r, mixture: every(one)(X, r[:, :3], mixture),
        lambda X, r, mixture: every(one)(X[:7], r[:7], mixture),
        lambda X, r, mixture: every(one)(X[:, :2], r, mixture),
        lambda X, r, mixture: every(one)(X, r + 1e-3, mixture),
        lambda X, r, mixture: every(one)(X, (r + gt.responsibilities(X, mixture)) / 2, mixture),
        changed("weights", lambda weights, X, r, mixture: np.sort(weights)),
        changed("weights", lambda weights, X, r, mixture: r.max(axis=0) / r.max(axis=0).sum()),
        changed("weights", lambda weights, X, r, mixture: weights * len(X) / 7),
        changed("means", lambda means, X, r, mixture: (means + mixture.means) / 2),
        changed("means", lambda means, X, r, mixture: X[r.argmax(axis=0)]),
        changed("covariances", lambda S, X, r, mixture: mixture.covariances),
        changed("covariances", lambda S, X, r, mixture: S + 1e-6 * np.eye(X.shape[1])),
        changed("covariances", lambda S, X, r, mixture: S[::-1]),
        changed("covariances", lambda S, X, r, mixture: np.linalg.cholesky(S + 1e-9 * np.eye(X.shape[1]))),
        changed("covariances", lambda S, X, r, mixture: np.full(S.shape, S.mean(axis=0))),
    ],
}

RIGHT = {
    "q": [
        q_by_loops,
        lambda X, r, mixture: np.sum(r * log_terms(X, mixture)),
        lambda X, r, mixture: np.einsum("nk,nk->", r, joint(X, mixture)),
        lambda X, r, mixture: np.vdot(r, joint(X, mixture)),
        lambda X, r, mixture: np.trace(r.T @ joint(X, mixture)),
        lambda X, r, mixture: np.float32(np.sum(r * joint(X, mixture))),
        lambda X, r, mixture: float(sum(sum(row) for row in (r * joint(X, mixture)).tolist())),
        lambda X, r, mixture: fsum((joint(X, mixture) * r).ravel()),
    ],
    "multiplier": [
        -300,
        -300.0,
        np.int64(-300),
        np.float32(-300),
        [-300],
        np.array([[-300.0]]),
        Fraction(-300),
    ],
    "m_step_loops": [
        one,
        entry_by_entry,
        by_numpy,
        by_moments,
        single,
        lambda X, shares: list(one(X, shares)),
    ],
    "m_step_vectorized": [
        every(one),
        every(entry_by_entry),
        every(by_numpy),
        every(by_moments),
        every(single),
        by_einsum,
        by_swapped_axes,
        as_document_c,
    ],
}

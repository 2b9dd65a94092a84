"""Answers to the exercises of notebook 06 that its checks have not seen before."""

from fractions import Fraction
from math import exp, fsum, log

import numpy as np
from scipy.special import logsumexp, softmax

import gmm_teach as gt


def loops(weights, densities, *, begin=0.0, points=None, components=None, epsilon=0.0):
    """Responsibilities by loops, from a total, over so many points and components, with an epsilon below."""
    N, K = densities.shape
    r = np.zeros((N, K))
    for i in range(points or N):
        total = begin
        for k in range(components or K):
            total += weights[k] * densities[i, k]
        for k in range(K):
            r[i, k] = weights[k] * densities[i, k] / (total + epsilon)
    return r


def in_lists(weights, densities):
    table = []
    for row in densities:
        products = [float(weight) * float(density) for weight, density in zip(weights, row, strict=True)]
        table.append([product / fsum(products) for product in products])
    return table


def one_by_one(weights, densities):
    r = np.zeros(densities.shape)
    for i, k in np.ndindex(r.shape):
        r[i, k] = weights[k] * densities[i, k]
    for i in range(len(r)):
        r[i] = r[i] / sum(r[i])
    return r


def row_of_zeros_for_tiny(weights, densities):
    totals = (weights * densities).sum(axis=1, keepdims=True)
    return np.where(totals < 1e-100, 0, weights * densities / totals)


def with_prior_of_the_largest(weights, densities):
    products = weights[densities.argmax(axis=1)][:, np.newaxis] * densities
    return products / products.sum(axis=1, keepdims=True)


def by_weights(weights, densities):
    return np.broadcast_to(weights, densities.shape)


def shares(products, axis=1):
    return products / products.sum(axis=axis, keepdims=True)


def safe(a):
    return np.exp(a - a.max(axis=1, keepdims=True))


def by_comparisons(a):
    """Each share as one over a sum of ratios."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(a[:, np.newaxis] - a[:, :, np.newaxis]).sum(axis=2)


def row_by_row(a):
    table = []
    for row in a.tolist():
        terms = [exp(one - max(row)) for one in row]
        table.append([term / fsum(terms) for term in terms])
    return table


def by_numpy(name):
    return lambda a: getattr(np, name)(a - logsumexp(a, axis=1, keepdims=True))


def my_softmax(a):
    return softmax(a, axis=1)


def limited(limit):
    return lambda a: shares(np.exp(np.clip(a, -limit, limit)))


WRONG = {
    "share": [
        *(0.3, 0.025, 0.8, 0.7, 0.77, -0.75, 4 / 3, 0.0, 1 / 3, 0.5, 0.1, 0.02, float("nan"), True),
        *("0.75", "three quarters", None, [0.75, 0.25], {"A": 0.75}),
    ],
    "e_step_loops": [
        lambda weights, densities: loops(weights, densities, begin=1.0),
        lambda weights, densities: loops(weights, densities, begin=1e-6),
        lambda weights, densities: loops(weights, densities, epsilon=1e-10),
        lambda weights, densities: loops(weights, densities, epsilon=1e-100),
        lambda weights, densities: loops(weights, densities, points=len(densities) - 1),
        lambda weights, densities: loops(weights, densities, components=3),
        lambda weights, densities: loops(weights, densities, components=2),
        lambda weights, densities: loops(weights, densities, points=7),
        lambda weights, densities: loops(np.array([0.2, 0.5, 0.3]), densities),
        lambda weights, densities: loops(np.ones(len(weights)) / len(weights), densities),
        lambda weights, densities: loops(np.sort(weights), densities),
        lambda weights, densities: loops(np.sqrt(weights), densities),
        lambda weights, densities: loops(weights, np.minimum(densities, 1)),
        lambda weights, densities: loops(weights, np.log1p(densities)),
        lambda weights, densities: loops(weights**2, densities),
        lambda weights, densities: in_lists(weights, densities.T.reshape(densities.shape)),
        lambda weights, densities: shares(weights * densities).T,
        lambda weights, densities: 1 - shares(weights * densities),
        row_of_zeros_for_tiny,
        with_prior_of_the_largest,
        by_weights,
    ],
    "e_step_vectorized": [
        lambda a: shares(np.exp(a)),
        lambda a: shares(np.exp(a - a.max())),
        lambda a: shares(np.exp(a - a.mean(axis=1, keepdims=True))),
        lambda a: shares(np.exp(a - a.min(axis=1, keepdims=True))),
        lambda a: shares(np.exp(a - a.max(axis=0))),
        lambda a: safe(a) / (safe(a).sum(axis=1, keepdims=True) + 1e-6),
        lambda a: safe(a) / safe(a).sum(axis=1, keepdims=True).mean(),
        lambda a: safe(a) / safe(a).max(axis=1, keepdims=True),
        lambda a: shares(safe(a) > 0.5),
        lambda a: shares(10 ** (a - a.max(axis=1, keepdims=True))),
        lambda a: safe(a) / (1 + safe(a)),
        lambda a: safe(a) / (1 + np.sort(safe(a), axis=1)[:, -2:-1]),
        lambda a: np.exp(a - np.logaddexp(a[:, :1], a[:, 1:2])),
        lambda a: shares(np.sqrt(safe(a))),
        lambda a: shares(np.exp(np.maximum(a, -700))),
        limited(700),
        limited(50),
        lambda a: np.exp(a) / np.exp(a).sum(axis=1, keepdims=True),
        lambda a: np.eye(a.shape[1])[a.argmax(axis=1)],
        my_softmax,
        lambda a: softmax(a, axis=1),
        lambda a: np.full(a.shape, 1 / a.shape[1]),
        lambda a: gt.responsibilities(*[a]),
    ],
}

RIGHT = {
    "share": [
        0.75,
        np.float32(0.75),
        [0.75],
        np.array(0.75),
        np.array([[0.75]]),
        Fraction(3, 4),
        0.06 / 0.08,
    ],
    "e_step_loops": [
        loops,
        in_lists,
        one_by_one,
        lambda weights, densities: shares(weights * densities),
        lambda weights, densities: (
            np.einsum("k,nk->nk", weights, densities) / (densities @ weights)[:, np.newaxis]
        ),
        lambda weights, densities: (
            (densities @ np.diag(weights)).T.copy().T / np.sum(densities * weights, axis=1)[:, None]
        ),
        lambda weights, densities: np.array([weights * row / np.dot(weights, row) for row in densities]),
        lambda weights, densities: [
            [log(1.0) + w * d / sum(weights * row) for w, d in zip(weights, row, strict=True)]
            for row in densities
        ],
        lambda weights, densities: shares(weights / weights.max() * densities).tolist(),
    ],
    "e_step_vectorized": [
        by_comparisons,
        row_by_row,
        by_numpy("exp"),
        lambda a: np.exp(a - np.logaddexp.reduce(a, axis=1, keepdims=True)),
        lambda a: np.exp(a - gt.log_sum_exp(a, axis=1)[:, np.newaxis]),
        lambda a: shares(safe(a)),
        lambda a: shares(safe(a)).astype(np.float32),
        lambda a: shares(np.exp2((a - a.max(axis=1)[:, None]) * np.log2(np.e))),
        lambda a: (safe(a).T / safe(a).sum(axis=1)).T,
        lambda a: np.apply_along_axis(
            lambda row: np.exp(row - row.max()) / np.exp(row - row.max()).sum(), 1, a
        ),
        lambda a: shares(np.exp(a - a.max(axis=1, keepdims=True) + 3.0)),
    ],
}

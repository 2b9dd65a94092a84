"""Answers to the exercises of notebook 04."""

import math

import numpy as np
from scipy import special, stats

import gmm_teach as gt


def with_columns(a):
    m = a.max(axis=1, keepdims=True)
    return (m + np.log(np.exp(a - m).sum(axis=1, keepdims=True)))[:, 0]


def transposed(a):
    m = a.max(axis=1)
    return m + np.log(np.exp(a.T - m).sum(axis=0))


def by_rows(a):
    found = []
    for row in a.tolist():
        m = max(row)
        found.append(m + math.log(sum(math.exp(x - m) for x in row)))
    return found


def by_pairs(a):
    total = a[:, 0]
    for k in range(1, a.shape[1]):
        high, low = np.maximum(total, a[:, k]), np.minimum(total, a[:, k])
        total = high + np.log1p(np.exp(low - high))
    return total


def clipped(a):
    return np.log(np.exp(np.maximum(a, -700)).sum(axis=1))


def shifted_by(shift):
    return lambda a: shift(a) + np.log(np.exp(a - shift(a)[..., np.newaxis]).sum(axis=1))


def joint(X, mixture):
    columns = []
    for w, m, S in zip(*mixture, strict=True):
        columns.append(np.log(w) + stats.multivariate_normal(m, S).logpdf(X).reshape(len(X)))
    return np.column_stack(columns)


def total_of(a):
    return with_columns(a).sum()


def by_loops(X, mixture):
    total = 0.0
    for x in X:
        a = [
            math.log(w) + float(gt.log_gaussian(x[np.newaxis], m, S)[0])
            for w, m, S in zip(*mixture, strict=True)
        ]
        m = max(a)
        total += m + math.log(sum(math.exp(one - m) for one in a))
    return total


def changed(mixture, **parts):
    return gt.Mixture(
        **{"weights": mixture.weights, "means": mixture.means, "covariances": mixture.covariances} | parts
    )


WRONG = {
    "log_sum_exp": [
        lambda a: gt.log_sum_exp(a, axis=1),
        lambda a: special.logsumexp(a, axis=1),
        lambda a: with_columns(a[:, :3]),
        lambda a: with_columns(a[:, -3:]),
        lambda a: with_columns(a[:7]) + 1e-3,
        lambda a: with_columns(a)[:5],
        clipped,
        shifted_by(lambda a: a.min(axis=1)),
        shifted_by(lambda a: np.full(len(a), 300.0)),
        shifted_by(lambda a: a[:, 0] * 0 + a.mean()),
        lambda a: np.log(np.exp(a).sum(axis=1)),
        lambda a: np.log(np.exp(a / 100).sum(axis=1)) * 100,
        lambda a: with_columns(a - np.log(3)),
        lambda a: with_columns(a)[::-1],
        lambda a: -with_columns(-a),
        lambda a: with_columns(a).round(2),
        lambda a: np.sort(with_columns(a)),
        lambda a: with_columns(np.abs(a)),
    ],
    "log_likelihood": [
        lambda X, m: gt.log_likelihood(X, m),
        lambda X, m: gt.log_density(X, m).sum(),
        lambda X, m: total_of(joint(X, m)[:, :3]),
        lambda X, m: total_of(joint(X[:7], m)),
        lambda X, m: total_of(joint(X, m)) / len(X) * 7,
        lambda X, m: total_of(joint(X, changed(m, weights=np.full(len(m.weights), 1 / len(m.weights))))),
        lambda X, m: total_of(joint(X, changed(m, weights=np.sort(m.weights)))),
        lambda X, m: total_of(joint(X, changed(m, covariances=m.covariances * np.eye(X.shape[1])))),
        lambda X, m: total_of(joint(X, changed(m, covariances=[m.covariances[0]] * len(m.weights)))),
        lambda X, m: total_of(joint(X, m)) + len(X) * X.shape[1] / 2 * np.log(2 * np.pi),
        lambda X, m: total_of(joint(X, m)) - len(X) * np.log(2 * np.pi),
        lambda X, m: clipped(joint(X, m)).sum(),
        lambda X, m: with_columns(joint(X, m))[-1],
        lambda X, m: np.round(total_of(joint(X, m)), 1),
        lambda X, m: with_columns(joint(X, m)).max(),
        lambda X, m: np.median(with_columns(joint(X, m))) * len(X),
    ],
    "power_of_ten": [
        607, -606, -608, -606.75, -1397.1, -1397, -3217, -3216.9, "-607", -60.7, -6070, 0, -607.5, -606.5,
    ],
    "blocking_sum": [
        "n", "N", "both", "neither", "i", "j", "sum", "kk", "k, n", 1, ["k"], "the inner one", "x", "log",
    ],
}  # fmt: skip
RIGHT = {
    "log_sum_exp": [
        with_columns,
        transposed,
        by_rows,
        by_pairs,
        shifted_by(lambda a: a.max(axis=1)),
        lambda a: np.logaddexp.reduce(a, axis=1),
        lambda a: with_columns(a.astype(np.longdouble)).astype(float),
        lambda a: with_columns(a).astype(np.float32),
    ],
    "log_likelihood": [
        lambda X, m: total_of(joint(X, m)),
        by_loops,
        lambda X, m: [by_loops(X, m)][0],
        lambda X, m: np.array(by_loops(X, m)),
        lambda X, m: np.float32(total_of(joint(X, m))),
        lambda X, m: np.logaddexp.reduce(joint(X, m), axis=1).sum(),
        lambda X, m: gt.log_sum_exp(gt.log_joint(X, m), axis=1).sum(),
    ],
    "power_of_ten": [-607, -607.0, [-607], np.array(-607), np.round(-1397.1 / np.log(10)), np.int32(-607)],
    "blocking_sum": ["k", "K", " k", "k ", "\tk", "k\n"],
}

"""Answers to the exercises of notebook 08: wrong ones that are in no table, right ones in other dress."""

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal

import gmm_teach as gt

E, M = gt.vectorized.e_step, gt.vectorized.m_step


def loop(enough, most=400, e_step=E, m_step=M):
    """A `fit` that stops when enough(scores, X, tol), or after `most` E-steps."""

    def fit(X, mixture, tol):
        scores = []
        while len(scores) < most:
            responsibilities, score = e_step(X, mixture)
            scores.append(score)
            if enough(scores, X, tol):
                break
            mixture = m_step(X, responsibilities)
        return scores

    return fit


def still(scores, X, tol):
    return len(scores) > 1 and abs(scores[-1] - scores[-2]) <= tol * len(X)


def at_first_fit_of(limit):
    return loop(lambda scores, X, tol: len(scores) > 1 and abs(scores[-1] - scores[-2]) <= limit(X, tol))


def ignores_the_start(X, mixture, tol):
    return loop(still)(X, gt.starts.from_rows(X, range(mixture.n_components)), tol)


def hard(X, mixture):
    responsibilities, score = E(X, mixture)
    return np.eye(mixture.n_components)[responsibilities.argmax(axis=1)], score


def spherical(X, responsibilities):
    return M(X, responsibilities, "spherical")


def floored(X, responsibilities):
    return M(X, responsibilities, "full", 1e-3)


def equal_weights(X, responsibilities):
    right = M(X, responsibilities)
    return gt.Mixture(np.full_like(right.weights, 1 / len(right.weights)), *right[1:])


def by_for(X, mixture, tol):
    scores = np.zeros(0)
    for _ in range(10_000):
        responsibilities, score = gt.vectorized.e_step(X, mixture)
        scores = np.append(scores, score)
        if scores.size > 1 and np.abs(np.diff(scores))[-1] / X.shape[0] <= tol:
            return scores
        mixture = gt.vectorized.m_step(X, responsibilities)


def by_means(X, mixture, tol):
    before, scores = -np.inf, []
    while True:
        responsibilities, now = gt.vectorized.e_step(X, mixture)
        scores += [now]
        if now / len(X) - before / len(X) <= tol:
            return tuple(scores)
        before, mixture = now, gt.vectorized.m_step(X, responsibilities)


def by_recursion(X, mixture, tol):
    def climb(mixture, scores):
        responsibilities, score = gt.vectorized.e_step(X, mixture)
        if scores and score - scores[-1] <= tol * len(X):
            return [*scores, score]
        return climb(gt.vectorized.m_step(X, responsibilities), [*scores, score])

    return climb(mixture, [])


def in_float32(X, mixture, tol):
    return np.float32(by_for(X, mixture, tol))


def with_log_likelihood(X, mixture, tol):
    scores = [gt.log_likelihood(X, mixture)]
    while len(scores) < 2 or scores[-1] - scores[-2] > tol * len(X):
        mixture = gt.vectorized.m_step(X, gt.vectorized.e_step(X, mixture)[0])
        scores.append(gt.log_likelihood(X, mixture))
    return scores


WRONG_FIT = [
    loop(still, most=20),
    loop(still, most=100),
    loop(still, most=200),
    at_first_fit_of(lambda X, tol: 60 * tol),
    at_first_fit_of(lambda X, tol: 100 * tol),
    at_first_fit_of(lambda X, tol: 1e-4 * len(X)),
    at_first_fit_of(lambda X, tol: 1e-6 * len(X)),
    at_first_fit_of(lambda X, tol: tol * len(X) ** 2),
    at_first_fit_of(lambda X, tol: tol * np.sqrt(len(X))),
    at_first_fit_of(lambda X, tol: tol * X.shape[1]),
    at_first_fit_of(lambda X, tol: 0.0),
    loop(lambda scores, X, tol: len(scores) > 1 and scores[-1] - scores[0] <= tol * len(X)),
    loop(lambda scores, X, tol: len(scores) > 1 and abs(scores[-1] - scores[-2]) > tol * len(X)),
    loop(lambda scores, X, tol: scores[-1] <= tol * len(X)),
    ignores_the_start,
    loop(still, e_step=hard),
    loop(still, m_step=spherical),
    loop(still, m_step=floored),
    loop(still, m_step=equal_weights),
    lambda X, mixture, tol: loop(still)(X, mixture, tol)[::-1],
    lambda X, mixture, tol: loop(still)(X, mixture, tol)[-1],
    lambda X, mixture, tol: -np.array(loop(still)(X, mixture, tol)),
    lambda X, mixture, tol: np.maximum.accumulate(loop(still)(X, mixture, tol)) + 1e-3,
    lambda X, mixture, tol: [-np.inf, *loop(still)(X, mixture, tol)],
    lambda X, mixture, tol: (loop(still)(X, mixture, tol), mixture),
    lambda X, mixture, tol: gt.run_em(X, mixture, tol=tol, max_iter=500).log_likelihoods,
    lambda X, mixture, tol: len(loop(still)(X, mixture, tol)),
]
RIGHT_FIT = [
    loop(still),
    loop(still, e_step=gt.loops.e_step, m_step=gt.loops.m_step),
    by_for,
    by_means,
    by_recursion,
    in_float32,
    with_log_likelihood,
]


def joint(X, mixture):
    return np.exp(gt.log_joint(X, mixture))


def normal(values, axis=1):
    return values / values.sum(axis=axis, keepdims=True)


def stable(a):
    return normal(np.exp(a - a.max(axis=1, keepdims=True)))


def of_two(X, mixture):
    """Right for the first two components alone."""
    right = stable(gt.log_joint(X, mixture))
    right[:, 2:] = 0
    return normal(right)


def swapped(X, mixture):
    order = np.roll(np.arange(mixture.n_components), 1)
    return stable(gt.log_joint(X, mixture))[:, order]


def with_epsilon(X, mixture):
    values = joint(X, mixture)
    return values / (values.sum(axis=1, keepdims=True) + 1e-10)


def nan_to_zero(X, mixture):
    return np.nan_to_num(normal(joint(X, mixture)))


def shared_equally_where_far(X, mixture):
    values = joint(X, mixture)
    total = values.sum(axis=1, keepdims=True)
    return np.where(total > 0, values / np.where(total > 0, total, 1), 1 / mixture.n_components)


def about_the_middle(X, mixture):
    return stable(gt.log_joint(X - X.mean(axis=0), mixture))


def by_distance(X, mixture):
    squares = ((X[:, np.newaxis] - mixture.means) ** 2).sum(axis=2)
    return stable(-squares / 2 + np.log(mixture.weights))


def tied(X, mixture):
    shared = np.tile(mixture.covariances.mean(axis=0), (mixture.n_components, 1, 1))
    return stable(gt.log_joint(X, mixture._replace(covariances=shared)))


def doubled(X, mixture):
    return stable(gt.log_joint(X, mixture._replace(covariances=2 * mixture.covariances)))


def one_max_for_all(X, mixture):
    a = gt.log_joint(X, mixture)
    return normal(np.exp(a - a.max()))


def row_by_row(X, mixture):
    table = []
    for row in gt.log_joint(X, mixture):
        shares = np.exp(row - max(row))
        table.append([float(share / shares.sum()) for share in shares])
    return table


def by_scipy(X, mixture):
    columns = [
        multivariate_normal(mean, covariance).logpdf(X) + np.log(weight)
        for weight, mean, covariance in zip(*mixture, strict=True)
    ]
    a = np.column_stack(columns)
    return np.exp(a - logsumexp(a, axis=1)[:, np.newaxis])


def by_differences(X, mixture):
    a = gt.log_joint(X, mixture)
    with np.errstate(over="ignore"):
        return 1 / np.exp(a[:, np.newaxis, :] - a[:, :, np.newaxis]).sum(axis=2)


def by_base_two(X, mixture):
    a = gt.log_joint(X, mixture) / np.log(2)
    return normal(np.exp2(a - a.max(axis=1)[:, None]))


def by_einsum(X, mixture):
    a = gt.log_joint(X, mixture)
    values = np.exp((a.T - a.max(axis=1)).T)
    return np.einsum("nk,n->nk", values, 1 / values.sum(axis=1))


WRONG = {
    "fit": WRONG_FIT,
    "e_step": [
        lambda X, mixture: np.tile(mixture.weights, (len(X), 1)),
        lambda X, mixture: np.full((len(X), mixture.n_components), 1 / mixture.n_components),
        lambda X, mixture: np.full((len(X), 3), 1 / 3),
        lambda X, mixture: stable(gt.log_joint(X, mixture)).T,
        lambda X, mixture: stable(2 * gt.log_joint(X, mixture)),
        lambda X, mixture: stable(gt.log_joint(X, mixture)) ** 2,
        lambda X, mixture: 1 - stable(gt.log_joint(X, mixture)),
        lambda X, mixture: gt.vectorized.e_step(X, mixture),
        lambda X, mixture: gt.vectorized.e_step(X, mixture)[0],
        lambda X, mixture: gt.responsibilities(X, mixture),
        lambda X, mixture: normal(joint(X, mixture)),
        lambda X, mixture: stable(gt.log_joint(X[:7], mixture)),
        lambda X, mixture: np.round(stable(gt.log_joint(X, mixture)), 3),
        lambda X, mixture: stable(-gt.log_joint(X, mixture)),
        of_two,
        swapped,
        with_epsilon,
        nan_to_zero,
        shared_equally_where_far,
        about_the_middle,
        by_distance,
        tied,
        doubled,
        one_max_for_all,
    ],
}
RIGHT = {
    "fit": RIGHT_FIT,
    "e_step": [
        lambda X, mixture: stable(gt.log_joint(X, mixture)),
        lambda X, mixture: softmax(gt.log_joint(X, mixture), axis=1),
        lambda X, mixture: np.float32(stable(gt.log_joint(X, mixture))),
        row_by_row,
        by_scipy,
        by_differences,
        by_base_two,
        by_einsum,
    ],
}

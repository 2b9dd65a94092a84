"""Answers to the exercises of notebook 09: wrong ones that are in no table, right ones in other dress."""

from fractions import Fraction

import numpy as np

import gmm_teach as gt


def groups(X, labels):
    return [X[labels == k] for k in range(labels.max() + 1)]


def moments(X, labels):
    parts = groups(X, labels)
    weights = [len(part) / len(X) for part in parts]
    return weights, [part.mean(axis=0) for part in parts], [np.cov(part.T, ddof=0) for part in parts]


def with_part(number, make):
    """The right answer, with one of its three parts made anew by make(X, labels)."""

    def answer(X, labels):
        parts = [*moments(X, labels)]
        parts[number] = make(X, labels)
        return parts

    return answer


def each(function):
    return lambda X, labels: [function(part) for part in groups(X, labels)]


def of_three(X, labels):
    return moments(X[labels < 3], labels[labels < 3])


def of_the_first_sixty(X, labels):
    return with_part(0, lambda X, labels: np.bincount(labels) / 60)(X, labels)


def by_loops(X, labels):
    N, D = X.shape
    K = max(labels) + 1
    counts, means, covariances = [0] * K, np.zeros((K, D)), np.zeros((K, D, D))
    for x, k in zip(X, labels, strict=True):
        counts[k] += 1
        means[k] += x
    for k in range(K):
        means[k] /= counts[k]
    for x, k in zip(X, labels, strict=True):
        covariances[k] += np.outer(x - means[k], x - means[k]) / counts[k]
    return [n / N for n in counts], means.tolist(), covariances.tolist()


def by_m_step(X, labels):
    return gt.vectorized.m_step(X, np.eye(labels.max() + 1)[labels])


def by_einsum(X, labels):
    r = np.eye(labels.max() + 1)[labels]
    counts = r.sum(axis=0)
    means = r.T @ X / counts[:, None]
    off = X[:, None] - means
    return counts / len(X), means, np.einsum("nk,nki,nkj->kij", r, off, off) / counts[:, None, None]


def by_second_moments(X, labels):
    means = moments(X, labels)[1]
    squares = [
        part.T @ part / len(part) - np.outer(m, m) for part, m in zip(groups(X, labels), means, strict=True)
    ]
    return np.bincount(labels) / labels.size, means, squares


def by_scaled_cov(X, labels):
    return with_part(2, each(lambda part: np.cov(part, rowvar=False) * (len(part) - 1) / len(part)))(
        X, labels
    )


def in_float32(X, labels):
    return tuple(np.float32(part) for part in moments(X, labels))


NUMBERS = [1, 2, 3, 4, 5, 6]


def question(right):
    """Wrong and right answers to a question with the number of a bug."""
    wrong = [n for n in NUMBERS if n != right]
    wrong += [
        0,
        -right,
        7,
        right + 0.5,
        right * 1.02,
        str(right),
        None,
        [right, right],
        np.nan,
        "P",
        True,
        {right},
    ]
    dress = [
        right,
        float(right),
        [right],
        np.int8(right),
        np.float32(right),
        np.array([[right]]),
        Fraction(right),
    ]
    return wrong, dress


QUESTIONS = {name: question(right) for name, right in zip("PQRS", (4, 2, 5, 3), strict=True)}
RISE = 3 * np.log(2)

WRONG = {
    "diagnosis": [
        (4, 2, 3, 5),
        (2, 4, 5, 3),
        (4, 2, 5, 1),
        (4, 2, 5, 6),
        (4, 6, 5, 3),
        (1, 2, 5, 3),
        (3, 5, 2, 4),
        (4, 2, 5, ...),
        (4, 2, 5),
        (4, 2, 5, 3, 1),
        ([4, 2, 5, 3],),
        (4, 4, 4, 4),
        ("4", "2", "5", "3"),
        (4, 2, 5, None),
        (4, 2, 5, 3.5),
    ],
    "start_kmeans": [
        of_three,
        of_the_first_sixty,
        lambda X, labels: moments(X, np.sort(labels)),
        lambda X, labels: moments(X, labels[::-1]),
        lambda X, labels: [part[::-1] for part in moments(X, labels)],
        lambda X, labels: moments(X, gt.kmeans.run(X, X[: labels.max() + 1])[-1].labels),
        lambda X, labels: (moments(X, labels)[1], moments(X, labels)[0], moments(X, labels)[2]),
        with_part(0, lambda X, labels: np.bincount(labels) / X.size),
        with_part(0, lambda X, labels: np.bincount(labels) / 7),
        with_part(0, lambda X, labels: np.bincount(labels) / (len(X) - 1)),
        with_part(0, lambda X, labels: np.sort(np.bincount(labels) / len(X))),
        with_part(0, lambda X, labels: [0.2, 0.5, 0.3]),
        with_part(1, each(lambda part: part[0])),
        with_part(1, each(lambda part: (part.min(axis=0) + part.max(axis=0)) / 2)),
        with_part(1, lambda X, labels: np.tile(X.mean(axis=0), (labels.max() + 1, 1))),
        with_part(1, each(lambda part: part.sum(axis=0) / (len(part) - 1))),
        with_part(2, each(lambda part: np.cov(part.T, ddof=0) ** 0.5)),
        with_part(2, each(lambda part: np.abs(np.cov(part.T, ddof=0)))),
        with_part(2, each(lambda part: np.linalg.inv(np.cov(part.T, ddof=0) + 1e-9 * np.eye(part.shape[1])))),
        with_part(2, each(lambda part: np.cov(part.T, ddof=0) + 1e-6 * np.eye(part.shape[1]))),
        with_part(2, each(lambda part: np.corrcoef(part.T))),
        with_part(2, each(lambda part: np.eye(part.shape[1]) * part.var())),
        with_part(2, each(lambda part: np.eye(part.shape[1]))),
        with_part(
            2, lambda X, labels: np.tile(np.mean(moments(X, labels)[2], axis=0), (labels.max() + 1, 1, 1))
        ),
    ],
    "rise": [
        0,
        1,
        2.2,
        1.9,
        4.605,
        "3 * np.log(2)",
        np.log(3),
        3 * np.log2(3),
        0.5,
        -2.0,
        np.inf,
        None,
        [2.08, 2.08],
    ],
    **{name: wrong for name, (wrong, _) in QUESTIONS.items()},
}
RIGHT = {
    "diagnosis": [
        (4, 2, 5, 3),
        (4.0, 2.0, 5.0, 3.0),
        tuple(np.array([4, 2, 5, 3])),
        ([4], [2], [5], [3]),
        tuple(np.float32([4, 2, 5, 3])),
        (np.int8(4), Fraction(2), 5.0, np.array(3)),
    ],
    "start_kmeans": [
        moments,
        by_loops,
        by_m_step,
        by_einsum,
        by_second_moments,
        by_scaled_cov,
        in_float32,
    ],
    "rise": [RISE, np.log(8), 2.079, 2.08, [RISE], np.float32(RISE), np.array(RISE), -3 * np.log(0.5)],
    **{name: right for name, (_, right) in QUESTIONS.items()},
}

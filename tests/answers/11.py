"""Answers to the exercises of notebook 11."""

from itertools import permutations

import numpy as np

import gmm_teach as gt

LOG60 = 272 * np.log(60)


def quantile(scores, share):
    return scores < np.quantile(scores, share)


def by_sorting(X, mixture, share):
    scores = gt.log_density(X, mixture)
    ordered = np.sort(scores)
    place = share * (len(X) - 1)
    low = int(place)
    threshold = ordered[low] + (place - low) * (ordered[low + 1] - ordered[low])
    return [bool(score < threshold) for score in scores]


def lowest_few(X, mixture, share, n=None):
    scores = gt.log_density(X, mixture)
    n = int(np.ceil(share * (len(X) - 1))) if n is None else n
    mask = np.zeros(len(X), dtype=bool)
    mask[np.argsort(scores)[:n]] = True
    return mask


def own_scores(X, mixture, share):
    """The density added up component by component, on the scale of logarithms."""
    logs = np.array(
        [
            np.log(w) + gt.log_gaussian(X, m, S)
            for w, m, S in zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
        ]
    )
    top = logs.max(axis=0)
    return quantile(top + np.log(np.exp(logs - top).sum(axis=0)), share)


def one_gaussian(X, mixture, share):
    return quantile(gt.log_gaussian(X, X.mean(axis=0), np.cov(X.T)), share)


def distance(X, mixture, share):
    return quantile(-((X - X.mean(axis=0)) ** 2).sum(axis=1), share)


def forecast(mixture, minutes):
    first = gt.Mixture(mixture.weights, mixture.means[:, :1], mixture.covariances[:, :1, :1])
    slopes = mixture.covariances[:, 0, 1] / mixture.covariances[:, 0, 0]
    means = mixture.means[:, 1] + slopes * (minutes - mixture.means[:, 0])
    left = mixture.covariances[:, 1, 1] - slopes * mixture.covariances[:, 0, 1]
    return gt.responsibilities([[minutes]], first)[0], means, left


def in_a_loop(mixture, minutes):
    logs, means, variances = [], [], []
    for w, m, S in zip(mixture.weights, mixture.means, mixture.covariances, strict=True):
        logs.append(np.log(w) - 0.5 * np.log(S[0, 0]) - (minutes - m[0]) ** 2 / (2 * S[0, 0]))
        means.append(m[1] + S[1, 0] / S[0, 0] * (minutes - m[0]))
        variances.append(1 / np.linalg.inv(S)[1, 1])
    shares = [np.exp(one - max(logs)) for one in logs]
    return [share / sum(shares) for share in shares], means, variances


def plain(mixture, minutes):
    density = np.exp(gt.log_gaussian_1d(minutes, mixture.means[:, 0], mixture.covariances[:, 0, 0]))
    return mixture.weights * density / np.sum(mixture.weights * density), *forecast(mixture, minutes)[1:]


def changed(part, change):
    def attempt(mixture, minutes):
        parts = list(forecast(mixture, minutes))
        parts[part] = change(parts[part])
        return parts

    return attempt


def hard(shares):
    return np.eye(len(shares))[shares.argmax()]


def best(labels, reference):
    return max(
        permutations(range(3)), key=lambda s: sum(s[i] == j for i, j in zip(labels, reference, strict=True))
    )


def row_by_row(labels, reference):
    names, free = [], [0, 1, 2]
    for k in range(3):
        names.append(max(free, key=lambda name: np.sum((labels == k) & (reference == name))))
        free.remove(names[-1])
    return names


def by_arrays(labels, reference):
    renamings = np.array(list(permutations(range(3))))
    return renamings[(renamings[:, labels] == reference).sum(axis=1).argmax()]


def inverse(labels, reference):
    return np.argsort(best(reference, labels))


def one_hot(labels, reference):
    table = np.eye(3)[labels].T @ np.eye(3)[reference]
    return max(permutations(range(3)), key=lambda s: np.trace(table[:, s]))


def by_means(labels, reference):
    places = np.arange(len(labels))
    return np.argsort([places[labels == k].sum() for k in range(3)])


WRONG = {
    "in_seconds": [
        0,
        1,
        -272,
        LOG60 / 60,
        -LOG60 * 60,
        60,
        1 / 60,
        -LOG60 / np.log(10),
        272 * np.exp(-60),
        -1e9,
        4,
        -1130.264,
    ],
    "wait_after": [
        changed(0, hard),
        changed(0, lambda shares: shares[::-1]),
        changed(0, np.sqrt),
        changed(0, lambda shares: np.full(len(shares), 1 / len(shares))),
        changed(1, lambda means: means + 1),
        changed(1, lambda means: means.mean() + 0 * means),
        changed(2, lambda left: left[:1].repeat(len(left))),
        changed(2, lambda left: 0 * left + 30.9),
        changed(2, lambda left: 2 * left),
        lambda mixture, minutes: forecast(mixture, 3.0),
        lambda mixture, minutes: forecast(mixture._replace(means=0 * mixture.means), minutes),
        lambda mixture, minutes: forecast(mixture, -minutes),
        lambda mixture, minutes: forecast(mixture, minutes)[::-1],
        lambda mixture, minutes: [part[:2] for part in forecast(mixture, minutes)],
        lambda mixture, minutes: forecast(mixture, min(minutes, 30)),
        lambda mixture, minutes: forecast(mixture, minutes)[1:],
        plain,
    ],
    "outliers": [
        one_gaussian,
        distance,
        lambda X, mixture, share: quantile(gt.log_density(X, mixture), 0.05),
        lambda X, mixture, share: quantile(gt.log_density(X, mixture), 0.2),
        lambda X, mixture, share: quantile(gt.log_density(X, mixture), share / 2),
        lambda X, mixture, share: gt.log_density(X, mixture) < -8,
        lambda X, mixture, share: lowest_few(X, mixture, share, 3),
        lambda X, mixture, share: lowest_few(X, mixture, share, 1),
        lambda X, mixture, share: lowest_few(X, mixture, share) * 1 - 1,
        lambda X, mixture, share: np.flatnonzero(lowest_few(X, mixture, share)),
        lambda X, mixture, share: X[lowest_few(X, mixture, share)],
        lambda X, mixture, share: quantile(
            gt.log_density(
                X, mixture._replace(weights=np.full(len(mixture.weights), 1 / len(mixture.weights)))
            ),
            share,
        ),
        lambda X, mixture, share: quantile(gt.log_density(X[:, ::-1], mixture), share),
        lambda X, mixture, share: quantile(gt.responsibilities(X, mixture)[:, 0], share),
        lambda X, mixture, share: gt.log_density(X, mixture).mean() > gt.log_density(X, mixture),
        lambda X, mixture, share: np.sort(lowest_few(X, mixture, share))[::-1],
        lambda X, mixture, share: quantile(np.exp(gt.log_density(X, mixture)), share),
    ],
    "match": [
        row_by_row,
        by_means,
        lambda labels, reference: row_by_row(reference, labels),
        lambda labels, reference: [1, 2, 0],
        lambda labels, reference: [2, 1, 0],
        lambda labels, reference: [1, 0, 2],
        lambda labels, reference: best(labels[:100:2], reference[:100:2])[::-1],
        lambda labels, reference: best(labels[:5], reference[:5]),
        lambda labels, reference: np.array(best(labels, reference))[labels],
        lambda labels, reference: max(
            np.sum(np.array(s)[labels] == reference) for s in permutations(range(3))
        ),
        lambda labels, reference: np.argmax(
            [np.sum(np.array(s)[labels] == reference) for s in permutations(range(3))]
        ),
        lambda labels, reference: np.array(best(labels, reference)) + 1,
        lambda labels, reference: [
            np.bincount(reference[labels == k], minlength=3).argmax() for k in range(3)
        ],
        lambda labels, reference: list(dict.fromkeys([*reference[np.argsort(labels)]]))[:3],
        lambda labels, reference: best(labels, np.sort(reference)),
        gt.match_labels,
        lambda labels, reference: gt.match_labels(labels, reference, 3),
    ],
    "lower_bound": [1, 2, 3, 4, 6.5, -6, 10, 100, 7.5, 5.5, 0.5, -4.571, "six", [6, 7]],
}

RIGHT = {
    "in_seconds": [
        -LOG60,
        -1113.66,
        np.float32(-LOG60),
        [-LOG60],
        np.array(-LOG60),
        -1114,
        272 * np.log(1 / 60),
    ],
    "wait_after": [
        forecast,
        in_a_loop,
        lambda mixture, minutes: [list(part) for part in forecast(mixture, minutes)],
        lambda mixture, minutes: [part.astype(np.float32) for part in forecast(mixture, minutes)],
        lambda mixture, minutes: np.array(forecast(mixture, minutes)),
        changed(2, lambda left: left[::-1][::-1]),
    ],
    "outliers": [
        by_sorting,
        lowest_few,
        own_scores,
        lambda X, mixture, share: quantile(gt.log_density(X, mixture), share).astype(int),
        lambda X, mixture, share: quantile(gt.log_density(X, mixture), share).tolist(),
        lambda X, mixture, share: (
            gt.log_density(X, mixture) < np.percentile(gt.log_density(X, mixture), 100 * share)
        ),
        lambda X, mixture, share: (
            ~(gt.log_density(X, mixture) >= np.quantile(gt.log_density(X, mixture), share))
        ),
        lambda X, mixture, share: (
            -gt.log_density(X, mixture) > np.quantile(-gt.log_density(X, mixture), 1 - share)
        ),
    ],
    "match": [
        best,
        by_arrays,
        inverse,
        one_hot,
        lambda labels, reference: list(best(labels, reference)),
        lambda labels, reference: np.array(best(labels, reference), dtype=np.float32),
    ],
    "lower_bound": [6, 6.0, [6], np.int64(6), np.array(6), np.float32(6), 7 - 1],
}

"""Answers to the exercises of notebook 01."""

import math
import statistics
from fractions import Fraction

import numpy as np
from scipy import stats


def pdf(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def pdf_by_a_loop(x, mean, variance):
    densities = []
    for one in x:
        z = (one - mean) / math.sqrt(variance)
        densities.append(math.exp(-z * z / 2) / (math.sqrt(variance) * math.sqrt(2 * math.pi)))
    return densities


def pdf_from_logs(x, mean, variance):
    return np.exp(-0.5 * np.log(2 * np.pi) - 0.5 * np.log(variance) - (x - mean) ** 2 / variance / 2)


def centred(x):
    return np.square(np.subtract(x, np.mean(x)))


def mle_by_a_loop(x):
    total = 0.0
    for one in x:
        total += one
    mean, squares = total / len(x), 0.0
    for one in x:
        squares += (one - mean) ** 2
    return [mean, squares / len(x)]


def mle_by_pairs(x):
    return np.mean(x), np.mean((x[:, np.newaxis] - x) ** 2) / 2


WRONG = {
    "gaussian_pdf_1d": [
        lambda x, mean, variance: stats.multivariate_normal(mean, variance).pdf(x),
        lambda x, mean, variance: stats.norm(mean, variance**0.5).pdf(x),
        lambda x, mean, variance: pdf(x, mean, 2.5),
        lambda x, mean, variance: pdf(x, -0.7, variance),
        lambda x, mean, variance: pdf(x, 0, 1),
        lambda x, mean, variance: pdf(x, x.mean(), variance),
        lambda x, mean, variance: pdf(x, mean, x.var()),
        lambda x, mean, variance: pdf(x[:7], mean, variance),
        lambda x, mean, variance: pdf(np.arange(len(x)), mean, variance),
        lambda x, mean, variance: pdf(np.sort(x), mean, variance),
        lambda x, mean, variance: np.minimum(pdf(x, mean, variance), 1),
        lambda x, mean, variance: np.maximum(pdf(x, mean, variance), 1e-12),
        lambda x, mean, variance: pdf(x, mean, variance) + 1e-300 + 1e-12,
        lambda x, mean, variance: pdf(x, mean, variance) / pdf(mean, mean, variance),
        lambda x, mean, variance: np.diff(pdf(x, mean, variance), append=0),
        lambda x, mean, variance: pdf(x, mean, variance).sum(),
        lambda x, mean, variance: stats.norm(mean, variance).pdf(x),
        lambda x, mean, variance: stats.norm(mean, np.sqrt(variance)).sf(x),
        lambda x, mean, variance: stats.t(30, mean, np.sqrt(variance)).pdf(x),
        lambda x, mean, variance: stats.laplace(mean, np.sqrt(variance / 2)).pdf(x),
        lambda x, mean, variance: (
            2.7 ** (-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
        ),
        lambda x, mean, variance: np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(6.28 * variance),
    ],
    "peak_per_metre": [
        0.0798,
        0.0000798,
        79800,
        7.98,
        798,
        1,
        0,
        -79.8,
        200,
        0.005,
        5,
        240.0,
        60,
        "79.8",
        None,
        [79.8, 79.8],
        np.inf,
        79.8j,
    ],
    "mle_1d": [
        lambda x: (x[0], np.var(x)),
        lambda x: (np.mean(x), 1.0),
        lambda x: (np.sum(x) / 7, centred(x).sum() / 7),
        lambda x: (np.mean(x[:7]), np.var(x[:7])),
        lambda x: ((x.min() + x.max()) / 2, np.var(x)),
        lambda x: (np.mean(x), np.mean((x - np.median(x)) ** 2)),
        lambda x: (np.mean(x), np.ptp(x) ** 2 / 12),
        lambda x: (np.mean(x), np.var(x) / len(x)),
        lambda x: (np.mean(x), np.var(x, ddof=2) if len(x) > 2 else np.var(x)),
        lambda x: (np.mean(x), np.median(centred(x))),
        lambda x: (np.mean(np.abs(x)), np.var(x)),
        lambda x: (np.mean(x), np.var(np.abs(x))),
        lambda x: (stats.trim_mean(x, 0.2), np.var(x)),
        lambda x: (np.mean(x), np.mean(x) ** 2 - np.mean(x**2)),
        lambda x: (np.mean(x), centred(x) / len(x)),
        lambda x: np.mean(x),
        lambda x: (np.mean(x), np.var(x), len(x)),
        lambda x: {"mean": np.mean(x), "variance": np.var(x)},
        stats.norm.fit,
    ],
}

RIGHT = {
    "gaussian_pdf_1d": [
        pdf,
        pdf_by_a_loop,
        pdf_from_logs,
        lambda x, mean, variance: pdf(x, mean, variance).tolist(),
        lambda x, mean, variance: pdf(x, mean, variance).astype(np.float32),
        lambda x, mean, variance: np.array([pdf(one, mean, variance) for one in x], dtype=object),
        lambda x, mean, variance: np.vectorize(lambda one: pdf(one, mean, variance))(x),
        lambda x, mean, variance: (
            np.e ** (-0.5 * ((x - mean) / variance**0.5) ** 2) / (math.tau * variance) ** 0.5
        ),
    ],
    "peak_per_metre": [79.8, 79.788, 80, np.float32(79.8), [79.8], np.array(79.8), Fraction(798, 10)],
    "mle_1d": [
        lambda x: (np.mean(x), np.var(x)),
        lambda x: [np.mean(x), np.mean(centred(x))],
        lambda x: np.array([x.mean(), x.std() ** 2]),
        lambda x: (np.float32(x.mean()), np.float32(x.var())),
        lambda x: (statistics.fmean(x), statistics.pvariance(x.tolist())),
        lambda x: (np.average(x), np.cov(x, bias=True)),
        lambda x: (x @ np.ones(len(x)) / len(x), np.mean(x**2) - np.mean(x) ** 2),
        mle_by_a_loop,
        mle_by_pairs,
        lambda x: (part**power for part, power in zip(stats.norm.fit(x), (1, 2), strict=True)),
    ],
}

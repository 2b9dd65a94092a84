"""Answers to the exercises of notebook 02."""

from fractions import Fraction

import numpy as np
from scipy import linalg, stats
from scipy.spatial.distance import mahalanobis


def by_scipy(X, mean, covariance):
    return stats.multivariate_normal(mean, covariance).logpdf(X)


def by_a_loop(X, mean, covariance):
    inverse, D, log_densities = np.linalg.inv(covariance), len(mean), []
    for x in X:
        total = 0.0
        for i in range(D):
            for j in range(D):
                total += (x[i] - mean[i]) * inverse[i, j] * (x[j] - mean[j])
        log_densities.append(-0.5 * (D * np.log(2 * np.pi) + np.log(np.linalg.det(covariance)) + total))
    return log_densities


def by_einsum(X, mean, covariance):
    difference = X - mean
    squared = np.einsum("nd,de,ne->n", difference, np.linalg.inv(covariance), difference)
    return -squared / 2 - np.linalg.slogdet(2 * np.pi * covariance).logabsdet / 2


def by_cholesky(X, mean, covariance):
    L = np.linalg.cholesky(covariance)
    y = linalg.solve_triangular(L, (X - mean).T, lower=True)
    return -0.5 * (y**2).sum(axis=0) - np.log(L.diagonal()).sum() - 0.5 * len(mean) * np.log(2 * np.pi)


def by_eigenvectors(X, mean, covariance):
    values, vectors = np.linalg.eigh(covariance)
    z = (X - mean) @ vectors / np.sqrt(values)
    return -0.5 * (z**2 + np.log(2 * np.pi * values)).sum(axis=1)


def squared(X, mean, covariance):
    difference = X - mean
    return np.diag(difference @ np.linalg.inv(covariance) @ difference.T)


def axes(covariance):
    values, vectors = np.linalg.eigh(covariance)
    order = np.argsort(-values)
    return values[order] ** 0.5, vectors[:, order]


def by_svd(covariance):
    vectors, values, _ = np.linalg.svd(covariance)
    return np.sqrt(values), vectors


def by_eig(covariance):
    values, vectors = np.linalg.eig(covariance)
    order = values.argsort()[::-1]
    return np.sqrt(values[order]), vectors[:, order]


def of_cholesky(covariance):
    vectors, values, _ = np.linalg.svd(np.linalg.cholesky(covariance))
    return values, -vectors


def in_lists(covariance):
    lengths, directions = axes(covariance)
    return lengths.tolist(), directions.tolist()


def in_2d_only(covariance):
    (a, b), (_, c) = covariance[:2, :2]
    middle, half = (a + c) / 2, np.hypot((a - c) / 2, b)
    angle = 0.5 * np.arctan2(2 * b, a - c)
    u = np.array([np.cos(angle), np.sin(angle)])
    return np.sqrt([middle + half, middle - half]), np.column_stack([u, [-u[1], u[0]]])


WRONG = {
    "free_numbers": [
        100,
        45,
        10,
        110,
        90,
        65,
        50,
        20,
        1,
        54,
        56,
        55.5,
        -55,
        0,
        "55",
        None,
        [55, 55],
        55j,
        1024,
    ],
    "log_gaussian": [
        by_scipy,
        lambda X, mean, covariance: by_scipy(X, mean, np.eye(len(mean))),
        lambda X, mean, covariance: by_scipy(X, 0 * mean, covariance),
        lambda X, mean, covariance: by_scipy(X - X.mean(axis=0), 0 * mean, covariance),
        lambda X, mean, covariance: by_scipy(X, mean, np.atleast_2d(np.cov(X.T))),
        lambda X, mean, covariance: by_scipy(X[:, ::-1], mean, covariance),
        lambda X, mean, covariance: by_scipy(X[::-1], mean, covariance),
        lambda X, mean, covariance: by_scipy(X, mean, np.abs(covariance)),
        lambda X, mean, covariance: by_scipy(X, mean, 2 * covariance),
        lambda X, mean, covariance: by_scipy(X, mean, covariance) + 0.5 * (len(mean) - 2) * np.log(2 * np.pi),
        lambda X, mean, covariance: by_scipy(X, mean, covariance).sum(),
        lambda X, mean, covariance: by_scipy(X, mean, covariance)[:, np.newaxis],
        lambda X, mean, covariance: np.maximum(by_scipy(X, mean, covariance), -700),
        lambda X, mean, covariance: np.log(np.exp(by_scipy(X, mean, covariance))),
        lambda X, mean, covariance: np.log(np.exp(by_scipy(X, mean, covariance)) + 1e-300),
        lambda X, mean, covariance: by_scipy(X, mean, covariance)[:7] - 1e-5,
        lambda X, mean, covariance: stats.norm(mean, np.sqrt(np.diag(covariance))).logpdf(X).sum(axis=1),
        lambda X, mean, covariance: -by_scipy(X, mean, covariance),
        lambda X, mean, covariance: stats.multivariate_t(mean, covariance, df=50).logpdf(X),
        lambda X, mean, covariance: by_scipy(X, mean, covariance) - 0.5 * np.log(np.linalg.cond(covariance)),
        lambda X, mean, covariance: by_einsum(X, mean, np.linalg.inv(covariance)),
    ],
    "share_inside": [
        lambda X, mean, covariance, radius: (
            sum(mahalanobis(x, mean, np.linalg.inv(covariance)) <= radius for x in X) / len(X)
        ),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) <= 1),
        lambda X, mean, covariance, radius: np.mean(squared(X, X.mean(axis=0), covariance) <= radius**2),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, np.cov(X.T)) <= radius**2),
        lambda X, mean, covariance, radius: np.sum(squared(X, mean, covariance) <= radius**2) / 211,
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) <= radius**2 / 2),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) <= 2 * radius),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) < radius**2),
        lambda X, mean, covariance, radius: np.mean(squared(X[:50], mean, covariance) <= radius**2),
        lambda X, mean, covariance, radius: 1 - np.exp(-(radius**2) / 2),
        lambda X, mean, covariance, radius: stats.norm.cdf(radius) - stats.norm.cdf(-radius),
        lambda X, mean, covariance, radius: round(np.mean(squared(X, mean, covariance) <= radius**2), 2),
        lambda X, mean, covariance, radius: squared(X, mean, covariance) <= radius**2,
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) >= radius**2),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, np.abs(covariance)) <= radius**2),
        lambda X, mean, covariance, radius: np.mean(np.abs(X - mean).max(axis=1) <= radius),
        lambda X, mean, covariance, radius: np.mean(squared(X, mean[::-1], covariance) <= radius**2),
    ],
    "ellipse_axes": [
        lambda S: (axes(S)[0], np.linalg.eigh(S)[1][::-1]),
        lambda S: (axes(S)[0], np.linalg.eigh(S)[1].T[::-1]),
        lambda S: (axes(S)[0], np.array([np.linalg.eigh(S)[1][k] for k in range(len(S))])[::-1].T),
        lambda S: (axes(S)[0], np.abs(axes(S)[1])),
        lambda S: (axes(S)[0][:2], axes(S)[1][:, :2]),
        lambda S: (axes(S)[0][0], axes(S)[1]),
        lambda S: (axes(S)[0], axes(S)[1][:, 0]),
        lambda S: (axes(S)[0], np.eye(len(S))),
        lambda S: (axes(S)[0], axes(S)[1] * [2, *[1] * (len(S) - 1)]),
        lambda S: (np.full(len(S), np.linalg.det(S) ** 0.5), axes(S)[1]),
        lambda S: (np.linalg.cholesky(S).diagonal(), axes(S)[1]),
        lambda S: (np.sqrt(np.diag(S)), axes(S)[1]),
        lambda S: (2.45 * axes(S)[0], axes(S)[1]),
        lambda S: (axes(S)[0] ** 4, axes(S)[1]),
        lambda S: (np.sqrt(np.linalg.eig(S)[0]), np.linalg.eig(S)[1]),
        lambda S: axes(np.linalg.inv(S)),
        lambda S: axes(S)[::-1],
        lambda S: axes(S)[0],
        in_2d_only,
    ],
}

RIGHT = {
    "free_numbers": [55, 55.0, np.int64(55), [55], np.array(55.0), np.float32(55), Fraction(55)],
    "log_gaussian": [
        by_a_loop,
        by_einsum,
        by_cholesky,
        by_eigenvectors,
        lambda X, mean, covariance: by_einsum(X, mean, covariance).astype(np.float32),
        lambda X, mean, covariance: [by_einsum(x[np.newaxis], mean, covariance)[0] for x in X],
        lambda X, mean, covariance: (
            -0.5 * (np.log(np.linalg.det(2 * np.pi * covariance)) + squared(X, mean, covariance))
        ),
    ],
    "share_inside": [
        lambda X, mean, covariance, radius: np.mean(squared(X, mean, covariance) <= radius**2),
        lambda X, mean, covariance, radius: (np.sqrt(squared(X, mean, covariance)) <= radius).mean(),
        lambda X, mean, covariance, radius: np.float32(np.mean(squared(X, mean, covariance) <= radius**2)),
        lambda X, mean, covariance, radius: [np.mean(squared(X, mean, covariance) <= radius**2)][0].item(),
        lambda X, mean, covariance, radius: 1 - np.mean(squared(X, mean, covariance) > radius**2),
        lambda X, mean, covariance, radius: (
            np.count_nonzero(
                np.linalg.norm(np.linalg.solve(np.linalg.cholesky(covariance), (X - mean).T), axis=0)
                <= radius
            )
            / len(X)
        ),
    ],
    "ellipse_axes": [
        axes,
        by_svd,
        by_eig,
        of_cholesky,
        in_lists,
        lambda S: [part.astype(np.float32) for part in axes(S)],
        lambda S: (np.sqrt(np.linalg.eigvalsh(S))[::-1], np.fliplr(np.linalg.eigh(S)[1])),
        lambda S: (axes(S)[0], -axes(S)[1]),
        lambda S: (np.linalg.norm(np.linalg.cholesky(S).T @ axes(S)[1], axis=0), axes(S)[1]),
    ],
}

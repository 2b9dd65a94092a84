"""What notebook 07 says."""

import numpy as np
from lesson import after

import gmm_teach as gt


def about(X, r, centers):
    """The weighted covariances (K, D, D) about given centers (K, D)."""
    offsets = X[:, np.newaxis] - centers
    return np.einsum("ik,ika,ikb->kab", r, offsets, offsets) / r.sum(axis=0)[:, np.newaxis, np.newaxis]


def directions(K, D):
    """Ways to change weights (in pairs), means and covariances (each entry with its mirror)."""
    nothing = (np.zeros(K), np.zeros((K, D)), np.zeros((K, D, D)))
    for k in range(K):
        yield (np.eye(K)[k] - np.eye(K)[k - 1], *nothing[1:])
        for a in range(D):
            mean = np.zeros((K, D))
            mean[k, a] = 1
            yield nothing[0], mean, nothing[2]
            for b in range(a + 1):
                covariance = np.zeros((K, D, D))
                covariance[k, a, b] = covariance[k, b, a] = 1
                yield *nothing[:2], covariance


def slope(q, X, r, mixture, way, h=1e-5):
    """The slope of Q in a direction, by finite differences."""
    ahead, back = (gt.Mixture(*(p + t * w for p, w in zip(mixture, way, strict=True))) for t in (h, -h))
    return (q(X, r, ahead) - q(X, r, back)) / (2 * h)


@after("held-numbers")
def promise(says, X, r, before, after, q, score, gain_q, gain_score):
    assert np.isclose(q(X, r, after), np.sum(r * gt.log_joint(X, after)), rtol=1e-12)
    assert np.isclose(score, gt.log_likelihood(X, before), rtol=1e-12)
    says(f"Here $Q$ gained {gain_q:.2f}, and $\\log p(X)$ gained {gain_score:.2f}.")
    says(f"where the other {gain_score - gain_q:.2f} comes from, and why it is never negative.")
    change = np.abs(gt.responsibilities(X, after) - r).max()
    says(f"one of them changes by {change:.2f}.")


@after("held-numbers")
def promise_elsewhere(q):
    """What Q gains the log-likelihood gains too, or more: also where the new parameters are any others."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        X = rng.normal(size=(12, 2)) * 2
        one, other = (
            gt.Mixture(rng.dirichlet([2, 2, 2]), rng.normal(size=(3, 2)), [rng.gamma(3) * np.eye(2)] * 3)
            for _ in range(2)
        )
        r = gt.responsibilities(X, one)
        gain = gt.log_likelihood(X, other) - gt.log_likelihood(X, one)
        assert gain >= q(X, r, other) - q(X, r, one) - 1e-9


@after("held-numbers")
def three_problems(X, r, after, q, N, D, K):
    counts, distances = r.sum(axis=0), np.empty((N, K))
    for k in range(K):
        offsets = X - after.means[k]
        distances[:, k] = np.sum(offsets @ np.linalg.inv(after.covariances[k]) * offsets, axis=1)
    gaussians = np.sum(r * (np.linalg.slogdet(after.covariances)[1] + distances))
    whole = counts @ np.log(after.weights) - gaussians / 2 - N * D / 2 * np.log(2 * np.pi)
    assert np.isclose(whole, q(X, r, after), rtol=1e-12)


@after("see-weights")
def weights(X, r, after, multiplier_solution, N):
    counts = r.sum(axis=0)
    np.testing.assert_allclose(after.weights, counts / N, rtol=1e-12)
    np.testing.assert_allclose(counts / after.weights, N, rtol=1e-12)  # the slopes are minus lambda
    assert counts @ np.log(2 * counts) > counts @ np.log(counts)
    assert counts @ np.log(2 * np.ones(3) / 3) > counts @ np.log(np.ones(3) / 3)
    assert multiplier_solution == -300


@after("see-two-means")
def stuck(says, lecture):
    mixture = gt.vectorized.m_step(lecture, np.full((len(lecture), 3), 1 / 3))
    places = []
    for _ in range(50):
        places.append(mixture.means)
        mixture = gt.vectorized.m_step(lecture, gt.vectorized.e_step(lecture, mixture)[0])
    for place in places:
        np.testing.assert_allclose(place, np.tile(lecture.mean(axis=0), (3, 1)), rtol=1e-9)
    x, y = places[0][0]
    says(f"all three means are at ({x:.2f}, {y:.2f}) after one M-step, and still there after {len(places)}:")


@after("see-balance")
def balance(X, r, after):
    for k in range(3):
        np.testing.assert_allclose(r[:, k] @ (X - after.means[k]), 0, atol=1e-12)


@after("see-two-means")
def old_mean(says, q, lecture, start, first_r, first):
    step = first.means - start.means
    about_old = about(lecture, first_r, start.means)
    outer = step[:, :, np.newaxis] * step[:, np.newaxis]
    np.testing.assert_allclose(about_old, first.covariances + outer, rtol=1e-12)
    assert np.linalg.norm(step[0]) > 3
    old_way = gt.Mixture(first.weights, first.means, about_old)
    lost = q(lecture, first_r, first) - q(lecture, first_r, old_way)
    says(f"with this done for all three components, $Q$ ends lower by {lost:.2f}.")
    covariance_first = gt.Mixture(first.weights, start.means, about_old)
    values = [q(lecture, first_r, one) for one in (start, covariance_first, old_way, first)]
    assert values == sorted(values)


@after("see-two-means")
def four_rules():
    rng = np.random.default_rng(2)
    for _ in range(20):
        root, u, change = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(3, 3))
        S, dS = root @ root.T + np.eye(3), 1e-6 * (change + change.T)
        inverse = np.linalg.inv(S)
        assert np.isclose(u @ inverse @ u, np.trace(inverse @ np.outer(u, u)))
        assert np.isclose(np.trace(root @ S @ change), np.trace(change @ root @ S))
        logs = [np.linalg.slogdet(S + sign * dS)[1] for sign in (1, -1)]
        assert np.isclose((logs[0] - logs[1]) / 2, np.trace(inverse @ dS), rtol=1e-5, atol=1e-12)
        inverses = [np.linalg.inv(S + sign * dS) for sign in (1, -1)]
        np.testing.assert_allclose((inverses[0] - inverses[1]) / 2, -inverse @ dS @ inverse, atol=1e-12)


@after("see-two-means")
def one_dimension(X, r):
    N_k, b = r[:, 0].sum(), r[:, 0] @ (X[:, 0] - r[:, 0] @ X[:, 0] / r[:, 0].sum()) ** 2
    v = np.linspace(0.05, 5, 20000)
    piece = -(N_k * np.log(v) + b / v) / 2
    assert abs(v[np.argmax(piece)] - b / N_k) < 1e-3


@after("documents-numbers")
def all_agree(measured, weights, means, covariances, weight_update, mu_update, Sigma_update, after):
    ways = (measured, (weights, means, covariances), (weight_update, mu_update, Sigma_update))
    for way in ways:
        for one, other in zip(way, after, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


@after("see-ghosts")
def ghosts(says, film, blobs):
    assert len(blobs.X) == 300
    pairs = zip(film.steps[1::2], film.steps[2::2], strict=False)
    moves = [np.linalg.norm(m.mixture.means - e.mixture.means, axis=1).max() for e, m in pairs]
    assert len(moves) == film.iterations
    assert np.argmax(moves) == 0
    second = np.argmax(moves[1:]) + 1
    says(f"in the first M-step one mean moves by {moves[0]:.2f},")
    says(f"a second peak of {moves[second]:.2f} comes in M-step {second + 1}, when the ellipses part,")
    still = next(i for i in range(len(moves)) if max(moves[i:]) < 0.01)
    says(f"and from M-step {still + 1} on no mean moves by as much as 0.01.")


@after("see-peaks")
def the_top(says, X, r, before, after, q, curves, K, D):
    slopes = [slope(q, X, r, after, way) for way in directions(K, D)]
    assert np.abs(slopes).max() < 1e-6 < 1 < max(abs(slope(q, X, r, before, way)) for way in directions(K, D))
    for _, t, values in curves:
        assert t[np.argmax(values)] == 0
    rng, best, rivals = np.random.default_rng(7), q(X, r, after), 2000
    for _ in range(rivals):
        size = 10 ** rng.uniform(-4, 0)
        weights = after.weights * np.exp(size * rng.standard_normal(K))
        turn = np.eye(D) + 0.5 * size * rng.standard_normal((K, D, D))
        covariances = turn @ after.covariances @ turn.swapaxes(1, 2)
        means = after.means + size * rng.standard_normal((K, D))
        assert q(X, r, gt.Mixture(weights / weights.sum(), means, covariances)) <= best
    says(f"And of {rivals} random mixtures, near and far, none has a higher $Q$.")

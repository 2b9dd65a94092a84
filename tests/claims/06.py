"""What notebook 06 says."""

import numpy as np
from lesson import after

import gmm_teach as gt
from gmm_teach.widgets.demos.query import Query

DEMO = Query()
A, B = 0, 1


def at(x, y=1.0):
    """The shares at a point of the demo, its log-densities (K,) and log p(x)."""
    point = np.array([[x, y]])
    joint = gt.log_joint(point, DEMO.mixture)[0]
    log_densities = joint - np.log(DEMO.mixture.weights)
    return gt.responsibilities(point, DEMO.mixture)[0], log_densities, gt.log_density(point, DEMO.mixture)[0]


def row(values):
    return ", ".join(f"{value:.3f}" for value in values)


@after("point-two")
def one_point(says, given, X, mixture, densities_2):
    products = mixture.weights * densities_2
    share = products / products.sum()
    np.testing.assert_allclose(share, gt.responsibilities(X, mixture)[2], rtol=1e-12)
    given(f"Take point 2, at ({X[2, 0]}, {X[2, 1]}).")
    given(f"| weight | {' | '.join(map(str, mixture.weights))} |")
    says(f"| density at point 2 | {' | '.join(f'{one:.4f}' for one in densities_2)} |")
    assert np.argmax(densities_2) == B
    assert np.argmax(share) == A
    assert np.argmax(densities_2 / np.sum(densities_2)) == B  # had all three the same weight
    says(f'at this place?" is the density, {densities_2[A]:.4f}. "How probable is A, now that we see')
    says(f"is the responsibility, {share[A]:.4f}.")
    says(f"A's share is {mixture.weights[A]}. The point moves it to {share[A]:.2f}.")
    says(f"with probability {1 - share[A]:.2f} another component made it")
    says(f"and {share[A]:.3f} is how sure we are that it was A.")
    given("A share of 0.99 says")


@after("see-query")
def handover(says, given):
    weights = DEMO.mixture.weights
    assert len(DEMO.X) == 100
    tenths = np.arange(25, 45) / 10
    denser = [bool(np.diff(at(x)[1][:2]) > 0) for x in tenths]
    larger = [bool(np.diff(at(x)[0][:2]) > 0) for x in tenths]
    for found in (denser, larger):
        assert found == sorted(found)  # one change only
    one, other = (tenths[found.index(True)] for found in (denser, larger))
    says(f"the star, between x = {one - 0.1:.1f} and x = {one:.1f}.")
    says(f"the right of it, between x = {other - 0.1:.1f} and x = {other:.1f}.")
    assert denser[list(tenths).index(3.3)]
    assert not larger[list(tenths).index(3.3)]
    assert 2.8 < weights[A] / weights[B] < 3  # "almost three times as common"
    given("A has weight 0.2 and density 0.3 at a point. B has weight 0.8 and density 0.025 there.")


@after("own-loops")
def table(says, X, mixture, r, N, K, e_step_loops, densities):
    np.testing.assert_allclose(e_step_loops(mixture.weights, densities), r, rtol=1e-12)
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=1e-12)
    says(f"Here N = {N} and K = {K}.")
    sums = r.sum(axis=0)
    assert np.isclose(sums.sum(), N)
    assert len({*sums.round(2)}) == K
    says(f"Point 4 adds {r[4, 1]:.3f} to B's count, {r[4, 0]:.3f} to A's and {r[4, 2]:.3f} to C's.")


@after("gamma-loops")
def document_b(says, gamma, r, N, K, bells):
    np.testing.assert_allclose(gamma, r, rtol=1e-12)
    assert len(bells) == K
    says(f"so {N * K} of them here, N times K,")


@after("see-mile")
def mile_away(says):
    assert DEMO.X.min() > -2
    assert DEMO.X.max() < 7
    shares, log_densities, _ = at(40.0, 40.0)
    says(f"A takes it, with a share of {shares[A]:.3f}.")
    ahead = (log_densities[A] - np.delete(log_densities, A)) / np.log(10)
    assert ahead.min() > 100  # powers of ten
    distances = np.sqrt(-2 * log_densities)
    assert distances.max() > 1.2 * distances.min()  # far in another number of deviations
    for place, x, y in (("far away", 40, 40), ("far away", 20, 1), ("between A and B", 3.3, 1)):
        shares, _, log_px = at(x, y)
        says(f"| ({x}, {y}), {place} | {row(shares)} | {log_px:.1f} |")
    says(f"The lowest among the data is {gt.log_density(DEMO.X, DEMO.mixture).min():.1f}.")


@after("see-mile")
def two_places(says):
    x = np.arange(-400, 401) / 10
    shared = [0.1 < at(one)[0][A] < 0.9 and at(one)[0][2] < 0.1 for one in x]
    runs = np.split(x[shared], np.flatnonzero(np.diff(x[shared]) > 0.15) + 1)
    near, far = runs
    assert near.min() < 3.3 < near.max() < 5
    assert 18 < far.min() < 20 < far.max() < 22
    says("Around x = 20 and around x = 3.3.")


@after("see-nan")
def too_early(eight, early):
    assert np.all(early[7] == 0)
    assert np.all(early[:7].sum(axis=1) > 0)
    with np.errstate(invalid="ignore"):
        r = early / early.sum(axis=1, keepdims=True)
    assert np.isnan(r[7]).all()
    assert np.isnan(r.T @ eight / r.sum(axis=0)[:, np.newaxis]).all()
    mended = early / (early.sum(axis=1, keepdims=True) + 1e-300)
    assert np.all(mended[7] == 0)
    assert np.isclose(mended.sum(), 7)


@after("ten-lines")
def ten(X, eight, mixture, bells, e_step):
    for points in (X, eight, 30 * X):
        shares, score = e_step(points, mixture.weights, bells)
        own, own_score = gt.loops.e_step(points, mixture)
        np.testing.assert_allclose(shares, own, rtol=1e-9, atol=1e-300)
        assert np.isclose(score, own_score, rtol=1e-12)
        assert np.isclose(score, gt.log_likelihood(points, mixture), rtol=1e-12)


@after("see-blocks")
def arrays(says, X, mixture, r, a, safe, e_step_vectorized):
    np.testing.assert_allclose(e_step_vectorized(a), r, rtol=1e-12)
    np.testing.assert_array_equal(np.argmax(safe, axis=1), np.argmax(r, axis=1))
    assert np.all(safe.max(axis=1) == 1)
    products = np.exp(a)
    three = products[:3] / products[:3].sum(axis=1)
    wrong = [f"{total:.3f}" for total in three.sum(axis=1)]
    says(f"the rows sum to {wrong[0]}, {wrong[1]} and {wrong[2]}. An error is the lucky case.")
    try:
        products / products.sum(axis=1)
    except ValueError:
        return
    raise AssertionError("(7, 3) / (7,) must stop")


@after("all-agree")
def the_same(ways, r):
    for shares in ways.values():
        np.testing.assert_allclose(shares, r, rtol=1e-12)


@after("see-blocks")
def ones_of_the_blocks(says, safe):
    says(f"In which column of the third block does each row have its {safe.max():.3f}")


@after("all-agree")
def midway(says, given):
    two = gt.Mixture([0.8, 0.2], [[0.0], [3.0]], [[[1.7]], [[1.7]]])
    shares = gt.responsibilities(np.array([[1.5]]), two)[0]
    given("have equal sigmas, and weights 0.8 and 0.2.")
    says(f"{shares[0]:.1f} and {shares[1]:.1f}. The densities are equal and cancel")

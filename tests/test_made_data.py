"""Data that show limits have the shape that they promise, for any size and seed."""

import numpy as np
import pytest

from gmm_teach import made_data

MAKERS = [getattr(made_data, name) for name in made_data.__all__]
EACH = pytest.mark.parametrize("maker", MAKERS, ids=made_data.__all__)


@EACH
def test_size_and_seed_are_the_callers(maker):
    data = maker(50, seed=9)
    assert data.X.shape == (50, 2)
    assert data.about.startswith("50 made points")
    np.testing.assert_array_equal(data.X, maker(50, 9).X)
    assert not np.array_equal(data.X, maker(50, 10).X)
    assert data.z is None or data.z.shape == (50,)


@EACH
@pytest.mark.parametrize(("arguments", "name"), [((0,), "n"), ((2.5,), "n"), ((5, -1), "seed")])
def test_rejects(maker, arguments, name):
    with pytest.raises(ValueError, match=f"^{name} must be a whole number"):
        maker(*arguments)


def test_a_ring_has_its_radius():
    radii = np.linalg.norm(made_data.ring(20_000).X, axis=1)
    assert abs(radii.mean() - 3) < 0.01
    assert abs(radii.std() - 0.2) < 0.01


def test_moons_lie_on_their_half_circles():
    X, z, *_ = made_data.half_moons(20_000)
    for moon, (centre, sign) in enumerate((([0, 0], 1), ([1, 0.5], -1))):
        offsets = X[z == moon] - centre
        assert abs(np.linalg.norm(offsets, axis=1).mean() - 1) < 0.01
        assert np.quantile(sign * offsets[:, 1], 0.02) > -0.2


def test_uniform_fills_its_square():
    X = made_data.uniform(20_000).X
    counts, *_ = np.histogram2d(*X.T, bins=4, range=[[0, 10], [0, 10]])
    assert counts.sum() == 20_000
    assert np.all(abs(counts - 1250) < 5 * np.sqrt(1250))


def test_cigars_are_twenty_times_as_long_as_wide():
    truth = made_data.cigars().truth
    for covariance in truth.covariances:
        np.testing.assert_allclose(np.sqrt(np.linalg.eigvalsh(covariance)), [1 / 20, 1])


def test_strangers_are_about_one_in_twenty():
    X, z, *_ = made_data.with_outliers(20_000)
    assert abs(np.mean(z == 2) - 0.05) < 0.01
    assert abs(X[z == 2]).max() <= 12
    np.testing.assert_allclose(X[z == 0].std(axis=0), 1, atol=0.03)

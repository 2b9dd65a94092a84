"""Made data that show what a mixture can and cannot do: limits in shape, in number and in strangers."""

import numpy as np

from .dataset import Dataset
from .mixture import sample
from .params import Mixture
from .validate import check_count, check_rng

__all__ = ["cigars", "half_moons", "ring", "uniform", "with_outliers"]


def ring(n=300, seed=1) -> Dataset:
    """n points near a circle of radius 3, off it by N(0, 0.2^2) along the radius; no mixture made them."""
    n, rng = check_count("n", n), check_rng(seed, "seed")
    angles = rng.uniform(0, 2 * np.pi, n)
    radii = 3 + 0.2 * rng.standard_normal(n)
    about = f"{n} made points around a circle: a ring is no sum of a few ellipses."
    return _without_truth(_at(radii, angles), None, about)


def half_moons(n=300, seed=2) -> Dataset:
    """n points near two half circles of radius 1 that reach into each other, off them by N(0, 0.08^2).

    z is the moon: 0 opens downwards, 1 opens upwards.
    """
    n, rng = check_count("n", n), check_rng(seed, "seed")
    z = rng.integers(2, size=n)
    angles = rng.uniform(0, np.pi, n) + np.pi * z
    X = _at(np.ones(n), angles) + np.outer(z, [1, 0.5]) + 0.08 * rng.standard_normal((n, 2))
    return _without_truth(X, z, f"{n} made points along two half moons that reach into each other.")


def uniform(n=300, seed=3) -> Dataset:
    """n points drawn evenly from a square of side 10: there are no groups to find."""
    n, rng = check_count("n", n), check_rng(seed, "seed")
    return _without_truth(rng.uniform(0, 10, (n, 2)), None, f"{n} made points, evenly from a square.")


def cigars(n=300, seed=4) -> Dataset:
    """n points from three long thin Gaussians side by side: deviation 1 along each, 1/20 across."""
    n, rng = check_count("n", n), check_rng(seed, "seed")
    truth = Mixture(
        [1 / 3] * 3, [[0, 0], [0.3, 0.4], [-0.2, 0.8]], [_tilted(degrees) for degrees in (0, 4, -3)]
    )
    X, z = sample(truth, n, rng)
    about = f"{n} made points from three long thin Gaussians side by side."
    return Dataset(X, z, truth, about, ("x", "y"))


def with_outliers(n=300, seed=5) -> Dataset:
    """n points: most from two round Gaussians, about one in 20 evenly from a square of side 24.

    z is the Gaussian, 0 or 1, or 2 for the square.
    """
    n, rng = check_count("n", n), check_rng(seed, "seed")
    z = rng.choice(3, size=n, p=[0.55, 0.4, 0.05])
    X = np.array([[-2, 0], [2.5, 1], [0, 0]])[z] + rng.standard_normal((n, 2))
    X[z == 2] = rng.uniform(-12, 12, (np.count_nonzero(z == 2), 2))
    about = f"{n} made points: two round Gaussians, and strangers from all over."
    return _without_truth(X, z, about)


def _at(radii, angles):
    """Points (n, 2) at these radii and angles around the origin."""
    return (radii * np.array([np.cos(angles), np.sin(angles)])).T


def _tilted(degrees):
    """Covariance (2, 2) of deviations 1 and 1/20, the long axis turned from the x axis."""
    along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    across = np.array([-along[1], along[0]])
    return np.outer(along, along) + np.outer(across, across) / 400


def _without_truth(X, z, about):
    return Dataset(X, z, None, about, ("x", "y"))

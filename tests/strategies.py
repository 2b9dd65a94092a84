"""Problems for the property tests: data, a start of the drawn covariance type, and its constraint."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized
from gmm_teach.params import constrain

SOME = settings()  # of the profile that conftest.py has loaded
FEW = settings(max_examples=(SOME.max_examples + 1) // 2)  # of whole runs
MODES = pytest.mark.parametrize(
    ("engine", "record"),
    [(loops, "all"), (vectorized, "all"), (fast, "all"), (fast, "scores")],
    ids=["loops", "vectorized", "fast", "fused"],
)


class Problem(NamedTuple):
    """Everything that an EM run needs; `rng` is for whatever else a test draws."""

    X: np.ndarray
    start: gt.Mixture
    covariance_type: str
    rng: np.random.Generator


@st.composite
def problems(draw, components=(1, 2, 3)):
    """Points of overlapping Gaussians, not centred, and a start in which each component holds many."""
    shapes = list(product(components, (1, 2, 3), gt.COVARIANCE_TYPES))
    K, D, covariance_type = draw(st.sampled_from(shapes))  # in one draw, to meet nearly all of them
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    N = rng.integers(30, 50)
    centres = 2 * rng.standard_normal((K, D))
    X = 5 + centres[rng.integers(K, size=N)] + rng.standard_normal((N, D)) @ rng.uniform(-1, 1, (D, D))
    X += rng.standard_normal((N, D))
    means = X[rng.choice(N, K, replace=False)]
    return Problem(X, random_mixture(rng, means, covariance_type), covariance_type, rng)


def random_mixture(rng, means, covariance_type):
    """A mixture of the given means, with random weights and covariances."""
    K, D = means.shape
    weights = rng.dirichlet(np.full(K, 5.0))
    roots = rng.uniform(-1, 1, (K, D, D))
    covariances = 4 * np.eye(D) + roots @ roots.swapaxes(1, 2)
    return gt.Mixture(weights, means, constrain(weights, covariances, covariance_type))


def affine_map(rng, D, covariance_type):
    """A, b such that x -> A x + b keeps the covariance type, stretching lengths 0.2 to 5 times."""
    rotation, other = (np.linalg.qr(rng.standard_normal((D, D)))[0] for _ in "AB")
    scales = np.exp(rng.uniform(-1.6, 1.6, D))
    A = {
        "full": rotation * scales @ other,
        "tied": rotation * scales @ other,
        "diag": np.diag(scales * rng.choice([-1, 1], D)),
        "spherical": rotation * scales[0],
    }[covariance_type]
    return A, 10 * rng.standard_normal(D)


def mapped(mixture, A, b):
    """The mixture of A x + b when x has this mixture."""
    return gt.Mixture(mixture.weights, mixture.means @ A.T + b, A @ mixture.covariances @ A.T)


def film(problem, **options):
    """The run of a problem; options go to `run_em`, before X, start and covariance_type as they are."""
    X, start, covariance_type, _ = problem
    return gt.run_em(**({"X": X, "start": start, "covariance_type": covariance_type} | options))

"""What exercises are tried on: few points, unequal weights and tilted ellipses, so that no slip hides."""

import numpy as np

from ..mixture import sample
from ..params import Mixture

WEIGHTS = [0.2, 0.5, 0.3]
TILTED = [[[1.0, 0.6], [0.6, 1.5]], [[0.8, -0.3], [-0.3, 0.5]], [[2.0, 0.1], [0.1, 0.4]]]
APART = Mixture(WEIGHTS, [[0.0, 0.0], [3.0, 1.0], [-1.0, 4.0]], TILTED)
CLOSE = Mixture(WEIGHTS, [[0.0, 0.0], [2.0, 1.0], [-1.0, 2.0]], TILTED)
BEGIN = Mixture([0.3, 0.3, 0.4], [[1.0, 0.0], [2.0, 2.0], [0.0, 3.0]], [[[2.0, 0.2], [0.2, 2.0]]] * 3)
TWO = Mixture([0.3, 0.7], [[0.0, 0.0], [1.0, 1.0]], [[[1.0, 0.3], [0.3, 2.0]], [[2.0, -0.5], [-0.5, 1.0]]])


def points(mixture, n, seed) -> np.ndarray:
    """n points X (n, D) of a mixture."""
    return sample(mixture, n, np.random.default_rng(seed))[0]


SEVEN_APART, SIXTY_APART = points(APART, 7, 3), points(APART, 60, 4)
SEVEN_CLOSE = points(CLOSE, 7, 3)

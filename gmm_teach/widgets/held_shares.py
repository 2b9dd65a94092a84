"""What Be-the-M-step holds between two E-steps: the shares, and Q, the score that they give to parameters."""

import numpy as np

from ..mixture import log_joint, responsibilities
from ..params import Collapsed, Mixture
from ..vectorized import m_step

NEAR = 0.5  # of Q, what the steps of the sliders may leave


class HeldShares:
    """The shares of 1-D data X (N, 1) between the components of a mixture, held while parameters move.

    `highest` is the top of Q, which the M-step reaches; infinite where it would make a component collapse.
    """

    def __init__(self, X, mixture):
        self.X, self.shares = X, responsibilities(X, mixture)
        try:
            self.highest = self.score(m_step(X, self.shares))
        except Collapsed:
            self.highest = np.inf

    def score(self, mixture: Mixture) -> float:
        """Q: the sum over points and components of share times log of weight times density."""
        return float(np.sum(self.shares * log_joint(self.X, mixture)))

    def caption(self, q, log_likelihood) -> str:
        """What the meter shows, in words."""
        if np.isinf(self.highest):
            told = f"Q is {q:.2f} and has no top: one component has next to no shares. Try another start"
            return f"The shares are held. {told}; the log-likelihood is {log_likelihood:.2f}"
        missing = max(self.highest - q, 0)
        near = "" if missing > NEAR else ". Little is left to gain with these shares: press E-step"
        return (
            f"The shares are held. Q is {q:.2f}, {missing:.2f} below its top {self.highest:.2f}, where the "
            f"M-step goes; the log-likelihood is {log_likelihood:.2f}{near}"
        )

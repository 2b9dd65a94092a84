"""The parameters of a Gaussian mixture, and the symbol table of the whole course.

In code              Symbol      Shape      Meaning (the documents' own letters in brackets)
-------------------  ----------  ---------  ----------------------------------------------------------
X                    x_n         (N, D)     data: N points with D numbers each [x_i, data[i]]
weights              pi_k        (K,)       how often component k is drawn; they sum to 1 [weights[j]]
means                mu_k        (K, D)     centre of component k [mu[j]]
covariances          Sigma_k     (K, D, D)  spread and tilt of component k [Sigma[j]]
z                    z_n         (N,)       the hidden label: which component drew point n
responsibilities     r_nk        (N, K)     p(z_n = k | x_n); a row sums to 1 [gamma(i, k), gamma[i][j], r_ik]
soft_counts          N_k         (K,)       sum of r_nk over the points [N_k^soft, n_list]
log_joint                        (N, K)     log of pi_k N(x_n | mu_k, Sigma_k)
log_likelihood       log p(X)    scalar     sum over the points of log p(x_n), in nats
elbo                 L(r)        scalar     the lower bound that EM climbs; equals log p(X) after an E-step

Four covariance types constrain what an M-step may return. Their spelling is scikit-learn's, but
the array is always (K, D, D):

full       every component has its own ellipse
tied       all components share one ellipse
diag       every component has its own ellipse, its axes parallel to the coordinate axes
spherical  every component has its own circle
"""

from typing import NamedTuple

import numpy as np

from .validate import check_choice, floats
from .words import letter

COVARIANCE_TYPES = ("full", "tied", "diag", "spherical")


class Collapsed(np.linalg.LinAlgError):
    """A component has nothing left to stand on: `component` is its index, `reason` says why."""

    def __init__(self, component, reason):
        super().__init__(component, reason)
        self.component = component
        self.reason = reason

    def __str__(self):
        return f"component {letter(self.component)} (index {self.component}) {self.reason}"


class _Parameters(NamedTuple):
    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray


class Mixture(_Parameters):
    """K Gaussians in D dimensions, checked and read-only.

    weights (K,), means (K, D), covariances (K, D, D); for 1-D data D = 1. The arrays are copied.
    Raises ValueError when shapes disagree, weights are not probabilities, or a covariance is not
    symmetric; `Collapsed` (a ValueError too) when a covariance is not positive definite.
    """

    __slots__ = ()

    def __new__(cls, weights, means, covariances):
        weights, means, covariances = (
            floats(name, values)
            for name, values in zip(cls._fields, (weights, means, covariances), strict=True)
        )
        _check_shapes(weights, means, covariances)
        _check_weights(weights)
        for k, covariance in enumerate(covariances):
            _check_covariance(k, covariance)
        return cls.unchecked(weights, means, (covariances + covariances.swapaxes(1, 2)) / 2)

    @classmethod
    def unchecked(cls, weights, means, covariances):
        """Freeze the arrays of an M-step, which are valid by construction, and skip the checks."""
        for array in (weights, means, covariances):
            array.setflags(write=False)
        return tuple.__new__(cls, (weights, means, covariances))

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    @property
    def n_components(self):
        """K."""
        return len(self.weights)

    @property
    def n_features(self):
        """D."""
        return self.means.shape[1]

    def permuted(self, order):
        """Return the same mixture with its components in the given order, an index array (K,)."""
        order = np.asarray(order)
        return Mixture(self.weights[order], self.means[order], self.covariances[order])

    def __eq__(self, other):
        if not isinstance(other, Mixture):
            return NotImplemented
        return all(map(np.array_equal, self, other))

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        lines = [f"Mixture of {self.n_components} in {self.n_features}-D"]
        for k, (weight, mean, covariance) in enumerate(zip(*self, strict=True)):
            lines.append(
                f"  {letter(k)}  weight {weight:.4f}  mean {_short(mean)}  covariance {_short(covariance)}"
            )
        return "\n".join(lines)


def check_covariance_type(covariance_type):
    """Raise a ValueError that lists the four types unless this is one of them."""
    check_choice("covariance_type", covariance_type, COVARIANCE_TYPES)


def soft_counts(responsibilities):
    """N_k (K,): how many points, in parts, each component holds. Raises `Collapsed` at zero."""
    counts = responsibilities.sum(axis=0)
    check_soft_counts(counts, len(responsibilities))
    return counts


def check_soft_counts(counts, n_points):
    """Raise `Collapsed` if a component's soft count is too small to divide by."""
    if counts.min() <= 1e-200 * n_points:
        raise Collapsed(int(counts.argmin()), "is empty: no point is its responsibility")


def constrain(weights, covariances, covariance_type, reg_covar=0.0):
    """Give full covariances (K, D, D) the shape of a covariance type and add reg_covar to their diagonals.

    The result maximises Q under the constraint: a diagonal keeps its own variances, a circle
    takes their average, and the tied ellipse is the average over components, by weight.
    """
    K, D, _ = covariances.shape
    identity = np.eye(D)
    if covariance_type == "tied":
        covariances = np.broadcast_to(np.tensordot(weights, covariances, axes=1), (K, D, D))
    elif covariance_type == "diag":
        covariances = covariances * identity
    elif covariance_type == "spherical":
        variances = np.trace(covariances, axis1=1, axis2=2) / D
        covariances = variances[:, np.newaxis, np.newaxis] * identity
    elif covariance_type != "full":
        check_covariance_type(covariance_type)
    return covariances + reg_covar * identity


def _check_shapes(weights, means, covariances):
    if weights.ndim != 1 or not len(weights):
        raise ValueError(f"weights must have shape (K,) with K >= 1, got {weights.shape}")
    K = len(weights)
    if means.ndim != 2 or len(means) != K or not means.shape[1]:
        raise ValueError(f"means must have shape (K, D) = ({K}, D), got {means.shape}")
    if not np.isfinite(means).all():
        raise ValueError("means must be finite numbers")
    expected = (K, means.shape[1], means.shape[1])
    if covariances.shape != expected:
        raise ValueError(f"covariances must have shape {expected}, got {covariances.shape}")


def _check_weights(weights):
    if not (weights >= 0).all():
        k = int(np.argmin(weights >= 0))
        raise ValueError(f"weights must not be negative; weights[{k}] is {weights[k]}")
    if not abs(weights.sum() - 1) <= 1e-8:
        raise ValueError(f"weights must sum to 1, got {weights.sum()}; use weights / weights.sum()")


def _check_covariance(k, covariance):
    if not np.isfinite(covariance).all():
        raise ValueError(f"covariances[{k}] holds NaN or infinity")
    gap = np.abs(covariance - covariance.T)
    if gap.max() > 1e-8 * np.abs(covariance).max():
        a, b = np.unravel_index(gap.argmax(), gap.shape)
        raise ValueError(
            f"covariances[{k}] must be symmetric: entries ({a}, {b}) and ({b}, {a}) differ by {gap.max():g}"
        )
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        smallest = np.linalg.eigvalsh(covariance)[0]
        reason = f"has a covariance that is not positive definite: smallest eigenvalue {smallest:g}"
        raise Collapsed(k, reason) from None


def _short(array):
    return np.array2string(array + 0.0, precision=4, suppress_small=True, floatmode="fixed").replace("\n", "")

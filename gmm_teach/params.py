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

from .arguments import check_parameters
from .arrays import entries, floats
from .scikit_learn import OF_A_MIXTURE, no_attribute, parameters_of
from .validate import check_choice
from .words import letter, number

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

    Parameters
    ----------
    weights : array of shape (K,)
        Probabilities of the components; they sum to 1.
    means : array of shape (K, D)
        Centres, in the units of the data. For 1-D data D = 1.
    covariances : array of shape (K, D, D)
        Symmetric and positive definite, in squared units, whatever the covariance type.

    Raises
    ------
    ValueError
        When shapes disagree, weights are not probabilities, or a covariance is not symmetric.
    Collapsed
        (a ValueError too) When a covariance is not positive definite.

    Examples
    --------
    >>> mixture = Mixture([0.25, 0.75], means=[[0, 0], [5, 1]], covariances=[np.eye(2), 2 * np.eye(2)])
    >>> mixture
    Mixture of 2 in 2-D
      A  weight 0.25  mean [0 0]  covariance [[1 0] [0 1]]
      B  weight 0.75  mean [5 1]  covariance [[2 0] [0 2]]
    >>> mixture.means[1, 0].item()
    5.0
    """

    __slots__ = ()

    def __new__(cls, weights, means, covariances):
        weights, means, covariances = (
            floats(name, values)
            for name, values in zip(cls._fields, (weights, means, covariances), strict=True)
        )
        check_parameters(weights, means, covariances)
        for k, covariance in enumerate(covariances):
            _check_positive_definite(k, covariance)
        return cls.unchecked(weights, means, (covariances + covariances.swapaxes(1, 2)) / 2)

    @classmethod
    def unchecked(cls, weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> "Mixture":
        """Freeze the arrays of an M-step, which are valid by construction, and skip the checks."""
        for array in (weights, means, covariances):
            array.setflags(write=False)
        return tuple.__new__(cls, (weights, means, covariances))

    @classmethod
    def from_sklearn(cls, fitted) -> "Mixture":
        """The mixture that a GaussianMixture of scikit-learn has fitted, of any covariance type.

        Raises TypeError for another object, ValueError for one that is not fitted yet.
        """
        return cls(*parameters_of(fitted))

    def __getattr__(self, name):
        raise no_attribute("Mixture", name, OF_A_MIXTURE)

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    def __reduce__(self):
        return Mixture.unchecked, tuple(self)

    @property
    def n_components(self) -> int:
        """K."""
        return len(self.weights)

    @property
    def n_features(self) -> int:
        """D."""
        return self.means.shape[1]

    def permuted(self, order) -> "Mixture":
        """Return the same mixture with its components in the given order, an index array (K,)."""
        order = entries("order", order)
        if sorted(order.ravel().tolist()) != list(range(self.n_components)) or order.ndim != 1:
            raise ValueError(
                f"order must name each component 0 to {self.n_components - 1} once, got {order.tolist()}"
            )
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
            parts = f"weight {number(weight)}", f"mean {_short(mean)}", f"covariance {_short(covariance)}"
            lines.append("  ".join([f"  {letter(k)}", *parts]))
        return "\n".join(lines)


def check_covariance_type(covariance_type: str) -> None:
    """Raise a ValueError that lists the four types unless this is one of them."""
    check_choice("covariance_type", covariance_type, COVARIANCE_TYPES)


def check_soft_counts(soft_counts: np.ndarray, n_points: int) -> None:
    """Raise `Collapsed` if a component's soft count N_k (K,) is too small to divide by."""
    if soft_counts.min() <= 1e-200 * n_points:
        raise Collapsed(int(soft_counts.argmin()), "is empty: no point is its responsibility")


def constrain(
    weights: np.ndarray, covariances: np.ndarray, covariance_type: str, reg_covar: float = 0.0
) -> np.ndarray:
    """Give full covariances (K, D, D) the shape of a covariance type and add reg_covar to their diagonals.

    The result maximises Q under the constraint: a diagonal keeps its own variances, a circle
    takes their average, and the tied ellipse is the average over components, by weight. It is
    exactly symmetric.
    """
    check_covariance_type(covariance_type)
    K, D, _ = covariances.shape
    identity = np.eye(D)
    if covariance_type == "tied":
        covariances = np.broadcast_to(np.tensordot(weights, covariances, axes=1), (K, D, D))
    elif covariance_type == "diag":
        covariances = covariances * identity
    elif covariance_type == "spherical":
        variances = np.trace(covariances, axis1=1, axis2=2) / D
        covariances = variances[:, np.newaxis, np.newaxis] * identity
    return (covariances + covariances.swapaxes(1, 2)) / 2 + reg_covar * identity


def _check_positive_definite(k, covariance):
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        smallest = np.linalg.eigvalsh(covariance)[0]
        reason = f"has a covariance that is not positive definite: smallest eigenvalue {smallest:g}"
        raise Collapsed(k, reason) from None


def _short(array, most=6):
    """A vector or matrix with four significant digits an entry, on one line; of many entries, the first."""
    entries = [_short(entry) if entry.ndim else number(entry) for entry in array[:most]]
    return f"[{' '.join(entries)}{' ...' if len(array) > most else ''}]"

"""What the loop of EM calls: a package's engine, or a reader's own half-steps, checked at this door."""

from collections.abc import Callable
from inspect import Parameter, signature
from types import ModuleType

import numpy as np

from .arguments import check_responsibilities
from .arrays import floats
from .engine import blocks, fast
from .engine.features import CONDITIONING_LIMIT
from .params import Collapsed, Mixture, constrain
from .spread import check_spread, resolution

EXTRA = ("mixture", "covariance_type", "reg_covar")


class EngineSteps:
    """The two half-steps of an engine, under one covariance type and floor."""

    own_e_step = False

    def __init__(self, X: np.ndarray, engine: ModuleType, constraint: tuple[str, float]):
        self.engine, self.constraint, self.smallest = engine, constraint, resolution(X)

    def e_step(self, X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
        """Responsibilities (N, K), and the log-likelihood of the mixture."""
        return self.engine.e_step(X, mixture)

    def m_step(self, X: np.ndarray, responsibilities: np.ndarray) -> Mixture:
        """The mixture that fits the responsibilities best; `Collapsed` where it has no spread."""
        return check_spread(X, self.engine.m_step(X, responsibilities, *self.constraint), self.smallest)

    def elbo(self, X: np.ndarray, mixture: Mixture, responsibilities: np.ndarray) -> float:
        """The lower bound after an M-step, or after a reader's own E-step."""
        return blocks.elbo(X, mixture, responsibilities)

    def recorded(self, responsibilities: np.ndarray) -> np.ndarray:
        """What a step records of what the E-step before it has returned."""
        return responsibilities


class FusedSteps(fast.Fused):
    """The half-steps of `fast`, checked for spread."""

    own_e_step = False

    def __init__(self, X: np.ndarray, n_components: int, constraint: tuple[str, float], keep: bool):
        super().__init__(X, n_components, constraint, keep)
        self.smallest = resolution(X)
        finest = (self.smallest * self.features.scale).max()
        self.resolved = finest**2 * CONDITIONING_LIMIT < 1  # no well-conditioned variance is too small

    def m_step(self, X, handed) -> Mixture:
        """The mixture that fits what the E-step handed over best; `Collapsed` where it has no spread."""
        mixture = super().m_step(X, handed)
        if self.resolved and self.parameters is not None:
            return mixture
        return check_spread(X, mixture, self.smallest)


class OwnSteps(EngineSteps):
    """An engine with a reader's own `e_step(X, mixture)`, own `m_step(X, responsibilities, ...)`, or both.

    What they return becomes float64 responsibilities (N, K) and a `Mixture`, or is refused in a
    sentence that names the row, the sum and the remedy. check=False lets wrong numbers pass, so that
    their film can be looked at.
    """

    def __init__(self, X, engine, constraint, e_step: Callable | None, m_step: Callable | None, check: bool):
        super().__init__(X, engine, constraint)
        self.own_e_step, self.own_m_step, self.check = e_step, m_step, check
        self.mixture = None
        self.extra = _extra_arguments(m_step) if m_step else ()

    def e_step(self, X, mixture) -> tuple[np.ndarray, float]:
        """Responsibilities (N, K), and the log-likelihood of the mixture, whatever score came with them."""
        self.mixture = mixture
        if self.own_e_step is None:
            return super().e_step(X, mixture)
        returned = self.own_e_step(X, mixture)
        if isinstance(returned, tuple) and len(returned) == 2 and np.ndim(returned[1]) == 0:
            returned = returned[0]
        return self._responsibilities(returned, len(X)), blocks.log_likelihood(X, mixture)

    def m_step(self, X, responsibilities) -> Mixture:
        """The `Mixture` of what the own M-step returns."""
        if self.own_m_step is None:
            m_step = self.engine.m_step if self.check else blocks.m_step
            return check_spread(X, m_step(X, responsibilities, *self.constraint), self.smallest)
        known = dict(zip(EXTRA, (self.mixture, *self.constraint), strict=True))
        returned = self.own_m_step(X, responsibilities, *(known[name] for name in self.extra))
        mixture = self._mixture(returned)
        if mixture.means.shape != self.mixture.means.shape:
            raise ValueError(
                f"m_step must return means of shape {self.mixture.means.shape}, got {mixture.means.shape}"
            )
        return check_spread(X, mixture, self.smallest)

    def _responsibilities(self, returned, n_points):
        if returned is None:
            raise ValueError("e_step returned nothing; end it with `return responsibilities`")
        K = self.mixture.n_components
        try:
            r = floats("responsibilities", returned)
            if not self.check and r.shape == (n_points, K) and np.isfinite(r).all():
                return r
            r = check_responsibilities(r, n_points, K)
        except (TypeError, ValueError) as error:
            raise type(error)(
                f"e_step must return responsibilities of shape ({n_points}, {K}): {error}"
            ) from None
        return r / r.sum(axis=1, keepdims=True) if np.asarray(returned).dtype.itemsize < 8 else r

    def _mixture(self, returned):
        if not isinstance(returned, tuple | list) or len(returned) != 3:
            raise TypeError(
                "m_step must return a Mixture, or weights, means and covariances, "
                f"got {type(returned).__name__}"
            )
        if not self.check:
            return Mixture.unchecked(*(np.array(part, dtype=np.float64) for part in returned))
        try:
            mixture = Mixture(*returned)
        except Collapsed:
            raise
        except (TypeError, ValueError) as error:
            raise type(error)(f"m_step must return the parameters of a mixture: {error}") from None
        _check_type(mixture, self.constraint[0])
        return mixture


def _check_type(mixture, covariance_type):
    shaped = constrain(mixture.weights, mixture.covariances, covariance_type)
    if not np.allclose(mixture.covariances, shaped, rtol=1e-6, atol=1e-6 * np.abs(shaped).max()):
        raise ValueError(
            f"covariance_type is {covariance_type!r}, but m_step returned covariances of another type; "
            "run with the type that it makes, or use gmm_teach.params.constrain"
        )


def _extra_arguments(m_step):
    """Which of mixture, covariance_type and reg_covar an own m_step takes after X and responsibilities."""
    try:
        parameters = list(signature(m_step).parameters.values())[2:]
    except (TypeError, ValueError):  # some builtins do not say
        return ()
    if any(one.kind is Parameter.VAR_POSITIONAL for one in parameters):
        return EXTRA[1:]
    positional = [
        one for one in parameters if one.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    ]
    names = [one.name for one in positional]
    if set(names) <= set(EXTRA):
        return tuple(names)
    required = [one for one in positional if one.default is Parameter.empty]
    if len(required) > 2:
        raise TypeError(
            f"m_step takes {', '.join(names)} after X and responsibilities; it may take mixture, or "
            "covariance_type and reg_covar"
        )
    return {0: (), 1: EXTRA[:1], 2: EXTRA[1:]}[len(required)]

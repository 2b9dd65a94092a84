"""EM in decimal arithmetic of 80 digits, the oracle of float64, and problems that are hard in float64."""

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from typing import NamedTuple

import numpy as np

import gmm_teach as gt

DIGITS = Context(prec=80, Emax=MAX_EMAX, Emin=MIN_EMIN)
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803")

decimals = np.frompyfunc(Decimal, 1, 1)  # a float64 is a decimal number, exactly
exp = np.frompyfunc(Decimal.exp, 1, 1)
log = np.frompyfunc(Decimal.ln, 1, 1)


def e_step(X, mixture):
    """Responsibilities (N, K) and log-likelihood."""
    with localcontext(DIGITS):
        columns = decimals(X).T
        joint = np.array(
            [
                log(weight) + log_gaussian(columns, mean, covariance)
                for weight, mean, covariance in zip(*map(decimals, mixture), strict=True)
            ]
        )
        shares = exp(joint - joint.max(axis=0))
        log_px = joint.max(axis=0) + log(shares.sum(axis=0))
        return (shares / shares.sum(axis=0)).T, log_px.sum()


def log_gaussian(columns, mean, covariance):
    """log N(x | mean, covariance) of columns (D, N), coordinate after coordinate, each given those before."""
    rest, S = columns - mean[:, np.newaxis], covariance
    result = 0
    for a in range(len(mean)):
        result = result - (rest[a] * rest[a] / S[a, a] + log(2 * PI * S[a, a])) / 2
        slopes = S[a] / S[a, a]
        rest, S = rest - np.outer(slopes, rest[a]), S - np.outer(slopes, S[a])
    return result


def m_step(X, responsibilities, covariance_type="full", reg_covar=0.0):
    """Weights, means and covariances."""
    with localcontext(DIGITS):
        X, r = decimals(X), decimals(responsibilities)
        (N, D), K = X.shape, r.shape[1]
        counts = r.sum(axis=0)
        means = r.T @ X / counts[:, np.newaxis]
        covariances = np.array([(r[:, k] * (X - means[k]).T) @ (X - means[k]) / counts[k] for k in range(K)])
        identity = decimals(np.eye(D))
        if covariance_type == "tied":
            covariances = np.array([np.tensordot(counts, covariances, axes=1) / N] * K)
        elif covariance_type == "diag":
            covariances = covariances * identity
        elif covariance_type == "spherical":
            covariances = np.array([one.trace() / D * identity for one in covariances])
        return counts / N, means, covariances + Decimal(reg_covar) * identity


def error(actual, exact, scale=1.0):
    """Largest difference of two arrays, each entry relative to `scale`."""
    with localcontext(DIGITS):
        return float(np.asarray(abs(decimals(actual) - exact) / decimals(scale)).max())


class Problem(NamedTuple):
    """Data, a mixture of one covariance type, and how many times one rounding grows in an E-step at most."""

    X: np.ndarray
    mixture: gt.Mixture
    growth: float = 1.0


def problems(covariance_type):
    """Problems by name; all the numbers of `base` and `offset` have few binary digits after the point."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((60, 2))
    X[30:] += [3, 2]
    X[45:] += [-2, 5]
    X = on_grid(X)
    r = gt.responsibilities(X, gt.starts.from_rows(X, [0, 30, 59], covariance_type))
    weights, means, covariances = gt.vectorized.m_step(X, r, covariance_type)
    base = gt.Mixture(weights, on_grid(means), covariances)
    circles = gt.Mixture(weights, [[0, 0], [1, 0], [3, -1]], [np.eye(2)] * 3)
    narrow = np.diag([1, 1e-5])
    if covariance_type in ("full", "tied"):
        narrow = np.array([[0.8, -0.6], [0.6, 0.8]]) @ narrow
    return {
        "base": Problem(X, base),
        "offset 1e8": Problem(X + 1e8, gt.Mixture(weights, base.means + 1e8, covariances)),
        "scale 1e-150": Problem(X * 1e-150, gt.Mixture(weights, means * 1e-150, covariances * 1e-300)),
        "scale 1e150": Problem(X * 1e150, gt.Mixture(weights, means * 1e150, covariances * 1e300)),
        "condition 1e10": Problem(
            X @ narrow.T,
            gt.vectorized.m_step(X @ narrow.T, r, covariance_type),
            1e10 if covariance_type in ("full", "tied") else 1.0,
        ),
        "1e6 sigma": Problem(np.append(X, [[1e6, 0]], axis=0), base),
        "1e6 sigma, shared": Problem(np.append(X, [[0.5, 1e6]], axis=0), circles, 1e12),
    }


def on_grid(values):
    """Round to multiples of 2^-16, so that a shift of up to 2^36 rounds nothing."""
    return np.round(values * 2**16) / 2**16


def scaled(mixture, factor):
    """The mixture of data that are `factor` times larger."""
    weights, means, covariances = mixture
    return gt.Mixture.unchecked(weights, means * factor, covariances * factor**2)

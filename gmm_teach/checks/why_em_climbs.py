"""Feedback for notebook 12, See why EM climbs."""

import numpy as np

from ..mixture import log_joint, log_likelihood, responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import APART, BEGIN, SEVEN_APART, TWO, points
from .formulas import log_densities, shared_out, whole_shares
from .questions import Question

SHARES = np.random.default_rng(5).dirichlet([2.0, 1.0, 3.0], size=7)
DISTANCES = np.random.default_rng(6).gamma(2.0, 0.6, size=(7, 3))
ELEVEN, HALVES = points(TWO, 11, 1), np.random.default_rng(7).dirichlet([1.0, 4.0], size=11)
LINE = Mixture([0.1, 0.2, 0.3, 0.4], [[-2.0], [0.0], [1.0], [5.0]], [[[1.0]], [[0.2]], [[3.0]], [[0.7]]])
QUARTERS = np.random.default_rng(8).dirichlet([2.0, 1.0, 1.0, 0.5], size=4)


def _bound(X, mixture, r):
    return np.sum(r * (log_joint(X, mixture) - np.log(r)))


elbo = Exercise(
    name="elbo",
    about="elbo(X, mixture, responsibilities): the lower bound, a number",
    ready_made=("elbo",),
    answer=_bound,
    fixtures=(
        (SEVEN_APART, APART, SHARES),
        (SEVEN_APART, BEGIN, responsibilities(SEVEN_APART, APART)),
        (ELEVEN, TWO, HALVES),
        (points(LINE, 4, 2), LINE, QUARTERS),
    ),
    mistakes=(
        Mistake(
            lambda X, mixture, r: np.sum(r * log_joint(X, mixture)),
            "This is Q, the part with the parameters. The bound has one more term, with log r.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * (log_joint(X, mixture) + np.log(r))),
            "Every term is there, one with the wrong sign. In the ratio of (12.1), r is below the line.",
        ),
        Mistake(
            lambda X, mixture, r: log_likelihood(X, mixture),
            "This is the log-likelihood itself, in which the r that were handed in no longer count. "
            "The bound has the logarithm inside the average, for these r.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(np.log(np.sum(r * np.exp(log_joint(X, mixture)), axis=1))),
            "You take the log of a sum. Jensen's step moves the logarithm inside: sum r times log.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * (log_densities(X, mixture) - np.log(r))),
            "The densities lack their weights: the joint is prior times density.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(log_joint(X, mixture) - np.log(r)),
            "You sum the logarithms of the ratios. The bound is their average, with weights r.",
        ),
        Mistake(
            lambda X, mixture, r: _bound(X, mixture, r) / len(X),
            "This is the bound per point. The log-likelihood above it is a sum over the points.",
        ),
        Mistake(
            lambda X, mixture, r: _bound(X, mixture, r) / r.size,
            "You take the mean over points and components. In (12.2) both are sums.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * (log_joint(X, mixture) - r)),
            "You subtract r itself. In (12.2) it is its logarithm.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * (log_joint(X, mixture) - np.log2(r))),
            "Your log r has base 2. The log-densities are natural logarithms: use np.log for both.",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * log_joint(X, mixture) - np.log(r)),
            "Only one of the two logarithms is weighted with r. Mind the bracket in (12.2).",
        ),
        Mistake(
            lambda X, mixture, r: np.sum(r * (log_joint(X, mixture) + np.log(mixture.weights) - np.log(r))),
            "The weights are counted twice: what does gt.log_joint hold already?",
        ),
    ),
    hints=(("NaN", "gt.log_joint is a logarithm already, and negative: what is the log of that?"),),
    praise="Yours agrees with gt.elbo, for shares from anywhere.",
)


def _kl(r, p):
    return np.sum(r * np.log(r / p))


kl_gap = Exercise(
    name="kl_gap",
    about="kl_gap(responsibilities, posterior): KL(r || p), a number",
    answer=_kl,
    fixtures=(
        (SHARES, responsibilities(SEVEN_APART, BEGIN)),
        (responsibilities(SEVEN_APART, BEGIN), responsibilities(SEVEN_APART, APART)),
        (HALVES, responsibilities(ELEVEN, TWO)),
        (QUARTERS, QUARTERS[::-1]),
    ),
    mistakes=(
        Mistake(
            lambda r, p: _kl(p, r),
            "This is KL(p || r), the other way round. The average in the bound is taken with the shares r.",
        ),
        Mistake(
            lambda r, p: -_kl(r, p),
            "A gap cannot be negative: which of the two stands above the line in the ratio?",
        ),
        Mistake(
            lambda r, p: -_kl(p, r),
            "The ratio is right, but you average with p. The average in the bound is taken with r.",
        ),
        Mistake(
            lambda r, p: np.sum(r * np.log(r)) - np.sum(p * np.log(p)),
            "You mix two averages: log r with weights r, log p with weights p. Both take the same weights.",
        ),
        Mistake(
            lambda r, p: np.sum(np.log(r / p)),
            "You sum the logarithms without weights. KL is an average, with the shares r.",
        ),
        Mistake(
            lambda r, p: _kl(r, p) / len(r),
            "This is the gap per point. Sum over the points, as the log-likelihood does.",
        ),
        Mistake(
            lambda r, p: _kl(r / r.sum(axis=0), p / p.sum(axis=0)),
            "You normalised over the points first. Each row is a distribution as it stands.",
        ),
        Mistake(
            lambda r, p: np.sum(r * np.log2(r / p)),
            "Your logarithm has base 2. The log-likelihood is in nats: use np.log.",
        ),
        Mistake(
            lambda r, p: _kl(r, p) / r.size,
            "You take the mean over points and components. The gap is the sum over both.",
        ),
        Mistake(
            lambda r, p: np.sum(r * (r / p)),
            "Where is the logarithm of the ratio?",
        ),
        Mistake(
            lambda r, p: np.sum(r * np.log(r) / np.log(p)),
            "The logarithm of a ratio is the difference of two logarithms, not their ratio.",
        ),
        Mistake(
            lambda r, p: -np.sum(r * np.log(p)),
            "Half of it: log p is there, but log r is not. The gap is zero where the two are equal.",
        ),
    ),
    praise="Never negative, and zero only where r is the posterior.",
)

rise = Question(
    name="rise",
    about="the rise of the log-likelihood in the M-step of the text",
    right=39.13,
    mistakes={
        19.15: "That is the bound's rise. The log-likelihood ends above the bound: by how much?",
        19.98: "That is the gap. Where was the log-likelihood before the M-step?",
        0.83: "You subtracted. The log-likelihood starts where the bound starts, and ends above its end.",
        0.0: "It is level in an E-step. This is an M-step.",
    },
    praise="The bound's rise and the new gap add up: an M-step gains more than it aims for.",
    how="Answer with one number, in nats.",
    rtol=1e-3,
    miss="Before the M-step bound and log-likelihood are equal. After it, how far has each one come?",
)


def _shares(exponents, axis=1):
    return shared_out(np.exp(exponents - exponents.max(axis=axis, keepdims=True)), axis)


shrinking_shares = Exercise(
    name="shrinking_shares",
    about="shrinking_shares(squared_distances, sigma): responsibilities (N, K)",
    answer=lambda d, sigma: _shares(-d / (2 * sigma**2)),
    fixtures=((DISTANCES, 0.8), (DISTANCES, 0.3), (DISTANCES[:3] + 1, 2.0), (400 * DISTANCES[:5, :2], 0.5)),
    mistakes=(
        Mistake(
            lambda d, sigma: _shares(-d / sigma**2),
            "Close. The exponent of a Gaussian has a factor one half.",
        ),
        Mistake(
            lambda d, sigma: _shares(-d / (2 * sigma)), "Sigma is a deviation: what is squared in (12.10)?"
        ),
        Mistake(
            lambda d, sigma: _shares(-d / 2 * sigma**2),
            "Sigma stands below the line: d / 2 * sigma**2 multiplies by it. Set brackets.",
        ),
        Mistake(
            lambda d, sigma: _shares(-np.sqrt(d) / (2 * sigma**2)),
            "The distances are squared already, and stay so.",
        ),
        Mistake(
            lambda d, sigma: _shares(-(d**2) / (2 * sigma**2)),
            "The distances are squared already: no need to square them again.",
        ),
        Mistake(
            lambda d, sigma: _shares(d / (2 * sigma**2)),
            "Your shares favour the farthest centre. Mind the sign in the exponent.",
        ),
        Mistake(
            lambda d, sigma: np.exp(-d / (2 * sigma**2)),
            "Your rows do not sum to 1. Each point shares itself out among the centres.",
        ),
        Mistake(
            lambda d, sigma: _shares(-d / (2 * sigma**2), axis=0),
            "Your columns sum to 1. Each point shares itself out: which sums must be 1?",
        ),
        Mistake(
            lambda d, sigma: _shares(-d / (2 * sigma**2), axis=None),
            "All your shares together sum to 1. Each point shares itself out: which sums must be 1?",
        ),
        Mistake(
            lambda d, sigma: _shares(-d / 2),
            "Your shares do not depend on sigma. What are the distances measured by in (12.10)?",
        ),
        Mistake(
            lambda d, sigma: _shares(-d / (2 * sigma**2)).round(),
            "You round the shares. At a sigma above zero they are soft.",
        ),
        Mistake(
            lambda d, sigma: whole_shares(-d),
            "This is the limit itself, k-means. At a sigma above zero the shares are still soft.",
        ),
    ),
    hints=(
        (
            "NaN",
            "exp gives 0 or infinity there, and 0 / 0 and inf / inf are NaN. Share out the logarithms, as in "
            "notebook 06.",
        ),
        ("broadcast", "Each row is divided by its own sum. How does that sum stay a column?"),
    ),
    praise="Soft at a large sigma, and nearly labels at a small one.",
)

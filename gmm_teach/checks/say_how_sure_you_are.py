"""Feedback for notebook 13, Say how sure you are."""

import numpy as np

from ..mixture import entropy, responsibilities
from .conditional import MIXTURE
from .exercises import Exercise, Mistake
from .fixtures import TWO, points

__all__ = ["icl", "p_value", "percentile_interval"]


def _numbers(seed, n, scale, shift):
    """n skewed numbers, so that the two tails differ."""
    return shift + scale * np.random.default_rng(seed).gamma(2.0, size=n)


def _ends(values, low, high):
    return np.quantile(values, low), np.quantile(values, high)


def _around(values, level, width):
    """An interval of standard-normal half width around the mean of the values."""
    rows = {0.95: 1.959963984540054, 0.9: 1.6448536269514722, 0.5: 0.6744897501960817}
    half = rows[level] * width
    return values.mean() - half, values.mean() + half


percentile_interval = Exercise(
    name="percentile_interval",
    about="percentile_interval(values, level): the interval's lower and upper end",
    parts=("the lower end", "the upper end"),
    answer=lambda values, level: _ends(values, (1 - level) / 2, (1 + level) / 2),
    fixtures=(
        (_numbers(1, 200, 0.5, 4), 0.95),
        (_numbers(2, 41, 3.0, -7), 0.9),
        (_numbers(3, 120, 0.02, 0.1)[::-1], 0.5),
        (np.sort(_numbers(4, 77, 11.0, -30))[::-1], 0.95),
    ),
    mistakes=(
        Mistake(
            lambda values, level: _ends(values, 1 - level, level),
            "You leave out the whole rest at each end. Both ends together shall leave out 1 - level.",
        ),
        Mistake(
            lambda values, level: _ends(values, (1 - level) / 2, level),
            "The lower end is right. As much lies above the upper end as below the lower one.",
        ),
        Mistake(
            lambda values, level: _ends(values, level / 2, 1 - level / 2),
            "You halve the level. What is left out is 1 - level; halve that.",
        ),
        Mistake(
            lambda values, level: _ends(values, 0, level),
            "You leave out values at the upper end only. The interval has two ends.",
        ),
        Mistake(
            lambda values, level: _ends(values, 1 - level, 1),
            "You leave out values at the lower end only. The interval has two ends.",
        ),
        Mistake(
            lambda values, level: (values.min(), values.max()),
            "That interval holds all values. It shall hold the share level of them.",
        ),
        Mistake(
            lambda values, level: _ends(values, (1 + level) / 2, (1 - level) / 2),
            "The right ends in the wrong order: return the lower one first.",
        ),
        Mistake(
            lambda values, level: _ends(values, (1 - level) / 200, (1 + level) / 200),
            "Your shares are a hundred times too small. np.quantile wants a share from 0 to 1; np.percentile "
            "wants a percentage.",
        ),
        Mistake(
            lambda values, level: _ends(values, 0.025, 0.975),
            "Right for a level of 0.95 only. Which shares belong to another level?",
        ),
        Mistake(
            lambda values, level: _around(values, level, values.std()),
            "You draw a symmetric interval as if the values were normal. Take their own quantiles.",
        ),
        Mistake(
            lambda values, level: _around(values, level, values.std() / np.sqrt(len(values))),
            "That is how sure you are of the mean of the values. More refits would make it as short as you "
            "like; the values themselves would spread as before.",
        ),
    ),
    hints=(("beyond|range|Quantiles must", "The shares for np.quantile lie between 0 and 1."),),
    praise="As many refits lie below the interval as above it, and no bell curve was assumed.",
)

_SIMULATED = np.array([0.2, 3.1, 0.9, 5.4, 2.2, 7.7, 1.3, 4.0, 3.1])
_HUNDRED = np.round(_numbers(5, 99, 1.5, 0), 1)


def _share(reached, n, more=0):
    return (np.count_nonzero(reached) + more) / (n + more)


p_value = Exercise(
    name="p_value",
    about="p_value(observed, simulated): a number from 0 to 1",
    answer=lambda observed, simulated: _share(simulated >= observed, len(simulated), 1),
    fixtures=(
        (3.1, _SIMULATED),
        (27.7, _HUNDRED),
        (float(_HUNDRED[7]), _HUNDRED),
        (0.05, _SIMULATED[:5]),
        (-0.4, -_HUNDRED[:30] / 5),
    ),
    mistakes=(
        Mistake(
            lambda observed, simulated: _share(simulated >= observed, len(simulated)),
            "Without the 1 above and below, a p-value can be 0, and no simulation shows that. "
            "The observed ratio counts as one of the sample.",
        ),
        Mistake(
            lambda observed, simulated: _share(simulated > observed, len(simulated), 1),
            "A simulated ratio that equals the observed one is as large as it, and counts too.",
        ),
        Mistake(
            lambda observed, simulated: _share(simulated > observed, len(simulated)),
            "Two things: a ratio that equals the observed one counts too, and the observed one itself "
            "belongs to the sample.",
        ),
        Mistake(
            lambda observed, simulated: (np.count_nonzero(simulated >= observed) + 1) / len(simulated),
            "You count the observed ratio above the line, but not below it.",
        ),
        Mistake(
            lambda observed, simulated: np.count_nonzero(simulated >= observed) / (len(simulated) + 1),
            "You count the observed ratio below the line, but not above it.",
        ),
        Mistake(
            lambda observed, simulated: _share(simulated <= observed, len(simulated), 1),
            "You count the ratios that are smaller. Which ones speak against K components as much as yours?",
        ),
        Mistake(
            lambda observed, simulated: _share(simulated < observed, len(simulated)),
            "You count the ratios that are smaller. Which ones speak against K components as much as yours?",
        ),
        Mistake(
            lambda observed, simulated: _share(np.abs(simulated) >= abs(observed), len(simulated), 1),
            "Without abs: a ratio below 0 is small. It says that the larger fit ended lower, by bad luck.",
        ),
        Mistake(
            lambda observed, simulated: min(1.0, 2 * _share(simulated >= observed, len(simulated), 1)),
            "You count two tails. Only a large ratio speaks for one component more.",
        ),
        Mistake(
            lambda observed, simulated: np.count_nonzero(simulated >= observed) + 1,
            "That is a number of ratios. Which share of the sample is it?",
        ),
    ),
    praise="The observed ratio is one of the sample: a p-value can be small, but never 0.",
)


def _icl(log_likelihood, p, r, unsure):
    return -2 * log_likelihood + p * np.log(len(r)) + unsure


_SHARES = responsibilities(points(MIXTURE, 60, 5), MIXTURE)
_WITH_ZEROS = np.where(_SHARES[:23] < 0.2, 0.0, _SHARES[:23])
_WITH_ZEROS = _WITH_ZEROS / _WITH_ZEROS.sum(axis=1, keepdims=True)

icl = Exercise(
    name="icl",
    about="icl(log_likelihood, p, r): one number",
    answer=lambda log_likelihood, p, r: _icl(log_likelihood, p, r, 2 * entropy(r).sum()),
    fixtures=(
        (-231.5, 11, _SHARES),
        (-87.25, 17, _WITH_ZEROS),
        (12.5, 5, responsibilities(points(TWO, 40, 6), TWO)),
        (-1130.0, 8, np.eye(3)[np.arange(31) % 3]),
    ),
    mistakes=(
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, -2 * entropy(r).sum()),
            "You reward doubt. Lower is better here, so a doubtful fit must get a higher number.",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, entropy(r).sum()),
            "Half the entropy is missing: BIC counts everything twice, -2 log-likelihood too.",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, 2 * entropy(r).mean()),
            "You take the mean entropy of a point. BIC grows with the points, and so must this: sum it.",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, 0.0),
            "That is BIC. Where do the responsibilities come in?",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, -2 * np.log(r.max(axis=1)).sum()),
            "You count only the largest responsibility of each point, as mclust does. "
            "In (13.4) all of them count.",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(log_likelihood, p, r, 2 * np.sum(1 - r.max(axis=1))),
            "You add uncertainties, 1 minus the largest. In (13.4) each share meets its own logarithm.",
        ),
        Mistake(
            lambda log_likelihood, p, r: _icl(
                log_likelihood, p, r, -2 * (r * np.log2(np.where(r > 0, r, 1))).sum()
            ),
            "The logarithm to base 2 counts bits. The log-likelihood is in nats: take np.log.",
        ),
        Mistake(
            lambda log_likelihood, p, r: -_icl(log_likelihood, p, r, 2 * entropy(r).sum()),
            "Your sign is mclust's, where higher is better. Here lower is better, as with gt.bic.",
        ),
        Mistake(
            lambda log_likelihood, p, r: -2 * log_likelihood + 2 * p + 2 * entropy(r).sum(),
            "A parameter costs 2 in AIC. In BIC, and here, it costs the logarithm of N.",
        ),
        Mistake(
            lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(r.size) + 2 * entropy(r).sum(),
            "N is the number of points. r has a row for each of them, and K numbers in each row.",
        ),
    ),
    hints=(
        (
            "NaN or infinite",
            "A responsibility of 0 gives 0 times minus infinity. What shall its share of the sum be?",
        ),
    ),
    praise="Doubt between components has its price: an ICL below that of another K speaks for clusters.",
)

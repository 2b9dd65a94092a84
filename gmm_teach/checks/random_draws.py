"""Exercises whose answers are random draws: compared by what they look like, and by how they follow rng."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .exercises import Exercise

UNREPEATED = (
    "Your draws do not follow rng: the same generator gives other draws. Use rng itself, and neither "
    "np.random nor a generator of your own."
)
CUTS = (-6.0, 10.0, 30.0)  # more than 5.3 deviations from the means of the fixtures


class Measured(NamedTuple):
    """Numbers that say what draws look like, and how far those of other draws may be from them."""

    name: str
    values: np.ndarray
    tolerance: float


class Follows(NamedTuple):
    """How draws follow their generator, each True or False.

    Another one changes the draws, their labels, their noise; the same keeps them; counts of labels vary.
    """

    changes: bool
    changes_labels: bool
    changes_noise: bool
    repeats: bool
    varies: bool


@dataclass(eq=False, repr=False, kw_only=True)
class Draws(Exercise):
    """Draws of a 1-D mixture, of each fixture.

    The first three fixtures have the same parameters; the second has another generator than the first, and
    the third the same.
    """

    def agree(self, results, others) -> bool:
        """Whether two lists of draws look alike, and follow their generators in the same way."""
        return follows(results) == follows(others) and _difference(results, others) is None

    def _first_difference(self, results, rights):
        found = _difference(results, rights)
        if found is None and not follows(results).repeats:
            return UNREPEATED
        if found is None:
            return "Your draws look right, but they do not follow rng. Draw every random number from it."
        case, name, yours, expected = found
        told = f"The first difference is at {name}: yours is {yours:.3g}, expected {expected:.3g}."
        return f"{told}{self._on(case)}"


def follows(results) -> Follows:
    """How the draws of the fixtures follow their generators."""
    (first,), (other,), (again,) = results[:3]
    same_group = np.mean(np.digitize(first, CUTS) == np.digitize(other, CUTS))
    noise = _correlation(_noise(first), _noise(other))
    return Follows(
        changes=not np.array_equal(first, other),
        changes_labels=bool(same_group < 0.7),
        changes_noise=noise <= 0.5,
        repeats=np.array_equal(first, again),
        varies=any(_count_varies(x) for (x,) in results),
    )


def measured(x) -> list[Measured]:
    """Shares of the draws x (n,) between the cuts, where they lie, how wide, how they are ordered."""
    group = np.digitize(x, CUTS)
    shares = np.bincount(group, minlength=len(CUTS) + 1) / len(x)
    groups = [x[group == k] if share > 0.01 else x[:0] for k, share in enumerate(shares)]
    between = ", ".join(f"{cut:g}" for cut in CUTS)
    deviations = [one.std() if len(one) else 0.0 for one in groups]
    found = [
        Measured(f"the shares below, between and above {between}", shares, 0.04),
        Measured("the means of these groups", [one.mean() if len(one) else 0.0 for one in groups], 0.4),
        Measured("the logs of the deviations of these groups", np.log(np.add(deviations, 1e-9)), 0.15),
        Measured("the kurtosis of these groups (of a Gaussian: 3)", [kurtosis(one) for one in groups], 0.9),
        Measured("the share of draws that are new", [len(np.unique(x)) / len(x)], 0.05),
        Measured(
            "the correlation of x with its place in the list", [_correlation(x, np.arange(len(x)))], 0.07
        ),
        Measured("the correlation of x with the draw before it", [_correlation(x[:-1], x[1:])], 0.07),
    ]
    return [one._replace(values=np.asarray(one.values, dtype=float)) for one in found]


def kurtosis(x) -> float:
    """The mean fourth power of the standardised draws: 3 for a Gaussian; 0 where there is no spread."""
    return float(np.mean((x - x.mean()) ** 4) / x.var() ** 2) if len(x) > 1 and np.ptp(x) > 0 else 0.0


def _correlation(a, b):
    return float(np.corrcoef(a, b)[0, 1]) if np.ptp(a) > 0 and np.ptp(b) > 0 else 0.0


def _count_varies(x):
    """False where each group has exactly n times its weight; those of the fixtures are twentieths."""
    shares = np.bincount(np.digitize(x, CUTS)) * 20 / len(x)
    return bool(np.any(shares != np.round(shares)))


def _noise(x):
    """Each draw less the mean of its group, in deviations of the group."""
    group, noise = np.digitize(x, CUTS), np.zeros(len(x))
    for k in np.unique(group):
        own = x[group == k]
        noise[group == k] = (own - own.mean()) / (own.std() or 1.0)
    return noise


def _difference(results, others):
    """Case, name and both numbers of the first measure in which draws differ; None if none does."""
    for case, (result, other) in enumerate(zip(results, others, strict=True), start=1):
        for mine, theirs in zip(measured(*result), measured(*other), strict=True):
            off = np.abs(mine.values - theirs.values) > mine.tolerance
            if off.any():
                i = int(off.argmax())
                entry = f"entry {i} of " if len(off) > 1 else ""
                return case, f"{entry}{mine.name}", mine.values[i], theirs.values[i]
    return None

"""Answers to the exercises of notebook 13."""

import numpy as np
from scipy import stats


def ends(low, high):
    return lambda values, level: (np.quantile(values, low(level)), np.quantile(values, high(level)))


def by_sorting(values, level):
    ordered, found = sorted(float(value) for value in values), []
    for share in ((1 - level) / 2, 1 - (1 - level) / 2):
        place = share * (len(ordered) - 1)
        low = min(int(place), len(ordered) - 2)
        found.append(ordered[low] + (place - low) * (ordered[low + 1] - ordered[low]))
    return found


def below(level):
    return (1 - level) / 2


def above(level):
    return (1 + level) / 2


def highest_density(values, level):
    ordered, n = np.sort(values), int(np.ceil(level * len(values)))
    at = np.argmin(ordered[n - 1 :] - ordered[: len(values) - n + 1])
    return ordered[at], ordered[at + n - 1]


def reflected(values, level):
    low, high = np.quantile(values, [below(level), above(level)])
    return 2 * values.mean() - high, 2 * values.mean() - low


def as_large(observed, simulated):
    return (1 + np.sum(simulated >= observed)) / (1 + len(simulated))


def by_loop(observed, simulated):
    n = 1
    for one in simulated:
        if one >= observed:
            n += 1
    return n / (len(simulated) + 1)


def with_itself(observed, simulated):
    return np.mean(np.append(simulated, observed) >= observed)


def doubt(r):
    return sum(stats.entropy(row) for row in r)


def right_icl(log_likelihood, p, r):
    return -2 * log_likelihood + p * np.log(len(r)) + 2 * doubt(r)


def icl_in_loops(log_likelihood, p, r):
    total = -2 * log_likelihood + p * np.log(len(r))
    for row in r:
        for share in row:
            if share > 0:
                total -= 2 * share * np.log(share)
    return total


WRONG = {
    "percentile_interval": [
        ends(lambda level: 0.05, lambda level: 0.95),
        ends(lambda level: 0.025, lambda level: 0.975),
        ends(lambda level: 0, lambda level: 1),
        ends(lambda level: (1 - level) / 4, lambda level: 1 - (1 - level) / 4),
        ends(lambda level: level / 2, lambda level: 1 - level / 2),
        ends(lambda level: (1 - level) / 2, lambda level: level),
        ends(lambda level: 0.5, lambda level: 0.5),
        lambda values, level: (values[4], values[-5]),
        lambda values, level: (values.mean() - values.std(), values.mean() + values.std()),
        lambda values, level: (values.mean() - 1.96 * values.std(), values.mean() + 1.96 * values.std()),
        lambda values, level: (np.median(values) - 2, np.median(values) + 2),
        lambda values, level: np.quantile(values, level),
        lambda values, level: (np.quantile(np.abs(values), below(level)), np.quantile(values, above(level))),
        lambda values, level: np.diff(np.quantile(values, [below(level), above(level)])),
        lambda values, level: (below(level), above(level)),
        lambda values, level: np.quantile(values[:50], [below(level), above(level)]),
        lambda values, level: np.quantile(values, [100 * below(level), 100 * above(level)]),
        highest_density,
        reflected,
    ],
    "p_value": [
        lambda observed, simulated: 0.01,
        lambda observed, simulated: 1 - as_large(observed, simulated),
        lambda observed, simulated: 1 / (len(simulated) + 1),
        lambda observed, simulated: as_large(observed, simulated) / 2,
        lambda observed, simulated: as_large(observed + 0.1, simulated),
        lambda observed, simulated: as_large(observed, simulated[:5]),
        lambda observed, simulated: (1 + np.sum(simulated >= observed)) / 100,
        lambda observed, simulated: (2 + np.sum(simulated >= observed)) / (2 + len(simulated)),
        lambda observed, simulated: stats.chi2(3).sf(observed),
        lambda observed, simulated: stats.norm.sf((observed - simulated.mean()) / simulated.std()),
        lambda observed, simulated: np.mean(simulated),
        lambda observed, simulated: observed / simulated.max(),
        lambda observed, simulated: simulated >= observed,
        lambda observed, simulated: np.quantile(simulated, 0.95),
        lambda observed, simulated: observed > np.quantile(simulated, 0.95),
        lambda observed, simulated: as_large(observed**2, simulated**2),
    ],
    "icl": [
        lambda log_likelihood, p, r: log_likelihood - p / 2 * np.log(len(r)) - doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(len(r)) + 4 * doubt(r),
        lambda log_likelihood, p, r: -log_likelihood + p * np.log(len(r)) + 2 * doubt(r),
        lambda log_likelihood, p, r: 2 * log_likelihood + p * np.log(len(r)) + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood - p * np.log(len(r)) + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log10(len(r)) + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(r.shape[1]) + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + 11 * np.log(len(r)) + 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(60) + 2 * doubt(r),
        lambda log_likelihood, p, r: right_icl(log_likelihood, p, r[:23]),
        lambda log_likelihood, p, r: 2 * doubt(r),
        lambda log_likelihood, p, r: -2 * (r * np.log(r)).sum(),
        lambda log_likelihood, p, r: right_icl(log_likelihood, p, r) / len(r),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(len(r)) + 2 * doubt(r.T),
        lambda log_likelihood, p, r: -2 * log_likelihood + p * np.log(len(r)) - 2 * np.sum(r * r),
        lambda log_likelihood, p, r: right_icl(log_likelihood, p, np.clip(r, 0.01, 1)),
    ],
}

RIGHT = {
    "percentile_interval": [
        ends(below, above),
        by_sorting,
        lambda values, level: np.quantile(values, [below(level), above(level)]),
        lambda values, level: np.percentile(values, [100 * below(level), 100 * above(level)]).tolist(),
        lambda values, level: -np.quantile(-values, [above(level), below(level)]),
        lambda values, level: tuple(np.float32(np.quantile(values, s(level))) for s in (below, above)),
        lambda values, level: stats.scoreatpercentile(values, [100 * below(level), 100 * above(level)]),
    ],
    "p_value": [
        as_large,
        by_loop,
        with_itself,
        lambda observed, simulated: 1 - np.sum(simulated < observed) / (len(simulated) + 1),
        lambda observed, simulated: as_large(-observed, -simulated) * 0 + as_large(observed, simulated),
        lambda observed, simulated: np.float32(as_large(observed, simulated)),
        lambda observed, simulated: np.array(as_large(observed, simulated)),
        lambda observed, simulated: (
            stats.rankdata([*-simulated, -observed], "max")[-1] / (len(simulated) + 1)
        ),
    ],
    "icl": [
        right_icl,
        icl_in_loops,
        lambda log_likelihood, p, r: np.float64(icl_in_loops(log_likelihood, p, r)),
        lambda log_likelihood, p, r: right_icl(log_likelihood, p, r[::-1, ::-1]),
        lambda log_likelihood, p, r: np.array(right_icl(log_likelihood, p, r)),
        lambda log_likelihood, p, r: (
            -2 * (log_likelihood + np.nansum(r * np.log(r))) + p * np.log(r.shape[0])
        ),
        lambda log_likelihood, p, r: 2 * (doubt(r) - log_likelihood + p * np.log(np.sqrt(len(r)))),
    ],
}

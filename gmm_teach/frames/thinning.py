"""Which half-steps of a long run its film shows."""

from bisect import bisect_right

import numpy as np

from ..trace import Trace
from ..validate import check_count, check_trace

MOST = 200  # pictures


def thinned(trace: Trace, every: int = 1, most: int = MOST) -> np.ndarray:
    """The half-steps that a film shows, ascending: start, first E-step, and iterations, the last among them.

    An iteration is its M-step and the E-step after it. Of every `every`-th, so many are left out that at
    most `most` pictures remain, evenly by what the log-likelihood gains from one to the next.
    """
    check_trace(trace)
    check_count("every", every)
    check_count("most", most, smallest=4)
    last, end = len(trace.log_likelihoods) - 1, len(trace.steps) - 1
    if last < 1:
        return np.arange(len(trace.steps))
    iterations = np.union1d(np.arange(every, last + 1, every), [last])
    scores = trace.log_likelihoods[np.r_[0, iterations]]
    gains = np.nan_to_num(np.abs(np.diff(scores))).cumsum()
    cut = end > 2 * last + 1  # after an M-step
    n = (most - 2 - cut) // 2
    chosen = iterations[_evenly(gains.tolist(), n)] if n else iterations[:0]
    return np.union1d([0, 1, end], np.r_[2 * chosen, 2 * chosen + 1])


def _evenly(gains, n):
    """At most n places of the gains added up (ascending), the last among them, as evenly as can be."""
    if len(gains) <= n:
        return np.arange(len(gains))
    few, many = 0.0, 2 * gains[-1] + 1.0  # the least gain between two: the first takes too many places
    for _ in range(60):
        least = (few + many) / 2
        few, many = (few, least) if len(_climb(gains, least)) <= n else (least, many)
    return np.array(_climb(gains, many))


def _climb(gains, least):
    """Places from the last one back, each lower than the one before by at least `least`."""
    places = [len(gains) - 1]
    while (at := bisect_right(gains, gains[places[-1]] - least) - 1) >= 0:
        places.append(min(at, places[-1] - 1))
        if places[-1] == 0:
            break
    return places[::-1]

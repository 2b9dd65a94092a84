"""From log joint densities to responsibilities, in place, as fast as the processor takes exponentials."""

import math

import numpy as np

LOWEST = np.finfo(np.float64).min
SMALLEST_LOG = -700.0  # exp of less than -708 is a denormal number, which costs 100 times a normal one
LARGEST_LOG = 700.0  # exp of more than 709 is infinite
LARGEST_RATIO = 190.0  # of a log ratio, so that no share above exp(-510) is clipped


def softmax(joint: np.ndarray) -> float:
    """Turn log joint densities by component (K, N) into responsibilities, in place.

    Returns the log of what was divided out, the sum of log p(x_n). The largest becomes exp(1), not exp(0): C
    libraries take a slow path for the exponential of 0 and for the logarithm near 1. NumPy's `clip`
    with two bounds runs in vectors, its `maximum` with one does not.
    """
    shift = joint.max(axis=0) - 1.0
    joint -= shift.clip(LOWEST, np.inf)
    np.exp(joint.clip(SMALLEST_LOG, np.inf, out=joint), out=joint)
    total = joint.sum(axis=0)
    joint /= total
    return shift.sum() + _sum_of_logs(total, 32)


def softmax_of_ratios(ratios: np.ndarray, reference: int) -> float:
    """`softmax` of log ratios to one component: it takes an exponential fewer of each point.

    Row k of ratios (K, N) holds log p(x, k) - log p(x, reference), and row `reference` its own log p(x, k).
    Where a ratio is too large for an exponential this is the plain `softmax`, and where one is not a number.
    """
    of_reference, others = ratios[reference], [ratios[:reference], ratios[reference + 1 :]]
    largest = max(ratios.max(), 0.0)
    if not largest <= LARGEST_RATIO:
        for rows in others:
            rows += of_reference
        return softmax(ratios)
    score = of_reference.sum()
    smallest = SMALLEST_LOG + largest  # so that no share is denormal
    total = np.ones(len(of_reference))
    for rows in others:
        np.exp(rows.clip(smallest, np.inf, out=rows), out=rows)
        total += rows.sum(axis=0)
    np.divide(1.0, total, out=of_reference)
    for rows in others:
        rows *= of_reference
    log_largest_total = largest + math.log(len(ratios))
    return score + _sum_of_logs(total, int(LARGEST_LOG / (1.0 + log_largest_total)))


def _sum_of_logs(values, factors):
    """`np.log(values).sum()`, by way of products of so many: a product costs a tenth of a logarithm.

    The positive values (N,) must be such that their products stay in float64.
    """
    n = len(values) // factors * factors
    return np.log(values[:n].reshape(factors, -1).prod(axis=0)).sum() + np.log(values[n:]).sum()

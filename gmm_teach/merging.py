"""Components put together into clusters, until no point is undecided between two of them."""

import numpy as np

from .arguments import check_responsibilities
from .mixture import entropy
from .validate import check_count
from .words import count


def merge_components(responsibilities, n_clusters) -> np.ndarray:
    """Merge components two by two, always the pair that takes away most entropy; returns names (K,).

    responsibilities (N, K), or a `Trace`, which has them; names[k] is the cluster of component k, from 0
    to n_clusters - 1, numbered in the order of their first components. The responsibility of a cluster is
    the sum of its components'. Raises ValueError for fewer components than clusters. (Baudry, Raftery,
    Celeux, Lo and Gottardo 2010.)

    >>> r = [[0.5, 0.5, 0.0], [0.4, 0.6, 0.0], [0.0, 0.1, 0.9]]
    >>> merge_components(r, 2).tolist()
    [0, 0, 1]
    """
    r = check_responsibilities(responsibilities)
    if check_count("n_clusters", n_clusters) > r.shape[1]:
        raise ValueError(f"n_clusters is {n_clusters}, but there are only {count(r.shape[1], 'component')}")
    names = np.arange(r.shape[1])
    while r.shape[1] > n_clusters:
        first, second = _best_pair(r)
        names[names == second] = first
        names[names > second] -= 1
        r = _merged(r, first, second)
    return names


def _best_pair(r):
    """The columns first < second of r (N, K) whose sum in place of both leaves the least entropy."""
    K = r.shape[1]
    pairs = [(first, second) for first in range(K) for second in range(first + 1, K)]
    return min(pairs, key=lambda pair: entropy(_merged(r, *pair)).sum())


def _merged(r, first, second):
    """Shares (N, K - 1) with the second column added to the first."""
    together = np.delete(r, second, axis=1)
    together[:, first] += r[:, second]
    return together

"""Which rows of large data a picture shows, and how it says so."""

import numpy as np

MOST_POINTS = 5000
SAMPLE = 2500


def sample_rows(n, also=()) -> np.ndarray:
    """The rows of n that are drawn, ascending: all up to MOST_POINTS; else `also`, and SAMPLE by chance.

    The chance is always the same: one row more changes at most one of the others.
    """
    if n <= MOST_POINTS:
        return np.arange(n)
    lots = np.random.default_rng(0).random(n)
    return np.union1d(np.argpartition(lots, SAMPLE)[:SAMPLE], np.asarray(also, dtype=int))


def said_of_sample(n, shown) -> str:
    """ "2,500 of 20,000 points drawn", or nothing where all are."""
    return "" if shown == n else f"{shown:,} of {n:,} points drawn"

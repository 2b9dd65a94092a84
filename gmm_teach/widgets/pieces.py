"""Long work in pieces, so that a picture fills in and a reader can go elsewhere at any time."""

import time
from collections.abc import Callable, Iterable

FIRST, PIECE = 0.03, 0.15  # seconds: the first piece of some work, which a reader waits for, and each other


def a_piece(calls: Iterable[Callable], seconds: float) -> list:
    """The results of the first calls, one at least, in their order until the time is up.

    The calls remember their results: the next piece passes over those of this one in no time.
    """
    begun, results = time.monotonic(), []
    for call in calls:
        results.append(call())
        if time.monotonic() - begun > seconds:
            break
    return results

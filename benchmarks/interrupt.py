"""Time from Ctrl-C to the trace so far: run `uv run python benchmarks/interrupt.py`.

Another process presses Ctrl-C (SIGINT) at moments spread evenly over a run's setup and first iteration.
Python looks for it between two lines, so no answer takes longer than the longest line: the last columns
give that, the least of three runs without Ctrl-C, and its place.
"""

import signal
import statistics
import subprocess
import sys
import time
import warnings
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from timing import against_goal, machine, print_table

import gmm_teach as gt

PACKAGE = str(Path(gt.__file__).parent)
MOST_MS = 1_000
MOST_SECONDS = 3  # of a run that Ctrl-C is pressed in
PRESSER = """
import os, signal, sys, time
for pause in sys.stdin:
    time.sleep(float(pause))
    pressed = time.perf_counter()
    os.kill(os.getppid(), signal.SIGINT)
    print(pressed, flush=True)
"""


class Case(NamedTuple):
    """What runs (an engine, "fused" or "k-means"), the problem's size, and how often Ctrl-C is pressed."""

    name: str
    N: int
    D: int
    K: int
    presses: int = 10


CASES = (
    Case("loops", 1_000, 2, 3),
    Case("loops", 20_000, 2, 3),
    *(Case(name, 1_000_000, 2, 8) for name in ("vectorized", "fused")),
    *(Case(name, 5_000_000, 2, 8) for name in ("vectorized", "fast", "fused", "k-means")),
    *(Case(name, 200_000, 50, 10) for name in ("vectorized", "fast", "fused", "k-means")),
)
QUICK = (Case("loops", 50, 2, 3, 2), Case("fused", 1_000, 2, 3, 2), Case("k-means", 1_000, 2, 3, 2))
HEADER = ["run", "N x D, K", "median", "most", "longest line", "its place"]


def main(quick=False):
    """Print the table."""
    print(machine())
    warnings.simplefilter("ignore", gt.EMWarning)  # no run here is meant to converge
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores Ctrl-C
    with presser() as press:
        rows = [row(press, case) for case in (QUICK if quick else CASES)]
    print_table("From Ctrl-C to the trace so far", HEADER, rows)


def row(press, case):
    """One line of the table."""
    name, N, D, K, presses = case
    rng = np.random.default_rng(0)
    X = 100 * rng.standard_normal((K, D))[rng.integers(K, size=N)] + rng.standard_normal((N, D))
    run = runner(name, X, K)
    begun = time.perf_counter()
    run(max_iter=1)
    seconds = min(time.perf_counter() - begun, MOST_SECONDS)
    waits = [milliseconds(press, run, seconds * (i + 0.5) / presses) for i in range(presses)]
    longest, place = min(longest_line(partial(run, max_iter=1)) for _ in range(3))
    return [
        name,
        f"{N:,} x {D}, {K}",
        f"{statistics.median(waits):.3g} ms",
        against_goal(max(waits), MOST_MS, " ms", most=True),
        against_goal(longest, MOST_MS, " ms", most=True),
        place,
    ]


def runner(name, X, K):
    """A function of max_iter that runs EM, or the k-means that a start makes."""
    if name == "k-means":
        return partial(gt.kmeans.run, X, X[:K])
    start = gt.starts.random_points(X, K, np.random.default_rng(0))
    if name == "fused":
        return partial(gt.run_em, X, start, engine=gt.fast, record="scores", tol=0)
    return partial(gt.run_em, X, start, engine=getattr(gt, name), tol=0)


@contextmanager
def presser():
    """A process that presses Ctrl-C here, some seconds after it is told to."""
    command = [sys.executable, "-c", PRESSER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as one:
        yield one
        one.stdin.close()


def milliseconds(press, run, pause):
    """From Ctrl-C, after a pause, until the run returns, or raises where it has nothing to return."""
    with suppress(KeyboardInterrupt):
        press.stdin.write(f"{pause}\n")
        while getattr(run(max_iter=10**9), "status", None) != "interrupted":
            pass
    returned = time.perf_counter()
    return 1e3 * (returned - float(press.stdout.readline()))


def longest_line(call):
    """Milliseconds of the longest line of the package that call runs, and its place."""
    longest, place, here, since = 0.0, None, "setup", time.perf_counter()

    def follow(frame, event, _):
        nonlocal longest, place, since, here
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        now = time.perf_counter()
        if now - since > longest:
            longest, place = now - since, here
        here = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
        since = time.perf_counter()
        return follow

    sys.settrace(follow)
    try:
        call()
    finally:
        sys.settrace(None)
    return 1e3 * longest, place


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:])

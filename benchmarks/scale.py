"""Seconds of an EM iteration over blocks of a file, beside one process in memory.

Run `uv run --group spark python benchmarks/scale.py`, or without `--group spark` where there is no Java.

The points (D = 2, K = 3, float64) lie in a memory-mapped file. `blocks` is what `gt.run_em_blocks` does
with the built-in map; `Dask, 1` and `Dask, 2` are one and two worker processes of a cluster on this
machine. They read their blocks from the file in each iteration, or have read them once and keep them in
memory (`kept`). `fast` is what `gt.run_em(record="scores")` does in memory, scikit-learn its GaussianMixture.
Each makes one iteration from the same start, in turn, with BLAS on one thread; the figure is the median of
the rounds. Of scikit-learn and Spark it is a fit of two iterations less one of one. Starting, and looking for
NaN, are not counted. Spark MLlib runs on one core, where pyspark and a Java are installed.
"""

import logging
import sys
import tempfile
import time
import warnings
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

import dask
import numpy as np
import spark
from distributed import Client, LocalCluster
from em import fit_sklearn
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits
from timing import against_goal, machine, medians, print_table

import gmm_teach as gt
from gmm_teach.adapters import FusedSteps
from gmm_teach.many_blocks import half_steps_over, survey_of

TRUTH = gt.Mixture(
    [0.5, 0.3, 0.2], [[0, 0], [4, 1], [-3, 4]], [np.eye(2), [[1, 0.5], [0.5, 2]], 0.5 * np.eye(2)]
)
# Dask lets the C library of a worker give memory back at once, so that each temporary array of a block is
# fetched anew from the system, page by page, in an iteration. Here it may keep 128 MB of it.
OF_WORKERS = {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1}
OF_WORKERS |= {"MALLOC_TRIM_THRESHOLD_": 2**27, "MALLOC_MMAP_THRESHOLD_": 2**25}
GOAL = 1.3  # times `fast`, at one worker
GOALS = {"blocks": None, "Dask, 1": GOAL, "Dask, 1, kept": GOAL, "Dask, 2": None, "Dask, 2, kept": None}
HEADER = ["points", "rows a block", "fast s", *GOALS]
PEERS = ("scikit-learn", "Spark")


class Case(NamedTuple):
    """A size, rounds, and those of scikit-learn and Spark."""

    N: int
    rounds: int
    of_peers: int = 0


CASES = (Case(1_000_000, 15, 5), Case(10_000_000, 9, 1), Case(20_000_000, 5))
LARGEST = 2_500_000  # rows of a block; where there are fewer points, each worker has one block


def main(quick=False):
    """Print the table of iterations, and one of block sizes."""
    print(machine())
    logging.disable(logging.CRITICAL)  # of clusters that are closed
    for warning in (ConvergenceWarning, gt.EMWarning):
        warnings.simplefilter("ignore", warning)
    cases = [Case(1_000_000, 5, 3)] if quick else CASES
    sizes = (500_000, 250_000) if quick else (2_500_000, 500_000, 100_000)
    title = "Seconds of one iteration of `fast`, and how many times as long the others take"
    with threadpool_limits(1), tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with clusters() as clients:
            print_table(title, HEADER, [compare(case, folder, clients) for case in cases])
            print(f"\nGoal: one worker within {GOAL} times `fast`.")
            case = (cases[0] if quick else cases[1])._replace(rounds=3)
            rows = [by_size(case, size, folder, clients) for size in sizes]
            header = ["rows a block", "blocks", "Dask, 1 s", "Dask, 2 s"]
            print_table(f"Seconds of one iteration at {case.N:,} points, by block size", header, rows)
        with spark.session(1) if spark.is_here() else nullcontext() as context:
            rows = [beside_peers(case, folder, context) for case in cases if case.of_peers]
        print_table(title, ["points", "fast s", "scikit-learn", "Spark MLlib, one core"], rows)


class clusters:
    """Clients of clusters with one and with two workers, {workers: client}."""

    def __enter__(self):
        options = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": 100}
        with dask.config.set({"distributed.nanny.pre-spawn-environ": OF_WORKERS}):
            self.open = [LocalCluster(n_workers=n, **options) for n in (1, 2)]
        self.clients = {n: Client(cluster) for n, cluster in zip((1, 2), self.open, strict=True)}
        return self.clients

    def __exit__(self, *error):
        for one in (*self.clients.values(), *self.open):
            one.close()


def compare(case, folder, clients):
    """One row of the first table."""
    X, start = problem(case.N, folder)
    blocks = {n: gt.blocks_of(X, min(LARGEST, case.N // n)) for n in clients}
    runs = {"fast": in_memory(X, start), "blocks": over(map, blocks[1], start)}
    for n, client in clients.items():
        runs[f"Dask, {n}"] = over(mapped_by(client), blocks[n], start)
        runs[f"Dask, {n}, kept"] = over(mapped_by(client), kept_by(client, blocks[n]), start)
    seconds = medians(runs, case.rounds)
    ratios = {name: one / seconds["fast"] for name, one in seconds.items()}
    return [
        f"{case.N:,}",
        f"{min(LARGEST, case.N):,}",
        f"{seconds['fast']:.3f}",
        *(against_goal(ratios[name], goal, "x", most=True) for name, goal in GOALS.items()),
    ]


def beside_peers(case, folder, context):
    """One row of the table of others, that keep all points in memory; no context where Spark is not here."""
    X, start = problem(case.N, folder)
    fits = {"scikit-learn": partial(fit_sklearn, X, start)}
    if context:
        fits["Spark"] = partial(spark.fit, context, spark.points(context, X, folder), start)
        ours = gt.run_em(X, start, max_iter=2, record="scores").mixture
        np.testing.assert_allclose(fits["Spark"](2).means, ours.means, rtol=1e-9)
    runs = {(name, n): partial(fit, n) for name, fit in fits.items() for n in (1, 2)}
    seconds = medians({"fast": in_memory(X, start)} | runs, case.of_peers)
    ratios = {name: (seconds[name, 2] - seconds[name, 1]) / seconds["fast"] for name in fits}
    told = [against_goal(ratios[name], None, "x") if name in ratios else "not installed" for name in PEERS]
    return [f"{case.N:,}", f"{seconds['fast']:.3f}", *told]


def by_size(case, size, folder, clients):
    """One row of the second table."""
    X, start = problem(case.N, folder)
    blocks = gt.blocks_of(X, size)
    runs = {f"{n}": over(mapped_by(client), blocks, start) for n, client in clients.items()}
    seconds = medians(runs, case.rounds)
    return [f"{size:,}", f"{len(blocks)}", *(f"{one:.3f}" for one in seconds.values())]


def in_memory(X, start):
    """An iteration of `fast` over a copy of X."""
    memory = np.array(X, order="F")
    fused = FusedSteps(memory, start.n_components, ("full", 0.0), keep=False)
    return iteration(fused, memory, start)


def over(mapping, blocks, start):
    """An iteration over blocks, whoever maps."""
    halves = half_steps_over(blocks, mapping, survey_of(blocks, mapping))
    return iteration(halves, halves, start)


def iteration(halves, X, start):
    """An E-step and an M-step from a start, as a function of nothing."""
    return lambda: halves.m_step(X, halves.e_step(X, start)[0])


def mapped_by(client):
    """A map that hands blocks to the workers of a client."""
    return lambda function, blocks: client.gather(client.map(function, blocks, pure=False))


def kept_by(client, blocks):
    """Blocks that the workers of a client read once, and keep in memory."""
    return client.map(lambda block: np.array(block.rows()), blocks)


def problem(N, folder):
    """Points in a file, written once, as a memory map; and a start at three of them."""
    path = folder / f"{N}.npy"
    if not path.exists():
        file, rng = np.lib.format.open_memmap(path, "w+", float, (N, 2)), np.random.default_rng(0)
        for begin in range(0, N, 500_000):
            file[begin : begin + 500_000] = gt.sample(TRUTH, min(500_000, N - begin), rng)[0]
        file.flush()
    X = np.load(path, mmap_mode="r")
    return X, gt.starts.random_points(X[:: N // 1000], 3, 0)


if __name__ == "__main__":
    begun = time.perf_counter()
    main(quick="--quick" in sys.argv[1:])
    print(f"\n{time.perf_counter() - begun:.0f} s in all")

"""EM over blocks by the workers of a Dask cluster on this machine: the same film, whoever dies on the way."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import distributed
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import gmm_teach as gt

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of sockets and event loops that a killed worker leaves
]

TRUTH = gt.Mixture([0.6, 0.4], [[0, 0], [3, 1]], [np.eye(2), [[1, 0.5], [0.5, 2]]])


@pytest.fixture(scope="module")
def client():
    options = {"dashboard_address": "127.0.0.1:0", "silence_logs": 100}
    with (
        patch.dict(os.environ),  # Dask leaves in it what its workers are told of malloc
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, **options) as cluster,
        distributed.Client(cluster) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def problem(tmp_path_factory):
    path = tmp_path_factory.mktemp("points") / "X.npy"
    np.save(path, gt.sample(TRUTH, 200_000, 0)[0])
    X = np.load(path, mmap_mode="r")
    return X, gt.starts.random_points(X[:100], 2, 0)


def over(client):
    return lambda function, blocks: client.gather(client.map(function, blocks))


def test_the_same_film(client, problem):
    X, start = problem
    options = {"max_iter": 5, "tol": 0}
    whole = gt.run_em(X, start, record="scores", **options)
    for size in (30_000, 200_000):
        blocks = gt.blocks_of(X, size)
        trace = gt.run_em_blocks(blocks, start, map=over(client), **options)
        assert trace == gt.run_em_blocks(blocks, start, **options)
        np.testing.assert_allclose(trace.elbos, whole.elbos, rtol=1e-11)
        np.testing.assert_allclose(trace.mixture.means, whole.mixture.means, rtol=1e-9)


def test_blocks_that_the_workers_hold_already(client, problem):
    X, start = problem
    held = client.scatter([np.array(X[:1000]), np.array(X[1000:5000])])
    trace = gt.run_em_blocks(held, start, map=over(client), max_iter=3, tol=0)
    assert trace == gt.run_em_blocks([X[:1000], X[1000:5000]], start, max_iter=3, tol=0)


@pytest.mark.parametrize("kept", [False, True], ids=["read anew", "kept in memory"])
def test_a_worker_killed_in_mid_run_costs_time_and_nothing_else(client, problem, kept):
    X, start = problem
    blocks, rounds, killed = gt.blocks_of(X, 10_000), [], []
    given = client.map(lambda block: np.array(block.rows()), blocks) if kept else blocks

    def with_a_death(function, blocks):
        rounds.append(function)
        futures = client.map(function, blocks)
        if len(rounds) == 4:
            killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)
        return client.gather(futures)

    options = {"max_iter": 5, "tol": 0}
    trace = gt.run_em_blocks(given, start, map=with_a_death, **options)
    assert killed
    assert trace == gt.run_em_blocks(blocks, start, **options)
    client.wait_for_workers(2, timeout=30)
    assert killed[0] not in client.run(os.getpid).values()


def test_ctrl_c_while_the_workers_work_keeps_the_trace(client, problem):
    X, start = problem
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    rounds = []

    def interrupted(function, blocks):
        rounds.append(function)
        futures = client.map(function, blocks)
        if len(rounds) == 5:
            signal.raise_signal(signal.SIGINT)
        return client.gather(futures)

    try:
        trace = gt.run_em_blocks(gt.blocks_of(X, 20_000), start, map=interrupted, tol=0)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (trace.status, trace.iterations) == ("interrupted", 2)


def test_a_bad_block_is_refused_by_name(client, problem):
    X, start = problem
    bad = np.array(X[:900])
    bad[500, 1] = np.inf
    with pytest.raises(
        ValueError, match="block 2 holds 1 value that is NaN or infinite, the first at row 100"
    ):
        gt.run_em_blocks(gt.blocks_of(bad, 200), start, map=over(client))


def forget_peak():
    """Let the peak of a worker's memory begin at what it holds now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak():
    """The most bytes that a worker has held since."""
    (line,) = [one for one in Path("/proc/self/status").read_text("ascii").splitlines() if "VmHWM" in one]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="asks Linux for the memory of a process")
def test_the_memory_of_the_workers_stays_flat(client, tmp_path):
    raw = np.memmap(tmp_path / "raw", float, "w+", shape=(2_000_000, 2))
    raw[:] = gt.sample(TRUTH, 20_000, 0)[0].repeat(100, axis=0)
    raw.flush()
    blocks = gt.blocks_of(raw, 100_000)
    start = gt.starts.random_points(raw[::2000], 2, 0)
    gt.run_em_blocks(blocks[:4], start, map=over(client), max_iter=2, tol=0)
    client.run(forget_peak)
    before = client.run(peak)
    gt.run_em_blocks(blocks, start, map=over(client), max_iter=3, tol=0)
    grown = [after - before[name] for name, after in client.run(peak).items()]
    assert max(grown) < 8e6 < raw.nbytes / 2


def test_the_notebook_runs_on_a_scheduler_elsewhere(tmp_path, monkeypatch):
    path = Path(__file__).parents[1] / "notebooks" / "14_take_it_to_many_machines.ipynb"
    dask = [sys.executable, "-m", "dask"]
    with socket.create_server(("127.0.0.1", 0)) as found:
        address = f"tcp://127.0.0.1:{found.getsockname()[1]}"
    scheduler = [*dask, "scheduler", "--host", address, "--no-dashboard"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", tmp_path]
    monkeypatch.setenv("GMM_TEACH_SCHEDULER", address)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ExitStack() as stack:
        for command in (scheduler, worker, worker):
            process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            stack.callback(process.terminate)
        with distributed.Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        before, nb = (nbformat.read(path, as_version=4) for _ in range(2))
        NotebookClient(nb, timeout=120).execute(cwd=tmp_path)
    for cell, same in zip(nb.cells, before.cells, strict=True):
        assert texts_of(cell) == texts_of(same), cell.id


def texts_of(cell):
    """What a cell has printed or returned."""
    return [one.get("text") or one["data"].get("text/plain") for one in cell.get("outputs", ())]

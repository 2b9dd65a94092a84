"""Ctrl-C, as a real SIGINT at any moment: the trace so far comes back."""

import signal
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import fast, loops, vectorized
from gmm_teach.words import count

PACKAGE = str(Path(gt.__file__).parent)
MODES = pytest.mark.parametrize(
    ("engine", "record"),
    [(loops, "all"), (vectorized, "all"), (vectorized, "scores"), (fast, "all"), (fast, "scores")],
    ids=["loops", "vectorized", "vectorized scores", "fast", "fused"],
)


@pytest.fixture(autouse=True)
def ctrl_c():
    """Python's own answer to Ctrl-C, also where the tests run in the background and would not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def lists_copied(variables):
    """As they are now: the function that they belong to goes on to fill its lists."""
    return {name: [*one] if isinstance(one, list) else one for name, one in variables.items()}


def interrupted_at(line, call):
    """Call, and press Ctrl-C before the line-th line of the package runs.

    Returns what call returns, or None if it raises KeyboardInterrupt; the variables of each function of the
    package that was running, {its name: variables}; and the count of lines that ran.
    """
    lines, running = 0, {}

    def follow(frame, event, _):
        nonlocal lines
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        lines += event == "line"
        if event == "line" and lines == line:
            while frame:
                if frame.f_code.co_filename.startswith(PACKAGE):
                    running[frame.f_code.co_name] = lists_copied(frame.f_locals)
                frame = frame.f_back
            signal.raise_signal(signal.SIGINT)
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        result = call()
    except KeyboardInterrupt:
        result = None
    finally:
        sys.settrace(before)
    return result, running, lines


def moments(call, count):
    """Up to `count` lines, spread evenly over all that the package runs in a call."""
    _, _, lines = interrupted_at(None, call)
    return sorted({int(line) for line in np.linspace(1, lines, count)})


def assert_begins(trace, whole):
    """A trace is an interrupted beginning of a whole run, and ends on an E-step."""
    assert trace.status == "interrupted"
    assert trace.message == f"Interrupted after {count(trace.iterations, 'iteration')}."
    assert trace.steps[-1].kind == "E"
    for step, other in zip(trace.steps, whole.steps, strict=False):
        assert step.name == other.name
        assert step.mixture == other.mixture
        assert (step.log_likelihood, step.elbo) == (other.log_likelihood, other.elbo)
        assert (step.responsibilities is None) == (other.responsibilities is None)
        if step.responsibilities is not None:
            np.testing.assert_array_equal(step.responsibilities, other.responsibilities)


@MODES
def test_at_any_line_of_a_run(engine, record, two_blobs):
    X, start = two_blobs[0][::5], two_blobs[1]

    def run():
        return gt.run_em(X, start, engine=engine, record=record, tol=0, max_iter=3)

    whole, kept = run(), set()
    for line in moments(run, 200):
        trace, running, _ = interrupted_at(line, run)
        steps = running.get("shoot", {}).get("steps", [])
        assert (trace is None) == (not steps)
        if trace:
            assert len(trace.steps) == 1 + len(steps)
            assert_begins(trace, whole)
            kept.add(trace.iterations)
    assert kept >= {0, 1, 2}


@pytest.mark.slow
def test_at_any_line_of_fit(two_blobs):
    X = two_blobs[0][::5]

    def best_of_three():
        return gt.fit(X, 2, starts=3, start="random_points", seed=0, tol=0, max_iter=3)

    wholes = [
        gt.fit(X, 2, starts=1, start="random_points", seed=seed, tol=0, max_iter=3) for seed in range(3)
    ]
    statuses = set()
    for line in moments(best_of_three, 500):
        trace, running, _ = interrupted_at(line, best_of_three)
        steps = running.get("shoot", {}).get("steps", [])
        best, made = running["fit"].get("best"), len(running["fit"].get("ends", []))
        if made < 3:  # when all are made, it is about to return
            assert (trace is None) == (best is None and not steps)
        if trace:
            statuses.add(trace.status)
            assert trace.seeds == tuple(range(len(trace.seeds)))
            assert len(trace.seeds) == made + bool(steps)
            assert trace.seed in trace.seeds
            assert best is None or trace.log_likelihood >= best.log_likelihood
            if trace.status == "interrupted":
                assert_begins(trace, wholes[trace.seed])
            else:
                assert trace.mixture == wholes[trace.seed].mixture
    assert statuses == {"interrupted", "max_iter"}


@pytest.mark.parametrize("pause", [0.001, 0.01, 0.05])
@pytest.mark.parametrize(
    ("owner", "record", "name"),
    [
        (loops, "all", "e_step"),
        (loops, "all", "m_step"),
        (vectorized, "all", "e_step"),
        (vectorized, "all", "m_step"),
        (fast.Fused, "all", "e_step"),
        (fast.Fused, "all", "m_step"),
        (fast.Fused, "scores", "e_step"),
        (fast.Fused, "scores", "m_step"),
    ],
)
def test_amid_the_arithmetic(owner, record, name, pause, monkeypatch):
    """The third half-step of its kind goes on until Ctrl-C, pressed by a clock in another thread."""
    engine = fast if owner is fast.Fused else owner
    data = gt.datasets.load("two_sources").X[:: 40 if engine is loops else 1]
    start = gt.starts.from_rows(data, [0, len(data) - 1])
    whole = gt.run_em(data, start, engine=engine, record=record, tol=0, max_iter=3)
    half_step, calls = getattr(owner, name), []

    def without_end(*arguments):
        calls.append(name)
        if len(calls) == 3:
            threading.Timer(pause, signal.raise_signal, [signal.SIGINT]).start()
        while len(calls) == 3:
            half_step(*arguments)
        return half_step(*arguments)

    monkeypatch.setattr(owner, name, without_end)
    trace = gt.run_em(data, start, engine=engine, record=record, tol=0, max_iter=3)
    assert_begins(trace, whole)
    assert trace.iterations == {"e_step": 1, "m_step": 2}[name]

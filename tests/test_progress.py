"""The bar of long work: in a terminal, only where it takes long, and wiped off at its end."""

import io
import sys
from contextlib import suppress

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach import progress

X = gt.datasets.load("document_c").X


class Terminal(io.StringIO):
    """A stderr that is a terminal, or says that it is none."""

    def __init__(self, answer=True):
        super().__init__()
        self.answer = answer

    def isatty(self):
        return self.answer


@pytest.fixture
def clock(monkeypatch):
    """Each look at the clock is a second later."""
    times = iter(range(1000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(times)))


def fitted(monkeypatch, stream, **options):
    monkeypatch.setattr(sys, "stderr", stream)
    return gt.fit(X, 3, seed=0, **options)


def test_a_long_fit_in_a_terminal_says_how_far_it_is(clock, monkeypatch):
    stream = Terminal()
    fitted(monkeypatch, stream, starts=3)
    assert stream.getvalue() == (
        f"\rRun of EM 2 of 3 [{'#' * 10}{'.' * 20}]\rRun of EM 3 of 3 [{'#' * 20}{'.' * 10}]\r\x1b[K"
    )


def test_what_is_quick_says_nothing(monkeypatch):
    stream = Terminal()
    fitted(monkeypatch, stream, starts=2)
    assert stream.getvalue() == ""


def test_a_long_run_in_a_terminal_says_how_far_it_is(clock, monkeypatch):
    """It may end at any time: it is long once it has taken long."""
    told = "\rIteration 3 of at most 90 [" + "." * 30 + "]\rIteration 4 of at most 90 [#"
    for run in (
        lambda: gt.run_em(X, gt.starts.kmeans(X, 3, 0), max_iter=90),
        lambda: gt.run_em_blocks(gt.blocks_of(X, 30), gt.starts.kmeans(X, 3, 0), max_iter=90),
        lambda: gt.fit(X, 3, starts=1, seed=0, max_iter=90),
    ):
        monkeypatch.setattr(sys, "stderr", stream := Terminal())
        run()
        survey, *of_run = stream.getvalue().split("\r\x1b[K")
        assert survey.startswith("\r1 of 4 blocks [#######") or survey.startswith(told)
        assert told in stream.getvalue()
        assert of_run[-1] == ""


def test_only_the_outermost_of_bars_is_seen(clock, monkeypatch):
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    gt.held_out(X, 3, starts=2, seed=0)
    told = [part.split(" [")[0] for part in stream.getvalue().split("\r")[1:-1]]
    assert told == ["Fit 2 of 5", "Fit 3 of 5", "Fit 4 of 5", "Fit 5 of 5"]


@pytest.mark.parametrize("moment", ["__enter__", "__exit__"])
def test_after_ctrl_c_at_a_bad_moment_bars_are_seen_again(clock, monkeypatch, moment):
    def pressed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(progress.Bar, moment, pressed)
        with suppress(KeyboardInterrupt):
            fitted(monkeypatch, Terminal(), starts=3)
    fitted(monkeypatch, stream := Terminal(), starts=3)
    assert "Run of EM 2 of 3" in stream.getvalue()


def test_after_a_failure_bars_are_seen_again(clock, monkeypatch):
    """Also while the traceback of the failure is kept, as an interactive session does."""

    def fails_in_the_end(X, responsibilities):
        if next(calls) > 40:
            raise ZeroDivisionError
        return gt.vectorized.m_step(X, responsibilities)

    calls = iter(range(10_000))
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    with pytest.raises(ZeroDivisionError) as kept:
        gt.held_out(X, 3, starts=2, seed=0, m_step=fails_in_the_end)
    assert kept.value is not None
    assert stream.getvalue().endswith("\r\x1b[K")
    fitted(monkeypatch, again := Terminal(), starts=3)
    assert "Run of EM 2 of 3" in again.getvalue()


def test_a_bar_is_not_written_at_each_of_many_parts(monkeypatch):
    now = iter(np.arange(0, 1000, 0.01))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(now)))
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    with progress.Bar(1000, True) as bar:
        for part in range(1000):
            bar.tell(part, "Part")
    assert 90 <= stream.getvalue().count("Part") <= 100


@pytest.mark.parametrize("stream", [Terminal(False), io.StringIO(), None, object()])
def test_where_there_is_no_terminal_nothing_is_written(clock, monkeypatch, stream):
    trace = fitted(monkeypatch, stream, starts=3)
    assert trace.status == "converged"
    if isinstance(stream, io.StringIO):
        assert stream.getvalue() == ""


class Broken(Terminal):
    """A stderr that was a terminal."""

    def write(self, text):
        raise OSError("gone")


def test_a_bar_that_cannot_be_shown_stops_no_work(clock, monkeypatch):
    assert fitted(monkeypatch, Broken(), starts=3).status == "converged"


def test_standard_errors_tell_how_far_they_are(clock, monkeypatch):
    trace = fitted(monkeypatch, None, starts=1, tol=1e-9)
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    gt.standard_errors(X, trace)
    told = [part.split(" [")[0] for part in stream.getvalue().split("\r")[1:-1]]
    assert told == [f"Derivative {i} of 17" for i in range(2, 18)]


def test_a_bar_is_wiped_off_when_the_work_fails(clock, monkeypatch):
    stream, runs = Terminal(), []

    def m_step(X, responsibilities):
        runs.append(len(runs))
        if len(runs) > 40:
            raise ZeroDivisionError
        return gt.vectorized.m_step(X, responsibilities)

    with pytest.raises(ZeroDivisionError):
        fitted(monkeypatch, stream, starts=30, m_step=m_step)
    assert "Run of EM 2 of 30" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_the_bar_changes_no_number(clock, monkeypatch):
    plain = gt.fit(X, 3, seed=0, starts=3)
    shown = fitted(monkeypatch, Terminal(), starts=3)
    assert shown.log_likelihood == plain.log_likelihood
    np.testing.assert_array_equal(shown.mixture.means, plain.mixture.means)

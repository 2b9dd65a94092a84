"""Pictures are the same in any style of their reader, whose settings stay as they are."""

import contextlib
import subprocess
import sys
import threading
from inspect import ismodule

import matplotlib.style
import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.figure import Figure

import gmm_teach as gt
from gmm_teach import frames
from gmm_teach.figures import (
    choices,
    climbs,
    comparisons,
    densities,
    ellipses,
    halves,
    mixtures,
    recoveries,
    scores,
    updates,
    uses,
)
from gmm_teach.plots import CourseFigure, own_settings

pytestmark = pytest.mark.slow

DATA = gt.datasets.load("document_c")
TRACE = gt.run_em(DATA.X, gt.starts.from_rows(DATA.X, [20, 10, 96]), max_iter=2)
LINE = gt.Mixture([0.4, 0.6], [[0], [4]], np.ones((2, 1, 1)))
R, M = TRACE.steps[-1].responsibilities, TRACE.mixture
XKCD = {"path.sketch": (1, 100, 2), "font.family": ["fantasy"], "axes.linewidth": 1.5, "lines.linewidth": 2}
STYLES = {  # of files, and of settings
    "dark_background": "dark_background",
    "ggplot": "ggplot",
    "xkcd": XKCD,
    "usetex, constrained": {"text.usetex": True, "figure.constrained_layout.use": True},
    "fonts": {"font.family": ["serif"], "font.size": 22, "mathtext.fontset": "cm"},
}


def live(name, **presets):
    """The PNG of a demo, after its first change."""
    demo = getattr(gt.widgets, name)()
    demo.set(**presets)
    return demo.scene.shoot(demo.index)


def saved(figure):
    return frames.png(figure)


X1 = gt.datasets.load("two_sources")
PICTURES = {
    "film": lambda: b"".join(frames.shoot(TRACE, caption=True, progress=False).frames),
    "picture": lambda: frames.picture(TRACE, title="Document C"),
    "player": lambda: gt.widgets.player(TRACE, progress=False).poster,
    "explorer": lambda: live("explorer", K=2, truth=True, bound=True),
    "bell": lambda: live("bell", sigma=2.0),
    "query": lambda: live("query", x=30.0),
    "trap": lambda: live("trap"),
    "data": lambda: saved(gt.figures.data_figure(DATA)),
    "sheet": lambda: saved(gt.figures.sheet(TRACE, [0, 1, 2])),
    "times": lambda: saved(gt.figures.time_chart([10, 100], {"a": [1, 2]})),
    "choices": lambda: saved(choices.best_of([1, 2, 3], {"a": [1, 3, 2.0]})),
    "densities": lambda: saved(densities.three_densities([(0, 1), (2, 0.5)])),
    "halves": lambda: saved(halves.numbered_points(DATA.X, M)),
    "ellipses": lambda: saved(ellipses.contour_panels({"a": M})),
    "mixtures": lambda: saved(mixtures.contours(M, [[-3, -3], [7, 7]], [[0.0, 0.0]])),
    "scores": lambda: saved(scores.likelihoods({"a": -3.0, "b": -2000.0})),
    "recoveries": lambda: saved(recoveries.split_histograms(X1.X, {"z": np.eye(2)[X1.z % 2]})),
    "updates": lambda: saved(updates.balance(DATA.X, R[:, 0], 0, TRACE.steps[0].mixture, M)),
    "uses": lambda: saved(uses.shares_inside(DATA.X, M)),
    "climbs": lambda: saved(climbs.jensen([0.25, 4], [0.4, 0.6])),
    "comparisons": lambda: saved(comparisons.endings([TRACE], ["one"])),
}


@pytest.fixture(scope="module")
def plain():
    """Each picture as it is without a style, drawn once."""
    return {name: draw() for name, draw in PICTURES.items()}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_does_not_reach_pictures_and_stays_as_it_is(style, plain):
    with rc_context():
        matplotlib.style.use(STYLES[style])
        theirs = dict.copy(rcParams)
        for name, draw in PICTURES.items():
            assert draw() == plain[name], name
        assert dict.copy(rcParams) == theirs


def test_every_function_of_figures_draws_in_own_settings():
    """Without a decorator of its own a function would draw in the reader's settings."""
    parts = [part for part in vars(gt.figures).values() if ismodule(part)]
    functions = [f for part in parts for f in vars(part).values() if callable(f) and hasattr(f, "__module__")]
    makers = [f for f in functions if getattr(f, "__annotations__", {}).get("return") is Figure]
    assert len(makers) >= 38
    for function in makers:
        assert function.__code__.co_filename == contextlib.__file__, function


def test_a_figure_drawn_and_saved_after_the_style_has_changed(tmp_path):
    figure = densities.three_densities([(0, 1)])
    assert isinstance(figure, CourseFigure)
    before, path = frames.png(figure), tmp_path / "figure.png"
    figure.savefig(path, bbox_inches="tight")
    saved_before = path.read_bytes()
    with rc_context():
        matplotlib.style.use(["dark_background", STYLES["usetex, constrained"], STYLES["fonts"]])
        assert frames.png(figure) == before
        figure.savefig(path, bbox_inches="tight")
        assert path.read_bytes() == saved_before


def test_settings_are_back_after_an_error_and_inside_one_another():
    with rc_context({"font.size": 22}):
        with contextlib.suppress(ZeroDivisionError), own_settings():
            with own_settings():
                pass
            assert rcParams["font.size"] == 10
            _ = 1 / 0
        assert rcParams["font.size"] == 22


def test_threads_take_turns_and_what_the_reader_sets_meanwhile_stays():
    inside, go_on = threading.Event(), threading.Event()

    def draw():
        with own_settings():
            inside.set()
            go_on.wait()

    with rc_context({"font.size": 22, "lines.linewidth": 3}):
        threads = [threading.Thread(target=draw) for _ in range(3)]
        for thread in threads:
            thread.start()
        inside.wait()
        rcParams["lines.linewidth"] = 5
        go_on.set()
        for thread in threads:
            thread.join()
        assert (rcParams["font.size"], rcParams["lines.linewidth"]) == (22, 5)


def test_pictures_need_no_pyplot_and_choose_no_backend():
    code = (
        "import sys, gmm_teach as gt; from gmm_teach import frames\n"
        "frames.png(gt.figures.densities.three_densities([(0, 1)])); gt.widgets.bell()\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""What pictures and films say of wrong arguments, and that they are drawn in any state of NumPy."""

import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from families import some_now
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import gmm_teach as gt
from gmm_teach import frames, plots, views
from gmm_teach.widgets import player

SMALL = {"size": (3, 2), "dpi": 50}
WIDE = np.random.default_rng(0).standard_normal((12, 784))
X = WIDE[:, :2]
R = np.full((12, 2), 0.5)
FLAT = gt.Mixture([0.4, 0.6], [[0, 0], [1, 1]], [np.eye(2)] * 2)
LINE = gt.Mixture([0.4, 0.6], [[0], [1]], np.ones((2, 1, 1)))
TRACES = {
    "2-D": gt.run_em(X, FLAT, max_iter=1),
    "1-D": gt.run_em(X[:, :1], LINE, max_iter=1),
    "784-D": gt.run_em(
        WIDE, gt.starts.from_rows(WIDE, [0, 1], "spherical"), covariance_type="spherical", max_iter=1
    ),
    "scores": gt.run_em(X, FLAT, max_iter=1, record="scores"),
    "nine": gt.run_em(X, gt.starts.from_rows(X, range(9)), max_iter=1, reg_covar=0.1),
    "mixture": FLAT,
    "array": X,
    "nothing": None,
}
TRACE = TRACES["2-D"]


@pytest.fixture(params=["View", "shoot", "picture", "player", "save"])
def door(request, tmp_path):
    """Each function that draws a trace, as door(trace, **options)."""
    if request.param == "save":
        return lambda trace, **options: frames.save(trace, tmp_path / "film.gif", **options)
    return {"View": views.View, "shoot": frames.shoot, "picture": frames.picture, "player": player}[
        request.param
    ]


WRONG_OPTIONS = [
    ("mixture", {}, TypeError, "trace must be a Trace, got Mixture; run_em and fit return one"),
    ("array", {}, TypeError, "trace must be a Trace, got ndarray; run_em and fit return one"),
    ("nothing", {}, TypeError, "trace must be a Trace, got NoneType; run_em and fit return one"),
    ("scores", {}, ValueError, 'this trace holds scores only; run it with record="all" to draw it'),
    ("nine", {}, ValueError, "there are colours for up to 8 components, got 9"),
    ("2-D", {"columns": ("a",)}, ValueError, "columns must name each of the 2 columns of X, got 1: ('a',)"),
    ("2-D", {"columns": ()}, ValueError, "columns must name each of the 2 columns of X, got 0: ()"),
    ("2-D", {"columns": "xy"}, TypeError, "columns must list a name for each column of X, got 'xy'"),
    ("2-D", {"columns": 2}, TypeError, "columns must list a name for each column of X, got 2"),
    ("784-D", {"columns": range(783)}, ValueError, "columns must name each of the 784 columns of X, got 783"),
    ("2-D", {"dims": (2, 7)}, ValueError, "dims must be between 0 and 1, as there are 2 columns; got 2"),
    ("2-D", {"dims": (0, -3)}, ValueError, "dims must be between 0 and 1, as there are 2 columns; got -3"),
    ("2-D", {"dims": (1, -1)}, ValueError, "dims must be 2 different columns, got (1, -1)"),
    ("2-D", {"dims": (0,)}, ValueError, "dims must be 2 different columns, got (0,)"),
    ("784-D", {"dims": range(784)}, ValueError, "dims must be 2 different columns, got range(0, 784)"),
    ("2-D", {"dims": 0}, TypeError, "dims must list numbers of columns, such as (0, 1), got 0"),
    ("2-D", {"dims": ("x", "y")}, TypeError, "dims must be whole numbers, such as (0, 1), got ('x', 'y')"),
    ("2-D", {"dims": (0, 1.0)}, TypeError, "dims must be whole numbers, such as (0, 1), got (0, 1.0)"),
    ("2-D", {"dims": (False, True)}, TypeError, "dims must be whole numbers, such as (0, 1), got (False, "),
    ("1-D", {"dims": (0, 2)}, ValueError, "dims must be 0, as there is 1 column; got 2"),
    ("2-D", {"title": 5}, TypeError, "title must be text, got int"),
    ("2-D", {"title": None}, TypeError, "title must be text, got NoneType"),
    ("2-D", {"dpi": 0}, ValueError, "dpi must be > 0, got 0"),
    ("2-D", {"dpi": "100"}, TypeError, "dpi must be a number > 0, got '100'"),
    ("2-D", {"size": 9}, TypeError, "size must be (width, height) in inches, got 9"),
    ("2-D", {"size": (9, 4, 5)}, TypeError, "size must be (width, height) in inches, got (9, 4, 5)"),
    ("2-D", {"size": (9, -1)}, ValueError, "size must be > 0, got -1"),
    ("2-D", {"size": (9, np.nan)}, ValueError, "size must be > 0, got nan"),
    ("2-D", {"size": ("9", 4)}, TypeError, "size must be a number > 0, got '9'"),
    ("2-D", {"size": (900, 450)}, ValueError, "size is in inches: 900 x 450 at dpi 100 makes 90000 x 45000 "),
    ("2-D", {"size": (0.1, 9)}, ValueError, "pixels; each side must be from 50 to 10000"),
]


@pytest.mark.parametrize(("trace", "options", "error", "text"), WRONG_OPTIONS)
def test_what_cannot_be_drawn_is_refused_before_drawing(door, trace, options, error, text, monkeypatch):
    monkeypatch.setattr(frames.Camera, "shoot", lambda *_: pytest.fail("drew a frame"))
    with pytest.raises(error, match=re.escape(text)) as caught:
        door(TRACES[trace], **options)
    assert len(str(caught.value)) < 160


def artist(make, *given):
    """What an artist says that is made on an Axes and shows what is given."""
    figure = Figure()
    FigureCanvasAgg(figure)
    made = make(figure.subplots())
    return made.show(*given) if given else made


SQUARE = [[0.0, 0], [1, 1]]
WRONG = {
    "soft_colors, nine": (lambda: plots.soft_colors(np.eye(9)), ValueError, "up to 8 components, got 9"),
    "soft_colors, 1-D": (lambda: plots.soft_colors([0.5, 0.5]), ValueError, "shape (N, K), got (2,)"),
    "soft_colors, NaN": (lambda: plots.soft_colors(R * np.nan), ValueError, "responsibilities hold NaN"),
    "soft_colors, text": (lambda: plots.soft_colors([["a"]]), TypeError, "responsibilities holds text"),
    "style_axes": (lambda: artist(lambda ax: plots.style_axes(ax, 5)), TypeError, "title must be text"),
    "set_limits": (
        lambda: artist(lambda ax: plots.set_limits(ax, WIDE)),
        ValueError,
        "X must have shape (N, 1) or (N, 2) to be drawn here, got (12, 784)",
    ),
    "Points": (
        lambda: artist(lambda ax: plots.Points(ax, WIDE, 2)),
        ValueError,
        "X must have shape (N, 2) to be drawn here, got (12, 784)",
    ),
    "Points, nine": (lambda: artist(lambda ax: plots.Points(ax, X, 9)), ValueError, "up to 8 components"),
    "Points, shares": (
        lambda: artist(lambda ax: plots.Points(ax, X, 3), R),
        ValueError,
        "responsibilities must have shape (12, 3), got (12, 2)",
    ),
    "Letters": (
        lambda: artist(lambda ax: plots.Letters(ax, 2), [[0, 0]]),
        ValueError,
        "positions must be (2, 2), got (1, 2)",
    ),
    "Letters, nine": (lambda: artist(lambda ax: plots.Letters(ax, 9)), ValueError, "up to 8 components"),
    "Ellipses": (
        lambda: artist(lambda ax: plots.Ellipses(ax, 2), LINE),
        ValueError,
        "mixture must be 2-D to be drawn here, got 1-D; see gt.plots.marginal",
    ),
    "Ellipses, nine": (lambda: artist(lambda ax: plots.Ellipses(ax, 9)), ValueError, "up to 8 components"),
    "Ghosts": (lambda: artist(plots.Ghosts, X), TypeError, "mixture must be a Mixture, got ndarray"),
    "Truth": (lambda: artist(lambda ax: plots.Truth(ax, LINE)), ValueError, "mixture must be 2-D"),
    "Contours": (
        lambda: artist(lambda ax: plots.Contours(ax, [0, 1])),
        ValueError,
        "limits must be ((x low, y low), (x high, y high)), got [0.0, 1.0]",
    ),
    "Contours, 1-D": (
        lambda: artist(lambda ax: plots.Contours(ax, SQUARE), LINE),
        ValueError,
        "mixture must be 2-D",
    ),
    "density_levels": (lambda: plots.density_levels(LINE, SQUARE), ValueError, "mixture must be 2-D"),
    "density_levels, limits": (
        lambda: plots.density_levels(FLAT, [[0, 0], [0, 1]]),
        ValueError,
        "limits must be ((x low, y low), (x high, y high))",
    ),
    "Histogram": (lambda: artist(lambda ax: plots.Histogram(ax, X)), ValueError, "X must have shape (N, 1)"),
    "Rug": (lambda: artist(lambda ax: plots.Rug(ax, X[:, 0])), ValueError, "X must have shape (N, 1)"),
    "Rug, shares": (
        lambda: artist(lambda ax: plots.Rug(ax, X[:5, :1]), R),
        ValueError,
        "responsibilities must have shape (5, K), got (12, 2)",
    ),
    "Curves": (
        lambda: artist(lambda ax: plots.Curves(ax, (0, 1), 2), FLAT),
        ValueError,
        "mixture must be 1-D to be drawn here, got 2-D",
    ),
    "Curves, nine": (lambda: artist(lambda ax: plots.Curves(ax, (0, 1), 9)), ValueError, "up to 8"),
    "weighted_densities": (
        lambda: plots.weighted_densities([0, 1], FLAT),
        ValueError,
        "mixture must be 1-D to be drawn here, got 2-D",
    ),
    "weighted_densities, swapped": (
        lambda: plots.weighted_densities(LINE, [0, 1]),
        TypeError,
        "mixture must be a Mixture, got list",
    ),
    "marginal": (lambda: plots.marginal(FLAT, [0, 0]), ValueError, "dims must be some different columns"),
    "marginal, swapped": (
        lambda: plots.marginal([0], FLAT),
        TypeError,
        "mixture must be a Mixture, got list",
    ),
    "grid_points": (lambda: plots.grid_points("ab", [0]), TypeError, "x holds text"),
    "ScoreTrace": (lambda: artist(lambda ax: views.ScoreTrace(ax, FLAT)), TypeError, "trace must be a Trace"),
    "ScoreTrace, index": (
        lambda: artist(lambda ax: views.ScoreTrace(ax, TRACE), 4),
        IndexError,
        "index must be between 0 and 3, or from -4 to -1; got 4",
    ),
    "Panel1D": (
        lambda: artist(lambda ax: views.Panel1D(ax, TRACE)),
        ValueError,
        "X must have shape (N, 1) to be drawn here, got (12, 2)",
    ),
    "Panel2D": (
        lambda: artist(lambda ax: views.Panel2D(ax, TRACES["1-D"])),
        ValueError,
        "dims must be 0, as there is 1 column; got 1",
    ),
    "View": (lambda: views.View(TRACE).show(9), IndexError, "index must be between 0 and 3"),
    "View, text": (lambda: views.View(TRACE).show("E1"), TypeError, "index must be a whole number"),
    "describe": (lambda: views.describe(FLAT, 0), TypeError, "trace must be a Trace, got Mixture"),
    "in_words": (lambda: views.in_words(SQUARE), TypeError, "mixture must be a Mixture"),
    "describe, index": (
        lambda: views.describe(TRACE, 9),
        IndexError,
        "between 0 and 3, or from -4 to -1; got 9",
    ),
    "from_start": (
        lambda: views.from_start(TRACE, 1.0),
        TypeError,
        "index must be a whole number, the place of a half-step, got 1.0",
    ),
    "picture": (lambda: frames.picture(TRACE, True), TypeError, "index must be a whole number"),
    "Camera": (lambda: frames.Camera(TRACE), TypeError, "view must be a View or the like, got Trace"),
    "shoot": (lambda: frames.shoot("film"), TypeError, "trace must be a Trace, got str"),
    "shared_palette": (
        lambda: frames.shared_palette(TRACE, 3),
        TypeError,
        "camera must be a Camera, got Trace",
    ),
    "png": (lambda: frames.png(TRACE), TypeError, "figure must be a Figure, got Trace"),
    "encode": (lambda: frames.encode(X, None), TypeError, "image must be an Image, got ndarray"),
    "encode, palette": (
        lambda: frames.encode(Image.new("RGB", (9, 9)), 5),
        TypeError,
        "palette must be an Image, got int",
    ),
    "thinned": (lambda: frames.thinned(X), TypeError, "trace must be a Trace, got ndarray"),
    "thinned, most": (lambda: frames.thinned(TRACE, most=3), ValueError, "most must be"),
    "encode_alone": (lambda: frames.encode_alone(X), TypeError, "image must be an Image, got ndarray"),
    "save": (lambda: frames.save(TRACE, 5), TypeError, "path must be text or a pathlib.Path, got int"),
    "player": (lambda: player(TRACE, index=9), IndexError, "index must be between 0 and 3"),
    "player, poster": (lambda: player(TRACE, poster=9), IndexError, "poster must be between 0 and 3"),
    "player, 1.0": (lambda: player(TRACE, poster=1.0), TypeError, "poster must be a whole number"),
    "player, alt": (lambda: player(TRACE, alt=5), TypeError, "alt must be text, got int"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_named(name):
    call, error, text = WRONG[name]
    with pytest.raises(error, match=re.escape(text)):
        call()


OF_OUR_OWN = {  # what one room does for another: nothing of a reader's reaches them unchecked
    *("CourseFigure", "Still", "FontWarning", "drawable", "draw_in_own_settings", "own_settings"),
    *("sample_rows", "said_of_sample"),
}


def test_every_door_is_in_the_table():
    names = {
        name for room in (plots, views, frames) for name in room.__all__ if callable(getattr(room, name))
    }
    helpers = {name for name in names if name.startswith("check_")} | {"Film"} | OF_OUR_OWN
    assert {name.split(",")[0] for name in WRONG} - {"player"} == names - helpers


NO_FILE = [
    (
        "no/such/folder/film.gif",
        FileNotFoundError,
        "path is in the folder 'no/such/folder', which is not there; ",
    ),
    ("there.gif", IsADirectoryError, "path must be a file, but 'there.gif' is a folder"),
    ("a file/film.gif", FileNotFoundError, "path is in the folder 'a file', which is not there"),
    ("film", ValueError, "path must end in .gif, .webp, .html; got 'film'"),
    ("film.gif.mp4", ValueError, "path must end in .gif, .webp, .html; got 'film.gif.mp4'"),
    (".gif", ValueError, "path must end in .gif, .webp, .html; got '.gif'"),
    ("", ValueError, "path must end in .gif, .webp, .html; got ''"),
    (".", ValueError, "path must end in .gif, .webp, .html; got ''"),
    (b"film.gif", TypeError, "path must be text or a pathlib.Path, got bytes"),
    (None, TypeError, "path must be text or a pathlib.Path, got NoneType"),
]


@pytest.mark.parametrize(("path", "error", "text"), NO_FILE)
def test_a_path_that_cannot_be_written_is_refused_before_drawing(path, error, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(frames.Camera, "shoot", lambda *_: pytest.fail("drew a frame"))
    Path("there.gif").mkdir()
    Path("a file").touch()
    with pytest.raises(error, match=re.escape(text)):
        frames.save(TRACE, path)
    assert {found.name for found in tmp_path.iterdir()} == {"there.gif", "a file"}


@pytest.mark.parametrize(("name", "asked"), [("new.gif", "folder"), ("old.gif", "folder/old.gif")])
def test_what_may_not_be_written_is_refused_before_drawing(name, asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: (str(path), mode) != (asked, os.W_OK))
    monkeypatch.setattr(frames.Camera, "shoot", lambda *_: pytest.fail("drew a frame"))
    Path("folder").mkdir()
    Path("folder/old.gif").touch()
    with pytest.raises(PermissionError, match=re.escape(f"path 'folder/{name}' may not be written")):
        frames.save(TRACE, Path("folder") / name)


@pytest.mark.parametrize("name", ["film.GIF", "Film.Html", "film.WebP"])
def test_endings_count_in_any_case(name, tmp_path):
    assert frames.save(TRACE, tmp_path / name, progress=False, **SMALL).stat().st_size > 500


SECONDS = [
    ("1", TypeError, "seconds must be a number > 0, got '1'"),
    (True, TypeError, "seconds must be a number > 0, got True"),
    (None, TypeError, "seconds must be a number > 0, got None"),
    (0, ValueError, "seconds must be > 0, got 0"),
    (-1, ValueError, "seconds must be > 0, got -1"),
    (np.nan, ValueError, "seconds must be > 0, got nan"),
    (np.inf, ValueError, "seconds must be > 0, got inf"),
    (1e-3, ValueError, "seconds must be at least 0.01, got 0.001"),
    (1000, ValueError, "seconds must be at most 600, got 1000"),
]


@pytest.mark.parametrize(("seconds", "error", "text"), SECONDS)
@pytest.mark.parametrize(
    "door", [lambda **more: frames.save(TRACE, "film.gif", **more), lambda **more: player(TRACE, **more)]
)
def test_how_long_a_frame_stays_is_a_number_of_seconds(door, seconds, error, text):
    with pytest.raises(error, match=re.escape(text)):
        door(seconds=seconds)


@pytest.mark.parametrize(
    "columns",
    [
        pd.DataFrame(X, columns=["a", "b"]).columns,
        ["a", "b"],
        np.array(["a", "b"]),
        iter("ab"),
        {"a": 0, "b": 1},
    ],
)
def test_names_of_columns_come_from_whatever_lists_them(columns):
    ax = views.View(TRACE, columns=columns).figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("a", "b")


def test_names_of_columns_become_text_and_those_of_wide_data_are_numbered():
    ax = views.View(TRACE, columns=pd.DataFrame(X).columns).figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("0", "1")
    ax = views.View(TRACES["784-D"], dims=(-1, 0)).figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x784", "x1")


def test_a_title_is_text_whatever_stands_in_it_and_however_long_it_is():
    view = views.View(TRACE, title="Price in $ \\frac of 5 $", columns=["a $ \\b $", "b" * 500])
    view.figure.canvas.draw()
    assert view.figure.axes[0].get_ylabel() == "b" * 47 + "..."


@pytest.mark.parametrize("scale", some_now([1e147, 1, 1e-100]))
@pytest.mark.parametrize("D", some_now([2, 1, 5]))
def test_a_film_is_drawn_in_any_state_of_numpy(D, scale):
    Y = scale * np.vstack([WIDE[:, :D], WIDE[:, 5 : 5 + D] + 400])  # so far that exp underflows
    trace = gt.run_em(Y, gt.starts.from_rows(Y, [0, 15]), max_iter=3, engine=gt.fast)
    film, poster = frames.shoot(trace, layers=True, **SMALL), frames.picture(trace, 2, **SMALL)
    with np.errstate(all="raise"):
        stage = player(trace, poster=2, **SMALL)
        stage.finish()
    assert (stage.frames, stage.poster) == (film.frames, poster)


def test_artists_are_drawn_in_any_state_of_numpy():
    far = gt.Mixture([0.5, 0.5], [[0, 0], [900, 900]], [np.eye(2), 1e-6 * np.eye(2)])
    certain = np.array([[1 - 1e-300, 1e-300, 5e-324, 0]])
    with np.errstate(all="raise"):
        assert plots.soft_colors(certain).max() <= 1
        assert plots.weighted_densities([0.0, 1e5], plots.marginal(far, [0]))[0, 1] == 0
        artist(lambda ax: plots.Contours(ax, [[-1000, -1000], [1000, 1000]]), far)
        artist(lambda ax: plots.Curves(ax, (-1000, 1000), 2), plots.marginal(far, [0]))
        artist(lambda ax: plots.Ellipses(ax, 2), far)
        plots.density_levels(far, [[-1000, -1000], [1000, 1000]])

import io
import platform
import re
import subprocess
import sys
from base64 import b64encode

import numpy as np
import pytest
from families import some_now
from PIL import Image

import gmm_teach as gt
from gmm_teach import frames
from gmm_teach.views import View, describe

CASES = {"1-D": ("two_sources", 2), "2-D": ("three_blobs", 3), "eight": ("pairs5", 8), "4-D": ("penguins", 3)}


def run(name, K, **options):
    X = gt.datasets.load(name).X
    return gt.run_em(X, gt.starts.random_points(X, K, np.random.default_rng(0)), **options)


@pytest.fixture(scope="module")
def trace():
    return run("three_blobs", 3, max_iter=3)


@pytest.fixture(scope="module")
def film(trace):
    return frames.shoot(trace)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize("case", some_now(CASES))
@pytest.mark.parametrize("caption", some_now([True, False]))
def test_a_frame_is_a_full_redraw_in_whatever_order_frames_are_drawn(case, caption):
    trace = run(*CASES[case], max_iter=8)
    camera = frames.Camera(View(trace, caption=caption))
    view = View(trace, caption=caption)
    for index in (0, 1, 2, -1, 5, 0):
        view.show(index)
        view.figure.canvas.draw()
        expected = np.asarray(view.figure.canvas.buffer_rgba())[:, :, :3]
        np.testing.assert_array_equal(camera.shoot(index), expected)


def test_a_frame_keeps_its_pixels_when_the_next_is_drawn(trace):
    camera = frames.Camera(View(trace))
    first = camera.shoot(0)
    kept = first.copy()
    assert camera.shoot(2) != kept
    assert first == kept


def test_encoding_changes_colours_little(trace, film):
    camera = frames.Camera(View(trace))
    for index, frame in enumerate(film.frames):
        errors = np.abs(pixels(frame) - np.asarray(camera.shoot(index)))
        assert errors.mean() < 0.7
        assert np.quantile(errors, 0.999) < 40
        assert pixels(frame)[0, 0].tolist() == [255, 255, 255]


def test_all_frames_have_one_palette_and_size(film):
    opened = [Image.open(io.BytesIO(frame)) for frame in film.frames]
    assert {image.format for image in opened} == {"PNG"}
    assert {image.size for image in opened} == {film.size} == {(900, 450)}
    palettes = {bytes(image.getpalette()) for image in opened}
    assert len(palettes) == 1
    assert len(palettes.pop()) <= 3 * frames.N_COLORS


def test_the_palette_is_made_from_frames_all_over_the_film():
    """A colour only of the start (grey points) and one only of the end (pure colours) are both kept."""
    trace = run("three_blobs", 3)
    camera = frames.Camera(View(trace))
    palette = frames.shared_palette(camera, len(trace.steps))
    for index in (0, len(trace.steps) - 1):
        drawn = camera.shoot(index)
        errors = np.abs(pixels(frames.encode(drawn, palette)) - np.asarray(drawn))
        assert errors.mean() < 0.7


def test_size_and_resolution_are_as_asked_for(trace):
    assert frames.shoot(trace, size=(6, 3), dpi=50).size == (300, 150)
    assert Image.open(io.BytesIO(frames.picture(trace, 2, size=(6, 3), dpi=50))).size == (300, 150)


@pytest.mark.parametrize("suffix", some_now([".webp", ".gif"]))
def test_saved_films_have_every_frame_and_its_duration(trace, tmp_path, suffix):
    path = frames.save(trace, tmp_path / f"film{suffix}", seconds=0.25, progress=False)
    with Image.open(path) as image:
        assert image.n_frames == len(trace.steps)
        assert image.info["loop"] == 0
        for index in range(image.n_frames):
            image.seek(index)
            image.load()
            assert image.info["duration"] == (3000 if index == image.n_frames - 1 else 250)
            expected = frames.picture(trace, index)
            errors = np.abs(np.asarray(image.convert("RGB")).astype(int) - pixels(expected))
            assert errors.mean() < 1.5


def test_the_html_film_needs_no_network_and_holds_every_frame(trace, film, tmp_path):
    path = frames.save(trace, str(tmp_path / "film.html"), progress=False)
    page = path.read_text(encoding="utf-8")
    assert "http" not in page
    assert "[[" not in page
    layers = frames.shoot(trace, layers=True)
    for frame, caption in zip(layers.frames, layers.captions, strict=True):
        assert b64encode(frame).decode() in page
        assert caption in page
    assert f'"under": {list(layers.under)}' in page
    assert '"interval": 700' in page


@pytest.mark.parametrize("name", ["film.mp4", "film", "film.GIFF"])
def test_other_endings_are_refused_with_those_that_work(trace, tmp_path, name):
    with pytest.raises(ValueError, match=rf"must end in \.gif, \.webp, \.html; got '{name}'"):
        frames.save(trace, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_captions_say_what_each_half_step_did(trace, film):
    start, e1, m1, e2, *_, last = film.captions
    scores = [step.log_likelihood for step in trace.steps]
    assert start == f"Start: no point has a colour yet; log-likelihood {scores[0]:.1f}"
    assert e1 == f"E-step 1: colours move; log-likelihood {scores[1]:.1f}"
    assert m1 == f"M-step 1: ellipses move; log-likelihood {scores[2]:.1f}, up {scores[2] - scores[1]:.2f}"
    assert e2 == f"E-step 2: colours move; log-likelihood {scores[3]:.1f}"
    assert last.startswith("E-step 4: colours move; ")
    assert last.endswith("; stopped by max_iter, not converged")


def test_captions_of_endings_and_small_changes():
    trace = run("two_sources", 2)
    assert describe(trace, -1).endswith("; converged")
    assert "M-step 1: curves move" in describe(trace, 2)
    steps = list(trace.steps)
    for change, words in [
        (0.001, "up by less than 0.01"),
        (-0.001, "down by less than 0.01"),
        (0, ", no change"),
        (-2, "down 2.00"),
        (2e9, "up 2e+09"),
    ]:
        steps[2] = steps[2]._replace(log_likelihood=steps[1].log_likelihood + change)
        assert describe(trace._replace(steps=tuple(steps)), 2).endswith(words)
    X = np.array([[0.0], [0.0], [0.0], [5.0], [6.0], [7.0], [8.0]])
    collapsed = gt.run_em(X, gt.Mixture([0.5, 0.5], [[0], [6]], [[[0.01]], [[1]]]))
    assert collapsed.status == "collapsed"
    assert describe(collapsed, -1).endswith("; collapsed")


@pytest.mark.parametrize(
    ("log_likelihood", "words"),
    [
        (-4202.13, "log-likelihood -4202.1"),
        (12345678.94, "log-likelihood 12345678.9"),
        (-1e12, "log-likelihood -1e+12"),
        (0.02137, "log-likelihood 0.02137"),
        (-1.234e-9, "log-likelihood -1.234e-09"),
        (0, "log-likelihood 0"),
    ],
)
def test_captions_say_log_likelihoods_of_any_size(trace, log_likelihood, words):
    steps = [step._replace(log_likelihood=log_likelihood) for step in trace.steps]
    captions = [describe(trace._replace(steps=tuple(steps)), index) for index in range(len(steps))]
    assert {re.split("; |, ", caption)[1] for caption in captions} == {words}


def test_a_bar_on_stderr_only_for_a_film_that_takes_over_a_second(trace, monkeypatch, capfd):
    clock = iter(np.arange(100) / 1000)
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    frames.shoot(trace, size=(3, 2), dpi=50)
    assert capfd.readouterr() == ("", "")
    clock = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    frames.shoot(trace, size=(3, 2), dpi=50)
    out, err = capfd.readouterr()
    assert out == ""
    assert f"Drawing frame {len(trace.steps)} of {len(trace.steps)}, about 0.0 MB [#####" in err
    assert err.endswith("\n")
    frames.shoot(trace, size=(3, 2), dpi=50, progress=False)
    assert capfd.readouterr() == ("", "")


def test_films_leave_pyplot_alone():
    program = (
        "import sys, numpy as np, gmm_teach as gt\n"
        "X = gt.datasets.load('three_blobs').X\n"
        "trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1]), max_iter=1)\n"
        "gt.widgets.player(trace, size=(3, 2), dpi=50)\n"
        "gt.figures.sheet(trace, [0, 1])\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of glibc alone: others keep memory")
def test_the_memory_of_a_picture_is_kept_for_the_next():
    program = """
import resource
import gmm_teach as gt
from gmm_teach.frames import Camera, encode_alone
from gmm_teach.views import View

X = gt.datasets.load("three_blobs").X
trace = gt.run_em(X, gt.starts.random_points(X, 3, 0), max_iter=9)
camera = Camera(View(trace))
for index in range(18):
    if index == 3:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    encode_alone(camera.shoot(index))
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 15)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert float(done.stdout) < 200  # pages; a picture has 400 of them

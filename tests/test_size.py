"""Large data are drawn as a sample, long films are thinned, and long work fills in."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from stored import opened

import gmm_teach as gt
from gmm_teach import frames
from gmm_teach.plots import MOST_POINTS, SAMPLE, sample_rows
from gmm_teach.widgets import explorer, how_many, lottery, player
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.explorer_data import step_at
from gmm_teach.widgets.pieces import FIRST, PIECE, a_piece

pytestmark = pytest.mark.slow

N = 6000
TINY = {"size": (3, 2), "dpi": 50, "progress": False}


@pytest.fixture(scope="module")
def large():
    rng = np.random.default_rng(0)
    return rng.standard_normal((N, 2)) + 6 * rng.integers(2, size=(N, 1))


@pytest.fixture(scope="module")
def long():
    X = gt.datasets.load("pairs5").X
    return gt.run_em(X, gt.starts.random_points(X, 5, 0), max_iter=500)


def test_a_sample_is_always_the_same_and_holds_the_rows_that_must_be_seen():
    assert sample_rows(MOST_POINTS).tolist() == list(range(MOST_POINTS))
    rows = sample_rows(N)
    assert len(rows) == SAMPLE == len(set(rows.tolist()))
    assert (np.diff(rows) > 0).all()
    assert rows.tolist() == sample_rows(N).tolist()
    assert len(set(rows) ^ set(sample_rows(N + 1))) <= 2
    left_out = np.setdiff1d(np.arange(N), rows)[[0, -1]]
    assert set(sample_rows(N, left_out)) == {*rows, *left_out}


def test_the_explorer_draws_a_sample_and_fits_all(large):
    demo = explorer(large, K=2)
    trace, points = demo.scene.trace, demo.scene.view.panel.points
    assert len(trace.X) == N
    expected = gt.run_em(large, gt.starts.random_points(large, 2, 0))
    assert trace.log_likelihood == pytest.approx(expected.log_likelihood, rel=1e-12)
    for index in (1, 2, 3):
        made = step_at(trace, index).responsibilities
        np.testing.assert_allclose(made, expected.steps[index].responsibilities, atol=1e-12)
    assert len(points.X) <= SAMPLE + 1
    assert points.artists[-1].get_text() == f"{len(points.X):,} of 6,000 points drawn"
    assert demo.describe().endswith("of 6,000 points drawn; EM fits all.")


def test_picked_and_added_points_are_always_drawn(large):
    demo = explorer(large, K=2)
    left_out = int(np.setdiff1d(np.arange(N), sample_rows(N))[5])
    demo.scene.edits = demo.scene.edits._replace(picked=left_out)
    demo.set(click="adds 5 points")
    demo.click(1.0, 1.0)
    rows = demo.scene.view.panel.points.rows
    assert {left_out, *range(N, N + 5)} <= set(rows.tolist())


def test_a_long_film_keeps_its_ends_and_whole_iterations(long):
    last = len(long.steps) - 1
    shown = frames.thinned(long)
    assert last > 200 >= len(shown)
    assert shown[[0, 1, -2, -1]].tolist() == [0, 1, last - 1, last]
    assert [long.steps[i].kind for i in shown[2:]] == ["M", "E"] * (len(shown) // 2 - 1)
    assert (shown[3::2] - shown[2::2] == 1).all()
    assert frames.thinned(long, most=last + 1).tolist() == list(range(last + 1))
    assert frames.thinned(long, most=4).tolist() == [0, 1, last - 1, last]


def test_a_long_film_goes_evenly_by_gain(long):
    shown = frames.thinned(long, most=40)
    scores = [long.steps[i].log_likelihood for i in shown[1::2]]
    gaps, skipped = np.diff(scores), np.diff(shown[1::2]) > 2
    singles = np.diff([step.log_likelihood for step in long.steps if step.kind == "E"])
    assert gaps[skipped].max() <= 2 * gaps[skipped].min() + singles[20:].max()


def test_every_counts_iterations(long):
    last = len(long.steps) - 1
    shown = frames.thinned(long, every=10, most=1000)
    assert shown[:6].tolist() == [0, 1, 20, 21, 40, 41]
    assert shown[-1] == last


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"every": 0}, "every must be a whole number >= 1, got 0"),
        ({"most": 3}, "most must be a whole number >= 4, got 3"),
    ],
)
def test_what_films_say_of_bad_choices(long, options, message):
    with pytest.raises(ValueError, match=message):
        frames.shoot(long, **options)


def test_a_run_that_is_cut_off_after_an_m_step_ends_there(long):
    cut = long._replace(steps=long.steps[:-1])
    for most in (4, 40, len(cut.steps)):
        shown = frames.thinned(cut, most=most)
        assert shown[-1] == len(cut.steps) - 1
        assert len(shown) <= most


def test_captions_of_a_thinned_film_name_true_iterations(long):
    film = frames.shoot(long, most=6, **TINY)
    assert len(film.frames) == len(film.captions) == len(film.indices) <= 6
    assert film.captions == [gt.views.describe(long, index) for index in film.indices]


def test_the_player_says_what_its_film_leaves_out(long):
    stage = player(long, index=-1, most=6, **TINY)
    n = len(stage.captions)
    assert stage.index == n - 1
    assert stage.text.startswith(f"a film of {n} pictures, of {len(long.steps)} half-steps.")


def test_the_explorer_thins_long_films_and_its_places_are_half_steps(long):
    demo = explorer(place="pairs5:K5:s18:full:random:h999")
    trace, shown = demo.scene.trace, demo.scene.shown
    assert len(trace.steps) > 200 >= len(shown) == len(demo.captions) == len(demo.scores)
    assert shown.tolist() == frames.thinned(trace).tolist()
    assert demo.index == len(shown) - 1
    assert demo.place.endswith(f":h{len(trace.steps) - 1}")
    assert demo.notes[-1].endswith(f"The film shows {len(shown)} of {len(trace.steps)} half-steps.")
    demo.index = at = 120
    assert demo.scores[at] == trace.steps[shown[at]].log_likelihood
    assert demo.place.endswith(f":h{shown[at]}")
    assert explorer(place=demo.place).index == at
    left_out = int(np.setdiff1d(np.arange(len(trace.steps)), shown)[-1])
    demo.place = re.sub(r"h\d+$", f"h{left_out}", demo.place)
    assert demo.index == np.flatnonzero(shown < left_out)[-1]
    head = opened(bake(demo, most=40).films[""])[2]
    stored = [int(place.rpartition(":h")[2]) for place in head["places"]]
    assert 30 < len(stored) <= 40
    assert [*stored[:2], *stored[-2:]] == [0, 1, *shown[-2:]]
    assert [trace.steps[i].kind for i in stored[2:]] == ["M", "E"] * (len(stored) // 2 - 1)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_films_hold_their_last_picture_and_loop_as_asked(long, tmp_path, suffix):
    path = frames.save(long, tmp_path / f"film{suffix}", seconds=0.2, loop=2, most=4, **TINY)
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        assert image.info["loop"] == 2
        durations = []
        for index in range(image.n_frames):
            image.seek(index)
            image.load()
            durations.append(image.info["duration"])
    assert durations == [200] * 3 + [3000]


@pytest.mark.parametrize("loop", [-1, 65536])
def test_what_save_says_of_a_bad_loop(long, tmp_path, loop):
    with pytest.raises(ValueError, match=f"loop must be .*, got {loop}"):
        frames.save(long, tmp_path / "film.gif", loop=loop)


def test_a_piece_ends_when_its_time_is_up():
    assert a_piece([lambda: 1, lambda: 2], seconds=-1) == [1]
    assert a_piece([lambda: 1, lambda: 2], seconds=np.inf) == [1, 2]


@pytest.fixture
def one_at_a_time(monkeypatch):
    """Demos of which each piece is one run more."""
    made = []

    def piece(calls, seconds):
        calls = list(calls)
        made.append(seconds)
        return [call() for call in calls[: len(made)]]

    for make in (lottery, how_many):
        monkeypatch.setitem(make.__globals__, "a_piece", piece)
    return made


def ask(demo, **event):
    demo._hear(None, {"events": [event], "asked": 1, "view": "v"}, [])


def test_bars_fill_in_as_the_page_asks_and_end_as_at_once(one_at_a_time):
    demo = lottery(data="document_c")
    assert not demo.incomplete
    whole = demo.scene.reached
    one_at_a_time.clear()
    ask(demo, set={"start": "kmeans"})
    assert demo.incomplete
    assert demo.captions[0].endswith("(1 of 10 runs so far)")
    for n in range(2, 11):
        film = demo.film
        ask(demo, more=film - 1)  # of a film that is gone
        assert demo.film == film
        ask(demo, more=film)
        assert len(demo.scene.reached) == n
    assert one_at_a_time == [FIRST] + 9 * [PIECE]
    assert not demo.incomplete
    assert "so far" not in demo.captions[0]
    np.testing.assert_array_equal(
        demo.scene.reached, lottery(data="document_c", start="kmeans").scene.reached
    )
    ask(demo, set={"start": "random_points"})
    np.testing.assert_array_equal(demo.scene.reached, whole)


def test_a_change_while_bars_fill_in_is_followed_at_once(one_at_a_time):
    demo = lottery(data="document_c")
    one_at_a_time.clear()
    ask(demo, set={"start": "kmeans"})
    one_at_a_time.clear()
    ask(demo, set={"runs": 20})
    assert (demo.values["runs"], len(demo.scene.reached)) == (20, 1)
    demo.set(seed=1)  # from Python it is made whole
    assert (demo.incomplete, len(demo.scene.reached)) == (False, 20)


def test_ctrl_c_keeps_the_bars_that_are_there(one_at_a_time, monkeypatch):
    demo = lottery(data="document_c")
    one_at_a_time.clear()
    ask(demo, set={"start": "kmeans"})
    monkeypatch.setattr(demo.scene, "compute", interrupt)
    demo.finish()
    assert demo.incomplete
    assert len(demo.scene.reached) == 1


def test_how_many_draws_the_fit_of_its_k_first_and_is_left_at_any_time(one_at_a_time):
    demo = how_many(K=2, held_out=False)
    assert not demo.incomplete
    one_at_a_time.clear()
    ask(demo, set={"data": "three_blobs", "K": 5})
    assert demo.incomplete
    assert list(demo.scene.traces) == [5]
    assert demo.captions[0].endswith("(1 of 8 fits so far)")
    ask(demo, more=demo.film)
    assert demo.captions[0].endswith("(2 of 8 fits so far)")
    assert one_at_a_time == [FIRST, PIECE]
    one_at_a_time.clear()
    ask(demo, set={"data": "document_c"})
    assert demo.captions[0].endswith("(1 of 8 fits so far)")
    for _ in range(7):
        assert demo.incomplete
        ask(demo, more=demo.film)
    assert not demo.incomplete
    assert demo.captions == how_many(K=5, held_out=False).captions


def interrupt(values):
    raise KeyboardInterrupt

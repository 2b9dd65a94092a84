"""Films that are stored for a page without Python: those of each combination, and nothing else changes."""

import json
from importlib import import_module

import numpy as np
import pytest
from families import some_now
from stored import opened
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach.frames.layers import composed
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.in_page import in_page, on_paper

DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
REMEMBERS = {"be_the_m_step", "temperature"}  # what the reader did before


@pytest.fixture(scope="module")
def explorer():
    return gt.widgets.explorer(K=2, seed=4)


@pytest.fixture(scope="module")
def baked(explorer):
    return bake(explorer, most=8, K=[3, 1], seed=np.array([0]))


def test_each_combination_has_its_film_and_the_explorer_is_as_before(explorer, baked):
    assert baked.grid == {"K": [1, 2, 3], "seed": [0, 4]}
    assert sorted(baked.films) == ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"]
    assert explorer.values == baked.values
    assert (explorer.values["K"], explorer.values["seed"], explorer.index) == (2, 4, 1)


def test_a_film_has_the_pictures_and_words_of_its_run(baked):
    frames, under, head = opened(baked.films["2-0"])
    demo = gt.widgets.explorer(K=3, seed=0)
    last = len(demo.captions) - 1
    assert len(frames) == len(head["captions"]) <= 8
    assert head["captions"][0] == demo.captions[0]
    assert head["captions"][-1] == demo.captions[last]
    assert head["scores"][-1] == demo.scores[last]
    assert head["places"][-1] == demo.scene.place(demo.values, last)
    for number, index in ((0, 0), (len(frames) - 1, last)):
        drawn = np.asarray(demo.scene.draw(index)).astype(int)
        errors = np.abs(drawn - np.asarray(composed(frames, under, number)))
        assert errors.mean() < 1
        assert np.quantile(errors, 0.999) < 48


def test_a_button_that_only_moves_a_control_is_stored(baked):
    assert opened(baked.films["1-0"])[2]["pressed"] == {"next seed": {"seed": 1}}


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"k": [1]}, ValueError, "control must be one of data, K"),
        ({"covariance": ["round"]}, TraitError, "covariance must be one of full"),
        ({"K": ["two"]}, TraitError, "K must be a whole number from 1 to 8, got 'two'"),
        ({"most": 2}, ValueError, "most must be a whole number >= 4, got 2"),
        ({"K": 3}, TypeError, "K must list values to store, got 3"),
        ({"data": "cross"}, TypeError, "data must list values to store, got 'cross'"),
    ],
)
def test_what_cannot_be_stored_is_named(explorer, options, error, message):
    with pytest.raises(error, match=message):
        bake(explorer, **options)


def test_a_grid_is_a_dict(explorer):
    with pytest.raises(TypeError, match="a grid must be a dict, got list"):
        bake(explorer, [1, 2])


def test_only_what_is_live_is_stored():
    with pytest.raises(TypeError, match=r"live must be a live picture such as an explorer\(\), got str"):
        bake("explorer")


def test_several_grids_are_stored_side_by_side_and_nothing_is_drawn_twice(explorer):
    grids = {"data": ["document_c"]}, {"K": [1], "covariance": ["tied"]}
    baked = bake(explorer, *grids, most=4, K=[3])
    assert baked.grid == {
        "data": ["document_c", "three_blobs"],
        "K": [1, 2, 3],
        "covariance": ["tied", "full"],
    }
    stored = {tuple(map(int, name.split("-"))) for name in baked.films}
    of_data = {(0, 1, 1), (1, 1, 1)}
    assert stored == of_data | {(1, K, c) for K in (0, 1) for c in (0, 1)} | {(1, 1, 1), (1, 2, 1)}
    words = opened(baked.films["1-0-0"])[2]["descriptions"][0]
    assert words.startswith("three_blobs, K=1, tied.")


def test_what_is_only_said_needs_no_film():
    demo = gt.widgets.bug_museum(half="E-step")
    baked = bake(demo, most=4, exhibit=[1, 2], half=["M-step"], fault=["hard shares", "stale shares"])
    assert sorted(baked.films) == ["0-1-2", "1-1-2"]
    assert len(baked.said) == 2 * 2 * 3
    for name, (film, said) in baked.said.items():
        places = map(int, name.split("-"))
        chosen = {one: baked.grid[one][at] for one, at in zip(baked.grid, places, strict=True)}
        demo.set(**chosen)
        head = opened(baked.films[film])[2]
        for words in ("captions", "descriptions"):
            assert [text + said for text in head[words][:2]] == demo.captions[:2]


def test_what_the_reader_has_put_in_is_in_each_film_of_its_data_and_still_there_afterwards():
    demo = gt.widgets.explorer(K=1, click="adds 1 point")
    demo.click(4, -4)
    demo.set(click="picks a point")
    demo.click(*demo.scene.data.X[42])
    before = demo.describe(), demo.place, demo.scene.shoot(1)
    baked = bake(demo, most=4, data=["document_c"])
    assert "Picked point 42:" in opened(baked.films["1"])[2]["descriptions"][1]
    assert opened(baked.films["1"])[2]["places"][1] == demo.place
    assert "points=" not in opened(baked.films["0"])[2]["places"][1]
    assert (demo.describe(), demo.place, demo.scene.shoot(1)) == before


def few(demo):
    """The ends of what each stored control has, so that a grid of them is small."""
    return {name: [next(iter(values)), list(values)[-1]] for name, values in demo.scene.stored.items()}


@pytest.mark.parametrize(
    "name", some_now(sorted(DEMOS, key=lambda name: (name != "temperature", name not in REMEMBERS)))
)
def test_a_film_is_the_same_whatever_was_stored_before_it(name):
    demo, grid = getattr(gt.widgets, name)(), few(getattr(gt.widgets, name)())
    baked = bake(demo, most=4, **grid)
    for film in baked.films:
        places = map(int, film.split("-"))
        chosen = {
            control: values[at] for (control, values), at in zip(baked.grid.items(), places, strict=True)
        }
        again = getattr(gt.widgets, name)()
        again.set(**chosen)
        alone = bake(again, most=4, **dict.fromkeys(grid, ()))
        (film_alone,) = alone.films.values()
        assert baked.films[film] == film_alone, chosen


def test_a_stored_picture_says_nothing_of_a_best_that_its_page_cannot_know():
    demo = gt.widgets.be_the_m_step()
    best = demo.scene.edits.best
    for film in bake(demo, mean_A=[0, 5], mean_B=[8]).films.values():
        head = opened(film)[2]
        assert "best" not in head["captions"][0]
        assert set(head["pressed"]) <= {"restart"}  # where EM ends is no stored place
    assert f"your best so far is {best:.2f}" in demo.captions[0]
    assert demo.scene.mark.get_visible()


@pytest.mark.parametrize("name", DEMOS)
def test_every_demo_stores_what_its_lesson_turns(name):
    demo = getattr(gt.widgets, name)()
    assert demo.scene.stored
    assert set(demo.scene.stored) <= set(demo.specs)


def test_html_of_a_widget_says_what_it_shows_and_ends_no_script(explorer, baked):
    html = in_page(explorer, baked=baked, address=lambda name, film: f"</script>{name}")
    stored = json.loads(html.split('<script type="application/json">')[1].removesuffix("</script></div>"))
    assert stored["films"]["0-0"] == "</script>0-0"
    assert html.count("</script>") == 1
    assert 'alt="three_blobs, K=2, full.' in html


def test_on_paper_there_are_two_pictures_of_a_film(explorer):
    html = on_paper(explorer)
    assert html.count("<img") == html.count("<figcaption>") == 2
    assert "; converged</figcaption>" in html
    assert on_paper(gt.widgets.bell()).count("<img") == 1


def test_a_demo_that_is_shown_again_is_not_stored_anew_and_another_is(monkeypatch):
    calls = []
    module = import_module("gmm_teach.widgets.in_page")
    monkeypatch.setattr(module, "BAKED", {})
    monkeypatch.setattr(module, "bake", lambda live, **grid: calls.append(live) or bake(live, sigma=[2]))
    html = [in_page(gt.widgets.bell(**values)) for values in ({}, {}, {"sigma": 2}, {"hide": ["sigma"]}, {})]
    assert html[0] == html[1] == html[4] != html[2]
    assert len(calls) == 3

"""Films that are stored for a page without Python: those of each combination, and nothing else changes."""

import json

import numpy as np
import pytest
from stored import opened
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach.frames.layers import composed
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.in_page import in_page, on_paper

DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})


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
    assert baked.places["three_blobs:K3:s0:full:random"] == "2-0"


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
        ({"K": ["two"]}, TraitError, "K must be a number from 1 to 8, got 'two'"),
        ({"most": 2}, ValueError, "most must be a whole number >= 4, got 2"),
    ],
)
def test_what_cannot_be_stored_is_named(explorer, options, error, message):
    with pytest.raises(error, match=message):
        bake(explorer, **options)


def test_only_what_is_live_is_stored():
    with pytest.raises(TypeError, match=r"live must be a live picture such as an explorer\(\), got str"):
        bake("explorer")


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

"""What a reader of no picture is told, and what a sharper screen gets."""

import io
import re
from base64 import b64decode
from html import unescape

import pytest
from families import some_now
from PIL import Image

import gmm_teach as gt
from gmm_teach.widgets.scene import Scene

DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
CHEAP = {"how_many": {"starts": 2}, "lottery": {"runs": 12}}


def make(name):
    return getattr(gt.widgets, name)(**CHEAP.get(name, {}))


def size(demo):
    return Image.open(io.BytesIO(demo.scene.shoot(demo.index))).size


def test_each_widget_has_a_name_of_its_own():
    names = {kind.name for kind in Scene.__subclasses__() if "name" in vars(kind)}
    assert {"Explorer", "Demo: trap"} < names
    assert len(names) == len(DEMOS)
    assert gt.widgets.trap().name == "Demo: trap"


def test_a_player_is_named_by_its_title():
    X = gt.datasets.load("document_c").X
    trace = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]), max_iter=1)
    assert gt.widgets.player(trace, progress=False, title="Document C").name == "Document C"
    assert gt.widgets.player(trace, progress=False).name == "EM player"


@pytest.mark.parametrize("name", some_now(DEMOS))
def test_the_description_follows_and_holds_the_caption(name):
    demo = make(name)
    for index in {0, len(demo.captions) - 1}:
        demo.index = index
        assert demo.description == demo.describe()
        assert demo.captions[index] in demo.description


def test_the_description_follows_a_change_where_the_index_stays():
    demo = gt.widgets.explorer()
    before = demo.index, demo.description
    demo.set(K=2)
    assert demo.index == before[0]
    assert demo.description == demo.describe() != before[1]


def test_the_stored_picture_bears_its_text_as_html_keeps_it():
    demo = gt.widgets.trap()
    demo.scene.captions[demo.index] = 'a < "b" & c'
    data, _ = demo._repr_mimebundle_()
    alt, source = re.search(
        r' alt="([^"]*)" src="data:image/png;base64,([^"]*)">', data["text/html"]
    ).groups()
    assert unescape(alt) == 'a < "b" & c' == data["text/plain"]
    assert b64decode(source) == data["image/png"]


def test_a_sharper_screen_gets_more_pixels_and_at_most_twice_as_many():
    demo = gt.widgets.explorer()
    width, height = size(demo)
    for ratio, factor in {1.5: 1.5, 2: 2, 3: 2, 0.5: 1}.items():
        demo._hear(demo, {"ratio": ratio}, [])
        film = demo.film
        assert size(demo) == (round(factor * width), round(factor * height))
        demo._hear(demo, {"ratio": ratio}, [])
        assert demo.film == film  # nothing is new


def test_a_scene_that_makes_a_new_figure_stays_sharp():
    demo = gt.widgets.trap()
    demo._hear(demo, {"ratio": 2}, [])
    wide = size(demo)
    demo.set(distance=3.0)
    assert size(demo) == wide == (1800, 900)


def test_a_sharper_screen_keeps_place_and_picture():
    demo = gt.widgets.explorer()
    demo.index = 5
    place = demo.place
    demo._hear(demo, {"ratio": 2}, [])
    assert (demo.index, demo.place) == (5, place)


def test_what_is_stored_has_its_usual_size():
    demo = gt.widgets.trap()
    before = size(demo)
    demo._hear(demo, {"ratio": 2}, [])
    data, _ = demo._repr_mimebundle_()
    assert Image.open(io.BytesIO(data["image/png"])).size == before
    assert {Image.open(io.BytesIO(frame)).size for frame in demo.frames} == {before}

"""Places: short texts that open the Explorer again as it was, with what its reader has put in."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SOME
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach.widgets import explorer, places
from gmm_teach.widgets.explorer_controls import controls_for
from gmm_teach.widgets.explorer_data import data_names
from gmm_teach.widgets.places import MOST_POINTS, Place, read, write

CONTROLS = controls_for(data_names(None))
FINITE = st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.tuples(FINITE, FINITE)


def values_of(spec):
    if spec["kind"] == "choice":
        return st.sampled_from(spec["options"])
    return st.booleans() if spec["kind"] == "check" else st.integers(spec["min"], spec["max"])


@st.composite
def all_places(draw):
    values = {spec["name"]: draw(values_of(spec)) for spec in CONTROLS if spec["kind"] != "button"}
    by_hand, K = values["start"] == "by hand", values["K"]
    means = draw(st.lists(st.integers(0, 10**6) | ROWS, min_size=K, max_size=K)) if by_hand else []
    points = draw(st.lists(ROWS, max_size=MOST_POINTS))
    hidden = draw(st.lists(st.sampled_from([spec["name"] for spec in CONTROLS]), unique=True))
    return Place(values, draw(st.integers(0, 10**6)), tuple(points), tuple(means), tuple(hidden))


@SOME
@given(place=all_places())
def test_a_place_is_read_as_it_was_written_and_needs_no_quoting_in_a_link(place):
    text = write(place)
    assert read(text) == place
    assert re.fullmatch(r"[\w:=,.-]+", text, re.ASCII)


def test_what_goes_without_saying_is_not_said():
    values = places.PLAIN | {"data": "cross", "K": 2, "seed": 0, "covariance": "diag"}
    assert write(Place(values)) == "cross:K2:s0:diag:h1"
    assert read("cross:K2:s0:diag") == read(" cross:K2:s0:diag:h1\n") == Place(values)
    assert {spec["name"] for spec in CONTROLS if spec["kind"] != "button"} == set(values)
    for name, value in places.WORDS.values():
        (spec,) = (spec for spec in CONTROLS if spec["name"] == name)
        assert value in spec.get("options", [True, False])


def with_points():
    demo = explorer(click="adds 5 points", speed="slow", bound=True)
    demo.click(3.14159265, -2.71828)
    demo.set(click="adds 1 point", ghosts=False)
    demo.click(0.1234567, 1e-9)
    return demo


def with_moved_starts():
    demo = explorer(data="old_faithful", start="kmeans", K=3)
    demo.index = 0
    x, y, _ = demo.handles[1]
    demo.drag(x, y, 3.00004, 61.23456)
    return demo


def with_four_columns():
    demo = explorer(data="penguins", click="adds 20 points")
    demo.click(45.678, 17.89)
    demo.set(click="moves a start", code="off")
    demo.click(40.0, 15.0)
    return demo


def with_nothing_but_points():
    demo = explorer(data="empty", K=1)
    for x, y in ((1, 2), (3.5, 8), (7, 7.123456)):
        demo.click(x, y)
    return demo


@pytest.mark.slow
@pytest.mark.parametrize("make", [with_points, with_moved_starts, with_four_columns, with_nothing_but_points])
def test_what_the_reader_has_put_in_opens_again(make):
    demo = make()
    again = explorer(place=demo.place)
    assert (again.place, again.values, again.index) == (demo.place, demo.values, demo.index)
    np.testing.assert_array_equal(again.scene.data.X, demo.scene.data.X)
    assert again.captions == demo.captions
    assert again.scene.shoot(again.index) == demo.scene.shoot(demo.index)
    there = explorer(data="cross")
    there.place = demo.place
    assert (there.place, there.captions) == (demo.place, demo.captions)
    assert len(demo.place) < 700


@pytest.mark.slow
def test_points_are_rounded_by_less_than_anyone_sees():
    demo = explorer(click="adds 1 point")
    demo.click(3.14159265, -2.71828)
    assert demo.place == "three_blobs:K3:s18:full:random:adds1:points=3.14,-2.718:h1"
    small = explorer(1e-9 * gt.datasets.load("cross").X, click="adds 1 point")
    small.click(3.14159265e-9, 0)
    assert "points=3.14e-09,0:" in small.place


@pytest.mark.slow
def test_a_place_holds_a_hundred_points_and_says_so_beyond():
    demo = explorer(K=2, click="adds 20 points")
    for _ in range(5):
        demo.click(1, 1)
    assert len(read(demo.place).points) == 100
    text = demo.place
    demo.set(click="adds 1 point")
    demo.click(2, 2)
    assert demo.place == ""
    assert demo.no_place == "A place holds at most 100 points of your own; here there are 101."
    with pytest.raises(ValueError, match="at most 100 points of your own; here there are 101"):
        explorer(place=text.replace("points=", "points=1,1_"))
    demo.press("undo")
    assert (demo.no_place, read(demo.place).points) == ("", read(text).points)


def test_a_place_hides_controls_beside_those_of_its_cell():
    demo = explorer(hide=("floor", "next seed"))
    assert demo.place.endswith(":hide=floor,next_seed:h1")
    demo.place = "cross:K2:s0:full:hide=K,floor:h1"
    assert demo.hidden == ["floor", "next seed", "K"]
    demo.place = "cross:K2:s0:full"
    assert demo.hidden == ["floor", "next seed"]
    assert explorer(place=demo.place).hidden == demo.hidden


def test_presets_come_before_what_a_place_says():
    demo = explorer(place="cross:K2:s0:full:points=1,2:slow", data="document_c", K=3)
    assert demo.place == "document_c:K3:s0:full:slow:h1"


@pytest.fixture(scope="module")
def edited():
    demo = explorer(click="adds 1 point", hide=["code"])
    demo.click(4, -4)
    return demo


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("K9", "'K9' in a place must be from K1 to K8"),
        ("K0", "'K0' in a place must be from K1 to K8"),
        ("s2147483648", "'s2147483648' in a place must be from s0 to s2147483647"),
        ("random:farthest", "'farthest' in a place is the second part that says start"),
        ("h1:h2", "'h2' in a place is the second part that says index"),
        ("hand:means=1,2_3,4", "means= in a place must be K3 of them, got 2"),
        ("means=1,2_3,4_5,6", "means= in a place are those of a start by hand: it must say hand too"),
        ("hand:means=1,2_3,4_5,nan", "means= in a place must be numbers .* or a row .*; got '5,nan'"),
        ("hand:means=1,2_3,4_r300", "r300 in a place must be a row of the data, from r0 to r299"),
        ("points=1,2_3", "points= in a place must have 2 numbers for each, got 1"),
        ("points=1,2_", "points= in a place must be numbers such as 2.5,3, joined by _; got ''"),
        ("points=1,1e999", "points= in a place must be numbers .*; got '1,1e999'"),
        ("points=r3", "points= in a place must be numbers .*; got 'r3'"),
        ("hide=colour", "control must be one of data, K, .*; got 'colour'"),
        ("hide=", "control must be one of data, K, .*; got ''"),
        ("ghosts", "'ghosts' is no part of a place; its parts are random, "),
    ],
)
def test_a_part_that_is_wrong_is_named_and_changes_nothing(place, message, edited):
    K, seed = (place, "s18") if place[0] == "K" else ("K3", place) if place[0] == "s" else ("K3", "s18")
    rest = "" if place in (K, seed) else f":{place}"
    before = edited.place, edited.values, edited.hidden, edited.captions
    with pytest.raises(ValueError, match=message):
        edited.place = f"three_blobs:{K}:{seed}:full{rest}"
    assert (edited.place, edited.values, edited.hidden, edited.captions) == before
    assert len(edited.scene.edits.added) == 1


def test_data_that_are_not_there_are_named():
    with pytest.raises(TraitError, match=r"data must be one of three_blobs, .*; got 'nowhere'"):
        explorer(place="nowhere:K3:s18:full:points=1,2")
    with pytest.raises(TraitError, match=r"covariance must be one of full, .*; got 'round'"):
        explorer(place="cross:K3:s18:round")

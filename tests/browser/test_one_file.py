"""A notebook as one HTML file, opened from a disk, with no network: what it shows and lets one do."""

import json

import pytest
from access import faults, without_words
from pages import LESSONS, LIVE, Film, LivePicture, write_page

pytestmark = pytest.mark.slow
MOST = 12e6  # bytes


@pytest.fixture(params=LESSONS)
def written(request, tmp_path):
    """The page of a notebook."""
    return write_page(request.param, tmp_path)


@pytest.fixture
def opened(offline, written):
    return offline(written)


def test_a_page_is_small_and_whole_and_alive(written, opened, axe):
    """One test, as to write the page takes longest."""
    assert_it_is_small_and_every_picture_has_words(written, opened)
    assert_formulas_are_drawn_and_nothing_is_wider_than_the_page(opened, written)
    assert_every_film_steps_and_every_stored_control_changes_the_picture(opened)
    assert_axe_finds_nothing_serious(opened, axe)


def assert_it_is_small_and_every_picture_has_words(written, opened):
    assert written.stat().st_size < MOST
    assert opened.evaluate("globalThis.gmmStarted.then(() => document.images.length)")
    assert without_words(opened) == []


def assert_formulas_are_drawn_and_nothing_is_wider_than_the_page(opened, written):
    assert opened.locator("math").count() or "00_" in written.name
    for width in (1280, 390):
        opened.set_viewport_size({"width": width, "height": 800})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.set_viewport_size({"width": 1280, "height": 720})


def assert_every_film_steps_and_every_stored_control_changes_the_picture(opened):
    places = opened.locator(".gmm-here").all()
    assert places
    for place in places:
        place.locator(".gmm-stage").wait_for()
        stored = json.loads(place.locator("script").text_content())
        if "grid" in stored:
            live = LivePicture(opened, place.locator(LIVE))
            for name, values in stored["grid"].items():
                turn(live, name, values)
        else:
            live = Film(opened, place.locator(".gmm-stage"))
        if live.last:
            live.stage.focus()
            seen = []
            for key, index in (("End", live.last), ("Home", 0)):
                live.press(key, index)
                seen.append(live.picture())
            assert seen[0] != seen[1]


def assert_axe_finds_nothing_serious(opened, axe):
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            opened.set_viewport_size({"width": width, "height": 800})
            opened.emulate_media(color_scheme=scheme)
            assert faults(opened, axe, opened.locator("main")) == [], (width, scheme)


def turn(live, name, values):
    """Two stored values of a control, which show two pictures."""
    seen = set()
    for value in (values[0], values[-1]):
        control = live.control(name)
        if isinstance(value, str):
            control.select_option(value)
        else:
            control.fill(str(value))
            control.blur()
        live.rest()
        assert live.problem == ""
        seen.add(live.picture())
    assert len(seen) == min(2, len(values)), name

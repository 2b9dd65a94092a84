"""A notebook as one HTML file, opened from a disk, with no network: what it shows and lets one do."""

import pytest
from access import faults, without_words
from pages import LESSONS, write_page
from stored_widgets import assert_every_film_steps_and_every_stored_control_changes_the_picture

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


def assert_axe_finds_nothing_serious(opened, axe):
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            opened.set_viewport_size({"width": width, "height": 800})
            opened.emulate_media(color_scheme=scheme)
            assert faults(opened, axe, opened.locator("main")) == [], (width, scheme)

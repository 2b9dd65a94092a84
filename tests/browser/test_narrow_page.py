"""On a phone: a picture of two columns is stacked, and means the same under a finger."""

from ast import literal_eval

import pytest
from notebook_page import value
from pages import VIEWPORT, show

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(live_page):
    live_page.evaluate("jupyterapp.shell.collapseLeft()")
    live_page.set_viewport_size(PHONE)
    yield live_page
    live_page.set_viewport_size(VIEWPORT)
    live_page.evaluate("jupyterapp.shell.expandLeft()")


def on_the_stacked_canvas(page, x, y):
    """Shares of the canvas, from its top left, where x, y of the axes on the left are: they are on top."""
    left, top, right, bottom, x0, x1, y0, y1 = literal_eval(value(page, "demo.areas[0]"))
    split = literal_eval(value(page, "demo.split"))
    across = left + (right - left) * (x - x0) / (x1 - x0)
    down = bottom - (bottom - top) * (y - y0) / (y1 - y0)
    return across / max(split, 1 - split), down / 2


def test_columns_are_stacked_and_a_tap_picks_the_point_under_it(phone):
    live = show(phone, "explorer()")
    canvas = live.stage.locator("canvas")
    box = canvas.bounding_box()
    assert box["height"] > 1.5 * box["width"]
    assert box["x"] + box["width"] <= PHONE["width"]
    for row in (42, 250):
        x, y = literal_eval(value(phone, f"demo.scene.trace.X[{row}].tolist()"))
        across, down = on_the_stacked_canvas(phone, x, y)
        canvas.click(position={"x": across * box["width"], "y": down * box["height"]})
        live.rest()
        assert value(phone, "demo.scene.edits.picked") == str(row)


def test_columns_stand_side_by_side_again_where_there_is_room(phone):
    live = show(phone, "explorer()")
    before = live.picture()
    phone.set_viewport_size(VIEWPORT)
    live.wait_for("!stage.classList.contains('gmm-folded')")
    box = live.stage.locator("canvas").bounding_box()
    assert box["width"] > 1.5 * box["height"]
    assert live.picture() != before


def test_one_column_keeps_a_width_that_can_be_read(phone):
    live = show(phone, "bell()")
    assert live.stage.locator("canvas").bounding_box()["width"] >= 480

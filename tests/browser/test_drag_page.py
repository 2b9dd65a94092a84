"""Drags, hovering and Ctrl+Z in JupyterLab: what the mouse does, and the kernel's picture afterwards."""

from ast import literal_eval

import pytest
from notebook_page import value
from pages import NAMES_IN_THE_KERNEL, show
from playwright.sync_api import expect


def on_the_page(page, live, x, y):
    """Where x, y of the plane are on the page."""
    left, top, right, bottom, x0, x1, y0, y1 = literal_eval(value(page, "demo.plane"))
    live.stage.locator("canvas").hover()  # waits until it stands still
    box = live.stage.locator("canvas").bounding_box()
    across = left + (right - left) * (x - x0) / (x1 - x0)
    down = bottom - (bottom - top) * (y - y0) / (y1 - y0)
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(page, live, start, end):
    """Press at start, move to end, and release: both in units of the plane."""
    (x0, y0), (x, y) = on_the_page(page, live, *start), on_the_page(page, live, *end)
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move(x, y, steps=8)
    page.mouse.up()
    live.rest()


def assert_the_kernels(page, live):
    shown = live.picture(), live.stage.locator(".gmm-caption").inner_text()
    assert literal_eval(value(page, "picture_and_caption(demo)")) == shown


@pytest.mark.slow
def test_the_star_the_bell_and_the_outlier_go_where_they_are_dragged(live_page):
    for call, start, end, expected in (
        ("query()", (3.3, 1.0), (1.5, 2.2), {"x": 1.5, "y": 2.2}),
        ("bell()", (0, 0.399), (-1.5, 0.6), {"mean": -1.5, "low": -1.0}),
        ("trap()", (5, 0), (3, 1), {"distance": 3.0}),
        ("shape()", None, (0.5, 1.5), {"type": "full"}),
    ):
        live = show(live_page, call, before=NAMES_IN_THE_KERNEL)
        before = live.picture()
        drag(live_page, live, start or literal_eval(value(live_page, "demo.handles[0][:2]")), end)
        assert live.picture() != before
        assert_the_kernels(live_page, live)
        values = literal_eval(value(live_page, "demo.values"))
        for name, wanted in expected.items():
            assert wanted == values[name] or abs(values[name] - wanted) < 0.11, (call, values)
        if call != "shape()":
            assert value(live_page, "demo.scene.held is None") == "True"


def test_a_mean_is_dragged_and_ctrl_z_takes_it_back(live_page):
    live = show(live_page, "explorer()", before=NAMES_IN_THE_KERNEL)
    live.stage.focus()
    live.press("Home", 0)
    caption = live.stage.locator(".gmm-caption").inner_text()
    start = literal_eval(value(live_page, "demo.scene.trace.steps[0].mixture.means.tolist()"))
    drag(live_page, live, start[1], (4.0, -1.0))
    expect(live.control("start")).to_have_value("by hand")
    assert_the_kernels(live_page, live)
    moved = literal_eval(value(live_page, "demo.scene.trace.steps[0].mixture.means.tolist()"))
    assert moved[0] == start[0]
    assert moved[2] == start[2]
    assert abs(moved[1][0] - 4) + abs(moved[1][1] + 1) < 0.1
    live.stage.focus()
    live_page.keyboard.press("Control+z")
    expect(live.control("start")).to_have_value("random_points")
    live.rest()
    means = value(live_page, "demo.scene.trace.steps[0].mixture.means.tolist()")
    assert literal_eval(means) == start
    assert live.stage.locator(".gmm-caption").inner_text() == caption
    assert_the_kernels(live_page, live)
    assert value(live_page, "demo.scene.edits.picked is None") == "True"


def test_a_press_that_hardly_moves_is_a_click_and_a_drag_of_nothing_is_none(live_page):
    live = show(live_page, "explorer(click='adds 1 point')")
    for far, points in ((30, 300), (3, 301)):
        x, y = on_the_page(live_page, live, 3.0, -1.0)  # anew: a click scrolls the caption into view
        live_page.mouse.move(x, y)
        live_page.mouse.down()
        live_page.mouse.move(x + far, y)
        live_page.mouse.up()
        live.rest()
        assert value(live_page, "len(demo.scene.data.X)") == str(points)


def test_hovering_names_the_point_and_its_shares(live_page):
    live = show(live_page, "explorer()")
    label = live.stage.locator(".gmm-hover")
    film = value(live_page, "demo.film")
    for row in (42, 250):
        point = literal_eval(value(live_page, f"demo.scene.trace.X[{row}].tolist()"))
        r = literal_eval(value(live_page, f"demo.scene.trace.steps[1].responsibilities[{row}].tolist()"))
        words = ", ".join(f"{100 * share:.0f} % {'ABC'[k]}" for k, share in enumerate(r))
        live_page.mouse.move(*on_the_page(live_page, live, *point))  # no cell runs after this, and scrolls
        expect(label).to_have_text(f"point {row}: {words}")
        expect(label).to_be_visible()
    live_page.mouse.move(*on_the_page(live_page, live, 5.5, 5.5))
    expect(label).to_be_hidden()
    assert value(live_page, "demo.film") == film


@pytest.mark.slow
def test_a_finger_drags_as_a_mouse_does(live_page):
    live = show(live_page, "explorer()", before=NAMES_IN_THE_KERNEL)
    live.stage.focus()
    live.press("Home", 0)  # where starting means are drawn
    start = literal_eval(value(live_page, "demo.handles[0][:2]"))
    end = [start[0] + 1.0, start[1] - 1.0]
    (x0, y0), (x, y) = (on_the_page(live_page, live, *at) for at in (start, end))
    finger = live_page.context.new_cdp_session(live_page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *at):
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x0 + 12, y0)
    for part in (0.25, 0.5, 0.75, 1):
        touch("touchMove", x0 + 12 + part * (x - x0), y0 + part * (y - y0))
    touch("touchEnd")
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    live.rest()
    moved = literal_eval(value(live_page, "demo.scene.trace.steps[0].mixture.means[0].tolist()"))
    assert moved == pytest.approx(end, abs=0.1)
    assert_the_kernels(live_page, live)

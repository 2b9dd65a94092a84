"""A monkey at the widgets: whatever it does, the page shows the kernel's picture, values and caption."""

import os
import random
import tempfile
import time
from ast import literal_eval

import pytest
from notebook_page import RUN_MS, value
from pages import NAMES_IN_THE_KERNEL, nothing_wrong, show, two_cells

import gmm_teach as gt

pytestmark = pytest.mark.slow
DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
CHEAP = {"how_many": {"starts": 2}, "lottery": {"runs": 12}}
ACTIONS = int(os.environ.get("GMM_TEACH_ACTIONS", 300))  # in all
PAUSE = 6  # actions at most before the page is looked at
SEED = 20261127
KEYS = ("ArrowRight", "ArrowLeft", "PageDown", "PageUp", "Home", "End", "Space")
CONTROL_KEYS = ("ArrowUp", "ArrowDown", "Home", "End", "PageDown")


def act(live, names, rng):
    """One thing that a hand may do; returns it in words."""
    what = rng.choice(["control", "control", "key", "click", "drag", "undo"])
    if what == "control":
        name = rng.choice(names)
        control = live.control(name)
        kind = control.evaluate("(node) => node.type")
        if kind in ("submit", "button", "checkbox"):
            control.click(no_wait_after=True)
            return f"press {name}"
        key = rng.choice(CONTROL_KEYS)
        control.press(key, no_wait_after=True)
        return f"{key} on {name}"
    live.stage.focus()
    if what == "key":
        key = rng.choice(KEYS)
        live.page.keyboard.press(key)
        return key
    if what == "undo":
        live.page.keyboard.press("Control+z")
        return what
    live.stage.locator("canvas").scroll_into_view_if_needed()
    box = live.stage.locator("canvas").bounding_box()
    (x, y), end = somewhere(live, box, rng), somewhere(live, box, rng)
    if what == "click":
        live.page.mouse.click(x, y)
        return f"click at {x:.0f}, {y:.0f}"
    handle = a_handle(live.page, box, rng)
    x, y = handle if handle and on_the_stage(live, *handle) else (x, y)
    live.page.mouse.move(x, y)
    live.page.mouse.down()
    live.page.mouse.move(*end, steps=5)
    live.page.mouse.up()
    return f"drag from {x:.0f}, {y:.0f} to {end[0]:.0f}, {end[1]:.0f}"


def somewhere(live, box, rng):
    """A place on the picture, where it is not scrolled away under a toolbar of JupyterLab's."""
    for _ in range(200):
        place = box["x"] + rng.random() * box["width"], box["y"] + rng.random() * box["height"]
        if on_the_stage(live, *place):
            return place
    live.page.screenshot(path=f"{tempfile.gettempdir()}/monkey.png")
    raise AssertionError(f"no place of the picture, {box}, can be clicked: see monkey.png")


def on_the_stage(live, x, y):
    """Whether a click there is one on the Stage."""
    return live.stage.evaluate("(node, at) => node.contains(document.elementFromPoint(...at))", [x, y])


def a_handle(page, box, rng):
    """Where something can be dragged, or None."""
    handles, plane = literal_eval(value(page, "(demo.handles, demo.plane)"))
    if not handles:
        return None
    (x, y, _), (left, top, right, bottom, x0, x1, y0, y1) = rng.choice(handles), plane
    across = left + (right - left) * (x - x0) / (x1 - x0)
    down = bottom - (bottom - top) * (y - y0) / (y1 - y0)
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def on_the_page(live):
    return live.picture(), live.stage.locator(".gmm-caption").inner_text()


def in_the_kernel(page):
    return literal_eval(value(page, "picture_and_caption(demo)"))


def assert_same(page, live, done):
    """The page shows what the kernel has; `done` is what led here."""
    pause = live.stage.locator("button[aria-label^='Play']")
    if pause.inner_text() == "Pause":
        pause.evaluate("(node) => node.click()")
    deadline = time.monotonic() + RUN_MS / 1000  # a cell can overtake an index, and a picture fills in
    while (fault := difference(page, live)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not fault, (fault, done)
    assert live.problem == "", done


def difference(page, live):
    """The first thing in which page and kernel differ, or None."""
    there, here = in_the_kernel(page), on_the_page(live)
    if there != here:
        return there, here
    for name, field in literal_eval(value(page, "demo.values")).items():
        control = live.stage.locator(f"[data-name='{name}']")
        if control.count():
            kind = control.evaluate("(node) => node.type")
            on_page = control.is_checked() if kind == "checkbox" else control.input_value()
            same = on_page == field if isinstance(field, bool | str) else abs(float(on_page) - field) < 0.06
            if not same:
                return name, on_page, field
    return None


@pytest.mark.parametrize("name", DEMOS)
def test_the_page_shows_what_the_kernel_has(live_page, name):
    play(live_page, name)


def test_the_explorer_in_notebook_7(notebook7, browser, browser_context_args):
    with (
        two_cells(notebook7, browser, browser_context_args) as live_notebook,
        nothing_wrong(*live_notebook) as page,
    ):
        play(page, "explorer")


def play(page, name):
    """Many actions on one demo, with looks at it in between."""
    rng = random.Random(f"{SEED} {name}")
    print("seed:", f"{SEED} {name}")
    presets = CHEAP.get(name, {})
    live = show(page, f"{name}(hide={list(presets)}, **{presets})", before=NAMES_IN_THE_KERNEL)
    names = live.stage.locator("[data-name]").evaluate_all(
        "(nodes) => nodes.map((node) => node.dataset.name)"
    )
    names = [one for one in names if one not in ("place", "copy")]
    done, until, looks = [], 0, 1
    for number in range(ACTIONS // len(DEMOS)):
        done.append(act(live, names, rng))
        if number >= until:
            assert_same(page, live, done)
            looks += 1
            until = number + rng.randint(1, PAUSE)
    assert_same(page, live, done)
    print(f"{name}: {len(done)} actions, {looks} looks at page and kernel")

"""Every demo and the Explorer in JupyterLab: each control by mouse and keyboard, at its ends."""

import pytest
from pages import show
from playwright.sync_api import expect

import gmm_teach as gt

SLOW = pytest.mark.slow
DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
SILENT = {  # what these change is not in the picture, or not there at this moment
    "explorer": {"code", "speed", "click", "undo", "ghosts"},
    "spinner": {"seed"},
}
QUICK = ("query",)  # it has sliders, a click and a button
CHEAP = {"how_many": {"starts": 2}, "lottery": {"runs": 12}}  # lest each change takes seconds


def test_is_drawn_again_by_the_kernel_when_asked(live_page):
    live = show(live_page, "bell()")
    before = live.picture()
    live.control("sigma").focus()
    for _ in range(5):
        live_page.keyboard.press("ArrowRight")
    assert live.picture() != before
    expect(live.stage.locator(".gmm-caption")).to_contain_text("1.25²")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else SLOW) for name in DEMOS])
def test_picture_and_controls_are_in_view_together(live_page, name):
    """At 1280 x 720, in JupyterLab with its side bar open; of the Explorer, what its fold leaves."""
    live_page.evaluate("jupyterapp.commands.execute('filebrowser:activate')")
    live = show(live_page, f"{name}(**{CHEAP.get(name, {})})")
    live.stage.evaluate("(stage) => stage.scrollIntoView({ block: 'start' })")
    expect(live.stage.locator("canvas")).to_be_in_viewport(ratio=1)
    for control in live.stage.locator(".gmm-form:not(.gmm-more) [data-name]").all():
        expect(control).to_be_in_viewport(ratio=1)


def drive(live, control, key):
    """Press a key on a control."""
    control.focus()
    live.page.keyboard.press(key)
    live.rest()
    assert live.problem == ""


def keys_for(spec):
    """Keys that bring a control to its ends and back."""
    if spec["kind"] == "range":
        return ["Home", "End", "PageDown", "ArrowLeft"]
    if spec["kind"] == "choice":
        return ["End", *["ArrowUp"] * (len(spec["options"]) - 1)]
    return {"check": ["Space", "Space"], "button": ["Enter", "Space"], "number": ["ArrowUp", "ArrowDown"]}[
        spec["kind"]
    ]


@pytest.mark.parametrize(
    ("name", "presets"),
    [pytest.param(name, CHEAP.get(name, {}), marks=() if name in QUICK else SLOW) for name in DEMOS],
)
def test_every_control_by_mouse_and_keyboard(live_page, name, presets):
    options = {"hide": list(presets), **presets}
    live = show(live_page, f"{name}(**{options})")
    demo = getattr(gt.widgets, name)(**options)
    for spec in demo.controls:
        control = spec["name"]
        here = live.control(control)
        look = live.caption if control in demo.scene.only_said else live.picture
        seen = {look()}
        for key in keys_for(spec):
            drive(live, here, key)
            seen.add(look())
        if spec["kind"] in ("check", "button"):
            here.click()
        elif spec["kind"] == "choice":
            here.select_option(spec["value"])
        elif spec["kind"] == "number":
            for value in (spec["min"], spec["max"], spec["value"]):
                here.fill(str(value))
                here.press("Enter")
                seen.add(look())
        else:
            box = here.bounding_box()
            live_page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
        seen.add(look())
        assert live.problem == ""
        assert len(seen) > 1 or control in SILENT.get(name, ()), f"{control} changes nothing"

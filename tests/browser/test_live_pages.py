"""Every demo and the Explorer in JupyterLab: each control by mouse and keyboard, at its ends."""

import re

import pytest
from pages import LivePicture, listen, open_cells, run_all
from playwright.sync_api import expect

import gmm_teach as gt

DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
SILENT = {  # what these change is not in the picture, or not there at this moment
    "explorer": {"code", "speed", "click", "undo", "ghosts"},
    "spinner": {"seed"},
}


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    from servers import serve

    with serve("lab", tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture
def errors(page):
    """What went wrong: in the page's console, or in the kernel, whose errors the page hides."""
    found = listen(page)
    yield found
    page.evaluate("null")  # errors on their way arrive first
    assert found == []


def show(page, lab, name, source):
    open_cells(page, lab, name, f"import gmm_teach as gt\ndemo = gt.widgets.{source}\ndemo", "demo.problem")
    assert run_all(page) == []
    return LivePicture(page)


def test_is_drawn_again_by_the_kernel_when_asked(page, lab, errors):
    live = show(page, lab, "bell", "bell()")
    before = live.picture()
    live.control("sigma").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert live.picture() != before
    expect(live.stage.locator(".gmm-caption")).to_contain_text("1.25²")


def drive(live, control, key, seen):
    """Press a key on a control, and keep the picture that comes of it."""
    control.focus()
    live.page.keyboard.press(key)
    seen.add(live.picture())
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


@pytest.mark.parametrize("name", DEMOS)
def test_every_control_by_mouse_and_keyboard(page, lab, errors, name):
    live = show(page, lab, name, f"{name}()")
    for control, spec in getattr(gt.widgets, name)().specs.items():
        here = live.control(control)
        seen = {live.picture()}
        for key in keys_for(spec):
            drive(live, here, key, seen)
        if spec["kind"] in ("check", "button"):
            here.click()
        elif spec["kind"] == "choice":
            here.select_option(spec["value"])
        elif spec["kind"] == "number":
            for value in (spec["min"], spec["max"], spec["value"]):
                here.fill(str(value))
                here.press("Enter")
                seen.add(live.picture())
        else:
            box = here.bounding_box()
            page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
        seen.add(live.picture())
        assert live.problem == ""
        assert len(seen) > 1 or control in SILENT.get(name, ()), f"{control} changes nothing"
    assert_kernel_saw_no_error(page)


def assert_kernel_saw_no_error(page):
    """An error behind a control is written to the log or to a cell, and kept in `problem`."""
    assert run_last_cell(page) == "''"


def run_last_cell(page):
    page.evaluate(
        """async () => {
             const notebook = jupyterapp.shell.currentWidget.content;
             notebook.activeCellIndex = notebook.widgets.length - 1;
             await jupyterapp.commands.execute("notebook:run-cell");
           }"""
    )
    return page.evaluate(
        """jupyterapp.shell.currentWidget.content.widgets.at(-1).model.outputs.toJSON()
             .map((output) => output.data?.["text/plain"] ?? JSON.stringify(output)).join("")"""
    )


def test_explorer_by_pointer(page, lab, errors):
    live = show(page, lab, "pointer", "explorer()")
    before = live.picture()
    live.stage.locator("canvas").click(position={"x": 150, "y": 120})
    picked = live.picture()
    assert picked != before
    live.control("click").select_option("adds 20 points")
    live.rest()
    live.stage.locator("canvas").click(position={"x": 300, "y": 300})
    assert live.picture() not in (before, picked)
    live.control("undo").click()
    assert live.problem == ""


def test_explorer_by_a_cross_from_the_keyboard(page, lab, errors):
    live = show(page, lab, "cross", "explorer()")
    before = live.picture()
    live.stage.focus()
    for key in ["Shift+ArrowLeft"] * 6 + ["Shift+ArrowUp"] * 4:
        page.keyboard.press(key)
    expect(live.stage.locator(".gmm-cross")).to_be_visible()
    page.keyboard.press("Enter")
    assert live.picture() != before
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.gmm-stage').dataset.shown === '2'")


def test_explorer_goes_to_a_place(page, lab, errors):
    live = show(page, lab, "place", "explorer()")
    field = live.control("place")
    expect(field).to_have_value("three_blobs:K3:s18:full:h1")
    field.fill("old_faithful:K2:s1:tied:h5")
    field.press("Enter")
    page.wait_for_function("document.querySelector('.gmm-stage').dataset.shown === '5'")
    expect(live.control("data")).to_have_value("old_faithful")
    expect(live.control("covariance")).to_have_value("tied")
    live.stage.focus()
    page.keyboard.press("ArrowRight")
    expect(field).to_have_value("old_faithful:K2:s1:tied:h6")


def test_the_latest_of_many_changes_wins(page, lab, errors):
    live = show(page, lab, "latest", "explorer()")
    live.control("K").focus()
    for key in ["End", "Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]:
        page.keyboard.press(key, delay=0)
    expect(live.control("K")).to_have_value("3")
    expect(live.control("place")).to_have_value("three_blobs:K3:s18:full:h1")
    live.rest()
    page.wait_for_timeout(500)  # no picture of an older K may come late
    fresh = live.picture()
    live.control("K").press("ArrowRight")
    live.rest()
    live.control("K").press("ArrowLeft")
    page.wait_for_function("document.querySelector('[data-name=place]').value.includes('K3')")
    assert live.picture() == fresh


def test_frames_scrub_without_a_kernel(page, lab):
    live = show(page, lab, "dead", "explorer()")
    last = int(live.stage.locator(".gmm-bar input").get_attribute("max"))
    page.wait_for_timeout(3000)  # the film is filled behind the first picture
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    live.stage.focus()
    seen = set()
    for index in range(2, last + 1):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"document.querySelector('.gmm-stage').dataset.shown === '{index}'")
        seen.add(live.picture())
    assert len(seen) == last - 1


def test_explorer_fills_a_projector_with_large_text(page, lab, errors):
    live = show(page, lab, "projector", "explorer()")
    live.stage.focus()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    for part in ("canvas", ".gmm-caption", ".gmm-bar", ".gmm-notes", ".gmm-form", "[data-name='place']"):
        expect(live.stage.locator(part)).to_be_in_viewport(ratio=1)
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    for text in (".gmm-caption", ".gmm-notes", ".gmm-form", "select[data-name='data']"):
        assert live.stage.locator(text).evaluate(size) >= 18
    assert live.stage.locator("canvas").evaluate("(canvas) => canvas.clientWidth / canvas.width") > 1.05


def test_explorer_judges_predictions_of_the_log_likelihood(page, lab, errors):
    live = show(page, lab, "predict", "explorer()")
    verdict = live.stage.locator(".gmm-verdict")
    live.control("predict up").click()
    expect(verdict).to_have_text(re.compile(r"Right, up by \d+\.\d\d\. 1 of 1\."))
    expect(live.stage.locator(".gmm-caption")).to_contain_text("M-step 1")
    live.control("predict down").press("Enter")
    expect(verdict).to_have_text("No, it stays. 1 of 2.")
    live.control("predict same").press("Space")
    expect(verdict).to_have_text(re.compile(r"No, up by \d+\.\d\d\. 1 of 3\."))
    live.stage.focus()
    page.keyboard.press("End")
    live.control("predict same").click()
    expect(verdict).to_have_text("This is the end.")


def test_explorer_lists_its_keys(page, lab, errors):
    live = show(page, lab, "keys", "explorer()")
    summary = live.stage.locator(".gmm-help summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(live.stage.locator(".gmm-help div")).to_be_visible()
    expect(live.stage.locator(".gmm-help div")).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Space")
    expect(live.stage.locator(".gmm-help div")).to_be_hidden()

"""The Explorer in JupyterLab: pointer, cross, places, predictions, and much asked at once."""

import re
from ast import literal_eval

import pytest
from notebook_page import open_cells, value, wait_until
from pages import show
from playwright.sync_api import expect


def test_explorer_by_pointer(live_page):
    live = show(live_page, "explorer()")
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


def test_a_click_picks_the_point_under_it(live_page):
    live = show(live_page, "explorer()")
    for row in (42, 250):
        x, y = literal_eval(value(live_page, f"demo.scene.trace.X[{row}].tolist()"))
        left, top, right, bottom, x0, x1, y0, y1 = literal_eval(value(live_page, "demo.areas[0]"))
        box = live.stage.locator("canvas").bounding_box()
        across = left + (right - left) * (x - x0) / (x1 - x0)
        down = bottom - (bottom - top) * (y - y0) / (y1 - y0)
        live.stage.locator("canvas").click(position={"x": across * box["width"], "y": down * box["height"]})
        live.rest()
        assert value(live_page, "demo.scene.edits.picked") == str(row)


@pytest.mark.slow
def test_explorer_by_a_cross_from_the_keyboard(live_page):
    live = show(live_page, "explorer()")
    before = live.picture()
    live.stage.focus()
    for key in ["Shift+ArrowLeft"] * 6 + ["Shift+ArrowUp"] * 4:
        live_page.keyboard.press(key)
    expect(live.stage.locator(".gmm-cross")).to_be_visible()
    live_page.keyboard.press("Enter")
    assert live.picture() != before
    live_page.keyboard.press("ArrowRight")
    live.wait_for("shown === '2'")


@pytest.mark.slow
def test_explorer_goes_to_a_place(live_page):
    live = show(live_page, "explorer()")
    field = live.control("place")
    expect(field).to_have_value("three_blobs:K3:s18:full:random:h1")
    field.fill("old_faithful:K2:s1:tied:h5")
    field.press("Enter")
    live.wait_for("shown === '5'")
    expect(live.control("data")).to_have_value("old_faithful")
    expect(live.control("covariance")).to_have_value("tied")
    live.stage.focus()
    live_page.keyboard.press("ArrowRight")
    expect(field).to_have_value("old_faithful:K2:s1:tied:h6")


def test_every_one_of_many_fast_presses_counts(live_page):
    live = show(live_page, "explorer()")
    live.control("next seed").evaluate("(button) => { for (let i = 0; i < 5; i++) button.click(); }")
    live.rest()
    assert live.control("seed").input_value() == "23"
    assert live.control("place").input_value() == "three_blobs:K3:s23:full:random:h1"


def test_a_slider_takes_a_number_the_wheel_and_its_first_value_again(live_page):
    live = show(live_page, "explorer(K=4)")
    slider, typed = live.control("K"), live.stage.locator("label:has([data-name='K']) .gmm-typed")
    typed.fill("7")
    typed.press("Enter")
    expect(slider).to_have_value("7")
    slider.focus()
    slider.hover()
    live_page.mouse.wheel(0, 100)
    expect(slider).to_have_value("6")
    slider.dblclick()
    expect(slider).to_have_value("4")
    typed.fill("many")
    typed.press("Enter")
    expect(typed).to_have_value("4")
    live.rest()
    assert value(live_page, "demo.values['K']") == "4"


def test_an_emptied_seed_stays_what_it_was(live_page):
    live = show(live_page, "explorer(seed=5)")
    seed = live.control("seed")
    seed.fill("")
    seed.press("Enter")
    expect(seed).to_have_value("5")
    seed.fill("-3")
    seed.press("Enter")
    expect(seed).to_have_value("0")


def test_escape_leaves_the_picture(live_page):
    live = show(live_page, "explorer()")
    live.stage.focus()
    live_page.keyboard.press("Escape")
    expect(live.stage).not_to_be_focused()


NOTE_RESTS = """(stage) => {
  window.rests = []; // [what the control says, what the picture shows], whenever it is not dimmed
  const value = (name) => stage.querySelector(`[data-name='${name}']`).value;
  const note = () => stage.classList.contains("gmm-waiting") || rests.push([value("K"), value("place")]);
  new MutationObserver(note).observe(stage, { attributeFilter: ["class"] });
}"""


def test_the_latest_of_many_changes_wins(live_page):
    live = show(live_page, "explorer()")
    live.stage.evaluate(NOTE_RESTS)
    live.control("K").focus()
    for key in ["End", "Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]:
        live_page.keyboard.press(key, delay=0)
    expect(live.control("K")).to_have_value("3")
    expect(live.control("place")).to_have_value("three_blobs:K3:s18:full:random:h1")
    live.rest()
    live_page.wait_for_timeout(500)  # no picture of an older K may come late
    fresh = live.picture()
    live.control("K").press("ArrowRight")
    live.rest()
    live.control("K").press("ArrowLeft")
    live_page.wait_for_function("document.querySelector('[data-name=place]').value.includes('K3')")
    assert live.picture() == fresh
    rests = live_page.evaluate("rests")
    assert len(rests) >= 3
    assert all(f":K{K}:" in place for K, place in rests), rests


@pytest.mark.slow
def test_frames_scrub_without_a_kernel(lab, context):
    """Those of a changed film: the page asks for each but the first, once."""
    page = context.new_page()
    open_cells(page, lab, "dead", "", "")
    note = "demo.on_msg(lambda widget, message, buffers: asked.append(message))"
    live = show(page, f"explorer(data='old_faithful', K=1)\nasked = []\n{note}")
    live.control("K").press("ArrowRight")
    live.rest()
    of_film = "sorted(i for m in asked if m.get('film') == demo.film for i in m['want'])"
    rest = "[index for index in range(len(demo.captions)) if index != demo.index]"
    wait_until(page, f"{of_film} == {rest}")  # each once; the first came unasked
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    live.stage.focus()
    first, last = live.shown, live.last
    assert last > 10
    seen = {live.picture()}
    for index in range(first + 1, last + 1):
        live.press("ArrowRight", index)
        seen.add(live.picture())
    assert len(seen) == last - first + 1


@pytest.mark.slow
def test_a_frame_that_is_lost_on_the_way_is_asked_for_again(live_page):
    """As where a server drops what comes too fast."""
    lose = """
def lose(told, buffers=None, send=demo.send, lost=[]):
    if told.get("index") == 3 and not lost:
        lost.append(told)
    else:
        send(told, buffers)
"""
    live = show(live_page, f"explorer(data='old_faithful', K=1)\n{lose}\ndemo.send = lose")
    live.control("K").press("ArrowRight")
    live.rest()
    live.stage.focus()
    for index in range(live.shown + 1, 5):
        live.press("ArrowRight", index)


@pytest.mark.slow
def test_after_a_restart_of_the_kernel_the_page_says_so(lab, context):
    page = context.new_page()
    open_cells(page, lab, "restarted", "", "")
    live = show(page, "explorer()")
    wait_until(page, "demo.index + 1 in demo._drawn")
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    problem = live.stage.locator(".gmm-problem")
    expect(problem).to_contain_text("run the cell again")
    live.control("K").press("ArrowRight")
    expect(live.control("K")).to_have_value("3")  # what it shows is still what the picture is of
    live.stage.focus()
    live.press("ArrowRight", live.shown + 1)
    show(page, "explorer()")
    expect(problem).to_have_count(1)
    expect(problem).to_have_text("")


@pytest.mark.slow
def test_explorer_fills_a_projector_with_large_text(live_page):
    live = show(live_page, "explorer()")
    live.stage.focus()
    live_page.keyboard.press("f")
    live_page.wait_for_function("document.fullscreenElement !== null")
    for part in (
        "canvas",
        ".gmm-caption",
        ".gmm-bar",
        ".gmm-notes",
        ".gmm-form >> nth=0",
        ".gmm-more summary",
    ):
        expect(live.stage.locator(part)).to_be_in_viewport(ratio=1)
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    for text in (".gmm-caption", ".gmm-notes", ".gmm-form >> nth=0", "select[data-name='data']"):
        assert live.stage.locator(text).evaluate(size) >= 18
    assert live.stage.locator("canvas").evaluate("(canvas) => canvas.clientWidth / canvas.width") > 1.05


@pytest.mark.slow
def test_explorer_judges_predictions_of_the_log_likelihood(live_page):
    live = show(live_page, "explorer()")
    verdict = live.stage.locator(".gmm-verdict")  # given at once, by the page
    live.control("predict up").click()
    assert re.fullmatch(r"Right, up by \d+\.\d\d\. 1 of 1\.", verdict.inner_text())
    assert "M-step 1" in live.stage.locator(".gmm-caption").inner_text()
    live.control("predict down").press("Enter")
    assert verdict.inner_text() == "No, it stays. 1 of 2."
    live.stage.focus()
    live_page.keyboard.press("PageUp")
    live_page.keyboard.press("ArrowRight")
    live.control("predict up").click()
    assert verdict.inner_text() == "No, it stays. 1 of 3."
    live.control("predict same").press("Space")
    assert re.fullmatch(r"No, up by \d+\.\d\d\. 1 of 4\.", verdict.inner_text())
    live.stage.focus()
    live_page.keyboard.press("End")
    live.control("predict same").click()
    assert verdict.inner_text() == "This is the end."


@pytest.mark.slow
def test_explorer_lists_its_keys(live_page):
    live = show(live_page, "explorer()")
    summary = live.stage.locator(".gmm-help summary")
    summary.focus()
    live_page.keyboard.press("Enter")
    expect(live.stage.locator(".gmm-help div")).to_be_visible()
    expect(live.stage.locator(".gmm-help div")).to_be_in_viewport(ratio=0.9)
    live_page.keyboard.press("Space")
    expect(live.stage.locator(".gmm-help div")).to_be_hidden()

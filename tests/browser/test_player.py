"""The first player of notebook 00 in JupyterLab and, slow, Notebook 7, worked by keys, mouse and itself."""

import re

import pytest
from notebook_page import go_to_player, notebook_state, open_cells, open_copy, open_player, run_all, run_cell
from pages import Film, listen, median_and_p95
from playwright.sync_api import expect
from test_set_ups import PLAYER

PRESSES = 30
LETTERS = ["a", "b", "x", "c", "v", "d", "d", "z", "m", "y", "r", "i", "i", "0", "0", "j", "k"]
MOVES = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", "Backspace", "Delete", "Escape"]
COMBINATIONS = ["Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "Shift+M", "Control+Shift+ArrowDown"]


def test_each_arrow_press_changes_the_picture_and_none_is_blank(film):
    assert film.last >= PRESSES
    pictures = [film.picture()]
    with film.watched(sample=True) as seen:
        for index in range(1, PRESSES + 1):
            film.press("ArrowRight", index)
            pictures.append(film.picture())
    assert len(set(pictures)) == PRESSES + 1
    assert seen["frames"] >= PRESSES
    assert seen["blanks"] == 0


@pytest.mark.slow
def test_time_from_key_to_picture_is_printed(film, server, capsys):
    with film.watched() as seen:
        for index in range(1, PRESSES + 1):
            film.press("ArrowRight", index)
    assert len(seen["drawn"]) == PRESSES
    (median, p95), (painted, _) = median_and_p95(seen["drawn"]), median_and_p95(seen["painted"])
    with capsys.disabled():
        print(f"\n{server.app}: key to picture {median:.1f} ms, p95 {p95:.1f} ms; painted {painted:.1f} ms")


def test_a_held_key_ends_on_the_last_frame(film):
    for _ in range(film.last + 5):
        film.page.keyboard.down("ArrowRight")  # repeats, with no wait for the picture
    film.page.keyboard.up("ArrowRight")
    film.wait_for(f"shown === '{film.last}'")
    last = film.picture()
    film.press("ArrowRight", film.last)
    assert film.picture() == last
    film.press("ArrowLeft", film.last - 1)
    assert film.picture() != last


@pytest.mark.parametrize("place", ["stage", "button", "slider"])
def test_keys_in_the_stage_leave_the_cells_alone(film, place):
    {"stage": film.stage, "button": film.button("Back one half"), "slider": film.slider}[place].focus()
    before = notebook_state(film.page)
    for key in [*LETTERS, *MOVES, *COMBINATIONS, "Space", "Space"]:
        film.page.keyboard.press(key)
        assert notebook_state(film.page) == before, key


def test_save_shortcut_still_reaches_the_notebook(film):
    film.page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty = true")
    film.page.keyboard.press("Control+s")
    film.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")


def test_keys_move_by_half_steps_iterations_and_to_the_ends(film):
    film.press("PageDown", 2)
    film.press("ArrowUp", 3)
    film.press("PageUp", 1)
    film.press("ArrowDown", 0)
    film.press("PageUp", 0)
    film.press("End", film.last)
    film.press("PageDown", film.last)
    film.press("Home", 0)


def test_buttons_and_caption_follow_the_mouse(film):
    pictures = {film.picture()}
    for name, index in [("Next", 1), ("Forward one iter", 3), ("Back one half", 2)]:
        film.button(name).click()
        film.wait_for(f"shown === '{index}'")
        pictures.add(film.picture())
    assert len(pictures) == 4
    expect(film.stage.locator(".gmm-caption")).to_have_text(re.compile(r"M-step 1: ellipses move; log-l"))
    expect(film.button("Next")).to_have_text(re.compile("Next: E-step"))
    expect(film.stage.locator(".gmm-count")).to_have_text(f"2 / {film.last}")
    film.button("Back one iter").click()
    film.wait_for("shown === '0'")
    expect(film.stage).to_be_focused()  # so Space plays, and does not press the button again


def test_slider_by_mouse_and_keyboard(film):
    box = film.slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    film.page.mouse.move(box["x"] + 0.25 * box["width"], middle)
    film.page.mouse.down()
    film.wait_for(f"Math.abs(shown - {0.25 * film.last}) <= 1")
    film.page.mouse.move(box["x"] + 0.75 * box["width"], middle, steps=10)
    film.page.mouse.up()
    film.wait_for(f"Math.abs(shown - {0.75 * film.last}) <= 1")
    assert int(film.slider.input_value()) == film.shown
    there = film.shown
    film.press("ArrowRight", there + 1)
    film.press("ArrowLeft", there)
    film.press("PageDown", there + 2)
    film.press("Home", 0)
    film.press("End", film.last)


def test_enter_and_space_press_a_button_reached_by_tab(film):
    film.page.keyboard.press("Tab")
    film.page.keyboard.press("Tab")
    expect(film.button("Back one half")).to_be_focused()
    film.press("End", film.last)
    film.press("Enter", film.last - 1)
    film.press("Space", film.last - 2)


def test_space_plays_and_pauses(film):
    film.page.keyboard.press("Space")
    expect(film.button("Play")).to_have_text("Pause")
    film.wait_for("shown >= 2")
    film.page.keyboard.press("Space")
    expect(film.button("Play")).to_have_text("Play")
    there = film.shown
    film.page.wait_for_timeout(1000)  # longer than a frame's 700 ms: nothing may come
    assert film.shown == there


def test_f_fills_the_screen_and_leaves_it(film):
    width = film.stage.bounding_box()["width"]
    film.page.keyboard.press("f")
    film.wait_for("document.fullscreenElement === stage && innerWidth === stage.offsetWidth")
    film.press("ArrowRight", 1)
    for part in (film.stage.locator("canvas"), film.slider, film.button("Next")):
        expect(part).to_be_in_viewport(ratio=1)
    film.page.keyboard.press("f")
    film.wait_for("document.fullscreenElement === null")
    assert film.stage.bounding_box()["width"] == width


def test_click_on_the_picture_gives_focus_and_shows_caption_and_buttons(film):
    film.page.evaluate("document.activeElement.blur()")
    go_to_player(film.page)
    film.stage.locator("canvas").click(position={"x": 200, "y": 60})
    expect(film.stage).to_be_focused()
    expect(film.slider).to_be_in_viewport(ratio=1)
    film.press("ArrowRight", 1)


@pytest.mark.slow
def test_the_whole_notebook_runs(server, page):
    errors = listen(page)
    open_copy(page, server, "whole")
    assert run_all(page) == []
    assert page.locator(".gmm-stage").count() == 3
    page.evaluate("null")
    assert errors == []


@pytest.mark.slow
def test_scrubbing_needs_no_kernel(server, page):
    errors = listen(page)
    open_player(page, server, "stopped")
    assert run_all(page) == []
    go_to_player(page)
    film = Film(page)
    film.rewind()
    for index in range(1, 6):
        film.press("ArrowRight", index)  # it is there
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    film.rewind()
    pictures = [film.picture()]
    for index in range(1, 6):
        film.press("ArrowRight", index)
        pictures.append(film.picture())
    assert len(set(pictures)) == 6
    # ipywidgets says at each step that there is no kernel to tell; nothing else may go wrong
    assert [error for error in errors if "Could not send widget sync message" not in error] == []


@pytest.mark.slow
def test_a_film_that_is_cut_off_by_its_kernel_says_so_and_keeps_what_it_has(lab, page):
    cell = PLAYER.replace("gt.widgets.player(", "film = gt.widgets.player(")
    stops = (
        "answer = film._answer\nfilm._answer = lambda index, n: answer(index, n) if index < 3 else None\nfilm"
    )
    open_cells(page, lab, "cut-off", f"{cell}\n{stops}", "")
    run_cell(page, 0)
    page.wait_for_selector(".gmm-stage[data-shown='0']")
    film = Film(page)
    film.stage.focus()
    for index in (1, 2):
        film.press("ArrowRight", index)
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    expect(film.stage.locator(".gmm-problem")).to_contain_text("run the cell again")
    film.press("ArrowLeft", 1)


@pytest.mark.slow
def test_stored_notebook_shows_a_picture_before_anything_runs(server, page):
    errors = listen(page)
    open_copy(page, server, "stored")
    go_to_player(page)
    cell = page.locator(".jp-Notebook .jp-mod-active")
    expect(cell.locator("img")).to_be_visible()
    assert cell.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") >= 900
    expect(page.locator(".gmm-stage")).to_have_count(0)
    for text in ("Error displaying widget", "Loading widget", "Traceback"):
        expect(page.locator(".jp-Notebook")).not_to_contain_text(text)
    assert errors == []

"""The Stage for a reader of no picture; and what a closed output leaves behind."""

import pytest
from notebook_page import run_cell
from pages import show
from playwright.sync_api import expect

COUNT = """() => {
  window.heard = new Set(); // functions that hear every key of the page
  const { addEventListener: add, removeEventListener: remove } = window;
  window.addEventListener = (name, call, options) => {
    heard.add(call);
    add.call(window, name, call, options);
  };
  window.removeEventListener = (name, call, options) => {
    heard.delete(call);
    remove.call(window, name, call, options);
  };
}"""
OURS = "[...heard].filter((call) => String(call).includes('data-lm-suppress')).length"
TEN = """
import gmm_teach as gt
from IPython.display import display
for _ in range(10):
    display(gt.widgets.bell())"""


def test_stage_and_canvas_are_named_and_the_name_follows(live_page):
    live = show(live_page, "explorer()")
    canvas = live.stage.locator("canvas")
    expect(live.stage).to_have_accessible_name("Explorer: arrow keys step, Space plays")
    assert "Component A" in canvas.get_attribute("aria-label")
    live.stage.focus()
    live.press("ArrowRight", 2)
    live_page.wait_for_function(
        "(c) => /M-step 1.*Component A/.test(c.ariaLabel)", arg=canvas.element_handle()
    )
    expect(live.stage.locator("button[aria-label='Next: E-step']")).to_be_visible()
    live_page.keyboard.press("Escape")
    expect(live.stage).not_to_be_focused()


def test_the_line_above_says_what_the_keys_do(live_page):
    expect(show(live_page, "trap()").stage.locator(".gmm-hint")).to_contain_text("arrow keys step")
    expect(show(live_page, "bell()").stage.locator(".gmm-hint")).not_to_contain_text("step")


@pytest.mark.slow
def test_closed_outputs_let_go_of_the_page(live_page):
    show(live_page, "bell()")
    live_page.evaluate(COUNT)
    for _ in range(3):
        run_cell(live_page, 0, TEN)
        expect(live_page.locator(".gmm-stage")).to_have_count(10)
        live_page.locator(".gmm-stage").last.focus()
        assert live_page.evaluate(OURS) == 1  # of the one that has the focus
    show(live_page, "bell()")
    assert live_page.evaluate(OURS) == 0

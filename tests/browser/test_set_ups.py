"""Dark theme, forced colours, less motion, and what axe-core finds, over player, Explorer and demos."""

import pytest
from access import faults
from notebook_page import open_cells, run_cell
from pages import LIVE, VIEWPORT, listen, show
from test_demo_pages import CHEAP, DEMOS

PLAYER = """import gmm_teach as gt
X = gt.datasets.load("document_c").X
gt.widgets.player(gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96])), progress=False)"""
pytestmark = pytest.mark.slow
THEME = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def themed(request, live_page):
    change_theme(live_page, request.param)
    yield live_page
    change_theme(live_page, "JupyterLab Light")


def change_theme(page, name):
    """Until the screen that JupyterLab shows meanwhile is gone: it fails to remove a second one."""
    page.evaluate(THEME, name)
    light = str(name == "JupyterLab Light").lower()
    page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
    page.wait_for_selector("#jupyterlab-splash", state="detached")


@pytest.mark.parametrize("name", DEMOS)
def test_axe_finds_nothing_serious(themed, axe, name):
    live = show(themed, f"{name}(**{CHEAP.get(name, {})})")
    assert faults(themed, axe, live.stage) == []


def test_axe_finds_nothing_serious_in_the_player(themed, axe):
    show(themed, "bell()")  # for what `live_page` asks of `demo`
    run_cell(themed, 1, PLAYER)
    stage = themed.locator(f".gmm-stage:not({LIVE})")
    stage.wait_for()
    assert faults(themed, axe, stage) == []


@pytest.fixture
def other_page(lab, browser, request):
    """A page of JupyterLab in a browser with other settings, as the test's mark names them."""
    context = browser.new_context(viewport=VIEWPORT, **request.param)
    page = context.new_page()
    errors = listen(page)
    open_cells(page, lab, "set-up", "", "")
    yield page
    context.close()
    assert errors == []


COLORS = """(stage) => [...stage.querySelectorAll(".gmm-caption, .gmm-bar button, select, .gmm-notes")]
  .map((node) => getComputedStyle(node).color)"""


@pytest.mark.parametrize("other_page", [{"forced_colors": "active"}], indirect=True)
def test_forced_colours_are_those_of_the_system(other_page):
    live = show(other_page, "explorer()")
    assert set(live.stage.evaluate(COLORS)) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
    live.stage.focus()
    focused = live.stage.evaluate("(stage) => getComputedStyle(stage).borderTopColor")
    live.stage.evaluate("(stage) => stage.blur()")
    assert live.stage.evaluate("(stage) => getComputedStyle(stage).borderTopColor") != focused


@pytest.mark.parametrize("other_page", [{"reduced_motion": "reduce"}], indirect=True)
def test_with_less_motion_play_steps_without_dimming(other_page):
    live = show(other_page, "explorer()")
    opacity = """(stage) => {
      const style = getComputedStyle(stage.querySelector("canvas"));
      stage.classList.add("gmm-waiting");
      const found = [style.opacity, style.transitionDuration, style.transitionDelay];
      stage.classList.remove("gmm-waiting");
      return found;
    }"""
    assert live.stage.evaluate(opacity) == ["0.55", "0s", "0s"]
    live.stage.focus()
    other_page.keyboard.press("Space")
    assert live.stage.evaluate(opacity) == ["1", "0s", "0s"]
    other_page.keyboard.press("Space")
    assert live.stage.evaluate(opacity) == ["0.55", "0s", "0s"]

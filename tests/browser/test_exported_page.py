"""Player and Explorer in a page that nbconvert wrote, with no kernel behind it.

Such a page asks for the scripts of ipywidgets and anywidget at public addresses. They are answered
here from npm's packages and from the installed anywidget, so nothing leaves this machine.
"""

from pathlib import Path

import anywidget
import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from pages import Film, LivePicture, listen

pytestmark = pytest.mark.slow
CELLS = [
    "import gmm_teach as gt\n"
    "X = gt.datasets.load('document_c').X\n"
    "gt.widgets.player(gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96])), progress=False)",
    "gt.widgets.explorer()",
]


@pytest.fixture(scope="session")
def scripts(install):
    """Paths of the scripts by the end of the address that the page asks for."""
    modules = install("@jupyter-widgets/html-manager@1", "requirejs@2")
    return {
        "require.min.js": modules / "requirejs" / "require.js",
        "embed-amd.js": modules / "@jupyter-widgets" / "html-manager" / "dist" / "embed-amd.js",
        "/anywidget": Path(anywidget.__file__).parent / "nbextension" / "index.js",
    }


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, kernel_name="python3").execute()
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return path


@pytest.fixture
def page_without_kernel(page, scripts, exported):
    def answer(route):
        address = route.request.url.split("?")[0]
        ends = [end for end in scripts if address.endswith((end, f"{end}.js")) or f"{end}@" in address]
        return route.fulfill(path=scripts[ends[0]]) if ends else route.abort()

    errors = listen(page)
    page.route("http*://**/*", answer)
    page.goto(exported.as_uri())
    yield page
    page.evaluate("null")
    assert [error for error in errors if "net::ERR_" not in error] == []  # MathJax, fonts, custom.css


def test_the_player_scrubs(page_without_kernel):
    film = Film(page_without_kernel)
    film.rewind()
    seen = {film.picture()}
    for index in range(1, film.last + 1):
        film.press("ArrowRight", index)
        seen.add(film.picture())
    assert len(seen) == film.last + 1 == 48


def test_the_explorer_scrubs_and_says_that_its_controls_need_python(page_without_kernel):
    page = page_without_kernel
    live = LivePicture(page)
    live.stage.focus()
    seen = {live.picture()}
    for index in range(2, live.last + 1):
        live.press("ArrowRight", index)
        seen.add(live.picture())
    assert len(seen) == live.last
    live.control("K").focus()
    page.keyboard.press("End")
    live.stage.locator(".gmm-problem:not(:empty)").wait_for()
    assert "No answer from Python" in live.problem

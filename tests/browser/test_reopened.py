"""A notebook that was run, saved and closed, and is opened again: its pictures stand there, and run again."""

import os
import subprocess
import sys

import nbformat
import pytest
from notebook_page import CELLS, NOTEBOOK, open_cells, open_notebook, run_all
from pages import LIVE, Film, LivePicture, listen
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
VIEW = "application/vnd.jupyter.widget-view+json"
PLAYER = """import gmm_teach as gt
X = gt.datasets.load("document_c").X
gt.widgets.player(gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96])), progress=False)"""
SOURCES = (PLAYER, "gt.widgets.explorer()", "gt.widgets.bell()")
SENTENCES = ("Run this cell to step through it.", "Run this cell to use its controls.")
TRUSTED = f"{CELLS}.filter(({{ model }}) => model.type === 'code').every(({{ model }}) => model.trusted)"
FAULTS = ("Error displaying widget", "Loading widget", "Traceback")


def save(page):
    """Save the notebook that is open."""
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")


def close(page):
    """Stop the kernel of the notebook that is open, and leave."""
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.goto("about:blank")


def written(server, name):
    """A notebook of the server's folder, as it is stored."""
    return nbformat.read(server.root / f"{name}.ipynb", as_version=4)


def write(server, name, notebook, trusted):
    """Write a notebook that this server has not run; trusted as `jupyter trust` makes it, or not."""
    notebook.cells.append(nbformat.v4.new_markdown_cell(name))
    path = server.root / f"{name}.ipynb"
    nbformat.write(notebook, path)
    if trusted:
        environment = os.environ | {"JUPYTER_DATA_DIR": str(server.root.parent / "data")}
        subprocess.run([sys.executable, "-m", "jupyter", "trust", str(path)], env=environment, check=True)


def pictures(notebook):
    """The stored output of each widget: {mime type: text}."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data for output in outputs if "gmm-poster" in output.get("data", {}).get("text/html", "")]


def hold_pictures(page, texts):
    """Each widget's picture stands in the page with its alternative text, and says how to go on; no error."""
    for text in texts:
        picture = page.get_by_alt_text(text, exact=True)
        expect(picture).to_have_count(1)
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("(img) => img.decode().then(() => img.clientWidth)") > 500
        assert picture.evaluate("(img) => img.parentElement.innerText.trim()") in SENTENCES
    for fault in FAULTS:
        expect(page.locator(".jp-Notebook")).not_to_contain_text(fault)
    expect(page.locator(".gmm-stage")).to_have_count(0)


def hold_life(page):
    """Once the cells are run, film and controls answer."""
    assert run_all(page) == []
    step(page)
    expect(page.locator(".gmm-poster")).to_have_count(0)


def step(page):
    """A key steps the film, and another turns a control of the last demo."""
    film = Film(page)
    film.rewind()
    film.press("ArrowRight", 1)
    live = LivePicture(page, page.locator(LIVE).last)
    before = live.picture()
    live.control("mean").focus()
    page.keyboard.press("ArrowRight")
    assert live.picture() != before


@pytest.mark.parametrize("trusted", [True, False])
def test_a_notebook_that_was_run_and_saved_shows_its_pictures_and_runs_again(server, page, trusted):
    errors = listen(page)
    open_cells(page, server, "saved", *SOURCES)
    hold_life(page)
    save(page)
    close(page)
    notebook = written(server, "saved")
    assert "widgets" not in notebook.metadata
    stored = pictures(notebook)
    assert [set(data) for data in stored] == [{"image/png", "text/html", "text/plain"}] * len(SOURCES)
    if not trusted:
        write(server, "saved", notebook, trusted)
    open_notebook(page, server, "saved")
    assert page.evaluate(TRUSTED) is trusted
    hold_pictures(page, [data["text/plain"] for data in stored])
    hold_life(page)
    save(page)
    assert len(pictures(written(server, "saved"))) == len(SOURCES)
    assert errors == []


def test_a_page_that_is_loaded_again_while_its_kernel_runs_is_alive_at_once(server, page):
    errors = listen(page)
    open_cells(page, server, "loaded", *SOURCES)
    hold_life(page)
    save(page)
    page.goto("about:blank")
    open_notebook(page, server, "loaded")
    expect(page.locator(".gmm-stage")).to_have_count(len(SOURCES))
    expect(page.locator(".gmm-poster")).to_have_count(0)
    assert not page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty")
    step(page)
    assert errors == []


@pytest.mark.parametrize("trusted", [True, False])
def test_a_notebook_of_the_course_shows_its_pictures_before_anything_is_run(server, page, trusted):
    errors = listen(page)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    texts = [data["text/plain"] for data in pictures(notebook)]
    assert texts
    write(server, "course", notebook, trusted)
    open_notebook(page, server, "course")
    assert page.evaluate(TRUSTED) is trusted
    hold_pictures(page, texts)
    close(page)
    assert errors == []

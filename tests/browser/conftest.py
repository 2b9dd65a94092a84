"""Browser tests: JupyterLab, Notebook 7 and a stand-alone film in headless Chromium."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from notebook_page import RUN_MS, go_to_player, open_player, run_all
from pages import CHROMIUM_ARGS, VIEWPORT, Film, find_chromium, listen, nothing_wrong, two_cells
from playwright.sync_api import expect
from servers import serve

HERE = Path(__file__).parent
expect.set_options(timeout=RUN_MS)
logs = {}  # of the servers that were started: {app: path}


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder. They come first, as they take longest, and then the notebooks."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: (HERE not in item.path.parents, item.path.suffix != ".ipynb"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Add the end of each server's log to the report of a failed test."""
    report = yield
    if report.failed and HERE in item.path.parents:
        for app, log in logs.items():
            report.sections.append((f"{app}: end of {log}", log.read_text()[-3000:]))
    return report


def do_without(missing):
    """Skip the tests that need what is missing, or fail them where the browser tests are required."""
    required = os.environ.get("GMM_TEACH_REQUIRE_BROWSER") == "1"
    (pytest.fail if required else pytest.skip)(missing)


@pytest.fixture(scope="session")
def npm():
    return shutil.which("npm") or do_without("npm not found: install it to test exported pages")


@pytest.fixture(scope="session")
def install(npm, tmp_path_factory):
    """A function that installs packages of npm, and returns the folder that they are in."""

    def packages(*names):
        folder = tmp_path_factory.mktemp("npm")
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", *names]
        subprocess.run(command, cwd=folder, check=True)
        return folder / "node_modules"

    return packages


@pytest.fixture(scope="session")
def axe(install):
    return install("axe-core@4") / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium():
    return find_chromium() or do_without("Chromium not found: install it to run the browser tests")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"viewport": VIEWPORT}


@pytest.fixture
def offline(page):
    """A function that opens a file: no request may leave the machine, and no error may meet the page."""
    errors, asked = listen(page), []
    page.on("request", lambda request: asked.append(request.url))

    def opened(path):
        page.goto(path.as_uri())
        return page

    yield opened
    page.evaluate("null")  # errors on their way arrive first
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def start(app, tmp_path_factory):
    """A server of this app, until the fixture that yields from here ends."""
    folder = tmp_path_factory.mktemp(app)
    logs[app] = folder / "server.log"
    with serve(app, folder) as server:
        yield server


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    yield from start("lab", tmp_path_factory)


@pytest.fixture(scope="session")
def notebook7(chromium, tmp_path_factory):
    yield from start("notebook7", tmp_path_factory)


@pytest.fixture(scope="session", params=["lab", pytest.param("notebook7", marks=pytest.mark.slow)])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def run_page(server, browser, browser_context_args):
    """A page with the first player of notebook 00, run, and the errors of its console."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    errors = listen(page)
    open_player(page, server, "player")
    assert run_all(page) == []
    assert errors == []
    go_to_player(page)
    yield page, errors
    context.close()


@pytest.fixture
def film(run_page):
    """The first player of notebook 00, at its start and with the keyboard's focus; no error may be left."""
    page, errors = run_page
    film = Film(page)
    film.rewind()
    yield film
    page.evaluate("null")  # errors on their way arrive first
    found = errors.copy()
    errors.clear()  # the next test answers for its own
    assert found == []


@pytest.fixture(scope="session")
def live_notebook(lab, browser, browser_context_args):
    """A page of JupyterLab with a notebook of two empty cells, and the errors of its console."""
    with two_cells(lab, browser, browser_context_args) as page_and_errors:
        yield page_and_errors


@pytest.fixture
def live_page(live_notebook):
    """That page, for `show`; nothing may go wrong in its console, or in the kernel, whose errors it hides."""
    with nothing_wrong(*live_notebook) as page:
        yield page

"""Browser tests: JupyterLab, Notebook 7 and a stand-alone film in headless Chromium; they run last of all."""

import os
import shutil
from pathlib import Path

import pytest
from pages import CHROMIUM_ARGS, VIEWPORT, Film, find_chromium, go_to_player, listen, open_copy, run_all
from servers import APPS, serve

HERE = Path(__file__).parent
logs = {}  # of the servers that were started: {app: path}


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder, and put them last: playwright keeps an event loop running."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


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
def chromium():
    return find_chromium() or do_without("Chromium not found: install it to run the browser tests")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"viewport": VIEWPORT}


@pytest.fixture(scope="session", params=list(APPS))
def server(request, chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    logs[request.param] = folder / "server.log"
    with serve(request.param, folder) as server:
        yield server


@pytest.fixture(scope="session")
def run_page(server, browser, browser_context_args):
    """A page with notebook 00 run to its end, and the errors of its console."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    errors = listen(page)
    open_copy(page, server, "run")
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

"""Chromium and Jupyter's servers, as the tests have them, for benchmarks of what a reader sees."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from timing import machine

from gmm_teach.page.handout import find_chromium

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
import notebook_page
import pages
import servers

__all__ = ["chromium", "notebook_page", "pages", "serve", "servers"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium; prints what is measured on, or says what to install."""
    path = find_chromium()
    if path is None:
        sys.exit("Chromium not found: install it to measure in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=pages.CHROMIUM_ARGS)
        print(f"{machine()}; Chromium {browser.version}")
        yield browser
        browser.close()


@contextmanager
def serve(app: str) -> Iterator[servers.Server]:
    """A server of "lab" or "notebook7" in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, servers.serve(app, Path(folder)) as server:
        yield server

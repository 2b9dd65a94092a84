"""Sizes of what needs no Python: run `uv run python benchmarks/pages.py`; that of the site, if it is built.

A frame is one picture of the Explorer's first film; the stored Explorer has K = 1 to 6 and ten seeds, as the
site's front page, its long runs in 40 pictures. Then the page of a lesson, opened in Chromium over a line of
5 Mbit/s and 100 ms, by the browser's own throttling: when its first picture is there, when all of it is, and
how long a key takes from then to the next half-step of its film.
"""

import functools
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from browsers import chromium, pages
from timing import against_goal, machine, print_table

import gmm_teach as gt
from gmm_teach.page.notebook import page_of, slides_of
from gmm_teach.widgets.baked import bake

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "notebooks" / "07_the_m_step_twice.ipynb"  # has a film
FRONT = {"K": range(1, 7), "seed": range(10)}
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 5e6 / 8, "uploadThroughput": 5e6 / 8}
NOTE_FIRST_PICTURE = """
const look = () => {
  const picture = document.querySelector("main img");
  if (picture?.complete && picture.naturalWidth) window.first = performance.now();
  else requestAnimationFrame(look);
};
look();
"""


def main(quick=False):
    """Print the table."""
    print(machine())
    rows = [frames(), stored(FRONT if not quick else {"K": [1], "seed": [0]})]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        if not quick:
            rows += [file("page of notebook 07", page_of, page)]
            rows += [file("slides of notebook 07", slides_of, Path(folder) / "slides.html")]
        if (ROOT / "site").exists():
            size = sum(path.stat().st_size for path in (ROOT / "site").rglob("*") if path.is_file())
            rows.append(["site", against_goal(size / 1e6, 80, " MB", most=True), ""])
        print_table("Pages without Python", ["what", "size", "made in"], rows)
        if not quick:
            header = ["first picture", "all there", "next half-step"]
            print_table("Page of notebook 07, 5 Mbit/s and 100 ms", header, [behind_a_slow_line(page)])


def frames():
    """A frame as it goes to the page of a notebook."""
    began = time.perf_counter()
    live = gt.widgets.explorer()
    live._repr_mimebundle_()
    size = np.mean([len(frame) for frame in live.frames]) / 1e3
    seconds = (time.perf_counter() - began) / len(live.frames)
    return ["frame of the Explorer", against_goal(size, 12, " kB", most=True), f"{1e3 * seconds:.0f} ms"]


def stored(grid):
    """The Explorer with its films stored."""
    began = time.perf_counter()
    size = sum(len(film) for film in bake(gt.widgets.explorer(), **grid).films.values()) / 1e6
    return [
        "stored Explorer",
        against_goal(size, 20, " MB", most=True),
        f"{time.perf_counter() - began:.0f} s",
    ]


def file(name, write, path):
    """A file of a notebook, written to a path."""
    began = time.perf_counter()
    path.write_text(write(LESSON), encoding="utf-8")
    size = path.stat().st_size / 1e6
    return [name, against_goal(size, 12, " MB", most=True), f"{time.perf_counter() - began:.0f} s"]


def behind_a_slow_line(path):
    """When a page's first picture is there, and all of it, in seconds; from a key to the next picture."""
    with served(path.parent) as address, chromium() as browser:
        page = browser.new_page(viewport=pages.VIEWPORT)
        page.add_init_script(NOTE_FIRST_PICTURE)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        page.goto(f"{address}/{path.name}", timeout=0)
        first = page.evaluate("first") / 1e3
        whole = page.evaluate("globalThis.gmmStarted.then(() => performance.now())") / 1e3
        film = pages.Film(page)
        film.rewind()
        with film.watched() as seen:
            for index in range(1, film.last + 1):
                film.press("ArrowRight", index)
    median, _ = pages.median_and_p95(seen["painted"])
    return [
        against_goal(first, 2, " s", most=True),
        against_goal(whole, None, " s"),
        against_goal(median, 50, " ms", most=True),
    ]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and writes no log."""

    def log_message(self, *_):
        """Nothing."""


@contextmanager
def served(folder):
    """Address of a folder, served on this machine."""
    handler = functools.partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)

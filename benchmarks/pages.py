"""Sizes of what needs no Python, and times over a slow line: run `uv run python benchmarks/pages.py`.

A frame is one picture of the Explorer's first film; the stored Explorer is that of the site's front page: K
= 1 to 6 with ten seeds, and other data and shapes, long runs in 26 pictures. Of the site, if it is built:
sizes, and what a reader waits for in Chromium over 5 Mbit/s with 100 ms, the browser's own throttling.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from timing import against_goal, machine, print_table

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import site_over_a_slow_line
from site_lessons import FRONT, MOST

import gmm_teach as gt
from gmm_teach.page.notebook import page_of, slides_of
from gmm_teach.widgets.baked import bake

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "notebooks" / "05_chicken_and_egg.ipynb"
SITE = ROOT / "site"


def main(quick=False):
    """Print the table."""
    print(machine())
    rows = [frames(), stored(FRONT if not quick else [{"K": [1], "seed": [0]}])]
    if not quick:
        rows += [file("page of notebook 05", page_of), file("slides of notebook 05", slides_of)]
    print_table("Pages without Python", ["what", "size", "made in"], rows)
    if SITE.exists() and not quick:
        print_table("The site", ["part", "size"], list(parts_of_site()))
        waits = list(site_over_a_slow_line.rows(SITE))
        print_table("Over a slow line", ["what a reader waits for", "time"], waits)


def parts_of_site():
    """The site, and its largest folders."""
    for folder in (".", "_static/films", "lessons", "slides", "one_file", "notebooks"):
        size = sum(path.stat().st_size for path in (SITE / folder).rglob("*") if path.is_file()) / 1e6
        yield [folder, f"{size:.1f} MB" if folder != "." else against_goal(size, 80, " MB", most=True)]


def frames():
    """A frame as it goes to the page of a notebook."""
    began = time.perf_counter()
    live = gt.widgets.explorer()
    live._repr_mimebundle_()
    size = np.mean([len(frame) for frame in live.frames]) / 1e3
    seconds = (time.perf_counter() - began) / len(live.frames)
    return ["frame of the Explorer", against_goal(size, 12, " kB", most=True), f"{1e3 * seconds:.0f} ms"]


def stored(grids):
    """The Explorer with its films stored."""
    began = time.perf_counter()
    size = sum(len(film) for film in bake(gt.widgets.explorer(), *grids, most=MOST).films.values()) / 1e6
    return [
        "stored Explorer",
        against_goal(size, 20, " MB", most=True),
        f"{time.perf_counter() - began:.0f} s",
    ]


def file(name, write):
    """A file of a notebook."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(write(LESSON), encoding="utf-8")
        size = path.stat().st_size / 1e6
    return [name, against_goal(size, 12, " MB", most=True), f"{time.perf_counter() - began:.0f} s"]


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)

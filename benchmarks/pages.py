"""Sizes of what needs no Python: run `uv run python benchmarks/pages.py`; that of the site, if it is built.

A frame is one picture of the Explorer's first film; the stored Explorer has K = 1 to 6 and ten seeds, as the
site's front page, its long runs in 40 pictures.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from timing import against_goal, machine, print_table

import gmm_teach as gt
from gmm_teach.page.notebook import page_of, slides_of
from gmm_teach.widgets.baked import bake

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "notebooks" / "05_chicken_and_egg.ipynb"
FRONT = {"K": range(1, 7), "seed": range(10)}


def main(quick=False):
    """Print the table."""
    print(machine())
    rows = [frames(), stored(FRONT if not quick else {"K": [1], "seed": [0]})]
    if not quick:
        rows += [file("page of notebook 05", page_of), file("slides of notebook 05", slides_of)]
    if (ROOT / "site").exists():
        size = sum(path.stat().st_size for path in (ROOT / "site").rglob("*") if path.is_file())
        rows.append(["site", against_goal(size / 1e6, 80, " MB", most=True), ""])
    print_table("Pages without Python", ["what", "size", "made in"], rows)


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

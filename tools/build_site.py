"""Build the site: `uv run --group site python tools/build_site.py`; see CONTRIBUTING.md.

Notebooks are run side by side, their widgets stored as films beside the pages, and Sphinx makes the rest.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from site_lessons import FRONT, front_explorer, lesson
from site_tables import glossary, status, symbols

from gmm_teach import page

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
BESIDE = ("slides", "one_file", "notebooks")  # folders of the site that Sphinx has no part in
ICON = re.compile(r"fa-[\w-]+")
ICON_RULE = re.compile(r"(?<=})((?:\.fa-[\w-]+,?)+){--fa:[^}]*}")
SPHINX = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-j", "auto", "-b", "html"]


def main(arguments=None):
    """Build all of it, or some lessons, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NOTEBOOK", help="such as 05_chicken_and_egg; by default all"
    )
    parser.add_argument("--to", type=Path, default=ROOT / "site", help="a folder, which is emptied first")
    parser.add_argument("--front", type=json.loads, default=FRONT, help='such as [{"K": [2], "seed": [0]}]')
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    paths = [NOTEBOOKS / f"{name}.ipynb" for name in asked.names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    build(paths, asked.to, asked.front, all_lessons=not asked.names)
    size = sum(path.stat().st_size for path in asked.to.rglob("*") if path.is_file())
    print(f"{asked.to}: {size / 1e6:.0f} MB in {time.monotonic() - began:.0f} s")


def build(paths, site, front, *, all_lessons):
    """The site of these notebooks, with the Explorer's films for this grid on its front page."""
    with TemporaryDirectory() as work:
        source, html = Path(work) / "source", Path(work) / "html"
        write_source(paths, source, front)
        some = [] if all_lessons else ["-D", "suppress_warnings=myst.xref_missing,toc.not_readable"]
        subprocess.run(
            [*SPHINX, *some, "-d", str(Path(work) / "doctrees"), str(source), str(html)], check=True
        )
        drop_icons(html)
        for folder in BESIDE:
            shutil.copytree(source / folder, html / folder)
        shutil.rmtree(site, ignore_errors=True)
        shutil.move(html, site)


def drop_icons(html):
    """Take the icons that no page has, some two thousand, out of the theme's style: pictures wait for it."""
    style = html / "_static" / "styles" / "pydata-sphinx-theme.css"
    pages = [path.read_text(encoding="utf-8") for path in (*html.rglob("*.html"), *html.rglob("*theme.js"))]
    used = {f".{name}" for page in pages for name in ICON.findall(page)}

    def kept(rule):
        return rule[0] if used.intersection(rule[1].split(",")) else ""

    style.write_text(ICON_RULE.sub(kept, style.read_text(encoding="utf-8")), encoding="utf-8")


def write_source(paths, source, front):
    """What Sphinx reads, and the folders that stand beside its pages."""
    films = source / "_static" / "films"
    shutil.copytree(ROOT / "docs" / "site", source)
    for path in source.glob("*.md"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("](../../notebooks/", "](lessons/"), encoding="utf-8"
        )
    for folder in (films, source / "_static" / "pictures", *(source / folder for folder in BESIDE)):
        folder.mkdir()
    static = source / "_static"
    (static / "gmm.css").write_text(page.styles(*page.STYLES, "site.css"), encoding="utf-8")
    (static / "gmm.js").write_text(page.script(*page.LIVE, *page.WITHOUT_PYTHON), encoding="utf-8")
    (static / "one_file.js").write_text(page.script("one_file.js"), encoding="utf-8")
    with ProcessPoolExecutor(os.cpu_count() + 1) as pool:
        first = pool.submit(front_explorer, front, source, films)
        seconds = list(pool.map(partial(lesson, source=source, films=films), paths))
        seconds.append(first.result())
    glossary(NOTEBOOKS / "glossary.csv", source / "lessons" / "glossary.md")
    symbols(source / "symbols.md")
    status([*(path.stem for path in paths), "Explorer of the front page"], seconds, source / "status.md")


if __name__ == "__main__":
    main()

"""Build the site: `uv run --group site python tools/build_site.py`; see CONTRIBUTING.md.

Notebooks are run side by side, their widgets stored as films beside the pages, and Sphinx makes the rest.
"""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from html import escape
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict

import gmm_teach as gt
from gmm_teach import page
from gmm_teach.page.film_files import films_in
from gmm_teach.page.notebook import Run, folding
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.in_page import in_page

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCE, SITE = ROOT / "build" / "site", ROOT / "site"
FILMS = SOURCE / "_static" / "films"
STORED = f"partial(in_page, address=films_in({str(FILMS)!r}, '../_static/films'))"
FRONT = {"K": range(1, 7), "seed": range(10)}
WORKERS = 2


def main():
    """Build all of it, and print what it took."""
    began = time.monotonic()
    shutil.rmtree(SOURCE.parent, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "site", SOURCE)
    FILMS.mkdir(parents=True)
    (SOURCE / "_static" / "gmm.css").write_text(page.styles(*page.STYLES, "site.css"), encoding="utf-8")
    (SOURCE / "_static" / "gmm.js").write_text(
        page.script(*page.LIVE, *page.WITHOUT_PYTHON), encoding="utf-8"
    )
    with ProcessPoolExecutor(WORKERS) as pool:
        front = pool.submit(front_explorer)
        seconds = list(pool.map(lesson, NOTEBOOKS))
        front.result()
    glossary()
    status(seconds)
    shutil.rmtree(SITE, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", "html"]
    pages = (
        SOURCE.parent / "html"
    )  # myst-nb and Sphinx leave notebooks and doctrees beside it, not in the site
    doctrees = str(SOURCE.parent / "doctrees")
    subprocess.run([*sphinx, "-d", doctrees, str(SOURCE), str(pages)], check=True)
    pages.rename(SITE)
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"{SITE}: {size / 1e6:.0f} MB in {time.monotonic() - began:.0f} s")


def lesson(path):
    """Run a notebook and write it for Sphinx; returns its seconds."""
    began = time.monotonic()
    nb = nbformat.read(path, as_version=4)
    resources = ResourcesDict(metadata={"path": str(path.parent)})
    nb, _ = Run(html=STORED).preprocess(nb, resources)
    for cell in nb.cells:
        prepare(cell)
    nbformat.write(nb, SOURCE / "lessons" / path.name)
    return time.monotonic() - began


def prepare(cell):
    """Fold the code of pictures and of solutions; let pictures keep their words; name the glossary's page."""
    cell.source = cell.source.replace("](glossary.csv)", "](glossary.md)")
    if cell.cell_type != "code":
        return
    if folding(cell):
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    for output in cell.outputs:
        data = output.get("data", {})
        if "image/png" in data:
            alt = escape(output.metadata["image/png"]["alt"])
            data["text/html"] = f'<img alt="{alt}" src="data:image/png;base64,{data.pop("image/png")}">'


def front_explorer():
    """The Explorer of the front page."""
    live = gt.widgets.explorer()
    baked = bake(live, **FRONT)
    html = in_page(live, baked=baked, address=films_in(FILMS, "_static/films"))
    (SOURCE / "explorer.html").write_text(html, encoding="utf-8")


def glossary():
    """The glossary as a page."""
    table = "```{csv-table}\n:file: glossary.csv\n:header-rows: 1\n```\n"
    shutil.copy(ROOT / "notebooks" / "glossary.csv", SOURCE / "lessons")
    (SOURCE / "lessons" / "glossary.md").write_text(f"# Glossary\n\n{table}", encoding="utf-8")


def status(seconds):
    """How long each notebook took."""
    rows = "\n".join(f"| {path.stem} | {s:.0f} |" for path, s in zip(NOTEBOOKS, seconds, strict=True))
    words = "# Status\n\nSeconds of each notebook in this build, films and sliders stored.\n\n"
    (SOURCE / "status.md").write_text(
        f"{words}| notebook | seconds |\n| --- | --- |\n{rows}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()

"""The site's lessons: each notebook is run once, for its page, its slides and its one file."""

import re
import time
from base64 import b64decode
from copy import deepcopy
from functools import partial
from io import BytesIO

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from PIL import Image

import gmm_teach as gt
from gmm_teach import page
from gmm_teach.page.cells import OUTCOME, folding, is_folded
from gmm_teach.page.exporters import DeckExporter, PageExporter
from gmm_teach.page.film_files import films_in, write_once
from gmm_teach.page.running import Run
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.in_page import in_page

FRONT = (  # of the Explorer on the front page: other data and shapes at some K, and all K and seeds
    {"data": gt.datasets.names(), "K": [2, 3]},
    {"covariance": ["tied", "diag", "spherical"], "K": [3]},
    {"K": range(1, 7), "seed": range(18, 28)},
)
MOST = 26  # pictures of one of its films
INSIDE = re.compile('src="data:image/png;base64,([^"]+)"')
FILES = {"one_file": PageExporter, "slides": DeckExporter}  # by the folder of the site


def lesson(path, source, films) -> float:
    """Run a notebook and write what the site has of it, for Sphinx and beside; returns its seconds."""
    began = time.monotonic()
    stored = f"partial(in_page, address=films_in({str(films)!r}, '../_static/films'))"
    resources = ResourcesDict(metadata={"path": str(path.parent)})
    nb, _ = Run(html=stored).preprocess(nbformat.read(path, as_version=4), resources)
    (source / "notebooks" / path.name).write_bytes(path.read_bytes())
    for folder, exporter in FILES.items():
        html, _ = exporter(html="").from_notebook_node(deepcopy(nb))
        (source / folder / f"{path.stem}.html").write_text(html, encoding="utf-8")
    for cell in nb.cells:
        prepare(cell, source)
    nbformat.write(nb, source / "lessons" / path.name)
    return time.monotonic() - began


def prepare(cell, source) -> None:
    """Fold what is folded in a notebook; make pictures files, with their words; name the glossary's page."""
    cell.source = cell.source.replace("](glossary.csv)", "](glossary.md)")
    if cell.cell_type != "code":
        return
    hidden = {"hide-input": folding(cell), "hide-output": OUTCOME if is_folded(cell) else ""}
    if tags := [tag for tag, words in hidden.items() if words]:
        words = hidden[tags[-1]]
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), *tags]
        cell.metadata["mystnb"] = {"code_prompt_show": words, "code_prompt_hide": words}
    for output in cell.outputs:
        data = output.get("data", {})
        if "image/png" in data:
            png = b64decode(data.pop("image/png"))
            data["text/html"] = page.picture(png, output.metadata["image/png"]["alt"])
        if "text/html" in data:
            data["text/html"] = INSIDE.sub(partial(beside, source), data["text/html"])


def beside(source, found) -> str:
    """Write a picture that is inside a page as a file; returns where it is, to be read once it is near."""
    png = b64decode(found[1])
    width, height = Image.open(BytesIO(png)).size
    file = write_once(source / "_static" / "pictures", png, ".png")
    return f'src="../_static/pictures/{file}" width="{width}" height="{height}" loading="lazy"'


def front_explorer(grids, source, films) -> float:
    """Write the Explorer of the front page, with films for grids of its controls; returns its seconds."""
    began = time.monotonic()
    live = gt.widgets.explorer()
    html = in_page(live, baked=bake(live, *grids, most=MOST), address=films_in(films, "_static/films"))
    (source / "explorer.inc").write_text(html, encoding="utf-8")
    return time.monotonic() - began

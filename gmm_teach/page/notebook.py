"""A notebook as one HTML file with everything inside, its films and demos live, without Jupyter."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import nbformat
from jinja2 import pass_context
from nbclient import NotebookClient
from nbconvert import HTMLExporter, SlidesExporter
from nbconvert.preprocessors import Preprocessor
from pygments.formatters import HtmlFormatter
from traitlets import Unicode

from . import FOLDER, read, script
from .handout import with_answers_last
from .words_of_a_page import with_equations, with_links

FIRST_CELL = """
from functools import partial
from gmm_teach.page.film_files import films_in
from gmm_teach.widgets.in_page import display_in_pages, in_page, on_paper, script_of_page

display_in_pages({})
"""
PICTURES = ("gt.show(", "gt.widgets.")
MINUTES = re.compile(r"\*\*(\d+) minutes")
LAST_CELL = "print(script_of_page())"


class Run(Preprocessor):
    """Runs a notebook so that its widgets are displayed as HTML that needs no Python: html(stage)."""

    html = Unicode("in_page")

    def preprocess(self, nb, resources) -> tuple:
        """The notebook with its outputs, and in resources the script that its widgets need."""
        first = nbformat.v4.new_code_cell(FIRST_CELL.format(self.html))
        last = nbformat.v4.new_code_cell(LAST_CELL)
        nb = nbformat.v4.new_notebook(cells=[first, *nb.cells, last], metadata=nb.metadata)
        folder = resources["metadata"].get("path") or "."
        NotebookClient(nb, kernel_name="python3", timeout=None, store_widget_state=False).execute(cwd=folder)
        resources["script"] = "".join(output.text for output in nb.cells[-1].outputs)
        nb.cells = nb.cells[1:-1]
        return nb, resources


class PageExporter(HTMLExporter):
    """One page of a notebook, in the template gmm_page; html names what makes HTML of a widget."""

    export_from_notebook = None
    html = Unicode("in_page")

    def __init__(self, **options):
        folders = [str(FOLDER / "templates")]
        looks = {"template_name": "gmm_page", "exclude_anchor_links": True}
        super().__init__(extra_template_basedirs=folders, **looks | options)
        self.register_preprocessor(Run(html=self.html), enabled=True)

    def default_filters(self) -> Iterator[tuple]:
        """Those of nbconvert, but for formulas, which are MathML here."""
        for name, function in super().default_filters():
            yield (name, self._markdown) if name == "markdown2html" else (name, function)
        yield "folding", folding

    def from_notebook_node(self, nb, resources=None, **options) -> tuple:
        """The page, and the resources."""
        resources = self._init_resources(resources)
        colours = HtmlFormatter(style="default").get_style_defs(".highlight")
        resources["style"] = read("notebook.css") + colours + self._more_style()
        resources["title"] = _title(nb)
        resources["last"] = self._last_script(nb)
        return super().from_notebook_node(nb, resources, **options)

    def _more_style(self):
        return ""

    def _last_script(self, nb):
        return f'<script type="module">{script("reach.js")}\nreachWhatScrolls();</script>'

    @pass_context
    def _markdown(self, context, source):
        return with_links(with_equations(self.markdown2html(context, source)))


class DeckExporter(PageExporter, SlidesExporter):
    """The slides of a notebook, in the template gmm_deck; other prose goes to the speaker's notes."""

    export_from_notebook = None

    def __init__(self, **options):
        super().__init__(template_name="gmm_deck", **options)

    def _more_style(self):
        return _of_reveal("dist/reveal.css") + read("deck.css")

    def _last_script(self, nb):
        minutes = MINUTES.search(nb.cells[0].source)
        libraries = [_of_reveal("dist/reveal.js"), _of_reveal("plugin/notes/notes.js")]
        scripts = [
            f"<script>{text.replace('</script', '<' + chr(92) + '/script')}</script>" for text in libraries
        ]
        present = f"{script('deck.js')}\npresent({60 * int(minutes[1]) if minutes else 0});"
        return "\n".join([*scripts, f'<script type="module">{present}</script>'])


def folding(cell) -> str:
    """Why the code of a cell is folded: "Solution", "Code" of a picture, or "", if it is not."""
    if "def " in cell.source and "_solution(" in cell.source:
        return "Solution"
    is_hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
    return "Code" if is_hidden or any(call in cell.source for call in PICTURES) else ""


def page_of(notebook: Path) -> str:
    """Run a notebook; returns its page."""
    return PageExporter().from_filename(str(notebook))[0]


def slides_of(notebook: Path) -> str:
    """Run a notebook; returns its slides."""
    return DeckExporter().from_filename(str(notebook))[0]


def handout_of(notebook: Path) -> str:
    """Run a notebook; returns a page to print, whose answers are at its end."""
    return with_answers_last(PageExporter(html="on_paper").from_filename(str(notebook))[0])


def _of_reveal(name):
    """A file of reveal.js, which sphinx-revealjs brings."""
    folder = Path(find_spec("sphinx_revealjs").origin).parent / "_static" / "revealjs"
    return (folder / name).read_text(encoding="utf-8")


def _title(nb):
    """The first heading."""
    first = next(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return first.splitlines()[0].lstrip("# ")

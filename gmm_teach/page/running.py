"""A notebook run so that its widgets are HTML that needs no Python."""

import nbformat
from nbclient import NotebookClient
from nbconvert.preprocessors import Preprocessor
from traitlets import Unicode

FIRST_CELL = """
from functools import partial
from gmm_teach.page.film_files import films_in
from gmm_teach.widgets.in_page import display_in_pages, in_page, on_paper

display_in_pages({})
"""
QUIET = ["--IPKernelApp.log_level=ERROR"]  # or each kernel warns that it talks to this machine unencrypted


class Run(Preprocessor):
    """Runs a notebook so that its widgets are displayed as HTML that needs no Python: html(stage)."""

    html = Unicode("in_page")

    def preprocess(self, nb, resources) -> tuple:
        """The notebook with its outputs, and resources as they were."""
        first = nbformat.v4.new_code_cell(FIRST_CELL.format(self.html))
        nb = nbformat.v4.new_notebook(cells=[first, *nb.cells], metadata=nb.metadata)
        folder = resources["metadata"].get("path") or "."
        options = {"kernel_name": "python3", "timeout": None, "store_widget_state": False}
        NotebookClient(nb, extra_arguments=QUIET, **options).execute(cwd=folder)
        nb.cells = nb.cells[1:]
        return nb, resources

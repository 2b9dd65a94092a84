"""A page with a notebook open in JupyterLab or Notebook 7: opened, written to and run from outside."""

import shutil
import time
from pathlib import Path

import nbformat

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "00_watch_em_think.ipynb"
WITH_PLAYER = ["title", "imports", "see-clouds", "predict-e-step", "see-player", "look-for", "print-steps"]
RUN_MS = 180_000  # the longest that anything may take, on a busy machine
CELLS = "jupyterapp.shell.currentWidget.content.widgets"


def open_copy(page, server, name):
    """Open a copy of notebook 00, called `name`, and wait until its kernel is idle."""
    shutil.copy(NOTEBOOK, server.root / f"{name}.ipynb")
    open_notebook(page, server, name)


def open_player(page, server, name):
    """Open the cells of notebook 00 about its first player, as they are stored."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id in WITH_PLAYER]
    assert [cell.id for cell in notebook.cells] == WITH_PLAYER
    nbformat.write(notebook, server.root / f"{name}.ipynb")
    open_notebook(page, server, name)


def open_cells(page, server, name, *sources):
    """Open a new notebook with these code cells, and wait until its kernel is idle."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, server.root / f"{name}.ipynb")
    open_notebook(page, server, name)


def open_notebook(page, server, name):
    """Open a notebook of the server's folder, and wait until its kernel is idle."""
    page.goto(server.page_of(f"{name}.ipynb"), timeout=RUN_MS)
    kernel = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
    page.wait_for_function(f"{kernel}?.status === 'idle'", timeout=RUN_MS)


def execute(page, command):
    """Execute a command of JupyterLab that runs cells, and wait until they have run."""
    page.evaluate(
        """(command) => {
             window.done = false;
             jupyterapp.commands.execute(command).then(() => (window.done = true));
           }""",
        command,
    )
    page.wait_for_function("done", timeout=RUN_MS)


def run_all(page):
    """Run all cells; returns the outputs that are errors."""
    execute(page, "notebook:run-all-cells")
    return page.evaluate(
        f"""{CELLS}.flatMap((cell) => cell.model.outputs?.toJSON() ?? [])
           .filter((output) => output.output_type === "error")"""
    )


def run_cell(page, number, source=None):
    """Run a code cell, with `source` written into it if given; returns its outputs."""
    page.evaluate(
        f"""([number, source]) => {{
             jupyterapp.shell.currentWidget.content.activeCellIndex = {CELLS}.indexOf({CELLS}.at(number));
             if (source !== null) {CELLS}.at(number).model.sharedModel.setSource(source);
           }}""",
        [number, source],
    )
    execute(page, "notebook:run-cell")
    return page.evaluate(f"{CELLS}.at({number}).model.outputs.toJSON()")


def value(page, expression):
    """An expression's value in the kernel, as it is printed by the last cell: IPython keeps 1000 results."""
    outputs = run_cell(page, -1, f"print(repr({expression}))")
    assert len(outputs) == 1, outputs
    return outputs[0]["text"].removesuffix("\n")


def wait_until(page, expression):
    """Wait until an expression is true in the kernel."""
    deadline = time.monotonic() + RUN_MS / 1000
    while value(page, expression) != "True":
        assert time.monotonic() < deadline, expression


def go_to_player(page):
    """Make the cell of the first player the active one, and scroll it to the top."""
    page.evaluate(
        """async () => {
             const notebook = jupyterapp.shell.currentWidget.content;
             const calls = (cell) => cell.model.sharedModel.getSource().includes("gt.widgets.player(");
             notebook.activeCellIndex = notebook.widgets.findIndex(calls);
             await notebook.scrollToItem(notebook.activeCellIndex, "start");
           }"""
    )


def notebook_state(page):
    """What a stray key would change: the cells, which is active, and whether one is being edited."""
    return page.evaluate(
        """() => {
             const notebook = jupyterapp.shell.currentWidget.content;
             const cells = notebook.widgets.map(({ model }) =>
               [model.id, model.type, model.sharedModel.getSource(), model.executionCount ?? null]);
             return [notebook.activeCellIndex, notebook.mode, cells];
           }"""
    )

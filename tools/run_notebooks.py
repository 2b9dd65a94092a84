"""Run notebooks top to bottom, each in a fresh kernel, and store their outputs.

`uv run python tools/run_notebooks.py` runs all of them; name paths to run only those.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from gmm_teach.page.cells import outcomes

VIEW = "application/vnd.jupyter.widget-view+json"  # of a widget that no other kernel has
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(path):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, kernel_name="python3", store_widget_state=False, coalesce_streams=True, timeout=600
    )
    client.execute(cwd=str(path.parent))
    notebook.metadata = METADATA
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
    fold(notebook)
    nbformat.write(notebook, path)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


def fold(notebook):
    """Fold the outputs that answer a prediction; to run their cell opens them."""
    answers = [cell.id for cell in outcomes(notebook)]
    for cell in notebook.cells:
        jupyter = dict(cell.metadata.pop("jupyter", {}))
        jupyter.pop("outputs_hidden", None)
        if cell.id in answers:
            jupyter["outputs_hidden"] = True
        if jupyter:
            cell.metadata["jupyter"] = jupyter


if __name__ == "__main__":
    folder = Path(__file__).parents[1] / "notebooks"
    for path in [Path(name) for name in sys.argv[1:]] or sorted(folder.glob("*.ipynb")):
        run(path)

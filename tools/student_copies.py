"""Copies of the notebooks without the worked answers: `uv run python tools/student_copies.py FOLDER`."""

import shutil
import sys
from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def without_solutions(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without its cells tagged `solution`, and with execution counts 1..n."""
    notebook.cells = [cell for cell in notebook.cells if "solution" not in cell.metadata.get("tags", [])]
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number
    return notebook


def copy_to(folder: Path) -> None:
    """Write all notebooks, and the files beside them, to a new or empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder} must be empty, so that nothing in it is lost")
    for path in sorted(NOTEBOOKS.iterdir()):
        if path.suffix == ".ipynb":
            nbformat.write(without_solutions(nbformat.read(path, as_version=4)), folder / path.name)
        elif path.is_file():
            shutil.copy(path, folder)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    copy_to(Path(sys.argv[1]))

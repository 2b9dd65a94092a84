"""Copies of the notebooks for students."""

import runpy
from pathlib import Path

import nbformat
import pytest

TOOL = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "student_copies.py"))


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies") / "for_students"
    TOOL["copy_to"](folder)
    return folder


def test_all_notebooks_are_there_and_nothing_else_is_gone(copies):
    for path in TOOL["NOTEBOOKS"].glob("*.*"):
        assert (copies / path.name).is_file()
        if path.suffix == ".ipynb":
            theirs = [cell.id for cell in nbformat.read(copies / path.name, as_version=4).cells]
            cells = nbformat.read(path, as_version=4).cells
            gone = [cell for cell in cells if cell.id not in theirs]
            assert gone
            assert all("solution" in cell.metadata.tags for cell in gone)


def test_no_solution_stands_in_a_copy_and_it_counts_from_one(copies):
    for path in copies.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert not any("_solution" in cell.source for cell in code), path.name
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_a_folder_with_something_in_it_is_left_alone(copies):
    before = sorted(copies.iterdir())
    with pytest.raises(SystemExit, match="must be empty"):
        TOOL["copy_to"](copies)
    assert sorted(copies.iterdir()) == before

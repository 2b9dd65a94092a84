"""The stored notebooks, as a reader meets them before anything is run."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from gmm_teach.page.cells import is_folded, outcomes

FOLDER = Path(__file__).parents[1] / "notebooks"
PICTURES = ("gt.show", "gt.figures.step_picture")
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def stored(request):
    return json.loads(request.param.read_text())


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell["outputs"]]


def text_of(output):
    data = {kind: value for kind, value in output.get("data", {}).items() if kind != "image/png"}
    return json.dumps([data, output.get("text", "")])


def test_was_run_top_to_bottom_in_a_python3_kernel(stored):
    counts = [cell["execution_count"] for cell in code_cells(stored)]
    assert counts == list(range(1, len(counts) + 1))
    assert stored["metadata"]["kernelspec"]["name"] == "python3"
    assert "widgets" not in stored["metadata"]


def test_outputs_hold_no_error_warning_address_or_path(stored):
    for output in outputs(stored):
        assert output["output_type"] != "error"
        assert output.get("name") != "stderr"
        assert not re.search(r"Warning:|0x[0-9a-f]{8}|/(root|home|tmp|work|Users)/|<Figure", text_of(output))


def test_every_picture_says_what_it_shows(stored):
    pictures = [output for output in outputs(stored) if "image/png" in output.get("data", {})]
    assert pictures
    for picture in pictures:
        assert len(picture["metadata"]["image/png"]["alt"]) > 40


def test_what_answers_a_prediction_is_folded_until_a_reader_runs_or_opens_it(stored):
    """A cell's outputs come out of their fold when it is run."""
    notebook = nbformat.reads(json.dumps(stored), as_version=4)
    folded = [cell.id for cell in notebook.cells if is_folded(cell)]
    assert folded == [cell.id for cell in outcomes(notebook)]


def test_every_widget_is_stored_as_a_picture_that_needs_no_kernel(stored):
    bundles = [output["data"] for output in outputs(stored) if "data" in output]
    assert not any("application/vnd.jupyter.widget-view+json" in data for data in bundles)
    widgets = [data for data in bundles if "gmm-poster" in "".join(data.get("text/html", ""))]
    assert widgets
    assert all("image/png" in data for data in widgets)


def test_exercises_are_empty_and_followed_by_a_check_and_a_hidden_solution(stored):
    cells = code_cells(stored)
    exercises = [i for i, cell in enumerate(cells) if "exercise" in cell["metadata"].get("tags", [])]
    assert exercises
    for i in exercises:
        assert "..." in cells[i]["source"][-1]
        assert "Not started yet." in text_of(cells[i + 1]["outputs"][-1])
        solution = cells[i + 2]
        assert "solution" in solution["metadata"]["tags"]
        assert solution["metadata"]["jupyter"]["source_hidden"] is True
        assert "_solution" in "".join(solution["source"])
        assert solution["outputs"] == []  # it must not give the answer away,
        assert re.match(r"def |#", solution["source"][0])  # nor its first line, which a folded cell shows


def test_a_learners_cell_holds_the_lesson_alone(stored):
    for cell in code_cells(stored):
        tree = ast.parse("".join(cell["source"]))
        solution = "solution" in cell["metadata"].get("tags", [])
        for node in ast.walk(tree):
            assert not isinstance(node, ast.Assert), cell["id"]  # tests/claims holds the numbers
            assert solution or not getattr(node, "id", "").endswith("_solution"), cell["id"]
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "gt.show",
                "gt.figures.step_picture",
            ):
                assert not [text for text in node.args if isinstance(text, ast.Constant | ast.JoinedStr)]
            assert not (isinstance(node, ast.keyword) and node.arg == "alt"), cell["id"]


def test_a_cell_that_only_makes_a_picture_is_folded(stored):
    for cell in code_cells(stored):
        lines = ast.parse("".join(cell["source"])).body
        calls = [ast.unparse(line) for line in lines]
        if all(call.startswith(("gt.show(", "gt.figures.step_picture(", "gt.widgets.")) for call in calls):
            assert cell["metadata"].get("jupyter", {}).get("source_hidden"), cell["id"]


def test_opens_and_ends_as_every_lesson_does(stored):
    texts = ["".join(cell["source"]) for cell in stored["cells"] if cell["cell_type"] == "markdown"]
    assert re.match(r"# [A-Z]\w+ .*\n\n\*\*\d+ minutes\.\*\* You need", texts[0])
    assert any(text.startswith("**Predict.**") for text in texts)
    assert "## Three questions" in texts[-2]
    for heading in ("## Summary", "## In practice", "## Sources"):
        assert heading in texts[-1]


def test_cells_and_files_stay_small(stored):
    for cell in code_cells(stored):
        assert len("".join(cell["source"]).splitlines()) <= 15
    assert len(json.dumps(stored)) < 1_000_000

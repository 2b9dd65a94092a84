"""The course as a whole: its map of the documents, its glossary, its slides, and the form of its lessons."""

import ast
import csv
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import SlidesExporter

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = {path.name: nbformat.read(path, as_version=4) for path in sorted(FOLDER.glob("*.ipynb"))}
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<row>.+?) \| \[\d\d .+?\]\((?P<file>.+?)#(?P<anchor>.+)\) \| `(?P<cell>.+?)` \|$", re.M
)
ORDINARY = """
    again anything appears away axes bad beside billion blocks break broken can chicken-and-egg
    circle circles claims climb climbs clouds comes compare costs course dies divide does draw draws
    earlier early enough explain explains failures faithful final finished four geyser give gives
    height higher hill hold hundred initial jobs judges largest lecture's loop make makes mends
    merge mile million mix multiply name new no nobody notebook nothing once out package package's
    page paper picture place practice published put questions read really reconcile recoveries saw
    say see seven shape shared shrink slow so somebody sometimes sources species step steps stop
    stopped summary survive symbols table take term their them there think three twice two unlikely
    up use walk watch when why you your
"""

with (FOLDER / "glossary.csv").open(encoding="utf-8", newline="") as file:
    GLOSSARY = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def slides():
    return SlidesExporter()


@pytest.fixture(params=NOTEBOOKS)
def notebook(request):
    return NOTEBOOKS[request.param]


def cells(notebook, kind="markdown"):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def headings(cell):
    return re.findall(r"^#{1,3} (.+)$", cell.source, re.M) if cell.cell_type == "markdown" else []


def test_the_notebooks_are_there():
    assert [name[:2] for name in NOTEBOOKS] == [f"{n:02}" for n in range(15)]


def test_the_map_points_at_cells_that_exist_under_the_heading_it_names():
    page = PAGE[PAGE.index("## Where everything of the documents is") :]
    rows = list(ROW.finditer(page))
    assert len(rows) == len(re.findall(r"^\|.*`[\w-]+` \|$", page, re.M))
    for row in rows:
        last = {}
        for cell in NOTEBOOKS[row["file"]].cells:
            last[cell.id] = above = (headings(cell) or [last.get("heading")])[0]
            last["heading"] = above
        assert row["cell"] in last, row.group()
        assert last[row["cell"]].replace(" ", "-") == row["anchor"], row.group()


def test_the_map_covers_the_documents_and_the_misconceptions():
    sections = dict(zip(["A", "B", "C", "misconceptions"], PAGE.split("| cell |")[1:], strict=True))
    counts = {name: len(ROW.findall(text)) for name, text in sections.items()}
    assert counts == {"A": 18, "B": 12, "C": 30, "misconceptions": 18}
    numbers = re.findall(r"^\| (\d+) \|", sections["misconceptions"], re.M)
    assert numbers == [str(n) for n in range(1, 19)]


def test_the_page_lists_every_notebook_with_its_minutes():
    for name, notebook in NOTEBOOKS.items():
        title = headings(notebook.cells[0])[0]
        minutes = re.search(r"\*\*(\d+) minutes\.\*\*", notebook.cells[0].source)[1]
        assert f"| [{name[:2]} {title}]({name}) | {minutes} | " in PAGE


def test_links_between_files_lead_somewhere(notebook):
    for cell in cells(notebook):
        for target in re.findall(r"\]\(([^)#\s]+)", cell.source):
            assert (FOLDER / target).is_file(), target


def test_cells_have_names_of_their_own(notebook):
    names = [cell.id for cell in notebook.cells]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []


def test_the_first_cell_links_to_the_glossary_and_says_what_you_can_do_at_the_end(notebook):
    first = notebook.cells[0].source
    assert "(glossary.csv)" in first
    assert 3 <= len(re.findall(r"^- ", first, re.M)) <= 4


def test_each_prediction_has_three_choices_and_one_is_right(notebook):
    predictions = [cell.source for cell in cells(notebook) if cell.source.startswith("**Predict.**")]
    assert predictions
    for text in predictions:
        choices = re.findall(r"<details><summary>([ABC])\. .+?</summary>\n\n(.+?)\n\n</details>", text, re.S)
        assert [letter for letter, _ in choices] == ["A", "B", "C"], text
        assert sum(answer.startswith("Yes") for _, answer in choices) == 1, text


def choices_of(notebook):
    """For each prediction its three choices, as the reader sees them, and the right letter."""
    for cell in cells(notebook):
        if cell.source.startswith("**Predict.**"):
            found = re.findall(r"<summary>([ABC])\. (.+?)</summary>\n\n(\w+)", cell.source, re.S)
            yield (
                [text for _, text, _ in found],
                next(letter for letter, _, verdict in found if verdict == "Yes"),
            )


def test_no_letter_of_a_prediction_is_the_right_one_too_often(notebook):
    letters = [letter for _, letter in choices_of(notebook)]
    assert all(letters.count(letter) <= (len(letters) + 1) // 2 for letter in "ABC"), letters


def test_neither_letter_nor_length_gives_a_prediction_away():
    found = [pair for notebook in NOTEBOOKS.values() for pair in choices_of(notebook)]
    letters = [letter for _, letter in found]
    assert all(0.25 < letters.count(letter) / len(found) < 0.42 for letter in "ABC")
    lengths = [[len(text) for text in texts] for texts, _ in found]
    rights = ["ABC".index(letter) for letter in letters]
    for extreme in (min, max):
        hits = sum(one[right] == extreme(one) for one, right in zip(lengths, rights, strict=True))
        assert hits / len(found) < 0.5, extreme


def test_the_choices_of_a_prediction_are_of_like_length(notebook):
    for texts, _ in choices_of(notebook):
        lengths = sorted(map(len, texts))
        assert lengths[-1] <= 2 * lengths[0] + 10, texts


def test_how_to_predict_is_said_once():
    said = [cell.source.count("Choose before you read on") for cell in cells(NOTEBOOKS[min(NOTEBOOKS)])]
    assert sum(said) == 1
    for name in sorted(NOTEBOOKS)[1:]:
        assert not any("Choose before you read on" in cell.source for cell in cells(NOTEBOOKS[name])), name


def test_the_answer_to_what_a_reader_should_see_is_folded(notebook):
    waiting = None
    for cell in cells(notebook):
        if waiting and cell.source.startswith("## "):
            raise AssertionError(f"{waiting} has no folded answer")
        if "<details><summary>Answer</summary>" in cell.source:
            waiting = None
        if cell.source.startswith("**See.**") and "?" in cell.source:
            waiting = cell.id


def test_the_minutes_of_the_sections_are_those_of_the_notebook(notebook):
    whole = int(re.search(r"\*\*(\d+) minutes\.\*\*", notebook.cells[0].source)[1])
    sections = [cell.source for cell in cells(notebook) if cell.source.startswith("## ")]
    minutes = [re.match(r"## .+\n\n\*(\d+) minutes?\.\*", text) for text in sections[:-1]]
    assert all(minutes), [text.splitlines()[0] for text in sections[:-1]]
    assert sum(int(found[1]) for found in minutes) == whole


def test_three_questions_with_their_answers(notebook):
    (text,) = [cell.source for cell in cells(notebook) if cell.source.startswith("## Three questions")]
    assert re.findall(r"^(\d)\. ", text, re.M) == ["1", "2", "3"]
    assert text.count("<details><summary>Answer</summary>") == 3


def test_solutions_are_short(notebook):
    for cell in cells(notebook, "code"):
        if "solution" in cell.metadata.get("tags", []):
            for function in ast.parse(cell.source).body:
                if isinstance(function, ast.FunctionDef):
                    assert len(ast.unparse(function).splitlines()) - 1 <= 6, function.name


@pytest.mark.slow
def test_slides_are_a_talk(notebook, slides):
    kinds = {cell.id: cell.metadata["slideshow"]["slide_type"] for cell in notebook.cells}
    assert kinds[notebook.cells[0].id] == "slide"
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "solution" in tags or (cell.cell_type == "code" and cell.source.startswith("gt.checks.")):
            assert kinds[cell.id] == "skip", cell.id
        if cell.source.startswith("**Predict.**"):
            assert kinds[cell.id] != "skip", cell.id
    page, _ = slides.from_notebook_node(notebook)
    tops = list(kinds.values()).count("slide")
    assert tops >= 6
    assert page.count("<section>\n<section") + page.count("<section><section") == tops


def test_glossary_is_complete():
    assert list(GLOSSARY[0]) == ["symbol", "English", "meaning", "Chinese", "documents", "notebook"]
    numbers = {name[:2] for name in NOTEBOOKS}
    for row in GLOSSARY:
        assert row["English"] or row["symbol"]
        assert row["notebook"] in numbers
    assert [row["notebook"] for row in GLOSSARY] == sorted(row["notebook"] for row in GLOSSARY)
    text = json.dumps(GLOSSARY, ensure_ascii=False)
    for letter in ("γ(i, k)", "gamma[i][j]", "r_ik", "N_k^soft", "n_list", "mu[j]", "Sigma[j]", "weights[j]"):
        assert letter in text


def test_every_term_of_a_heading_is_in_the_glossary():
    known = set(
        re.findall(
            r"[\w-]+", " ".join(f"{r['symbol']} {r['English']} {r['meaning']}" for r in GLOSSARY).lower()
        )
    )
    found = {}
    for name, notebook in NOTEBOOKS.items():
        for cell in notebook.cells:
            for heading in headings(cell):
                for word in re.findall(r"[^\W\d_][\w'-]*", heading.lower()):
                    if word not in known | {*ORDINARY.split()} and word.rstrip("s") not in known:
                        found.setdefault(word, f"{name}: {heading}")
    assert found == {}


def test_the_plans_of_the_site_lead_to_sections_that_exist():
    plans = (FOLDER.parent / "docs" / "site" / "plans.md").read_text(encoding="utf-8")
    links = re.findall(r"\(\.\./\.\./notebooks/([\w.]+)#([\w-]+)\)", plans)
    assert len(links) > 30
    for name, anchor in links:
        anchors = [
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for cell in NOTEBOOKS[name].cells
            for heading in headings(cell)
        ]
        assert anchor in anchors, (name, anchor)

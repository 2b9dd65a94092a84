"""The page's files and what is made of them."""

from pathlib import Path

import pytest

import gmm_teach as gt
from gmm_teach import page
from gmm_teach.widgets.film_player import Player
from gmm_teach.widgets.live import Live
from gmm_teach.widgets.stage import Stage

PACKAGE = Path(gt.__file__).parent
ALL = (*page.LIVE, "player.js", *page.WITHOUT_PYTHON)
STYLES = (*page.STYLES, "notebook.css", "deck.css", "site.css")
FILES = sorted(path.name for path in page.FOLDER.iterdir() if path.suffix in {".js", ".css", ".html"})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in the place of the page's own; call it to write files."""
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    return lambda **files: [(tmp_path / name).write_text(text) for name, text in files.items()]


def test_the_page_has_all_its_files_and_no_other_room_has_any():
    assert sorted([*ALL, "deck.js", "one_file.js", "film.html", "reach.js", *STYLES]) == FILES
    found = [path for path in PACKAGE.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    assert sorted(path.name for path in found) == FILES


def test_no_other_room_reads_files_of_text():
    readers = [path for path in PACKAGE.rglob("*.py") if "read_text" in path.read_text(encoding="utf-8")]
    assert {path.parent for path in readers} == {page.FOLDER}


def test_modules_and_styles_of_the_widgets():
    assert Stage._esm == page.module(*page.FILM)
    assert Player._esm == page.module(*page.PLAYER)
    assert Live._esm == page.module(*page.LIVE)
    for script in page.LIVE:
        assert page.script(script) in Live._esm
    assert Live._css == Player._css == page.read("stage.css") + page.read("live.css")


def test_a_script_has_no_export_and_a_module_that_of_its_last_file(folder):
    folder(one="const a = 1;\nexport default { a };\n", two="const b = a;\nexport default { b };\n")
    assert page.script("one", "two") == "const a = 1;\nconst b = a;\n"
    assert page.module("one", "two") == "const a = 1;\nconst b = a;\nexport default { b };\n"


@pytest.mark.parametrize(
    "of_two", ["let a = 2;\n", "function a() {}\n", "async function a() {}\n", "class a {}\n"]
)
def test_a_name_that_two_files_declare_is_told(folder, of_two):
    folder(one="const a = 1;\nexport default {};\n", two=of_two + "export default {};\n")
    with pytest.raises(page.PageError, match="a is declared twice in one, two"):
        page.script("one", "two")


def test_all_files_of_a_page_can_be_joined():
    assert "function renderLive(" in page.script(*ALL, "one_file.js")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("const a = 1;\n", r"one must have one line `export default ...;`, it has 0"),
        ("export default { a };\nexport default { a };\n", "it has 2"),
        ("export default {\n  a,\n};\n", "it has 0"),
        ("export const a = 1;\nexport default { a };\n", "one: 'export const a = 1;' cannot be joined"),
        ("import a from 'a';\nexport default { a };\n", "one: \"import a from 'a';\" cannot be joined"),
    ],
)
@pytest.mark.parametrize("join", [page.script, page.module])
def test_a_file_that_cannot_be_joined_is_named(folder, text, fault, join):
    folder(one=text, two="export default {};\n")
    with pytest.raises(page.PageError, match=fault):
        join("one", "two")


def test_a_place_in_a_text_is_left_alone(folder):
    folder(film="<[[A]]|[[B]]>")
    assert page.fill("film", A="[[B]][[C]]", B=r"\1[[A]]") == r"<[[B]][[C]]|\1[[A]]>"


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("[[A]]", r"film: \[\[B\]\] is not there$"),
        (
            "[[A]] [[b]] [[ B ]]",
            r"film: \[\[B\]\] is not there; \[\[b\]\] has no text; \[\[ B \]\] has no text",
        ),
        ("[[A]] [[B]] [[STYLE]]", r"film: \[\[STYLE\]\] has no text"),
        ("[[A]] [[B]] [[A]]", r"film: \[\[A\]\] is there 2 times"),
    ],
)
def test_a_place_that_is_missing_left_over_or_double_is_named(folder, template, fault):
    folder(film=template)
    with pytest.raises(page.PageError, match=fault):
        page.fill("film", A="a", B="b")

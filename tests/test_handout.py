"""A page for print: what is folded stands at the end, and every kind of page is written by its command."""

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import gmm_teach as gt
from gmm_teach.page import handout
from gmm_teach.page.__main__ import main
from gmm_teach.page.cells import folding, outcomes
from gmm_teach.page.exporters import DeckExporter, PageExporter
from gmm_teach.widgets.in_page import on_paper

PAGE = """<html><body><main><p>What is 1 + 1?</p>
<details><summary>A. One.</summary><p>No.</p></details>
<details><summary>B. Two.</summary><p>Yes.</p></details>
<p>Between.</p><details class="of-picture"><summary>Code</summary>plot()</details>
<details class="solution"><summary>Solution</summary><pre>2</pre></details>
<script>alert()</script></main></body></html>"""


def test_answers_stand_at_the_end_under_their_numbers():
    page = BeautifulSoup(handout.with_answers_last(PAGE), "html.parser")
    assert not page.select("details, script")
    assert "plot()" not in page.text
    words, answers = (" ".join(part.split()) for part in page.get_text(" ").split("Answers"))
    assert words == (
        "What is 1 + 1? A. One. B. Two. Answer 1 is at the end. Between. Answer 2 is at the end."
    )
    assert answers == "A. One. No. B. Two. Yes. 2"
    assert len(page.ol.find_all("li", recursive=False)) == 2


def test_pictures_on_paper_have_alternative_texts(two_blobs):
    trace = gt.run_em(*two_blobs, max_iter=2, tol=0)
    film = gt.widgets.player(trace, size=(3, 2), dpi=50, progress=False)
    for stage in (film, gt.widgets.bell()):
        pictures = BeautifulSoup(on_paper(stage), "html.parser").find_all("img")
        assert pictures
        assert all(len(picture["alt"]) > 20 for picture in pictures)


def test_without_chromium_one_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(handout.shutil, "which", lambda name: None)
    with pytest.raises(FileNotFoundError, match="Chromium is needed to print: install it"):
        handout.print_pdf(PAGE, tmp_path / "page.pdf")


@pytest.mark.parametrize(
    ("options", "ending", "begin"),
    [
        ([], ".html", b"<!doctype html>"),
        (["--slides"], ".slides.html", b"<!doctype html>"),
        (["--pdf"], ".pdf", b"%PDF"),
    ],
)
def test_each_kind_of_page_is_written(options, ending, begin, monkeypatch, tmp_path, capsys):
    """The notebook itself is run in tests/browser."""
    written = []
    for kind in ("page_of", "slides_of", "handout_of"):
        monkeypatch.setattr(
            f"gmm_teach.page.notebook.{kind}",
            lambda path, kind=kind: written.append(kind) or "<!doctype html>",
        )
    monkeypatch.setattr(handout, "print_pdf", lambda html, path: path.write_bytes(b"%PDF"))
    main(["some.ipynb", "--to", str(tmp_path), *options])
    assert (tmp_path / f"some{ending}").read_bytes().startswith(begin)
    assert len(written) == 1
    assert f"some{ending}: 0.0 MB" in capsys.readouterr().out


def test_one_kind_at_a_time(capsys):
    with pytest.raises(SystemExit):
        main(["some.ipynb", "--slides", "--pdf"])
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "metadata", "folded"),
    [
        (
            "def q_solution(x):\n    return x",
            {"tags": ["solution"], "jupyter": {"source_hidden": True}},
            "Solution",
        ),
        ("# A worked answer.\nwhich_solution = -300", {"tags": ["solution"]}, "Solution"),
        ("gt.show(figure)", {"jupyter": {"source_hidden": True}}, "Code"),
        ("gt.widgets.bell()", {}, "Code"),
        ("answer = ...", {"tags": ["exercise"]}, ""),
    ],
)
def test_a_worked_answer_is_folded_as_one_whatever_it_is(source, metadata, folded):
    assert folding(new_code_cell(source, metadata=metadata)) == folded


def test_outcomes_are_folded_on_a_page_and_have_a_step_of_their_own_on_slides():
    asked = new_markdown_cell("**Predict.** Is it 4?")
    told = new_output("stream", name="stdout", text="it is 5")
    cells = [new_code_cell("print()", outputs=[told]) for _ in range(3)]
    tagged = new_code_cell("print()", outputs=[told], metadata={"tags": ["outcome"]})
    widget = new_code_cell("gt.widgets.bell()", outputs=[told])
    notebook = new_notebook(cells=[asked, widget, *cells[:2], new_markdown_cell("# So"), cells[2], tagged])
    assert outcomes(notebook) == [*cells[:2], tagged]
    for cell in cells[:2]:
        cell.metadata["jupyter"] = {"outputs_hidden": True}
    page, slides = (one(html="").from_notebook_node(notebook)[0] for one in (PageExporter, DeckExporter))
    details = BeautifulSoup(page, "html.parser").select("details.outcome")
    assert ["it is 5" in one.get_text() for one in details] == [True, True]
    assert details[0].summary.get_text() == "What comes out"
    assert "details.outcome" not in slides
    assert not BeautifulSoup(slides, "html.parser").select("details.outcome")

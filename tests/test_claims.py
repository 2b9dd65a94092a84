"""How claims are held; those of the notebooks, in tests/claims, are held as nbval runs them."""

import re

import nbformat
import pytest
from lesson import Prose, after, run


def a_notebook(words, *code):
    cells = [nbformat.v4.new_markdown_cell(words, id="words")]
    cells += [nbformat.v4.new_code_cell(source, id=f"code-{n}") for n, source in enumerate(code)]
    return nbformat.v4.new_notebook(cells=cells)


@after("code-0")
def half(says, x):
    says(f"It is {x:.2f}, no more.")


def test_a_number_of_the_text_or_of_the_code_that_changes_is_found():
    run(a_notebook("It is 0.50,\nno more.", "x = 0.5"), [half])
    for words, code in (("It is 0.51, no more.", "x = 0.5"), ("It is 0.50, no more.", "x = 0.51")):
        with pytest.raises(AssertionError, match=r"does not say: It is 0\.5"):
            run(a_notebook(words, code), [half])


def test_a_claim_sees_the_names_as_they_are_after_its_cell():
    run(a_notebook("It is 0.50, no more.", "x = 0.5", "x = 7"), [half])


def test_a_claim_of_no_cell_is_found():
    with pytest.raises(AssertionError, match="not there"):
        run(a_notebook("It is 0.50, no more."), [half])


def test_numbers_that_nothing_holds_are_found_and_equations_are_none():
    words = "By (7.1), $$x = 0.1$$ it is 0.2 and `0.3`. ## Sources Chapter 9.3"
    (loose,) = Prose(a_notebook(words)).loose_numbers()
    assert re.search(r"it is 0\.2", loose)
    with pytest.raises(AssertionError):
        run(a_notebook(words, "x = 1"), [])


def test_a_worked_answer_that_is_wrong_is_found():
    check = "gt.checks.watch_em_think.ellipse_mover(answer)"
    for letter in "ME":
        nb = a_notebook("", "import gmm_teach as gt\nanswer = ...", check, f'ellipse_solution = "{letter}"')
        nb.cells[-1].metadata["tags"] = ["solution"]
        if letter == "M":
            run(nb, [])
        else:
            with pytest.raises(AssertionError, match="code-2"):
                run(nb, [])

"""Formulas and links of a page: as MathML, each with its number, and only where they are formulas."""

import re
from pathlib import Path

import nbformat
import pytest

from gmm_teach.page.exporters import PageExporter
from gmm_teach.page.words_of_a_page import equation, for_a_page

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def test_formulas_become_mathml_and_code_stays():
    html = for_a_page("<p>Let $x_n$ be <code>$x$</code>, at 5 $ each.</p>")
    assert html.startswith('<p>Let <math display="inline" xmlns="http://www.w3.org/1998/Math/MathML">')
    assert html.endswith("be <code>$x$</code>, at 5 $ each.</p>")
    assert html.count("<msub>") == 1


def test_a_displayed_formula_has_its_number_at_its_side():
    html = for_a_page(r"<p>$$p(x) = \sum_k \pi_k \tag{3.1}$$</p>")
    assert html.startswith('<p><span class="equation"><math')
    assert html.endswith("</math><span>(3.1)</span></span></p>")
    assert "tag" not in html


def test_smaller_than_is_no_tag():
    html = for_a_page("<p>$a &lt; b$</p>")
    assert "<mo>&lt;</mo>" in html


def test_a_function_keeps_its_distance():
    assert equation(r"\log p", display=False).count("<mspace") == 1
    assert "mspace" not in equation(r"\log(p)", display=False)
    assert equation(r"N_k \log(p)", display=False).count("<mspace") == 1
    assert "mspace" not in equation(r"(\log(p))", display=False)


def test_a_displayed_sum_has_its_limits_below_in_a_group_too():
    group = r"\underbrace{\sum_k \sum_{n=1}^N x}_{y}"
    assert equation(group, display=True).count("<munder><mo>\u2211</mo>") == 1
    assert equation(group, display=True).count("<munderover><mo>\u2211</mo>") == 1
    assert "<munder>" not in equation(r"\sum_k x", display=False)


def test_a_bar_stands_close_to_what_it_holds():
    assert equation(r"|x|", display=False).count('lspace="0"') == 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_formula_of_the_course_is_understood(path):
    exporter = PageExporter()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            html = for_a_page(exporter.markdown2html({}, cell.source))
            words = re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)
            assert "$" not in words
            assert not re.search(r"<mo>\*</mo>(?!</m)", words), words  # a star is an exponent
            assert "\\" not in words, words  # a command that is not known stays as it is
            assert ("<math" in html) == bool(re.search(r"\$\S", re.sub("`.*?`", "", cell.source)))


def test_links_lead_to_pages_or_nowhere():
    html = for_a_page(
        '<a href="06_b.ipynb#top">six</a> <a href="GLOSSARY.md">g</a> <a href="https://example.org">e</a>'
    )
    assert html == '<a href="06_b.html#top">six</a> g <a href="https://example.org">e</a>'

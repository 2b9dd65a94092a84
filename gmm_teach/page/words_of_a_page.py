"""The words of a page: formulas as MathML, which browsers draw by themselves, and links between pages."""

import re

from bs4 import BeautifulSoup, NavigableString
from latex2mathml.converter import convert

FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n](?:[^$]*[^$\s])?)\$", re.DOTALL)
TAG = re.compile(r"\s*\\tag\{(.*?)\}")
FUNCTION = re.compile(r"\\(log|exp|det|max|min)\s+(?=[\w\\])(?!\\(?:left|big|Big|bigl|Bigl|,))")
BEFORE = re.compile(r"(?<=[\w})\]])\s*(?=\\(?:log|exp|det|max|min)\b)")  # a function
LIMITS = {"msub": "munder", "msubsup": "munderover"}
UNKNOWN = {r"\operatorname*": r"\operatorname", r"\arg": r"\operatorname{arg}"}  # to latex2mathml
AS_THEY_ARE = ("code", "pre", "script", "style")


def for_a_page(html: str) -> str:
    """The HTML with its formulas, $...$ and $$...$$ outside code, as MathML, and its links led to pages.

    A link to a notebook leads to the notebook's page; of what no page holds, the words stay.
    """
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=lambda string: "$" in string):
        if not text.find_parents(AS_THEY_ARE):
            text.replace_with(*_parts(text))
    for link in soup.find_all("a", href=re.compile(r"^(?!https?:|#|mailto:)")):
        if link["href"].split("#")[0].endswith(".ipynb"):
            link["href"] = link["href"].replace(".ipynb", ".html")
        else:
            link.unwrap()
    return str(soup)


def equation(latex: str, *, display: bool) -> str:
    """One formula as HTML; a displayed one with its number, if it has one, at the right."""
    number = TAG.search(latex)
    latex = BEFORE.sub(r"\\,", FUNCTION.sub(r"\\\1\\,", TAG.sub("", latex)))
    for unknown, known in UNKNOWN.items():
        latex = latex.replace(unknown, known)
    math = convert(latex.strip(), display="block" if display else "inline").replace(r"\_", "_")
    math = _as_tex_sets_it(math, display)
    if not display:
        return math
    said = f"<span>({number[1]})</span>" if number else ""
    return f'<span class="equation">{math}{said}</span>'


def _as_tex_sets_it(math, display):
    """MathML with bars close to what they hold, and in a displayed formula limits below each sum."""
    soup = BeautifulSoup(math, "html.parser")
    for sign in soup.find_all("mo", string=["|", "\u2211", "\u220f"]):
        if sign.string == "|":
            sign.attrs |= {"lspace": "0", "rspace": "0"}
        elif display:
            sign.parent.name = LIMITS.get(sign.parent.name, sign.parent.name)
    return str(soup)


def _parts(text):
    """The pieces of a text: what stands between formulas, and the formulas."""
    parts, at = [], 0
    for match in FORMULA.finditer(text):
        parts.append(NavigableString(text[at : match.start()]))
        html = equation(match["display"] or match["inline"], display=bool(match["display"]))
        parts.append(BeautifulSoup(html, "html.parser"))
        at = match.end()
    return [*parts, NavigableString(text[at:])]

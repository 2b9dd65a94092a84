"""A page for print: predictions and exercises in their place, and all answers at the end."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from bs4 import BeautifulSoup

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def with_answers_last(html: str) -> str:
    """The page with what is folded in it moved to its end, under a number that stands in its place."""
    soup = BeautifulSoup(html, "html.parser")
    for code in soup.select("details.of-picture, script"):
        code.decompose()
    answers = soup.new_tag("ol")
    while (first := soup.find("details")) is not None:
        choices = [first]
        while (following := choices[-1].find_next_sibling()) is not None and following.name == "details":
            choices.append(following)
        answers.append(_answer(soup, choices, len(answers) + 1))
    soup.main.append(_heading(soup, "Answers"))
    soup.main.append(answers)
    return str(soup)


def find_chromium() -> str | None:
    """Path of an installed Chromium."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def print_pdf(html: str, path: Path) -> None:
    """Print a page to a PDF by an installed Chromium; raises FileNotFoundError if there is none."""
    chromium = find_chromium()
    if chromium is None:
        raise FileNotFoundError("Chromium is needed to print: install it (Debian: apt-get install chromium)")
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [chromium, *options, f"--print-to-pdf={path.resolve()}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def _answer(soup, choices, number):
    """What is folded in a row of choices, as an entry of the list; their words and its number stay."""
    entry, place = soup.new_tag("li"), soup.new_tag("div")
    for choice in choices:
        summary = choice.summary.extract()
        words = summary.get_text()
        if len(choices) > 1:
            place.append(_paragraph(soup, words))
            entry.append(_paragraph(soup, words, "strong"))
        entry.extend(list(choice.contents))
    place.append(_paragraph(soup, f"Answer {number} is at the end.", "em"))
    choices[0].insert_before(place)
    for choice in choices:
        choice.decompose()
    return entry


def _paragraph(soup, words, tag="span"):
    paragraph, inner = soup.new_tag("p"), soup.new_tag(tag)
    inner.string = words
    paragraph.append(inner)
    return paragraph


def _heading(soup, words):
    heading = soup.new_tag("h2")
    heading.string = words
    return heading

"""The page's files, joined: modules and styles of widgets, the page of a saved film; and pieces of HTML."""

import json
import re
from base64 import b64encode
from collections import Counter
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
EXPORT = re.compile(r"^export default .*;\n", re.MULTILINE)
FILM = ("fold.js", "posters.js", "stage.js")
LIVE = (
    *FILM,
    *("frames.js", "events.js", "form.js", "predict.js"),
    *("drag.js", "hover.js", "pointer.js", "live.js"),
)
PLAYER = (*FILM, "frames.js", "player.js")
STYLES = ("stage.css", "live.css", "here.css")
WITHOUT_PYTHON = ("model.js", "stored.js", "combinations.js", "places.js", "baked.js", "start.js")
PLACE = re.compile(r"\[\[(.*?)\]\]")
DECLARED = re.compile(r"^(?:const|let|class|function|async function) (\w+)", re.MULTILINE)


class PageError(Exception):
    """A file of the page is not what it must be, so nothing that would fail in the browser is made of it."""


def read(name: str) -> str:
    """The text of one of the page's files."""
    return (FOLDER / name).read_text(encoding="utf-8")


def styles(*names: str) -> str:
    """Style sheets, one after the other."""
    return "".join(map(read, names))


def script(*names: str) -> str:
    """JavaScript files one after the other, without their exports, to stand in a page.

    Raises PageError where two declare the same name, as no browser would run them.
    """
    joined = "".join(text for text, _ in map(_split, names))
    twice = [name for name, n in Counter(DECLARED.findall(joined)).items() if n > 1]
    if twice:
        raise PageError(f"{twice[0]} is declared twice in {', '.join(names)}")
    return joined


def module(*names: str) -> str:
    """JavaScript files as one module, which exports what the last of them exports."""
    _, export = _split(names[-1])
    return script(*names) + export


def script_of_page() -> str:
    """Style and script, as HTML, that make every widget of a page live."""
    return (
        f'<style>{styles(*STYLES)}</style>\n<script type="module">{script(*LIVE, *WITHOUT_PYTHON)}</script>'
    )


def picture(png: bytes, words: str) -> str:
    """An `<img>` that holds the picture and its alternative text."""
    source = f"data:image/png;base64,{b64encode(png).decode()}"
    return f'<img style="max-width: 100%" alt="{escape(words)}" src="{source}">'


def json_in_a_script(value) -> str:
    """JSON that may stand in a `<script>`, whatever is in its texts."""
    return json.dumps(value).replace("<", "\\u003c")


def fill(name: str, **texts: str) -> str:
    """The template with each `[[NAME]]` replaced by its text; what stands in a text is left as it is.

    Raises PageError unless every text has its place in the template, once, and every place its text.
    """
    template = read(name)
    places = PLACE.findall(template)
    faults = [f"[[{place}]] is not there" for place in texts if place not in places]
    faults += [f"[[{place}]] has no text" for place in dict.fromkeys(places) if place not in texts]
    faults += [
        f"[[{place}]] is there {places.count(place)} times" for place in texts if places.count(place) > 1
    ]
    if faults:
        raise PageError(f"{name}: {'; '.join(faults)}")
    return PLACE.sub(lambda match: texts[match[1]], template)


def _split(name):
    """A JavaScript file without its one `export default ...;`, and that line."""
    text = read(name)
    exports = EXPORT.findall(text)
    if len(exports) != 1:
        raise PageError(f"{name} must have one line `export default ...;`, it has {len(exports)}")
    rest = EXPORT.sub("", text)
    left = re.search(r"^\s*(?:export|import)\b.*", rest, re.MULTILINE)
    if left:
        raise PageError(f"{name}: {left[0].strip()!r} cannot be joined to other files")
    return rest, exports[0]

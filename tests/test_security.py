"""Nothing that a reader runs executes text, unpickles, starts a process or loads from a network."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from scan import last_name, python_faults, text_faults

import gmm_teach as gt

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gmm_teach"
PYTHON = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".js", ".html", ".css"})
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NEEDED = {
    "gmm_teach/__init__.py": ["from importlib import import_module\n"],
    "gmm_teach/page/handout.py": ["import subprocess\n"],  # Chromium prints, where a reader asks for a PDF
    "gmm_teach/page/exporters.py": ["from importlib.util import find_spec\n"],  # where reveal.js lies
    "gmm_teach/page/words_of_a_page.py": ["https?:|"],  # links that stay as they are
    # a lesson and its films, beside the page
    "gmm_teach/page/one_file.js": [
        "fetch(address)",
        "URL(film, address)",
        "URL(button.dataset.oneFile, location)",
    ],
    "gmm_teach/page/stored.js": ["fetch(url)"],  # of films in the page itself, or beside it
    "gmm_teach/widgets/in_page.py": [
        "    from IPython import get_ipython\n",
        "    get_ipython().display_formatter.ipython_display_formatter.for_type(Stage, show)\n",
    ],
}


def relative(path):
    return path.relative_to(ROOT).as_posix()


def without_what_is_needed(path):
    source = path.read_text(encoding="utf-8")
    for line in NEEDED.get(relative(path), ()):
        assert source.count(line) == 1
        source = source.replace(line, "")
    return source


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_package(path):
    assert python_faults(without_what_is_needed(path), files="widgets" not in path.parts) == []


def test_package_imports_by_name_only_its_own_files():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert {ast.unparse(call) for call in calls if last_name(call.func) == "import_module"} == {
        "import_module(f'{__name__}.{name}')",
        "import_module(f'{__name__}.{_NAMES_ON_FIRST_USE[name]}')",
    }
    for name in {*gt._ON_FIRST_USE, *gt._NAMES_ON_FIRST_USE.values()}:
        assert (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()
    with pytest.raises(AttributeError):
        gt.__getattr__("vectorized.np")


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_pages(path):
    assert text_faults(without_what_is_needed(path)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=relative)
def test_notebooks(path):
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert python_faults(source) == [], f"cell {number}"
        else:  # links are for readers to follow; pictures and scripts would load by themselves
            assert not re.search(r"!\[[^]]*\]\(\s*(?:http|//)|<(?:script|img|iframe|link)\b", source, re.I)


class Scripts(HTMLParser):
    """Counts the elements of a page that can load or execute something."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "link", "img", "iframe", "object", "embed", "base"}:
            self.found.append((tag, dict(attributes)))
        self.found += [name for name, _ in attributes if name.startswith("on")]


def test_a_text_cannot_add_a_script_to_a_film(two_blobs, tmp_path):
    text = "</title></script><!--<script src=x></script><img src=x onerror=x>[[STATE]]"
    trace = gt.run_em(*two_blobs, max_iter=1)._replace(status=text)
    path = gt.frames.save(trace, tmp_path / "film.html", title=text, progress=False)
    page, scripts = path.read_text(encoding="utf-8"), Scripts()
    scripts.feed(page)
    assert scripts.found == [("script", {"type": "module"})]
    state = json.loads(re.search(r"const state = (.*);\n", page)[1])
    assert state["captions"][-1].endswith(text)
    assert "; &lt;/title&gt;&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("x = 1\neval(text)", "line 2: eval"),
        ("run = exec", "line 1: exec"),
        ("compile(text, 'a', 'exec')", "line 1: compile"),
        ("__import__('os')", "line 1: __import__"),
        ("frame.eval('a + b')", "line 1: eval"),
        ("f.__globals__['os']", "line 1: __globals__"),
        ("import numpy, pickle", "line 1: pickle"),
        ("import urllib.request as u", "line 1: urllib.request"),
        ("from subprocess import run", "line 1: subprocess"),
        ("from importlib import import_module", "line 1: importlib"),
        ("from os import system", "line 1: system"),
        ("import os as o\no.system('ls')", "line 2: system"),
        ("os.popen('ls')", "line 1: popen"),
        ("os.execv('ls', [])", "line 1: execv"),
        ("os.spawnlp(0, 'ls')", "line 1: spawnlp"),
        ("os.posix_spawn('ls', [], {})", "line 1: posix_spawn"),
        ("np.load('a.npy', allow_pickle=True)", "line 1: allow_pickle"),
        ("pd.read_pickle('a')", "line 1: read_pickle"),
        ("!ls", "line 1: not plain Python"),
        ("x = 1\n%pip install x", "line 2: not plain Python"),
        ("%%bash\nls", "line 1: not plain Python"),
        ("files = !ls", "line 1: not plain Python"),
        ("get_ipython().run_line_magic('pip', '')", "line 1: get_ipython"),
        ("np.loadtxt('HTTP://a')", "line 1: HTTP"),
        ("f'https://{host}'", "line 1: http"),
        ("page = '<script src=//cdn.a></script>'", "line 1: //cdn"),
        ("page = '<script src=\"a.js\"></script>'", "line 1: <script src="),
    ],
)
def test_the_scan_finds_in_python(code, fault):
    assert fault in python_faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "def f(p):\n    open(p)",
        "f = lambda p: p.read_text()",
        "class A:\n    def f(self): gt.datasets.from_csv('a', 'x')",
    ],
)
def test_the_scan_finds_files_in_widgets(code):
    assert python_faults(code) == []
    assert len(python_faults(code, files=False)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "eval ('1')",
        "new Function('a', 'b')",
        "setTimeout('go()', 1)",
        "node.innerHTML = text",
        "node.insertAdjacentHTML('beforeend', text)",
        "document.write(text)",
        "await fetch(address)",
        "await import(address)",
        "import a from 'a'",
        "import { a } from './a.js'",
        "import './a.js'",
        "new XMLHttpRequest()",
        "new WebSocket(address)",
        "new Worker(address)",
        "@import 'a.css'",
        "background: url(a.png)",
        "<link rel=stylesheet href=a.css>",
        "<iframe\n src=a>",
        "const cdn = 'https:'",
        "src = '//cdn.a'",
    ],
)
def test_the_scan_finds_in_pages(text):
    assert text_faults(text)


@pytest.mark.parametrize(
    "code",
    [
        "import re\nre.compile('a')",
        "rng.spawn(2)",
        "client.execute()",
        "x %= 2",
        "from .code import run\nnp.load('a')",
    ],
)
def test_the_scan_lets_pass(code):
    assert python_faults(code) == []

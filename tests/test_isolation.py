"""Every notebook runs with no disk to write to and no network, and every cell of it twice in a row."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

HERE = Path(__file__).parent
FOLDER = HERE.parent / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
TRIES = {
    # what a cell might do in a read-only folder that holds some.csv: how the guard answers
    "open('new.txt', 'w')": "PermissionError: guard: new.txt is read-only",
    "open('some.csv', 'a')": "PermissionError: guard: some.csv is read-only",
    "open('some.csv', 'r+b')": "PermissionError: guard: some.csv is read-only",
    "pathlib.Path('new.txt').touch()": "PermissionError: guard: new.txt is read-only",
    "numpy.save('new', numpy.eye(2))": "PermissionError: guard: new.npy is read-only",
    "os.mkdir('new')": "PermissionError: guard: new is read-only",
    "os.remove('some.csv')": "PermissionError: guard: some.csv is read-only",
    "os.replace('some.csv', '../other.csv')": "PermissionError: guard: some.csv is read-only",
    "shutil.copy('../other.csv', '.')": "PermissionError: guard: other.csv is read-only",
    "os.symlink('../other.csv', 'link.csv')": "PermissionError: guard: link.csv is read-only",
    "os.chmod('.', 0o777)": "PermissionError: guard: notebooks is read-only",
    'another_process(\'open("new.txt", "w")\')': "PermissionError: guard: new.txt is read-only",
    "socket.create_connection(('192.0.2.1', 9), 1)": "OSError: guard: no network, so no 192.0.2.1",
    "socket.create_connection(('2001:db8::1', 9), 1)": "OSError: guard: no network, so no 2001:db8::1",
    "datagram.sendto(b'', ('192.0.2.1', 9))": "OSError: guard: no network, so no 192.0.2.1",
    "socket.gethostbyname('example.org')": "OSError: guard: no network, so no example.org",
    "http.client.HTTPConnection('example.org').connect()": "OSError: guard: no network, so no example.org",
    "open('some.csv').read()": "done",
    "open('../other.csv', 'a')": "done",
    "tempfile.TemporaryFile()": "done",
    "socket.create_connection(server.getsockname())": "done",
}
INSIDE = re.compile(r' src="data:image/png;base64,[^"]*"')
TRY_ALL = """
import http.client, os, pathlib, shutil, socket, subprocess, sys, tempfile, numpy

def another_process(code):
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    raise PermissionError(done.stderr.splitlines()[-1].removeprefix("PermissionError: "))

server = socket.create_server(("127.0.0.1", 0))
datagram = socket.socket(type=socket.SOCK_DGRAM)
for code in sys.argv[1:]:
    try:
        eval(code)
        print("done")
    except OSError as error:
        print(f"{type(error).__name__}: {error}")
"""
LAST_CELL = """
import socket
for attempt in (lambda: open("new.txt", "w"), lambda: socket.create_connection(("192.0.2.1", 9), 1)):
    try:
        attempt()
    except OSError as error:
        print(error)
"""


def isolated(folder):
    """The environment of a Python that may not write below folder, nor leave this machine."""
    return os.environ | {"PYTHONPATH": str(HERE / "isolated"), "GMM_TEACH_READ_ONLY": str(folder)}


def test_the_guard_refuses_what_it_must_and_no_more(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "some.csv").write_text("x\n1\n")
    (tmp_path / "other.csv").write_text("x\n2\n")
    command = [sys.executable, "-c", TRY_ALL, *TRIES]
    done = subprocess.run(
        command, env=isolated(folder), cwd=folder, capture_output=True, text=True, check=True
    )
    assert dict(zip(TRIES, done.stdout.splitlines(), strict=True)) == TRIES
    assert [path.name for path in folder.iterdir()] == ["some.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_read_only_offline_and_each_cell_twice(name, tmp_path):
    folder = tmp_path / "notebooks"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(".*"))
    folder.chmod(0o555)  # binds an ordinary user, outside Python too
    before = contents(folder)
    assert run_twice(folder / name) == {}
    assert contents(folder) == before


def test_a_cell_that_counts_its_runs_is_found(tmp_path):
    cells = ["n = 0", "n += 1\nprint(n)", "print(n)"]
    cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    cells[1].outputs = cells[2].outputs = [nbformat.v4.new_output("stream", text="1\n")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "counts.ipynb")
    one, two = {"stdout": "1\n"}, {"stdout": "2\n"}
    assert run_twice(tmp_path / "counts.ipynb") == {2: (one, one, two), 3: (one, two, two)}


def run_twice(path):
    """Run a notebook; returns {number of a code cell: (stored, first run, second run)} where they differ."""
    notebook = twice(nbformat.read(path, as_version=4))
    stored = [texts(cell) for cell in notebook.cells[:-1:2]]
    client = NotebookClient(notebook, kernel_name="python3", store_widget_state=False, timeout=None)
    client.execute(cwd=path.parent, env=isolated(path.parent))
    *shown, last = map(texts, notebook.cells)
    assert last == {"stdout": "guard: new.txt is read-only\nguard: no network, so no 192.0.2.1\n"}
    runs = zip(stored, shown[::2], shown[1::2], strict=True)
    ignored = ["nbval-ignore-output" in cell.metadata.get("tags", []) for cell in notebook.cells[:-1:2]]
    return {
        number: run
        for number, (run, ignore) in enumerate(zip(runs, ignored, strict=True), 1)
        if not ignore and not run[0] == run[1] == run[2]
    }


def contents(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


def twice(notebook):
    """The notebook's code cells, each twice, and a last one that tries what the guard must refuse."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells += [cell, nbformat.v4.new_code_cell(cell.source, metadata=cell.metadata)]
    return nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(LAST_CELL)])


def texts(cell):
    """All text that a cell shows, {kind: text}: no pictures, no widget views."""
    found = {}
    for output in cell.outputs:
        shown = {output.name: output.text} if output.output_type == "stream" else output.get("data", {})
        for kind, text in shown.items():
            if kind in ("stdout", "stderr") or kind.startswith("text/"):
                found[kind] = found.get(kind, "") + INSIDE.sub("", text)
    return found

"""A notebook run cell by cell in this process, so that what it says can be held to what it computes."""

import ast
import re
import runpy
import warnings
from functools import cache
from pathlib import Path

import matplotlib
import nbformat
import numpy as np

from gmm_teach.widgets import on_request

FOLDER = Path(__file__).parents[1] / "notebooks"
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*\.\d+")
NO_PROSE = (
    r"\$\$.*?\$\$",  # equations on lines of their own
    r"`[^`]*`",
    r"\(\d+\.\d+\)",  # references to equations, and their parts
    r"(?<=and )\(?\d+\.\d+\)",
    r"\]\([^)]*\)",
    r"(?s)## Sources.*",
)


def after(cell):
    """Mark a function as a claim: it is called when that cell of the notebook has run.

    Its parameters are names of the notebook; `says(sentence)` and `given(sentence)` are this module's.
    """

    def mark(function):
        function.after = cell
        return function

    return mark


def one_space(text) -> str:
    """The text without line breaks and with single spaces."""
    return " ".join(text.split())


class Prose:
    """The words of a notebook, and which of them have been held to numbers."""

    def __init__(self, notebook):
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        self.text = one_space("\n".join(cells))
        self.held = np.zeros(len(self.text), dtype=bool)
        self.unspoken = np.zeros(len(self.text), dtype=bool)
        for pattern in NO_PROSE:
            for found in re.finditer(pattern, self.text):
                self.unspoken[slice(*found.span())] = True

    def says(self, sentence) -> None:
        """Assert that the notebook says a sentence, in which the numbers are computed ones."""
        sentence = one_space(sentence)
        starts = [found.start() for found in re.finditer(re.escape(sentence), self.text)]
        assert starts, f"the notebook does not say: {sentence}"
        for start in starts:
            self.held[start : start + len(sentence)] = True

    def loose_numbers(self) -> list[str]:
        """The numbers with decimals that no claim holds, each with the words around it."""
        return [
            self.text[max(0, found.start() - 60) : found.end() + 25]
            for found in NUMBER.finditer(self.text)
            if not (self.held | self.unspoken)[slice(*found.span())].all()
        ]


class Claims:
    """The claims of a notebook, to be called as its cells run."""

    def __init__(self, notebook, claims):
        self.prose, self.cells = Prose(notebook), notebook.cells
        self.ids = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
        known = {cell.id for cell in self.cells}
        assert {claim.after for claim in claims} <= known, "a claim's cell is not there"
        self.claims = [(self._code_before(claim.after), claim) for claim in claims]

    def hold(self, cell_id, names) -> None:
        """Hold what is claimed after a cell, given the notebook's names; after the last one, all its numbers.

        A cell with a worked answer claims that the answer passes the check of the cell above.
        """
        at = self.ids.index(cell_id)
        above, cell = self._cell(self.ids[at - 1]), self._cell(cell_id)
        if "solution" in cell.metadata.get("tags", []):
            assert worked_answer(above.source, cell.source, names).passed, cell_id
        says = {"says": self.prose.says, "given": self.prose.says}
        for after, claim in self.claims:
            if after == cell_id:
                claim(**wanted(claim, names | says))
        if cell_id == self.ids[-1]:
            loose = self.prose.loose_numbers()
            assert loose == [], loose

    def _code_before(self, cell_id):
        """The last cell of code up to a cell of text, or itself."""
        up_to = [cell.id for cell in self.cells]
        before = [one for one in up_to[: up_to.index(cell_id) + 1] if one in self.ids]
        return before[-1] if before else self.ids[0]

    def _cell(self, cell_id):
        return next(cell for cell in self.cells if cell.id == cell_id)


def run(notebook, claims) -> None:
    """Run a notebook's code cells in this process, and hold its claims after each."""
    held, names = Claims(notebook, claims), {"__name__": "__main__"}
    with warnings.catch_warnings(), np.printoptions(), matplotlib.rc_context({"backend": "agg"}):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, cell.id, "exec"), names)
                held.hold(cell.id, names)


def wanted(claim, names) -> dict:
    """The names that a claim asks for."""
    code = claim.__code__
    return {name: names[name] for name in code.co_varnames[: code.co_argcount]}


def worked_answer(check, solution, names):
    """The feedback on a solution, by the check of the cell above it."""
    call = ast.parse(check.strip().splitlines()[-1], mode="eval").body
    made = [names[name] for name in assigned(solution) if name.endswith("_solution")]
    others = [eval(ast.unparse(argument), names) for argument in call.args[len(made) :]]
    return eval(ast.unparse(call.func), names)(*made, *others)


def assigned(source) -> list[str]:
    """The functions and variables that a cell's lines make, in their order."""
    found = []
    for line in ast.parse(source).body:
        if isinstance(line, ast.FunctionDef):
            found.append(line.name)
        elif isinstance(line, ast.Assign):
            found += [target.id for target in line.targets if isinstance(target, ast.Name)]
    return found


def claims_of(number) -> list:
    """The claims in tests/claims of a notebook; none where it has no file there."""
    file = Path(__file__).parent / "claims" / f"{number:02}.py"
    named = runpy.run_path(str(file)).values() if file.exists() else ()
    return [value for value in named if hasattr(value, "after")]


@cache
def in_this_kernel(number) -> Claims:
    """The claims of a notebook whose cells run in this kernel.

    From here on a demo is displayed as to a reader: its film is drawn when a page asks. `test_isolation`
    draws them all.
    """
    on_request.someone_looks = lambda: True
    return Claims(load(number), claims_of(number))


def load(number) -> nbformat.NotebookNode:
    """The notebook of a number such as 7."""
    (path,) = FOLDER.glob(f"{number:02}_*.ipynb")
    return nbformat.read(path, as_version=4)

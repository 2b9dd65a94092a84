"""What a learner has done: a table to read, and a small file to hand in."""

import csv
from pathlib import Path
from types import ModuleType

from ..words import count
from .feedback import Check

COLUMNS = ("name", "notebook", "exercise", "state", "tries")
STATES = {True: "right", False: "not yet", None: "not started"}


class Summary:
    """The state of exercises, as a table; rows are tuples (notebook, exercise, state, tries)."""

    def __init__(self, rows: list[tuple]):
        self.rows = rows

    def __repr__(self) -> str:
        done = sum(state == STATES[True] for _, _, state, _ in self.rows)
        lines = [
            f"{notebook:<26}{exercise:<24}{state:<12}{count(tries, 'try') if tries else ''}".rstrip()
            for notebook, exercise, state, tries in self.rows
        ]
        return "\n".join([*lines, f"{done} of {count(len(self.rows), 'exercise')} right"])


def checks_of(module: ModuleType) -> dict[str, Check]:
    """The checks of a notebook, by name, in its order."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Check)}


def rows_of(modules: list[ModuleType]) -> list[tuple]:
    """A row for each check: (notebook, exercise, state, tries)."""
    return [
        (module.__name__.rpartition(".")[2], name, STATES[check.last.passed], check.tries)
        for module in modules
        for name, check in checks_of(module).items()
    ]


def hand_in(rows: list[tuple], file, name: str) -> None:
    """Write rows to a CSV file; rows of other notebooks that it holds already stay in it."""
    path = Path(file)
    new = {row[0] for row in rows}
    kept = [row for row in _read(path) if row[1] not in new] if path.exists() else []
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([COLUMNS, *kept, *((name, *row) for row in rows)])


def _read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream)) or [[]]
    if tuple(header) != COLUMNS:
        raise ValueError(f"file must be new, or one that summary wrote; {path.name} begins with {header}")
    return rows

"""What a notebook's cells say of themselves: title, minutes, and what is folded."""

import re

PICTURES = ("gt.show(", "gt.widgets.")
OUTCOME = "What comes out"
MINUTES = re.compile(r"\*\*(\d+) minutes")


def title_of(nb) -> str:
    """The first heading."""
    first = next(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return first.splitlines()[0].lstrip("# ")


def minutes_of(nb) -> int:
    """How long it takes, as its first cell says; 0 where it does not."""
    minutes = MINUTES.search(nb.cells[0].source)
    return int(minutes[1]) if minutes else 0


def folding(cell) -> str:
    """Why the code of a cell is folded: "Solution", "Code" of a picture, or "", if it is not."""
    if "solution" in cell.metadata.get("tags", []):
        return "Solution"
    is_hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
    return "Code" if is_hidden or any(call in cell.source for call in PICTURES) else ""


def outcomes(nb) -> list:
    """The cells of code whose outputs answer the prediction right above them, or that are tagged `outcome`.

    A widget is none: it shows nothing before it is touched.
    """
    found, predicted = [], False
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            predicted = cell.source.startswith("**Predict.**")
        elif (
            (predicted or "outcome" in cell.metadata.get("tags", []))
            and cell.outputs
            and "gt.widgets." not in cell.source
        ):
            found.append(cell)
    return found


def is_folded(cell) -> bool:
    """Whether the outputs of a cell are folded until a reader asks for them."""
    return bool(cell.metadata.get("jupyter", {}).get("outputs_hidden"))

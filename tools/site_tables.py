"""The site's tables, from what the course says elsewhere."""

import re
import shutil

from gmm_teach import params


def glossary(csv, path) -> None:
    """The glossary as a page."""
    shutil.copy(csv, path.parent)
    table = f"```{{csv-table}}\n:file: {csv.name}\n:header-rows: 1\n```\n"
    path.write_text(f"# Glossary\n\n{table}", encoding="utf-8")


def symbols(path) -> None:
    """The symbol table of `gmm_teach.params`, as a part of the reference's page."""
    lines = params.__doc__.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("---"))
    starts = [match.start() for match in re.finditer(r"-+", lines[at])]
    end = lines.index("", at)
    rows = [lines[at - 1], *lines[at + 1 : end]]
    cells = [[row[i:j].strip() for i, j in zip(starts, [*starts[1:], None], strict=True)] for row in rows]
    path.write_text(markdown(cells[0], cells[1:], code=2), encoding="utf-8")


def status(names, seconds, path) -> None:
    """How long each notebook took."""
    rows = [[name, f"{one:.0f}"] for name, one in zip(names, seconds, strict=True)]
    words = (
        "Seconds of each notebook in this build, with all films and sliders stored, and its slides written."
    )
    table = markdown(["notebook", "seconds"], rows)
    path.write_text(f"# Status\n\n{words}\n\n{table}", encoding="utf-8")


def markdown(head, rows, code=0) -> str:
    """A table; the first columns, so many as `code` says, are code."""
    lines = [head, ["---"] * len(head)]
    lines += [[f"`{cell}`" if cell and i < code else cell for i, cell in enumerate(row)] for row in rows]
    lines = [[cell.replace("|", r"\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

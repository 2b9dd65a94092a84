"""Whether somebody is there to look at a cell's output."""

from IPython import get_ipython


def someone_looks() -> bool:
    """Is the cell run from a page? nbclient and nbconvert say that nobody could answer an `input()`."""
    asked = getattr(get_ipython(), "get_parent", dict)() or {}
    return bool(asked.get("content", {}).get("allow_stdin"))

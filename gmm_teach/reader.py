"""Whether somebody is there to look at a cell's output, and what displays something there."""

import os
import sys
import threading
from collections.abc import Callable


def shell() -> object | None:
    """The IPython that runs the cells, or None. Nothing is imported for it."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def in_a_kernel() -> bool:
    """Does a kernel run the cells, for whatever client?"""
    return hasattr(shell(), "get_parent")


def someone_looks() -> bool:
    """Is the cell run from a page? nbclient and nbconvert say that nobody could answer an `input()`."""
    asked = getattr(shell(), "get_parent", dict)() or {}
    return bool(asked.get("content", {}).get("allow_stdin"))


def display_of_cell() -> Callable | None:
    """`publish` of the cell that is run from a page: what it displays can be displayed anew, in its place.

    None where nobody looks: in a message of a widget, another thread, or a copy of the kernel's process; and
    where outputs are kept for later, by `%%capture` or an Output widget.
    """
    publisher = getattr(shell(), "display_pub", None)
    session = getattr(publisher, "session", None)  # none where outputs are captured
    if session is None or session.pid != os.getpid() or not someone_looks():
        return None
    in_main_thread = threading.current_thread() is threading.main_thread()
    return publisher.publish if in_main_thread and not _in_an_output_widget() else None


def _in_an_output_widget():
    """An Output widget shows what is displayed first, and never anything anew."""
    widgets = getattr(sys.modules.get("ipywidgets.widgets.widget"), "_instances", {})
    return any(getattr(widget, "msg_id", "") for widget in [*widgets.values()])

"""A learner's function while it is judged: which one it is, whether it ends, whether it keeps its input."""

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer

import numpy as np

from ..reader import shell

PATIENCE = 10.0  # seconds
STILL = "Still running. If a loop of yours does not end, stop it: Kernel, Interrupt (or press I twice)."


@contextmanager
def patience() -> Iterator[None]:
    """Say how to stop code that has been running for long."""
    timer = Timer(PATIENCE, print, [STILL])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def changed(function, arguments: Sequence, originals: Sequence) -> str:
    """The name of the first argument whose arrays are not as they were; "" if all are."""
    for place, (now, then) in enumerate(zip(arguments, originals, strict=True)):
        if not _same(now, then):
            names = list(inspect.signature(function).parameters)
            return names[place] if place < len(names) else f"argument {place + 1}"
    return ""


def _same(now, then):
    """Whether an argument is as it was: its arrays, alone or in tuples and lists."""
    if isinstance(then, tuple | list):
        return len(now) == len(then) and all(map(_same, now, then))
    return not isinstance(then, np.ndarray) or np.array_equal(now, then, equal_nan=True)


def which(function, inputs: Sequence[str] | None = None) -> str:
    """In Jupyter, the cell that a function is from, as "(`fit` of cell 12.)", and whether a newer one failed.

    inputs are the cells that were run, by number; by default those of this session.
    """
    try:
        name, source = function.__name__, inspect.getsource(function)
    except (AttributeError, OSError, TypeError):
        return ""
    inputs = _inputs() if inputs is None else inputs
    having = [number for number, text in enumerate(inputs) if f"def {name}(" in text]
    own = [number for number in having if f"{source.strip()}\n" in f"{inputs[number]}\n"]
    if not own:
        return ""
    if own[-1] != having[-1]:
        newer = f"the newer one, in cell {having[-1]}, did not run: see its error"
        return f"(`{name}` of cell {own[-1]}; {newer}.)"
    return f"(`{name}` of cell {own[-1]}.)"


def _inputs():
    """The cells that were run; none outside IPython."""
    return getattr(shell(), "user_ns", {}).get("In", [])

"""A learner's function while it is judged: which one it is, whether it ends, whether it keeps its input."""

import dis
import inspect
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer

import numpy as np

PATIENCE = 10.0  # seconds
USES = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM")
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
    """The name of the first array among the arguments that is not as it was; "" if all are."""
    for place, (now, then) in enumerate(zip(arguments, originals, strict=True)):
        if isinstance(then, np.ndarray) and not np.array_equal(now, then, equal_nan=True):
            names = list(inspect.signature(function).parameters)
            return names[place] if place < len(names) else f"argument {place + 1}"
    return ""


def calls_one_of(function, names: Sequence[str]) -> str:
    """The first of these names that a function uses and its own notebook has not defined; "" if none."""
    codes, own = [getattr(function, "__code__", None)], getattr(function, "__globals__", {})
    used = set()
    while codes:
        code = codes.pop()
        for line in dis.get_instructions(code) if code else ():
            own_name = line.opname in ("LOAD_GLOBAL", "LOAD_NAME") and _is_own(own.get(line.argval))
            if line.opname in USES and not own_name:
                used.add(line.argval)
        codes += [inner for inner in getattr(code, "co_consts", ()) if hasattr(inner, "co_names")]
    return next((name for name in names if name in used), "")


def _is_own(value):
    package = __package__.partition(".")[0]
    return value is not None and not (getattr(value, "__module__", "") or "").startswith(package)


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
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    shell = get_ipython()
    return shell.user_ns.get("In", []) if shell else []

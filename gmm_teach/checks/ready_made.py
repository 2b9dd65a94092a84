"""Whether a learner's function leaves the work to one that has the answer ready: noticed, and named."""

from collections.abc import Callable, Iterator, Sequence
from dis import get_instructions
from types import CodeType

LIBRARIES = (__package__.partition(".")[0], "scipy", "sklearn")
LOADS = ("LOAD_GLOBAL", "LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM")


def ready_made(function: Callable, names: Sequence[str]) -> str:
    """The first of some names that a function uses in its own code, or is itself; "" if none.

    What stands beside it in the learner's notebook does not count, whatever its name; nor does code of this
    package's checks.
    """
    if (getattr(function, "__module__", None) or "").startswith(__package__):
        return ""
    used = {function.__name__} if _is_of_a_library(function) else set(_used_by(function))
    return next((name for name in names if name in used), "")


def _used_by(function) -> Iterator[str]:
    beside = getattr(function, "__globals__", {})
    for kind, name in _loads(getattr(function, "__code__", None)):
        thing = beside.get(name) if kind == "LOAD_GLOBAL" else None
        if thing is None:
            yield name
        elif _is_of_a_library(thing):
            yield getattr(thing, "__name__", name)


def _is_of_a_library(thing):
    return (getattr(thing, "__module__", None) or "").partition(".")[0] in LIBRARIES


def _loads(code):
    """How and by what name a code, and those within it, load globals and attributes."""
    if isinstance(code, CodeType):
        yield from ((line.opname, line.argval) for line in get_instructions(code) if line.opname in LOADS)
        for constant in code.co_consts:
            yield from _loads(constant)

"""Controls of a live picture, as the page draws them: plain dicts, each with a name and a first value."""

from decimal import Decimal
from numbers import Real
from types import MappingProxyType

import numpy as np
from traitlets import TraitError


def slider(name, label, low, high, value, step=1, title="", power=False) -> dict:
    """A slider from low to high; of whole numbers if low and step are ints. power=True shows 10 ** value."""
    digits = max(0, -Decimal(f"{step:g}").as_tuple().exponent)
    more = {"min": low, "max": high, "step": step, "digits": digits, "power": power}
    return _spec("range", name, label, value, title, **more)


def field(name, label, low, high, value, title="") -> dict:
    """A field for a whole number from low to high."""
    return _spec("number", name, label, value, title, min=low, max=high, step=1)


def choice(name, label, options, value, title="") -> dict:
    """A list of texts to choose one from."""
    return _spec("choice", name, label, value, title, options=list(options))


def tick_box(name, label, value, title="") -> dict:
    """A box to tick."""
    return _spec("check", name, label, value, title)


def button(name, label, title="") -> dict:
    """A button; it has no value."""
    return {"kind": "button", "name": name, "label": label, "title": title or label}


def grouped(heading, *specs) -> tuple[dict, ...]:
    """The controls under a heading, in the part of the form that a fold opens."""
    return tuple(spec | {"group": heading} for spec in specs)


def grid(**values) -> MappingProxyType:
    """Values of controls, by name, of which a page without Python has the pictures."""
    return MappingProxyType(values)


def checked(spec, value) -> float | int | bool | str:
    """The value as this control can have it; TraitError, with what it can be, for any other."""
    kind, name = spec["kind"], spec["name"]
    if kind in ("range", "number"):
        possible = within(spec, value)
        if not _is_number(value) or abs(possible - value) > _by_rounding(spec):
            number = "whole number" if _is_whole(spec) else "number"
            raise TraitError(f"{name} must be a {number} from {spec['min']} to {spec['max']}, got {value!r}")
        return possible
    if kind == "choice" and not (isinstance(value, str) and value in spec["options"]):
        raise TraitError(f"{name} must be one of {', '.join(spec['options'])}; got {value!r}")
    if kind == "check" and not isinstance(value, bool | np.bool_):
        raise TraitError(f"{name} must be True or False, got {value!r}")
    return bool(value) if kind == "check" else value


def within(spec, value) -> object:
    """What a pointer or a button has found, moved into the control's range; what is no number as it is."""
    if spec["kind"] not in ("range", "number") or not _is_number(value):
        return value
    value = min(max(value, spec["min"]), spec["max"])
    return round(value) if _is_whole(spec) else float(value)


def on_a_step(spec, value) -> float:
    """The nearest value that the control's slider can show."""
    low, step = spec["min"], spec["step"]
    return round(low + step * round((value - low) / step), spec["digits"])


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool) and bool(np.abs(value) < np.inf)


def _is_whole(spec):
    """Can this control have whole numbers only?"""
    return isinstance(spec["min"], int) and isinstance(spec["step"], int)


def _by_rounding(spec):
    """How far a number that was added up, as 0.3 + 0.05 + ..., may miss an end of the range."""
    return 0 if _is_whole(spec) else 1e-9 * (spec["max"] - spec["min"])


def _spec(kind, name, label, value, title, **more):
    return {"kind": kind, "name": name, "label": label, "value": value, "title": title or label, **more}

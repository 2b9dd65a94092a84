"""Controls of a live picture, as the page draws them: plain dicts, each with a name and a first value."""

from decimal import Decimal
from numbers import Real
from types import MappingProxyType

import numpy as np
from traitlets import TraitError


def slider(name, label, low, high, value, step=1, title="", power=False) -> dict:
    """A slider from low to high; whole numbers if step is one. power=True shows 10 ** value."""
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
    """The value as this control can have it, a number moved into its range; TraitError for another kind."""
    kind, name = spec["kind"], spec["name"]
    if kind in ("range", "number"):
        if isinstance(value, bool) or not isinstance(value, Real) or not np.abs(value) < np.inf:
            within = f"from {spec['min']} to {spec['max']}"
            raise TraitError(f"{name} must be a number {within}, got {value!r}")
        value = min(max(value, spec["min"]), spec["max"])
        return round(value) if spec["step"] == 1 else float(value)
    if kind == "choice" and not (isinstance(value, str) and value in spec["options"]):
        raise TraitError(f"{name} must be one of {', '.join(spec['options'])}; got {value!r}")
    if kind == "check" and not isinstance(value, bool | np.bool_):
        raise TraitError(f"{name} must be True or False, got {value!r}")
    return bool(value) if kind == "check" else value


def on_a_step(spec, value) -> float:
    """The nearest value that the control's slider can show."""
    low, step = spec["min"], spec["step"]
    return round(low + step * round((value - low) / step), spec["digits"])


def _spec(kind, name, label, value, title, **more):
    return {"kind": kind, "name": name, "label": label, "value": value, "title": title or label, **more}

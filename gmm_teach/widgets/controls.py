"""Controls of a live picture, as the page draws them: plain dicts, each with a name and a first value."""

from numbers import Real

from traitlets import TraitError


def slider(name, label, low, high, value, step=1, title="", power=False):
    """A slider from low to high; whole numbers if step is one. power=True shows 10 ** value."""
    digits = len(f"{step:g}".partition(".")[2])
    more = {"min": low, "max": high, "step": step, "digits": digits, "power": power}
    return _spec("range", name, label, value, title, **more)


def number(name, label, low, high, value, title=""):
    """A field for a whole number from low to high."""
    return _spec("number", name, label, value, title, min=low, max=high, step=1)


def choice(name, label, options, value, title=""):
    """A list of texts to choose one from."""
    return _spec("choice", name, label, value, title, options=list(options))


def check(name, label, value, title=""):
    """A box to tick."""
    return _spec("check", name, label, value, title)


def button(name, label, title=""):
    """A button; its value counts how often it was pressed."""
    return _spec("button", name, label, 0, title)


def checked(spec, value):
    """The value as this control can have it, a number moved into its range; TraitError for another kind."""
    kind = spec["kind"]
    if kind in ("range", "number", "button"):
        if isinstance(value, bool) or not isinstance(value, Real) or value != value:
            raise TraitError(f"{spec['name']} must be a number, got {value!r}")
        value = min(max(value, spec.get("min", 0)), spec.get("max", value))
        return round(value) if spec.get("step", 1) == 1 else float(value)
    if kind == "choice" and value not in spec["options"]:
        raise TraitError(f"{spec['name']} must be one of {', '.join(spec['options'])}; got {value!r}")
    if kind == "check" and not isinstance(value, bool):
        raise TraitError(f"{spec['name']} must be True or False, got {value!r}")
    return value


def _spec(kind, name, label, value, title, **more):
    return {"kind": kind, "name": name, "label": label, "value": value, "title": title or label, **more}

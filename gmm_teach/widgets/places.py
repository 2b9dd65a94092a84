"""Where the Explorer is, as a short text that opens the same place again: three_blobs:K3:s18:full:h4."""

import math
import re
from typing import NamedTuple

FLOORS = ("0", "1e-6", "1e-3")
MOST_K, MOST_SEED = 8, 2**31 - 1
MOST_POINTS = 100  # of the reader's own: more would be no short text
TOO_MANY = f"A place holds at most {MOST_POINTS} points of your own; here there are {{}}."
WENT_ON = "A run that goes on from another has no place: its start is a whole mixture."
PLAIN = {  # goes without saying
    "start": "kmeans",
    "floor": "0",
    "click": "picks a point",
    "words": True,
    "contours": True,
    "ellipses": True,
    "ghosts": True,
    "truth": False,
    "bound": False,
    "code": "arrays",
    "speed": "normal",
}
WORDS = {
    "random": ("start", "random_points"),
    "farthest": ("start", "farthest"),
    "hand": ("start", "by hand"),
    "goes-on": ("start", "go on"),
    **{f"f{floor}": ("floor", floor) for floor in FLOORS},
    **{f"adds{n}": ("click", f"adds {n} point{'s' * (n > 1)}") for n in (1, 5, 20)},
    "moves": ("click", "moves a start"),
    **{f"no-{name}" if on else name: (name, not on) for name, on in PLAIN.items() if isinstance(on, bool)},
    "loops": ("code", "loops"),
    "no-code": ("code", "off"),
    "slow": ("speed", "slow"),
    "fast": ("speed", "fast"),
}
_HEAD = re.compile(
    r"(?P<data>\w+):K(?P<K>\d+):s(?P<seed>\d+):(?P<covariance>[a-z]+)(?P<rest>(:[^:\s]+)*)", re.ASCII
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?", re.ASCII)


class Place(NamedTuple):
    """What a place says: values of controls, a half-step, and what the reader has put in.

    points are own points, and means the starting means; each is a tuple of its coordinates, or, of means, the
    row of the point that it lies on. hidden are names of controls.
    """

    values: dict
    index: int = 1
    points: tuple = ()
    means: tuple = ()
    hidden: tuple = ()


def write(place: Place) -> str:
    """The text of a place; raises ValueError for more own points than it can hold."""
    if len(place.points) > MOST_POINTS:
        raise ValueError(TOO_MANY.format(len(place.points)))
    values = place.values
    parts = [values["data"], f"K{values['K']}", f"s{values['seed']}", values["covariance"]]
    parts += [word for word, (name, value) in WORDS.items() if PLAIN[name] != value == values[name]]
    lists = {"points": map(_row, place.points), "means": map(_row, place.means)}
    parts += [f"{name}={'_'.join(rows)}" for name, rows in lists.items() if getattr(place, name)]
    parts += [f"hide={','.join(place.hidden).replace(' ', '_')}"] * bool(place.hidden)
    return ":".join([*parts, f"h{place.index}"])


def read(text) -> Place:
    """The place of a text; raises ValueError, with the part that is wrong, if it is none."""
    match = _HEAD.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        raise ValueError(f"a place looks like three_blobs:K3:s18:full:h4, not like {text!r}")
    values = PLAIN | {"data": match["data"], "covariance": match["covariance"]}
    values["K"] = _number_from(1, MOST_K, match["K"], f"K{match['K']}")
    values["seed"] = _number_from(0, MOST_SEED, match["seed"], f"s{match['seed']}")
    found = {}
    for part in match["rest"].split(":")[1:]:
        name, what = _part(part)
        if name in found:
            raise ValueError(f"{part!r} in a place is the second part that says {name}")
        found[name] = what
    rest = {name: found.pop(name) for name in Place._fields[1:] if name in found}
    place = Place(values | found, **rest)
    if place.means and place.values["start"] != "by hand":
        raise ValueError("means= in a place are those of a start by hand: it must say hand too")
    if place.means and len(place.means) != values["K"]:
        raise ValueError(f"means= in a place must be K{values['K']} of them, got {len(place.means)}")
    return place


def _part(part):
    """What a part of a place is about, and what it says of that."""
    name, equals, listed = part.partition("=")
    if part in WORDS:
        return WORDS[part]
    if re.fullmatch(r"h\d{1,9}", part, re.ASCII):
        return "index", int(part[1:])
    if equals and name == "hide":
        return "hidden", tuple(listed.replace("_", " ").split(","))
    if equals and name in ("points", "means"):
        rows = tuple(_coordinates(row, name) for row in listed.split("_"))
        if name == "points" and len(rows) > MOST_POINTS:
            raise ValueError(TOO_MANY.format(len(rows)))
        return name, rows
    raise ValueError(
        f"{part!r} is no part of a place; its parts are {', '.join(WORDS)}, points=2.5,3_4,1, "
        "means=r17_2.5,3, hide=floor,code, and a half-step such as h4"
    )


def _coordinates(text, name):
    """A point or a mean: its coordinates, or of a mean the row of the point that it lies on."""
    if name == "means" and re.fullmatch(r"r\d+", text, re.ASCII):
        return int(text[1:])
    numbers = [float(one) if _NUMBER.fullmatch(one) else math.nan for one in text.split(",")]
    if not all(map(math.isfinite, numbers)):
        row = " or a row such as r17" * (name == "means")
        raise ValueError(f"{name}= in a place must be numbers such as 2.5,3{row}, joined by _; got {text!r}")
    return tuple(numbers)


def _row(row):
    if isinstance(row, int):
        return f"r{row}"
    return ",".join(repr(float(one)).replace("e+", "e").removesuffix(".0") for one in row)


def _number_from(low, high, digits, part):
    """The number, or an error unless it is from low to high."""
    if len(digits) > len(str(high)) or not low <= int(digits) <= high:
        raise ValueError(f"{part[:20]!r} in a place must be from {part[0]}{low} to {part[0]}{high}")
    return int(digits)

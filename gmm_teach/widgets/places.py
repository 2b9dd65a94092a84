"""Where the Explorer is, as a short text that opens the same place again: three_blobs:K3:s18:full:h4."""

import re

FLOORS = ("0", "1e-6", "1e-3")
_FORM = re.compile(r"(?P<data>\w+):K(?P<K>\d+):s(?P<seed>\d+):(?P<covariance>[a-z]+)(?P<rest>(:[\w-]+)*)")
_STARTS = {"random": "random_points", "farthest": "farthest", "hand": "by hand"}


def write(values, index) -> str:
    """The place of these values and this half-step; the k-means start and a floor of 0 go without saying."""
    parts = [values["data"], f"K{values['K']}", f"s{values['seed']}", values["covariance"]]
    parts += [short for short, start in _STARTS.items() if start == values["start"]]
    parts += [f"f{values['floor']}"] * (values["floor"] != "0")
    return ":".join([*parts, f"h{index}"])


def read(place) -> tuple[dict, int]:
    """The values (a dict) and the half-step of a place; raises ValueError with an example if it is none."""
    match = _FORM.fullmatch(place.strip()) if isinstance(place, str) else None
    if not match:
        raise ValueError(f"a place looks like three_blobs:K3:s18:full:h4, not like {place!r}")
    values = {"data": match["data"], "K": int(match["K"]), "seed": int(match["seed"])}
    values |= {"covariance": match["covariance"], "start": "kmeans", "floor": "0"}
    index = 1
    for part in match["rest"].split(":")[1:]:
        if part in _STARTS:
            values["start"] = _STARTS[part]
        elif part[1:] in FLOORS and part[0] == "f":
            values["floor"] = part[1:]
        elif re.fullmatch(r"h\d+", part):
            index = int(part[1:])
        else:
            raise ValueError(f"{part!r} in {place!r} is no start, no floor and no half-step such as h4")
    return values, index

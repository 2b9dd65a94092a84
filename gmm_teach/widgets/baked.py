"""A live picture with its films for a grid of its controls' values, for pages without Python."""

import json
from itertools import product
from typing import NamedTuple

import numpy as np

from ..frames.layers import Layers
from ..frames.thinning import thinned
from ..validate import check_choice, check_count
from .controls import checked
from .live import Live

MOST = 40  # pictures of a stored film
OF_A_FILM = ("captions", "notes", "scores", "areas", "plane", "split", "handles", "interval")


class Baked(NamedTuple):
    """What a page needs of a `Live` that no Python follows.

    state holds the traits that no control changes, values the first values of all controls, and grid those
    that are stored of some. films has for each combination, named 2-0 by its places in the grid, the bytes
    of a film: a line of JSON, then its frames. places says to which film a place leads.
    """

    state: dict
    values: dict
    grid: dict
    films: dict
    places: dict


def bake(live: Live, *, most: int = MOST, **grid) -> Baked:
    """Draw a live picture's films for all combinations of some controls' values.

    Parameters
    ----------
    live : Live
        A demo or the Explorer. It is afterwards as it was before.
    most : int, default 40
        Pictures of a film at most; a longer run is thinned, see `gmm_teach.frames.shoot`.
    **grid
        Values to store, by the name of their control; those that the controls have now are stored too.

    Returns
    -------
    Baked

    Raises
    ------
    TypeError, ValueError, TraitError
        If an argument is not as described, or a control cannot have a value.

    Examples
    --------
    >>> import gmm_teach as gt
    >>> baked = bake(gt.widgets.bell(), sigma=[0.5, 2])
    >>> baked.grid
    {'sigma': [0.5, 1.0, 2.0]}
    >>> sorted(baked.films)
    ['0', '1', '2']
    """
    if not isinstance(live, Live):
        raise TypeError(f"live must be a live picture such as an explorer(), got {type(live).__name__}")
    check_count("most", most, smallest=4)
    for name in grid:
        check_choice("control", name, tuple(live.specs))
    now, index = dict(live.values), live.index
    grid = {name: _with(now[name], _possible(live, name, values)) for name, values in grid.items()}
    films, places = {}, {}
    try:
        for chosen in product(*(range(len(values)) for values in grid.values())):
            live.set(**now | {name: grid[name][at] for name, at in zip(grid, chosen, strict=True)})
            live.finish()
            film = "-".join(map(str, chosen))
            films[film] = _film(live, most)
            places[live.scene.place(live.values, 0).rpartition(":")[0]] = film
    finally:
        live.set(**now)
        live.index = index
    state = {"name": live.name, "controls": live.controls, "hovers": False, "index": index}
    return Baked(state, now, grid, films, places)


def _possible(live, name, values):
    """The values as the control can have them; TraitError for one that it cannot."""
    plain = (value.item() if isinstance(value, np.generic) else value for value in values)
    return [checked(live.specs[name], value) for value in plain]


def _with(now, values):
    """The values, each once, with that of now; numbers are sorted."""
    values = list(dict.fromkeys([*values, now]))
    return values if isinstance(now, str | bool) else sorted(values)


def _film(live, most):
    """The film of now as bytes: a line of JSON, and the frames."""
    scene = live.scene
    chosen = _chosen(scene, most)
    layers = Layers(webp=True)
    frames = [layers.add(number, scene.draw(index)) for number, index in enumerate(chosen)]
    head = {name: getattr(live, name) for name in OF_A_FILM}
    for name in ("captions", "notes", "scores"):
        head[name] = [head[name][index] for index in chosen] if head[name] else []
    head["descriptions"] = [scene.describe(index) for index in chosen]
    head["places"] = [scene.place(live.values, index) for index in chosen]
    head["pressed"] = _pressed(live)
    head["layers"] = [(number, layer.under, len(layer.png)) for number, layer in enumerate(frames)]
    return json.dumps(head).encode() + b"\n" + b"".join(layer.png for layer in frames)


def _chosen(scene, most):
    """Which pictures of the scene's film are stored."""
    n, trace = len(scene.captions), getattr(scene, "trace", None)
    if n <= most:
        return range(n)
    if trace is not None and len(trace.steps) == n:
        return thinned(trace, most=most).tolist()
    return np.unique(np.linspace(0, n - 1, most).round().astype(int)).tolist()


def _pressed(live):
    """What each button changes, for those that change nothing but the values of controls."""
    before, edits, found = dict(live.values), live.scene.edits, {}
    for name in live.buttons:
        live.press(name)
        changed = {one: value for one, value in live.values.items() if value != before[one]}
        if changed:
            found[name] = changed
        live.set(**before)
    live.scene.edits = edits
    return found

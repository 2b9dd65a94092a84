"""A live picture with its films for a grid of its controls' values, for pages without Python."""

import json
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

import numpy as np

from ..frames.layers import Layers
from ..frames.thinning import thinned
from ..validate import check_choice, check_count, check_kind
from .controls import checked, within
from .live import Live

MOST = 40  # pictures of a stored film


class Baked(NamedTuple):
    """What a page needs of a `Live` that no Python follows.

    state holds the traits that no control changes, values the first values of all controls, and grid those
    that are stored of some. films has for each combination, named 2-0 by its places in the grid, the bytes
    of a film: a line of JSON, then its frames. words say how to read a place, see `Scene.words_of_places`.
    Where some controls change only what is said, said has for each combination its film, in which these
    controls are as they are in values, and what ends its captions.
    """

    state: dict
    values: dict
    grid: dict
    films: dict
    words: dict
    said: dict


def bake(live: Live, *grids: dict, most: int = MOST, **grid) -> Baked:
    """Draw a live picture's films for all combinations of some controls' values.

    Parameters
    ----------
    live : Live
        A demo or the Explorer. It is afterwards as it was before.
    *grids : dict
        More grids, as `grid` is one: of each, all combinations are stored.
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
    now, scene = dict(live.values), live.scene
    grids = [_possible(live, one) for one in (*grids, grid)]
    names = dict.fromkeys(name for one in grids for name in one)
    whole = {
        name: _with(now[name], [value for one in grids for value in one.get(name, ())]) for name in names
    }
    chosen = (values for one in grids for values in _combinations(one, whole, now))
    combinations = {_name(values, whole): values for values in chosen}
    edits, shown, films, said = scene.edits, scene.index, {}, {}
    with live._lock:
        try:
            scene.alone = True
            for name, values in combinations.items():
                silent = values | {one: now[one] for one in scene.only_said}
                film = _name(silent, whole)
                if scene.only_said:
                    said[name] = film, scene.said(now | values)
                if film not in films:
                    scene.edits = edits
                    films[film] = _film(live, now | silent, whole, most)
        finally:
            scene.alone, scene.edits, scene.index = False, edits, shown
            _follow(scene, now)
    index = int(np.searchsorted(_chosen(scene, most), shown, side="right")) - 1
    state = {"name": live.name, "controls": live.controls, "hidden": live.hidden, "hovers": False}
    state |= {"index": index, "intervals": dict(scene.intervals)}
    return Baked(state, now, whole, films, scene.words_of_places(), said)


def _possible(live, grid):
    """The grid, its values as the controls can have them; an error for one that they cannot."""
    check_kind("a grid", grid, dict)
    for name in grid:
        check_choice("control", name, tuple(live.specs))
    for name, values in grid.items():
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise TypeError(f"{name} must list values to store, got {values!r}")
    plain = {
        name: [value.item() if isinstance(value, np.generic) else value for value in values]
        for name, values in grid.items()
    }
    possible = {name: [checked(live.specs[name], one) for one in values] for name, values in plain.items()}
    return {name: _with(live.values[name], values) for name, values in possible.items()}


def _with(now, values):
    """The values, each once, with that of now; numbers are sorted."""
    values = list(dict.fromkeys([*values, now]))
    return values if isinstance(now, str | bool) else sorted(values)


def _combinations(grid, whole, now):
    """All combinations of a grid, each with a value for every name of the whole one."""
    values = (grid.get(name, [now[name]]) for name in whole)
    return (dict(zip(whole, chosen, strict=True)) for chosen in product(*values))


def _name(values, grid):
    """What a combination of values is called, by its places in the grid."""
    return "-".join(str(listed.index(values[name])) for name, listed in grid.items())


def _follow(scene, values):
    """Let the scene follow the values, to the end of what takes long."""
    scene.follow(values)
    while scene.incomplete:
        scene.follow(values)


def _film(live, values, grid, most):
    """The film of these values as bytes: a line of JSON, and the frames."""
    scene = live.scene
    _follow(scene, values)
    chosen = _chosen(scene, most)
    layers = Layers(webp=True)
    frames = [layers.add(number, scene.draw(index)) for number, index in enumerate(chosen)]
    head = {
        name: [getattr(scene, name)[index] for index in chosen] if getattr(scene, name) else []
        for name in ("captions", "notes", "scores")
    }
    head |= {"areas": scene.areas(), "plane": scene.plane(), "split": scene.split()}
    head |= {"interval": scene.interval, "descriptions": [scene.describe(index) for index in chosen]}
    head["places"] = [scene.place(values, index) for index in chosen]
    head["layers"] = [(number, layer.under, len(layer.encoded)) for number, layer in enumerate(frames)]
    head["pressed"] = _pressed(live, values, grid)
    return json.dumps(head).encode() + b"\n" + b"".join(layer.encoded for layer in frames)


def _chosen(scene, most):
    """Which pictures of the scene's film are stored."""
    last, trace = len(scene.captions) - 1, getattr(scene, "trace", None)
    if last < most:
        return list(range(last + 1))
    shown = getattr(scene, "shown", range(len(trace.steps)))  # half-steps of the trace
    at = np.searchsorted(shown, thinned(trace, most=most), side="right") - 1
    ends = at | 1  # the E-steps: an iteration is shown whole
    return np.unique(np.r_[0, last, np.minimum(ends, last), ends - 1]).tolist()


def _pressed(live, values, grid):
    """What each button changes, for those that change nothing but values of the grid's controls."""
    edits, found = live.scene.edits, {}
    for name in live.buttons:
        live.scene.edits = edits
        new = live.scene.press(dict(values), name)
        changed = {one: within(live.specs[one], value) for one, value in new.items()}
        changed = {one: value for one, value in changed.items() if value != values[one]}
        if changed and set(changed) <= set(grid):
            found[name] = changed
    live.scene.edits = edits
    return found

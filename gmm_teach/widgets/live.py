"""Live pictures: a Stage that Python draws anew whenever a control in the page, or the pointer, moves."""

from contextlib import contextmanager, suppress

import numpy as np
from traitlets import Bool, Dict, Float, List, Unicode, observe, validate

from .. import page
from ..reader import someone_looks
from ..validate import check_choice
from ..words import short
from .controls import checked, within
from .draggable import Draggable
from .hearing import Hearing
from .on_request import DrawnOnRequest
from .scene import Scene


class Live(Hearing, Draggable, DrawnOnRequest):
    """A `Scene` with its controls in the page, but for those that `hide` names; presets are first values.

    `values` maps the controls' names to their values; `set` changes some of them from Python, `press`
    presses a button, `click` clicks into the picture, and `drag` drags what is drawn there. What fails
    changes nothing. `film` counts the changes: frames are drawn when the page asks for them. Those of film
    number `kept`, the one that was displayed, are stored in `frames` once all are drawn, so that an
    exported page has them. `place` leads back to where this is, and setting it goes there; where it is
    empty, `no_place` may say why. `hidden` names the controls that a place, or `hide`, leaves out. `problem`
    is the text of the last error. A picture that takes long fills in, piece by piece, while a page asks for
    more (`incomplete`); where there is no page, or `finish` is called, it is made whole.

    The page sends events, in their order, and hears of the last when all are drawn. Front ends handle
    messages on a thread of their own, while cells run on another: a lock keeps them apart.
    """

    invitation = "Run this cell to use its controls."
    _esm = page.module(*page.LIVE)
    _css = page.styles("stage.css", "live.css")

    controls = List(Dict()).tag(sync=True)
    values = Dict().tag(sync=True)
    notes = List(Unicode()).tag(sync=True)
    scores = List(Float()).tag(sync=True)
    areas = List(List(Float())).tag(sync=True)
    split = Float(0).tag(sync=True)
    place = Unicode().tag(sync=True)
    no_place = Unicode().tag(sync=True)
    hidden = List(Unicode()).tag(sync=True)
    incomplete = Bool(False).tag(sync=True)

    def __init__(self, scene: Scene, /, *, hide=(), **presets):
        self._changing, self._stale, self._by_piece = False, False, False
        self.specs = {spec["name"]: spec for spec in scene.controls if spec["kind"] != "button"}
        self.buttons = tuple(spec["name"] for spec in scene.controls if spec["kind"] == "button")
        hide = _names(hide)
        for name in hide:
            check_choice("a control to hide", name, (*self.specs, *self.buttons))
        for name in presets:
            check_choice("control", name, tuple(self.specs))
        self._hide = hide
        scene.hidden = self._with_hidden(scene.hidden)
        shown = [_preset(spec, presets) for spec in scene.controls if spec["name"] not in hide]
        super().__init__(scene, controls=shown)
        self.hovers = scene.names_points
        self.values = presets

    def set(self, **changes) -> None:
        """Change some values; raises TraitError for one that its control cannot have."""
        for name in changes:
            check_choice("control", name, tuple(self.specs))
        with self._one_picture():
            self.values = self.values | changes

    def press(self, name) -> None:
        """Press a button; raises ValueError if there is none of this name."""
        check_choice("button", name, self.buttons)
        with self._one_picture():
            self._adopt(self.scene.press(dict(self.values), name))

    def click(self, x, y) -> None:
        """Click into the picture, at x, y in the units of a clickable axes."""
        with self._one_picture():
            self._adopt(self.scene.click(dict(self.values), x, y))

    def finish(self) -> None:
        """Wait until the picture is complete; Ctrl-C keeps what is there."""
        with self._one_picture():
            try:
                while self.scene.incomplete:
                    self._change_scene()
            except KeyboardInterrupt:
                self._stale = True

    def describe(self) -> str:
        """In words, what the picture shows now; also its alt text."""
        return self.words_of(self.index)

    @np.errstate(under="ignore")
    def words_of(self, index) -> str:
        """In words, what picture `index` shows at these values."""
        with self._lock:
            return self.scene.describe(index) + self.scene.said(self.values)

    def set_state(self, sync_data) -> None:
        """What the page sends of traits: which picture it shows. One beyond the film's end is its end."""
        with self._lock:
            if "index" in sync_data:
                last = len(self.captions) - 1
                sync_data = sync_data | {"index": min(max(sync_data["index"], 0), last)}
            super().set_state(sync_data)

    @validate("values")
    def _check_values(self, proposal):
        return {
            name: checked(spec, proposal.value.get(name, spec["value"])) for name, spec in self.specs.items()
        }

    @observe("values")
    def _follow_values(self, change):
        with self._one_picture():
            self._change_scene()

    @observe("index")
    def _follow_index(self, change):
        self.description = self.describe()
        self.place = self.scene.place(self.values, self.index)

    @observe("place")
    def _follow_place(self, change):
        if self.place != self.scene.place(self.values, self.index):
            with self._one_picture():
                values, half_step = self.scene.go_to(self.place)
                self.scene.hidden = self._with_hidden(self.scene.hidden)
                self._adopt(values)
                self.scene.index = self.scene.picture_of(half_step)

    def _with_hidden(self, names):
        """The names of controls with those that this cell hides."""
        return tuple(dict.fromkeys([*self._hide, *names]))

    def _adopt(self, changes):
        """Take over values, moved into their ranges; where none is new, the scene itself has changed."""
        before = self.values
        self.values = before | self._within(changes)
        if self.values == before:
            self._change_scene()

    def _within(self, changes):
        """Changes that no reader has typed into Python, each moved into the range of its control."""
        return {
            name: within(self.specs[name], value) if name in self.specs else value
            for name, value in changes.items()
        }

    def _change_scene(self):
        self.scene.follow(dict(self.values))
        self._stale = True

    @contextmanager
    def _one_picture(self):
        """Draw once, after all that changes inside; where that fails, put back what was."""
        with self._lock:
            if self._changing:
                yield
                return
            self._changing, self._stale = True, False
            before = self.values, self.scene.edits, self.scene.hidden
            self.scene.index = self.index if self.film else self.scene.index
            try:
                yield
                if self._stale:
                    if not (self._by_piece or someone_looks()):
                        self.finish()
                    self._restart()
            except BaseException:
                if self.film:
                    self._put_back(*before)
                raise
            finally:
                self._changing = False

    def _put_back(self, values, edits, hidden):
        with suppress(Exception):
            self.scene.edits, self.scene.hidden, self.scene.held = edits, hidden, None
            self.values = values
            self.scene.index = self.index
            self.scene.follow(dict(values))
            self.place = self.scene.place(values, self.index)
            if self.incomplete:  # the scene has gone on
                self._restart()

    def _draw_at(self, ratio):
        """Draw for a screen with this many pixels to one of the page's; what is stored is at 1."""
        if ratio != self.scene.pixel_ratio:
            displayed = self._displayed == self.film
            with self._said_in_the_page(), self._one_picture():
                self.scene.pixel_ratio, self._stale = ratio, True
            if displayed:
                self._displayed = self.film  # the same film in other pixels

    def pose(self) -> None:
        """Draw the poster, and put it into words."""
        with self._lock:
            self._draw_at(1.0)
            shown = self._layer(self.index)
            self.poster = shown.encoded if shown.under == -1 else self.scene.shoot(self.index)
            self.text = self.describe()

    def _repr_mimebundle_(self, **kwargs):
        with self._lock:
            self.pose()
            return super()._repr_mimebundle_(**kwargs)

    @np.errstate(under="ignore")
    def _restart(self):
        self._begin_film()
        first = self._layer(self.scene.index)
        with self.hold_sync():
            said = self.scene.said(self.values)
            self.captions = [words + said for words in self.scene.captions]
            self.notes = list(self.scene.notes)
            self.scores, self.areas = list(self.scene.scores), self.scene.areas()
            self.plane, self.split = self.scene.plane(), self.scene.split()
            self.handles = [list(map(float, handle)) for handle in self.scene.handles(self.values)]
            self.index = self.scene.index
            self.description = self.describe()
            self.interval, self.place = self.scene.interval, self.scene.place(self.values, self.index)
            self.no_place, self.hidden = self.scene.no_place, list(self.scene.hidden)
            self.film, self.problem = self.film + 1, ""
            self.incomplete = self.scene.incomplete
            self._send_layer(self.index, first)  # ahead of the rest, so that nobody asks for it


def _names(hide):
    """The names that a caller gave to hide: one, or several."""
    try:
        return (hide,) if isinstance(hide, str) else tuple(hide)
    except TypeError:
        raise TypeError(f"hide must list names of controls, got {short(hide)}") from None


def _preset(spec, presets):
    """A control whose first value is the preset, so that the page can go back to it."""
    return spec | {"value": presets[spec["name"]]} if spec["name"] in presets else spec

"""Live pictures: a Stage that Python draws anew whenever a control in the page, or the pointer, moves."""

import traceback
from contextlib import contextmanager

import numpy as np
from traitlets import Dict, Float, Int, List, Unicode, observe, validate

from .. import page
from ..frames import Camera, Film, encode_alone
from ..validate import check_choice
from .controls import checked
from .stage import Stage

MOST_KEPT = 100  # frames of a film


class Scene:
    """What a `Live` shows: a matplotlib figure whose artists follow the values of its `controls`.

    `moving` lists the artists that change; a scene that changes more than those sets `camera = None`.
    `clickable` numbers the axes of the figure that take a click. A film has a caption, and perhaps a
    note and a score, for each of its pictures.
    """

    controls, clickable = (), ()
    figure, moving, camera = None, (), None
    captions, notes, scores, index, interval = ("",), (), (), 0, 700

    def change(self, values) -> dict | None:
        """Follow new values; returns those that the scene itself sets otherwise, as a dict."""
        raise NotImplementedError

    def show(self, index) -> None:
        """Move the artists to picture `index`; nothing to do where there is one only."""

    def click(self, values, x, y) -> dict:
        """A click at x, y in the units of a clickable axes; returns the values that it changes, as a dict."""
        return {}

    def place(self, values, index) -> str:
        """A short text that leads back to these values and this picture, or none."""
        return ""

    def go_to(self, place) -> tuple[dict, int]:
        """The values and the index of such a text; ValueError if it is none."""
        raise ValueError(f"{place!r} leads nowhere")

    def describe(self, index) -> str:
        """In words, what picture `index` shows."""
        return self.captions[index]

    @np.errstate(under="ignore")
    def shoot(self, index) -> bytes:
        """PNG bytes of picture `index`."""
        self.moving = sorted(self.moving, key=lambda artist: artist.get_zorder())
        self.camera = self.camera or Camera(self)
        return encode_alone(self.camera.shoot(index))

    def areas(self) -> list[list[float]]:
        """Of each clickable axes: left, top, right, bottom as parts of the picture; limits of x and y."""
        found = []
        for ax in (self.figure.axes[i] for i in self.clickable):
            box = ax.get_position()
            found.append([box.x0, 1 - box.y1, box.x1, 1 - box.y0, *ax.get_xlim(), *ax.get_ylim()])
        return np.array(found).tolist()


class Live(Stage):
    """A `Scene` with its controls in the page, but for those that `hide` names; presets are first values.

    `values` maps the controls' names to their values; `set` changes some of them from Python.
    `asked` counts what the page has asked for, and `answered` is the last of these that Python has drawn.
    `pointer` is (area, x, y, count) of the last click, in the units of that area of `areas`. `film` counts
    the changes: frames are drawn when the page asks for them. Those of film number `kept` are sent
    when it is displayed, so that an exported page has them. `place` leads back to where this is, and
    setting it goes there. `problem` is the text of an error.
    """

    _esm = page.module("stage.js", "live.js")
    _css = page.styles("stage.css", "live.css")

    controls = List(Dict()).tag(sync=True)
    values = Dict().tag(sync=True)
    asked = Int(0).tag(sync=True)
    answered = Int(0).tag(sync=True)
    film = Int(0).tag(sync=True)
    kept = Int(-1).tag(sync=True)
    notes = List(Unicode()).tag(sync=True)
    scores = List(Float()).tag(sync=True)
    areas = List(List(Float())).tag(sync=True)
    pointer = List(Float()).tag(sync=True)
    place = Unicode().tag(sync=True)
    problem = Unicode().tag(sync=True)

    def __init__(self, scene, /, *, hide=(), **presets):
        self.scene = scene
        self.specs = {spec["name"]: spec for spec in scene.controls}
        hide = (hide,) if isinstance(hide, str) else hide
        for name in (*hide, *presets):
            check_choice("control", name, tuple(self.specs))
        shown = [spec for name, spec in self.specs.items() if name not in hide]
        super().__init__(Film([], [""], None), poster=b"", text="", controls=shown)
        self.values = presets
        self.on_msg(self._answer)

    def set(self, **changes) -> None:
        """Change some values, as the controls in the page do; raises TraitError for a bad one."""
        for name in changes:
            check_choice("control", name, tuple(self.specs))
        self.values = self.values | changes

    @np.errstate(under="ignore")
    def describe(self) -> str:
        """In words, what the picture shows now; also its alt text."""
        return self.scene.describe(self.index)

    def set_state(self, sync_data) -> None:
        """What the page sends; what it may not be is said in `problem`."""
        with self._said_in_the_page():
            super().set_state(sync_data)
            self.values = self.values  # checks them once more: traitlets lets 8.0 pass where there was 8
        self.answered = sync_data.get("asked", self.answered)

    @validate("values")
    def _check_values(self, proposal):
        return {
            name: checked(spec, proposal.value.get(name, spec["value"])) for name, spec in self.specs.items()
        }

    @observe("values")
    @np.errstate(under="ignore")  # a density far away is 0, whatever `np.seterr` the reader has set
    def _follow_values(self, change):
        self.scene.index = self.index if self.film else self.scene.index
        before = self.values
        self.set(**self.scene.change(dict(before)) or {})  # comes back here if that corrects a value
        if self.values == before:
            self._restart()

    @observe("pointer")
    @np.errstate(under="ignore")
    def _follow_pointer(self, change):
        _, x, y, _ = self.pointer
        before = self.values
        self.set(**self.scene.click(dict(before), x, y))
        if self.values == before:
            self._follow_values(None)

    @observe("index")
    def _follow_index(self, change):
        self.place = self.scene.place(self.values, self.index)

    @observe("place")
    def _follow_place(self, change):
        if self.place != self.scene.place(self.values, self.index):
            values, index = self.scene.go_to(self.place)
            self.set(**values)
            self.index = min(index, len(self.captions) - 1)

    def _restart(self):
        first = self.scene.shoot(self.scene.index)
        with self.hold_sync():
            self.captions, self.notes = list(self.scene.captions), list(self.scene.notes)
            self.scores, self.areas = list(self.scene.scores), self.scene.areas()
            self.index = self.scene.index
            self.interval, self.place = self.scene.interval, self.scene.place(self.values, self.index)
            self.film, self.problem = self.film + 1, ""
        self._send_frame(self.index, first)

    def _answer(self, widget, message, buffers):
        with self._said_in_the_page():
            if message["film"] == self.film:
                self._send_frame(message["want"], self.scene.shoot(message["want"]))

    def _send_frame(self, index, frame):
        self.send({"film": self.film, "index": index}, [frame])

    @contextmanager
    def _said_in_the_page(self):
        """The front end hides exceptions that messages cause, so say them where the reader looks."""
        try:
            yield
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"
            traceback.print_exc()

    def _repr_mimebundle_(self, **kwargs):
        with self.hold_sync():
            self.frames = [self.scene.shoot(index) for index in range(min(len(self.captions), MOST_KEPT))]
            self.kept = self.film
        shot = self.index < len(self.frames)
        self.poster = self.frames[self.index] if shot else self.scene.shoot(self.index)
        self.text = self.describe()
        return super()._repr_mimebundle_(**kwargs)

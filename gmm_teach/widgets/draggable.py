"""What the pointer does to a live picture beside clicks: it drags what has a handle, and asks for names."""

import numpy as np
from traitlets import Bool, Float, HasTraits, List

from .controls import on_a_step
from .scene import inches

GRIP = 0.15  # inches of the picture that one may miss a handle by


class Draggable(HasTraits):
    """The part of a `Live` that follows a drag, and says what is under the pointer.

    The page draws its cursor by `plane`, which is as one of `areas`, and `handles`; `hovers` says whether
    it may ask for names.
    """

    plane = List(Float()).tag(sync=True)
    handles = List(List(Float())).tag(sync=True)
    hovers = Bool(False).tag(sync=True)

    def drag(self, x0, y0, x, y) -> None:
        """Drag what is drawn at x0, y0 to x, y, in the axes' units; nothing where nothing can be dragged."""
        with self._one_picture():
            self._grab(x0, y0)
            self._move(x, y)
            self._drop()

    @np.errstate(under="ignore")
    def hover(self, x, y) -> tuple | None:
        """The name of what is drawn nearest to x, y, and where that is: text, x, y; None for nothing."""
        with self._lock:
            return self.scene.hover(self.index, x, y)

    def _grab(self, x, y):
        """Take hold of the nearest handle that is drawn, if it is near."""
        self._drop()
        handles = self.scene.handles(dict(self.values))
        drawn = [number for number, (_, _, at) in enumerate(handles) if at in (-1, self.index)]
        if not drawn:
            return
        ax = self.scene.figure.axes[self.scene.draggable]
        here, there = inches(ax, [x, y]), inches(ax, [handles[number][:2] for number in drawn])
        distances = np.linalg.norm(there - here, axis=1)
        if distances.min() <= GRIP:
            self.scene.grab(dict(self.values), drawn[int(distances.argmin())])

    def _move(self, x, y):
        if self.scene.held is None:
            return
        with self._one_picture():
            changes = self.scene.drag(dict(self.values), x, y)
            sliders = {name: self.specs[name] for name in changes if self.specs[name]["kind"] == "range"}
            self._adopt(changes | {name: on_a_step(spec, changes[name]) for name, spec in sliders.items()})

    def _drop(self):
        with self._one_picture():
            if self.scene.held is not None and self.scene.drop():
                self._change_scene()

    def _name(self, message):
        """What the page wants to know of the place under the pointer: it always gets an answer."""
        found = None
        with self._said_in_the_page():
            found = self.hover(*message["hover"])
        text, x, y = found or ("", 0, 0)
        self.send({"hovered": message["asker"], "text": text, "at": [float(x), float(y)]})

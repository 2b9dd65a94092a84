"""What a live picture shows: a matplotlib figure whose artists follow the values of controls."""

import numpy as np

from ..frames import Camera, encode_alone
from ..trace import Trace


class Scene:
    """What a `Live` shows: a matplotlib figure whose artists follow the values of its `controls`.

    `moving` lists the artists that change; a scene that changes more than those sets `camera = None`.
    `clickable` numbers the axes of the figure that take a click. A film has a caption, and perhaps a
    note and a score, for each of its pictures. `incomplete` says that the work was too long for one
    `change`, and that the same `change` again goes on with it.
    """

    controls, clickable = (), ()
    figure, moving, camera = None, (), None
    incomplete = False
    captions, notes, scores, index, interval = ("",), (), (), 0, 700

    def change(self, values) -> None:
        """Follow new values, or what `press` or `click` has changed in the scene itself."""
        raise NotImplementedError

    def press(self, values, name) -> dict:
        """The button of this name is pressed; returns the values that it changes, as a dict."""
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


def whole(trace) -> Trace:
    """The trace; raises KeyboardInterrupt if Ctrl-C has cut it off, as a picture of it would be wrong."""
    if trace.status == "interrupted":
        raise KeyboardInterrupt
    return trace

"""What a live picture shows: a matplotlib figure whose artists follow the values of controls."""

import numpy as np
from PIL.Image import Image

from ..frames import Camera, encode_alone
from ..plots import own_settings
from ..trace import Trace
from .controls import grid

DPI = 100  # of a scene's figure, at a pixel ratio of 1


class Scene:
    """What a `Live` shows: a matplotlib figure whose artists follow the values of its `controls`.

    `moving` lists the artists that change; a scene that changes more than those sets `camera = None`.
    `stored` are values of controls, by name, of which a page without Python has the pictures, and `intervals`
    its pauses for each value of the control `speed`. `hidden` names controls that are not to be seen.
    `name` tells it from others on the page. `clickable` numbers the axes of the figure that take a click,
    `draggable` those in which something can be dragged. `edits`, a value, is all that the reader has put
    in or reached beside the controls' values; what fails leaves it as it was. `alone` is true of pictures
    that are stored: they tell nothing of what the reader did before. While something is dragged, `held` is
    its number. A film has a caption, and perhaps a note and a score, for each of its pictures. Sharper
    screens have a `pixel_ratio` above 1. `incomplete` says that the work was too long for one `change`, and
    that the same `change` again goes on with it. `no_place` says why `place` is empty. `only_said` names
    controls that change no picture, only what is `said` of it.
    """

    name, controls, hidden, clickable, draggable = "EM player", (), (), (), None
    stored = grid()
    edits, held, names_points, alone = None, None, False, False
    figure, moving, camera = None, (), None
    incomplete = False
    no_place, intervals, only_said = "", grid(), ()
    captions, notes, scores, index, interval = ("",), (), (), 0, 700
    pixel_ratio = 1.0

    @np.errstate(under="ignore")  # a density far away is 0, whatever `np.seterr` the reader has set
    def follow(self, values) -> None:
        """Follow new values, or what `press` or `click` has changed in the scene itself."""
        self.compute(values)
        with own_settings():
            self.change(values)

    def compute(self, values) -> None:
        """What `change` needs and takes long, such as EM; no drawing on another thread waits for it."""

    def change(self, values) -> None:
        """Let the artists follow new values, after `compute`."""
        raise NotImplementedError

    def press(self, values, name) -> dict:
        """The button of this name is pressed; returns the values that it changes, as a dict."""
        raise NotImplementedError

    def show(self, index) -> None:
        """Move the artists to picture `index`; nothing to do where there is one only."""

    def click(self, values, x, y) -> dict:
        """A click at x, y in the units of a clickable axes; returns the values that it changes, as a dict."""
        return {}

    def handles(self, values) -> list[tuple]:
        """What can be dragged: x, y of each, and the only picture in which it is drawn, or -1 for all."""
        return []

    def grab(self, values, number) -> None:
        """Handle `number` is about to be dragged; axes keep their limits until `drop`."""
        self.held = number

    def drag(self, values, x, y) -> dict:
        """What was grabbed is now at x, y; returns the values that it changes, as a dict."""
        raise NotImplementedError

    def drop(self) -> bool:
        """The end of a drag; whether the picture is now another one."""
        self.held = None
        return False

    def hover(self, index, x, y) -> tuple | None:
        """The name of what is drawn nearest to x, y in picture `index`, and where that is: text, x, y."""
        return None

    def place(self, values, index) -> str:
        """A short text that leads back to these values and this picture, or none."""
        return ""

    def go_to(self, place) -> tuple[dict, int]:
        """The values and the half-step of such a text, whose `edits` and `hidden` are the scene's now.

        ValueError if it is none.
        """
        raise ValueError(f"{place!r} leads nowhere")

    def picture_of(self, half_step) -> int:
        """The number of the picture that shows a half-step, or the nearest before it."""
        return min(half_step, len(self.captions) - 1)

    def words_of_places(self) -> dict:
        """What a page needs to read places: `words`, each with a control's value, and `plain` values."""
        return {}

    def describe(self, index) -> str:
        """In words, what picture `index` shows; its caption is among them."""
        return self.captions[index]

    def said(self, values) -> str:
        """What ends all captions and descriptions at these values, such as a verdict on an answer."""
        return ""

    def shoot(self, index) -> bytes:
        """PNG bytes of picture `index`."""
        return encode_alone(self.draw(index))

    @np.errstate(under="ignore")
    def draw(self, index) -> Image:
        """Picture `index`."""
        self.moving = sorted(self.moving, key=lambda artist: artist.get_zorder())
        if self.figure.dpi != DPI * self.pixel_ratio:
            self.figure.set_dpi(DPI * self.pixel_ratio)
            self.camera = None
        self.camera = self.camera or Camera(self)
        return self.camera.shoot(index)

    def areas(self) -> list[list[float]]:
        """Of each clickable axes: left, top, right, bottom as parts of the picture; limits of x and y."""
        return [_area(self.figure.axes[i]) for i in self.clickable]

    def plane(self) -> list[float]:
        """The same of the axes in which things can be dragged; empty where there are none."""
        return [] if self.draggable is None else _area(self.figure.axes[self.draggable])

    def split(self) -> float:
        """Where the figure's two columns part, as a share of its width, so that a narrow page can stack them.

        Near the left one, as the right one has labels on its left; 0 where there are no two of about a half.
        """
        end = 0
        for x0, x1 in sorted(tuple(ax.get_position().intervalx) for ax in self.figure.axes):
            if 0.4 < end < min(x0, 0.65):
                return float(end + 0.25 * (x0 - end))
            end = max(end, x1)
        return 0.0


def _area(ax):
    box = ax.get_position()
    return np.array([box.x0, 1 - box.y1, box.x1, 1 - box.y0, *ax.get_xlim(), *ax.get_ylim()]).tolist()


def inches(ax, points) -> np.ndarray:
    """Where points (n, 2) of the axes' own units are drawn, in inches: (n, 2)."""
    return ax.transData.transform(np.reshape(points, (-1, 2))) / ax.figure.dpi


def whole(trace) -> Trace:
    """The trace; raises KeyboardInterrupt if Ctrl-C has cut it off, as a picture of it would be wrong."""
    if trace.status == "interrupted":
        raise KeyboardInterrupt
    return trace

"""What the page tells a live picture: the frames that it wants, and the events that it has seen."""

from traitlets import HasTraits

SHARPEST = 2.0  # pixels of a picture to one of the page's


class Hearing(HasTraits):
    """The part of a `Live` that hears the page. Each message is answered, if only by an error."""

    def _hear(self, widget, message, buffers):
        """Follow one message of the page."""
        with self._lock:
            if "want" in message:
                super()._hear(widget, message, buffers)
                return
            if "hover" in message:
                self._name(message)
                return
            if "ratio" in message:
                self._draw_at(min(max(message["ratio"], 1.0), SHARPEST))
                return
            self._by_piece = True
            with self._said_in_the_page(), self._one_picture():
                for event in message["events"]:
                    self._follow(event)
            self._by_piece = False
            told = {"answered": message["asked"], "view": message["view"]}
            self.send(told | {"film": self.film, "problem": self.problem})

    def _follow(self, event):
        """What the reader did: {"set": values}, {"press": name}, {"click": [x, y]}, {"place": text}.

        Or a drag: {"grab": [x0, y0]}, {"drag": [x, y]} as often as it moves, {"drop": True}.
        Or what is still wanted: {"more": film}.
        """
        ((kind, what),) = event.items()
        if kind == "set":
            self.set(**self._within(what))
        elif kind == "click":
            self.click(*what)
        elif kind == "press":
            self.press(what)
        elif kind == "grab":
            self._grab(*what)
        elif kind == "drag":
            self._move(*what)
        elif kind == "drop":
            self._drop()
        elif kind == "more":
            if what == self.film and self.scene.incomplete:
                self._change_scene()
        else:
            self.place = what

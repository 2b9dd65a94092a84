"""A Stage whose film Python draws frame by frame, when the page asks."""

import time
import traceback
from contextlib import contextmanager
from threading import RLock

from traitlets import Int, Unicode

from ..frames import Film
from ..frames.layers import Layer, Layers
from ..reader import someone_looks
from .scene import Scene
from .stage import Stage

MOST_KEPT = 100  # frames of a film
INTERRUPTED = "Interrupted: all is as it was before. Move the control again to go on."


class DrawnOnRequest(Stage):
    """A Stage that draws its `scene` when the page asks, each frame once, and says there what has failed.

    Films are numbered: `film` is that of now. The one that was displayed is stored in `frames` once all of
    it is drawn, so that an exported page has it; `kept` is its number. `problem` is the text of the last
    error. A lock keeps the threads of cells and of messages apart.
    """

    film = Int(0).tag(sync=True)
    kept = Int(-1).tag(sync=True)
    problem = Unicode().tag(sync=True)

    def __init__(self, scene: Scene, **options):
        self.scene, self._lock = scene, RLock()
        self._displayed = None  # the number of a film
        self._begin_film()
        first = {"poster": b"", "text": "", "name": scene.name} | options
        super().__init__(Film([], list(scene.captions), None), **first)
        self.on_msg(self._hear)

    def _hear(self, widget, message, buffers):
        """Follow one message of the page: it wants frames."""
        with self._lock:
            for index in message.get("want", ()):
                self._answer(index, message["film"])

    def words_of(self, index) -> str:
        """In words, what picture `index` shows."""
        return self.scene.describe(index)

    def _answer(self, index, film):
        if film != self.film:
            return
        begun = time.perf_counter()
        with self._said_in_the_page():
            self._send_layer(index, self._layer(index), round(1000 * (time.perf_counter() - begun)))
            self._keep_whole()
            return
        self.send({"film": film, "index": index, "failed": self.problem})

    def _layer(self, index):
        """The layer of a picture of this film, drawn once."""
        if index not in self._drawn:
            self._drawn[index] = self._layers.add(index, self.scene.draw(index))
        return self._drawn[index]

    def _begin_film(self):
        self._drawn, self._layers = {}, Layers()

    def _keep_whole(self):
        """Store the film that was displayed, if all of it is drawn."""
        stored = self._stored()
        if self._displayed == self.film != self.kept and all(index in self._drawn for index in stored):
            layers = [self._drawn[index] for index in stored]
            for index, layer in enumerate(layers):
                if layer.under not in (-1, *stored):
                    layers[index] = Layer(self.scene.shoot(index), -1)
            with self.hold_sync():
                self.frames = [layer.encoded for layer in layers]
                self.under = [layer.under for layer in layers]
                self.kept = self.film

    def _stored(self):
        """Which frames of a film are stored."""
        return range(min(len(self.captions), MOST_KEPT))

    def _draw_all(self):
        for index in self._stored():
            self._layer(index)

    def _send_layer(self, index, layer, milliseconds=0):
        told = {"film": self.film, "index": index, "under": layer.under, "drawn_in": milliseconds}
        self.send(told, [layer.encoded])

    @contextmanager
    def _said_in_the_page(self):
        """The front end hides exceptions that messages cause, so say them where the reader looks."""
        try:
            yield
        except KeyboardInterrupt:
            self.problem = INTERRUPTED
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"
            traceback.print_exc()

    def _repr_mimebundle_(self, **kwargs):
        with self._lock:
            self._displayed = self.film
            self._layer(self.index)
            if not someone_looks():
                self._draw_all()
            self._keep_whole()
            return super()._repr_mimebundle_(**kwargs)

"""The Stage: one small widget that shows frames, holds its controls in the page, and is also a picture."""

import anywidget
from traitlets import Bytes, Int, List, TraitError, Unicode, validate

from .. import page


class Stage(anywidget.AnyWidget):
    """Frames (PNG bytes) with a caption each; `index` is the one shown.

    `under` says of each frame on which other it lies as a layer; -1 where it is whole.

    `name` says which Stage it is, `description` what the picture that is shown shows, where that is more
    than its caption: it holds the caption.
    `interval` is the pause between frames in milliseconds while playing. `poster` is the PNG that
    stands in where no widget can be shown, with `text` for readers of no picture, and `invitation`,
    which says how to bring it to life.
    """

    invitation = "Run this cell to step through it."
    _esm = page.module(*page.FILM)
    _css = page.styles("stage.css")

    frames = List(Bytes()).tag(sync=True)
    under = List(Int()).tag(sync=True)
    captions = List(Unicode()).tag(sync=True)
    name = Unicode("EM player").tag(sync=True)
    description = Unicode().tag(sync=True)
    index = Int(0).tag(sync=True)
    interval = Int(700, min=1).tag(sync=True)

    def __init__(self, film, *, poster, text, **traits):
        layers = {"frames": film.frames, "under": list(film.under)}
        super().__init__(**layers, captions=film.captions, **traits)
        self.poster, self.text = poster, text

    @validate("index")
    def _check_index(self, proposal):
        if 0 <= proposal.value < len(self.captions):
            return proposal.value
        raise TraitError(f"index must be between 0 and {len(self.captions) - 1}; got {proposal.value}")

    def picture(self) -> str:
        """The poster as HTML, with its text for readers of no picture."""
        return page.picture(self.poster, self.text)

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        html = f'<div class="gmm-poster">{self.picture()}<p>{self.invitation}</p></div>'
        data |= {"image/png": self.poster, "text/html": html, "text/plain": self.text}
        return data, metadata | {"image/png": {"alt": self.text}}

"""A widget as HTML that works without Python: its picture, and what the page's script makes live."""

import json
from base64 import b64encode
from html import escape

from .. import page
from ..validate import check_kind
from .baked import Baked, bake
from .live import Live
from .stage import Stage

OF_A_PLAYER = ("name", "description", "captions", "index", "interval")
BAKED = {}  # by all that is seen of a demo: a lesson that shows it again has the same films


def in_page(stage: Stage, *, baked: Baked | None = None, address=None) -> str:
    """HTML of a player, an Explorer or a demo. A page needs `page.script_of_page()` once, after all of them.

    Parameters
    ----------
    stage : Stage
        What `player`, `explorer` or a demo returns.
    baked : Baked, optional
        The films that are stored of a `Live`, see `bake`; by default those that its lesson turns.
    address : function, optional
        address(name, film): where the page finds the bytes of a film; by default they are in the HTML.

    Returns
    -------
    str

    Examples
    --------
    >>> import gmm_teach as gt
    >>> html = in_page(gt.widgets.bell(), baked=bake(gt.widgets.bell()))
    >>> html[:22], "data:application" in html
    ('<div class="gmm-here">', True)
    """
    check_kind("stage", stage, Stage)
    if isinstance(stage, Live):
        stored = _of_live(baked or _baked_once(stage), address or _inside)
        stage.pose()
    else:
        stage.finish()
        stored = _of_film(stage, address or _inside)
    text = page.json_in_a_script(stored)
    return f'<div class="gmm-here">{stage.picture()}<script type="application/json">{text}</script></div>'


def on_paper(stage: Stage) -> str:
    """HTML of a player, an Explorer or a demo for print: the picture that is shown, and the last one."""
    check_kind("stage", stage, Stage)
    last = len(stage.captions) - 1
    return "".join(_figure(stage, index) for index in dict.fromkeys((stage.index, last)))


def display_in_pages(html=in_page) -> None:
    """From now on IPython displays each player, Explorer and demo as `in_page`, or `on_paper`, has it."""
    from IPython import get_ipython
    from IPython.display import display

    def show(stage):
        display({"text/html": html(stage), "text/plain": stage.text}, raw=True)

    get_ipython().display_formatter.ipython_display_formatter.for_type(Stage, show)


def _figure(stage, index):
    picture = page.picture(stage.scene.shoot(index), stage.words_of(index))
    return f"<figure>{picture}<figcaption>{escape(stage.captions[index])}</figcaption></figure>"


def _baked_once(live):
    told = live.controls, live.values, live.hidden, live.index, live.describe()
    look = type(live.scene), repr(told), live.scene.shoot(live.index)
    if look not in BAKED:
        BAKED[look] = bake(live, **live.scene.stored)
    return BAKED[look]


def _of_live(baked, address):
    films = {name: address(name, film) for name, film in baked.films.items()}
    return baked._asdict() | {"films": films}


def _inside(name, film):
    return "data:application/octet-stream;base64," + b64encode(film).decode()


def _of_film(stage, address):
    state = {name: getattr(stage, name) for name in OF_A_PLAYER}
    layers = [
        (number, under, len(frame))
        for number, (under, frame) in enumerate(zip(stage.under, stage.frames, strict=True))
    ]
    film = json.dumps({"layers": layers}).encode() + b"\n" + b"".join(stage.frames)
    return {"state": state, "film": address("film", film)}

"""Chromium, and the film and the live picture on a page, as a learner's hands and eyes meet them."""

import statistics
import subprocess
import sys
from contextlib import contextmanager
from inspect import getsource
from pathlib import Path

from notebook_page import RUN_MS, open_cells, run_cell, value

HERE = Path(__file__).parent
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = ("00_watch_em_think", "05_chicken_and_egg", "12_why_em_climbs")  # written as pages and slides
VIEWPORT = {"width": 1280, "height": 720}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ALLOWED = {
    "Cannot read properties of undefined (reading 'schema')": "Notebook 7.6, on an empty notebook too",
}


def write_page(name, folder, *options):
    """Write a notebook as a page into an empty folder, as the README says; returns its path."""
    command = [sys.executable, "-m", "gmm_teach.page", *options, str(NOTEBOOKS / f"{name}.ipynb")]
    subprocess.run([*command, "--to", str(folder)], check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


def listen(page):
    """A list that grows by every error in the page's console, and every uncaught one."""
    errors = []

    def hear(text):
        if not any(known in text for known in ALLOWED):
            errors.append(text)

    page.on(
        "console",
        lambda message: message.type == "error" and hear(f"{message.text} {message.location['url']}"),
    )
    page.on("pageerror", lambda error: hear(f"{error}\n{error.stack}"))
    return errors


@contextmanager
def asks_only(page, address):
    """Every request but to addresses that begin so is stopped: none may be sent, and no error may arise."""
    errors, elsewhere = listen(page), []

    def answer(route):
        elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith((address, "data:", "blob:")), answer)
    yield page
    page.evaluate("null")  # errors on their way arrive first
    assert errors == []
    assert elsewhere == []


@contextmanager
def two_cells(server, browser, options):
    """A page with a notebook of two empty cells, and the errors of its console."""
    context = browser.new_context(**options)
    page = context.new_page()
    errors = listen(page)
    open_cells(page, server, "live", "", "")
    yield page, errors
    context.close()


@contextmanager
def nothing_wrong(page, errors):
    """That page, for `show`; nothing may go wrong in its console, or in the kernel, whose errors it hides."""
    yield page
    page.evaluate("document.fullscreenElement && document.exitFullscreen()")
    problem = value(page, "demo.problem")
    page.evaluate("null")  # errors on their way arrive first
    found = errors.copy()
    errors.clear()  # the next test answers for its own
    assert found == [], found
    assert problem == "''", problem


LIVE = ".gmm-stage:has(.gmm-form)"
SHOW = """
import gmm_teach as gt
from ipywidgets import Widget
Widget.close_all()
demo = gt.widgets.{}
demo"""


NAME_PIXELS = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let [one, other] = [0, 0]; // two polynomials of the pixels, modulo 2 ** 32
  for (const pixel of new Int32Array(data.buffer)) {
    one = (Math.imul(one, 31) + pixel) | 0;
    other = (Math.imul(other, 65599) + pixel) | 0;
  }
  return `${canvas.width} x ${canvas.height}: ${one} ${other}`;
}"""


def name_of_pixels(image):
    """What `NAME_PIXELS` calls a Pillow image."""
    import numpy as np

    pixels, names = np.frombuffer(image.convert("RGBA").tobytes(), np.uint32), []
    for base in (31, 65599):
        powers = np.full(len(pixels), base, np.uint32)
        powers[0] = 1
        powers = np.multiply.accumulate(powers, dtype=np.uint32)[::-1]
        names.append(int((pixels * powers).sum(dtype=np.uint32).astype(np.int32)))
    return f"{image.width} x {image.height}: {names[0]} {names[1]}"


NAMES_IN_THE_KERNEL = f"""
from gmm_teach.frames.layers import composed

{getsource(name_of_pixels)}

def picture_and_caption(demo):
    with demo._lock:
        demo._layer(demo.index)
        pngs, under = ({{index: layer[part] for index, layer in demo._drawn.items()}} for part in (0, 1))
        return name_of_pixels(composed(pngs, under, demo.index)), demo.captions[demo.index]
"""


def show(page, call, before=""):
    """The `LivePicture` of a demo in the first cell; the one that was there is closed."""
    run_cell(page, 0, before + SHOW.strip().format(call))
    return LivePicture(page)


class Picture:
    """A Stage on a page."""

    def __init__(self, stage):
        self.page = stage.page
        self.stage = stage
        self.slider = stage.locator(".gmm-bar input")
        self.wait_for("/^[0-9]+$/.test(shown)")

    @property
    def shown(self):
        """Index of the frame on the canvas."""
        return int(self.stage.get_attribute("data-shown"))

    @property
    def last(self):
        """Index of the last frame of the film."""
        return int(self.slider.get_attribute("max"))

    def wait_for(self, condition):
        """Wait until a JavaScript condition on `shown` and `stage` holds."""
        check = f"(stage) => {{ const shown = stage.dataset.shown; return {condition}; }}"
        self.page.wait_for_function(check, arg=self.stage.element_handle(), timeout=RUN_MS)

    def press(self, key, index):
        """Press a key and wait until frame `index` is on the canvas."""
        self.page.keyboard.press(key)
        self.wait_for(f"shown === '{index}'")

    def picture(self):
        """A short name for what is on the canvas; another picture has another name."""
        return self.stage.locator("canvas").evaluate(NAME_PIXELS)


class LivePicture(Picture):
    """A Live on a page, by default the only one."""

    def __init__(self, page, stage=None):
        super().__init__(stage or page.locator(LIVE))
        self.rest()

    def control(self, name):
        """A control; where it stands in the fold, that is opened."""
        control = self.stage.locator(f"[data-name='{name}']")
        control.evaluate("(node) => node.closest('details.gmm-more')?.setAttribute('open', '')")
        return control

    def rest(self):
        """Wait until the page shows the picture of the last change, or an error."""
        self.wait_for("!stage.classList.contains('gmm-waiting')")

    @property
    def problem(self):
        return self.stage.locator(".gmm-problem").inner_text()

    def picture(self):
        """A short name for what is on the canvas, once at rest."""
        self.rest()
        return super().picture()

    def caption(self):
        """The words under the picture, once at rest."""
        self.rest()
        return self.stage.locator(".gmm-caption").inner_text()


class Film(Picture):
    """A player on a page, by default the first."""

    def __init__(self, page, stage=None):
        super().__init__(stage or page.locator(f".gmm-stage:not({LIVE})").first)

    def button(self, name):
        """The button whose label begins with `name`."""
        return self.stage.locator(f"button[aria-label^='{name}']")

    def rewind(self):
        """Bring the film into the state that every test starts from: in place, paused, focused, frame 0."""
        self.page.evaluate("document.fullscreenElement && document.exitFullscreen()")
        if self.button("Play").inner_text() == "Pause":
            self.button("Play").click()
        self.stage.focus()
        self.press("Home", 0)

    @contextmanager
    def watched(self, sample=False):
        """Watch keys and pictures (watch.js); yields a dict that is full at the end."""
        self.stage.evaluate((HERE / "watch.js").read_text(), {"sample": sample})
        seen = {}
        yield seen
        self.page.wait_for_function("watch.painted.length === watch.drawn.length")
        seen |= self.page.evaluate("watch.stop()")


def median_and_p95(milliseconds):
    """Median and 95th percentile."""
    return statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]

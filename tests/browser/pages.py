"""Chromium, a notebook's page, and the film on it, as a learner's hands and eyes meet them."""

import hashlib
import shutil
import statistics
from contextlib import contextmanager
from pathlib import Path

import nbformat

HERE = Path(__file__).parent
NOTEBOOK = HERE.parents[1] / "notebooks" / "00_watch_em_think.ipynb"
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
RUN_MS = 60_000  # the longest that opening or running a notebook may take
ALLOWED = {
    "Cannot read properties of undefined (reading 'schema')": "Notebook 7.6, on an empty notebook too",
}


def find_chromium():
    """Path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def listen(page):
    """A list that grows by every error in the page's console, and every uncaught one."""
    errors = []

    def hear(text):
        if not any(known in text for known in ALLOWED):
            errors.append(text)

    page.on("console", lambda message: message.type == "error" and hear(message.text))
    page.on("pageerror", lambda error: hear(f"{error}\n{error.stack}"))
    return errors


def open_copy(page, server, name):
    """Open a copy of notebook 00, called `name`, and wait until its kernel is idle."""
    shutil.copy(NOTEBOOK, server.root / f"{name}.ipynb")
    open_notebook(page, server, name)


def open_cells(page, server, name, *sources):
    """Open a new notebook with these code cells, and wait until its kernel is idle."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, server.root / f"{name}.ipynb")
    open_notebook(page, server, name)


def open_notebook(page, server, name):
    """Open a notebook of the server's folder, and wait until its kernel is idle."""
    page.goto(server.page_of(f"{name}.ipynb"))
    kernel = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
    page.wait_for_function(f"{kernel}?.status === 'idle'", timeout=RUN_MS)


def run_all(page):
    """Run all cells; returns the outputs that are errors."""
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells').then((ok) => (window.allRan = ok))")
    page.wait_for_function("window.allRan !== undefined", timeout=RUN_MS)
    return page.evaluate(
        """jupyterapp.shell.currentWidget.content.widgets
           .flatMap((cell) => cell.model.outputs?.toJSON() ?? [])
           .filter((output) => output.output_type === "error")"""
    )


def go_to_player(page):
    """Make the cell of the first player the active one, and scroll it to the top."""
    page.evaluate(
        """async () => {
             const notebook = jupyterapp.shell.currentWidget.content;
             const calls = (cell) => cell.model.sharedModel.getSource().includes("gt.widgets.player(");
             notebook.activeCellIndex = notebook.widgets.findIndex(calls);
             await notebook.scrollToItem(notebook.activeCellIndex, "start");
           }"""
    )


def notebook_state(page):
    """What a stray key would change: the cells, which is active, and whether one is being edited."""
    return page.evaluate(
        """() => {
             const notebook = jupyterapp.shell.currentWidget.content;
             const cells = notebook.widgets.map(({ model }) =>
               [model.id, model.type, model.sharedModel.getSource(), model.executionCount ?? null]);
             return [notebook.activeCellIndex, notebook.mode, cells];
           }"""
    )


LIVE = ".gmm-stage:has(.gmm-form)"


class LivePicture:
    """The only Live on a page."""

    def __init__(self, page):
        self.page = page
        self.stage = page.locator(LIVE)
        self.rest()

    def control(self, name):
        return self.stage.locator(f"[data-name='{name}']")

    def rest(self):
        """Wait until the page shows the picture of the last change, or an error."""
        self.page.wait_for_function(
            "(stage) => stage.dataset.shown && !stage.classList.contains('gmm-waiting')",
            arg=self.stage.element_handle(),
            timeout=RUN_MS,
        )

    @property
    def problem(self):
        return self.stage.locator(".gmm-problem").inner_text()

    def picture(self):
        """A short name for what is on the canvas, once at rest; another picture has another name."""
        self.rest()
        return picture_of(self.stage)


def picture_of(stage):
    """A short name for what is on a stage's canvas."""
    url = stage.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
    return hashlib.sha256(url.encode()).hexdigest()[:16]


class Film:
    """The first player on a page."""

    def __init__(self, page):
        self.page = page
        self.stage = page.locator(f".gmm-stage:not({LIVE})").first
        self.slider = self.stage.get_by_role("slider")
        self.wait_for("/^[0-9]+$/.test(shown)")

    @property
    def shown(self):
        """Index of the frame on the canvas."""
        return int(self.stage.get_attribute("data-shown"))

    @property
    def last(self):
        return int(self.slider.get_attribute("max"))

    def wait_for(self, condition, timeout=10_000):
        """Wait until a JavaScript condition on `shown` and `stage` holds."""
        check = f"(stage) => {{ const shown = stage.dataset.shown; return {condition}; }}"
        self.page.wait_for_function(check, arg=self.stage.element_handle(), timeout=timeout)

    def press(self, key, index):
        """Press a key and wait until frame `index` is on the canvas."""
        self.page.keyboard.press(key)
        self.wait_for(f"shown === '{index}'")

    def button(self, name):
        """The button whose label begins with `name`."""
        return self.stage.locator(f"button[aria-label^='{name}']")

    def picture(self):
        """A short name for what is on the canvas; another picture has another name."""
        return picture_of(self.stage)

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

"""Key on a control to changed picture: run `uv run --group bench python benchmarks/latency.py`.

The Explorer in JupyterLab, in headless Chromium at 1280 x 720, beside the same picture (three_blobs,
random points, half-step 1) made with ipywidgets' `interact` and with ipympl. A key is pressed when
the last picture is there; a picture has changed when the page looks different, looked at in each
frame of the browser (16 ms).
"""

import sys

from browsers import chromium, notebook_page, pages, serve
from timing import against_goal, print_table

GOALS = {"scrub": 20, "K": 100, "seed": 100}
DRAW = """
import numpy as np, warnings
import gmm_teach as gt
warnings.simplefilter("ignore", gt.EMWarning)
X = gt.datasets.load("three_blobs").X

def trace_of(K, seed):
    return gt.run_em(X, gt.starts.random_points(X, K, seed))
"""
INTERACT = (
    DRAW
    + """
from ipywidgets import interact

@interact(K=(1, 8), seed=(0, 100), step=(0, 10))
def draw(K=3, seed=18, step=1):
    return gt.figures.step_picture(trace_of(K, seed), step, "a step of EM")
"""
)
IPYMPL = (
    "%matplotlib widget\n"
    + DRAW
    + """
from ipywidgets import interact
from matplotlib import pyplot as plt
figure, ax = plt.subplots(figsize=(9, 4.5))

@interact(K=(1, 8), seed=(0, 100), step=(0, 10))
def draw(K=3, seed=18, step=1):
    trace = trace_of(K, seed)
    ax.clear()
    panel = gt.views.Panel2D(ax, trace)
    panel.show(trace.steps[step], trace.steps[max(step - 1, 0)])
    figure.canvas.draw_idle()
"""
)
LOOK = """
() => {
  const small = new OffscreenCanvas(64, 32).getContext("2d", { willReadFrequently: true });
  const here = () => document.querySelector(".jp-OutputArea");
  window.signature = () => {
    const picture = here().querySelector(".gmm-stage canvas, .jupyter-matplotlib canvas, img");
    if (!picture || !(picture.naturalWidth ?? picture.width)) return null;
    small.clearRect(0, 0, 64, 32);
    small.drawImage(picture, 0, 0, 64, 32);
    return small.getImageData(0, 0, 64, 32).data.join();
  };
  window.pressed = null;
  window.addEventListener("keydown", (event) => {
    const [since, before] = [event.timeStamp, signature()];
    window.took = null;
    const look = () => {
      const now = signature();
      if (now !== null && now !== before) window.took = performance.now() - since;
      else if (performance.now() - since < 5000) requestAnimationFrame(look);
      else window.took = NaN;
    };
    look();
  }, true);
}
"""


def main(quick=False):
    """Print the table."""
    sources = {
        "Explorer": 'import gmm_teach as gt\ngt.widgets.explorer(start="random_points")',
        "interact": INTERACT,
    }
    try:
        import ipympl  # noqa: F401

        sources["ipympl"] = IPYMPL
    except ImportError:
        print("ipympl is not installed: run with uv run --group bench")
    with chromium() as browser, serve("lab") as server:
        rounds = 2 if quick else 20
        rows = [row(browser, server, name, source, rounds) for name, source in sources.items()]
    header = ["picture by", *(f"{what}: {stat}" for what in GOALS for stat in ("median", "95th percentile"))]
    print_table("From a key to a changed picture (milliseconds)", header, rows)


def row(browser, server, name, source, rounds):
    """One line of the table."""
    page = browser.new_page(viewport=pages.VIEWPORT)
    notebook_page.open_cells(page, server, name, source)
    errors = notebook_page.run_all(page)
    if errors:
        sys.exit(f"{name}: {errors[0]['evalue']}")
    page.wait_for_timeout(3000)  # the film has been filled
    page.evaluate(LOOK)
    found = [name]
    for what, goal in GOALS.items():
        control = focus(page, name, what)
        times = [press(page, control, i) for i in range(rounds)]
        median, p95 = pages.median_and_p95(times)
        goal = goal if name == "Explorer" else None
        found += [against_goal(median, goal, " ms", most=True), f"{p95:.3g} ms"]
    page.close()
    return found


def focus(page, name, what):
    """The control for the half-step, K or the seed."""
    if name == "Explorer":
        where = {"scrub": ".gmm-bar input", "K": "[data-name=K]", "seed": "[data-name=seed]"}[what]
        return page.locator(where).first
    place = {"K": 0, "seed": 1, "scrub": 2}[what]
    return page.locator(".widget-slider [role=slider]").nth(place)


def press(page, control, i):
    """Press a key on a control, up and down in turn; returns milliseconds until the picture changed."""
    control.focus()
    page.wait_for_timeout(150)
    page.keyboard.press("ArrowUp" if i % 2 == 0 else "ArrowDown")
    page.wait_for_function("window.took !== null", timeout=10_000)
    return page.evaluate("window.took")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)

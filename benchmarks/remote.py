"""The Explorer far from its kernel: run `uv run python benchmarks/remote.py`.

JupyterLab in headless Chromium, behind a line of 5 Mbit/s and 100 or 250 ms each way once its page is open.
A change is the press of *Next seed*, to a run of about 60 pictures. Bytes are those of the line down, and all
that Lab itself sends.
"""

import sys
import time
from urllib.parse import urlsplit

from browsers import chromium, notebook_page, pages, serve
from slow_line import slow_line
from timing import against_goal, print_table

import gmm_teach as gt

RATE = 5e6 / 8  # bytes a second
DELAYS = (0.1, 0.25)
QUIET = 1.5  # seconds without a byte of 1 kB, after which a film is taken to be there
PLAY_SECONDS, IDLE_SECONDS = 9, 5
HEADER = [
    "each way",
    "first picture of a cell",
    "of a change",
    "its bytes",
    "film there",
    "pictures",
    "bytes",
    "a picture",
    "idle line, 5 s",
    "Play after a change, 9 s",
]
WATCH = """
(stage) => {
  const button = stage.querySelector("[data-name='next seed']");
  button.addEventListener("click", () => {
    const before = stage.dataset.film;
    window.took = null;
    const since = performance.now();
    const look = () => {
      const there = stage.dataset.film !== before && !stage.classList.contains("gmm-waiting");
      if (there) window.took = performance.now() - since;
      else requestAnimationFrame(look);
    };
    look();
  });
  window.pictures = 0;
  new MutationObserver(() => (window.pictures += 1)).observe(stage, { attributeFilter: ["data-shown"] });
}
"""


def main(quick=False):
    """Print the table."""
    with chromium() as browser, serve("lab") as server:
        rows = [row(browser, server, delay, 1 if quick else 3) for delay in DELAYS[: 1 if quick else None]]
    print_table("The Explorer behind a line of 5 Mbit/s", HEADER, rows)


def long_run():
    """K and a seed from which EM takes about 60 half-steps on three_blobs, as the Explorer runs it."""
    X = gt.datasets.load("three_blobs").X
    for seed in range(1, 200):
        start = gt.starts.random_points(X, 4, seed)
        n = len(gt.run_em(X, start).steps)
        if 58 <= n <= 62:
            return 4, seed
    sys.exit("no run of 60 pictures found")


def row(browser, server, delay, rounds):
    """One line of the table."""
    K, seed = long_run()
    address = urlsplit(server.base)
    with slow_line(address.port) as (port, up, down):
        near = server._replace(base=server.base.replace(f":{address.port}", f":{port}"))
        page = browser.new_page(viewport=pages.VIEWPORT)
        notebook_page.open_cells(page, near, f"far{delay}", "import gmm_teach as gt", "")
        notebook_page.run_cell(page, 0)
        wait_for_quiet(page, down)
        for line in (up, down):
            line.delay, line.rate = delay, RATE
        began = time.monotonic()
        call = f"gt.widgets.explorer(K={K}, seed={seed - 1}, speed='fast')"
        notebook_page.run_cell(page, 1, call)
        stage = page.locator(pages.LIVE)
        wait_for_picture(page, stage)
        shown = time.monotonic() - began
        wait_for_quiet(page, down)
        stage.evaluate(WATCH)
        changes = [change(page, stage, down, seed) for _ in range(rounds)]
        first, first_bytes, film, pictures, film_bytes, idle = map(middle, zip(*changes, strict=True))
        played = play(page, stage, down, seed)
        page.close()
    return [
        f"{1000 * delay:.0f} ms",
        f"{shown:.2g} s",
        against_goal(first, 2 * delay + 0.3, " s", most=True),
        f"{first_bytes / 1e3:.0f} kB",
        against_goal(film, 3 if delay == 0.1 else None, " s", most=True),
        f"{pictures}",
        f"{film_bytes / 1e3:.0f} kB",
        f"{film_bytes / 1e3 / pictures:.1f} kB",
        f"{idle / 1e3:.1f} kB",
        f"{played} pictures",
    ]


def middle(values):
    """The median of a few."""
    return sorted(values)[len(values) // 2]


def change(page, stage, down, seed):
    """First picture in seconds and bytes; film in seconds, pictures, bytes; bytes of an idle line."""
    go_to_seed(page, stage, down, seed - 1)
    began, before = time.monotonic(), down.carried
    stage.locator("[data-name='next seed']").click()
    page.wait_for_function("window.took !== null", timeout=60_000)
    first, first_bytes = page.evaluate("window.took") / 1000, down.carried - before
    done = wait_for_quiet(page, down)
    film_bytes = down.carried - before
    pictures = 1 + int(stage.locator(".gmm-bar input").get_attribute("max"))
    at = down.carried
    page.wait_for_timeout(1000 * IDLE_SECONDS)
    return first, first_bytes, done - began, pictures, film_bytes, down.carried - at


def play(page, stage, down, seed):
    """Pictures that Play shows in 9 s, when it is pressed right after a change."""
    go_to_seed(page, stage, down, seed - 1)
    stage.locator("[data-name='next seed']").click()
    page.evaluate("window.pictures = 0")
    page.wait_for_function("window.took !== null", timeout=60_000)
    stage.locator("button[aria-label^='Play']").click()
    page.wait_for_timeout(1000 * PLAY_SECONDS)
    return page.evaluate("window.pictures")


def go_to_seed(page, stage, down, seed):
    """Another seed typed in, its first half-step shown, and its film there."""
    field = stage.locator("[data-name='seed']")
    field.fill(str(seed))
    field.press("Enter")
    wait_for_picture(page, stage)
    stage.focus()
    page.keyboard.press("Home")
    wait_for_picture(page, stage)
    wait_for_quiet(page, down)


def wait_for_picture(page, stage):
    """Wait until the picture is that of the controls."""
    page.wait_for_timeout(200)
    there = "(stage) => /^[0-9]+$/.test(stage.dataset.shown) && !stage.classList.contains('gmm-waiting')"
    page.wait_for_function(there, arg=stage.element_handle(), timeout=120_000)


def wait_for_quiet(page, down):
    """Wait until the line down has carried next to nothing for a while; returns when it last carried more."""
    busy_at, carried = time.monotonic(), down.carried
    while time.monotonic() - busy_at < QUIET:
        page.wait_for_timeout(50)
        if down.carried - carried > 2000:
            busy_at = down.last
        carried = down.carried
    return busy_at


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)

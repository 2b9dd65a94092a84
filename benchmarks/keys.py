"""Time from key press to new picture, in JupyterLab and Notebook 7: run `uv run python benchmarks/keys.py`.

Notebook 00 is run in headless Chromium at 1280 x 720, and ArrowRight pressed through its first film again and
again, each time as soon as the last picture is there. "drawn": the canvas has the new picture; "painted": the
browser has put it on the screen, which waits for the next of 60 frames a second.
"""

import sys

from browsers import chromium, notebook_page, pages, serve, servers
from timing import against_goal, print_table

PRESSES = 30
GOALS = {"median": 20, "p95": 40}


def main(quick=False):
    """Print the table."""
    with chromium() as browser:
        rows = [row(app, *measure(browser, app, rounds=1 if quick else 10)) for app in servers.APPS]
    header = ["app", "presses", "drawn: median", "95th percentile", "painted: median", "95th percentile"]
    print_table("Key to picture", header, rows)


def measure(browser, app, rounds):
    """Milliseconds of each press until the picture was drawn, and until it was painted."""
    drawn, painted = [], []
    with serve(app) as server:
        page = browser.new_page(viewport=pages.VIEWPORT)
        notebook_page.open_copy(page, server, "run")
        notebook_page.run_all(page)
        notebook_page.go_to_player(page)
        film = pages.Film(page)
        for _ in range(rounds):
            film.rewind()
            with film.watched() as seen:
                for index in range(1, PRESSES + 1):
                    film.press("ArrowRight", index)
            drawn += seen["drawn"]
            painted += seen["painted"]
        page.close()
    return drawn, painted


def row(app, drawn, painted):
    """One line of the table."""
    median, p95 = pages.median_and_p95(drawn)
    return [
        app,
        str(len(drawn)),
        against_goal(median, GOALS["median"], " ms", most=True),
        against_goal(p95, GOALS["p95"], " ms", most=True),
        *(f"{value:.3g} ms" for value in pages.median_and_p95(painted)),
    ]


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)

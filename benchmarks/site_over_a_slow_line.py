"""What a reader of the site waits for in Chromium, over 5 Mbit/s with 100 ms; see benchmarks/pages.py."""

import sys
import time
from pathlib import Path

from browsers import chromium
from timing import against_goal

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from serve_folder import served

LINE = {"offline": False, "latency": 100, "downloadThroughput": 5e6 / 8, "uploadThroughput": 5e6 / 8}
LESSONS = ("00_watch_em_think", "05_chicken_and_egg", "07_the_m_step_twice", "09_starts_and_failures")
PICTURE = """() => [...document.querySelectorAll("article img, article canvas")].some(
  (one) => (one.complete && one.naturalWidth) || one.closest(".gmm-stage")?.dataset.shown)"""
AT_REST = ".gmm-stage[data-shown]:not(.gmm-waiting)"
FILM = "document.querySelector('.gmm-stage').dataset.film"


def rows(site):
    """Rows of a table: what, time against its goal."""
    with served(site) as base, chromium() as browser:
        for name in LESSONS:
            seconds = first_picture(browser, f"{base}lessons/{name}.html")
            yield [f"first picture of {name}", against_goal(seconds, 2, " s", most=True)]
        new_k, half_step = on_the_explorer(browser, f"{base}explorer.html")
        yield ["a new K on the stored Explorer", against_goal(new_k, 0.7, " s", most=True)]
        yield ["the next half-step, which is there", against_goal(1e3 * half_step, 50, " ms", most=True)]


def over_a_slow_line(browser):
    """A page whose line is slow, with nothing kept from before."""
    page = browser.new_context().new_page()
    page.set_default_timeout(300_000)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    return page


def first_picture(browser, address):
    """Seconds from the address to a picture on the screen."""
    page = over_a_slow_line(browser)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(PICTURE, polling=20)
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def on_the_explorer(browser, address):
    """Seconds from a new K to its picture, and from a key to a half-step that has arrived: medians."""
    page = over_a_slow_line(browser)
    page.goto(address)
    page.wait_for_selector(AT_REST)
    waits = []
    for K in (1, 2, 4, 5, 6):
        page.wait_for_timeout(3000)  # what came before has arrived
        film = page.evaluate(FILM)
        began = time.perf_counter()
        page.locator("[data-name='K']").fill(str(K))
        page.wait_for_function(f"{FILM} !== '{film}' && document.querySelector({AT_REST!r})")
        waits.append(time.perf_counter() - began)
    page.wait_for_timeout(3000)
    page.locator(".gmm-stage").focus()
    steps = page.evaluate(
        """async () => {
          const stage = document.querySelector(".gmm-stage"), waits = [];
          for (let n = 0; n < 8; n++) {
            const began = performance.now(), now = stage.dataset.shown;
            stage.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
            while (stage.dataset.shown === now) await new Promise(requestAnimationFrame);
            waits.push(performance.now() - began);
          }
          return waits.sort((one, other) => one - other);
        }"""
    )
    return sorted(waits)[len(waits) // 2], steps[len(steps) // 2] / 1e3

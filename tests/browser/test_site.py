"""The site, of two lessons, from a plain web server, with every request elsewhere stopped.

GMM_TEACH_SITE=FOLDER names a whole site that is built, and is tested instead.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from access import faults
from bs4 import BeautifulSoup
from pages import VIEWPORT, LivePicture, asks_only
from playwright.sync_api import expect
from stored_widgets import assert_every_film_steps_and_every_stored_control_changes_the_picture

ROOT = Path(__file__).parents[2]
BUILT = os.environ.get("GMM_TEACH_SITE")
ALL = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
LESSONS = ALL if BUILT else ["03_mix_and_sample", "07_the_m_step_twice"]
GRID = '[{"K": [2, 4], "seed": [19]}]'
OTHERS = set(ALL) - set(LESSONS)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TWICE = {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2}  # 1280 x 720 at 200 %
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site."""
    if BUILT:
        return Path(BUILT).resolve()
    pytest.importorskip("myst_nb", reason="uv sync --group site installs what builds the site")
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, ROOT / "tools" / "build_site.py", *LESSONS, "--to", folder, "--front", GRID]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="session")
def base(site):
    """The address of the site."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", site]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        port = re.search(r"port (\d+)", server.stdout.readline())[1]
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


@pytest.fixture(params=[{"viewport": VIEWPORT}, PHONE, TWICE], ids=["1280", "phone", "200 %"])
def screen(request, browser):
    """A page on one of three screens."""
    with browser.new_context(**request.param) as context:
        yield context.new_page()


@pytest.fixture
def visit(page, base):
    """A function that opens a page of the site."""

    def opened(name):
        page.goto("about:blank")  # or another place of the same page is no new page
        page.goto(base + name)
        page.evaluate("globalThis.gmmStarted")
        return page

    with asks_only(page, base):
        yield opened


def pages_of(site):
    """Paths of the site's pages, as they stand in addresses."""
    return sorted(
        path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts
    )


@pytest.mark.parametrize("name", LESSONS)
def test_pictures_come_when_they_are_near_and_no_icon_is_lost(visit, name):
    page = visit(f"lessons/{name}.html")
    assert page.locator("article img:not([loading=lazy])").count() == 1
    for picture in page.locator("article img:visible").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(one) => one.naturalWidth") == int(picture.get_attribute("width"))
        assert picture.get_attribute("alt")
    lost = page.evaluate(
        """() => [...document.querySelectorAll("i[class*=fa-]")]
          .filter((one) => ["none", "normal"].includes(getComputedStyle(one, "::before").content))
          .map((one) => one.className)"""
    )
    assert lost == []


def test_nothing_is_wider_than_the_screen(screen, base, site):
    with asks_only(screen, base):
        for name in pages_of(site):
            screen.goto(base + name)
            screen.evaluate("globalThis.gmmStarted")
            width = screen.evaluate("document.documentElement.clientWidth")
            assert screen.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("name", ["index.html", *(f"lessons/{lesson}.html" for lesson in LESSONS)])
def test_films_step_and_stored_controls_change_the_picture(visit, name):
    assert_every_film_steps_and_every_stored_control_changes_the_picture(visit(name))


def test_formulas_are_drawn(visit):
    page = visit("lessons/03_mix_and_sample.html")
    assert page.locator("article math").count() > 20
    words = page.locator("article p:not(:has(code))").all_inner_texts()
    assert words
    assert not any("$" in one for one in words)


def test_every_link_leads_somewhere(site):
    """But to lessons that this site leaves out."""
    pages = {
        name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
        for name in pages_of(site)
    }
    n = 0
    for name, page in pages.items():
        for node in page.select("[href], [src], [data-one-file]"):
            link = node.get("href") or node.get("src") or node.get("data-one-file")
            parts = urlsplit(link)
            if parts.scheme or any(other in link for other in OTHERS) or ":K" in parts.fragment:
                continue
            path = (site / name).parent / unquote(parts.path) if parts.path else site / name
            assert path.exists(), (name, link)
            target = path.resolve().relative_to(site.resolve()).as_posix()
            if parts.fragment and target in pages:
                fragment = unquote(parts.fragment)
                assert pages[target].find(id=fragment), (name, link)
            n += 1
    assert n > 200


@pytest.mark.parametrize(("K", "seed", "index"), [(2, 19, 4), (4, 18, 3)])
def test_a_link_opens_a_place(visit, K, seed, index):
    live = LivePicture(visit(f"explorer.html#three_blobs:K{K}:s{seed}:full:random:h{index}"))
    assert live.shown == index
    assert (live.control("K").input_value(), live.control("seed").input_value()) == (str(K), str(seed))
    assert live.problem == ""


def test_of_a_place_that_is_not_stored_the_nearest_is_shown_and_named(visit):
    live = LivePicture(visit("explorer.html#three_blobs:K3:s9:full:random:h4"))
    assert live.shown == 4
    assert (live.control("K").input_value(), live.control("seed").input_value()) == ("3", "18")
    assert "is the nearest" in live.problem
    assert live.control("place").input_value() == "three_blobs:K3:s18:full:random:h4"
    expect(live.stage.locator(".gmm-problem")).to_be_in_viewport()


def test_one_file_holds_its_films(visit, browser, tmp_path):
    page = visit("lessons/03_mix_and_sample.html")
    with page.expect_download() as told:
        page.get_by_role("button", name="Save as one file").click()
    path = tmp_path / told.value.suggested_filename
    told.value.save_as(path)
    assert path.name == "03_mix_and_sample.html"
    with browser.new_context(viewport=VIEWPORT) as context, asks_only(context.new_page(), "file:") as alone:
        alone.goto(path.as_uri())
        alone.evaluate("globalThis.gmmStarted")
        assert_every_film_steps_and_every_stored_control_changes_the_picture(alone)


def test_the_notebook_is_the_one_of_the_course(visit, base):
    page = visit("lessons/03_mix_and_sample.html")
    with page.expect_download() as told:
        page.get_by_role("link", name="Download this notebook").click()
    assert told.value.path().read_bytes() == (ROOT / "notebooks" / "03_mix_and_sample.ipynb").read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", "lessons/07_the_m_step_twice.html", "slides/03_mix_and_sample.html"]
)
def test_axe_finds_nothing_serious(visit, axe, page, name, scheme):
    page.emulate_media(color_scheme=scheme)
    assert faults(visit(name), axe, page.locator("body")) == []

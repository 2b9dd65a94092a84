"""The stand-alone HTML film, opened from disk with no network."""

import re

import pytest
from pages import Film, listen
from playwright.sync_api import expect

import gmm_teach as gt

NOTE_FRAMES = """(stage) => {
  window.seen = [];
  const note = () => seen.at(-1) !== stage.dataset.shown && seen.push(stage.dataset.shown);
  new MutationObserver(note).observe(stage, { attributeFilter: ["data-shown"] });
}"""


@pytest.fixture(scope="module")
def film_path(tmp_path_factory):
    X = gt.datasets.load("three_blobs").X
    trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1, 2]), max_iter=6, tol=0)
    path = tmp_path_factory.mktemp("film") / "film.html"
    return gt.frames.save(trace, path, seconds=0.1, title="Three blobs", progress=False)


@pytest.fixture
def film(film_path, page):
    """The film on its page; it may ask for nothing but its own file, and leave no error."""
    errors, asked = listen(page), []
    page.context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(film_path.as_uri())
    film = Film(page)
    yield film
    page.evaluate("null")
    assert errors == []
    assert {url for url in asked if not url.startswith(("data:", "blob:"))} == {film_path.as_uri()}


def test_opens_at_the_start_with_the_keyboards_focus(film):
    expect(film.stage).to_be_focused()
    expect(film.stage.locator(".gmm-caption")).to_have_text(re.compile("Start: no point has a colour yet"))
    assert film.page.title().startswith("E-step 7")
    assert (film.shown, film.last) == (0, 13)


def test_keys_show_every_frame_and_none_is_blank(film):
    pictures = [film.picture()]
    with film.watched(sample=True) as seen:
        for index in range(1, film.last + 1):
            film.press("ArrowRight", index)
            pictures.append(film.picture())
    assert len(set(pictures)) == film.last + 1
    assert seen["blanks"] == 0
    film.press("PageUp", film.last - 2)
    film.press("Home", 0)
    assert film.picture() == pictures[0]


def test_buttons_and_slider(film):
    film.button("Forward one iter").click()
    film.wait_for("shown === '2'")
    film.button("Back one half").click()
    film.wait_for("shown === '1'")
    film.slider.fill("9")
    film.wait_for("shown === '9'")
    box = film.slider.bounding_box()
    film.page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    film.wait_for(f"shown === '{film.last}'")


def test_plays_to_its_end_and_again_from_the_start(film):
    film.page.keyboard.press("Space")
    film.wait_for(f"shown === '{film.last}'")
    expect(film.button("Play")).to_have_text("Play")
    film.stage.evaluate(NOTE_FRAMES)  # each is there for a moment only
    film.button("Play").click()
    film.wait_for("seen.includes('3')")
    assert film.page.evaluate("seen")[0] == "0"


def test_f_fills_the_screen(film):
    film.page.keyboard.press("f")
    film.wait_for("document.fullscreenElement === stage")
    film.page.keyboard.press("f")
    film.wait_for("document.fullscreenElement === null")


@pytest.mark.parametrize("width", [360, 560])
def test_no_control_is_cut_off_in_a_narrow_window(film, width):
    film.page.set_viewport_size({"width": width, "height": 700})
    controls = film.stage.locator("button, input, .gmm-count, canvas")
    expect(controls).to_have_count(8)
    for control in controls.all():
        expect(control).to_be_in_viewport(ratio=1)
        assert control.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1"), control

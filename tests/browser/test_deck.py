"""Slides of a notebook in one file, opened from a disk, with no network: all on the screen, and alive."""

import pytest
from access import faults, without_words
from pages import LESSONS, LIVE, Film, LivePicture, write_page

pytestmark = pytest.mark.slow
TOO_SMALL = """() => [...document.querySelectorAll(".slides section :not(math *)")]
  .filter((node) => !node.children.length && node.textContent.trim() && node.checkVisibility())
  .filter((node) => !node.closest("aside, script, style, sub, sup"))
  .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 18)
  .map((node) => `${node.tagName} ${node.className}: ${node.textContent.slice(0, 30)}`)"""
CUT_OFF = """() => {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = Reveal.getCurrentSlide();
  return scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1;
}"""
SCROLLS = """() => [...Reveal.getCurrentSlide().querySelectorAll("table, pre, .equation")]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""


@pytest.fixture(params=LESSONS)
def deck(request, offline, tmp_path):
    """The slides of a notebook."""
    page = offline(write_page(request.param, tmp_path, "--slides"))
    page.wait_for_function("window.Reveal?.isReady()")
    return page


def test_slides_are_on_the_screen_and_alive_and_have_notes(deck, axe):
    """One test, as to write the slides takes longest."""
    assert without_words(deck) == []
    assert_all_of_each_slide_is_on_the_screen_and_can_be_read(deck)
    assert_widgets_are_alive_on_their_slides_and_arrows_turn_those_elsewhere(deck)
    assert_the_speaker_sees_notes_and_the_time(deck)
    assert_axe_finds_nothing_serious(deck, axe)


def assert_all_of_each_slide_is_on_the_screen_and_can_be_read(deck):
    n = deck.evaluate("Reveal.getTotalSlides()")
    assert n > 15
    for number in range(n):
        go_to(deck, number)
        what = deck.evaluate("Reveal.getCurrentSlide().innerText.slice(0, 60)")
        deck.wait_for_timeout(100)  # it is laid out
        assert not deck.evaluate(CUT_OFF), (number, what)
        assert deck.evaluate(SCROLLS) == [], (number, what)
        assert deck.evaluate(TOO_SMALL) == [], (number, what)
        assert what.strip() or deck.evaluate("!!Reveal.getCurrentSlide().querySelector('img, canvas')")


def assert_widgets_are_alive_on_their_slides_and_arrows_turn_those_elsewhere(deck):
    slides = deck.evaluate("Reveal.getSlides().map((slide) => slide.querySelector('.gmm-stage') !== null)")
    assert any(slides)
    for number in [number for number, alive in enumerate(slides) if alive]:
        go_to(deck, number)
        stage = deck.locator("section.present .gmm-stage").last
        live = (LivePicture if stage.evaluate(f"(node) => node.matches('{LIVE}')") else Film)(deck, stage)
        if live.last:
            stage.focus()
            live.press("Home", 0)
            live.press("ArrowRight", 1)
        stage.blur()
    before = deck.evaluate("Reveal.getState()")
    deck.keyboard.press("ArrowLeft")
    assert deck.evaluate("Reveal.getState()") != before


def assert_the_speaker_sees_notes_and_the_time(deck):
    go_to(deck, 0)
    with deck.expect_popup() as opened:
        deck.keyboard.press("s")
    view = opened.value
    view.wait_for_selector(".pacing, .clock")
    assert deck.evaluate("Reveal.getConfig().totalTime") >= 25 * 60
    assert deck.locator("aside.notes").count()


def assert_axe_finds_nothing_serious(deck, axe):
    """Last, as it opens all folds."""
    for number in range(deck.evaluate("Reveal.getTotalSlides()")):
        go_to(deck, number)
        assert faults(deck, axe, deck.locator(".reveal")) == [], number


def go_to(deck, number):
    """Show a slide with all its fragments."""
    deck.evaluate(
        """(number) => {
          const { h, v } = Reveal.getIndices(Reveal.getSlides()[number]);
          Reveal.slide(h, v, 99);
        }""",
        number,
    )

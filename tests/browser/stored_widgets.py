"""What a reader does with every widget of a page without Python."""

import json

from pages import LIVE, Film, LivePicture


def assert_every_film_steps_and_every_stored_control_changes_the_picture(page):
    places = page.locator(".gmm-here").all()
    assert places
    for place in places:
        place.locator(".gmm-stage").wait_for()
        stored = json.loads(place.locator("script").text_content())
        if "grid" in stored:
            live = LivePicture(page, place.locator(LIVE))
            for name, values in stored["grid"].items():
                turn(live, name, values, seen=LivePicture.picture if not stored["said"] else told)
        else:
            live = Film(page, place.locator(".gmm-stage"))
        if live.last:
            live.stage.focus()
            seen = []
            for key, index in (("End", live.last), ("Home", 0)):
                live.press(key, index)
                seen.append(live.picture())
            assert seen[0] != seen[1]


def told(live):
    """The picture, and what is said of it, which may change alone."""
    return live.picture(), live.stage.locator(".gmm-caption").inner_text()


def turn(live, name, values, seen):
    """Two stored values of a control, of which two things are seen; it goes back to where it was."""
    both, before = set(), live.control(name).input_value()
    for value in (values[0], values[-1]):
        move(live, name, value)
        assert live.problem == ""
        both.add(seen(live))
    assert len(both) == min(2, len(values)), name
    move(live, name, before)


def move(live, name, value):
    """Give a control a value."""
    control = live.control(name)
    if control.evaluate("(node) => node.matches('select')"):
        control.select_option(value)
    else:
        control.fill(str(value))
        control.blur()
    live.rest()

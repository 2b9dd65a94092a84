"""Nothing on the page moves while a learner works: room is reserved for the longest caption and note."""

import pytest
from notebook_page import run_cell
from pages import show
from test_demo_pages import CHEAP, DEMOS, QUICK, SLOW

import gmm_teach as gt

PLACES = """(stage) => {
  const topOf = (part) => Math.round(part.getBoundingClientRect().top);
  const of = (name) => {
    const part = stage.querySelector(name);
    return part?.checkVisibility() ? topOf(part) - topOf(stage) : null;
  };
  return { bar: of(".gmm-bar"), form: of(".gmm-form"), height: stage.offsetHeight };
}"""


def ends_of(spec):
    """Values that bring a control to its ends."""
    if spec["kind"] == "choice":
        return spec["options"]
    return [True, False] if spec["kind"] == "check" else [spec["min"], spec["max"], spec["value"]]


def places_seen(live, specs):
    """Where bar and form are, and the Stage's height: each control at its ends, at both ends of its film."""
    for spec in specs:
        for end in ends_of(spec):
            run_cell(live.page, -1, f"demo.set({spec['name']}={end!r})")
            for at in sorted({0, live.last}):
                run_cell(live.page, -1, f"demo.index = {at}")
                live.rest()
                yield (spec["name"], end, at), live.stage.evaluate(PLACES)
        run_cell(live.page, -1, f"demo.set({spec['name']}={spec['value']!r})")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else SLOW) for name in DEMOS])
def test_bar_form_and_height_stay_where_they_are(live_page, name):
    live_page.evaluate("jupyterapp.commands.execute('filebrowser:activate')")  # the narrowest that is usual
    hidden = CHEAP.get(name, {})
    live = show(live_page, f"{name}(**{hidden})")
    specs = [
        spec
        for spec in getattr(gt.widgets, name)().controls
        if spec["kind"] not in ("button", "number")
        and spec["name"] not in {*hidden, "data", "speed", "click"}
    ]
    seen = dict(places_seen(live, specs))
    first = next(iter(seen.values()))
    assert {where: place for where, place in seen.items() if place != first} == {}, first

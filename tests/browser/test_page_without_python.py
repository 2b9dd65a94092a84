"""Widgets in a page with no Python behind it and no network: every control, to its picture."""

import numpy as np
import pytest
from pages import LIVE, Film, LivePicture, name_of_pixels
from playwright.sync_api import expect
from stored import opened

import gmm_teach as gt
from gmm_teach.frames.layers import composed
from gmm_teach.page import script_of_page
from gmm_teach.widgets.baked import bake
from gmm_teach.widgets.in_page import in_page

HTML = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><body>{}</body></html>'


@pytest.fixture
def show(offline, tmp_path):
    """A function that opens a page of these widgets."""

    def of(*parts):
        path = tmp_path / "page.html"
        path.write_text(HTML.format("".join(parts) + script_of_page()), encoding="utf-8")
        page = offline(path)
        page.locator(".gmm-stage").first.wait_for()
        return (LivePicture if page.locator(LIVE).count() else Film)(page)

    return of


def turn(live, name, value):
    control = live.control(name)
    control.fill(str(value))
    control.blur()
    live.rest()


@pytest.mark.slow
def test_k_and_seed_of_the_explorer_change_its_film(show):
    demo = gt.widgets.explorer(K=2, seed=0)
    baked = bake(demo, most=6, K=[1, 2], seed=[0, 1])
    live = show(in_page(demo, baked=baked))
    films = {}
    for K, seed in ((1, 1), (2, 1), (2, 0), (1, 0)):
        turn(live, "K", K)
        turn(live, "seed", seed)
        films[K, seed] = live.last, live.picture()
        frames, under, head = opened(baked.films[f"{K - 1}-{seed}"])
        assert live.last == len(head["captions"]) - 1
        assert live.picture() == name_of_pixels(composed(frames, under, live.shown))
        expect(live.stage.locator(".gmm-caption")).to_have_text(head["captions"][live.shown])
    assert len(set(films.values())) == 4


@pytest.mark.slow
def test_what_is_not_stored_is_the_nearest_or_stays_and_is_said(show):
    demo = gt.widgets.explorer(K=2, seed=0)
    live = show(in_page(demo, baked=bake(demo, most=6, K=[2], seed=[0, 1])))
    before = live.picture()
    turn(live, "seed", 9)
    assert live.control("seed").input_value() == "1"
    assert live.problem == "Seed 1 is the nearest to 9 that is stored here."
    assert live.picture() != before
    live.control("data").select_option("old_faithful")
    expect(live.control("data")).to_have_value("three_blobs")
    assert live.problem == "Data works in the notebook; here K and Seed can be turned."


@pytest.mark.slow
def test_a_button_that_only_moves_a_control_works(show):
    demo = gt.widgets.explorer(K=1, seed=0)
    live = show(in_page(demo, baked=bake(demo, most=6, seed=[0, 1])))
    live.control("next seed").click()
    expect(live.control("seed")).to_have_value("1")


ANSWERS = {"half": ["E-step", "M-step"], "fault": ["hard shares", "floor added twice"]}
COUNT_FILMS = """
globalThis.asked = [];
const fetched = globalThis.fetch;
globalThis.fetch = (url) => (asked.push(String(url)), fetched(url));
"""


def said_of(live):
    """Data, K and covariance that the picture is said to be of."""
    words = live.stage.locator("canvas").get_attribute("aria-label")
    return words.split(". ")[0]


@pytest.mark.slow
def test_data_and_covariance_are_choices_whose_films_are_fetched_one_by_one(show):
    demo = gt.widgets.explorer()
    grids = {"data": ["document_c"]}, {"covariance": ["tied"], "K": [2]}
    baked = bake(demo, *grids, most=6, seed=[18, 19])
    script = f"<script>{COUNT_FILMS}</script>"
    live = show(script, in_page(demo, baked=baked))
    order = [live.page.evaluate("asked.length")]
    seen = {}

    def choose(name, value):
        live.control(name).select_option(value)
        expect(live.control(name)).to_have_value(value)
        live.rest()
        order.append(live.page.evaluate("asked.length"))
        seen[said_of(live)] = live.picture()

    choose("covariance", "tied")
    assert (said_of(live), live.problem) == ("three_blobs, K=3, tied", "")
    choose("data", "document_c")
    assert said_of(live) == "document_c, K=3, full"
    assert live.problem == "These values are not stored together; shown is Covariance full."
    choose("data", "three_blobs")
    turn(live, "K", 2)
    assert said_of(live) == "three_blobs, K=2, full"
    assert live.problem == ""
    assert order == [1, 2, 3, 4]
    assert len(set(seen.values())) == len(seen) == 3


@pytest.mark.slow
def test_next_seed_goes_on_to_the_next_that_is_stored_and_round(show):
    demo = gt.widgets.explorer()
    live = show(in_page(demo, baked=bake(demo, most=6, seed=[5, 18, 30])))
    for seed in ("30", "5", "18"):
        live.control("next seed").click()
        expect(live.control("seed")).to_have_value(seed)
        live.rest()
        assert live.problem.startswith(f"Seed {seed} is the next that is stored here")


@pytest.mark.slow
def test_an_address_opens_a_place_with_what_it_hides_and_its_speed(show):
    demo = gt.widgets.explorer(hide=["code"])
    baked = bake(demo, most=8, K=[2], seed=[18, 19])
    live = show(in_page(demo, baked=baked))
    head = opened(baked.films["0-1"])[2]
    half_step = head["places"][4].rpartition(":")[2]
    place = f"three_blobs:K2:s19:full:random:fast:hide=code,data,floor:{half_step}"
    address = live.page.url
    live.page.goto("about:blank")
    live.page.goto(f"{address}#{place}")
    live = LivePicture(live.page)
    expect(live.control("place")).to_have_value(place)
    expect(live.stage.locator(".gmm-caption")).to_have_text(head["captions"][4])
    for name, there in {"data": False, "floor": False, "K": True, "covariance": True}.items():
        assert live.control(name).is_visible() is there
    live.page.evaluate("navigator.clipboard.writeText = (text) => (globalThis.copied = text)")
    live.control("copy").click()
    assert live.page.evaluate("copied") == f"{live.page.url.split('#')[0]}#{place}"
    field = live.control("place")
    for text, problem in {
        "three_blobs:K3:s40:full:random:h1": "Seed 19 is the nearest to 40 that is stored here.",
        "three_blobs:K3:s18:full:random:points=1,2:h1": "Points of your own and moved starts work in the "
        "notebook; this is the run without them.",
        "three_blobs:K3:s18:full:fast:h1": "Start works in the notebook; here K and Seed can be turned.",
        "three_blobs:K3:s18:full:quick": "'quick' is no part of a place",
        "three blobs": "a place looks like three_blobs:K3:s18:full:h4, not like 'three blobs'",
    }.items():
        field.fill(text)
        field.press("Enter")
        expect(live.stage.locator(".gmm-problem")).to_have_text(problem)
    assert live.control("data").is_visible()  # as the last place that was reached says


@pytest.mark.parametrize(
    ("name", "presets", "grid", "told"),
    [
        pytest.param("explorer", {"click": "moves a start"}, {"K": [2]}, "K", marks=pytest.mark.slow),
        ("bell", {}, {"sigma": [2]}, "deviation σ"),
    ],
)
def test_the_pointer_promises_no_drag_and_a_try_is_told_what_can_be_turned(show, name, presets, grid, told):
    demo = getattr(gt.widgets, name)(**presets)
    handle, (left, top, right, bottom, x0, x1, y0, y1) = demo.handles[0], demo.plane
    live = show(in_page(demo, baked=bake(demo, most=6, **grid)))
    box = live.stage.locator("canvas").bounding_box()
    x = box["x"] + box["width"] * (left + (right - left) * (handle[0] - x0) / (x1 - x0))
    y = box["y"] + box["height"] * (bottom - (bottom - top) * (handle[1] - y0) / (y1 - y0))
    before = live.picture()
    live.page.mouse.move(x, y)
    assert live.stage.locator("canvas").evaluate("(canvas) => getComputedStyle(canvas).cursor") != "grab"
    for move in ([], [(x + 30, y + 10), (x + 60, y - 5)]):
        live.page.mouse.down()
        for at in move:
            live.page.mouse.move(*at)
        live.page.mouse.up()
        live.rest()
        expect(live.stage.locator(".gmm-problem")).to_have_text(
            f"Clicks and drags work in the notebook; here {told} can be turned."
        )
        live.page.evaluate("document.querySelector('.gmm-problem').textContent = ''")
        live.page.mouse.move(x, y)
    assert live.picture() == before


@pytest.mark.slow
def test_a_diagnosis_is_judged_and_its_film_fetched_once(show):
    demo = gt.widgets.bug_museum()
    baked = bake(demo, most=4, exhibit=[8], **ANSWERS)
    live = show(f"<script>{COUNT_FILMS}</script>", in_page(demo, baked=baked))
    caption, before = live.stage.locator(".gmm-caption"), live.picture()
    for answers in (
        {"exhibit": 1, "half": "E-step", "fault": "not yet"},
        {"half": "M-step"},
        {"fault": "hard shares"},
        {"exhibit": 8},
        {"half": "not yet", "fault": "floor added twice"},
    ):
        for name, value in answers.items():
            if name == "exhibit":
                turn(live, name, value)
            else:
                live.control(name).select_option(value)
                live.rest()
        demo.set(**answers)
        assert caption.inner_text().endswith(demo.scene.said(demo.values))
        assert demo.scene.said(demo.values) in live.stage.locator("canvas").get_attribute("aria-label")
        assert (live.picture() == before) == (demo.values["exhibit"] == 1)
        assert live.problem == ""
    assert live.page.evaluate("asked.length") == 2


def test_a_film_steps_to_its_end_and_back(show):
    X = gt.datasets.load("document_c").X
    trace = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]), max_iter=20)
    live = show(in_page(gt.widgets.player(trace, progress=False)))
    seen = []
    for key, index in (("End", live.last), ("Home", 0), ("End", live.last)):
        live.stage.focus()
        live.press(key, index)
        seen.append(live.picture())
    assert seen[0] == seen[2] != seen[1]


def test_a_demo_follows_its_stored_controls(show):
    demo = gt.widgets.bell()
    live = show(in_page(demo, baked=bake(demo, sigma=np.array([0.5, 2]))))
    pictures = {live.picture()}
    for _ in range(2):
        live.control("sigma").press("Home")
        pictures.add(live.picture())
        live.control("sigma").press("End")
        pictures.add(live.picture())
    expect(live.stage.locator(".gmm-caption")).to_contain_text("2.00²")
    assert len(pictures) == 3

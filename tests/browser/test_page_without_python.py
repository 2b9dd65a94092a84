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


def test_k_and_seed_of_the_explorer_change_its_film(show):
    demo = gt.widgets.explorer(K=2, seed=0)
    baked = bake(demo, K=[1, 2], seed=[0, 1])
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


def test_what_is_not_stored_is_the_nearest_or_stays_and_is_said(show):
    demo = gt.widgets.explorer(K=2, seed=0)
    live = show(in_page(demo, baked=bake(demo, K=[2], seed=[0, 1])))
    before = live.picture()
    turn(live, "seed", 9)
    assert live.control("seed").input_value() == "1"
    assert live.problem == "Seed 1 is the nearest to 9 that is stored here."
    assert live.picture() != before
    live.control("data").select_option("old_faithful")
    expect(live.control("data")).to_have_value("three_blobs")
    assert live.problem == "That works in the notebook, where Python draws; here K and Seed can be turned."


def test_a_button_that_only_moves_a_control_works(show):
    demo = gt.widgets.explorer(K=1, seed=0)
    live = show(in_page(demo, baked=bake(demo, seed=[0, 1])))
    live.control("next seed").click()
    expect(live.control("seed")).to_have_value("1")


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

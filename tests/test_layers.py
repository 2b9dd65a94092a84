"""A film as layers: put together again they are its pictures, in whatever order they were drawn."""

import numpy as np
import pytest
from families import some_now
from PIL import Image

import gmm_teach as gt
from gmm_teach import frames
from gmm_teach.frames.layers import MOST_DEEP, Layers, composed
from gmm_teach.views import View

FILMS = {"2-D": ("document_c", 3), "1-D": ("old_faithful", 2)}


@pytest.fixture(scope="module", params=some_now(FILMS))
def trace(request):
    name, K = FILMS[request.param]
    X = gt.datasets.load(name).X
    return gt.run_em(X, gt.starts.random_points(X, K, 0), max_iter=20)


def in_order(n):
    return range(n)


def backwards(n):
    return reversed(range(n))


def shuffled(n):
    return np.random.default_rng(0).permutation(n).tolist()


@pytest.mark.parametrize("order", some_now([shuffled, in_order, backwards]))
def test_layers_put_together_are_the_pictures(trace, order):
    camera, layers = frames.Camera(View(trace)), Layers()
    added = {number: layers.add(number, camera.shoot(number)) for number in order(len(trace.steps))}
    pngs, under = ({number: layer[part] for number, layer in added.items()} for part in (0, 1))
    for number in [*added][::3]:
        drawn = np.asarray(camera.shoot(number)).astype(int)
        errors = np.abs(drawn - np.asarray(composed(pngs, under, number)))
        assert errors.mean() < 0.8
        assert np.quantile(errors, 0.999) < 40


def test_what_does_not_change_costs_nothing_and_is_not_drawn_over(trace):
    camera, layers = frames.Camera(View(trace)), Layers()
    first, again = (layers.add(number, camera.shoot(3)) for number in (0, 1))
    assert len(again.encoded) < len(first.encoded) / 10
    same = composed([first.encoded, again.encoded], [first.under, again.under], 1)
    assert same == composed([first.encoded], [first.under], 0)


def test_a_slow_change_does_not_add_up():
    """Each colour is compared with what is shown, not with the picture before."""
    layers, shades = Layers(), range(100, 160)
    papers = [Image.new("RGB", (20, 20), "white") for _ in shades]
    for paper, shade in zip(papers, shades, strict=True):
        paper.paste((shade,) * 3, (0, 0, 10, 10))
    added = [layers.add(number, paper) for number, paper in enumerate(papers)]
    for number, shade in enumerate(shades):
        shown = composed([layer.encoded for layer in added], [layer.under for layer in added], number)
        assert abs(shown.getpixel((5, 5))[0] - shade) <= 16


def test_no_picture_lies_on_many():
    layers = Layers()
    under = [layers.add(n, Image.new("RGB", (2, 2))).under for n in range(100)]
    assert [n for n in range(100) if under[n] == -1] == list(range(0, 100, MOST_DEEP + 1))
    assert all(under[n] in (-1, n - 1) for n in range(100))


@pytest.mark.slow
def test_a_film_of_layers_is_a_third_of_one_of_whole_pictures(trace):
    whole, layered = frames.shoot(trace), frames.shoot(trace, layers=True)
    assert whole.under == (-1,) * len(whole.frames)
    assert (whole.captions, whole.size, whole.indices) == layered[1:4]
    assert sum(map(len, layered.frames)) < sum(map(len, whole.frames)) / 2


@pytest.mark.slow
def test_frames_of_the_explorer_are_small():
    """At most 12 kB a picture, over its first film."""
    live = gt.widgets.explorer()
    live._repr_mimebundle_()
    assert len(live.frames) == len(live.captions) > 40
    assert np.mean([len(frame) for frame in live.frames]) < 12_000

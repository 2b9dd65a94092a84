"""The demo Bumps: its count against roots found by SciPy, and its picture against its numbers."""

import re

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

import gmm_teach as gt
from gmm_teach.plots import PINK
from gmm_teach.widgets.demos.bumps import bumps, bumps_of

pytestmark = pytest.mark.slow


def parts(values, x):
    a = values["weight"] * stats.norm(0, values["deviation_A"]).pdf(x)
    b = (1 - values["weight"]) * stats.norm(values["distance"], values["deviation_B"]).pdf(x)
    return a, b


def maxima(values):
    """Where the sum has its maxima, by roots of its slope between the means."""

    def slope(x):
        a, b = parts(values, x)
        return -x * a / values["deviation_A"] ** 2 + (values["distance"] - x) * b / values["deviation_B"] ** 2

    x = np.linspace(-1e-6, values["distance"] + 1e-6, 997)
    signs = np.sign(slope(x))
    return [brentq(slope, x[i], x[i + 1]) for i in range(len(x) - 1) if signs[i] > 0 > signs[i + 1]]


@pytest.mark.parametrize(
    "presets",
    [
        {},
        {"deviation_B": 2.0},
        {"distance": 2.0, "deviation_A": 1.0, "deviation_B": 1.0},
        {"distance": 2.1, "deviation_A": 1.0, "deviation_B": 1.0},
        {"distance": 8.0, "deviation_A": 0.5, "deviation_B": 0.6, "weight": 0.05},
        {"distance": 6.3, "deviation_A": 3.0, "deviation_B": 0.5, "weight": 0.95},
    ],
)
def test_curves_arrows_and_words_are_those_of_the_sliders(presets):
    demo = bumps(**presets)
    values, scene = demo.values, demo.scene
    tops = maxima(values)
    a, b = parts(values, scene.curves.x)
    for line, expected in zip((*scene.curves.parts, scene.curves.total), (a, b, a + b), strict=True):
        np.testing.assert_allclose(line.get_ydata(), expected, atol=1e-12)
    assert scene.arrows.get_color() == PINK
    x, y = scene.arrows.get_data()
    np.testing.assert_allclose(x, tops, atol=0.01)
    heights = sum(parts(values, np.array(tops)))
    np.testing.assert_allclose(y - 0.06 * max(heights), heights, rtol=1e-3)
    assert scene.ax.get_ylim()[1] > y.max()
    words = f"{len(tops)} bump{'s' * (len(tops) > 1)}"
    assert scene.words.get_text() == words
    assert f": {words}, at " in demo.captions[0]
    said = [float(found) for found in re.findall(r"-?\d+\.\d+", demo.captions[0])]
    expected = [values[name] for name in ("deviation_A", "weight", "distance", "deviation_B")]
    assert said == pytest.approx([*expected, 1 - values["weight"], *tops], abs=0.051)


@pytest.mark.parametrize(("name", "value"), [("distance", 7.3), ("deviation_A", 0.7), ("deviation_B", 1.1)])
def test_each_slider_moves_the_picture(name, value):
    demo = bumps()
    before = demo.scene.curves.total.get_ydata().copy()
    demo.set(**{name: value})
    a, b = parts(demo.values, demo.scene.curves.x)
    np.testing.assert_allclose(demo.scene.curves.total.get_ydata(), a + b, atol=1e-12)
    assert np.abs(a + b - before).max() > 0.01


def test_equal_bells_part_beyond_two_deviations():
    for sigma in (0.5, 1.0, 2.0):
        for ratio, expected in ((0.0, 1), (1.9, 1), (2.0, 1), (2.05, 2), (4.0, 2)):
            pair = gt.Mixture([0.5, 0.5], [[1], [1 + ratio * sigma]], np.full((2, 1, 1), sigma**2))
            assert len(bumps_of(pair)) == expected, (sigma, ratio)


def test_the_count_is_scipys_wherever_the_sliders_stand():
    demo, rng = bumps(), np.random.default_rng(0)
    counts = set()
    for _ in range(200):
        values = {name: rng.uniform(spec["min"], spec["max"]) for name, spec in demo.specs.items()}
        demo.scene.change(values)
        tops = maxima(values)
        counts.add(len(tops))
        assert len(demo.scene.arrows.get_xdata()) == len(tops)
    assert counts == {1, 2}

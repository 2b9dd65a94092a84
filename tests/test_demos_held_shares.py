"""Be the M-step with the shares held: Q and its top against SciPy, and what an E-step changes."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm

from gmm_teach.widgets.demos.be_the_m_step import NAMES, SLIDERS, be_the_m_step

pytestmark = pytest.mark.slow

PRESETS = {"mean_A": -5, "mean_B": 12, "deviation_A": 4, "deviation_B": 4}


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+\.\d+", text)]


def parts(x, values):
    w = values["weight_A"]
    a = np.log(w) + norm.logpdf(x, values["mean_A"], values["deviation_A"])
    b = np.log(1 - w) + norm.logpdf(x, values["mean_B"], values["deviation_B"])
    return np.stack([a, b])


def shares(x, values):
    joint = np.exp(parts(x, values))
    return joint / joint.sum(axis=0)


def q(x, values, at):
    return np.sum(shares(x, at) * parts(x, values))


def top(x, at):
    """The highest Q, by a general optimiser from the sliders of the E-step."""
    found = minimize(
        lambda v: (
            -q(
                x,
                dict(
                    zip(NAMES, [1 / (1 + np.exp(-v[0])), v[1], np.exp(v[2]), v[3], np.exp(v[4])], strict=True)
                ),
                at,
            )
        ),
        [0.0, at["mean_A"], np.log(at["deviation_A"]), at["mean_B"], np.log(at["deviation_B"])],
        method="BFGS",
    )
    return -found.fun


def held(**presets):
    demo = be_the_m_step(held=True, **PRESETS | presets)
    return demo, demo.scene.X[:, 0]


def at(demo):
    return {name: demo.values[name] for name in NAMES}


def check(demo, x, anchor):
    """The meter, its words and the ticks are those of the sliders and of the shares of the E-step."""
    now, highest = q(x, at(demo), anchor), top(x, anchor)
    score = np.logaddexp(*parts(x, at(demo))).sum()
    scene = demo.scene
    assert numbers(demo.captions[0]) == pytest.approx([now, highest - now, highest, score], abs=0.011)
    assert scene.bar.get_ydata()[1] == pytest.approx(highest - now, abs=0.01)
    texts = [text.get_text() for text in (scene.top, scene.now, scene.record)]
    assert [text.split("\n")[0] for text in texts] == ["M-step", "Q now", "log-lik."]
    assert [numbers(text)[-1] for text in texts] == pytest.approx([highest, now, score], abs=0.011)
    np.testing.assert_allclose(scene.shares.shares, shares(x, anchor).T, atol=1e-12)
    assert scene.rug.lines.get_visible()
    assert scene.meter.get_ylabel() == "Q missing"
    assert len(scene.mark.get_xdata()) == 0


def test_the_meter_shows_q_with_the_shares_of_the_first_sliders():
    demo, x = held()
    first = at(demo)
    check(demo, x, first)
    for name, value in (("mean_A", -1.0), ("weight_A", 0.8), ("deviation_B", 3.1)):
        demo.set(**{name: value})
        check(demo, x, first)


def test_each_slider_moves_q_and_leaves_the_ticks():
    for spec in SLIDERS:
        demo, _ = held()
        before, colors = numbers(demo.captions[0])[0], demo.scene.rug.lines.get_colors().copy()
        demo.set(**{spec["name"]: spec["min"] + 0.3 * (spec["max"] - spec["min"])})
        assert abs(numbers(demo.captions[0])[0] - before) > 1
        np.testing.assert_array_equal(demo.scene.rug.lines.get_colors(), colors)


def test_an_e_step_shares_out_anew_from_the_sliders_of_now():
    demo, x = held()
    demo.set(mean_A=0.0, mean_B=6.0)
    colors = demo.scene.rug.lines.get_colors().copy()
    demo.press("E")
    assert demo.values["held"] is True
    assert (demo.values["mean_A"], demo.values["mean_B"]) == (0.0, 6.0)
    check(demo, x, at(demo))
    assert np.abs(demo.scene.rug.lines.get_colors() - colors).max() > 0.1
    moved = at(demo)
    demo.set(mean_B=7.0)
    check(demo, x, moved)


def test_one_round_of_the_sliders_reaches_the_top_and_an_e_step_lowers_it_again():
    demo, x = held()
    scores = [numbers(demo.captions[0])[-1]]
    for _ in range(3):
        for name in ("mean_A", "mean_B", "deviation_A", "deviation_B", "weight_A"):
            spec = demo.specs[name]
            grid = np.arange(spec["min"], spec["max"] + 1e-9, spec["step"])
            tried = [q(x, at(demo) | {name: value}, demo.scene.edits.shared) for value in grid]
            demo.set(**{name: float(grid[np.argmax(tried)])})
        missing = numbers(demo.captions[0])[1]
        assert missing < 0.5
        assert "press E-step" in demo.captions[0]
        scores.append(numbers(demo.captions[0])[-1])
        demo.press("E")
        assert numbers(demo.captions[0])[1] > missing
        assert numbers(demo.captions[0])[-1] == scores[-1]
    assert np.all(np.diff(scores) > 0)


def test_without_held_shares_it_is_as_before():
    demo, _ = held()
    demo.set(held=False)
    assert not demo.scene.rug.lines.get_visible()
    assert demo.scene.meter.get_ylabel() == "log-likelihood missing"
    assert demo.captions == be_the_m_step(**PRESETS).captions
    assert demo.scene.top.get_text().startswith("EM\n")


def test_the_button_holds_the_shares_where_they_were_not():
    demo = be_the_m_step(mean_A=1.0)
    demo.set(mean_A=2.0)
    demo.press("E")
    check(demo, demo.scene.X[:, 0], at(demo))


def test_start_over_holds_the_first_shares_again():
    demo, x = held()
    first = at(demo)
    demo.set(mean_A=0.0)
    demo.press("E")
    demo.press("restart")
    assert at(demo) == first
    check(demo, x, first)


def test_shares_that_leave_a_component_nothing_are_told():
    demo, _ = held(mean_A=19.0, deviation_A=0.5, mean_B=2.0, deviation_B=5.0, weight_A=0.01)
    assert "nan" not in demo.captions[0]
    assert demo.scene.shoot(0).startswith(b"\x89PNG")


def test_let_em_finish_goes_where_em_ends_and_keeps_the_shares():
    demo, x = held()
    first = at(demo)
    demo.press("finish")
    check(demo, x, first)
    assert demo.values["mean_A"] == pytest.approx(0, abs=0.3)

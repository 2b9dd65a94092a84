"""The numbers behind the pictures of notebook 04, and what the pictures say of themselves."""

import re

import numpy as np
import pytest
from scipy import special, stats

import gmm_teach as gt
from gmm_teach.figures import scores
from gmm_teach.plots import PINK


def pink(ax):
    """The places of all pink marks on an axes, as rows x, y."""
    return np.vstack([line.get_xydata() for line in ax.lines if line.get_color() == PINK])


def test_likelihoods_mark_the_highest_and_name_its_power_of_ten():
    (ax,) = scores.likelihoods({"low": -500.0, "high": -np.log(10) * 100}).axes
    assert [line.get_marker() for line in ax.lines] == ["o", "D"]
    assert "10^{-217}" in ax.texts[0].get_text()
    assert "10^{-100}" in ax.texts[1].get_text()
    assert [label.get_text() for label in ax.get_yticklabels()] == ["low", "high"]


def test_three_ways_part_where_they_must():
    (ax,) = scores.three_ways(gt.Mixture([0.5, 0.5], [[0], [-1]], np.ones((2, 1, 1)))).axes
    right, naive, patched = (line.get_xydata() for line in ax.lines[:3])
    expected = special.logsumexp(stats.norm.logpdf(right[:, :1], [0, -1]) + np.log(0.5), axis=1)
    np.testing.assert_allclose(right[:, 1], expected, rtol=1e-12)
    assert naive[-1, 0] == pytest.approx(38.5, abs=0.1)
    assert np.all(patched[right[:, 0] > 8, 1] == pytest.approx(np.log(1e-10), abs=1e-3))
    assert ax.lines[3].get_xdata()[0] == naive[-1, 0]


@pytest.mark.parametrize("scale", [1.0, 1e-6])
def test_every_place_without_a_slope_is_marked_at_one_level(scale):
    x = np.linspace(0, 10, 1001)
    curves = {"one": -((x - 4.004) ** 2), "more": np.sin(x), "none": x}
    figure = scores.slopes_along_a_mean(scale * x, curves)
    found = [pink(ax) for ax in figure.axes]
    np.testing.assert_allclose(found[0][:, 0], [4.004 * scale], rtol=1e-3)
    np.testing.assert_allclose(found[1][:, 0], scale * np.pi * np.array([0.5, 1.5, 2.5]), rtol=1e-4)
    assert len(found[2]) == 0
    assert all(np.all(marks[:, 1] == 0) for marks in found)
    assert [text.get_text() for text in figure.axes[1].texts] == [f"{v:.3g}" for v in found[1][:, 0]]


def test_slopes_say_where_they_are_zero():
    x = np.linspace(0, 10, 1001)
    said = scores.slopes_along_a_mean(x, {"a": -((x - 4) ** 2), "b": np.sin(x), "c": x}).description
    assert said.endswith("a: zero once, at 4. b: zero 3 times, at 1.57, 4.71 and 7.85. c: nowhere zero.")


def test_curves_along_a_mean_say_heights_but_no_tops():
    x = np.linspace(0, 10, 101)
    figure = scores.along_a_mean(x, {"a": -((x - 4) ** 2)})
    assert "a: -16 at 0, -9 at 1, -4 at 2, -1 at 3, -0 at 4, -1 at 5," in figure.description
    assert len(figure.axes[0].lines) == 1


def test_crossings_are_found_between_and_on_the_grid():
    x = np.array([0.0, 1, 2, 3, 4])
    np.testing.assert_allclose(scores.crossings(x, np.array([-1.0, 1, 3, 0, -2])), [0.5, 3])
    assert scores.crossings(x, x + 1).size == 0


def test_likelihoods_say_their_scores_and_the_best():
    said = scores.likelihoods({"low": -500.0, "high": -np.log(10) * 100}).description
    assert said == (
        "Log-likelihoods. low: -500, or a likelihood of 10 to the -217; high: -230, or a likelihood of 10 "
        "to the "
        "-100. A pink diamond marks the highest: high."
    )


def test_three_ways_say_where_they_part():
    pair = gt.Mixture([0.5, 0.5], [[0], [-1]], np.ones((2, 1, 1)))
    said = scores.three_ways(pair).description
    right = np.log(0.5) + special.logsumexp(stats.norm.logpdf(45, [0, -1]))
    assert f"to {right:.1f} at 45." in said
    assert re.search(r"ends in a cross at 38\.[56]: -inf beyond", said)
    assert 6.5 < float(re.search(r"is flat at -23.03 from (\S+) on", said)[1]) < 7.2
    near = scores.three_ways(pair, limits=(0, 3)).description
    assert "log(sum(exp)), goes all the way" in near
    assert "nowhere flat" in near

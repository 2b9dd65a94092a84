"""The pictures of notebook 11 show, and say, the numbers that they are drawn from."""

import numpy as np
import pytest
from drawn import at_least_12_points, letters_at, lines
from matplotlib.collections import LineCollection
from scipy.stats import norm

import gmm_teach as gt
from gmm_teach.figures import uses


@pytest.fixture(scope="module")
def geyser():
    return gt.datasets.load("old_faithful").X


@pytest.fixture(scope="module")
def trace(geyser):
    return gt.fit(geyser, 2, starts=1, seed=0)


def test_lines_of_equal_density_have_the_share_inside(geyser, trace):
    figure = uses.shares_inside(geyser, trace.mixture)
    scores = gt.log_density(geyser, trace.mixture)
    collections = [one for one in figure.axes[0].collections if isinstance(one, LineCollection)]
    assert len(collections) == 3
    for collection, share in zip(collections, (0.5, 0.9, 0.99), strict=True):
        assert collection.get_segments()
        for segment in collection.get_segments():
            level = gt.log_density(segment, trace.mixture)
            assert np.allclose(np.mean(scores[:, np.newaxis] > level, axis=0), share, atol=0.02)
    assert at_least_12_points(figure)


def test_clouds_share_their_axes(geyser):
    figure = uses.clouds({"one": geyser, "other": geyser[:50] + 1})
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()
    assert [ax.get_title() for ax in figure.axes] == ["one", "other"]
    assert [len(ax.lines[0].get_xdata()) for ax in figure.axes] == [272, 50]


def test_groups_ring_the_same_points_in_every_panel(geyser, trace):
    ringed = np.arange(272) % 100 == 0
    shares = trace.responsibilities
    named = {"one": shares, "other": 1 - shares}
    figure = uses.groups(geyser, named, ringed=ringed, mixture=trace.mixture, dims=(1, 0))
    assert len(figure.axes) == len(named)
    for ax in figure.axes:
        assert any(np.array_equal(data.T, geyser[ringed][:, [1, 0]]) for data in lines(ax).values())


def test_shares_inside_and_clouds_say_what_they_show(geyser, trace):
    text = uses.shares_inside(geyser, trace.mixture, (0.5, 0.9)).description
    assert text.startswith("272 points and lines of equal density")
    assert "solid for 50%: 2 pieces and dashed for 90%: " in text
    text = uses.clouds({"one": geyser, "other": geyser[:5] + 0.25}, columns=("a", "b")).description
    assert "one: a from 1.6 to 5.1 and b from 43 to 96, b in whole numbers only." in text
    assert text.count("whole numbers") == 1


def test_groups_say_their_sizes_rings_and_ellipses(geyser, trace):
    shares = trace.responsibilities
    sizes = np.bincount(shares.argmax(axis=1))
    ringed = np.arange(272) < 3
    text = uses.groups(geyser, {"one": shares}, ringed=ringed, mixture=trace.mixture).description
    assert f"one: groups of {sizes[0]} and {sizes[1]}. Rings around 3 points." in text
    assert "Ellipses in the panel one: A around (" in text
    both = uses.groups(geyser, {"one": shares, "two": shares}, mixture=[trace.mixture, trace.mixture])
    assert [len(ax.collections) for ax in both.axes] == [len(both.axes[0].collections)] * 2
    for title in ("one", "two"):
        assert f"Ellipses in the panel {title}: A around (" in both.description
    with pytest.raises(ValueError, match="mixture holds 2 mixtures for 1 panel"):
        uses.groups(geyser, {"one": shares}, mixture=[trace.mixture] * 2)
    assert "Rings" not in uses.groups(geyser, {"one": shares}).description


def test_forecasts_say_their_humps_and_the_line():
    twin = gt.Mixture([0.5, 0.5], [[0], [6]], np.ones((2, 1, 1)))
    near = gt.Mixture([0.5, 0.5], [[0], [1]], np.ones((2, 1, 1)))
    figure = uses.forecasts({"far": (twin, 3.0, "x"), "near": (near, 0.5, "x")})
    far_text, near_text = figure.description.split("near:")
    assert "has 2 humps, at" in far_text
    assert "the sum is 2% of its highest" in far_text
    assert "has 1 hump, at" in near_text
    for ax, value in zip(figure.axes, (3.0, 0.5), strict=True):
        assert list(lines(ax)["regression line"][0]) == [value, value]
    for ax, mixture in zip(figure.axes, (twin, near), strict=True):
        tops = 0.5 * norm.pdf(0)
        np.testing.assert_allclose(letters_at(ax), [[mean, tops] for mean in mixture.means[:, 0]], atol=0.03)
    assert at_least_12_points(figure)

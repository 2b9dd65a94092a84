"""The pictures of notebooks 11 and 12 show the numbers that they are drawn from."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.text import Text

import gmm_teach as gt
from gmm_teach.figures import uses


@pytest.fixture(scope="module")
def geyser():
    return gt.datasets.load("old_faithful").X


@pytest.fixture(scope="module")
def trace(geyser):
    return gt.fit(geyser, 2, starts=1, seed=0)


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def at_least_12_points(figure):
    return all(text.get_fontsize() >= 12 for text in figure.findobj(Text) if text.get_text())


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


def test_jensen_marks_the_two_averages():
    figure = uses.jensen([0.25, 4], [0.4, 0.6])
    points = [data[:, 0] for data in lines(figure.axes[0]).values() if data.shape == (2, 1)]
    logs = 0.4 * np.log(0.25) + 0.6 * np.log(4)
    assert np.allclose(points, [[2.5, np.log(2.5)], [2.5, logs]])
    assert at_least_12_points(figure)


def test_bounds_touch_where_they_say_and_stay_below(geyser):
    X = geyser[:, 1:]

    def mixture_at(mu):
        return gt.Mixture([0.5, 0.5], [[54.6], [mu]], np.full((2, 1, 1), 150.0))

    grid = np.array([55.0, 57, 60, 70, 80])
    figure = uses.bounds(X, mixture_at, grid, [57, 70])
    drawn = lines(figure.axes[0])
    score = drawn["log-likelihood"][1]
    for label, row in (("bound 1, touches at 57", 1), ("bound 2, touches at 70", 3)):
        gap = score - drawn[label][1]
        assert gap.min() > -1e-9
        assert gap.argmin() == row
        assert gap[row] < 1e-9


def test_sawtooth_shows_both_scores_of_each_half_step(trace):
    figure = uses.sawtooth(trace, 1, 2)
    (ax,) = figure.axes
    drawn = lines(ax)
    steps = trace.steps[1:5]
    assert np.array_equal(drawn["log-likelihood"][1], [step.log_likelihood for step in steps])
    assert np.array_equal(drawn["lower bound"][1], [step.elbo for step in steps])
    assert [text.get_text() for text in ax.get_xticklabels()] == ["E1", "M1", "E2", "M2"]
    assert at_least_12_points(figure)

"""The pictures of notebook 12 show, and say, the numbers that they are drawn from."""

import numpy as np
import pytest
from drawn import at_least_12_points, lines

import gmm_teach as gt
from gmm_teach.figures import climbs


@pytest.fixture(scope="module")
def geyser():
    return gt.datasets.load("old_faithful").X


@pytest.fixture(scope="module")
def trace(geyser):
    return gt.fit(geyser, 2, starts=1, seed=0)


def test_jensen_marks_the_two_averages():
    figure = climbs.jensen([0.25, 4], [0.4, 0.6])
    points = [data[:, 0] for data in lines(figure.axes[0]).values() if data.shape == (2, 1)]
    logs = 0.4 * np.log(0.25) + 0.6 * np.log(4)
    assert np.allclose(points, [[2.5, np.log(2.5)], [2.5, logs]])
    assert at_least_12_points(figure)


def test_bounds_touch_where_they_say_and_stay_below(geyser):
    X = geyser[:, 1:]

    def mixture_at(mu):
        return gt.Mixture([0.5, 0.5], [[54.6], [mu]], np.full((2, 1, 1), 150.0))

    grid = np.array([55.0, 57, 60, 70, 80])
    figure = climbs.bounds(X, mixture_at, grid, [57, 70])
    drawn = lines(figure.axes[0])
    score = drawn["log-likelihood"][1]
    for label, row in (("bound 1, touches at 57", 1), ("bound 2, touches at 70", 3)):
        gap = score - drawn[label][1]
        assert gap.min() > -1e-9
        assert gap.argmin() == row
        assert gap[row] < 1e-9


def test_sawtooth_shows_both_scores_of_each_half_step(trace):
    figure = climbs.sawtooth(trace, 1, 2)
    (ax,) = figure.axes
    drawn = lines(ax)
    steps = trace.steps[1:5]
    assert np.array_equal(drawn["log-likelihood"][1], [step.log_likelihood for step in steps])
    assert np.array_equal(drawn["lower bound"][1], [step.elbo for step in steps])
    assert [text.get_text() for text in ax.get_xticklabels()] == ["E1", "M1", "E2", "M2"]
    assert at_least_12_points(figure)


def test_jensen_says_both_heights():
    text = climbs.jensen([1, 100], [0.5, 0.5]).description
    assert "At their average, 50.5, the curve is at 3.92 and the line at 2.30" in text


def test_hugging_and_bounds_say_where_the_tops_are(geyser):
    X, grid = geyser[:, 1:], np.linspace(50.0, 90, 41)

    def mixture_at(mu):
        return gt.Mixture([0.5, 0.5], [[54.6], [mu]], np.full((2, 1, 1), 150.0))

    scores = np.array([gt.log_likelihood(X, mixture_at(one)) for one in grid])
    r = gt.responsibilities(X, mixture_at(57))
    bound = np.array([gt.elbo(X, mixture_at(one), r) for one in grid])
    for text in (
        climbs.hugging({"one": (X, mixture_at, grid, 57, "mean")}).description,
        climbs.bounds(X, mixture_at, grid, [57]).description,
    ):
        for heights in (scores, bound):
            assert f"highest at {grid[heights.argmax()]:.4g}, and {np.ptp(heights):.4g} nats lower" in text
        assert "touches" in text
    figure = climbs.hugging({"one": (X, mixture_at, grid, 57, "mean")})
    assert np.array_equal(lines(figure.axes[0])["bound"][1], bound)
    assert at_least_12_points(figure)


def test_sawtooth_says_every_gap(trace):
    text = climbs.sawtooth(trace, 1, 2).description
    steps = trace.steps[1:5]
    for step in steps:
        assert f"{step.name} {abs(step.log_likelihood - step.elbo):.1f}" in text
    assert f"from {steps[0].log_likelihood:.1f} to {steps[-1].log_likelihood:.1f}" in text

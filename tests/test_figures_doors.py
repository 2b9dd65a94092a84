"""What a picture is given: Datasets, DataFrames and traces are taken, and anything wrong is named."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import gmm_teach as gt
from gmm_teach.figures import (
    choices,
    climbs,
    comparisons,
    densities,
    ellipses,
    halves,
    mixtures,
    recoveries,
    scores,
    updates,
    uses,
)

BLOBS = gt.datasets.load("three_blobs")
PAIR = gt.datasets.load("two_sources")
X = BLOBS.X[:8]
FLAT, LINE = BLOBS.truth, PAIR.truth
R = gt.responsibilities(X, FLAT)


@pytest.fixture(scope="module")
def trace():
    return gt.run_em(BLOBS.X, FLAT, max_iter=2)


@pytest.mark.parametrize(
    ("draw", "labels"),
    [
        (lambda: gt.figures.data_figure(BLOBS), ("x", "y")),
        (lambda: gt.figures.data_figure(PAIR), ("x", "density")),
        (lambda: gt.figures.data_figure([1, 2, 4.5]), ("x", "density")),
        (lambda: gt.figures.data_figure(pd.DataFrame(X, columns=["a", "b"])), ("a", "b")),
        (lambda: uses.clouds({"one": BLOBS, "other": X.tolist()}), ("x", "y")),
        (lambda: uses.shares_inside(BLOBS, FLAT), ("x", "y")),
        (lambda: densities.stems([1, 2, 4], [(3, 1)]), ("x", "density")),
        (lambda: halves.bayes([0.5, 0.5], [0.1, 1e-9]), ("", "")),
        (lambda: recoveries.split_histograms(PAIR, {"z": np.eye(2)[PAIR.z]}), ("x", "numbers in a bar")),
    ],
)
def test_data_of_any_kind(draw, labels):
    figure = draw()
    assert isinstance(figure, Figure)
    ax = figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == labels
    figure.canvas.draw()


def test_a_trace_stands_for_its_mixture(trace):
    of_trace, of_mixture = (halves.numbered_points(X, one) for one in (trace, trace.mixture))
    assert gt.frames.png(of_trace) == gt.frames.png(of_mixture)


MIXTURE = "mixture must be a Mixture, got"
TRACE = "trace must be a Trace, got"


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda t: gt.show(X, "points"), TypeError, "figure must be a matplotlib Figure, got ndarray"),
        (lambda t: gt.show(gt.figures.blank()[0], None), TypeError, "alt must be text .* got NoneType"),
        (lambda t: gt.figures.data_figure(FLAT), (TypeError, ValueError), "X "),
        (
            lambda t: gt.figures.data_figure(X, columns=["a"]),
            ValueError,
            "columns must name the 2 columns of X",
        ),
        (lambda t: gt.figures.sheet(X, [0]), TypeError, TRACE + " ndarray"),
        (lambda t: gt.figures.sheet(t, [0, 9]), IndexError, "between 0 and 5, or from -6 to -1; got 9"),
        (lambda t: comparisons.lottery([t]), TypeError, "ends must be a dict of names, got list"),
        (lambda t: comparisons.lottery({}), ValueError, "ends is empty: there is nothing to draw"),
        (lambda t: comparisons.lottery({"a": [FLAT]}), TypeError, TRACE + " Mixture"),
        (lambda t: comparisons.endings([FLAT], ["one"]), TypeError, TRACE + " Mixture"),
        (lambda t: choices.judges([1], [[2]]), TypeError, "curves must be a dict of names"),
        (lambda t: choices.best_of([1], [[2]]), TypeError, "scores must be a dict of names"),
        (lambda t: choices.shape_table([1], [[2]]), TypeError, "scores must be a dict of names"),
        (lambda t: comparisons.broken_traces([1], [[2]]), TypeError, "broken must be a dict of names"),
        (lambda t: climbs.sawtooth(FLAT, 1, 2), TypeError, TRACE + " Mixture"),
        (lambda t: uses.shares_inside(FLAT, X), (TypeError, ValueError), "X "),
        (lambda t: uses.shares_inside(X, X), TypeError, MIXTURE + " ndarray"),
        (lambda t: uses.shares_inside(X, LINE), ValueError, "mixture must be 2-D to be drawn here, got 1-D"),
        (lambda t: uses.groups(X, {"a": R[:3]}), ValueError, r"responsibilities .* \(8, K\), got \(3, 3\)"),
        (lambda t: uses.clouds({"a": PAIR.X}), ValueError, r"X must have shape \(N, 2\) .* got \(4000, 1\)"),
        (lambda t: halves.numbered_points(X, R), TypeError, MIXTURE + " ndarray"),
        (lambda t: halves.shares(X, FLAT, R[0]), ValueError, r"responsibilities .* got \(3,\)"),
        (
            lambda t: mixtures.parts_and_sum([FLAT], (0, 1)),
            ValueError,
            "must be 1-D to be drawn here, got 2-D",
        ),
        (lambda t: mixtures.contours(LINE, [[0, 0], [1, 1]], [[0, 0]]), ValueError, "must be 2-D"),
        (lambda t: scores.three_ways(X), TypeError, MIXTURE + " ndarray"),
        (lambda t: mixtures.approximations(np.sin, [X], (0, 1)), TypeError, MIXTURE + " ndarray"),
        (lambda t: scores.likelihoods([1]), TypeError, "scores must be a dict of names"),
        (lambda t: mixtures.labelled_and_hidden(X, [0] * 8), ValueError, r"X must have shape \(N, 1\)"),
        (lambda t: recoveries.shares_along(FLAT, [0], limits=(0, 1)), ValueError, "must be 1-D"),
        (lambda t: recoveries.curves_on_histograms(PAIR, PAIR.z, LINE), TypeError, "mixtures must be a dict"),
        (lambda t: ellipses.contour_panels({"a": LINE}), ValueError, "must be 2-D"),
        (lambda t: ellipses.inside(PAIR.X, [0], [[1]]), ValueError, r"X must have shape \(N, 2\)"),
        (lambda t: updates.balance(X, R[:, 0], 0, FLAT, R), TypeError, MIXTURE + " ndarray"),
        (lambda t: updates.about_two_means(X, R[:, 0], 0, LINE, FLAT), ValueError, "must be 2-D"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(draw, error, message, trace):
    with pytest.raises(error, match=message):
        draw(trace)


def test_where_there_is_no_score_nothing_is_best(trace):
    gone = trace._replace(status="collapsed")
    (ax,) = comparisons.lottery({"all": [gone, gone]}).axes
    assert ax.get_title() == "all: 0 of 2 runs win"
    left, _ = choices.judges([1, 2, 3], {"BIC": [3, np.nan, 2], "training": [1, 2, 3]}).axes
    assert left.get_legend().get_texts()[0].get_text() == "BIC: best at 3"
    (ax,) = choices.shape_table([1, 2], {"full": [np.nan, 5.0], "tied": [6.0, 7.0]}).axes
    assert [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"] == ["5.0"]


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: scores.slopes_along_a_mean(1e-6 * np.arange(9), {"a": -np.abs(np.arange(9) - 3)}), "3e-06"),
        (lambda: halves.bayes(np.array([0.5, 0.5]), np.array([2e-9, 4e-9])), "2e-09"),
    ],
)
def test_small_numbers_are_not_written_as_zero(draw, said):
    figure = draw()
    assert said in [text.get_text() for ax in figure.axes for text in ax.texts]


@pytest.mark.parametrize("column", [0, 1])
def test_a_tall_column_comes_first(column):
    figure, axes = gt.figures.blank(2, 2, tall=column, margins={})
    boxes = [ax.get_position() for ax in axes]
    assert figure.axes == axes
    assert boxes[0].height > 2 * boxes[1].height
    assert boxes[1].y0 > boxes[2].y0
    assert (boxes[0].x0 > boxes[1].x0) == bool(column)
    assert min(box.x0 for box in boxes) == pytest.approx(0.085)


NARROW = gt.Mixture([0.5, 0.5], [[0], [3]], [[[1e-4]], [[1e-4]]])


@pytest.mark.parametrize(
    "draw",
    [
        lambda: densities.three_densities([(0, 1e-4)]),
        lambda: densities.term_by_term(0, 1, 90),
        lambda: densities.stems([0, 90], [(0, 1)]),
        lambda: densities.bell_over_data([0, 90], 0, 1, "x"),
        lambda: ellipses.contour_panels({"a": gt.Mixture([1], [[0, 0]], [1e-3 * np.eye(2)])}),
        lambda: scores.three_ways(NARROW),
        lambda: recoveries.curves_on_histograms([0, 3], [0, 1], {"a": NARROW}),
    ],
)
def test_tiny_densities_are_drawn_whatever_the_state_of_numpy(draw):
    before = gt.frames.png(draw())
    with np.errstate(all="raise"):
        figure = draw()
    assert gt.frames.png(figure) == before

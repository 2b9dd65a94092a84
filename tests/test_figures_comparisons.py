"""Pictures that set runs side by side: the numbers behind the artists."""

import numpy as np
import pytest
from drawn import curves, labels_at_least_12_points
from matplotlib.collections import LineCollection

import gmm_teach as gt
from gmm_teach.figures import comparisons


@pytest.fixture(scope="module")
def X():
    return gt.datasets.load("document_c").X


@pytest.fixture(scope="module")
def traces(X):
    starts = [gt.starts.random_points(X, 3, seed) for seed in range(26, 40)]
    return [gt.run_em(X, start, engine=gt.fast, record="scores") for start in starts]


def heights(ax):
    return {bars.get_label(): sum(bar.get_height() for bar in bars) for bars in ax.containers}


def test_lottery_counts_winners_over_all_rows(traces):
    lost = [traces[0]._replace(status="collapsed"), *traces[1:3]]
    figure = comparisons.lottery({"many": traces, "few": lost})
    many, few = figure.axes
    scores = np.array([trace.log_likelihood for trace in traces])
    wins = int(np.sum(scores > scores.max() - 0.1))
    assert 0 < wins < len(traces)
    assert many.get_title() == f"many: {wins} of {len(traces)} runs win"
    assert heights(many)["best"] == wins
    assert heights(many)["other ends"] == len(traces) - wins
    assert sum(heights(few).values()) == 3
    assert heights(few)["collapsed"] == 1
    assert many.get_xlim() == few.get_xlim()


def test_a_collapsed_run_is_no_best(traces):
    worst = min(traces, key=lambda trace: trace.log_likelihood)
    best = max(traces, key=lambda trace: trace.log_likelihood)
    (ax,) = comparisons.lottery({"two": [worst, best._replace(status="collapsed")]}).axes
    assert ax.get_title() == "two: 1 of 2 runs wins"


@pytest.mark.slow
def test_endings_draw_the_last_ellipses(traces):
    figure = comparisons.endings(traces[:2], ["one", "two"])
    assert [ax.get_title() for ax in figure.axes] == ["one", "two"]
    for ax, trace in zip(figure.axes, traces, strict=False):
        outlines = [c for c in ax.collections if isinstance(c, LineCollection) and len(c.get_segments()) == 9]
        inner = outlines[0].get_segments()[3:6]
        expected = [gt.gaussian.ellipse(*pair) for pair in zip(*trace.mixture[1:], strict=True)]
        np.testing.assert_allclose(inner, expected)


def test_endings_in_one_dimension(X):
    trace = gt.run_em(X[:, :1], gt.starts.random_points(X[:, :1], 2, 0))
    figure = comparisons.endings([trace], ["one"], columns=["length"])
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("length", "density")


def test_endings_say_where_the_components_lie(X, traces):
    text = comparisons.endings(traces[:2], ["one", "two"]).description
    assert text.startswith("Where 2 runs ended, side by side. one: A around (")
    mean, covariance = traces[1].mixture.means[2], traces[1].mixture.covariances[2]
    long, short = gt.ellipse_axes(covariance).lengths
    assert text.endswith(f"C around ({mean[0]:.3g}, {mean[1]:.3g}), {long:.2g} by {short:.2g}.")
    line = gt.run_em(X[:, :1], gt.starts.random_points(X[:, :1], 2, 0))
    deviation = np.sqrt(line.mixture.covariances[0, 0, 0])
    assert f"deviation {deviation:.2g};" in comparisons.endings([line], ["one"]).description


def test_shrinking_runs_to_the_right():
    figure = comparisons.shrinking([1, 0.1, 0.01], [-10, -5.4, -0.8], -7)
    (ax,) = figure.axes
    assert ax.get_xlim()[0] > ax.get_xlim()[1]
    assert list(curves(ax)["B on the outlier alone"]) == [-10, -5.4, -0.8]
    assert list(curves(ax)["A and B on the crowd"]) == [-7, -7]


def test_broken_traces_stand_beside_the_right_one():
    figure = comparisons.broken_traces([1, 2, 3], {"P": [1, 1, 1], "Q": [3, 2, 1], "R": [0, 0, 0]})
    assert [ax.get_title() for ax in figure.axes[:3]] == ["Trace P", "Trace Q", "Trace R"]
    assert list(curves(figure.axes[1])["Q"]) == [3, 2, 1]
    assert list(curves(figure.axes[1])["right EM"]) == [1, 2, 3]


def test_lottery_says_what_its_bars_show(traces):
    gone = traces[3]._replace(status="collapsed")
    text = comparisons.lottery({"many": traces, "few": [gone, *traces[4:7]]}).description
    scores = np.array([trace.log_likelihood for trace in traces])
    wins = np.sum(scores > scores.max() - 0.1)
    assert text.startswith(f"2 histograms of final log-likelihoods. many: {wins} of {len(traces)} runs win. ")
    assert f"The ends lie between {scores.min():.1f} and {scores.max():.1f}, in " in text
    assert "few: 3 of 4 runs win, 1 collapsed. " in text
    (ax,) = comparisons.lottery({"many": traces}).axes
    assert f"the highest, of {int(max(bar.get_height() for bar in ax.patches))} runs" in text


@pytest.mark.parametrize(
    ("scores", "honest", "words"),
    [
        (
            [-10, -5.4, -0.8],
            -7,
            "A line that rises at every step, as B gets narrower, from -10.0 at deviation 1",
        ),
        ([-10, -5.4, -0.8], -7, "to -0.8 at deviation 0.01. A level line at -7.0"),
        ([-10, -5.4, -0.8], -7, "above it at 2 of 3 marks."),
        ([-10, -12, -8], -7, "A line, as B gets narrower"),
        ([-10, -12, -8], -7, "above it at 0 of 3 marks."),
    ],
)
def test_shrinking_says_how_the_line_goes(scores, honest, words):
    assert words in comparisons.shrinking([1, 0.1, 0.01], scores, honest).description


def test_broken_traces_say_how_they_go():
    broken = {"P": [1, 4, 4, 4, 4], "Q": [5, 2, 1, 3, 6.05], "R": [0, 1, 2, 3, 9]}
    text = comparisons.broken_traces([1, 3, 5, 6, 6], broken).description
    assert (
        "3 panels, each with right EM dashed: 1.0 at the start, 3.0 after iteration 1, 6.0 at the end" in text
    )
    assert (
        "P: 1.0 at the start, 4.0 after iteration 1, 4.0 at the end, never down, level from iteration 1 on"
        in text
    )
    assert "ending 2.0 below it. Trace Q: 5.0" in text
    assert "6.0 at the end, down in 2 iterations, ending level with it." in text
    assert text.endswith("9.0 at the end, never down, ending 3.0 above it.")


def test_every_text_is_at_least_twelve_points(traces):
    made = [
        comparisons.lottery({"many": traces}),
        comparisons.endings(traces[:2], ["one", "two"]),
        comparisons.shrinking([1, 0.1], [-10, -5.4], -7),
        comparisons.broken_traces([1, 2], {"P": [1, 1]}),
    ]
    for figure in made:
        assert labels_at_least_12_points(figure)

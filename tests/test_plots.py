import numpy as np
import pytest
from families import some_now
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy.stats import entropy, multivariate_normal, norm

import gmm_teach as gt
from gmm_teach import plots
from gmm_teach.views import ScoreTrace, View

COURSE_COLORS = ["#012A60", "#F0A001", "#9660FE", "#9E2A1A", "#ADD6E0", "#3B7376", "#AA9585", "#5F333E"]
BLOBS = gt.Mixture([0.3, 0.7], [[0, 1], [4, -2]], [[[2, 0.6], [0.6, 1]], [[0.5, -0.2], [-0.2, 3]]])


@pytest.fixture
def ax():
    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.subplots()


def film(name, K, max_iter=3):
    X = gt.datasets.load(name).X
    return gt.run_em(X, gt.starts.random_points(X, K, np.random.default_rng(0)), max_iter=max_iter)


def test_colours_and_marks_are_those_of_the_course():
    assert list(plots.COLORS) == COURSE_COLORS
    same = dict(zip("ABCDEFGH", COURSE_COLORS, strict=True))
    lines = dict(zip("ABCDEFGH", plots.LINE_COLORS, strict=True))
    assert lines == same | {"B": "#CA8601", "E": "#7B989F", "G": "#A59181"}
    assert plots.MARKS[1:] == ("s", "^", "D", "v", "P", "X", "*")
    assert plots.OUTLINE == "#222222"


@pytest.mark.parametrize("K", range(1, 9))
def test_a_certain_point_has_exactly_its_components_colour(K):
    assert [to_hex(color).upper() for color in plots.soft_colors(np.eye(K))] == COURSE_COLORS[:K]


def test_up_to_three_colours_mix_in_proportion():
    r = np.array([[0.5, 0.25, 0.25], [0, 0.9, 0.1]])
    np.testing.assert_allclose(plots.soft_colors(r), r @ plots.RGB[:3])


def test_from_four_on_colours_fade_to_grey_with_entropy():
    rows = [[1 - 3 * p, p, p, p] for p in (0, 0.01, 0.1, 0.2, 0.25)]
    colors = plots.soft_colors(np.array(rows))
    np.testing.assert_allclose(colors[-1], 0.6, atol=1e-12)
    assert np.all(np.diff(np.abs(colors - 0.6).sum(axis=1)) < 0)
    fades = (colors - 0.6) / (plots.RGB[0] - 0.6)
    np.testing.assert_allclose(fades, np.broadcast_to(fades[:, :1], fades.shape), atol=1e-12)


def test_a_colour_fades_by_the_entropy_in_parts_of_the_largest():
    r = np.array([[0.7, 0.1, 0.1, 0.1], [0.5, 0.5, 0, 0], [1 - 1e-300, 1e-300, 0, 0]])
    fades = entropy(r, axis=1) / np.log(4)
    expected = (1 - fades)[:, np.newaxis] * plots.RGB[0] + fades[:, np.newaxis] * 0.6
    np.testing.assert_allclose(plots.soft_colors(r), expected, rtol=1e-12)


def test_nine_components_have_no_colours():
    with pytest.raises(ValueError, match="up to 8 components, got 9"):
        plots.soft_colors(np.eye(9))


def test_ellipses_lie_one_and_two_standard_deviations_out(ax):
    ellipses = plots.Ellipses(ax, 2)
    ellipses.show(BLOBS)
    outlines = ellipses.lines.get_segments()
    assert len(outlines) == 6
    for outline, k, n_sigma in zip(outlines, [0, 1] * 3, [1, 1, 1, 1, 2, 2], strict=True):
        offsets = outline - BLOBS.means[k]
        squares = np.sum(offsets @ np.linalg.inv(BLOBS.covariances[k]) * offsets, axis=1)
        np.testing.assert_allclose(squares, n_sigma**2, rtol=1e-10)
    np.testing.assert_array_equal(ellipses.letters.marks.get_offsets()[::2], BLOBS.means)


def test_contours_follow_densities_a_factor_of_four_apart(ax):
    contours = plots.Contours(ax, np.array([[-6.0, -9], [9, 6]]), n=400)
    contours.show(BLOBS)
    grid = np.stack(np.meshgrid(*contours.axes), axis=-1).reshape(-1, 2)
    peak = direct_density(grid).max()
    found = set()
    for line in contours.lines.get_segments():
        heights = np.log(direct_density(line) / peak)
        level = heights.mean()
        np.testing.assert_allclose(heights, level, atol=0.02)
        found.add(round((np.log(2) - level) / np.log(4), 2))
    assert found == {1, 2, 3, 4, 5}


def direct_density(points):
    return sum(weight * multivariate_normal(*pair).pdf(points) for weight, *pair in zip(*BLOBS, strict=True))


def test_weighted_densities_are_those_of_scipy():
    x = np.linspace(-9, 20, 101)
    mixture = gt.Mixture([0.2, 0.8], [[-1], [6]], [[[4]], [[0.25]]])
    expected = [0.2 * norm(-1, 2).pdf(x), 0.8 * norm(6, 0.5).pdf(x)]
    np.testing.assert_allclose(plots.weighted_densities(x, mixture), expected, rtol=1e-12)


def test_curves_add_up_and_their_letters_stay_on_the_picture(ax):
    ax.set_ylim(0, 0.2)
    curves = plots.Curves(ax, (-9, 20), 2)
    curves.show(gt.Mixture([0.2, 0.8], [[-1], [6]], [[[4]], [[0.25]]]))
    parts = [line.get_ydata() for line in curves.parts]
    np.testing.assert_allclose(curves.total.get_ydata(), np.sum(parts, axis=0))
    a, b = curves.letters.marks.get_offsets()[::2]
    np.testing.assert_allclose(a, [-1, 0.2 * norm(0, 2).pdf(0)], atol=0.05)
    np.testing.assert_allclose(b, [6, 0.19], atol=0.05)
    assert b[1] == 0.19


def test_marginal_drops_the_other_coordinates():
    covariance = np.array([[4, 1, 0.5], [1, 3, 0.2], [0.5, 0.2, 2]])
    mixture = gt.Mixture([1], [[1, 2, 3]], [covariance])
    part = plots.marginal(mixture, (2, 0))
    np.testing.assert_array_equal(part.means, [[3, 1]])
    np.testing.assert_array_equal(part.covariances, [[[2, 0.5], [0.5, 4]]])
    assert plots.marginal(mixture, (0, 1, 2)) is mixture


def test_limits_show_every_point_with_a_margin_even_of_equal_points(ax):
    limits = plots.set_limits(ax, np.array([[0.0, 5], [10, 5]]), margin=0.1)
    np.testing.assert_allclose(limits, [[-1, 4.9], [11, 5.1]])
    np.testing.assert_allclose(ax.get_xlim(), (-1, 11))
    np.testing.assert_allclose(ax.get_ylim(), (4.9, 5.1))


def test_points_are_grey_before_the_first_e_step(ax):
    X = np.array([[0.0, 0], [1, 1], [2, 0]])
    points = plots.Points(ax, X, 2)
    points.show(None)
    assert [artist.get_visible() for artist in points.artists] == [True] + [False] * 4
    np.testing.assert_array_equal(points.unlabelled.get_xydata(), X)
    points.show(np.array([[1, 0], [0.2, 0.8], [0, 1]]))
    assert [artist.get_visible() for artist in points.artists] == [False] + [True] * 4
    np.testing.assert_array_equal(points.fills[1].get_offsets(), X[1:])
    assert to_hex(points.fills[1].get_facecolors()[1]).upper() == COURSE_COLORS[1]


def test_the_score_trace_shows_each_half_steps_own_score():
    trace = film("three_blobs", 3)
    view = View(trace)
    scores = view.scores
    assert scores.x == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]
    np.testing.assert_allclose(scores.y, [gt.log_likelihood(trace.X, step.mixture) for step in trace.steps])
    for index in (3, 0, 7):
        view.show(index)
        (curve, _, _), (e_marks, _, _), (m_marks, _, _) = scores.lines
        np.testing.assert_allclose(curve.get_xydata(), np.c_[scores.x, scores.y][: index + 1])  # no more yet
        np.testing.assert_allclose(e_marks.get_xydata(), np.c_[scores.x, scores.y][1 : index + 1 : 2])
        np.testing.assert_allclose(m_marks.get_xydata(), np.c_[scores.x, scores.y][2 : index + 1 : 2])
        np.testing.assert_allclose(scores.ring.get_xydata(), [[scores.x[index], scores.y[index]]])


def test_the_scores_to_come_are_drawn_where_they_are_asked_for():
    trace = film("three_blobs", 3)
    for ahead in (False, True):
        view = View(trace, ahead=ahead)
        view.show(2)
        faint = [line for line in view.figure.axes[1].lines if line.get_visible() and line.get_alpha()]
        assert len(faint) == ahead
        for line in faint:
            np.testing.assert_allclose(
                line.get_xydata(), np.c_[view.scores.x, [step.log_likelihood for step in trace.steps]]
            )


def test_the_score_trace_of_another_run_is_as_made_anew(ax):
    traces = [film("three_blobs", 3), film("pairs5", 2, 9), film("two_sources", 2, 4)]
    scores = ScoreTrace(ax, traces[0], bound=True, ahead=True)
    for trace in traces[1:]:
        scores.follow(trace)
        scores.show(3)
        anew = ScoreTrace(Figure().subplots(), trace, bound=True, ahead=True)
        anew.show(3)
        assert (scores.corner, scores.ax.get_xlim(), scores.ax.get_ylim()) == (
            anew.corner,
            anew.ax.get_xlim(),
            anew.ax.get_ylim(),
        )
        for line, other in zip([scores.ahead, *scores.artists], [anew.ahead, *anew.artists], strict=True):
            np.testing.assert_array_equal(line.get_xydata(), other.get_xydata())


def test_a_gain_by_rounding_does_not_look_like_a_climb():
    X = gt.datasets.load("pairs5").X
    trace = gt.run_em(X, gt.starts.kmeans(X, 2, 1))
    assert np.ptp(trace.log_likelihoods) < 1e-3
    ax = View(trace).figure.axes[1]
    assert np.ptp(ax.get_ylim()) >= 1


@pytest.mark.parametrize("name", gt.datasets.names())
def test_no_axis_has_an_offset_that_its_ticks_leave_out(name):
    data = gt.datasets.load(name)
    figure = View(gt.fit(data.X, 2, seed=0, starts=1)).figure
    figure.canvas.draw()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            assert axis.get_offset_text().get_text() == ""


@pytest.mark.parametrize(("scores", "corner"), [([0, 8, 9, 9, 10], 4), ([0, 0, 1, 1, 10], 2)])
def test_the_legend_takes_the_corner_that_the_curve_leaves_free(scores, corner):
    trace = film("three_blobs", 3)
    steps = [step._replace(log_likelihood=y) for step, y in zip(trace.steps, scores, strict=False)]
    view = View(trace._replace(steps=tuple(steps)))
    assert view.figure.axes[1].get_legend()._loc == corner  # matplotlib: 4 lower right, 2 upper left


VIEWS = {
    "1-D": ("two_sources", 2, {}),
    "long names": ("old_faithful", 2, {"title": "Old Faithful"}),
    "eight": ("pairs5", 8, {}),
    "2-D": ("three_blobs", 3, {}),
    "4-D": ("penguins", 3, {"dims": (0, 3)}),
    "4-D, others": ("penguins", 3, {"dims": (1, 2), "title": "Penguins of three species"}),
    "large numbers": ("three_blobs", 2, {}),
}


@pytest.mark.parametrize("name", some_now(VIEWS, 3))
@pytest.mark.parametrize("caption", some_now([True, False]))
def test_text_is_large_enough_and_nothing_leaves_the_picture(name, caption):
    data, K, options = VIEWS[name]
    columns = gt.datasets.load(data).columns
    trace = film(data, K)
    if name == "large numbers":
        X = 1e5 + 200 * np.tile(trace.X, (60, 1))
        trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1]), max_iter=2)
    view = View(trace, caption=caption, columns=columns, **options)
    view.show(-1)
    figure = view.figure
    figure.canvas.draw()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    assert len(texts) > 10
    assert min(text.get_fontsize() for text in texts) >= 12
    boxes = [ax.get_tightbbox(figure.canvas.get_renderer()) for ax in figure.axes]
    if caption:
        boxes.append(view.caption.get_window_extent())
    assert min(box.min.min() for box in boxes) >= 0
    assert np.all(np.max([box.max for box in boxes], axis=0) <= figure.bbox.max)
    for group in (boxes, *map(shown_numbers, figure.axes)):
        for i, box in enumerate(group):
            assert not any(box.overlaps(other) for other in group[i + 1 :])


def shown_numbers(ax):
    low, high = ax.get_xlim()
    labels = [label for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]
    return [label.get_window_extent() for label in labels]


def test_a_trace_of_scores_only_is_not_drawn():
    X = gt.datasets.load("document_c").X
    trace = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]), record="scores")
    with pytest.raises(ValueError, match='record="all"'):
        View(trace)

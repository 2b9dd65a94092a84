"""What the Explorer's picture shows is true: artists against numbers that the picture's code has not made."""

import numpy as np
import pytest
from families import some_now
from matplotlib.colors import to_hex
from scipy.stats import multivariate_normal

import gmm_teach as gt
from gmm_teach.widgets import explorer
from gmm_teach.widgets.explorer_controls import SPEEDS

COLORS = ["#012A60", "#F0A001", "#9660FE", "#9E2A1A"]  # of A, B, C, D in the course's table
LINES = ["#012A60", "#CA8601", "#9660FE", "#9E2A1A"]
X = gt.datasets.load("three_blobs").X


def shares(mixture, points):
    """Responsibilities (N, K), by SciPy."""
    joint = np.stack(
        [
            weight * multivariate_normal(mean, cov).pdf(points)
            for weight, mean, cov in zip(*mixture, strict=True)
        ],
        axis=-1,
    )
    return joint / joint.sum(axis=-1, keepdims=True)


def at(demo, index):
    """The demo's view, moved to a half-step."""
    demo.scene.shoot(index)
    return demo.scene.view


@pytest.mark.parametrize("covariance", gt.COVARIANCE_TYPES)
@pytest.mark.parametrize(("K", "seed"), some_now([(2, 3), (4, 0)]))
def test_the_run_is_that_of_the_controls(covariance, K, seed):
    demo = explorer()
    demo.set(covariance=covariance, K=K, seed=seed, floor="1e-3")
    start = gt.starts.random_points(X, K, seed, covariance, 1e-3)
    trace = gt.run_em(X, start, engine=gt.vectorized, covariance_type=covariance, reg_covar=1e-3)
    assert len(demo.scene.trace.steps) == len(trace.steps)
    np.testing.assert_allclose(demo.scene.trace.mixture.means, trace.mixture.means, rtol=1e-9)
    np.testing.assert_allclose(demo.scene.trace.mixture.covariances, trace.mixture.covariances, rtol=1e-8)
    assert demo.captions[-1].startswith(f"E-step {trace.iterations + 1}: ")


@pytest.mark.parametrize("index", some_now([1, 2, 5]))
@pytest.mark.parametrize("row", [42, 250])
def test_bars_texts_and_ring_are_those_of_the_point_that_was_clicked(index, row):
    demo = explorer()
    demo.click(*X[row])
    picked = at(demo, index).picked
    steps = demo.scene.trace.steps
    held = steps[index if index % 2 else index - 1].mixture  # an M-step shows the shares of the E-step before
    r = shares(held, X[row])
    assert [bar.get_width() for bar in picked.bars] == pytest.approx(r, abs=1e-9)
    assert [to_hex(bar.get_facecolor()).upper() for bar in picked.bars] == COLORS[:3]
    for k, text in enumerate(picked.texts):
        weight, density = (
            steps[index].mixture.weights[k],
            multivariate_normal(steps[index].mixture.means[k], steps[index].mixture.covariances[k]).pdf(
                X[row]
            ),
        )
        assert text.get_text() == f"{weight:.2f} × {density:.2g}  →  {r[k]:.2f}"
    axes = demo.scene.view.axes
    assert [axes[2].get_title(loc=side) for side in ("left", "right")] == [
        f"Point {row}",
        "prior × density → share",
    ]
    rings = [line for line in axes[0].lines if to_hex(line.get_markeredgecolor()) == "#d02090"]
    np.testing.assert_array_equal(rings[0].get_xydata(), X[[row]])


@pytest.mark.parametrize("index", [0, 3, 8])
def test_ellipses_are_one_and_two_deviations_in_the_components_colours(index):
    demo = explorer(K=4)
    lines = at(demo, index).panel.ellipses.lines
    mixture = demo.scene.trace.steps[index].mixture
    segments, colors = lines.get_segments(), [to_hex(color).upper() for color in lines.get_colors()]
    for first, radius in ((4, 1.0), (8, 2.0)):
        for k in range(4):
            offsets = segments[first + k] - mixture.means[k]
            distances = np.sqrt(
                np.einsum("nd,nd->n", offsets @ np.linalg.inv(mixture.covariances[k]), offsets)
            )
            np.testing.assert_allclose(distances, radius, rtol=1e-9)
            assert colors[first + k] == LINES[k]


@pytest.mark.parametrize("index", [1, 4])
def test_points_stand_where_they_are_in_the_mark_of_their_strongest_component(index):
    demo = explorer()
    points = at(demo, index).panel.points
    strongest = shares(demo.scene.trace.steps[index - (index % 2 == 0)].mixture, X).argmax(axis=1)
    for k in range(3):
        np.testing.assert_array_equal(points.fills[k].get_offsets(), X[strongest == k])
        np.testing.assert_array_equal(points.outlines[k].get_xydata(), X[strongest == k])


def test_ticks_of_1d_data_have_the_colours_of_their_own_rows():
    demo = explorer(data="two_sources", K=2)
    rug = at(demo, 5).panel.rug
    x = np.array([segment[0, 0] for segment in rug.lines.get_segments()])
    r = shares(demo.scene.trace.steps[5].mixture, x[:, np.newaxis])
    rgb = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in COLORS[:2]]) / 255
    np.testing.assert_allclose(rug.lines.get_colors()[:, :3], r @ rgb, atol=1e-6)


def test_ghosts_are_the_ellipses_before_an_m_step():
    demo = explorer()
    for index, shown in ((1, False), (2, True), (3, False)):
        segments = at(demo, index).panel.ghosts.lines.get_segments()
        assert bool(segments) == shown
    segments = at(demo, 2).panel.ghosts.lines.get_segments()
    for segment, mean in zip(segments, demo.scene.trace.steps[1].mixture.means, strict=True):
        np.testing.assert_allclose(segment[:-1].mean(axis=0), mean, atol=1e-6)


def test_the_lower_bound_is_drawn_when_it_is_asked_for():
    demo = explorer(bound=True)
    (bound, _, _), *_ = at(demo, 4).scores.lines
    trace = demo.scene.trace
    expected = [
        gt.elbo(X, step.mixture, trace.steps[i - (step.kind == "M")].responsibilities)
        for i, step in list(enumerate(trace.steps))[1:5]
    ]
    np.testing.assert_allclose(bound.get_ydata(), expected, rtol=1e-12)


@pytest.mark.parametrize(("speed", "milliseconds"), [("slow", 1500), ("normal", 700), ("fast", 200)])
def test_a_film_plays_at_the_speed_that_is_chosen(speed, milliseconds):
    demo = explorer()
    demo.set(speed=speed)
    assert demo.interval == milliseconds == SPEEDS[speed]


@pytest.mark.parametrize("data", ["three_blobs", "old_faithful", "penguins"])
def test_axes_are_named_after_the_columns_that_are_drawn(data):
    demo = explorer(data=data, dims=(0, 1))
    axes = demo.scene.view.axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == gt.datasets.load(data).columns[:2]


def test_a_moved_start_is_where_the_click_was():
    demo = explorer(click="moves a start")
    before = demo.scene.trace.steps[0].mixture.means
    target = before[1] + [0.3, -0.2]
    demo.click(*target)
    after = demo.scene.trace.steps[0].mixture.means
    rounded = [round(target[0], 2), round(target[1], 3)]  # x reaches over 10, y not
    np.testing.assert_array_equal(after[1], rounded)
    assert (np.abs(rounded - target) < np.ptp(demo.scene.data.X, axis=0) / 1000).all()
    np.testing.assert_array_equal(np.delete(after, 1, axis=0), np.delete(before, 1, axis=0))


def drawn_anew(view, index):
    """The same artists, all drawn as matplotlib draws a figure."""
    of_scores = [view.axes[1].title, view.axes[1].get_legend(), view.label]
    drawn = [*view.moving, *of_scores, view.picked.number] if view.trace else []
    for artist in drawn:
        artist.set_animated(False)
    view.show(index)
    view.figure.canvas.draw()
    pixels = np.asarray(view.figure.canvas.buffer_rgba())[:, :, :3].copy()
    for artist in drawn:
        artist.set_animated(True)
    return pixels


@pytest.mark.slow
def test_what_is_kept_from_picture_to_picture_is_as_if_drawn_anew():
    demo = explorer()
    for changes in (
        {"seed": 3},
        {"seed": 4, "bound": True},
        {"words": False},
        {"K": 5},
        {"covariance": "tied", "contours": False},
        {"truth": True},
        {"data": "two_sources", "K": 2},
        {"seed": 5},
        {"data": "empty"},
        {"data": "old_faithful", "bound": False},
        {"data": "three_blobs", "K": 3},
        {"click": "adds 20 points"},
    ):
        demo.set(**changes)
        demo.click(4, -4)
        last = len(demo.captions) - 1
        for index in {0, min(1, last), last}:
            kept = np.asarray(demo.scene.camera.shoot(index))
            np.testing.assert_array_equal(kept, drawn_anew(demo.scene.view, index), str(changes))


def test_another_seed_or_k_draws_no_axes_of_the_data(monkeypatch):
    demo = explorer(click="picks a point")
    data_ax, _, picked_ax = demo.scene.view.axes
    panel = demo.scene.view.panel
    monkeypatch.setattr(data_ax, "draw", lambda renderer: pytest.fail("drew the data's axes"))
    demo.set(K=4)
    monkeypatch.setattr(picked_ax, "draw", lambda renderer: pytest.fail("drew the bars' axes"))
    assert demo.scene.view.panel is not panel
    panel = demo.scene.view.panel
    demo.set(seed=7)
    assert demo.scene.view.panel is panel

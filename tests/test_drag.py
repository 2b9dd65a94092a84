"""What drags, hovering and undo mean, in numbers that no picture has made."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.widgets import bell, explorer, query, shape, trap

X = gt.datasets.load("three_blobs").X


def hear(demo, *events):
    """Events as the page sends them."""
    demo._hear(demo, {"events": list(events), "asked": 1, "view": "one"}, [])


def starts_of(demo):
    return demo.scene.trace.steps[0].mixture.means


@pytest.fixture
def demo():
    return explorer()


@pytest.fixture
def moving():
    """Two starting means, one of which is dragged past the other."""
    return explorer(K=2, click="moves a start")


def test_the_mean_that_was_grabbed_moves_past_another(moving):
    first, second = starts_of(moving).copy()
    hear(moving, {"grab": first.tolist()}, {"drag": (second + 0.01).tolist()})
    hear(moving, {"drag": (second + 1).tolist()})
    hear(moving, {"drag": [1.0, -2.0]}, {"drop": True})
    np.testing.assert_array_equal(starts_of(moving), [[1.0, -2.0], second])
    assert moving.values["start"] == "by hand"


def test_one_drag_is_one_edit_however_many_moves(moving):
    before = starts_of(moving).copy()
    hear(moving, {"grab": before[0].tolist()}, {"drag": [0.0, 0.0]})
    hear(moving, {"drag": [0.5, 0.5]})
    hear(moving, {"drop": True})
    moving.press("undo")
    np.testing.assert_array_equal(starts_of(moving), before)
    assert moving.values["start"] == "random_points"
    moving.set(start="by hand")  # of which nothing is left
    np.testing.assert_array_equal(starts_of(moving), before)


def test_starting_means_are_dragged_where_they_are_drawn(demo):
    before = starts_of(demo).copy()
    film = demo.film
    demo.drag(*before[1], 0.0, 0.0)  # half-step 1 does not show them
    assert (demo.film, demo.values["start"]) == (film, "random_points")
    demo.index = 0
    demo.drag(*before[1], 0.0, 0.0)
    np.testing.assert_array_equal(starts_of(demo), [before[0], [0, 0], before[2]])
    assert demo.index == 0


def test_a_drag_from_nothing_does_nothing(demo):
    film = demo.film
    demo.index = 0
    demo.drag(5.4, 5.4, 0.0, 0.0)
    hear(demo, {"drag": [1.0, 1.0]}, {"drop": True})
    assert (demo.film, demo.scene.held, demo.problem) == (film, None, "")


def test_an_added_point_is_dragged_and_edits_are_taken_back_one_by_one(demo):
    demo.set(click="adds 1 point")
    demo.click(4, -4)
    demo.click(5, 5)
    demo.drag(4, -4, 3, 3)
    np.testing.assert_array_equal(demo.scene.trace.X, [*X, [3, 3], [5, 5]])
    for left in ([[4, -4], [5, 5]], [[4, -4]], []):
        demo.press("undo")
        np.testing.assert_array_equal(demo.scene.trace.X, [*X, *left])
    demo.press("undo")
    np.testing.assert_array_equal(demo.scene.trace.X, X)


def test_limits_stay_while_a_point_is_held_and_follow_when_it_is_dropped(demo):
    demo.set(click="adds 1 point")
    demo.click(30, 30)
    wide = demo.plane
    hear(demo, {"grab": [30, 30]}, {"drag": [1, 1]})
    assert demo.plane == wide
    hear(demo, {"drop": True})
    assert demo.plane[5] < 15


def test_a_move_of_means_is_not_kept_for_another_k(demo):
    demo.set(click="moves a start")
    demo.click(1, 1)
    demo.click(2, 2)
    demo.set(K=4)
    demo.press("undo")
    assert len(starts_of(demo)) == 4
    assert demo.problem == ""


def test_other_columns_of_a_mean_stay():
    own = np.random.default_rng(0).standard_normal((60, 3))
    demo = explorer(own, click="moves a start")
    before = starts_of(demo).copy()
    demo.drag(*before[1, :2], 0.25, 0.5)
    np.testing.assert_array_equal(starts_of(demo), [before[0], [0.25, 0.5, before[1, 2]]])


def test_an_interrupted_drag_leaves_edits_as_they_were(demo, monkeypatch):
    demo.set(click="adds 1 point")
    demo.click(4, -4)
    edits = demo.scene.edits

    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("gmm_teach.widgets.explorer_scene.run_em", interrupted)
        hear(demo, {"grab": [4, -4]}, {"drag": [3, 3]})
    assert demo.scene.edits is edits
    assert demo.scene.held is None
    demo.set(K=2)
    np.testing.assert_array_equal(demo.scene.trace.X, [*X, [4, -4]])


def test_hovering_names_the_nearest_point_and_its_shares(demo):
    r = demo.scene.trace.steps[1].responsibilities
    for row in (17, 250):
        text, x, y = demo.hover(*X[row] + 1e-4)
        assert text == f"point {row}: " + ", ".join(f"{100 * r[row, k]:.0f} % {'ABC'[k]}" for k in range(3))
        np.testing.assert_array_equal([x, y], X[row])
    demo.index = 0
    assert demo.hover(*X[17])[0] == "point 17: no shares yet"
    demo.set(data="empty")
    assert demo.hover(1, 1) is None
    assert bell().hover(0, 0) is None


def test_a_question_of_the_page_is_always_answered_and_changes_nothing(demo, monkeypatch):
    told, film = [], demo.film
    monkeypatch.setattr(demo, "send", lambda message, buffers=None: told.append(message))
    demo._hear(demo, {"hover": X[17].tolist(), "asker": "me"}, [])
    assert told[0]["text"].startswith("point 17: ")
    assert (told[0]["hovered"], told[0]["at"]) == ("me", X[17].tolist())
    demo._hear(demo, {"hover": ["x", "y"], "asker": "me"}, [])
    assert (told[1]["hovered"], told[1]["text"], demo.film) == ("me", "", film)


def test_a_dragged_bell_stands_on_a_step_of_its_slider():
    demo = bell()
    demo.drag(0, 1 / np.sqrt(2 * np.pi), 1.234, 0.2)
    demo.drag(1, 0, 9, 0)
    assert demo.values == {"mean": 1.2, "sigma": 1.0, "low": -1.0, "high": 6.0}


def test_the_star_follows_and_the_view_when_it_is_dropped():
    demo = query(x=40, y=40)
    wide = demo.plane
    hear(demo, {"grab": [40, 40]}, {"drag": [1.04, 2.0]})
    assert (demo.values, demo.plane) == ({"x": 1.0, "y": 2.0}, wide)
    hear(demo, {"drop": True})
    assert demo.plane == pytest.approx(query().plane)


def test_the_outlier_is_dragged_along():
    demo = trap()
    wide = demo.plane
    hear(demo, {"grab": [5, 0]}, {"drag": [2.9, 3.0]})
    assert (demo.values["distance"], demo.plane[4:6]) == (3.0, wide[4:6])
    hear(demo, {"drop": True})
    assert demo.plane == trap(distance=3.0).plane


def test_the_tip_of_an_axis_is_an_eigenvector():
    demo = shape(sigma_x=1.5, sigma_y=1.0, rho=0.0)
    demo.drag(1.5, 0, 1.2, 0.9)  # as long as it was, turned
    sx, sy, rho = (demo.values[name] for name in ("sigma_x", "sigma_y", "rho"))
    covariance = np.array([[sx**2, rho * sx * sy], [rho * sx * sy, sy**2]])
    tip, other = np.array([1.2, 0.9]), np.array([-0.6, 0.8])
    expected = np.outer(tip, tip) + np.outer(other, other)
    np.testing.assert_allclose(covariance, expected, atol=0.12)  # by the sliders' steps


def test_an_axis_of_diag_and_the_circle_are_stretched():
    demo = shape(sigma_x=1.5, sigma_y=1.0, rho=0.6, type="diag")
    demo.drag(1.5, 0, 0.7, 3)
    assert (demo.values["sigma_x"], demo.values["sigma_y"], demo.values["rho"]) == (0.7, 1.0, 0.6)
    demo = shape(sigma_x=1.0, sigma_y=1.0, rho=0.6, type="spherical")
    tip = demo.handles[0][:2]
    demo.drag(*tip, *(1.5 * np.array(tip)))
    assert (demo.values["sigma_x"], demo.values["sigma_y"]) == (1.5, 1.5)

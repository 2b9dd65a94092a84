"""The Explorer: places, edits by click, its states, and what it says."""

import doctest
import inspect

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from families import some_now
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach.widgets import explorer, places
from gmm_teach.widgets.notes import LINES, note


def hear(demo, *events):
    """Events as the page sends them."""
    demo._hear(demo, {"events": events, "asked": 1, "view": "one"}, [])


@pytest.fixture
def demo():
    return explorer()


def test_opens_coloured_on_the_most_undecided_point(demo):
    trace = demo.scene.trace
    assert (demo.index, trace.steps[demo.index].name) == (1, "E1")
    r = trace.steps[1].responsibilities
    entropy = [scipy.stats.entropy(row) for row in r]
    assert f"Picked point {np.argmax(entropy)}:" in demo.describe()
    assert demo.place == "three_blobs:K3:s18:full:random:h1"


@pytest.mark.parametrize(
    "place",
    [
        "three_blobs:K3:s18:full:h4",
        "old_faithful:K2:s1:tied:farthest:h3",
        "document_c:K5:s7:diag:random:f1e-3:h0",
        "cross:K1:s0:spherical:f1e-6:h2",
    ],
)
def test_a_place_opens_the_same_picture_again(demo, place):
    demo.place = place
    assert demo.place == place
    again = explorer(place=place)
    assert (again.values, again.index) == (demo.values, demo.index)
    assert again.scene.shoot(again.index) == demo.scene.shoot(demo.index)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("three blobs", "a place looks like three_blobs:K3:s18:full:h4, not like 'three blobs'"),
        ("three_blobs:K3:s18:full:x9", "'x9' is no part of a place; its parts are random, .* h4$"),
        ("three_blobs:K3:s18:full:f7", "'f7' is no part"),
    ],
)
def test_no_place(demo, place, message):
    with pytest.raises(ValueError, match=message):
        places.read(place)
    before = demo.values
    hear(demo, {"place": place})
    assert demo.problem.startswith("ValueError: ")
    assert demo.values == before
    with pytest.raises(TraitError, match="data must be one of"):
        explorer(place="nowhere:K3:s18:full:h4")


def test_a_place_beyond_the_end_is_the_end():
    demo = explorer(place="three_blobs:K3:s18:full:h999")
    assert demo.index == len(demo.captions) - 1
    assert demo.place.endswith(f"h{demo.index}")


def test_who_is_at_the_end_stays_at_the_end(demo):
    demo.index = len(demo.captions) - 1
    demo.set(seed=3)
    assert demo.index == len(demo.captions) - 1
    demo.index = 2
    demo.set(seed=4)
    assert demo.index == 2


def test_next_seed_counts_on(demo):
    demo.press("next seed")
    assert demo.values["seed"] == 19
    hear(demo, *[{"press": "next seed"}] * 5)
    assert demo.values["seed"] == 24


def test_a_click_picks_the_nearest_point(demo):
    X = gt.datasets.load("three_blobs").X
    demo.click(*X[42])
    assert "Picked point 42:" in demo.describe()
    demo.set(seed=5)
    assert "Picked point 42:" in demo.describe()
    demo.set(data="document_c")
    assert "Picked point 42:" not in demo.describe()


@pytest.mark.parametrize(
    ("control", "n"), [("adds 1 point", 1), ("adds 5 points", 5), ("adds 20 points", 20)]
)
def test_a_click_adds_points(demo, control, n):
    demo.set(click=control)
    demo.click(4, -4)
    X = demo.scene.trace.X
    assert len(X) == 300 + n
    assert np.abs(X[300:] - [4, -4]).max() < 3
    if n == 1:
        np.testing.assert_array_equal(X[300], [4, -4])
    demo.press("undo")
    assert len(demo.scene.trace.X) == 300


def test_points_of_ones_own_from_nothing(demo):
    demo.set(data="empty", K=2)
    assert demo.captions == ["No points yet: click into the picture to add some."]
    demo.click(2, 3)
    with pytest.raises(ValueError, match="n_components is 2") as refused:
        gt.starts.kmeans(np.array([[2.0, 3.0]]), 2, 0)
    assert demo.captions == [f"{refused.value}."]
    demo.set(click="adds 20 points")
    demo.click(2, 3)
    demo.click(8, 8)
    assert len(demo.scene.trace.X) == 41
    assert "E-step 1" in demo.captions[demo.index]


def test_a_click_moves_the_nearest_starting_mean(demo):
    before = demo.scene.trace.steps[0].mixture.means
    demo.set(click="moves a start")
    demo.click(5, 5)
    means = demo.scene.trace.steps[0].mixture.means
    moved = np.flatnonzero((means != before).any(axis=1))
    assert len(moved) == 1
    np.testing.assert_array_equal(means[moved[0]], [5, 5])
    assert demo.values["start"] == "by hand"


def test_data_of_ones_own():
    X = np.random.default_rng(0).standard_normal((50, 3))
    demo = explorer(X, columns=("a", "b", "c"), dims=(0, 2))
    assert demo.values["data"] == "yours"
    np.testing.assert_array_equal(demo.scene.trace.X, X)
    assert demo.scene.figure.axes[0].get_ylabel() == "c"
    assert demo.place == "yours:K2:s0:full:random:h1"
    demo.set(data="document_c")  # which has no column 2
    assert demo.scene.figure.axes[0].get_ylabel() == "y"


OWN = np.random.default_rng(1).standard_normal((40, 3))


@pytest.mark.parametrize(
    ("X", "options", "labels"),
    some_now(
        [
            (OWN[:, :1], {"columns": ["length"]}, ("length", "density")),
            (OWN, {"dims": [2, 0]}, ("z", "x")),
            (pd.DataFrame(OWN, columns=["a", "b", "cost ($)"]), {"dims": (0, 2)}, ("a", "cost ($)")),
            (gt.datasets.load("penguins"), {"dims": (1, 3)}, ("bill depth (mm)", "body mass (g)")),
            (OWN[:, 0], {}, ("x", "density")),
            (OWN[:, :1].tolist(), {"columns": ["length"], "dims": (3, 5)}, ("length", "density")),
            (OWN, {"dims": (-1, 0)}, ("z", "x")),
            (np.hstack([OWN, OWN]), {}, ("x1", "x2")),
            (OWN, {"columns": pd.DataFrame(OWN).columns}, ("0", "1")),
            (OWN * 1e-9, {}, ("x", "y")),
            (OWN + 1e9, {}, ("x", "y")),
            (OWN[:2], {}, ("x", "y")),
        ],
        4,
    ),
    ids=str,
)
def test_own_data_of_any_kind(X, options, labels):
    demo = explorer(X, **options)
    ax = demo.scene.figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == labels
    points = X.X if isinstance(X, gt.datasets.Dataset) else np.asarray(X)
    np.testing.assert_array_equal(np.squeeze(demo.scene.data.X), np.squeeze(points))
    for name in ("adds 5 points", "moves a start", "picks a point"):
        demo.set(click=name)
        x0, x1, y0, y1 = demo.areas[0][4:]
        demo.click((x0 + x1) / 2, (y0 + y1) / 2)
        assert demo.scene.shoot(demo.index).startswith(b"\x89PNG")
    assert demo.describe()


def test_the_truth_of_a_dataset_stays_with_it():
    data = gt.datasets.load("three_blobs")
    demo = explorer(data._replace(X=data.X[:100], z=data.z[:100]), K=3)
    before = demo.scene.shoot(1)
    demo.set(truth=True)
    assert demo.scene.shoot(1) != before


def test_small_numbers_keep_their_digits():
    mean = explorer(OWN * 1e-9, K=1).scene.trace.steps[1].mixture.means[0]
    said = explorer(OWN * 1e-9, K=1).describe()
    assert f"Component A: 100 % at ({', '.join(f'{value:.4g}' for value in mean)})." in said


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[1, np.nan]],), ValueError, "NaN or infinite"),
        ((["one", "two"],), TypeError, "X holds text"),
        ((np.zeros((0, 2)),), ValueError, "no rows"),
        ((OWN, {"columns": ("a",)}), ValueError, "columns must name the 3 columns of X, got a$"),
        ((OWN, {"columns": "abc"}), ValueError, "columns must name the 3 columns of X, got abc"),
        ((OWN, {"columns": 3}), TypeError, "columns must be a list of column names, got 3"),
        ((OWN, {"dims": (2, 7)}), ValueError, "dims must be between 0 and 2, as there are 3 columns"),
        ((OWN, {"dims": (1, 1)}), ValueError, r"dims must be 2 different columns, got \(1, 1\)"),
        ((OWN, {"dims": (1, -2)}), ValueError, "dims must be 2 different"),
        ((OWN, {"dims": (0,)}), ValueError, "dims must be 2 different"),
        ((OWN, {"dims": 1}), TypeError, "dims must list numbers of columns"),
        ((OWN, {"dims": ("x", "y")}), TypeError, "dims must be whole numbers"),
        ((None, {"dims": (0, 2)}), ValueError, "dims must be between 0 and 1, as there are 2 columns"),
        ((OWN, {"place": 4}), ValueError, "a place looks like .*, not like 4"),
        ((None, {"data": "yours"}), TraitError, "data must be one of three_blobs, .*, empty; got 'yours'"),
        ((OWN, {"k": 2}), ValueError, "control must be one of data, K, .*; got 'k'"),
        ((OWN, {"K": "two"}), TraitError, "K must be a whole number from 1 to 8, got 'two'"),
        ((OWN, {"K": 9}), TraitError, "K must be a whole number from 1 to 8, got 9"),
        ((OWN, {"K": 2.5}), TraitError, "K must be a whole number from 1 to 8, got 2.5"),
        ((OWN, {"seed": -5}), TraitError, "seed must be a whole number from 0 to 2147483647, got -5"),
        ((OWN, {"covariance": "round"}), TraitError, "covariance must be one of full, .*; got 'round'"),
        ((OWN, {"truth": "yes"}), TraitError, "truth must be True or False, got 'yes'"),
    ],
)
def test_what_the_explorer_cannot_show_is_refused_by_name(arguments, error, message):
    X, options = (*arguments, {})[:2]
    with pytest.raises(error, match=message):
        explorer(X, **options)


def test_the_example_of_its_docstring():
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    (example,) = finder.find(explorer, "explorer", globs={"explorer": explorer})
    assert runner.run(example) == (0, 3)


def test_a_collapse_is_marked_and_told():
    X = np.concatenate([np.random.default_rng(0).standard_normal((40, 2)), [[30.0, 30.0]]])
    demo = explorer(X, start="farthest", K=2)
    assert demo.scene.trace.status == "collapsed"
    last = len(demo.captions) - 1
    assert "collapsed" in demo.captions[last]
    assert "Remedies" in demo.notes[last]
    demo.index = last
    demo.scene.show(last)
    assert demo.scene.view.collapse[0].get_visible()
    demo.set(floor="1e-3")
    assert demo.scene.trace.status == "converged"
    assert "shrunk onto one point" in demo.notes[-1]


@pytest.mark.parametrize("key", LINES, ids=str)
def test_the_line_of_code_is_the_packages_own(key):
    function, marker = LINES[key]
    text = note(key[1], key[0])
    line = text.splitlines()[1].split(": ", 1)[1]
    assert marker.strip() in line
    assert line in inspect.getsource(function)
    number = int(text.split("line ")[1].split(":")[0])
    source = inspect.getsource(inspect.getmodule(function)).splitlines()
    assert source[number - 1].strip() == line


def test_overlays_come_and_go(demo):
    with_all = demo.scene.shoot(1)
    for name in ("words", "contours", "ellipses", "truth", "bound"):
        demo.set(**{name: not demo.values[name]})
        assert demo.scene.shoot(1) != with_all
        demo.set(**{name: not demo.values[name]})
        assert demo.scene.shoot(1) == with_all


def legend_of(demo):
    return [text.get_text() for text in demo.scene.view.scores.legend.get_texts()]


def test_without_words_nothing_says_what_moves_until_the_reader_asks():
    demo = explorer(words=False)
    assert demo.captions[:3] == ["Start", "E-step 1", "M-step 1"]
    assert demo.captions[-1].endswith("; converged")
    assert legend_of(demo) == ["E-step", "M-step"]
    said = " ".join([demo.describe(), *demo.captions, *demo.notes, *legend_of(demo)])
    for word in ("move", "colour", "shape", "ellipse", "log-likelihood", "up ", "change"):
        assert word not in said
    plain = demo.scene.shoot(1)
    demo.set(words=True)
    assert demo.captions[1].startswith("E-step 1: colours move; log-likelihood ")
    assert legend_of(demo) == ["E: colours move", "M: shapes move"]
    assert demo.scene.shoot(1) != plain
    demo.set(words=False)
    assert demo.scene.shoot(1) == plain


@pytest.mark.parametrize("value", [None, "no", 2])
def test_words_are_shown_or_not(value):
    with pytest.raises(TraitError, match="words must be"):
        explorer(words=value)


def test_speed_is_the_players_interval(demo):
    demo.set(speed="fast")
    assert demo.interval == 200


def test_scores_are_those_of_the_run_and_code_can_be_left_out(demo):
    assert demo.scores == [step.log_likelihood for step in demo.scene.trace.steps]
    demo.set(code="off")
    assert set(demo.notes[:-1]) == {""}
    assert demo.notes[-1] == demo.scene.trace.message
    demo.set(data="empty")
    assert demo.scores == []


def streaming(**options):
    return explorer(place="document_c:K3:s7:full:random:h9", start="go on", click="adds 1 point", **options)


def test_points_go_into_the_running_film_and_em_goes_on_from_the_mixture_shown():
    demo = streaming()
    X, shown = demo.scene.trace.X, demo.scene.trace.steps[9].mixture
    started = gt.starts.random_points(X, 3, 7)
    np.testing.assert_array_equal(demo.scene.trace.steps[0].mixture.means, started.means)
    demo.click(4, 4)
    np.testing.assert_array_equal(demo.scene.trace.X, [*X, [4, 4]])
    for part, expected in zip(demo.scene.trace.steps[0].mixture, shown, strict=True):
        np.testing.assert_array_equal(part, expected)
    alone = gt.run_em(demo.scene.trace.X, shown)
    assert demo.scene.trace.log_likelihood == alone.log_likelihood
    assert (demo.index, "E-step 1" in demo.captions[1]) == (1, True)
    demo.index = len(demo.captions) - 1
    end = demo.scene.trace.mixture
    demo.click(-3, 4)
    np.testing.assert_array_equal(demo.scene.trace.steps[0].mixture.covariances, end.covariances)
    assert demo.index == 1


def test_a_run_that_goes_on_has_no_place_and_says_so():
    demo = streaming()
    place = demo.place
    assert ":goes-on:" in place
    assert explorer(place=place).captions == demo.captions
    demo.click(4, 4)
    assert (demo.place, demo.no_place) == ("", places.WENT_ON)
    demo.set(start="kmeans")
    assert (demo.no_place, places.read(demo.place).points) == ("", ((4.0, 4.0),))
    demo.set(start="go on")
    assert demo.place == ""
    demo.press("undo")
    assert demo.no_place == ""
    assert places.read(demo.place).values["start"] == "go on"


def test_undo_goes_back_to_the_mixture_before():
    demo = streaming()
    before = demo.captions
    demo.click(4, 4)
    once = demo.captions
    demo.click(4, 5)
    assert demo.captions != once
    demo.press("undo")
    assert demo.captions == once
    demo.press("undo")
    assert demo.captions == before


@pytest.mark.parametrize("change", [{"K": 2}, {"seed": 8}, {"data": "cross"}])
def test_another_k_seed_or_data_begin_anew(change):
    demo = streaming()
    demo.click(4, 4)
    demo.set(**change)
    X, values = demo.scene.data.X, demo.values
    started = gt.starts.random_points(X, values["K"], values["seed"])
    np.testing.assert_array_equal(demo.scene.trace.steps[0].mixture.means, started.means)
    assert demo.no_place == ""


def test_a_run_goes_on_under_another_shape_and_from_nothing():
    demo = streaming()
    demo.click(4, 4)
    demo.set(covariance="diag")
    assert not demo.scene.trace.mixture.covariances[:, 0, 1].any()
    assert demo.scene.edits.onward.covariances[:, 0, 1].all()
    empty = explorer(data="empty", K=1, start="go on", click="adds 5 points")
    empty.click(2, 3)
    empty.index = len(empty.captions) - 1
    first = empty.scene.trace.mixture
    empty.click(8, 8)
    np.testing.assert_array_equal(empty.scene.trace.steps[0].mixture.means, first.means)


def test_a_dragged_point_of_a_run_that_goes_on_leaves_its_start():
    demo = streaming()
    demo.click(4, 4)
    start = demo.scene.trace.steps[0].mixture
    demo.drag(4, 4, 5, 5)
    np.testing.assert_array_equal(demo.scene.trace.X[-1], [5, 5])
    assert demo.scene.trace.steps[0].mixture == start


def test_data_of_ones_own_are_a_copy():
    data = gt.datasets.load("document_c")
    demo = explorer(data)
    data.X[:] = 0
    assert demo.data.X[0].tolist() == gt.datasets.load("document_c").X[0].tolist()


def test_data_with_the_points_that_were_put_in_can_be_had_back(tmp_path):
    demo = explorer(data="document_c", click="adds 5 points")
    base = gt.datasets.load("document_c")
    assert (len(demo.data.X), demo.data.z.sum()) == (100, 0)
    demo.click(4, 4)
    data = demo.data
    np.testing.assert_array_equal(data.X[:100], base.X)
    np.testing.assert_array_equal(data.X, demo.scene.trace.X)
    np.testing.assert_array_equal(data.z, [0] * 100 + [1] * 5)
    assert data.about == "document_c with 5 points of a reader's own, for which z is 1."
    assert (data.truth, data.columns) == (None, ("x", "y"))
    data.X[0] = 7  # a copy: the demo's own stay as they are
    np.testing.assert_array_equal(demo.data.X[0], base.X[0])
    gt.datasets.to_csv(demo.data, tmp_path / "mine.csv")
    back = gt.datasets.dataset_from_csv(tmp_path / "mine.csv")
    assert back == demo.data._replace(about=back.about)
    again = explorer(back, K=demo.values["K"], seed=demo.values["seed"])
    assert again.scene.trace.log_likelihood == demo.scene.trace.log_likelihood
    demo.press("undo")
    assert len(demo.data.X) == 100


def test_data_of_an_empty_picture_and_of_ones_own_frame(tmp_path):
    demo = explorer(data="empty")
    assert demo.data.X.shape == (0, 2)
    gt.datasets.to_csv(demo.data, tmp_path / "none.csv")
    back = gt.datasets.dataset_from_csv(tmp_path / "none.csv")
    assert back == demo.data._replace(about=back.about)
    demo.click(1, 2)
    assert (demo.data.X.tolist(), demo.data.z.tolist()) == ([[1, 2]], [1])
    frame = pd.DataFrame(OWN, columns=["a", "b", "c"])
    own = explorer(frame, dims=(0, 2), click="adds 1 point")
    own.click(0.5, 0.25)
    assert (own.data.columns, own.data.X.shape) == (("a", "b", "c"), (41, 3))
    assert own.data.X[-1, [0, 2]].tolist() == [0.5, 0.25]
    named = explorer(frame.assign(kind="a", label=range(40)), dims=(0, 2)).data
    assert named.columns == ("a", "b", "c")
    assert "The column kind holds no numbers and is left out. z is the column label." in named.about

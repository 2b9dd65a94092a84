"""Data of a reader's own in the demos How-many, Lottery and Outliers: arrays, DataFrames, any two columns."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import logsumexp
from test_demos_fits import assert_every_picture_is_a_png, weighted_logs
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach import made_data
from gmm_teach.widgets import explorer, how_many, lottery, outliers

pytestmark = pytest.mark.slow

BIRDS = gt.datasets.load("penguins").X
FRAME = pd.DataFrame(BIRDS, columns=["length", "depth ($)", "flipper", "mass"])


@pytest.mark.parametrize("X", [FRAME, BIRDS, gt.datasets.load("penguins")], ids=["frame", "array", "dataset"])
def test_how_many_takes_data_of_ones_own(X):
    demo = how_many(X, dims=(3, 1), held_out=False, K=2)
    scene = demo.scene
    assert demo.values["data"] == "yours"
    for K in (1, 2, 5):
        trace = gt.fit(BIRDS, K, starts=1, seed=0)
        assert scene.curves["BIC"][K - 1] == pytest.approx(gt.bic(trace))
    names = {"DataFrame": FRAME.columns, "ndarray": ("x1", "x2", "x3", "x4")}
    names = names.get(type(X).__name__, gt.datasets.load("penguins").columns)
    assert (scene.map.get_xlabel(), scene.map.get_ylabel()) == (names[3], names[1])
    assert scene.map.get_xlim()[0] < BIRDS[:, 3].min() < BIRDS[:, 3].max() < scene.map.get_xlim()[1]
    assert "made from" not in demo.captions[0]
    assert_every_picture_is_a_png(demo)
    demo.set(data="document_c")
    assert demo.captions == how_many(held_out=False).captions
    assert (scene.map.get_xlabel(), scene.map.get_ylabel()) == ("x", "y")


def test_lottery_takes_data_of_ones_own():
    demo = lottery(FRAME, K=4, dims=(2, 0), start="kmeans")
    scene = demo.scene
    for seed in (0, 3, 7):
        trace = gt.run_em(BIRDS, gt.starts.kmeans(BIRDS, 4, seed), max_iter=500, record="scores")
        assert scene.reached[seed] == pytest.approx(trace.log_likelihood)
    assert scene.trace.mixture.n_components == 4
    assert scene.trace.log_likelihood == scene.reached[0]
    assert (scene.map.get_xlabel(), scene.map.get_ylabel()) == ("flipper", "length")
    demo.set(data="document_c", start="random_points")
    assert demo.scene.trace.mixture.n_components == 3
    assert demo.captions == lottery(data="document_c").captions


def test_two_readers_data_are_never_mixed_up():
    one, other = lottery(BIRDS[:, :2], K=2), lottery(BIRDS[:, 2:], K=2)
    assert not set(one.scene.reached) & set(other.scene.reached)


@pytest.mark.parametrize("make", [how_many, lottery])
def test_data_of_one_column_are_a_histogram(make):
    options = {"held_out": False} if make is how_many else {"K": 2}
    demo = make(BIRDS[:, 0], columns=["length"], **options)
    ax = demo.scene.map
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("length", "density")
    bars = len(ax.patches)
    for change in ({"K": 4}, {"K": 5}) if make is how_many else ({"seed": 1}, {"seed": 2}):
        demo.set(**change)
        assert len(ax.patches) == bars  # one histogram, not one on the other
    assert_every_picture_is_a_png(demo)


def test_outliers_takes_any_two_columns():
    demo = outliers(FRAME, K=3, dims=(3, 0), share=10)
    scene, X = demo.scene, BIRDS[:, [3, 0]]
    trace = gt.fit(X, 3, seed=0)
    scores = logsumexp(weighted_logs(X, trace.mixture), axis=1)
    below = scores < np.quantile(scores, 0.1)
    np.testing.assert_array_equal(np.column_stack(scene.flags.get_data()), X[below])
    assert (scene.map.get_xlabel(), scene.map.get_ylabel()) == ("mass", "length")
    assert [spec["label"] for spec in demo.controls[1:]] == ["mass", "length"]
    point = np.array([[demo.values["x"], demo.values["y"]]])
    logs = weighted_logs(point, trace.mixture)[0]
    assert [bar.get_width() for bar in scene.widths] == pytest.approx(np.exp(logs - logsumexp(logs)).tolist())
    assert "an outlier" in demo.captions[0]
    demo.click(4012.3, 41.234)
    assert (demo.values["x"], demo.values["y"]) == (4012, 41.23)
    assert "no outlier; resp" in demo.captions[0]
    assert_every_picture_is_a_png(demo)


def test_outliers_of_any_scale():
    demo = outliers(1e-9 * BIRDS[:, :2], share=5)
    plain = outliers(BIRDS[:, :2], share=5)
    assert demo.scene.map.get_title() == plain.scene.map.get_title()
    assert demo.values["x"] == pytest.approx(1e-9 * plain.values["x"], rel=1e-2)


FEW = BIRDS[:10, :2]


@pytest.mark.parametrize(
    ("make", "arguments", "error", "message"),
    [
        (lottery, ([["a", "b"]],), TypeError, "X holds text"),
        (lottery, (BIRDS, {"K": 9}), ValueError, "K must be a whole number from 1 to 8, got 9"),
        (lottery, (FEW[:2], {"K": 3}), ValueError, "n_components is 3, but X has only 2 points"),
        (lottery, (BIRDS, {"dims": (0, 4)}), ValueError, "dims must be between 0 and 3"),
        (lottery, (BIRDS, {"columns": ["a"]}), ValueError, "columns must name the 4 columns of X"),
        (lottery, (None, {"data": "yours"}), TraitError, "data must be one of pairs5, .*; got 'yours'"),
        (lottery, (None, {"K": 9}), ValueError, "K must be a whole number from 1 to 8, got 9"),
        (lottery, (None, {"seed": 500}), TraitError, "seed must be a whole number from 0 to 99, got 500"),
        (
            lottery,
            (None, {"columns": ["a"]}),
            ValueError,
            "columns names the columns of X, but no X is given",
        ),
        (
            how_many,
            (None, {"columns": ["a"]}),
            ValueError,
            "columns names the columns of X, but no X is given",
        ),
        (
            explorer,
            (None, {"columns": ["a"]}),
            ValueError,
            "columns names the columns of X, but no X is given",
        ),
        (
            outliers,
            (None, {"columns": ["a"]}),
            ValueError,
            "columns names the columns of X, but no X is given",
        ),
        (outliers, (None, {"dims": (0, 2)}), ValueError, "dims must be between 0 and 1"),
        (how_many, (FEW,), ValueError, "X must have 20 points or more, .*; got 10 points"),
        (how_many, ([[1, np.nan]] * 30,), ValueError, "NaN"),
        (outliers, (BIRDS[:, 0],), ValueError, "X must have two columns or more"),
        (outliers, (BIRDS, {"dims": (1, 1)}), ValueError, "dims must be 2 different columns"),
        (outliers, (BIRDS, {"K": "two"}), TypeError, "K must be a whole number"),
        (outliers, (FEW[:3], {"K": 3}), ValueError, "the fit of X with 3 components: .*collapsed"),
    ],
)
def test_what_a_demo_cannot_show_is_refused_by_name(make, arguments, error, message):
    X, options = (*arguments, {})[:2]
    with pytest.raises(error, match=message):
        make(X, **options)


@pytest.mark.parametrize("name", made_data.__all__)
def test_data_that_show_limits_are_everywhere(name):
    assert name in gt.datasets.__all__
    assert getattr(gt.datasets, name)(20, 9) == getattr(made_data, name)(20, 9)
    X = gt.datasets.load(name).X
    np.testing.assert_array_equal(explorer(data=name).scene.trace.X, X)
    np.testing.assert_array_equal(lottery(data=name).scene.trace.X, X)
    np.testing.assert_array_equal(how_many(data=name, held_out=False).scene.traces[3].X, X)


def test_k_without_data_of_ones_own_is_for_the_courses():
    demo = lottery(K=4, data="document_c")
    X = gt.datasets.load("document_c").X
    expected = gt.run_em(X, gt.starts.random_points(X, 4, 0), max_iter=500)
    assert demo.scene.trace.log_likelihood == pytest.approx(expected.log_likelihood)
    demo.set(data="ring")
    assert demo.scene.trace.mixture.n_components == 4


def test_outliers_of_old_faithful_with_other_components_or_the_other_way_round():
    geyser = gt.datasets.load("old_faithful")
    for options in ({"K": 3}, {"dims": (1, 0)}):
        demo, same = outliers(**options), outliers(geyser, **options)
        assert demo.describe() == same.describe()
        assert demo.scene.mixture == same.scene.mixture
    assert demo.scene.map.get_xlabel() == geyser.columns[1]
    assert outliers(K=2, dims=[0, 1]).describe() == outliers().describe()

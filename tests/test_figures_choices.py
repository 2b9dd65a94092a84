"""Pictures of choosing K and shape: the numbers behind the artists, and what they say."""

import numpy as np
from drawn import curves, labels_at_least_12_points

from gmm_teach.figures import choices

JUDGED = {"AIC": [3, 1, 2], "BIC": [1, 2, 3], "training": [1, 2, 3], "held-out": [1, 3, 2]}


def test_judges_choose_the_lowest_or_the_highest():
    values = {"AIC": [3, 1, 2], "BIC": [1, 2, 3], "training": [1, 2, 3], "held-out": [1, 3, 2]}
    left, right = choices.judges([4, 5, 6], values, truth=5).axes
    texts = [text.get_text() for ax in (left, right) for text in ax.get_legend().get_texts()]
    assert texts == ["AIC: best at 5", "BIC: best at 4", "training: best at 6", "held-out: best at 5"]
    assert list(curves(left)["AIC: best at 5"]) == [3, 1, 2]
    assert list(left.lines[-1].get_xdata()) == [5, 5]


def test_best_of_marks_a_fall():
    (ax,) = choices.best_of([3, 4, 5], {"few": [1, 3, 2], "many": [1, 3, 4]}).axes
    thick = [line for line in ax.lines if line.get_linewidth() == 5]
    assert [(list(line.get_xdata()), list(line.get_ydata())) for line in thick] == [([4, 5], [3, 2])]


def test_shape_table_frames_the_lowest():
    scores = {"full": [5.0, 4.0, 6.0], "tied": [7.0, 3.0, 9.0]}
    (ax,) = choices.shape_table([1, 2, 3], scores, title="BIC").axes
    assert [text.get_text() for text in ax.texts] == ["5.0", "4.0", "6.0", "7.0", "3.0", "9.0"]
    assert [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"] == ["3.0"]
    (frame,) = ax.patches
    assert (round(frame.get_x()), round(frame.get_y())) == (1, 1)
    shades = ax.images[0].get_array()
    assert shades[1, 1] == shades.min()
    assert shades[1, 2] == shades.max()


def test_judges_say_every_score_and_its_best():
    text = choices.judges([4, 5, 6], JUDGED, truth=5).description
    assert "AIC, K = 4 to 6: 3.0, 1.0, 2.0; lowest at 5." in text
    assert "held-out, K = 4 to 6: 1.00, 3.00, 2.00; highest at 5." in text
    assert text.endswith("A vertical line marks K = 5.")
    with_gap = choices.judges([1, 2, 3], {"BIC": [np.nan, 7, 8], "training": [1, 2, 3]}).description
    assert "BIC, K = 1 to 3: nan, 7.0, 8.0; lowest at 2." in with_gap
    assert "vertical line" not in with_gap


def test_best_of_says_each_line():
    text = choices.best_of([3, 4], {"few": [-1, -2.5], "many": [-1, -0.5]}).description
    assert text.endswith("few, K = 3 to 4: -1.0, -2.5. many, K = 3 to 4: -1.0, -0.5.")


def test_shape_table_says_its_rows_and_its_lowest():
    text = choices.shape_table([1, 2], {"full": [np.nan, 5.0], "tied": [6.0, 7.0]}, title="BIC").description
    assert text == (
        "BIC, K = 1 to 2: full nan, 5.0. tied 6.0, 7.0. The lowest, framed, is 5.0: full at K = 2."
    )


def test_every_text_is_at_least_twelve_points():
    made = [
        choices.judges([4, 5, 6], JUDGED),
        choices.best_of([1, 2], {"few": [1, 2]}),
        choices.shape_table([1, 2], {"full": [1, 2]}),
    ]
    for figure in made:
        assert labels_at_least_12_points(figure)

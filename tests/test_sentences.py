"""Counts in sentences: one of a thing is not called many."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.figures import ellipses

ONE = np.array([[2.0, 3.0]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gt.starts.kmeans(ONE, 2, 0), "X has only 1 point$"),
        (lambda: gt.held_out(ONE, 1), "X has only 1 point$"),
        (lambda: gt.log_gaussian(ONE[:, :1], np.zeros(2), np.eye(1)), "must be 1 finite number, as"),
        (
            lambda: gt.views.View(gt.fit(np.arange(9.0)[:, np.newaxis], 1), columns=("a", "b")),
            "columns must name the column of X, got 2",
        ),
    ],
)
def test_one_is_not_many_in_an_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_one_row_is_left_out(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text("x\nNA\n3\n4\n", encoding="utf-8")
    gt.datasets.from_csv(path, missing="drop")
    assert capsys.readouterr().out == "1 of 3 rows has missing values and is left out.\n"


def test_one_point_in_a_title():
    (ax,) = ellipses.inside(ONE, ONE[0], np.eye(2)).axes
    assert ax.get_title().startswith("1 point, ")

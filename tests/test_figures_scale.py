"""The pictures of notebook 14 show, and say, the numbers that they are drawn from."""

import numpy as np
import pytest
from drawn import at_least_12_points, lines
from matplotlib.patches import FancyBboxPatch

from gmm_teach.figures import scale


def test_a_round_trip_has_a_box_and_two_arrows_for_each_block():
    figure = scale.round_trip([3, 1, 2000], 2, 4)
    (ax,) = figure.axes
    assert len([one for one in ax.patches if isinstance(one, FancyBboxPatch)]) == 4
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("") == 6  # arrows
    assert [text.splitlines()[0] for text in texts if "block" in text] == [
        "block 0: 3 rows",
        "block 1: 1 row",
        "block 2: 2,000 rows",
    ]
    assert "25 numbers back" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert "3 blocks on the left, of 3, 1 and 2,000 rows" in figure.description
    assert "25 numbers from each" in figure.description
    assert at_least_12_points(figure)


def test_bars_of_bytes():
    figure = scale.wire({"points": 32_000_000, "back": 304})
    (ax,) = figure.axes
    assert [bar.get_width() for bar in ax.patches] == [32_000_000, 304]
    assert [text.get_text() for text in ax.texts] == ["32 MB", "304 bytes"]
    assert figure.description.endswith("points 32 MB; back 304 bytes.")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1 byte", "1 kB", "1 MB"]
    assert at_least_12_points(figure)
    with pytest.raises(ValueError, match="back must be a whole number"):
        scale.wire({"back": 0})


def test_units_of_bytes():
    found = [scale.in_units(n) for n in (1, 999, 3040, 16e6, 16e9, 1.6e13, 2e15, 3e20)]
    assert found == ["1 byte", "999 bytes", "3.04 kB", "16 MB", "16 GB", "16 TB", "2 PB", "3e+05 PB"]


def test_paces_draw_scores_over_passes():
    runs = {"slow": ([0, 1, 2], [-5.0, -4.0, -3.5]), "quick": ([0, 0.5, 1.5], [-5.0, -3.0, -2.0])}
    figure = scale.paces(runs)
    found = lines(figure.axes[0])
    for name, pair in runs.items():
        np.testing.assert_array_equal(found[name], pair)
    assert "slow: -5.000 at first, -4.000 after one pass, -3.500 at last." in figure.description
    assert "quick: -5.000 at first, -2.500 after one pass, -2.000 at last." in figure.description
    assert at_least_12_points(figure)

"""Numbers put together from kept characters, beside those that matplotlib draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from strategies import FEW

from gmm_teach.plots.numerals import CHARACTERS, Renderer

WIDTH, HEIGHT = 400, 80
BLUE = (0.2, 0.4, 0.8)


def drawn(kind, text, at, *, size=12, dpi=100, angle=0, alpha=1.0):
    """Coverage (HEIGHT, WIDTH), from 0 to 1, and the mean colour of a text, by a renderer of this kind."""
    renderer = kind(WIDTH, HEIGHT, dpi)
    gc = renderer.new_gc()
    gc.set_foreground((*BLUE, 1.0), isRGBA=True)
    gc.set_alpha(alpha)
    renderer.draw_text(gc, *at, text, FontProperties(size=size), angle)
    pixels = np.asarray(renderer.buffer_rgba()) / 255
    full = pixels[..., 3] >= 0.9 * pixels[..., 3].max()
    return pixels[..., 3], pixels[full][:, :3].mean(axis=0)


@FEW
@given(
    text=st.text(sorted(CHARACTERS - {" "}), min_size=1, max_size=20),
    x=st.floats(5, 20),
    y=st.floats(40, 60),
    look=st.sampled_from([(12, 100), (10, 100), (12, 130), (9, 200)]),
)
def test_numbers_stand_where_matplotlib_draws_them(text, x, y, look):
    size, dpi = look
    (ours, color), (theirs, _) = (
        drawn(kind, text, (x, y), size=size, dpi=dpi) for kind in (Renderer, RendererAgg)
    )
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.05)
    for axis in (0, 1):
        ends = [np.flatnonzero((one > 0.2).any(axis=axis))[[0, -1]] for one in (ours, theirs)]
        np.testing.assert_allclose(*ends, atol=2)
        places = np.arange(ours.shape[1 - axis])
        middles = [np.average(places, weights=one.sum(axis=axis)) for one in (ours, theirs)]
        assert middles[0] == pytest.approx(middles[1], abs=1)
    np.testing.assert_allclose(color, BLUE, atol=0.03)


def test_a_transparent_number_is_as_faint_as_it_says():
    faint, plain = (drawn(Renderer, "0.25", (10, 50), alpha=alpha)[0] for alpha in (0.4, 1.0))
    assert faint.max() == pytest.approx(0.4 * plain.max(), abs=0.01)


@pytest.mark.parametrize(("text", "angle"), [("", 0), ("AV 1", 0), ("1f", 0), ("0.25", 90), ("-1", 30)])
def test_all_other_text_is_matplotlibs(text, angle):
    ours, theirs = (drawn(kind, text, (50, 60), angle=angle)[0] for kind in (Renderer, RendererAgg))
    np.testing.assert_array_equal(ours, theirs)

"""The pictures of one Gaussian in 1-D: the numbers behind what they show, and what they say."""

import numpy as np
import pytest
from scipy import stats

from gmm_teach.figures import densities

SEVEN = np.array([1.0, 1.6, 2.3, 2.7, 3.5, 4.1, 5.8])


def curve(line):
    return line.get_xdata(), line.get_ydata()


def drawn(figure):
    figure.canvas.draw()
    return figure.axes


def test_three_densities_are_scipys_and_marked_at_their_peaks():
    (ax,) = drawn(densities.three_densities([(0, 1), (0, 4), (2, 4)]))
    for line, mean, deviation in zip(ax.lines, (0, 0, 2), (1, 2, 2), strict=True):
        x, y = curve(line)
        np.testing.assert_allclose(y, stats.norm(mean, deviation).pdf(x), atol=1e-12)
        assert x[line.get_markevery()] == pytest.approx(mean)
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words[1] == "μ = 0, σ² = 4"  # and not how high it is: that is asked


def test_densities_say_what_they_are_and_not_how_high():
    assert densities.three_densities([(1, 0.5), (-2, 9)]).description == (
        "2 bell curves, each with a mark on its peak: one with mean 1 and variance 0.5 and one with mean -2 "
        "and variance 9. The smaller the variance, the narrower and higher the curve."
    )


def test_four_steps_lead_from_z_to_the_density():
    axes = drawn(densities.term_by_term(mean=2, sigma=2, at=5))
    heights = [ax.lines[1].get_ydata()[0] for ax in axes]
    np.testing.assert_allclose(heights, [1.5, -1.125, np.exp(-1.125), stats.norm(2, 2).pdf(5)])
    assert axes[1].texts[0].get_text() == "at x = 5: −1.125"
    said = densities.term_by_term(mean=-1, sigma=0.5, at=0).description
    assert "the same bell of height 0.798. At x = 0 they are 2.000, -2.000, 0.135 and 0.108." in said


def test_stems_stand_on_the_data_and_reach_the_curve():
    axes = drawn(densities.stems(SEVEN, [(3, 0.25), (3, 9)]))
    for ax, deviation in zip(axes, (0.5, 3), strict=True):
        x, y = curve(ax.lines[1])
        np.testing.assert_allclose(x, SEVEN)
        np.testing.assert_allclose(y, stats.norm(3, deviation).pdf(SEVEN))
        stems = np.array(ax.collections[0].get_segments())
        np.testing.assert_allclose(stems[:, 1], np.column_stack([x, y]))
    assert [ax.get_title() for ax in axes] == ["σ = 0.5", "σ = 3"]
    said = densities.stems([0, 2], [(0, 4), (1, 1)]).description
    assert said == (
        "The same 2 stems under each bell. Deviation 2: stems from 0.121 to 0.199 high. "
        "Deviation 1: stems from 0.242 to 0.242 high."
    )


def test_slices_are_highest_at_the_estimates():
    left, right = drawn(densities.log_likelihood_slices(SEVEN))
    best = stats.norm(SEVEN.mean(), SEVEN.std()).logpdf(SEVEN).sum()
    for ax, estimate in ((left, SEVEN.mean()), (right, SEVEN.var())):
        x, y = curve(ax.lines[0])
        assert y.max() <= best
        assert x[y.argmax()] == pytest.approx(estimate, abs=x[1] - x[0])
        assert (ax.lines[1].get_xdata(), ax.lines[1].get_ydata()) == (
            pytest.approx(estimate),
            pytest.approx(best),
        )
    assert right.lines[-1].get_xdata() == pytest.approx(SEVEN.var(ddof=1))
    assert right.lines[-1].get_ydata() < best
    said = densities.log_likelihood_slices([1, 2, 6]).description
    assert "its top at 3. " in said
    assert "divided by N, at 4.667, and divided by N − 1, at 7." in said


def test_bell_over_data_has_bars_of_area_one_and_the_curve():
    (ax,) = drawn(densities.bell_over_data(SEVEN, 3.0, 2.0, "minutes", bins=4))
    assert sum(bar.get_width() * bar.get_height() for bar in ax.patches) == pytest.approx(1)
    x, y = curve(ax.lines[0])
    np.testing.assert_allclose(y, stats.norm(3, np.sqrt(2)).pdf(x))
    assert (ax.get_xlabel(), ax.texts[0].get_text()) == ("minutes", "mean")
    score = stats.norm(3, np.sqrt(2)).logpdf(SEVEN).sum()
    assert ax.get_title() == f"log-likelihood −{-score:.1f}"
    assert ax.get_ylim()[1] > y.max()


def test_the_bell_over_data_is_the_one_that_is_given():
    given = []

    def density(x, mean, variance):
        given.append((mean, variance))
        return np.full(np.shape(x), 0.25)

    figure = densities.bell_over_data(SEVEN * 1e-6, 3e-6, 2e-12, "m", density=density)
    (ax,) = drawn(figure)
    assert (ax.lines[0].get_ydata() == 0.25).all()
    assert set(given) == {(3e-6, 2e-12)}
    assert ax.get_title() == f"log-likelihood −{-7 * np.log(0.25):.1f}"
    assert figure.description == (
        "A histogram of 7 values of m, from 1e-06 to 5.8e-06, and over it a bell curve with a dashed line "
        f"at its mean. The log-likelihood is {7 * np.log(0.25):.1f}."
    )


def test_a_density_of_nothing_somewhere_has_no_likelihood():
    figure = densities.bell_over_data(SEVEN, 3, 2, "m", density=lambda x, mean, variance: 0.5 * (x > 2))
    assert figure.axes[0].get_title() == "log-likelihood −inf"

"""The pair plot: what each panel shows is held to the columns that it stands for."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection

import gmm_teach as gt
from gmm_teach.figures.pairs import pair_plot
from gmm_teach.gaussian import ellipse

DATA = gt.datasets.load("penguins")
FIT = gt.fit(DATA.X, 3, starts=1, seed=0)
D = DATA.X.shape[1]


@pytest.fixture(scope="module")
def panels():
    """The axes of the pair plot by (row, column)."""
    places = [(row, column) for row in range(D) for column in range(row + 1)]
    return dict(zip(places, pair_plot(DATA, FIT).axes, strict=True))


def test_points_stand_at_their_two_columns_in_the_colour_of_their_component(panels):
    strongest = FIT.responsibilities.argmax(axis=1)
    for (row, column), ax in panels.items():
        if row != column:
            fills = [one for one in ax.collections if isinstance(one, PathCollection)]
            for k, fill in enumerate(fills[:3]):  # those of the letters follow
                np.testing.assert_array_equal(fill.get_offsets(), DATA.X[strongest == k][:, [column, row]])


def test_ellipses_are_those_of_two_columns_alone(panels):
    for (row, column), ax in panels.items():
        if row != column:
            (lines,) = [one for one in ax.collections if isinstance(one, LineCollection)]
            for k, outline in enumerate(lines.get_segments()[:3]):
                both = [column, row]
                covariance = FIT.mixture.covariances[k][np.ix_(both, both)]
                np.testing.assert_allclose(outline, ellipse(FIT.mixture.means[k, both], covariance))


def test_the_dashed_curve_is_the_density_of_one_column(panels):
    for d in range(D):
        curve = panels[d, d].lines[-1]
        x, y = curve.get_data()
        alone = gt.Mixture(
            FIT.mixture.weights, FIT.mixture.means[:, [d]], FIT.mixture.covariances[:, d : d + 1, d : d + 1]
        )
        np.testing.assert_allclose(y, np.exp(gt.log_density(x[:, np.newaxis], alone)))


def test_names_stand_at_the_left_and_at_the_foot(panels):
    assert [panels[D - 1, column].get_xlabel() for column in range(D)] == list(DATA.columns)
    assert [panels[row, 0].get_ylabel() for row in range(D)] == ["density", *DATA.columns[1:]]
    assert not any(ax.get_xlabel() for (row, _), ax in panels.items() if row < D - 1)


def test_without_a_mixture_points_are_grey_and_any_names_will_do():
    figure = pair_plot(DATA.X[:, :2], columns=("a very long name of a column", "price in $ and $"))
    assert figure.axes[1].get_xlabel() == "a very long name\nof a column"
    assert "342 points, each two of 2 columns" in figure.description
    figure.canvas.draw()


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="X must have 2 to 6 columns, got 1; choose some by columns"):
        pair_plot(DATA.X[:, 0])
    with pytest.raises(ValueError, match="got 7"):
        pair_plot(np.zeros((3, 7)))
    with pytest.raises(ValueError, match="4"):
        pair_plot(DATA.X[:, :3], FIT)
    with pytest.raises(TypeError, match="Mixture"):
        pair_plot(DATA.X, [1, 2])

"""EM of a model of one's own: the loop, the trace, the film, and what its doors refuse."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.figures.coins import Coins
from gmm_teach.plots.marks import soft_colors

HEADS = np.array([5.0, 9.0, 8.0, 4.0, 7.0])
START = np.array([0.6, 0.5])


def e_step(X, chances):
    logs = X * np.log(chances) + (10 - X) * np.log(1 - chances)
    totals = np.logaddexp(*logs.T)
    return np.exp(logs - totals[:, np.newaxis]), totals.sum()


def m_step(X, shares):
    return shares.T @ X[:, 0] / (10 * shares.sum(axis=0))


@pytest.fixture(scope="module")
def coins():
    return gt.run_model(HEADS, START, e_step, m_step)


def test_published_numbers(coins):
    """Do and Batzoglou, Nature Biotechnology 26 (2008), figure 1."""
    np.testing.assert_allclose(coins.steps[1].responsibilities[:2, 0], [0.45, 0.80], atol=0.005)
    np.testing.assert_allclose(coins.steps[2].mixture, [0.71, 0.58], atol=0.005)
    np.testing.assert_allclose(coins.mixture, [0.80, 0.52], atol=0.005)
    assert (coins.iterations, coins.status) == (10, "converged")


def test_a_gaussian_mixture_makes_the_film_of_run_em():
    X = gt.datasets.load("three_blobs").X
    start = gt.starts.kmeans(X, 3, 0)
    known = gt.run_em(X, start, engine=gt.vectorized)
    own = gt.run_model(X, start, gt.vectorized.e_step, gt.vectorized.m_step)
    assert [step.name for step in own.steps] == [step.name for step in known.steps]
    assert own.mixture == known.mixture
    assert own.log_likelihood == known.log_likelihood
    assert gt.bic(own._replace(covariance_type="full")) == gt.bic(known)


def test_lines_points_and_words_are_those_of_the_half_step(coins):
    view = Coins(coins, title="Two")
    for index, step in enumerate(coins.steps):
        view.show(index)
        assert [line.get_xdata()[0] for line in view.chances] == step.mixture.tolist()
        if step.responsibilities is not None:
            np.testing.assert_array_equal(
                view.points.get_facecolor()[:, :3], soft_colors(step.responsibilities)[:, :3]
            )
    np.testing.assert_array_equal(view.points.get_offsets(), np.column_stack([HEADS / 10, range(1, 6)]))
    assert view.describe(2).startswith("M-step 1: chances move; log-likelihood -28.4, up")


def test_the_player_plays_it(coins):
    film = gt.widgets.player(coins, view=Coins, title="Two coins", progress=False)
    film.finish()
    assert len(film.frames) == len(coins.steps) == 22
    assert film.captions[2].startswith("M-step 1: chances move")
    assert film.text.startswith("Two coins: a film of 22 pictures.")
    assert film.text.endswith("converged. A at 0.80; B at 0.52.")


def test_the_caption_stands_in_a_picture_that_is_saved(coins):
    view = Coins(coins, caption=True)
    view.show(-1)
    assert view.caption.get_text() == view.describe(-1)


def test_nothing_is_written_into_what_the_caller_gave(coins):
    assert HEADS.tolist() == [5, 9, 8, 4, 7]
    assert HEADS.flags.writeable
    assert not coins.X.flags.writeable


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"e_step": 1}, TypeError, "e_step must be a function, got int"),
        ({"m_step": None}, TypeError, "m_step must be a function, got NoneType"),
        ({"e_step": lambda X, chances: X}, TypeError, "e_step must return responsibilities"),
        ({"e_step": lambda X, chances: (X[:2], 0.0)}, ValueError, r"\(5, K\), got shape \(2, 1\)"),
        ({"X": [1.0, np.nan]}, ValueError, "NaN"),
        ({"tol": -1}, ValueError, "tol"),
        ({"max_iter": 0}, ValueError, "max_iter"),
    ],
)
def test_what_cannot_be_right_is_named(changes, kind, said):
    given = {"X": HEADS, "start": START, "e_step": e_step, "m_step": m_step} | changes
    with pytest.raises(kind, match=said):
        gt.run_model(**given)


def test_scores_that_need_a_gaussian_refuse_it(coins):
    for score in (gt.bic, gt.aic):
        with pytest.raises(TypeError, match="the trace's mixture must be a Mixture, got ndarray; a trace by"):
            score(coins)

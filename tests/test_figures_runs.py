"""The pictures of runs are titled with what they show."""

import pytest

import gmm_teach as gt


@pytest.fixture(scope="module")
def trace(two_blobs):
    return gt.run_em(*two_blobs, max_iter=4, tol=0)


@pytest.mark.parametrize(
    ("indices", "titles"),
    [
        ([0, 2, 4, -1], ["Start", "After iteration 1", "After iteration 2", "End"]),
        ([3, 4], ["E-step 2", "M-step 2"]),
    ],
)
def test_an_m_step_is_named_where_an_e_step_stands_beside_it(trace, indices, titles):
    figure = gt.figures.sheet(trace, indices)
    shown = [ax.get_title() for ax in figure.axes if ax.get_visible()]
    scores = [trace.steps[index].log_likelihood for index in indices]
    assert shown == [f"{title}: {score:.1f}" for title, score in zip(titles, scores, strict=True)]

"""Responsibilities from log joint densities, held to SciPy, also where exponentials leave float64."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.special import softmax as by_scipy
from strategies import SOME

from gmm_teach.engine import softmax as engine

SPREADS = (0.1, 30, 185, 200, 2e4)


def ratios_to(joint, reference):
    ratios = joint - joint[reference]
    ratios[reference] = joint[reference]
    return ratios


@SOME
@given(
    spread=st.sampled_from(SPREADS),
    K=st.integers(1, 5),
    N=st.integers(1, 100),
    reference=st.integers(0, 4),
    seed=st.integers(0, 2**32 - 1),
)
def test_both_are_scipys(spread, K, N, reference, seed):
    joint = np.random.default_rng(seed).uniform(-spread, spread, (K, N))
    expected, log_px = by_scipy(joint, axis=0), logsumexp(joint, axis=0)
    reference = min(reference, K - 1)
    ratios = ratios_to(joint, reference)
    scores = [engine.softmax_of_ratios(ratios, reference), engine.softmax(joint)]
    for shares in (ratios, joint):
        np.testing.assert_allclose(shares, expected, rtol=1e-13 * (1 + spread), atol=1e-219)
    assert scores == pytest.approx([log_px.sum()] * 2, rel=1e-13, abs=1e-13 * N * (1 + spread))


@pytest.mark.parametrize("largest", [engine.LARGEST_RATIO, engine.LARGEST_RATIO + 1e-9, 709, 1e300])
def test_no_share_is_denormal_and_no_sum_infinite(largest):
    ratios = np.full((3, 7), -1e300)
    ratios[0] = -5.0
    ratios[1] = largest
    with np.errstate(all="raise", under="ignore"):
        score = engine.softmax_of_ratios(ratios, 0)
    assert score == pytest.approx(7 * (largest - 5))
    np.testing.assert_allclose(ratios[1], 1)
    assert ratios[2].min() >= np.finfo(float).tiny
    assert ratios[2].max() <= 1e-200  # so little counts as an empty component

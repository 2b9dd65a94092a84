"""What random draws are compared by: right ones of any generator agree, and others do not."""

import numpy as np
import pytest
from scipy import stats

from gmm_teach.checks.mix_and_sample import sample
from gmm_teach.checks.random_draws import CUTS, follows, kurtosis, measured


def test_right_draws_pass_whatever_the_seed():
    def other_seed(seed):
        def draw(weights, means, variances, n, rng):
            rng = np.random.default_rng(np.random.SeedSequence([seed, int(rng.integers(2**32))]))
            z = rng.choice(len(weights), size=n, p=weights)
            return rng.normal(means[z], np.sqrt(variances[z]))

        return draw

    assert [seed for seed in range(40) if not sample(other_seed(seed)).passed] == []


def test_the_cuts_part_the_components_of_every_fixture():
    for weights, means, variances, *_ in sample.fixtures:
        sides = np.digitize(means, CUTS)
        assert len(set(sides)) == len(weights)
        gaps = np.abs(np.subtract.outer(CUTS, means)) / np.sqrt(variances)
        assert gaps.min() > 5.3


def test_measures_are_those_of_scipy():
    x = np.random.default_rng(0).normal(1, 2, 500)
    by_name = {one.name: one.values for one in measured(x)}
    inner = x[(x >= CUTS[0]) & (x < CUTS[1])]
    assert by_name["the means of these groups"][1] == pytest.approx(inner.mean())
    assert by_name["the logs of the deviations of these groups"][1] == pytest.approx(np.log(inner.std()))
    assert kurtosis(x) == pytest.approx(stats.kurtosis(x, fisher=False))
    assert kurtosis(np.ones(4)) == 0


def test_what_does_not_follow_the_generator_is_seen():
    rng = np.random.default_rng(0)
    z, w = rng.integers(2, size=(2, 400))
    noise, other = rng.standard_normal((2, 400))
    a = 20 * z + noise
    assert follows([[a], [20 * w + other], [a]]) == (True, True, True, True, True)
    assert follows([[a], [20 * z + other], [a]]) == (True, False, True, True, True)
    assert follows([[a], [20 * w + noise], [a]]) == (True, True, False, True, True)
    assert follows([[a], [a], [a]]) == (False, False, False, True, True)
    assert follows([[a], [20 * w + other], [20 * w + noise]])[3] is False
    even = [20 * np.repeat([0, 1], 200) + noise]
    assert follows([even, even, even])[4] is False

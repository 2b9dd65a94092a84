"""The tests can fail: each planted bug is killed by the test that is named for it."""

import pytest
from mutants import MUTANTS, run

pytestmark = [pytest.mark.mutants, pytest.mark.slow]


def test_without_a_bug_they_all_pass():
    """In the copy too, where a few cases tell: all of them run with the others."""
    code, _, output = run(sorted({mutant.test for mutant in MUTANTS}), options=["--examples=1"])
    assert code == 0, output


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.name}")
def test_killed(mutant):
    """By a failing test, not by an error before any test ran (another exit code) or in a fixture."""
    code, failure, output = run([mutant.test], mutant)
    assert code == 1, output
    assert (failure or "").split("[")[0] == mutant.test, output

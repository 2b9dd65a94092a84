"""Families of long tests: some of each run every time, and all of them in CI."""

import pytest


def some_now(cases, *now) -> list:
    """The cases, of which those that are not in `now` are left to CI; by default all but the first."""
    cases = list(cases)
    now = now or cases[:1]
    assert all(case in cases for case in now)
    return [case if case in now else _left_to_ci(case) for case in cases]


def _left_to_ci(case):
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)

"""Families of long tests: some of each run every time, and the others in CI."""

import pytest


def some_now(cases, n=1) -> list:
    """The cases, of which all but the first n are left to CI."""
    cases = list(cases)
    return cases[:n] + [_left_to_ci(case) for case in cases[n:]]


def _left_to_ci(case):
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)

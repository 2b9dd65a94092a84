"""Answers that no check has seen before: wrong ones of many kinds, and right ones in other dress.

tests/answers has a file for each notebook, with WRONG and RIGHT: lists of answers by the name of the check.
"""

import runpy
from pathlib import Path

import pytest

import gmm_teach as gt
from gmm_teach.checks.progress import checks_of

FILES = sorted((Path(__file__).parent / "answers").glob("[0-9][0-9].py"))


def cases():
    for file in FILES:
        answers = runpy.run_path(str(file))
        for name, check in checks_of(gt.checks.NOTEBOOKS[int(file.stem)]).items():
            yield pytest.param(
                check, answers["WRONG"][name], answers["RIGHT"][name], id=f"{file.stem}-{name}"
            )


@pytest.mark.slow
@pytest.mark.parametrize(("check", "wrong", "right"), [*cases()])
def test_no_wrong_answer_passes_and_every_right_one_does(check, wrong, right):
    assert len(wrong) >= 12
    assert len(right) >= 6
    for number, answer in enumerate(wrong):
        feedback = check(*answer) if isinstance(answer, tuple) else check(answer)
        assert feedback.passed is False, number
    for number, answer in enumerate(right):
        feedback = check(*answer) if isinstance(answer, tuple) else check(answer)
        assert feedback.passed is True, (number, feedback.text)

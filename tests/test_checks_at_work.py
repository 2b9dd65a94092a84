"""Checks in a notebook: what is judged, what is used from then on, what is handed in."""

import csv

import numpy as np
import pytest
import scipy.special
from IPython.core.interactiveshell import InteractiveShell
from scipy.special import softmax as by_scipy

import gmm_teach as gt
from gmm_teach.checks import attended, broken_steps, the_m_step_twice
from gmm_teach.checks.feedback import NOT_STARTED
from gmm_teach.checks.progress import checks_of

Q = the_m_step_twice.q
ONE = the_m_step_twice.m_step_loops
WRONG = [lambda X, r, mixture: 1.0, ...]


@pytest.fixture(autouse=True)
def nothing_done(monkeypatch):
    for module in gt.checks.NOTEBOOKS:
        for check in checks_of(module).values():
            monkeypatch.setattr(check, "last", NOT_STARTED)
            monkeypatch.setattr(check, "tries", 0)


def right_q(X, r, mixture):
    return np.sum(r * gt.log_joint(X, mixture))


@pytest.mark.parametrize("attempt", WRONG)
def test_a_worked_answer_is_used_until_the_own_one_is_right(attempt, capsys):
    used = Q.use(attempt)
    assert capsys.readouterr().out == "From here on: a worked q.\n"
    assert used(*Q.case(1)) == pytest.approx(right_q(*Q.case(1)), rel=1e-12)


def test_a_worked_answer_is_never_taken_for_the_learners_own(capsys):
    used = Q.use(...)
    assert Q(used) == NOT_STARTED
    Q.use(used)
    assert capsys.readouterr().out == 2 * "From here on: a worked q.\n"
    assert Q.last == NOT_STARTED


def test_a_right_answer_is_used(capsys):
    calls = []

    def own(X, shares):
        calls.append(len(X))
        weight, mean, covariance = ONE.answer(X, shares)
        return [float(weight), mean.tolist(), covariance.tolist()]

    used = ONE.use(own)
    assert capsys.readouterr().out == "From here on: your m_step_loops.\n"
    calls.clear()
    weight, mean, covariance = used(*ONE.case(2))
    assert calls == [10]
    assert (weight.shape, mean.shape, covariance.shape) == ((), (2,), (2, 2))


@pytest.mark.parametrize("number", [0, 99, 1.5, True])
def test_a_case_that_is_not_there_is_named(number):
    with pytest.raises((TypeError, ValueError), match="number must be"):
        Q.case(number)


def test_the_named_case_is_the_one_that_differs():
    def wrong_on_ten_points(X, r, mixture):
        return right_q(X, r, mixture) + (len(X) == 10)

    text = Q(wrong_on_ten_points).text
    assert text.endswith("Try it: q(*gt.checks.the_m_step_twice.q.case(2))")
    X, r, mixture = eval(text.split("(*")[1].rstrip(")") + ")", {"gt": gt})
    assert wrong_on_ten_points(X, r, mixture) != Q.answer(X, r, mixture)


def test_a_case_is_a_copy():
    Q.case(1)[0][:] = 0
    assert Q(right_q).passed


def test_float32_passes_and_a_rounded_answer_is_named():
    assert Q(lambda *case: np.float32(right_q(*case))).passed
    assert ONE(lambda *case: [np.asarray(part, np.float32) for part in ONE.answer(*case)]).passed
    assert not Q(lambda *case: np.float32(right_q(*case) * 1.001)).passed
    text = ONE(lambda *case: [np.round(part, 3) for part in ONE.answer(*case)]).text
    assert text == "Right, but rounded to 3 decimals: return all digits."
    assert "rounded" not in Q(lambda *case: round(right_q(*case), 3) + 1).text


def test_an_input_that_is_written_into_is_named():
    def in_place(X, r, mixture):
        r *= gt.log_joint(X, mixture)
        return r.sum()

    feedback = Q(in_place)
    assert feedback.passed is False
    assert "writes into r" in feedback.text
    assert "writes into r" in Q(lambda X, r, mixture: in_place(X, r, mixture) + 1).text


def e_step(X, mixture):
    return gt.vectorized.e_step(X, mixture)[0]


def test_a_ready_made_answer_of_the_package_is_named():
    check = gt.checks.run_the_whole_film.e_step

    def inside(X, mixture):
        return (lambda: gt.responsibilities(X, mixture))()

    for attempt, name in ((e_step, "e_step"), (inside, "responsibilities")):
        feedback = check(attempt)
        assert feedback.passed is False
        assert feedback.text.startswith(f"The numbers are right, but `{name}` has made them.")


def own_share(X, mixture, name="e_step"):
    joint = np.exp(gt.log_joint(X, mixture) - gt.log_joint(X, mixture).max(axis=1, keepdims=True))
    responsibilities = joint / joint.sum(axis=1, keepdims=True)
    return responsibilities


def responsibilities(X, mixture):
    return own_share(X, mixture)


def test_a_function_of_the_learners_own_may_have_any_name():
    check = gt.checks.run_the_whole_film.e_step
    assert check(lambda X, mixture: responsibilities(X, mixture)).passed
    assert check(own_share).passed


NOT_RUN = "(`q` of cell 1; the newer one, in cell 3, did not run: see its error.)"
FIRST, AGAIN, BROKEN = "def q(X):\n    return 1", "def q(X):\n    return 2", "def q(X):\n    return 1 +"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([FIRST], "(`q` of cell 1.)"),
        ([FIRST, "x = q(1)", AGAIN], "(`q` of cell 3.)"),
        (
            [FIRST, "x = q(1)", BROKEN],
            "(`q` of cell 1; the newer one, in cell 3, did not run: see its error.)",
        ),
        ([FIRST, AGAIN, FIRST], "(`q` of cell 3.)"),
    ],
)
def test_the_cell_of_a_function_is_named(cells, words):
    shell = InteractiveShell()
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    assert attended.which(shell.user_ns["q"], shell.user_ns["In"]) == words


def test_what_is_of_no_cell_is_not_named():
    assert attended.which(right_q, []) == attended.which(len, [FIRST]) == attended.which(3, [FIRST]) == ""


def test_what_runs_for_long_says_how_to_stop_it(monkeypatch, capsys):
    monkeypatch.setattr(attended, "PATIENCE", 0.0)
    with attended.patience():
        said = ""
        while not said:
            said = capsys.readouterr().out
    assert said == attended.STILL + "\n"


def test_a_summary_counts_begun_notebooks_and_keeps_others_in_the_file(tmp_path):
    file = tmp_path / "mine.csv"
    Q(right_q)
    Q(WRONG[0])
    summary = gt.checks.summary(file, name="Ada")
    assert ("the_m_step_twice", "q", "not yet", 2) in summary.rows
    assert {row[0] for row in summary.rows} == {"the_m_step_twice"}
    assert repr(summary).splitlines()[-1] == "0 of 4 exercises right"
    Q.last, Q.tries = NOT_STARTED, 0
    gt.checks.watch_em_think.ellipse_mover("M")
    gt.checks.summary(file, name="Ada")
    header, *rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    assert header == ["name", "notebook", "exercise", "state", "tries"]
    assert ["Ada", "the_m_step_twice", "q", "not yet", "2"] in rows
    assert ["Ada", "watch_em_think", "ellipse_mover", "right", "1"] in rows


def test_a_file_of_something_else_is_left_alone(tmp_path):
    file = tmp_path / "thesis.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match=r"thesis\.csv begins with"):
        gt.checks.summary(file)
    assert file.read_text() == "a,b\n1,2\n"


def log_gaussian_1d(x, mean, variance):
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


@pytest.mark.parametrize(
    ("attempt", "passes"),
    [
        (lambda x, mean, variance: np.exp(log_gaussian_1d(x, mean, variance)), True),
        (lambda x, mean, variance: np.exp(gt.log_gaussian_1d(x, mean, variance)), False),
        (lambda *case: (lambda: np.exp(gt.log_gaussian_1d(*case)))(), False),
        (lambda *case: [np.exp(gt.log_gaussian_1d(*case))[0], *np.exp(log_gaussian_1d(*case))[1:]], False),
    ],
)
def test_a_function_of_the_package_is_told_from_the_learners_own_of_the_same_name(attempt, passes):
    feedback = gt.checks.fit_one_bell_curve.gaussian_pdf_1d(attempt)
    assert feedback.passed is passes
    assert ("`log_gaussian_1d` has made them" in feedback.text) is not passes


def softmax(log_joint):
    safe = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
    return safe / safe.sum(axis=1, keepdims=True)


def test_a_function_that_is_the_answer_is_noticed_and_an_own_one_of_that_name_is_not():
    check = gt.checks.the_e_step_twice.e_step_vectorized
    for borrowed in (lambda a: scipy.special.softmax(a, axis=1), lambda a: by_scipy(a, axis=1)):
        feedback = check(borrowed)
        assert feedback.passed is False
        assert "`softmax` has made them" in feedback.text
    assert check(lambda log_joint: softmax(log_joint)).passed
    assert check(softmax).passed


@pytest.mark.parametrize("bug", [7, -1, "1", None])
def test_a_bug_that_is_not_in_the_table_is_named(bug):
    X = gt.datasets.load("document_c").X
    with pytest.raises(ValueError, match="bug must be a number from 0 to 6, got"):
        broken_steps.run_with_bug(X, gt.starts.from_rows(X, [20, 10, 96]), bug)


def test_without_a_bug_the_run_is_that_of_em():
    X = gt.datasets.load("document_c").X
    start = gt.starts.from_rows(X, [20, 10, 96])
    scores = broken_steps.run_with_bug(X, start, 0, 23)
    np.testing.assert_allclose(scores, gt.run_em(X, start).log_likelihoods, rtol=1e-12)


def test_a_call_of_the_packages_own_function_is_noticed():
    from gmm_teach import match_labels as theirs

    check = gt.checks.use_a_mixture.match

    def match_labels(labels, reference):
        if len(labels) < 0:
            return match_labels(labels, reference)
        return check.answer(labels, reference)

    def called(labels, reference):
        return gt.match_labels(labels, reference, 3)

    def inside(labels, reference):
        return (lambda: gt.match_labels(labels, reference, 3))()

    assert check(match_labels).passed
    for attempt in (called, inside, theirs):
        assert "`match_labels` has made them" in check(attempt).text

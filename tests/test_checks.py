"""Feedback on exercises: the right answer passes, and each known mistake is told apart."""

import itertools

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.checks import core, run_the_whole_film, watch_em_think

EXERCISES = [run_the_whole_film.FIT, run_the_whole_film.E_STEP]


@pytest.fixture(params=EXERCISES, ids=lambda exercise: exercise.name)
def exercise(request):
    return request.param


def test_right_answer_passes(exercise):
    feedback = core.check(exercise, exercise.answer)
    assert feedback.passed is True
    assert repr(feedback) == f"Right. {exercise.praise}"


def test_each_known_mistake_gets_its_own_nudge(exercise):
    for mistake in exercise.mistakes:
        feedback = core.check(exercise, mistake.answer)
        assert feedback.passed is False
        assert feedback.text == mistake.nudge


def test_known_mistakes_differ_from_each_other(exercise):
    for a, b in itertools.combinations(exercise.mistakes, 2):
        results = [core._answers(exercise, mistake.answer) for mistake in (a, b)]
        assert not core._all_close(*results)


@pytest.mark.parametrize("count", [1, 7, 12, 19, 50])
def test_a_fixed_count_is_named_whatever_it_is(count):
    def attempt(X, mixture, tol):
        return [gt.log_likelihood(X, mixture)] * count

    text = run_the_whole_film.fit(attempt).text
    assert text.startswith(f"You always make {count} E-steps")


@pytest.mark.parametrize("answer", [lambda X, m: [], lambda X, m: X, lambda X, m: m, lambda X, m: 0])
def test_a_wrong_return_is_not_taken_for_an_empty_body(answer):
    assert run_the_whole_film.e_step(answer).passed is False


def test_a_stopped_endless_loop_is_the_learners_own():
    def attempt(X, mixture):
        raise KeyboardInterrupt

    assert "Does its loop end?" in run_the_whole_film.e_step(attempt).text


def test_random_wrong_answers_never_pass_and_never_crash(exercise):
    for seed in range(20):
        rng = np.random.default_rng(seed)
        shape = rng.integers(1, 8, size=rng.integers(0, 4))
        assert core.check(exercise, lambda *_, rng=rng, shape=shape: rng.normal(size=shape)).passed is False


def test_a_function_with_dots_is_not_started(exercise):
    def plain(*arguments): ...

    def with_docstring(*arguments):
        """What it should do."""
        ...

    for attempt in (plain, with_docstring):
        assert core.check(exercise, attempt) == core.NOT_STARTED
    assert repr(core.NOT_STARTED).startswith("Not started yet.")


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "returned nothing"),
        (np.zeros((3, 3, 3)), r"shape is (3, 3, 3)"),
        ("hello", "must return numbers"),
        ([[1], [2, 3]], "must return numbers"),
    ],
)
def test_what_comes_back_is_described(exercise, result, words):
    def attempt(*arguments):
        unused = len(arguments)
        return result if unused else None

    assert words in core.check(exercise, attempt).text


def test_nan_and_first_difference_are_located():
    exercise = run_the_whole_film.E_STEP

    def spoiled(X, mixture, value):
        right = gt.vectorized.e_step(X, mixture)[0].copy()
        right[4, 1] = value
        return right

    assert "1 NaN" in core.check(exercise, lambda X, mixture: spoiled(X, mixture, np.nan)).text
    assert "entry 4, 1" in core.check(exercise, lambda X, mixture: spoiled(X, mixture, 0.5)).text


def test_a_students_error_is_shown_as_theirs():
    def attempt(X, mixture):
        shares = np.zeros(3)
        return shares / undefined_name  # noqa: F821

    text = core.check(run_the_whole_film.E_STEP, attempt).text
    assert (
        text
        == "Your code stopped in line 3 of your function with NameError: name 'undefined_name' is not defined"
    )


def test_not_a_function():
    assert "must be a function" in run_the_whole_film.fit(3).text


@pytest.fixture(scope="module")
def trace():
    X = gt.datasets.load("document_c").X
    return gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]))


def test_first_step_above(trace):
    def check(answer):
        return watch_em_think.first_step_above(answer, trace, -400)

    assert check(...).passed is None
    assert check("M1").passed
    assert check("m1").passed
    assert "is an E-step" in check("E2").text
    assert "earlier one" in check("M5").text
    assert "still below" in check("E1").text
    for odd in ("M99", 3, None, np.array(["E1", "M1"])):
        assert "name of a step" in check(odd).text


def test_ellipse_mover():
    assert watch_em_think.ellipse_mover(...).passed is None
    assert watch_em_think.ellipse_mover("M").passed
    assert "recolours" in watch_em_think.ellipse_mover("E").text
    assert watch_em_think.ellipse_mover("m-step").passed
    for odd in ("both", 3, None, np.array(["E", "M"])):
        assert "in quotes" in watch_em_think.ellipse_mover(odd).text

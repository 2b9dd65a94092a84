"""Feedback on exercises: the right answer passes, and each known mistake is told apart."""

import itertools

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.checks import (
    chicken_and_egg,
    core,
    questions,
    run_the_whole_film,
    survive_tiny_numbers,
    watch_em_think,
)


def all_of(kind):
    """Every Exercise or Question of gmm_teach.checks."""
    modules = [getattr(gt.checks, name) for name in gt.checks.__all__ if name != "Feedback"]
    return [value for module in modules for value in vars(module).values() if isinstance(value, kind)]


EXERCISES = all_of(core.Exercise)
QUESTIONS = all_of(questions.Question)


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
        assert not core._agree(exercise, *results)


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


def test_random_answers_of_the_right_kind_never_pass_and_never_crash(exercise):
    rights = core._answers(exercise, exercise.answer)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        calls = iter(rights)

        def attempt(*arguments, rng=rng, calls=calls):
            parts = [right + rng.normal(size=right.shape) * max(1, abs(right).max()) for right in next(calls)]
            return parts if exercise.parts else parts[0]

        assert core.check(exercise, attempt).passed is False


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
        (np.zeros((3,) * 7), "The shape"),
        ("hello, you", "must return numbers"),
        ([[1], [2, 3]], "must return numbers"),
    ],
)
def test_what_comes_back_is_described(exercise, result, words):
    def attempt(*arguments):
        unused = len(arguments)
        return result if unused else None

    text = core.check(exercise, attempt).text
    assert words in text or (exercise.parts and ("results of numbers" in text or "The shape of" in text))


def polar(parts):
    return core.Exercise(
        name="polar",
        answer=lambda x, y: (np.hypot(x, y), np.arctan2(y, x)),
        fixtures=((np.array([3.0, 1.0]), np.array([4.0, 1.0])),),
        mistakes=(core.Mistake(lambda x, y: (x + y, np.arctan2(y, x)), "Square them first."),),
        praise="Round and round.",
        parts=parts,
    )


def test_an_answer_of_several_parts():
    exercise = polar(("length", "angle"))
    assert core.check(exercise, exercise.answer).passed
    assert core.check(exercise, lambda x, y: (x + y, np.arctan2(y, x))).text == "Square them first."
    assert core.check(exercise, lambda x, y: x[0]).text == (
        "polar must return 2 results of numbers, in this order: length, angle."
    )
    assert core.check(exercise, lambda x, y: (x, 1.0)).text == "The shape of angle is (); it must be (2,)."
    assert core.check(exercise, lambda x, y: (x, y * np.nan)).text == (
        "2 of 2 numbers in angle are NaN or infinite."
    )
    assert "entry 1 of angle: yours is 1, expected 0.785" in (
        core.check(exercise, lambda x, y: (np.hypot(x, y), np.array([np.arctan2(4, 3), 1]))).text
    )


def test_a_hint_follows_an_error_or_a_fault():
    exercise = polar(())._replace(
        answer=lambda x, y: x * y, mistakes=(), hints=(("ZeroDivision", "By what?"), ("NaN", "Where from?"))
    )
    assert core.check(exercise, lambda x, y: 1 / 0).text.endswith("division by zero. By what?")
    assert core.check(exercise, lambda x, y: x * np.nan).text.endswith("are NaN or infinite. Where from?")
    assert core.check(exercise, lambda x, y: x + y).text.endswith("expected 12.")


def test_random_results_are_compared_by_what_is_measured():
    exercise = core.Exercise(
        name="toss",
        answer=lambda n, rng: rng.random(n) < 0.3,
        fixtures=((4000, np.random.default_rng(0)),),
        mistakes=(core.Mistake(lambda n, rng: np.arange(n) % 2, "Not every other one."),),
        praise="Fair enough.",
        measure=lambda tosses: {"the share of heads": tosses.mean()},
        atol=0.03,
    )
    assert core.check(exercise, lambda n, rng: rng.choice([0, 1], size=n, p=[0.7, 0.3])).passed
    assert core.check(exercise, lambda n, rng: rng.choice(2, size=n)).text == "Not every other one."
    text = core.check(exercise, lambda n, rng: np.ones(n)).text
    assert text.startswith("The first difference is at the share of heads: yours is 1")


def test_an_attempt_cannot_spoil_the_fixtures(exercise):
    def spoil(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[:] = 0
        return 0.0

    assert core.check(exercise, spoil).passed is False
    assert core.check(exercise, exercise.answer).passed


def test_nan_and_first_difference_are_located():
    exercise = run_the_whole_film.E_STEP

    def spoiled(X, mixture, value):
        right = gt.vectorized.e_step(X, mixture)[0].copy()
        right[4, 1] = value
        return right

    assert "1 of 21 numbers" in core.check(exercise, lambda X, mixture: spoiled(X, mixture, np.nan)).text
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


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_knows_its_answers(question):
    assert questions.ask(question, ...) == core.NOT_STARTED
    assert repr(questions.ask(question, question.right)) == f"Right. {question.praise}"
    for wrong, nudge in question.mistakes.items():
        assert questions.ask(question, wrong) == (False, nudge)
    assert len(set(question.mistakes.values())) == len(question.mistakes)
    for odd in (None, [1, 2], float("nan"), "one" if isinstance(question.right, float) else 1):
        assert questions.ask(question, odd) == (False, question.how)
    for seed in range(20):
        wrong = np.random.default_rng(seed).normal(scale=1000)
        word = isinstance(question.right, str)
        assert questions.ask(question, f"{wrong}" if word else wrong).passed is False


def test_a_question_of_words_and_one_of_numbers():
    word = questions.Question("who", "E", {"M": "The other one."}, "Yes.", "Answer E or M.")
    assert questions.ask(word, " e ").passed
    assert questions.ask(word, "m").text == "The other one."
    assert questions.ask(word, 3).text == "Answer E or M."
    assert questions.ask(word, "K").text == "That is not it."
    number = questions.Question("lambda", -300.0, {300.0: "Mind the sign."}, "Yes.", "Answer with a number.")
    assert questions.ask(number, np.int64(-300)).passed
    assert questions.ask(number, 300).text == "Mind the sign."
    assert questions.ask(number, "many").text == "Answer with a number."


def test_frequent_slips_with_shapes_and_tiny_numbers_get_a_hint():
    def naive(X, mixture):
        return np.log(np.exp(gt.log_density(X, mixture))).sum()

    def crossed(a):
        return a.max(axis=1) + np.log(np.exp(a - a.max(axis=1)).sum(axis=1))

    def squared(a):
        return a.max(axis=1, keepdims=True) + a.sum(axis=1)

    def flat(x, weights, means, variances):
        joint = weights * np.exp(gt.log_gaussian_1d(x[:, np.newaxis], means, variances))
        return joint / joint.sum(axis=1)

    def from_one(x, z, K):
        return np.ones(K) / K, [x[z == k].sum() / np.sum(z == k) for k in range(1, K + 1)], np.ones(K)

    with np.errstate(all="ignore"):
        assert "(4.5)" in survive_tiny_numbers.log_likelihood(naive).text
        assert "one number for each" in survive_tiny_numbers.log_likelihood(gt.log_density).text
        assert "start at 0" in chicken_and_egg.labelled_mle(from_one).text
    assert "keepdims" in survive_tiny_numbers.log_sum_exp(crossed).text
    assert "keepdims" in survive_tiny_numbers.log_sum_exp(squared).text
    assert "keepdims" in chicken_and_egg.soft_assign_1d(flat).text

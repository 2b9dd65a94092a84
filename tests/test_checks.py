"""Feedback on exercises: the right answer passes, and each known mistake is told apart."""

import itertools
import pickle
import pydoc
from dataclasses import replace
from inspect import signature
from types import FunctionType

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.checks import (
    chicken_and_egg,
    choose_k_and_the_shape,
    run_the_whole_film,
    survive_tiny_numbers,
    watch_em_think,
)
from gmm_teach.checks.exercises import Exercise, Mistake
from gmm_teach.checks.feedback import NOT_STARTED
from gmm_teach.checks.questions import Question
from gmm_teach.words import count


def all_of(kind):
    """Every Exercise or Question of gmm_teach.checks."""
    return [
        value for module in gt.checks.NOTEBOOKS for value in vars(module).values() if isinstance(value, kind)
    ]


EXERCISES = all_of(Exercise)
QUESTIONS = all_of(Question)
LONG = ("fit",)  # each answer to this exercise is several runs; its notebook checks the right one


@pytest.fixture(
    params=[pytest.param(one, marks=pytest.mark.slow if one.name in LONG else ()) for one in EXERCISES],
    ids=[one.name for one in EXERCISES],
)
def exercise(request):
    return request.param


def test_right_answer_passes(exercise):
    feedback = exercise(exercise.answer)
    assert feedback.passed is True
    assert repr(feedback) == f"Right. {exercise.praise}"


def test_each_known_mistake_gets_its_own_nudge(exercise):
    for mistake in exercise.mistakes:
        feedback = exercise(mistake.answer)
        assert feedback.passed is False
        assert feedback.text == mistake.nudge


def test_known_mistakes_differ_from_each_other(exercise):
    results = [exercise.answers(mistake.answer) for mistake in exercise.mistakes]
    for one, other in itertools.combinations(results, 2):
        assert not exercise.agree(one, other)


@pytest.mark.parametrize("n", [0, 1, 7, 12, 19, 50])
def test_a_fixed_count_is_named_whatever_it_is(n):
    def attempt(X, mixture, tol):
        return [gt.log_likelihood(X, mixture)] * n

    text = run_the_whole_film.fit(attempt).text
    assert text.startswith(f"You always make {count(n, 'E-step')}, whatever")


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
        assert exercise(lambda *_, rng=rng, shape=shape: rng.normal(size=shape)).passed is False


@pytest.mark.slow
def test_random_answers_of_the_right_kind_never_pass_and_never_crash(exercise):
    rights = exercise.answers(exercise.answer)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        calls = iter(rights)

        def attempt(*arguments, rng=rng, calls=calls):
            parts = [right + rng.normal(size=right.shape) * max(1, abs(right).max()) for right in next(calls)]
            return parts if exercise.parts else parts[0]

        assert exercise(attempt).passed is False


def test_a_function_with_dots_is_not_started(exercise):
    def plain(*arguments): ...

    def with_docstring(*arguments):
        """What it should do."""
        ...

    for attempt in (plain, with_docstring):
        assert exercise(attempt) == NOT_STARTED
    assert repr(NOT_STARTED).startswith("Not started yet.")


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

    text = exercise(attempt).text
    assert words in text or (exercise.parts and ("results of numbers" in text or "The shape of" in text))


def polar(parts):
    return Exercise(
        name="polar",
        about="polar(x, y): length and angle",
        answer=lambda x, y: (np.hypot(x, y), np.arctan2(y, x)),
        fixtures=((np.array([3.0, 1.0]), np.array([4.0, 1.0])),),
        mistakes=(Mistake(lambda x, y: (x + y, np.arctan2(y, x)), "Square them first."),),
        praise="Round and round.",
        parts=parts,
    )


def test_an_answer_of_several_parts():
    exercise = polar(("length", "angle"))
    assert exercise(exercise.answer).passed
    assert exercise(lambda x, y: (x + y, np.arctan2(y, x))).text == "Square them first."
    assert exercise(lambda x, y: x[0]).text == (
        "polar must return 2 results of numbers, in this order: length, angle; yours is of type float64."
    )
    assert exercise(lambda x, y: (x, 1.0)).text == "The shape of angle is (); it must be (2,)."
    assert exercise(lambda x, y: (x, y * np.nan)).text == ("2 of 2 numbers in angle are NaN or infinite.")
    assert "entry 1 of angle: yours is 1, expected 0.785" in (
        exercise(lambda x, y: (np.hypot(x, y), np.array([np.arctan2(4, 3), 1]))).text
    )


def test_a_hint_follows_an_error_or_a_fault():
    exercise = replace(
        polar(()),
        answer=lambda x, y: x * y,
        mistakes=(),
        hints=(("ZeroDivision", "By what?"), ("NaN", "Where from?")),
    )
    assert exercise(lambda x, y: 1 / 0).text.endswith("division by zero. By what?")
    assert exercise(lambda x, y: x * np.nan).text.endswith("are NaN or infinite. Where from?")
    assert exercise(lambda x, y: x + y).text.endswith("expected 12.")


def test_random_results_are_compared_by_what_is_measured():
    exercise = Exercise(
        name="toss",
        about="toss(n, rng): n coins",
        answer=lambda n, rng: rng.random(n) < 0.3,
        fixtures=((4000, np.random.default_rng(0)),),
        mistakes=(Mistake(lambda n, rng: np.arange(n) % 2, "Not every other one."),),
        praise="Fair enough.",
        measure=lambda tosses: {"the share of heads": tosses.mean()},
        atol=0.03,
    )
    assert exercise(lambda n, rng: rng.choice([0, 1], size=n, p=[0.7, 0.3])).passed
    assert exercise(lambda n, rng: rng.choice(2, size=n)).text == "Not every other one."
    text = exercise(lambda n, rng: np.ones(n)).text
    assert text.startswith("The first difference is at the share of heads: yours is 1")


def test_an_attempt_cannot_spoil_the_fixtures(exercise):
    def spoil(*arguments):
        for argument in arguments:
            for array in argument if isinstance(argument, gt.Mixture) else [argument]:
                if isinstance(array, np.ndarray):
                    array.setflags(write=True)
                    array[:] = 0
            if isinstance(argument, np.random.Generator):
                argument.random()
        return 0.0

    before = pickle.dumps(exercise.fixtures)
    assert exercise(spoil).passed is False
    assert pickle.dumps(exercise.fixtures) == before
    assert exercise(exercise.answer).passed


def test_every_fixture_counts(exercise):
    rights = exercise.answers(exercise.answer)
    for wrong in range(len(rights)):
        calls = iter(enumerate(rights))

        def attempt(*arguments, wrong=wrong, calls=calls):
            call, right = next(calls)
            parts = [part + 0.9 * (call == wrong) for part in right]
            return parts if exercise.parts else parts[0]

        assert exercise(attempt).passed is False


def test_the_shape_counts(exercise):
    calls = iter(exercise.answers(exercise.answer))

    def attempt(*arguments):
        parts = [np.stack([part, part]) if np.size(part) == 1 else np.array([part]) for part in next(calls)]
        return parts if exercise.parts else parts[0]

    assert exercise(attempt).text.startswith("The shape")


def test_one_number_may_come_in_an_array_of_one():
    for exercise in (survive_tiny_numbers.log_likelihood, choose_k_and_the_shape.bic):
        assert exercise(lambda *given, exercise=exercise: np.array([[exercise.answer(*given)]])).passed


def test_nan_and_first_difference_are_located():
    exercise = run_the_whole_film.e_step

    def spoiled(X, mixture, value):
        right = gt.vectorized.e_step(X, mixture)[0].copy()
        right[4, 1] = value
        return right

    for value in (np.nan, np.inf, -np.inf):
        text = exercise(lambda X, mixture, value=value: spoiled(X, mixture, value)).text
        assert text.splitlines()[0] == "1 of 21 numbers in the result is NaN or infinite."
    assert "entry 4, 1" in exercise(lambda X, mixture: spoiled(X, mixture, 0.5)).text


def test_a_students_error_is_shown_as_theirs():
    def attempt(X, mixture):
        shares = np.zeros(3)
        return shares / undefined_name  # noqa: F821

    stopped, how = run_the_whole_film.e_step(attempt).text.splitlines()
    assert stopped == (
        "Your code stopped in line 3 of your function with NameError: name 'undefined_name' is not defined"
    )
    assert how == "Try it: my_e_step(*gt.checks.run_the_whole_film.e_step.case(1))"


def test_not_a_function():
    assert "must be a function" in run_the_whole_film.fit(3).text


@pytest.fixture(scope="module")
def trace():
    X = gt.datasets.load("document_c").X
    return gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]))


def test_no_step_above(trace):
    assert watch_em_think.first_step_above("M1", trace, 0.0) == (
        False,
        "No step of this film has a log-likelihood above 0.",
    )


def test_first_step_above(trace):
    def check(answer):
        return watch_em_think.first_step_above(answer, trace, -400)

    assert check(...).passed is None
    assert check("M1").passed
    assert check("m1").passed
    assert check("M-step 1").text == "M1 lifted it there, from -541.3."
    assert watch_em_think.first_step_above("start", trace, -1e6).text == "The film starts above it."
    assert "is an E-step" in check("E2").text
    assert "earlier one" in check("M5").text
    assert "E1 is not above -400. Go on to a later step" in check("E1").text
    fallen = trace._replace(steps=(*trace.steps, trace.steps[0]._replace(iteration=99, kind="E")))
    text = watch_em_think.first_step_above("E99", fallen, -400).text
    assert text == "The log-likelihood of E99 is not above -400. Go on to an earlier step."
    for odd in ("M99", 3, None, np.array(["E1", "M1"])):
        assert "name of a step" in check(odd).text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_knows_its_answers(question):
    assert question(...) == NOT_STARTED
    assert repr(question(question.right)) == f"Right. {question.praise}"
    for wrong, nudge in question.mistakes.items():
        assert question(wrong) == (False, nudge)
    assert len(set(question.mistakes.values())) == len(question.mistakes)
    for odd in (None, [1, 2], float("nan"), "one" if isinstance(question.right, float) else 1):
        assert question(odd) == (False, question.how)
    for seed in range(20):
        wrong = np.random.default_rng(seed).normal(scale=1000)
        word = isinstance(question.right, str)
        assert question(f"{wrong}" if word else wrong).passed is False


@pytest.mark.parametrize("check", [*EXERCISES, *QUESTIONS], ids=lambda check: check.name)
def test_help_and_repr_say_what_is_checked(check):
    assert repr(check) == check.__doc__ == f"Check {check.about}. Returns `Feedback`."
    assert check.__doc__ in pydoc.render_doc(check, renderer=pydoc.plaintext)
    assert len(signature(check).parameters) == 1
    assert isinstance(check, Question) or check.about.startswith(f"{check.name}(")


@pytest.mark.parametrize("module", gt.checks.NOTEBOOKS)
def test_an_exercise_is_its_own_door(module):
    """No function of a notebook's file only hands on to a check."""
    for value in vars(module).values():
        if isinstance(value, FunctionType) and not value.__name__.startswith("_"):
            assert list(signature(value).parameters) not in (["attempt"], ["answer"])


def test_a_question_of_words_and_one_of_numbers():
    word = Question(
        name="who",
        about="the half-step",
        right="E",
        mistakes={"M": "The other one."},
        praise="Yes.",
        how="Answer E or M.",
    )
    assert word(" e ").passed
    assert word("m").text == "The other one."
    assert word(3).text == "Answer E or M."
    assert word("K").text == "That is not it."
    number = Question(
        name="lambda",
        about="the multiplier",
        right=-300.0,
        mistakes={300.0: "Mind the sign."},
        praise="Yes.",
        how="Answer with a number.",
    )
    assert number(np.int64(-300)).passed
    assert number(300).text == "Mind the sign."
    assert number("many").text == "Answer with a number."


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

"""Whatever a learner's code returns, is or does, a check never raises, and says what is true."""

import functools
import math
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.checks import choose_k_and_the_shape, fit_one_bell_curve, run_the_whole_film, use_a_mixture
from gmm_teach.checks.attempts import LONGEST_MESSAGE
from gmm_teach.checks.feedback import NOT_STARTED

share = gt.checks.the_e_step_twice.share
mle_1d = fit_one_bell_curve.mle_1d
e_step = run_the_whole_film.e_step
shares = run_the_whole_film.e_step.answer


class Raising:
    """Every way in ends in an error."""

    def __getattribute__(self, name):
        raise RuntimeError("no way in")

    def __eq__(self, other):
        raise RuntimeError("no way in")

    __hash__ = None


class Leaving:
    def __array__(self, *arguments, **options):
        sys.exit(3)


class Endless:
    def __float__(self):
        return float(self)


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class BareExit(BaseException):
    pass


def said(feedback):
    """The first line of a wrong answer's feedback; the second says how to try the case."""
    assert feedback.passed is False
    text, _, second = feedback.text.partition("\n")
    assert second.startswith("Try it: ")
    return text


RAGGED = [[1.0], [2.0, 3.0]]
OF_ITSELF = [1.0]
OF_ITSELF.append(OF_ITSELF)
NO_NUMBERS = [
    ("61.2", "holds text"),
    (b"61.2", "holds text"),
    (np.array(["0.75"]), "holds text"),
    ([None, 1.0], "holds something of type NoneType"),
    ([Fraction(1, 2), "1"], "holds something of type str"),
    (0.75 + 0j, "holds complex numbers"),
    (np.ones(3) + 1j, "holds complex numbers"),
    (np.ma.array([1.0, 2.0], mask=[True, False]), "has masked entries"),
    (np.ma.masked, "has masked entries"),
    (RAGGED, "has rows of different lengths"),
    (OF_ITSELF, "has rows of different lengths"),
    ({"mean": 1.0}, "is of type dict"),
    ({1.0, 2.0}, "is of type set"),
    ((x for x in [1.0, 2.0]), "is of type generator"),
    (map(float, [1, 2]), "is of type map"),
    (len, "is of type builtin_function_or_method"),
    (float, "is of type type"),
    (object(), "is of type object"),
    (np.datetime64("2026-01-01"), "holds dates"),
    (np.zeros(2, dtype="i4,f4"), "holds records"),
    (10**400, "holds a number that is too large for a float64"),
    ([1, -(10**400)], "holds a number that is too large for a float64"),
    (Decimal("1e400"), "holds a number that is too large for a float64"),
    (Raising(), "cannot be read as numbers (RuntimeError: no way in)"),
    (Leaving(), "cannot be read as numbers (SystemExit: 3)"),
    (Endless(), "cannot be read as numbers (RecursionError"),
]
NAMES = [f"{type(value).__name__}-{words}" for value, words in NO_NUMBERS]


@pytest.fixture(params=["warn", "raise"], autouse=True)
def numpy_state(request):
    """Anybody's NumPy state."""
    with np.errstate(all=request.param):
        yield


@pytest.mark.parametrize(("value", "words"), NO_NUMBERS, ids=NAMES)
def test_what_is_no_number_is_named(value, words):
    text = f"my_e_step must return numbers in one array or list; yours {words}"
    assert e_step(lambda X, mixture: value).text.startswith(text)
    feedback = mle_1d(lambda x: (1.0, value))
    assert feedback.passed is False
    assert f"; your variance {words}" in feedback.text
    assert share(value).passed is False
    assert share(value).text.startswith(share.miss if "too large" in words else share.how)


@pytest.mark.parametrize(
    "value", [0.75, Fraction(3, 4), Decimal("0.75"), np.float32(0.75), np.array(0.75), [0.75]]
)
def test_every_kind_of_number_is_one(value):
    assert share(value).passed
    assert fit_one_bell_curve.mle_1d(lambda x: [Fraction(np.mean(x)), Decimal(np.var(x))]).passed


@pytest.mark.parametrize(
    "value", [True, np.bool_(True), [0.75, 0.75], np.array([]), None, math.nan, math.inf]
)
def test_what_is_not_one_number_is_no_answer(value):
    assert share(value) == (False, share.how)


def test_a_number_in_quotes_is_told():
    assert share(" 0.75 ") == (False, f"{share.how} Leave the quotes out.")
    word = gt.checks.watch_em_think.ellipse_mover
    assert word(np.str_(" m ")).passed
    for odd in (b"M", ["M"], 13, 10**400, Raising(), None):
        assert word(odd) == (False, word.how)


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (3.0, "yours is of type float."),
        ({"mean": 1.0, "variance": 2.0}, "yours is of type dict."),
        ("12", "yours is of type str."),
        ([1.0], "you return 1."),
        ((), "you return 0."),
        ((1.0, 2.0, 3.0), "you return more."),
        (iter(lambda: 1.0, 2.0), "you return more."),
    ],
)
def test_other_parts_are_counted(result, words):
    wanted = "mle_1d must return 2 results of numbers, in this order: mean, variance"
    assert said(mle_1d(lambda x: result)) == f"{wanted}; {words}"


def test_a_generator_of_the_parts_is_one_result_and_its_error_has_a_line():
    def attempt(x):
        yield np.mean(x)
        yield np.var(x)

    def stopping(x):
        yield np.mean(x)
        yield x / undefined_name  # noqa: F821

    assert mle_1d(attempt).passed
    assert "in line 3 of your function with NameError" in mle_1d(stopping).text


def stops(*arguments, error):
    raise error


def endless(*arguments):
    return endless(*arguments)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (endless, "stopped in line 2 of your function with RecursionError: maximum recursion"),
        (lambda *_: sys.exit(), "stopped in line 1 of your function with SystemExit"),
        (lambda *_: sys.exit("bye"), "stopped in line 1 of your function with SystemExit: bye"),
        (functools.partial(stops, error=StopIteration), "stopped with StopIteration"),
        (functools.partial(stops, error=GeneratorExit), "stopped with GeneratorExit"),
        (functools.partial(stops, error=BareExit), "stopped with BareExit"),
        (functools.partial(stops, error=Unprintable), "stopped with Unprintable"),
        (lambda X: X, "2 were given. Asked for is my_e_step(X, mixture): the responsibilities (N, K)."),
        (lambda *, X: X, "2 were given. Asked for is my_e_step(X, mixture): the responsibilities (N, K)."),
        (len, "stopped with TypeError: len() takes exactly one argument (2 given)"),
        (np.exp, "stopped with "),
        (functools.lru_cache(lambda X, mixture: X), "stopped with TypeError: unhashable type"),
        (functools.partial(gt.log_joint), "These are logarithms, of prior times density."),
        (float, "must be a function; yours is a class."),
        (gt.Mixture, "must be a function; yours is a class."),
        (gt.vectorized, "must be a function; yours is of type module."),
        (Raising(), "must be a function; yours is of type Raising."),
        (None, "must be a function; yours is of type NoneType."),
    ],
    ids=lambda value: value if type(value) is str else type(value).__name__,
)
def test_what_an_attempt_is_or_does_is_told(attempt, words):
    feedback = e_step(attempt)
    assert feedback.passed is False
    assert words in feedback.text


def test_a_long_message_is_cut():
    text = said(e_step(functools.partial(stops, error=ValueError("x" * 100_000))))
    assert text.endswith("x ...")
    assert len(text) < LONGEST_MESSAGE + 100


def test_dots_anywhere_are_not_started():
    class Own:
        def method(self, X, mixture):
            """What it should do."""
            ...

    not_yet = functools.partial(stops, error=NotImplementedError)
    for attempt in (..., lambda X, mixture: ..., Own().method, not_yet):
        assert e_step(attempt) == NOT_STARTED


def test_a_right_answer_passes_in_any_state():
    def careless(X, mixture):
        right = shares(X, mixture)
        np.seterr(all="raise")
        return right

    def underflowing(X, mixture):
        return shares(X, mixture) + np.exp(-1e5) * np.float64(1e-300)

    before = np.geterr()
    assert e_step(careless).passed
    assert np.geterr() == before
    assert e_step(underflowing).passed
    for number in (1e308, -1.7e308, 5e-324):
        assert share(number) == (False, share.miss)
        assert mle_1d(lambda x, number=number: (number, number)).passed is False


def test_one_table_filled_again_for_each_call_is_read_in_time():
    table = {}

    def attempt(labels, reference):
        names = table.setdefault("names", np.zeros(3, dtype=int))
        names[:] = use_a_mixture.match.answer(labels, reference)
        return names

    assert use_a_mixture.match(attempt).passed


@pytest.mark.parametrize("factor", [1 + 1e-7, 1 - 1e-7, 1 + 2e-8])
def test_an_answer_within_rounding_of_right_shows_its_digits(factor):
    n_parameters = choose_k_and_the_shape.n_parameters
    text = n_parameters(lambda *case: factor * gt.n_parameters(*case)).text
    assert text.startswith(f'The first difference is at K = 3, D = 2, "full": you count {17 * factor:.9g}')
    text = said(mle_1d(lambda x: (np.mean(x), factor * np.var(x))))
    yours, expected = text.split("yours is ")[1].rstrip(".").split(", expected ")
    assert yours != expected
    assert float(yours) / float(expected) == pytest.approx(factor, abs=5e-9)


def test_digits_are_shown_until_two_numbers_differ():
    tell = gt.checks.results.told_apart
    assert tell(1.0, 2.0) == ("1", "2")
    assert tell(0.1, np.nextafter(0.1, 1)) == ("0.10000000000000001", "0.10000000000000002")
    assert tell(1.0, 1 + 1e-12) == ("1", "1.000000000001")

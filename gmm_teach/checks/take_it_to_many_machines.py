"""Feedback for notebook 14, Take it to many machines."""

import numpy as np

from .exercises import Exercise, Mistake
from .fixtures import SEVEN_CLOSE
from .questions import Question
from .the_m_step_twice import FIVE_BY_FIVE, LABELLED, OTHER_SHARES, SIX_IN_3D

PARTS = ("counts", "sums", "squares")
ALONE = (np.array([[3.0, -2.0]]), np.array([[0.25, 0.35, 0.4]]))  # a block of one row
CASES = ((SEVEN_CLOSE, OTHER_SHARES), SIX_IN_3D[:2], LABELLED[:2], FIVE_BY_FIVE[:2], ALONE)


def _block_sums(X, r):
    return r.sum(axis=0), r.T @ X, np.einsum("nk,na,nb->kab", r, X, X)


def _with(part, change):
    """The right sums with another part in place of one: change(X, r, counts, sums, squares)."""

    def answer(X, r):
        parts = list(_block_sums(X, r))
        parts[part] = change(X, r, *parts)
        return parts

    return answer


def _by(array, divisor):
    """An array (K, ...) divided by a number, or by one for each component (K,)."""
    return array / np.reshape(divisor, (-1,) + (1,) * (array.ndim - 1))


def _hard(X, r):
    return _block_sums(X, np.eye(r.shape[1])[r.argmax(axis=1)])


def _about_block_means(X, r, counts, sums, squares):
    means = _by(sums, counts)
    return squares - counts[:, np.newaxis, np.newaxis] * means[:, :, np.newaxis] * means[:, np.newaxis]


block_sums = Exercise(
    name="block_sums",
    about="block_sums(X, r): counts (K,), sums (K, D), squares (K, D, D) of a block",
    answer=_block_sums,
    parts=PARTS,
    fixtures=CASES,
    hints=(
        (r"matmul|shapes|broadcast", "Write down the axes: X is (n, D), r is (n, K). Over which do you sum?"),
        (r"shape of squares", "A component's squares are a (D, D) matrix, and there are K of them."),
    ),
    mistakes=(
        Mistake(
            _with(1, lambda X, r, counts, sums, squares: _by(sums, counts)),
            "Your second result is a mean. Means of blocks do not add up: leave the division to the M-step.",
        ),
        Mistake(
            lambda X, r: (lambda c, s, q: (c, _by(s, c), _by(q, c)))(*_block_sums(X, r)),
            "You divide by the counts already. Then blocks cannot be added: leave that to the M-step.",
        ),
        Mistake(
            lambda X, r: [part / len(X) for part in _block_sums(X, r)],
            "You divide by the rows of the block. Averages do not add up, sums do.",
        ),
        Mistake(
            _with(0, lambda X, r, counts, sums, squares: counts / len(X)),
            "Your counts are shares of this block. Shares of blocks do not add up: return the soft counts.",
        ),
        Mistake(
            _with(2, _about_block_means),
            "Your squares are about the mean of this block. Others have other means: do not center here.",
        ),
        Mistake(
            _with(2, lambda X, r, counts, sums, squares: np.array([X.T @ X] * len(counts))),
            "In your squares every row counts fully. Each counts by its share.",
        ),
        Mistake(
            _with(1, lambda X, r, counts, sums, squares: np.array([X.sum(axis=0)] * len(counts))),
            "In your sums every row counts fully. Each counts by its share.",
        ),
        Mistake(
            _with(2, lambda X, r, counts, sums, squares: squares * np.eye(X.shape[1])),
            "Your squares have a diagonal only. Off it stand the products of two columns.",
        ),
        Mistake(
            _with(2, lambda X, r, counts, sums, squares: _block_sums(X, r**2)[2]),
            "In your squares each share is multiplied in twice. Which of the two factors needs it?",
        ),
        Mistake(_hard, "You give each row to one component whole. Each component gets its share of it."),
        Mistake(
            _with(2, lambda X, r, counts, sums, squares: sums[:, :, np.newaxis] * sums[:, np.newaxis]),
            "You square the sums. What is wanted is the sum of the squares.",
        ),
    ),
    praise="Three sums, as long as K and D allow, however many rows the block has.",
)


def _parts_of(number):
    return _block_sums(*CASES[number])


def _pairs():
    """Two blocks of one data set, for several K and D; rows cut unevenly."""
    return tuple(
        (_block_sums(X[:cut], r[:cut]), _block_sums(X[cut:], r[cut:]))
        for (X, r), cut in zip(CASES, (2, 4, 7, 1), strict=False)
    )


def _each(change):
    return lambda a, b: [change(one, other) for one, other in zip(a, b, strict=True)]


def _weighted(a, b):
    """Averages by soft counts, as if the parts were means."""
    total = a[0] + b[0]
    parts = [
        _by(one * np.reshape(a[0], _ones(one)) + other * np.reshape(b[0], _ones(one)), total)
        for one, other in zip(a[1:], b[1:], strict=True)
    ]
    return total, *parts


def _ones(array):
    return (-1,) + (1,) * (array.ndim - 1)


merge = Exercise(
    name="merge",
    about="merge(a, b): the sums of two blocks together",
    answer=_each(np.add),
    parts=PARTS,
    fixtures=_pairs(),
    hints=(("you return more", "A tuple plus a tuple is a longer tuple. Add the arrays in them."),),
    mistakes=(
        Mistake(
            _each(lambda one, other: (one + other) / 2),
            "You average the two. A block twice as long must count twice as much: add.",
        ),
        Mistake(
            _weighted,
            "You weigh the parts by their counts, as one does with means. These are sums already: add.",
        ),
        Mistake(
            lambda a, b: (a[0] + b[0], a[1], a[2]), "You add only the counts. The other two are sums too."
        ),
        Mistake(
            lambda a, b: (a[0] + b[0], a[1] + b[1], a[2]), "The squares of the second block are missing."
        ),
        Mistake(lambda a, b: a, "You return the first block alone. Where is the second?"),
        Mistake(lambda a, b: b, "You return the second block alone. Where is the first?"),
        Mistake(_each(np.subtract), "You subtract. What do two blocks hold together?"),
        Mistake(_each(np.multiply), "You multiply. Likelihoods multiply, and sums over rows add."),
        Mistake(_each(np.maximum), "You keep the larger of the two. Together they hold both."),
    ),
    praise="An addition, and so any cut and any order of the blocks will do.",
)


def _m_step(counts, sums, squares):
    means = _by(sums, counts)
    about = means[:, :, np.newaxis] * means[:, np.newaxis]
    return counts / counts.sum(), means, _by(squares, counts) - about


def _but(part, change):
    """The right parameters with another part in place of one: change(counts, sums, squares, parameters)."""

    def answer(counts, sums, squares):
        parts = list(_m_step(counts, sums, squares))
        parts[part] = change(counts, sums, squares, parts)
        return parts

    return answer


def _outer(means):
    return means[:, :, np.newaxis] * means[:, np.newaxis]


m_step_from_sums = Exercise(
    name="m_step_from_sums",
    about="m_step_from_sums(counts, sums, squares): weights, means, covariances",
    answer=_m_step,
    parts=("weights", "means", "covariances"),
    fixtures=tuple(_parts_of(number) for number in range(4)),
    ready_made=("mixture_from_statistics",),
    hints=((r"broadcast", "counts is (K,), sums (K, D), squares (K, D, D): which axes must counts get?"),),
    mistakes=(
        Mistake(
            _but(2, lambda counts, sums, squares, parts: _by(squares, counts)),
            "Your covariances are about the origin. What must be taken off the mean of the squares?",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: squares - _outer(parts[1])),
            "Your squares are still a sum. Make a mean of them before you take off the square of the mean.",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: _by(squares - _outer(sums), counts)),
            "You take off the square of the sums. It is the square of the means.",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: _by(squares, counts) - parts[1][:, np.newaxis] ** 2),
            "You take off squares of single columns. Off the diagonal stand the products of two columns.",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: _outer(parts[1]) - _by(squares, counts)),
            "The sign of your covariances is turned round. A variance cannot be negative.",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: squares / counts.sum() - _outer(parts[1])),
            "Your squares are divided by N. Each component has its own count.",
        ),
        Mistake(
            _but(2, lambda counts, sums, squares, parts: parts[2] * np.eye(sums.shape[1])),
            "Your covariances have a diagonal only. Off it, products of two columns are there too.",
        ),
        Mistake(
            _but(0, lambda counts, sums, squares, parts: counts),
            "Your weights are the soft counts. What must they be divided by, so that they sum to 1?",
        ),
        Mistake(
            _but(0, lambda counts, sums, squares, parts: np.full(len(counts), 1 / len(counts))),
            "Your weights are all 1 / K. How many rows does each component hold, in parts?",
        ),
        Mistake(
            _but(0, lambda counts, sums, squares, parts: counts / len(counts)),
            "You divide the counts by K. How many rows are there in all, and which sum says so?",
        ),
        Mistake(
            _but(1, lambda counts, sums, squares, parts: sums),
            "Your means are sums still, and grow with every row. What must they be divided by?",
        ),
        Mistake(
            _but(1, lambda counts, sums, squares, parts: sums / counts.sum()),
            "Your means are divided by N. Each component has its own count.",
        ),
    ),
    praise="No row was looked at twice, and none is needed any more.",
)

numbers_back = Question(
    name="numbers",
    about="how many numbers 8 blocks send back in one iteration, K = 5, D = 10",
    right=2640.0,
    mistakes={
        330.0: "That is one block. There are eight.",
        331.0: "That is one block, with its log-likelihood. There are eight, and the score is left out.",
        2648.0: "You counted the log-likelihood of each block too. It is left out here.",
        2200.0: "That is squares and products alone. What of the sums and the counts?",
        4440.0: "A matrix of squares is symmetric: half of what is off its diagonal need not be sent.",
        2600.0: "The soft counts are missing: one more for each component of each block.",
        840.0: "That is for variances alone. A full covariance needs the products of two columns too.",
        2240.0: "The sums are missing: D more for each component of each block.",
        528.0: "That is for one component. There are five.",
        80.0: "That is D for each block. What does an M-step need for each component?",
    },
    praise="Whether a block has a thousand rows or a billion, it sends back the same 330 numbers.",
    how="Answer with one whole number.",
    miss="For each block and component: one count, D sums, and D (D + 1) / 2 squares and products.",
    rtol=1e-9,
)

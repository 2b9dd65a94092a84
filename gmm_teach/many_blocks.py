"""EM on blocks of rows that lie anywhere: each is worked on where it is, and only sums come back.

Everything that an M-step needs of the points is a sum over them, and sums add up over blocks. So one
iteration is a map of `sums_of` over the blocks, and an addition. What maps may be the built-in `map`, the
`map` of an executor, or a function that hands the blocks to a cluster.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from .arguments import own_errstate
from .arrays import column_names
from .block_steps import BlockSteps, results_of
from .cutting import rows_of
from .diagnosis import warnings_without_points
from .em import announce, shoot, trace_of
from .engine.features import standardization_of
from .floor import without_points
from .options import check_columns, check_options, check_start
from .params import Mixture
from .spread import ROUNDING
from .trace import Trace
from .validate import check_scale, check_table
from .words import count, listed


class Survey(NamedTuple):
    """What is to be known of rows before EM begins: their count, and of each column (D,) four numbers.

    columns are the names of the columns, where they have any.
    """

    n_rows: int
    lowest: np.ndarray
    highest: np.ndarray
    means: np.ndarray
    squares: np.ndarray  # sum of squared distances from the mean
    columns: tuple = ()


def run_em_blocks(
    blocks: Sequence,
    start: Mixture,
    *,
    map: Callable = map,
    tol: float = 1e-6,
    max_iter: int = 200,
    covariance_type: str = "full",
    reg_covar: float = 0.0,
) -> Trace:
    """Run EM on blocks of rows: the film of `run_em` on all rows together, to rounding.

    Parameters
    ----------
    blocks : list
        Arrays of shape (n, D), or what `gt.blocks_of` returns, or whatever `map` turns into such,
        as Dask turns what `client.map` and `client.scatter` return.
    start : Mixture
        Where EM begins; see `gt.starts`, on some of the rows. Its weights must be above 0.
    map : function
        `map(f, blocks)` returns what f makes of each block, in their order: the built-in
        `map`, an executor's, or `lambda f, blocks: client.gather(client.map(f, blocks))` of Dask.
    tol, max_iter, covariance_type, reg_covar
        As in `run_em`.

    Returns
    -------
    Trace
        Its X has no rows and `n_points` says how many there were; no responsibilities are recorded.
        Ctrl-C ends the run and keeps the trace so far.

    Raises
    ------
    TypeError, ValueError
        For an argument that cannot be right; a block is named by its number, from 0.

    Warns
    -----
    EMWarning
        As `run_em` does; of a floor it says less, as no points are at hand.

    Notes
    -----
    To each block go K x P + 2 D + 2 numbers an iteration, P = 1 + D + D (D + 1) / 2, and K x P + 1 come
    back. A process holds no more than three times one block as float64, and 3 MB. Sums are added in the
    order of the blocks, so that the film does not depend on who has worked on which. Where a component is
    so narrow or far away that squares would lose digits, an iteration is two maps: for the means, and for
    the spreads about them; each then holds K numbers more for each row of a block.

    Examples
    --------
    >>> X = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])
    >>> start = Mixture([0.5, 0.5], means=[[0], [9]], covariances=[[[4]], [[4]]])
    >>> trace = run_em_blocks([X[:1], X[1:5], X[5:]], start)
    >>> trace
    Trace of 3 iterations, converged: log-likelihood -11.4561
    >>> trace.n_points, trace.X.shape
    (6, (0, 1))
    """
    start = check_start(start)
    constraint = check_options(tol, max_iter, covariance_type, reg_covar)
    survey = survey_of(blocks, map)
    check_columns(start, len(survey.means), "block 0")
    halves = half_steps_over(blocks, map, survey, constraint)
    shot = shoot(halves, start, halves, tol, max_iter, "scores")
    X = np.empty((0, start.n_features))
    X.setflags(write=False)
    variances = survey.squares / survey.n_rows
    trace = trace_of(
        X, shot, tol, max_iter, constraint, survey.n_rows, lambda: f"reg_covar={_floor_for(variances):.1g}"
    )
    warnings = warnings_without_points(survey.n_rows, trace.steps, constraint[1])
    return announce(trace._replace(warnings=(*warnings, *without_points(trace.steps, constraint[1]))))


def half_steps_over(
    blocks: Sequence, map: Callable, survey: Survey, constraint: tuple[str, float] = ("full", 0.0)
) -> BlockSteps:
    """The half-steps of EM over blocks that have been surveyed."""
    standard = standardization_of(survey.means, survey.squares / survey.n_rows)
    smallest = ROUNDING * np.maximum(-survey.lowest, survey.highest)
    return BlockSteps(blocks, map, survey.n_rows, standard, smallest, constraint)


@own_errstate
def survey_of_one(block) -> Survey | Exception:
    """The `Survey` of one block, or the error that says what is wrong with it."""
    try:
        X, lowest, highest = check_table(rows_of(block))
    except (TypeError, ValueError, OSError) as error:
        return error
    columns = np.ascontiguousarray(X.T)
    means = columns.mean(axis=1)
    squares = ((columns - means[:, np.newaxis]) ** 2).sum(axis=1)
    return Survey(len(X), lowest, highest, means, squares, tuple(column_names(block) or ()))


@own_errstate
def survey_of(blocks: Sequence, map: Callable = map) -> Survey:
    """The `Survey` of all rows of some blocks; a block that cannot serve is refused by its number."""
    parts = results_of(map, survey_of_one, blocks, Survey | Exception)
    for number, part in enumerate(parts):
        if isinstance(part, Exception):
            raise _of_block(number, part) from None
        _check_alike(number, part, parts[0])
    n, lowest, highest, means, squares = (np.array(one) for one in zip(*(p[:5] for p in parts), strict=True))
    low, high, N = lowest.min(axis=0), highest.max(axis=0), int(n.sum())
    check_scale(None, N * len(low), low, high, "the blocks")
    mean = n @ means / N
    between = n @ (means - mean) ** 2  # of the blocks' own means
    return Survey(N, low, high, mean, squares.sum(axis=0) + between)


def _of_block(number, error):
    """The same error, with the number of the block in place of X."""
    if isinstance(error, OSError):
        return OSError(error.errno, f"block {number} cannot be read: {error.strerror}", error.filename)
    text = str(error)
    return type(error)(f"block {number} {text.removeprefix('X ')}")


def _check_alike(number, part, first):
    """A block must have the columns of block 0, by their names too."""
    if len(part.means) != len(first.means):
        here, there = (count(len(one.means), "column") for one in (part, first))
        raise ValueError(f"block {number} has {here}, but block 0 has {there}")
    if part.columns and first.columns and part.columns != first.columns:
        here, there = (listed(map(repr, one.columns)) for one in (part, first))
        raise ValueError(f"block {number} has the columns {here}, but block 0 has {there}")


def _floor_for(variances):
    return 1e-6 * variances[variances > 0].min() if variances.any() else 1e-6

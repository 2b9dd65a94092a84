"""Time of one EM iteration, as a ratio to scikit-learn: run `uv run python benchmarks/em.py`.

Both get the same start and make the same count of iterations (tol=0), in turn in one process, with
BLAS on one thread. scikit-learn gets C-ordered data, which it likes best; gmm_teach gets them by column,
as `run_em` stores them. Setup is not counted on either side, except in the column run_em, which
compares whole runs. *limit* is what no E-step and M-step can do without: one `np.exp` over N x K numbers
and the two matrix products of the fused step.
"""

import sys
import time
import tracemalloc
import warnings
from typing import NamedTuple

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits
from timing import against_goal, machine, medians, print_table

import gmm_teach as gt
from gmm_teach.engine import features


class Case(NamedTuple):
    """A size, how long and how often to run it, and the goals: ratios for `vectorized`, and to the limit."""

    N: int
    D: int
    K: int
    iterations: int
    rounds: int
    vectorized: float | None = None
    limit: float | None = None


CASES = (
    Case(100, 2, 3, 100, 9),
    Case(272, 2, 2, 100, 9, vectorized=1),
    Case(1_000, 2, 3, 100, 9, vectorized=1),
    Case(10_000, 2, 5, 20, 9, vectorized=1, limit=1.7),
    Case(100_000, 2, 5, 6, 7, limit=1.5),
    Case(1_000_000, 2, 8, 3, 3, limit=1.3),
    Case(10_000, 10, 5, 20, 7),
    Case(100_000, 10, 10, 4, 5, vectorized=1, limit=1.5),
    Case(5_000, 50, 10, 10, 7),
)
HEADER = [
    "N x D, K",
    "scikit-learn us",
    "vectorized",
    "fast",
    "fast, fused",
    "run_em",
    "limit us",
    "fused / limit",
    "means differ",
]
LOOP_SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
MOST_MB = 5


def main(quick=False):
    """Print the three tables."""
    print(f"{machine()}; scikit-learn {sklearn.__version__}")
    for warning in (ConvergenceWarning, gt.EMWarning):  # both are told to stop before they have converged
        warnings.simplefilter("ignore", warning)
    with threadpool_limits(1):
        cases = [Case(100, 2, 3, 3, 1), Case(50, 1, 2, 3, 1)] if quick else CASES
        title = "One EM iteration: microseconds of scikit-learn, and how many times faster gmm_teach is"
        print_table(title, HEADER, [compare(case) for case in cases])
        print(
            "\nvectorized, fast: an E-step and an M-step. fused: the half-steps of fast.Fused. run_em: a\n"
            "whole run, record='scores', beside GaussianMixture.fit. limit: np.exp of N x K numbers and two\n"
            "matrix products."
        )
        N = 10_000 if quick else 1_000_000
        peak = against_goal(peak_of_fused_step(N), MOST_MB, " MB", most=True)
        print(f"\nLargest temporaries of one fused step at {N:,} x 2, K = 8: {peak}")
        sizes = LOOP_SIZES[:2] if quick else LOOP_SIZES
        header = ["N x 2, K = 3", "loops ms", "vectorized ms", "loops / vectorized"]
        print_table("What explicit loops cost, per EM iteration", header, [compare_loops(N) for N in sizes])


def compare(case):
    """One row of the first table."""
    N, D, K, iterations, rounds, *goals = case
    X, start = problem(N, D, K)
    columns = np.asfortranarray(X)
    fused, limit = gt.fast.Fused(columns, K), Limit(columns, start)
    found = {}
    functions = {
        "scikit-learn": lambda: found.update(theirs=fit_sklearn(X, start, iterations)),
        "one iteration": lambda: fit_sklearn(X, start, 1),
        "vectorized": lambda: found.update(vectorized=half_steps(gt.vectorized, columns, start, iterations)),
        "fast": lambda: found.update(fast=half_steps(gt.fast, columns, start, iterations)),
        "fused": lambda: found.update(fused=fused_steps(fused, columns, start, iterations)),
        "run_em": lambda: found.update(run_em=whole_run(X, start, iterations)),
        "limit": lambda: limit.reach(iterations),
    }
    seconds = medians(functions, rounds)
    theirs = (seconds["scikit-learn"] - seconds["one iteration"]) / (iterations - 1)
    ratios = {name: theirs * iterations / seconds[name] for name in ("vectorized", "fast", "fused")}
    expected = found.pop("theirs").means_
    differ = max(np.abs(mixture.means / expected - 1).max() for mixture in found.values())
    return [
        f"{N:,} x {D}, {K}",
        f"{1e6 * theirs:,.0f}",
        against_goal(ratios["vectorized"], goals[0], "x"),
        against_goal(ratios["fast"], None, "x"),
        against_goal(ratios["fused"], None, "x"),
        against_goal(seconds["scikit-learn"] / seconds["run_em"], None, "x"),
        f"{1e6 * seconds['limit'] / iterations:,.0f}",
        against_goal(seconds["fused"] / seconds["limit"], goals[1], most=True),
        f"{differ:.0e}",
    ]


def compare_loops(N):
    """One row of the table of loops."""
    X, start = problem(N, 2, 3)
    columns = np.asfortranarray(X)
    functions = {
        "loops": lambda: half_steps(gt.loops, columns, start, 1),
        "arrays": lambda: half_steps(gt.vectorized, columns, start, 1),
    }
    loops, arrays = medians(functions, max(5, 1_000 // N)).values()
    return [f"{N:,}", f"{1e3 * loops:,.2f}", f"{1e3 * arrays:.3f}", f"{loops / arrays:,.0f}x"]


def problem(N, D, K):
    """Points of a mixture that overlaps somewhat, and a start at K of them."""
    rng = np.random.default_rng(0)
    spreads = rng.standard_normal((K, D, D)) / np.sqrt(D) + np.eye(D)
    truth = gt.Mixture(np.full(K, 1 / K), 3 * rng.standard_normal((K, D)), spreads @ spreads.swapaxes(1, 2))
    X, _ = gt.sample(truth, N, rng)
    return X, gt.starts.random_points(X, K, rng)


def fit_sklearn(X, start, iterations):
    """Fit with scikit-learn from a start; returns the estimator."""
    estimator = GaussianMixture(
        len(start.weights),
        tol=0,
        reg_covar=0,
        max_iter=iterations,
        weights_init=start.weights,
        means_init=start.means,
        precisions_init=np.linalg.inv(start.covariances),
    )
    return estimator.fit(X)


def half_steps(engine, X, mixture, iterations):
    """Run the two half-steps of an engine; returns the last mixture."""
    for _ in range(iterations):
        responsibilities, _ = engine.e_step(X, mixture)
        mixture = engine.m_step(X, responsibilities)
    return mixture


def fused_steps(fused, X, mixture, iterations):
    """Run the half-steps of `fast.Fused`; returns the last mixture."""
    for _ in range(iterations):
        statistics, _ = fused.e_step(X, mixture)
        mixture = fused.m_step(X, statistics)
    return mixture


def whole_run(X, start, iterations):
    """`run_em` with all its records and checks; returns the last mixture."""
    return gt.run_em(X, start, record="scores", tol=0, max_iter=iterations).mixture


class Limit:
    """np.exp of N x K numbers and the two matrix products, in the blocks of the fused step."""

    def __init__(self, X, start):
        parameters = features.natural_parameters(start, *features.standardization(X))
        points = features.Features(X, *parameters[1:3])
        self.widths = [phi.shape[1] for _, phi in points]
        self.theta, (_, self.phi) = parameters.theta, next(iter(points))
        self.joint = np.empty((start.n_components, points.block_size))
        self.exponents = np.random.default_rng(0).uniform(-30, 0, self.joint.shape)
        self.moments = np.empty_like(self.theta)

    def reach(self, iterations):
        for _ in range(iterations):
            for width in self.widths:
                phi, joint = self.phi[:, :width], self.joint[:, :width]
                np.matmul(self.theta, phi, out=joint)
                np.exp(self.exponents[:, :width], out=joint)
                np.matmul(joint, phi.T, out=self.moments)


def peak_of_fused_step(N):
    """Largest memory (MB) that one fused step holds beside its data."""
    X, start = problem(N, 2, 8)
    X = np.asfortranarray(X)
    fused = gt.fast.Fused(X, start.n_components)
    tracemalloc.start()
    try:
        fused_steps(fused, X, start, 1)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


if __name__ == "__main__":
    begun = time.perf_counter()
    main(quick="--quick" in sys.argv[1:])
    print(f"\n{time.perf_counter() - begun:.0f} s in all")

"""Errors of every engine against 60 and 80 digits: run `uv run python benchmarks/accuracy.py`.

One rounding of float64 is 1e-16. The extreme problems, and their exact answers, are those of
`tests/exact.py`; a tilted condition number of 1e10, and a point 1e6 sigma away that two components share,
grow a rounding by 1e10 and 1e12 in any program. "fails": no finite answer, or an exception.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture
from timing import machine, print_table

import gmm_teach as gt

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import exact

CASES = sorted(Path(exact.__file__).with_name("cases").glob("*.json"))
ENGINES = ("loops", "vectorized", "fast", "fused", "scikit-learn")
HEADER = ["problem", *ENGINES]
FIELDS = gt.Mixture._fields


def main(quick=False):
    """Print the three tables."""
    print(f"{machine()}; scikit-learn {sklearn.__version__}")
    warnings.simplefilter("ignore")  # scikit-learn is told to stop before it has converged
    rows = [reference_row(path, 2 if quick else 10) for path in CASES]
    print_table("Ten iterations: largest error of log-likelihood and parameters", HEADER, rows)
    rows = {
        f"{name}, {covariance_type}": one_iteration(problem, covariance_type)
        for covariance_type in (["diag"] if quick else gt.COVARIANCE_TYPES)
        for name, problem in exact.problems(covariance_type).items()
    }
    for i, title in enumerate(["Log-likelihood, relative error", "New covariances, error in their widths"]):
        print_table(title, HEADER, [[name, *(text(pair[i]) for pair in row)] for name, row in rows.items()])


def reference_row(path, iterations):
    """One row of the first table; an array's error is relative to its largest entry."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    X, start = np.array(stored["X"]), gt.Mixture(*(np.array(stored["init"][name], float) for name in FIELDS))
    names = ("ll", *FIELDS)
    right = [exact.decimals(np.array(stored[name][iterations], dtype=object)) for name in names]
    row = [path.stem.split("__")[0]]
    for engine in ENGINES:
        mixture, _ = iterate(engine, X, start, "full", iterations)
        found = iterate(engine, X, mixture, "full", 1)[1], *mixture
        errors = [exact.error(a, b, np.abs(a).max()) for a, b in zip(found, right, strict=True)]
        row.append(text(max(errors)))
    return row


def one_iteration(problem, covariance_type):
    """For each engine: the error of the log-likelihood, and that of the covariances after it."""
    X, start, _ = problem
    r, right_score = exact.e_step(X, start)
    _, _, right = exact.m_step(X, r, covariance_type)
    widths = np.sqrt(right.diagonal(axis1=1, axis2=2).astype(float))  # (K, D)
    products = widths[:, :, np.newaxis] * widths[:, np.newaxis]
    errors = []
    for engine in ENGINES:
        try:
            mixture, score = iterate(engine, X, start, covariance_type, 1)
            pair = (
                exact.error(score, right_score, abs(score)),
                exact.error(mixture.covariances, right, products),
            )
        except (ValueError, ArithmeticError):
            pair = np.nan, np.nan
        errors.append(pair)
    return errors


def iterate(engine, X, mixture, covariance_type, iterations):
    """The mixture after some iterations, and the log-likelihood of the one before it."""
    if engine == "scikit-learn":
        return fit_sklearn(X, mixture, covariance_type, iterations)
    fused = gt.fast.Fused(X, mixture.n_components, (covariance_type, 0.0))
    for _ in range(iterations):
        if engine == "fused":
            statistics, score = fused.e_step(X, mixture)
            mixture = fused.m_step(X, statistics)
        else:
            r, score = getattr(gt, engine).e_step(X, mixture)
            mixture = getattr(gt, engine).m_step(X, r, covariance_type)
    return mixture, score


def fit_sklearn(X, start, covariance_type, iterations):
    """`iterate` by scikit-learn, which keeps covariances of each type in a shape of its own."""
    K, D = start.means.shape
    precisions = np.linalg.inv(start.covariances)
    diagonals = precisions.diagonal(axis1=1, axis2=2)
    shaped = {"full": precisions, "tied": precisions[0], "diag": diagonals, "spherical": diagonals[:, 0]}
    estimator = GaussianMixture(
        K,
        covariance_type=covariance_type,
        tol=0,
        reg_covar=0,
        max_iter=iterations,
        weights_init=start.weights,
        means_init=start.means,
        precisions_init=shaped[covariance_type],
    ).fit(X)
    covariances = estimator.covariances_
    if covariance_type in ("diag", "spherical"):
        covariances = covariances.reshape(K, -1, 1) * np.eye(D)
    covariances = np.broadcast_to(covariances, (K, D, D)).copy()
    mixture = gt.Mixture.unchecked(estimator.weights_, estimator.means_, covariances)
    return mixture, estimator.lower_bound_ * len(X)


def text(error):
    """An error in one digit."""
    return f"{error:.0e}" if np.isfinite(error) else "fails"


if __name__ == "__main__":
    begun = time.perf_counter()
    main(quick="--quick" in sys.argv[1:])
    print(f"\n{time.perf_counter() - begun:.0f} s in all")

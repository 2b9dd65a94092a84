"""Planted bugs, each with a test that must kill it. `python tests/mutants.py` prints which test did.

One entry: name | file | test, the text that goes (-), which occurs once, and the text that comes (+).
Each is a mistake that people make; many were found in well-known programs.
"""

import re
import shutil
import subprocess
import sys
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

PLANTED = r"""
# prior forgotten | loops.py | test_engines.py::test_every_half_step_agrees_with_loops
- log_joint[k] = log_weight + log_density(
+ log_joint[k] = log_density(
# no log-sum-exp | loops.py | test_properties_of_steps.py::test_rows_sum_to_one
- largest = max(log_joint)
+ largest = 0.0
# epsilon in the log | loops.py | test_properties_of_steps.py::test_rows_sum_to_one
- log(total)
+ log(total + 1e-10)
# log-determinant twice | loops.py | test_engines.py::test_every_half_step_agrees_with_loops
- + log(L[a, a]
+ + 2 * log(L[a, a]
# weights divided by themselves | loops.py | test_properties_of_steps.py::test_m_step_keeps_the_mean
- weights[k] = soft_counts[k] / N
+ weights[k] = soft_counts[k] / soft_counts[k]
# N_k - 1 | loops.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- covariances[k, a, b] /= soft_counts[k]
+ covariances[k, a, b] /= soft_counts[k] - 1
# floor forgotten | loops.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- covariances[k, a, a] += reg_covar
+ covariances[k, a, a] += 0
# one-pass variance | vectorized.py | test_properties_of_maps.py::test_dyadic_shift
- offsets = columns[:, rows] - mean[:, np.newaxis]
+ offsets = columns[:, rows]
+             covariances[k] -= responsibilities[rows, k].sum() * np.outer(mean, mean)
# spread about all data | vectorized.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- offsets = columns[:, rows] - mean[:, np.newaxis]
+ offsets = columns[:, rows] - columns.mean(axis=1, keepdims=True)
# only the last block | vectorized.py | test_properties_of_steps.py::test_many_rows_are_cut_into_blocks
- covariances[k] += (
+ covariances[k] = (
# last rows dropped | mixture.py | test_engines.py::test_several_blocks
- for begin in range(0, n_rows, size)
+ for begin in range(0, max(n_rows - size, 1), size)
# log-determinant halved | mixture.py | test_engines.py::test_every_half_step_agrees_with_loops
- joint += (log_weights - log_volumes)
+ joint += (log_weights - log_volumes / 2)
# no log-sum-exp | mixture.py | test_properties_of_steps.py::test_rows_sum_to_one
- shift = joint.max(axis=0) - 1.0
+ shift = np.zeros(joint.shape[1])
# shared out over the points | mixture.py | test_properties_of_steps.py::test_rows_sum_to_one
- total = joint.sum(axis=0)
+ total = joint.sum(axis=1, keepdims=True)
# epsilon in the log | mixture.py | test_properties_of_steps.py::test_rows_sum_to_one
- return shift + np.log(total)
+ return shift + np.log(total + 1e-10)
# bound without entropy | mixture.py | test_properties_of_steps.py::test_bound_is_tight_after_the_e_step
- np.subtract(joint, gaps, where=held, out=gaps)
+ np.copyto(gaps, joint, where=held)
# variance for deviation | mixture.py | test_mixture.py::test_sample_moments
- X[members] = mixture.means[k] + _stretch(noise[members], cholesky(mixture.covariances[k], k))
+ X[members] = mixture.means[k] + _stretch(noise[members], mixture.covariances[k])
# eigenvalues for axes | gaussian.py | test_gaussian.py::test_ellipse_axes_are_roots_of_variances
- np.sqrt(np.maximum(eigenvalues[::-1], 0.0))
+ np.maximum(eigenvalues[::-1], 0.0)
# axes transposed | gaussian.py | test_gaussian.py::test_ellipse_lies_at_one_distance
- @ axes.directions.T
+ @ axes.directions
# no log-sum-exp | gaussian.py | test_gaussian.py::test_log_sum_exp_extremes
- shift = np.where(np.isfinite(largest), largest, 0.0)
+ shift = np.zeros_like(largest)
# floor twice | params.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- + reg_covar * identity
+ + 2 * reg_covar * identity
# tied without weights | params.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- np.tensordot(weights, covariances, axes=1)
+ covariances.mean(axis=0)
# cross terms halved | engine/fast.py | test_engines.py::test_every_half_step_agrees_with_loops
- np.where(a == b, -0.5, -1.0)
+ -0.5
# never handed over | engine/fast.py | test_engines.py::test_narrow_component_is_handed_to_vectorized
- return parameters if parameters.conditioning <= CONDITIONING_LIMIT else None
+ return parameters
# score of the last block | engine/fast.py | test_properties_of_steps.py::test_fused_step_of_many_rows
- log_likelihood += softmax(joint).sum()
+ log_likelihood = softmax(joint).sum()
# old mean in the covariance | em.py | test_trace.py::test_scores_only_agrees_with_all
- mixture = m_step(X, responsibilities, *constraint)
+ old, mixture = mixture, m_step(X, responsibilities, *constraint)
+         moved = (mixture.means - old.means)[:, np.newaxis]
+         mixture = mixture._replace(covariances=mixture.covariances + moved.swapaxes(1, 2) @ moved)
# stale responsibilities | em.py | test_trace.py::test_scores_belong_to_their_own_step
- responsibilities, score = e_step(X, mixture)
+ stale = locals().get("fresh")
+             fresh, score = e_step(X, mixture)
+             responsibilities = fresh if stale is None else stale
# score of the step before | em.py | test_trace.py::test_scores_belong_to_their_own_step
- pending._replace(log_likelihood=score)
+ pending._replace(log_likelihood=steps[-1].log_likelihood)
# tolerance on the total | em.py | test_em.py::test_converged
- <= tol * len(X):
+ <= tol:
# steps share their arrays | em.py | test_properties_of_runs.py::test_trace_entries_never_alias
- copy = np.array(array,
+ copy = np.asarray(array,
# worst of the runs | em.py | test_fit.py::test_best_of_starts
- best is None or _is_better(trace, best)
+ best is None or _is_better(best, trace)
# a collapsed run may win | em.py | test_fit.py::test_collapsed_run_loses_even_to_a_lower_score
- if survived != best_survived:
+ if False:
# N instead of N - 1 | starts.py | test_starts.py::test_from_rows_is_document_c
- / max(len(X) - 1, 1)
+ / len(X)
# nearest instead of farthest | starts.py | test_starts.py::test_farthest_rows
- .min(axis=1)
+ .max(axis=1)
# mean of no points | kmeans.py | test_starts.py::test_empty_cluster_has_some_weight
- if np.any(labels == k):
+ if True:
# K free weights | selection.py | test_selection.py::test_n_parameters
- return K - 1 + K * D
+ return K + K * D
# sign of BIC | selection.py | test_selection.py::test_scores_against_scikit_learn
- return -2 * _trusted_score(trace, "BIC") + _free(trace) * np.log(
+ return 2 * _trusted_score(trace, "BIC") + _free(trace) * np.log(
# BIC of the mean score | selection.py | test_selection.py::test_scores_against_scikit_learn
- return -2 * _trusted_score(trace, "BIC") + _free(trace) * np.log(
+ return -2 * _trusted_score(trace, "BIC") / len(trace.X) + _free(trace) * np.log(
# scored on what it has seen | selection.py | test_selection.py::test_held_out_scores_every_point_once
- score(X[part], trace.mixture)
+ score(np.delete(X, part, axis=0), trace.mixture)
# a collapsed run is scored | selection.py | test_selection.py::test_scores_never_prefer_a_spike
- if spike:
+ if False:
# every floor is a spike | selection.py | test_selection.py::test_a_floor_that_all_runs_share_is_no_spike
- (variances <= 2 * floor) & (of_all > floor)
+ variances <= 2 * floor
# matched in the columns' own units | selection.py | test_selection.py::test_match_components_in_any_unit
- unit = _deviations(reference)
+ unit = np.ones(reference.n_features)
# matched the other way round | selection.py | test_selection.py::test_many_components_are_matched_at_once
- linear_sum_assignment(gain, maximize=True)[1]
+ linear_sum_assignment(gain.T, maximize=True)[1]
# one label too many | validate.py | test_kmeans.py::test_labels_are_checked
- labels.max() >= n_components
+ labels.max() > n_components
# ties go to the last | kmeans.py | test_kmeans.py::test_ties_go_to_the_first
- return squared_distances(X, means).argmin(axis=1)
+ return len(means) - 1 - squared_distances(X, means)[:, ::-1].argmin(axis=1)
# only complete rows are counted | own_data.py | test_datasets.py::test_rows_left_out_are_counted
- {left_out} of {left_out + kept} rows
+ {left_out} of {kept} rows
# a column of text ends the reading | csv_files.py | test_datasets.py::test_wrong_files_are_named
- return 2 * len(numbers) > len(given)
+ return len(numbers) == len(given)
# text that looks like numbers | arrays.py | test_bad_inputs.py::test_bad_data
- if isinstance(entry, str | bytes):
+ if False:
# a ratio of spreads of 1e300 | validate.py | test_bad_inputs.py::test_bad_data
- if spreads[wide] / LARGEST_RATIO > spreads[narrow] > 0:
+ if spreads[wide] / LARGEST_RATIO**2 > spreads[narrow] > 0:
# a column of variances for a diagonal | scikit_learn.py | test_scikit_learn.py::test_fitted_parameters
- stored[:, :, np.newaxis] * np.eye(D)
+ stored[:, np.newaxis] * np.ones((D, D))
"""
HOUSE = Path(__file__).parents[1]
RUN = "import sys, gmm_teach, pytest; print(gmm_teach.__file__); sys.exit(pytest.main(sys.argv[1:]))"
SETTINGS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
OPTIONS = ("-xq", "--tb=short", "-rf", "--slow", "-o", "addopts=", "-p", "no:cacheprovider")


class Mutant(NamedTuple):
    """One planted bug: in `file` of the package, `old` becomes `new`, and `test` must fail."""

    name: str
    file: str
    test: str
    old: str
    new: str


def parse(entry):
    """The `Mutant` of one entry of `PLANTED`."""
    title, old, *new = entry.strip().splitlines()
    return Mutant(*title.split(" | "), old[2:], "\n".join(line[2:] for line in new))


MUTANTS = [parse(entry) for entry in PLANTED.split("\n# ") if entry]


def run(tests, mutant=None):
    """Run tests on a copy of the package with the bug in; returns (exit code, first failure, output)."""
    with TemporaryDirectory() as name:
        house = Path(name).resolve()
        shutil.copy(HOUSE / "pyproject.toml", house)
        for folder in ("gmm_teach", "tests"):
            shutil.copytree(HOUSE / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
        if mutant:
            plant(mutant, house / "gmm_teach" / mutant.file)
        child = subprocess.run(
            [sys.executable, "-c", RUN, *OPTIONS, *(f"tests/{test}" for test in tests)],
            cwd=house,
            env=environ | SETTINGS | {"PYTHONPATH": str(house)},
            capture_output=True,
            text=True,
        )
        output = child.stdout + child.stderr
        assert output.startswith(f"{house / 'gmm_teach'}"), f"another package was tested: {output}"
    failure = re.search(r"^FAILED tests/(\S+)", output, re.MULTILINE)
    return child.returncode, failure and failure[1], output


def plant(mutant, path):
    """Change the one place in a file."""
    source = path.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"{mutant.old!r} occurs {source.count(mutant.old)} times"
    path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")


if __name__ == "__main__":
    for mutant in MUTANTS:
        code, failure, _ = run([mutant.test], mutant)
        print(f"{mutant.file:14}{mutant.name:31}{failure if code == 1 else 'SURVIVES'}", flush=True)

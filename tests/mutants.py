"""Planted bugs, each with a test that must kill it. `python tests/mutants.py` prints which test did.

One entry: name | file | test, the text that goes (-), which occurs once, and the text that comes (+).
Each is a mistake that people make; many were found in well-known programs.
"""

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from picture_mutants import OF_PICTURES

PLANTED = r"""
# prior forgotten | loops.py | test_engines.py::test_every_half_step_agrees_with_loops
- log_joint[k] = log_weight + log_gaussian(
+ log_joint[k] = log_gaussian(
# no log-sum-exp | loops.py | test_properties_of_steps.py::test_rows_sum_to_one
- largest = max(log_joint)
+ largest = 0.0
# epsilon in the log | loops.py | test_properties_of_steps.py::test_rows_sum_to_one
- log(total)
+ log(total + 1e-10)
# log-determinant twice | loops.py | test_engines.py::test_every_half_step_agrees_with_loops
- result -= log(L[a, a])
+ result -= 2 * log(L[a, a])
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
- covariances[k] = (r[:, k] * offsets.T) @ offsets / soft_counts[k]
+ covariances[k] = (r[:, k] * X.T) @ X / soft_counts[k] - np.outer(means[k], means[k])
# spread about all data | vectorized.py | test_properties_of_steps.py::test_m_step_keeps_the_covariance
- offsets = X - means[k]
+ offsets = X - X.mean(axis=0)
# no log-sum-exp | vectorized.py | test_properties_of_steps.py::test_rows_sum_to_one
- largest = joint.max(axis=1, keepdims=True)
+ largest = np.zeros((len(joint), 1))
# shared out over the points | vectorized.py | test_properties_of_steps.py::test_rows_sum_to_one
- total = shares.sum(axis=1, keepdims=True)
+ total = shares.sum(axis=0)
# epsilon in the log | vectorized.py | test_properties_of_steps.py::test_rows_sum_to_one
- np.log(total)
+ np.log(total + 1e-10)
# only the last block | engine/blocks.py | test_properties_of_steps.py::test_many_rows_are_cut_into_blocks
- sums[k] += (
+ sums[k] = (
# last rows dropped | engine/blocks.py | test_engines.py::test_several_blocks
- for begin in range(0, n_rows, size)
+ for begin in range(0, max(n_rows - size, 1), size)
# log-determinant halved | engine/blocks.py | test_engines.py::test_every_half_step_agrees_with_loops
- joint += (np.log(mixture.weights) - log_volumes)
+ joint += (np.log(mixture.weights) - log_volumes / 2)
# no log-sum-exp | engine/softmax.py | test_properties_of_steps.py::test_rows_sum_to_one
- shift = joint.max(axis=0) - 1.0
+ shift = np.zeros(joint.shape[1])
# epsilon in the log | engine/softmax.py | test_softmax.py::test_both_are_scipys
- return shift.sum() + _sum_of_logs(total, 32)
+ return shift.sum() + _sum_of_logs(total + 1e-10, 32)
# large ratios kept | engine/softmax.py | test_softmax.py::test_both_are_scipys
- if not largest <= LARGEST_RATIO:
+ if not largest <= 700:
# another's score | engine/softmax.py | test_softmax.py::test_both_are_scipys
- score = of_reference.sum()
+ score = ratios[0].sum()
# narrowest compared with | engine/features.py | test_engines.py::test_compared_with_the_widest
- (log_weights + log_volumes).argmax()
+ (log_weights + log_volumes).argmin()
# log-determinant halved | gaussian.py | test_engines.py::test_every_half_step_agrees_with_loops
- log_determinant = 2 * np.log(
+ log_determinant = np.log(
# bound without entropy | mixture.py | test_properties_of_steps.py::test_bound_is_tight_after_the_e_step
- return float((r * joint).sum() + entropy(r).sum())
+ return float((r * joint).sum())
# variance for deviation | mixture.py | test_mixture.py::test_sample_moments
- L = cholesky(mixture.covariances[k], k)
+ L = mixture.covariances[k]
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
# cross terms halved | engine/features.py | test_engines.py::test_every_half_step_agrees_with_loops
- np.where(a == b, -0.5, -1.0)
+ -0.5
# never handed over | engine/features.py | test_engines.py::test_narrow_component_is_handed_to_blocks
- return parameters if parameters.conditioning <= CONDITIONING_LIMIT else None
+ return parameters
# score of the last block | engine/fast.py | test_properties_of_steps.py::test_fused_step_of_many_rows
- log_likelihood += score
+ log_likelihood = score
# old mean in the covariance | em.py | test_references.py::test_document_c
- mixture = m_step(X, responsibilities)
+ old, mixture = mixture, m_step(X, responsibilities)
+         moved = (mixture.means - old.means)[:, np.newaxis]
+         mixture = mixture._replace(covariances=mixture.covariances + moved.swapaxes(1, 2) @ moved)
# stale shares | em.py | test_trace.py::test_e_steps_keep_parameters_and_m_steps_keep_responsibilities
- for _ in range(max_iter):
+ stale = responsibilities
+     for _ in range(max_iter):
+         responsibilities = stale
# score of the step before | em.py | test_trace.py::test_scores_belong_to_their_own_step
- pending._replace(log_likelihood=score)
+ pending._replace(log_likelihood=steps[-1].log_likelihood)
# tolerance on the total | em.py | test_em.py::test_converged
- if stands_still(before, score, tol * len(X)):
+ if stands_still(before, score, tol):
# steps share their arrays | em.py | test_properties_of_runs.py::test_trace_entries_never_alias
- copy = np.array(array,
+ copy = np.asarray(array,
# worst of the runs | restarts.py | test_fit.py::test_best_of_starts
- best is None or _is_better(trace, best)
+ best is None or _is_better(best, trace)
# a collapsed run may win | restarts.py | test_fit.py::test_collapsed_run_loses_even_to_a_lower_score
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
# matched in the columns' own units | matching.py | test_selection.py::test_match_components_in_any_unit
- unit = _deviations(reference)
+ unit = np.ones(reference.n_features)
# matched the other way round | matching.py | test_selection.py::test_many_components_are_matched_at_once
- linear_sum_assignment(gain, maximize=True)[1]
+ linear_sum_assignment(gain.T, maximize=True)[1]
# one label too many | validate.py | test_kmeans.py::test_labels_are_checked
- labels.max() >= n_components
+ labels.max() > n_components
# ties go to the last | kmeans.py | test_kmeans.py::test_ties_go_to_the_first
- return squared_distances(X, means).argmin(axis=1)
+ return len(means) - 1 - squared_distances(X, means)[:, ::-1].argmin(axis=1)
# only complete rows are counted | own_data.py | test_datasets.py::test_rows_left_out_are_counted
- count(left_out + kept, 'row')
+ count(kept, 'row')
# a column of text ends the reading | csv_files.py | test_datasets.py::test_wrong_files_are_named
- return not entries or 2 * len(numbers) > len(given)
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
# every run from one seed | restarts.py | test_fit.py::test_best_of_starts
- np.random.default_rng(one)
+ np.random.default_rng(seed)
# tolerance for runs that are equal | restarts.py | test_fit.py::test_how_many_runs_reached_the_best
- best.log_likelihood - 100 * tol * len(best.X)
+ best.log_likelihood - 100 * len(best.X)
# one kind of start only | restarts.py | test_fit.py::test_mixed_starts_take_turns
- if start == MIXED else
+ if start == "all" else
# thawed by a copy | trace.py | test_doors.py::test_copies_are_equal_and_frozen
- field.setflags(write=False)
+ field.setflags(write=True)
# rows need not sum to one | arguments.py | test_own_steps.py::test_wrong_responsibilities
- wrong = np.abs(sums - 1) > 1e-6
+ wrong = np.abs(sums - 1) > 1e6
# covariances about nothing | adapters.py | test_own_steps.py::test_m_step_of_another_covariance_type
- _check_type(mixture, self.constraint[0])
+ _check_type(mixture, "full")
# a fall is not told | diagnosis.py | test_own_steps.py::test_a_falling_log_likelihood_is_told
- np.diff(scores) < -A_FALL
+ np.diff(scores) > -A_FALL
# a floor in whatever unit | floor.py | test_floor.py::test_relative_floor
- variances[variances > 0].min(initial=np.inf)
+ 1.0
# any component is called shrunk | floor.py | test_floor.py::test_under_the_floor_is_not_shrunk
- if eigenvalues[-1] <= nothing:
+ if eigenvalues[0] <= reg_covar:
# first u too | mixture.py | test_mixture.py::test_sample_never_draws_weight_zero
- z = rng.choice(K, size=n, p=mixture.weights)
+ z = rng.choice(K, size=n, p=(mixture.weights + 1 / n) / (1 + K / n))
# only the first fixture counts | checks/exercises.py | test_checks.py::test_every_fixture_counts
- in enumerate(zip(results, others, strict=True), start=1):
+ in enumerate(zip(results[:1], others[:1], strict=True), start=1):
# fixtures uncopied | checks/exercises.py | test_checks.py::test_an_attempt_cannot_spoil_the_fixtures
- return deepcopy(self.fixtures[number - 1])
+ return self.fixtures[number - 1]
# shape ignored | checks/results.py | test_checks.py::test_the_shape_counts
- else array.shape == right.shape
+ else array.size == right.size
# NaN let through | checks/results.py | test_checks.py::test_nan_and_first_difference_are_located
- bad = np.sum(~np.isfinite(array))
+ bad = np.sum(np.isinf(array))
# one part is enough | checks/exercises.py | test_checks.py::test_each_known_mistake_gets_its_own_nudge
- return all(self.close(
+ return any(self.close(
# imaginary parts dropped | checks/attempts.py | test_attempts.py::test_what_is_no_number_is_named
- REAL = "biuf"
+ REAL = "biufc"
# true counts as one | checks/questions.py | test_attempts.py::test_what_is_not_one_number_is_no_answer
- if array.size != 1 or array.dtype == bool or not
+ if array.size != 1 or not
# input spoilt | checks/attended.py | test_checks_at_work.py::test_an_input_that_is_written_into_is_named
- np.array_equal(now, then, equal_nan=True)
+ now.shape == then.shape
# a worked answer is used always | checks/exercises.py | test_checks_at_work.py::test_a_right_answer_is_used
- return self._in_arrays(attempt)
+ return self._in_arrays(self.answer)
# case 1 named | checks/exercises.py | test_checks_at_work.py::test_the_named_case_is_the_one_that_differs
- return f"{text}{self._on(case)}"
+ return f"{text}{self._on(1)}"
# a ready-made answer passes | checks/ready_made.py | test_ready_made.py::test_a_ready_made_answer_is_noticed
- elif _is_of_a_library(thing):
+ elif thing is None:
# newer one judged | checks/attended.py | test_checks_at_work.py::test_the_cell_of_a_function_is_named
- if own[-1] != having[-1]:
+ if own[-1] > having[-1]:
# the slope is not asked | information.py | test_information.py::test_what_is_no_top_is_refused
- if left > LEFT_PER_POINT * n_points:
+ if left > np.inf:
# any covariance type | information.py | test_information.py::test_what_is_no_top_is_refused
- if n_parameters(*shape, kind) != n_parameters(*shape):
+ if kind is None:
# of variances | information.py | test_information.py::test_one_component_has_the_errors_of_the_textbook
- np.where(a == b, 0.5, 1.0) * rows[:, a]
+ np.where(a == b, 1.0, 2.0) * rows[:, a]
# one triangle of two | information.py | test_information.py::test_two_dimensions_by_differences_of_scores
- by_triangles.append(np.where(a == b, 0.5, 1.0)
+ by_triangles.append(np.where(a == b, 0.5, 0.5)
# the first block alone | block_steps.py | test_many_blocks.py::test_blocks_of_one_row_and_a_floor
- for one in others:
+ for one in others[:0]:
# spreads about the old means | block_steps.py | test_many_blocks.py::test_a_start_beyond_squares
- (spreads,) = self._added(partial(far_spreads_of, self.mixture, means), Spreads)
+ (spreads,) = self._added(partial(far_spreads_of, self.mixture, self.mixture.means), Spreads)
# entropy forgotten | block_steps.py | test_many_blocks.py::test_the_bound_of_narrow_components
- total = sums.entropy + len(self)
+ total = len(self)
# offset of the whole file | file_blocks.py | test_many_blocks.py::test_a_block_in_a_file_names_its_rows
- whole.offset + first - begin
+ whole.offset
# spread between blocks | many_blocks.py | test_many_blocks.py::test_a_survey_is_that_of_all_rows_together
- between = n @ (means - mean) ** 2
+ between = 1e-9 * n @ (means - mean) ** 2
# another block is named | many_blocks.py | test_many_blocks.py::test_wrong_arguments_are_named
- f"block {number} {text.
+ f"block {number + 1} {text.
"""
HOUSE = Path(__file__).parents[1]
RUNNER = """
import json, os, sys
import hypothesis, matplotlib.figure, numpy, pytest, scipy.stats, sklearn.mixture

for line in sys.stdin:
    house, log, arguments = json.loads(line)
    child = os.fork()
    if not child:
        for stream in (1, 2):
            os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
        os.chdir(house)
        os.environ["PYTHONPATH"] = house
        sys.path.insert(0, house)
        import gmm_teach
        print(gmm_teach.__file__, flush=True)
        code = pytest.main(arguments)
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""  # imports once what takes long, and runs each set of tests in a fork of itself
SETTINGS = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "GMM_TEACH_SHRINK": "0",  # that a test fails is enough: nobody reads its smallest example
}
BROWSER = ("-p", "pytest_playwright.pytest_playwright")
OPTIONS = ("-xq", "--tb=short", "-rf", "-o", "addopts=", "-p", "no:cacheprovider")


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


MUTANTS = [parse(entry) for entry in (PLANTED + OF_PICTURES).split("\n# ") if entry]


def run(tests, mutant=None, options=("--slow",)):
    """Run tests on a copy of the package with the bug in; returns (exit code, first failure, output)."""
    with TemporaryDirectory() as name:
        house = Path(name).resolve()
        shutil.copy(HOUSE / "pyproject.toml", house)
        for folder in ("gmm_teach", "tests"):
            shutil.copytree(HOUSE / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
        if mutant:
            plant(mutant, house / "gmm_teach" / mutant.file)
        plugins = BROWSER if any(test.startswith("browser/") for test in tests) else ()
        code = run_in_a_fork(house, [*OPTIONS, *options, *plugins, *(f"tests/{test}" for test in tests)])
        output = (house / "log").read_text()
        assert output.startswith(f"{house / 'gmm_teach'}"), f"another package was tested: {output}"
    failure = re.search(r"^FAILED tests/(\S+)", output, re.MULTILINE)
    return code, failure and failure[1], output


@cache
def runner():
    """The process that runs tests in forks of itself, in a folder where no package lies."""
    return subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd="/",
        env=environ | SETTINGS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_in_a_fork(house, arguments):
    """Run pytest with these arguments in the copied house, its output to house/log; returns the exit code."""
    print(json.dumps([str(house), str(house / "log"), arguments]), file=runner().stdin, flush=True)
    return int(runner().stdout.readline())


def plant(mutant, path):
    """Change the one place in a file."""
    source = path.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"{mutant.old!r} occurs {source.count(mutant.old)} times"
    path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")


if __name__ == "__main__":
    for mutant in MUTANTS:
        code, failure, _ = run([mutant.test], mutant)
        print(f"{mutant.file:14}{mutant.name:31}{failure if code == 1 else 'SURVIVES'}", flush=True)

"""EM over blocks: the film of `run_em`, however the rows are cut and whoever maps; and its doors."""

import pickle
import signal
import tracemalloc
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gmm_teach as gt
from gmm_teach import many_blocks
from gmm_teach.cutting import rows_of
from gmm_teach.engine.features import n_monomials
from gmm_teach.file_blocks import FileBlock

TRUTH = gt.Mixture(
    [0.5, 0.3, 0.2], [[0, 0], [4, 1], [-3, 4]], [np.eye(2), [[1, 0.5], [0.5, 2]], 0.5 * np.eye(2)]
)
X = gt.sample(TRUTH, 300, 0)[0]
START = gt.starts.random_points(X, 3, 1)
TYPES = pytest.mark.parametrize("covariance_type", gt.COVARIANCE_TYPES)


def assert_same_film(trace, other, relative=1e-9):
    assert (trace.status, trace.message) == (other.status, other.message)
    assert [step.name for step in trace.steps] == [step.name for step in other.steps]
    np.testing.assert_allclose(trace.log_likelihoods, other.log_likelihoods, rtol=relative)
    np.testing.assert_allclose(trace.elbos, other.elbos, rtol=relative)
    for step, its_twin in zip(trace.steps, other.steps, strict=True):
        for part, its_part in zip(step.mixture, its_twin.mixture, strict=True):
            np.testing.assert_allclose(part, its_part, rtol=relative, atol=relative)
        assert step.responsibilities is None


def cut(rows, places):
    return [rows[a:b] for a, b in pairwise([0, *sorted(places), len(rows)])]


@TYPES
@given(places=st.sets(st.integers(1, len(X) - 1), max_size=20), offset=st.sampled_from([0.0, 1e6]))
def test_any_cut_makes_the_film_of_run_em(covariance_type, places, offset):
    start = START._replace(means=START.means + offset)
    options = {"covariance_type": covariance_type, "max_iter": 15}
    whole = gt.run_em(X + offset, start, record="scores", **options)
    assert_same_film(gt.run_em_blocks(cut(X + offset, places), start, **options), whole, 1e-8)


@TYPES
def test_blocks_of_one_row_and_a_floor(covariance_type):
    options = {"covariance_type": covariance_type, "reg_covar": 0.01, "tol": 1e-4, "max_iter": 40}
    whole = gt.run_em(X[:60], START, record="scores", **options)
    trace = gt.run_em_blocks(gt.blocks_of(X[:60], 1), START, **options)
    assert_same_film(trace, whole)
    assert (trace.n_points, trace.X.shape, trace.reg_covar) == (60, (0, 2), 0.01)
    if whole.status == "converged":
        assert gt.bic(trace) == pytest.approx(gt.bic(whole), rel=1e-9)


@pytest.mark.parametrize("D", [1, 3])
@pytest.mark.parametrize("scale", [1e-150, 1.0, 1e100])
def test_any_number_of_columns_at_any_scale(D, scale):
    rows = np.random.default_rng(2).normal(size=(80, D)) * np.arange(1, D + 1) * scale
    start = gt.starts.random_points(rows, 2, 0)
    whole = gt.run_em(rows, start, record="scores", max_iter=10, tol=0)
    trace = gt.run_em_blocks(gt.blocks_of(rows, 7), start, max_iter=10, tol=0)
    np.testing.assert_allclose(trace.elbos, whole.elbos, rtol=1e-9)
    np.testing.assert_allclose(trace.mixture.means, whole.mixture.means, rtol=1e-7, atol=1e-9 * scale)


def test_the_order_of_the_blocks_is_rounding():
    blocks = gt.blocks_of(X, 40)
    assert_same_film(gt.run_em_blocks(blocks[::-1], START), gt.run_em(X, START, record="scores"))


def test_who_maps_does_not_matter():
    blocks = gt.blocks_of(X, 40)
    one = gt.run_em_blocks(blocks, START)
    with ThreadPoolExecutor(2) as threads:
        assert gt.run_em_blocks(blocks, START, map=threads.map) == one


@pytest.mark.slow
def test_processes_of_an_executor(tmp_path):
    np.save(tmp_path / "X.npy", X)
    blocks = gt.blocks_of(np.load(tmp_path / "X.npy", mmap_mode="r"), 40)
    with ProcessPoolExecutor(2) as processes:
        assert gt.run_em_blocks(blocks, START, map=processes.map) == gt.run_em_blocks(blocks, START)


@pytest.mark.parametrize("make", [np.ascontiguousarray, np.asfortranarray, lambda X: X.astype(">f4")])
@pytest.mark.parametrize(
    "part",
    [np.s_[:], np.s_[13:], np.s_[::3], np.s_[::-1], np.s_[5:, ::-1], np.s_[:, 1:], np.s_[2:, 0]],
    ids=str,
)
def test_a_block_in_a_file_names_its_rows(make, part, tmp_path):
    stored = make(X)
    np.save(tmp_path / "X.npy", stored)
    blocks = gt.blocks_of(np.load(tmp_path / "X.npy", mmap_mode="r")[part], 70)
    expected = stored[part].reshape(len(stored[part]), -1)
    n_blocks, rest = divmod(len(expected), 70)
    assert [len(rows_of(block)) for block in blocks] == [70] * n_blocks + [rest] * (rest > 0)
    np.testing.assert_array_equal(np.concatenate([rows_of(block) for block in blocks]), expected)
    for block in blocks:
        assert isinstance(block, FileBlock)
        assert len(pickle.dumps(block)) < 500


def test_a_block_in_a_file_serves_as_data(tmp_path):
    np.save(tmp_path / "X.npy", X)
    (block,) = gt.blocks_of(np.load(tmp_path / "X.npy", mmap_mode="r"))
    assert gt.run_em(block, START) == gt.run_em(X, START)
    np.testing.assert_array_equal(gt.responsibilities(block, TRUTH), gt.responsibilities(X, TRUTH))


def test_a_map_that_has_no_file_gives_views(tmp_path):
    raw = np.memmap(tmp_path / "raw", float, "w+", shape=(30, 2))
    assert isinstance(gt.blocks_of(raw, 10)[0], FileBlock)
    for rows in (raw + 1, raw.copy(), np.memmap(tmp_path / "raw", float, "c", shape=(30, 2)), X):
        for block in gt.blocks_of(rows, 10):
            assert type(block) is not FileBlock
    assert np.shares_memory(gt.blocks_of(X, 10)[1], X)


def test_a_vector_is_one_column(tmp_path):
    np.save(tmp_path / "x.npy", X[:, 0])
    start = gt.starts.random_points(X[:, 0], 2, 0)
    expected = gt.run_em(X[:, 0], start, record="scores")
    for rows in (X[:, 0], np.load(tmp_path / "x.npy", mmap_mode="r")):
        assert_same_film(gt.run_em_blocks(gt.blocks_of(rows, 50), start), expected)


def numbers_in(thing):
    """How many numbers a message holds, in arrays and alone."""
    if isinstance(thing, tuple | list):
        return sum(map(numbers_in, thing))
    return np.size(thing)


@pytest.mark.parametrize(("D", "K"), [(1, 2), (2, 3), (4, 5)])
def test_k_times_p_numbers_come_back_from_a_block(D, K):
    rows = np.random.default_rng(0).normal(size=(500, D))
    sent, came = [], []

    def counting(function, blocks):
        for block in blocks:
            result = function(block)
            if hasattr(function, "args"):
                sent.append(numbers_in(function.args))
                came.append(numbers_in(result))
            yield result

    trace = gt.run_em_blocks(
        gt.blocks_of(rows, 100), gt.starts.random_points(rows, K, 0), map=counting, max_iter=3, tol=0
    )
    P = n_monomials(D)
    assert set(sent) == {K * P + 2 * D + 2}
    assert set(came) == {K * P + 1}
    assert len(came) == 5 * (trace.iterations + 1)


def test_memory_stays_that_of_a_block(tmp_path):
    rows = gt.sample(TRUTH, 600_000, 1)[0]
    np.save(tmp_path / "X.npy", rows)
    mapped = np.load(tmp_path / "X.npy", mmap_mode="r")
    peaks = []
    for part in (150_000, 600_000):
        tracemalloc.start()
        gt.run_em_blocks(gt.blocks_of(mapped[:part], 50_000), START, max_iter=2, tol=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert abs(peaks[1] - peaks[0]) < 1e5
    assert peaks[1] < 3 * 50_000 * 2 * 8 + 3e6 < rows.nbytes


BAD = np.where(np.arange(600).reshape(300, 2) == 241, np.nan, X)
WRONG = {
    "an array": (
        lambda: gt.run_em_blocks(X, START),
        TypeError,
        "list of blocks, got ndarray; make one",
    ),
    "no blocks": (lambda: gt.run_em_blocks([], START), ValueError, "blocks is empty: there are no rows"),
    "NaN": (
        lambda: gt.run_em_blocks(gt.blocks_of(BAD, 40), START),
        ValueError,
        "block 3 holds 1 value that is NaN or infinite, the first at row 0, column 1; drop",
    ),
    "columns": (
        lambda: gt.run_em_blocks([X, X[:4], X[:, :1]], START),
        ValueError,
        "block 2 has 1 column, but block 0 has 2 columns",
    ),
    "no rows": (
        lambda: gt.run_em_blocks([X, X[:0]], START),
        ValueError,
        r"block 1 has shape \(0, 2\)",
    ),
    "text": (lambda: gt.run_em_blocks([X, ["a"]], START), TypeError, "block 1 holds text, not numbers"),
    "a cube": (
        lambda: gt.run_em_blocks([X[None]], START),
        ValueError,
        r"block 0 has shape \(1, 300",
    ),
    "too large": (
        lambda: gt.run_em_blocks([X, 1e160 * X], START),
        ValueError,
        "values of the blocks go up to 6.03e.160, whose squares overflow; divide the blocks by a constant",
    ),
    "a block for the list": (
        lambda: gt.run_em_blocks(FileBlock("", np.dtype(float), 0, (2, 2), (16, 8)), START),
        TypeError,
        "blocks must be a list of blocks, got FileBlock",
    ),
    "a trace for the list": (
        lambda: gt.run_em_blocks(gt.run_em(X, START), START),
        TypeError,
        "blocks must be a list of blocks, got Trace",
    ),
    "start": (lambda: gt.run_em_blocks([X], X), TypeError, "start must be a Mixture, got ndarray"),
    "start in 1-D": (
        lambda: gt.run_em_blocks([X[:, :1]], START),
        ValueError,
        "start is for 2-D data, but block 0 has 1 column",
    ),
    "weight 0": (
        lambda: gt.run_em_blocks([X], START._replace(weights=[0, 0.5, 0.5])),
        ValueError,
        "weights of start must be > 0",
    ),
    "map": (lambda: gt.run_em_blocks([X], START, map=3), TypeError, "map must be a function of a function"),
    "map of nothing": (
        lambda: gt.run_em_blocks([X], START, map=lambda f, blocks: None),
        TypeError,
        "map must return the results, one for each block, got NoneType",
    ),
    "map of too few": (
        lambda: gt.run_em_blocks([X, X], START, map=lambda f, blocks: map(f, blocks[1:])),
        ValueError,
        "one result for each block, got 1 for 2 blocks",
    ),
    "map of futures": (
        lambda: gt.run_em_blocks([X], START, map=lambda f, blocks: [Future()]),
        TypeError,
        r"got Future for block 0; wait for its result\(\) in your map",
    ),
    "map that is no map": (
        lambda: gt.run_em_blocks([X, X], START, map=lambda f, blocks: blocks),
        TypeError,
        "map must return what the function returns for each block, got ndarray for block 0",
    ),
    "tol": (lambda: gt.run_em_blocks([X], START, tol=-1), ValueError, "tol must be >= 0"),
    "max_iter": (lambda: gt.run_em_blocks([X], START, max_iter=0), ValueError, "max_iter must be"),
    "type": (lambda: gt.run_em_blocks([X], START, covariance_type="ful"), ValueError, "did you mean 'full'"),
    "floor": (lambda: gt.run_em_blocks([X], START, reg_covar="x"), TypeError, "reg_covar must be a number"),
    "size": (lambda: gt.blocks_of(X, 0), ValueError, "size must be a whole number >= 1, got 0"),
    "X": (lambda: gt.blocks_of(TRUTH), TypeError, "X must be an .* got Mixture"),
    "X of text": (lambda: gt.blocks_of(["a", "b"]), TypeError, "X holds text"),
    "X of nothing": (lambda: gt.blocks_of(X[:0]), ValueError, "with at least one row"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_named(name):
    call, error, message = WRONG[name]
    with pytest.raises(error, match=message):
        call()


def test_a_file_that_is_gone_or_cut_is_named(tmp_path):
    (tmp_path / "MAX 1").mkdir()
    path = tmp_path / "MAX 1" / "X.npy"
    np.save(path, X)
    blocks = gt.blocks_of(np.load(path, mmap_mode="r"), 100)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ValueError, match=r"block 1 cannot be read: .*MAX 1.X\.npy is shorter than it was"):
        gt.run_em_blocks(blocks, START)
    path.unlink()
    with pytest.raises(FileNotFoundError, match=r"block 0 cannot be read: No such file") as told:
        gt.run_em_blocks(blocks, START)
    assert told.value.filename == str(path)


@pytest.mark.parametrize("dtype", [complex, "U3", "datetime64[s]", [("x", float), ("y", float)]])
def test_a_file_of_what_is_no_number_is_refused(dtype, tmp_path):
    raw = np.memmap(tmp_path / "raw", dtype, "w+", shape=(30, 2))
    with pytest.raises(TypeError, match=r"X holds text|X must hold real numbers only"):
        gt.blocks_of(raw)


def test_frames_must_have_the_same_columns():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, columns=["e", "w"])
    assert_same_film(gt.run_em_blocks([frame[:90], frame[90:]], START), gt.run_em(X, START, record="scores"))
    with pytest.raises(ValueError, match="block 1 has the columns 'w' and 'e', but block 0 has 'e' and 'w'"):
        gt.run_em_blocks([frame[:90], frame[90:][["w", "e"]]], START)


@pytest.mark.parametrize("offset", [0, 1e6])  # by one map an iteration, and by two
@pytest.mark.parametrize("moment", [3, 4])
def test_data_that_change_in_mid_run_are_refused(moment, offset):
    rows, narrow = X + offset, START.covariances / max(1, offset)
    start = START._replace(means=START.means + offset, covariances=narrow)

    def run(change):
        blocks, rounds = gt.blocks_of(rows.copy(), 100), []

        def changing(function, given):
            rounds.append(function)
            if len(rounds) == moment:
                change(blocks)
            return map(function, given)

        return gt.run_em_blocks(blocks, start, map=changing, tol=0)

    def spoil(blocks):
        blocks[1][5] = np.nan

    def cut_short(blocks):
        blocks[1] = blocks[1][:60]

    with pytest.raises(ValueError, match="block 1 has changed: it holds NaN or infinity now, and held none"):
        run(spoil)
    with pytest.raises(ValueError, match="have changed: they hold 260 rows, and held 300 when"):
        run(cut_short)


@pytest.mark.parametrize("moment", [1, 4, 7, 11, 29])
def test_ctrl_c_keeps_the_trace_so_far(moment):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    calls = []

    def interrupted(function, blocks):
        for block in blocks:
            calls.append(block)
            if len(calls) == moment + 8:  # the survey takes the first eight, and E1 the next
                signal.raise_signal(signal.SIGINT)
            yield function(block)

    blocks = gt.blocks_of(X, 40)
    whole = gt.run_em_blocks(blocks, START)
    try:
        if moment <= 8:
            with pytest.raises(KeyboardInterrupt):
                gt.run_em_blocks(blocks, START, map=interrupted)
            return
        trace = gt.run_em_blocks(blocks, START, map=interrupted)
    finally:
        signal.signal(signal.SIGINT, before)
    assert trace.status == "interrupted"
    assert trace.iterations == (moment - 1) // 8 - 1
    assert trace.steps == whole.steps[: len(trace.steps)]
    assert trace.n_points == 300


def test_a_component_that_collapses_ends_the_film_in_a_sentence():
    rows = np.vstack([X, np.full((5, 2), 30.0)])
    start = gt.starts.from_means(rows, [[0, 0], [30, 30]])
    trace = gt.run_em_blocks(gt.blocks_of(rows, 50), start)
    assert (trace.status, trace.collapsed) == ("collapsed", 1)
    assert "Component B collapsed in iteration" in trace.message
    assert "shrank onto one point, near (30, 30)" in trace.message
    assert "set a floor such as reg_covar=" in trace.message


@TYPES
@pytest.mark.parametrize("reg_covar", [0.0, 1e-7])
def test_what_is_beyond_squares_is_served_by_two_maps(covariance_type, reg_covar):
    rng = np.random.default_rng(0)
    rows = np.vstack([X, 100 + 1e-4 * rng.normal(size=(50, 2)), [[1e3, 0]] * 3 + rng.normal(size=(3, 2))])
    start = gt.starts.from_means(rows, [[0, 0], [100, 100]])
    options = {"covariance_type": covariance_type, "reg_covar": reg_covar, "max_iter": 30}
    whole = gt.run_em(rows, start, record="scores", **options)
    assert_same_film(gt.run_em_blocks(gt.blocks_of(rows, 50), start, **options), whole)


def test_the_bound_of_narrow_components():
    rng = np.random.default_rng(0)
    rows = np.vstack([X, 100 + 1e-4 * rng.normal(size=(50, 2))])
    start = gt.starts.from_means(rows, [[0, 0], [100, 100], [100.0002, 100]])
    start = start._replace(covariances=[np.eye(2), 1e-8 * np.eye(2), 1e-8 * np.eye(2)])
    whole = gt.run_em(rows, start, record="scores", max_iter=10, tol=0)
    assert np.abs(np.diff(whole.elbos)).max() > 1  # of which the entropy is a part
    assert_same_film(gt.run_em_blocks(gt.blocks_of(rows, 50), start, max_iter=10, tol=0), whole)


def test_a_survey_is_that_of_all_rows_together():
    moved = X + np.array([5, -90])
    survey = many_blocks.survey_of(gt.blocks_of(moved, 17))
    assert survey.n_rows == 300
    np.testing.assert_allclose(survey.means, moved.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(survey.squares, 300 * X.var(axis=0), rtol=1e-10)
    np.testing.assert_array_equal(survey.lowest, moved.min(axis=0))
    np.testing.assert_array_equal(survey.highest, moved.max(axis=0))


def test_a_start_beyond_squares():
    start = START._replace(covariances=1e-6 * START.covariances)
    whole = gt.run_em(X, start, record="scores", max_iter=20)
    assert_same_film(gt.run_em_blocks(gt.blocks_of(X, 50), start, max_iter=20), whole)


def test_warnings_that_need_no_points():
    twins = START._replace(means=START.means[[0, 0, 1]], covariances=START.covariances[[0, 0, 1]])
    with pytest.warns(gt.EMWarning, match="A and B start with the same mean") as told:
        trace = gt.run_em_blocks([X], twins, reg_covar=5.0, max_iter=2)
    texts = [str(one.message) for one in told]
    assert any("Not converged: after 2 iterations" in text for text in texts)
    assert any(
        "Component A: the floor reg_covar=5, not the data, sets most of its smallest" in t for t in texts
    )
    assert {text for text in texts if "Not converged" not in text} == {*trace.warnings}


def test_a_trace_without_points_says_so():
    trace = gt.run_em_blocks([X], START)
    with pytest.raises(ValueError, match="made in blocks and holds no points; ask block by block"):
        _ = trace.responsibilities
    filled = trace._replace(X=X[:5])
    np.testing.assert_allclose(filled.responsibilities, gt.responsibilities(X[:5], trace.mixture))
    with pytest.raises(ValueError, match="scores only"):
        gt.views.View(trace)
    with pytest.raises(ValueError, match="read-only"):
        trace.X[:] = 0
    assert pickle.loads(pickle.dumps(trace)) == trace


def test_bic_sees_a_spike_without_points():
    rows = np.vstack([X, [[30.0, 30.0]] * 2])
    start = gt.starts.from_means(rows, [[0, 0], [30, 30]])
    options = {"reg_covar": 0.01}
    for trace in (gt.run_em(rows, start, **options), gt.run_em_blocks([rows], start, **options)):
        assert trace.status == "converged"
        with pytest.warns(gt.EMWarning, match="BIC of the run with 2 components is NaN: the floor"):
            assert np.isnan(gt.bic(trace))


def test_any_numpy_state():
    with np.errstate(all="raise"):
        trace = gt.run_em_blocks(gt.blocks_of(X, 40), START)
    assert trace == gt.run_em_blocks(gt.blocks_of(X, 40), START)

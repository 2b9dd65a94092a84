"""What all tests share: which are left to CI, which process runs which, settings, and fixtures."""

import os
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from nbformat.v4 import new_code_cell

import gmm_teach as gt

# The processes of pytest-xdist, and their kernels, share the cores: matrix products stay on one thread.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

WITHOUT_A_SERVER = ("test_deck", "test_film_page", "test_one_file", "test_page_without_python", "test_site")
SLOW_PAGES = ("test_exported_page", "test_monkey", "test_reopened", "test_set_ups")  # long ones
TEST_BY_TEST = ("test_mutants", "test_isolation", "test_live", "browser/test_deck", "browser/test_one_file")
IN_KERNEL = f"(__import__('sys').path.append({os.path.dirname(__file__)!r}) or __import__('lesson'))"
N_LEFT = pytest.StashKey[int]()  # slow tests that were not run

LEFT_OUT = {Phase.shrink} if os.environ.get("GMM_TEACH_SHRINK") == "0" else set()
FIXED = settings(
    phases=set(Phase) - LEFT_OUT,
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the slow tests too, as .ci/run does")
    parser.addoption("--part", type=part, help="of the slow tests only this part: --slow --part=2/10")
    parser.addoption("--examples", type=int, help="of each property (default: 20, with --slow 80)")


def part(text):
    """The (part, parts) of an option such as 2/10."""
    number, parts = map(int, text.split("/"))
    if not 1 <= number <= parts:
        raise ValueError(text)
    return number, parts


def wants_slow(config):
    """Whether slow tests are asked for."""
    return config.getoption("slow") or "slow" in config.getoption("markexpr")


def pytest_configure(config):
    """Few examples of each property, unless more are asked for."""
    n_examples = config.getoption("examples") or (80 if wants_slow(config) else 20)
    settings.register_profile("gmm_teach", FIXED, max_examples=n_examples)
    settings.load_profile("gmm_teach")


@pytest.hookimpl(trylast=True)  # after -k and -m, so that only tests that they choose are counted
def pytest_collection_modifyitems(config, items):
    """Leave slow tests out, unless --slow or -m asks for them, and then those of other parts."""
    number, parts = config.getoption("part") or ((1, 1) if wants_slow(config) else (0, 1))
    left = [
        item
        for item in items
        if item.get_closest_marker("slow") and crc32(item.nodeid.encode()) % parts + 1 != number
    ]
    items[:] = [item for item in items if item not in left]
    config.stash[N_LEFT] = len(left)


@pytest.hookimpl(specname="pytest_collection_modifyitems", tryfirst=True)
def pytest_claims_follow_their_cells(items):
    """After each cell of a notebook, the claims of tests/claims are held in its kernel."""
    from nbval.plugin import IPyNbCell

    for place, item in reversed([*enumerate(items)]):
        if isinstance(item, IPyNbCell):
            number, cell_id = int(item.path.name[:2]), item.cell.id
            source = f"{IN_KERNEL}.in_this_kernel({number}).hold({cell_id!r}, globals())"
            claim = item.from_parent(
                item.parent,
                name=f"Claims of {cell_id}",
                cell_num=item.cell_num,
                cell=new_code_cell(source),
                options=item.options | {"check": True},
            )
            items.insert(place + 1, claim)


def pytest_sessionfinish(session):
    """A process of pytest-xdist tells the main one how many it has left."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["n_left"] = session.config.stash.get(N_LEFT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    told = getattr(node, "workeroutput", {}).get("n_left", 0)  # every process has left the same
    node.config.stash[N_LEFT] = max(told, node.config.stash.get(N_LEFT, 0))


def pytest_terminal_summary(terminalreporter, config):
    if n_left := config.stash.get(N_LEFT, 0):
        terminalreporter.line(
            f"{n_left} slow tests were left to .ci/run, a tenth at each commit (--slow runs all)"
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Each process takes file after file; those of the browser, which share a server, are one or two to it.

    Files of long tests that share nothing go test by test.
    """
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            if any(f"tests/{name}.py::" in nodeid for name in TEST_BY_TEST):
                return nodeid
            if any(f"tests/browser/{name}.py::" in nodeid for name in SLOW_PAGES):
                return "slow pages"
            if any(f"tests/browser/{name}.py::" in nodeid for name in WITHOUT_A_SERVER):
                return super()._split_scope(nodeid)
            return "browser" if "tests/browser/" in nodeid else super()._split_scope(nodeid)

    return Scheduling(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session", params=["loops", "vectorized", "fast"])
def engine(request):
    return getattr(gt, request.param)


@pytest.fixture(scope="session")
def assert_near():
    """Assert that no entry is farther off than `relative` times the largest entry of `desired`."""

    def check(actual, desired, relative):
        assert np.all(np.isfinite(desired))  # lest the tolerance is infinite
        np.testing.assert_allclose(actual, desired, rtol=0, atol=relative * np.abs(desired).max())

    return check


@pytest.fixture(scope="session")
def assert_same_mixture(assert_near):
    def check(actual, desired, relative):
        for one, other in zip(actual, desired, strict=True):
            assert_near(one, other, relative)

    return check


@pytest.fixture(scope="session")
def two_blobs():
    """100 points of two overlapping Gaussians in 2-D, and a start for them."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((100, 2))
    X[60:] += [3, 2]
    X.setflags(write=False)
    return X, gt.starts.from_rows(X, [0, 1])

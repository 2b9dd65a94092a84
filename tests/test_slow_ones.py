"""The tests themselves: slow ones are left to CI and counted, unless they are asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

THREE = """
import pytest

def test_quick(): pass

@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2])
def test_slow(n): pass
"""


@pytest.mark.parametrize(
    ("options", "passed", "left"),
    [
        ("-n 0", 1, 2),
        pytest.param("-n 2 --dist loadfile", 1, 2, marks=pytest.mark.slow),
        pytest.param("-n 0 --slow", 3, 0, marks=pytest.mark.slow),
        pytest.param("-n 0 -k 1", 0, 1, marks=pytest.mark.slow),
        pytest.param("-n 0 -m slow", 2, 0, marks=pytest.mark.slow),
        pytest.param("-n 0 --slow --part=1/1", 3, 0, marks=pytest.mark.slow),
    ],
)
def test_slow_ones_are_left_out_and_counted(options, passed, left, tmp_path):
    told = run_three(tmp_path, "-p", "xdist.plugin", *options.split())
    assert (f"{passed} passed" in told) == bool(passed), told
    assert (f"{left} slow tests were left to .ci/run" in told) == bool(left), told
    assert ("slow tests" in told) == bool(left), told


@pytest.mark.slow
def test_each_slow_one_is_in_one_part(tmp_path):
    parts = [run_three(tmp_path, "-q", "--collect-only", "--slow", f"--part={part}/3") for part in (1, 2, 3)]
    for name, counts in {"quick": [1, 1, 1], "slow[1]": [0, 0, 1], "slow[2]": [0, 0, 1]}.items():
        assert sorted(part.count(f"test_{name}") for part in parts) == counts


def run_three(folder, *options):
    """What pytest prints for `THREE` in this folder, with these options."""
    shutil.copy(Path(__file__).parent / "conftest.py", folder)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow\n")
    (folder / "test_three.py").write_text(THREE)
    command = [sys.executable, "-m", "pytest", *options]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout

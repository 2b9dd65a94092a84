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
    ],
)
def test_slow_ones_are_left_out_and_counted(options, passed, left, tmp_path):
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n")
    (tmp_path / "test_three.py").write_text(THREE)
    command = [sys.executable, "-m", "pytest", "-p", "xdist.plugin", *options.split()]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout
    assert (f"{passed} passed" in told) == bool(passed), told
    assert (f"{left} slow tests were left to .ci/run" in told) == bool(left), told
    assert ("slow tests" in told) == bool(left), told

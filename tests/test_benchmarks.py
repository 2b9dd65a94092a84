import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
EXPECTED = {
    "accuracy": ["B_overlapping", "offset 1e8, diag", "New covariances"],
    "em": ["scikit-learn us", "100 x 2, 3", "loops / vectorized", "Largest temporaries"],
    "frames": ["Camera.shoot", "and encode", "gt.frames.save", "FuncAnimation.to_jshtml"],
    "interrupt": ["From Ctrl-C to the trace so far", "longest line", "k-means"],
    "pages": ["frame of the Explorer", "stored Explorer", "<= 20 MB"],
    "scale": ["Dask, 1", "1,000,000", "<= 1.3x", "by block size"],
    "import_time": ["import numpy, gmm_teach", "gmm_teach after numpy"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_a_benchmark_prints_its_tables(name):
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", "--quick"], check=True, capture_output=True, text=True
    )
    assert done.stderr == "" or (name == "scale" and find_spec("pyspark"))  # Java writes there
    first = done.stdout.splitlines()[0]
    assert "numpy" in first
    assert "exp runs with" in first
    for text in EXPECTED[name]:
        assert text in done.stdout

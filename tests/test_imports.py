"""What the package loads, and what each file may lean on."""

import ast
import subprocess
import sys
from inspect import signature
from pathlib import Path

import numpy as np
import pytest

import gmm_teach as gt

PACKAGE = Path(gt.__file__).parent
READING_ORDER = (
    "validate",
    "params",
    "gaussian",
    "mixture",
    "datasets",
    "kmeans",
    "loops",
    "vectorized",
    "fast",
    "diagnosis",
    "starts",
    "trace",
    "em",
    "selection",
)
HEAVY = ("matplotlib", "PIL", "ipywidgets", "anywidget", "IPython", "scipy", "sklearn", "pandas")


def test_import_loads_the_maths_only():
    code = "import sys, gmm_teach as gt; gt.show_source; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert {"gmm_teach", "numpy"} <= loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", sorted(set(gt.__all__) - set(gt._ON_FIRST_USE)))
def test_public_names_exist(name):
    assert getattr(gt, name) is not None


def test_dir_and_unknown_names():
    assert {"fit", "plots", "show_source"} <= set(dir(gt))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gt.nonsense


def imports_of(path):
    """Names of the modules that a file imports, with a dot before those of the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level and node.module is None:
            yield from (f".{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + node.module


@pytest.mark.parametrize("name", READING_ORDER)
def test_rooms(name):
    above = {f".{other}" for other in READING_ORDER[: READING_ORDER.index(name)]}
    allowed = above | {"numpy"} | sys.stdlib_module_names
    imported = {
        found if found.startswith(".") else found.split(".")[0]
        for found in imports_of(PACKAGE / f"{name}.py")
    }
    assert imported <= allowed


@pytest.mark.parametrize("half_step", ["e_step", "m_step"])
def test_every_engine_has_the_same_half_steps(half_step):
    signatures = [signature(getattr(engine, half_step)) for engine in (gt.loops, gt.vectorized, gt.fast)]
    assert signatures[0] == signatures[1] == signatures[2]


def test_show_source():
    source = gt.show_source(gt.loops.e_step)
    text = repr(source)
    assert text.startswith("def e_step(X, mixture):\n")
    assert text.endswith("return responsibilities, log_likelihood")
    assert source._repr_markdown_() == f"```python\n{text}\n```"
    assert repr(gt.show_source(gt.Mixture.permuted)).startswith("def permuted(self, order):\n    ")


def test_package_data_is_there():
    names = {path.name for path in (PACKAGE / "data").glob("*.csv")}
    assert names == {"document_c.csv", "old_faithful.csv", "penguins.csv"}
    first_line = (PACKAGE / "data" / "document_c.csv").read_text(encoding="utf-8").splitlines()[1]
    np.testing.assert_array_equal(np.array(first_line.split(","), float), gt.datasets.load("document_c").X[0])

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
ROOMS = gt.READING_ORDER
FILES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)
FILES += [f"{room}.py" for room in ROOMS if (PACKAGE / f"{room}.py").exists()]
NUMPY_ONLY = ROOMS[: ROOMS.index("plots")]
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


def imports_of(file):
    """(room or None, name): what a file imports, the room if it is of the package."""
    package = ["gmm_teach", *Path(file).parts[:-1]]
    for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((None, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield None, node.module.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            for name in names:
                path = [*base, *name.split(".")]
                yield (path[1] if len(path) > 1 else None), ".".join(path)


def test_every_file_has_a_room():
    rooms = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__", "__pycache__"} == set(ROOMS)


@pytest.mark.parametrize("file", FILES)
def test_a_file_imports_only_files_above_it(file):
    room = Path(file).parts[0].removesuffix(".py")
    above = set(ROOMS[: ROOMS.index(room)]) | ({room} if "/" in file else set())
    for other, name in imports_of(file):
        if other:
            assert other in above, name
        elif room in NUMPY_ONLY:
            allowed = {"numpy", "scipy"} if room == "matching" else {"numpy"}  # above K = 8, on use
            assert name in allowed | sys.stdlib_module_names


@pytest.mark.parametrize("half_step", ["e_step", "m_step"])
def test_every_engine_has_the_same_half_steps(half_step):
    signatures = [signature(getattr(engine, half_step)) for engine in (gt.loops, gt.vectorized, gt.fast)]
    assert signatures[0] == signatures[1] == signatures[2]


def test_show_source():
    source = gt.show_source(gt.loops.e_step)
    text = repr(source)
    assert text.startswith("def e_step(X: np.ndarray, mixture: Mixture)")
    assert text.endswith("return responsibilities, log_likelihood")
    assert source._repr_markdown_() == f"```python\n{text}\n```"
    permuted = repr(gt.show_source(gt.Mixture.permuted))
    assert permuted.startswith('def permuted(self, order) -> "Mixture":\n    ')


def test_package_data_is_there():
    names = {path.name for path in (PACKAGE / "data").glob("*.csv")}
    assert names == {"document_c.csv", "old_faithful.csv", "penguins.csv"}
    first_line = (PACKAGE / "data" / "document_c.csv").read_text(encoding="utf-8").splitlines()[1]
    np.testing.assert_array_equal(np.array(first_line.split(","), float), gt.datasets.load("document_c").X[0])

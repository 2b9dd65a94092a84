"""Every file of the package can be reached by its dotted name, whatever was touched before."""

import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

import gmm_teach as gt

NAMES = sorted(module.name for module in walk_packages(gt.__path__, "gmm_teach."))


def reach(dotted):
    """What attribute access along a dotted name gives."""
    found = gt
    for name in dotted.split(".")[1:]:
        found = getattr(found, name)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_not_hidden_by_another_object(name):
    module = import_module(name)
    assert isinstance(module, ModuleType)
    assert reach(name) is module


CODE = """
import sys
for name in sys.argv[1:]:
    for loaded in [one for one in sys.modules if one.split(".")[0] == "gmm_teach"]:
        del sys.modules[loaded]
    import gmm_teach
    room, file = name.split(".")[1:]
    assert getattr(getattr(gmm_teach, room), file).__name__ == name
"""


def test_files_of_figures_and_demos_are_there_before_anything_is_touched():
    names = [name for name in NAMES if name.count(".") == 2 and name.split(".")[1] == "figures"]
    assert len(names) > 8
    subprocess.run([sys.executable, "-c", CODE, *names, "gmm_teach.widgets.demos"], check=True)


def test_every_demo_has_a_file_and_is_called_by_its_name():
    files = [name.rpartition(".")[2] for name in NAMES if name.startswith("gmm_teach.widgets.demos.")]
    assert set(files) == set(gt.widgets.__all__) - {"Stage", "explorer", "player"}
    for name in files:
        assert getattr(gt.widgets, name).__module__ == f"gmm_teach.widgets.demos.{name}"

"""Public functions and methods say what they return, and what they are for."""

import inspect
import pkgutil
from importlib import import_module

import pytest

import gmm_teach as gt

MODULES = ["gmm_teach", *sorted(found.name for found in pkgutil.walk_packages(gt.__path__, "gmm_teach."))]


def is_public(name):
    return not name.startswith("_") or name == "__call__"


def functions(module):
    """The public functions of a module and the public methods of its public classes, {name: function}."""
    found = {}
    for name, thing in vars(module).items():
        if not is_public(name) or getattr(thing, "__module__", None) != module.__name__:
            continue
        function = inspect.unwrap(thing) if callable(thing) else None
        if inspect.isfunction(function) and function.__name__ == name:
            found[name] = function
        if inspect.isclass(thing):
            found |= {f"{name}.{method}": function for method, function in methods(thing)}
    return found


def methods(owner):
    """(name, function) of each public method, class method and property that a class defines itself."""
    for name in filter(is_public, vars(owner)):
        thing = inspect.getattr_static(owner, name)
        thing = getattr(thing, "fget", None) or getattr(thing, "__func__", None) or thing
        if inspect.isfunction(thing) and thing.__name__ == name:  # a function as a default value is no method
            yield name, thing


def test_the_functions_of_a_module_are_found():
    from gmm_teach import params

    found = functions(params)
    assert {"constrain", "Mixture.permuted", "Mixture.n_components"} <= found.keys()
    assert all(is_public(part) for name in found for part in name.split("."))
    assert "COVARIANCE_TYPES" not in found


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_say_what_they_return(name):
    found = functions(import_module(name))
    silent = [path for path, function in found.items() if "return" not in function.__annotations__]
    assert not silent, ", ".join(silent)


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_have_docstrings(name):
    """Their own, or that of the method which they override."""
    found = functions(import_module(name))
    silent = [path for path, function in found.items() if not inspect.getdoc(function)]
    assert not silent, ", ".join(silent)

"""The examples in docstrings print what they say."""

import doctest
import io
import pkgutil
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest

import gmm_teach as gt

MODULES = ["gmm_teach", *sorted(found.name for found in pkgutil.walk_packages(gt.__path__, "gmm_teach."))]
AS_NUMPY_PRINTS = {"precision": 8, "threshold": 1000, "edgeitems": 3, "linewidth": 75, "suppress": False}
WRONG = '''
def mean(X):
    """The mean.

    >>> mean(np.array([1.0, 2.0, 6.0])).tolist()
    3.0
    >>> gt.COVARIANCE_TYPES[0]
    'tied'
    >>> mean(4)
    """
    return X.mean()
'''


def surprises(module):
    """What the examples of a module print otherwise than they say. They know `gt`, `np` and the module."""
    told = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False)
    with np.printoptions(**AS_NUMPY_PRINTS):
        for found in doctest.DocTestFinder().find(module, extraglobs={"gt": gt, "np": np}):
            runner.run(found, out=told.write)
    return told.getvalue()


@pytest.mark.parametrize("name", MODULES)
def test_examples_print_what_they_say(name):
    told = surprises(import_module(name))
    assert told == "", told


def test_an_example_that_prints_otherwise_is_found():
    module = ModuleType("module")
    exec(WRONG, module.__dict__)
    told = surprises(module)
    assert "Expected:\n    'tied'\nGot:\n    'full'" in told
    assert "AttributeError: 'int' object has no attribute 'mean'" in told
    assert told.count("Failed example") == 2

"""The package's own code, shown in a notebook."""

import numpy as np
import pytest

import gmm_teach as gt

MIXTURE = gt.Mixture([1], [[0]], [[[1]]])


@pytest.mark.parametrize(
    ("shown", "begin"),
    [
        (gt.fit, "def fit("),
        (gt.Trace, "class Trace(NamedTuple):"),
        (MIXTURE.permuted, "def permuted(self, order) -> "),
        (gt.kmeans, '"""k-means'),
        (gt, '"""Gaussian mixtures and EM'),
        (gt.frames.save, "def save(trace, path"),
    ],
)
def test_functions_classes_and_modules_are_shown(shown, begin):
    assert repr(gt.show_source(shown)).startswith(begin)


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (len, "the builtin_function_or_method len"),
        (np.mean, "mean"),
        (np.exp, "the ufunc exp"),
        (np, "the module numpy"),
        (lambda x: x, "the function <lambda>"),
        (MIXTURE, "the Mixture"),
        (gt.Trace.mixture, "the property"),
        (gt.Trace._replace, "the function _replace"),
        (gt.COVARIANCE_TYPES, "the tuple"),
        ("e_step", "the str"),
        (None, "the NoneType"),
    ],
)
def test_any_other_object_is_named(other, name):
    with pytest.raises(TypeError, match=rf"functions, classes and modules of gmm_teach, got .*{name};"):
        gt.show_source(other)

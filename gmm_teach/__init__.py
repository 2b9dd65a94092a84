"""Gaussian mixtures and EM, to be read and watched half-step by half-step.

`import gmm_teach as gt` loads NumPy only. `gt.plots`, `gt.views`, `gt.frames`, `gt.figures`,
`gt.widgets` and `gt.checks` load on first use. The symbols are explained in `gmm_teach.params`.
"""

from importlib import import_module

from . import (
    datasets,
    em,
    gaussian,
    kmeans,
    loops,
    mixture,
    params,
    selection,
    starts,
    vectorized,
)
from .diagnosis import EMWarning
from .em import fit, run_em
from .engine import fast
from .gaussian import ellipse_axes, log_gaussian, log_gaussian_1d, log_sum_exp
from .mixture import elbo, log_density, log_joint, log_likelihood, responsibilities, sample
from .params import COVARIANCE_TYPES, Collapsed, Mixture
from .selection import aic, bic, held_out, match_components, match_labels, n_parameters
from .trace import Step, Trace

__version__ = "0.1.0"

# A file imports only files above it; of a folder's files, also those beside it.
READING_ORDER = (
    "words",
    "validate",
    "params",
    "gaussian",
    "mixture",
    "kmeans",
    "loops",
    "vectorized",
    "engine",
    "diagnosis",
    "starts",
    "trace",
    "em",
    "selection",
    "datasets",
    "source",
    "plots",
    "views",
    "page",
    "frames",
    "figures",
    "widgets",
    "checks",
)

__all__ = [
    "COVARIANCE_TYPES",
    "Collapsed",
    "EMWarning",
    "Mixture",
    "Step",
    "Trace",
    "aic",
    "bic",
    "checks",
    "datasets",
    "elbo",
    "ellipse_axes",
    "em",
    "fast",
    "figures",
    "fit",
    "frames",
    "gaussian",
    "held_out",
    "kmeans",
    "log_density",
    "log_gaussian",
    "log_gaussian_1d",
    "log_joint",
    "log_likelihood",
    "log_sum_exp",
    "loops",
    "match_components",
    "match_labels",
    "mixture",
    "n_parameters",
    "params",
    "plots",
    "responsibilities",
    "run_em",
    "sample",
    "selection",
    "show",
    "show_source",
    "starts",
    "vectorized",
    "views",
    "widgets",
]

_ON_FIRST_USE = ("plots", "views", "frames", "figures", "widgets", "checks")
_NAMES_ON_FIRST_USE = {"show_source": "source", "show": "figures"}


def __getattr__(name):
    if name in _ON_FIRST_USE:
        return import_module(f"{__name__}.{name}")
    if name in _NAMES_ON_FIRST_USE:
        return getattr(import_module(f"{__name__}.{_NAMES_ON_FIRST_USE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return __all__

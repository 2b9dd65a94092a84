"""Gaussian mixtures and EM, to be read and watched half-step by half-step.

`import gmm_teach as gt` loads NumPy only. `gt.plots`, `gt.views`, `gt.frames`, `gt.figures`,
`gt.widgets` and `gt.checks` load on first use. The symbols are explained in `gmm_teach.params`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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
from .any_model import run_model
from .cutting import blocks_of
from .diagnosis import EMWarning
from .em import run_em
from .engine import fast
from .floor import relative_floor
from .gaussian import ellipse_axes, log_gaussian, log_gaussian_1d, log_sum_exp
from .information import standard_errors
from .many_blocks import run_em_blocks
from .matching import match_components, match_labels
from .merging import merge_components
from .mixture import elbo, log_density, log_joint, log_likelihood, responsibilities, sample
from .params import COVARIANCE_TYPES, Collapsed, Mixture
from .restarts import fit
from .scikit_learn import OF_THE_PACKAGE, no_attribute
from .selection import aic, bic, held_out, n_parameters
from .trace import Step, Trace

if TYPE_CHECKING:  # what `__getattr__` loads on first use, told to editors
    from . import checks, figures, frames, plots, views, widgets
    from .figures import show
    from .source import show_source

__version__ = "0.1.0"

# A file imports only files above it; of a folder's files, also those beside it.
READING_ORDER = (
    "words",
    "arrays",
    "file_blocks",
    "validate",
    "arguments",
    "scikit_learn",
    "params",
    "gaussian",
    "mixture",
    "kmeans",
    "loops",
    "vectorized",
    "broken_halves",
    "engine",
    "spread",
    "floor",
    "starts",
    "trace",
    "diagnosis",
    "adapters",
    "options",
    "reader",
    "progress",
    "em",
    "any_model",
    "cutting",
    "block_sums",
    "block_steps",
    "many_blocks",
    "restarts",
    "selection",
    "matching",
    "information",
    "merging",
    "csv_files",
    "labels",
    "csv_tables",
    "frame_columns",
    "dataset",
    "own_data",
    "made_data",
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
    "blocks_of",
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
    "merge_components",
    "mixture",
    "n_parameters",
    "params",
    "plots",
    "relative_floor",
    "responsibilities",
    "run_em",
    "run_em_blocks",
    "run_model",
    "sample",
    "selection",
    "show",
    "show_source",
    "standard_errors",
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
    raise no_attribute(f"module {__name__!r}", name, OF_THE_PACKAGE)


def __dir__():
    return __all__

"""Named data sets: made ones from a seed, some of any size n, and real ones from CSV files."""

import os

import numpy as np

from .csv_files import read_rows, to_number
from .dataset import Dataset
from .made_data import cigars, half_moons, ring, uniform, with_outliers
from .mixture import sample
from .own_data import dataset_from_csv, from_csv, from_frame, to_csv
from .params import Mixture
from .validate import check_choice

__all__ = [
    "Dataset",
    "cigars",
    "dataset_from_csv",
    "from_csv",
    "from_frame",
    "half_moons",
    "load",
    "names",
    "ring",
    "to_csv",
    "uniform",
    "with_outliers",
]
FOLDER = os.path.join(os.path.dirname(__file__), "data")


def load(name) -> Dataset:
    """Return the named `Dataset`; `names()` lists the names. The same numbers on every machine."""
    check_choice("name", name, _DATASETS)
    return _DATASETS[name]()


def names() -> tuple:
    """The names that `load` knows."""
    return tuple(_DATASETS)


def _made(seed, n, about, weights, means, covariances, columns=None):
    truth = Mixture(weights, means, covariances)
    X, z = sample(truth, n, np.random.default_rng(seed))
    return Dataset(X, z, truth, about, columns or ("x", "y"))


def _ellipse(length, width, degrees):
    """Covariance (2, 2) of an ellipse with these semi-axes, its long one turned from the x axis."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([length**2, width**2]) @ turn.T


def _three_blobs():
    about = "300 made points from three Gaussians: a round one, a wide one and a tilted one."
    covariances = [_ellipse(0.7, 0.7, 0), _ellipse(1.4, 0.5, 0), _ellipse(1.5, 0.5, 60)]
    return _made(18, 300, about, [0.3, 0.3, 0.4], [[-2, 2.5], [2.5, 3], [1, -1.5]], covariances)


def _document_c():
    about = "The 100 points of document C, drawn from three Gaussians with weights 1/4, 1/2 and 1/4."
    tilted = [[0.92, 0.38], [0.38, 0.91]]
    truth = Mixture(
        [0.25, 0.5, 0.25],
        [[5, 0], [1, 1], [0, 5]],
        [np.eye(2) / 2, tilted, np.eye(2) / 2],
    )
    return Dataset(
        from_csv(os.path.join(FOLDER, "document_c.csv"), ("x", "y")), None, truth, about, ("x", "y")
    )


def _two_sources():
    about = "2000 made numbers from N(0, 2^2) and 2000 from N(5, 5^2): the 1-D pair of document C."
    truth = Mixture([0.5, 0.5], [[0], [5]], [[[4]], [[25]]])
    rng = np.random.default_rng(5)
    X = np.concatenate([0 + 2 * rng.standard_normal(2000), 5 + 5 * rng.standard_normal(2000)])
    return Dataset(X[:, np.newaxis], np.repeat([0, 1], 2000), truth, about, ("x",))


def _old_faithful():
    about = (
        "272 eruptions of the Old Faithful geyser: how long each took, and how long the wait for "
        "the next was (Azzalini and Bowman 1990)."
    )
    X = from_csv(os.path.join(FOLDER, "old_faithful.csv"), ("eruptions", "waiting"))
    return Dataset(X, None, None, about, ("eruption (min)", "waiting (min)"))


def _penguins():
    about = (
        "Bill and body of 342 penguins of three species; z is the species: Adelie, Chinstrap, "
        "Gentoo (Horst, Hill and Gorman 2020, CC0). Two birds without measurements are left out."
    )
    measures = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    species = ("Adelie", "Chinstrap", "Gentoo")
    rows = [
        (line, row)
        for line, row in read_rows(os.path.join(FOLDER, "penguins.csv"), ("species", *measures))[1]
        if row["bill_length_mm"]
    ]
    X = np.array([[to_number(row[name], line, name) for name in measures] for line, row in rows])
    z = np.array([species.index(row["species"]) for _, row in rows])
    columns = ("bill length (mm)", "bill depth (mm)", "flipper (mm)", "body mass (g)")
    return Dataset(X, z, None, about, columns)


def _pairs5():
    about = (
        "500 made points from five Gaussians, two pairs of them close together: restarts often "
        "miss one and share another."
    )
    means = [[-4, 0], [-2.6, 1.2], [3, 2], [4.4, 3.2], [1, -4]]
    covariances = [_ellipse(0.7, 0.5, 30)] * 4 + [_ellipse(1.2, 0.8, 0)]
    return _made(3, 500, about, [0.2] * 5, means, covariances)


def _cross():
    about = "400 made points from two long Gaussians that cross: one centre, two directions."
    covariances = [_ellipse(3, 0.4, 35), _ellipse(3, 0.4, -35)]
    return _made(7, 400, about, [0.5, 0.5], [[0, 0], [0, 0]], covariances)


_DATASETS = {
    "three_blobs": _three_blobs,
    "document_c": _document_c,
    "two_sources": _two_sources,
    "old_faithful": _old_faithful,
    "penguins": _penguins,
    "pairs5": _pairs5,
    "cross": _cross,
    "ring": ring,
    "half_moons": half_moons,
    "uniform": uniform,
    "cigars": cigars,
    "with_outliers": with_outliers,
}

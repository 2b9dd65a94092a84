"""EM by Spark MLlib, from a start of ours: its RDD-based GaussianMixture, the one that takes a start.

It is called in the JVM, where its points are too, so that Python takes no part in an iteration.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import gmm_teach as gt

MEMORY = "8g"
LINES = 500_000  # written at a time


@contextmanager
def session(cores: int) -> Iterator:
    """A SparkContext on this machine, with so many cores."""
    from pyspark.sql import SparkSession

    options = {"spark.driver.memory": MEMORY, "spark.ui.enabled": "false", "spark.log.level": "OFF"}
    options["spark.ui.showConsoleProgress"] = "false"
    options |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    spark = SparkSession.builder.master(f"local[{cores}]").config(map=options).getOrCreate()
    try:
        yield spark.sparkContext
    finally:
        spark.stop()


def points(context, X: np.ndarray, folder: Path):
    """Points X (N, D) as vectors in the memory of the JVM."""
    path = folder / "points.txt"
    with path.open("w", encoding="ascii") as file:
        for begin in range(0, len(X), LINES):
            file.writelines(f"{row}\n" for row in X[begin : begin + LINES].tolist())
    loaded = context._jvm.org.apache.spark.mllib.util.MLUtils.loadVectors(context._jsc.sc(), str(path))
    loaded = loaded.cache()
    assert loaded.count() == len(X)
    path.unlink()
    return loaded


def is_here() -> bool:
    """Whether pyspark and a Java are installed."""
    return bool(find_spec("pyspark") and shutil.which("java"))


def fit(context, loaded, start: gt.Mixture, iterations: int) -> gt.Mixture:
    """The mixture after so many iterations from a start."""
    java = context._jvm.org.apache.spark.mllib
    dense = java.linalg.Vectors.dense
    D = start.n_features
    normals = context._gateway.new_array(java.stat.distribution.MultivariateGaussian, start.n_components)
    for k, (mean, covariance) in enumerate(zip(start.means, start.covariances, strict=True)):
        matrix = java.linalg.Matrices.dense(D, D, _doubles(context, covariance.ravel()))
        normals[k] = java.stat.distribution.MultivariateGaussian(dense(_doubles(context, mean)), matrix)
    model = java.clustering.GaussianMixtureModel(_doubles(context, start.weights), normals)
    em = java.clustering.GaussianMixture().setK(start.n_components).setInitialModel(model)
    found = em.setConvergenceTol(0.0).setMaxIterations(iterations).run(loaded)
    gaussians = list(found.gaussians())
    means = [list(one.mu().toArray()) for one in gaussians]
    covariances = [np.reshape(list(one.sigma().toArray()), (D, D)) for one in gaussians]
    return gt.Mixture(list(found.weights()), means, covariances)


def _doubles(context, numbers):
    """Numbers as an array of the JVM."""
    array = context._gateway.new_array(context._jvm.double, len(numbers))
    for i, number in enumerate(numbers):
        array[i] = float(number)
    return array

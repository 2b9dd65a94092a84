"""Draw the film on the README's first page: docs/three_blobs.gif."""

from pathlib import Path

import numpy as np

import gmm_teach as gt

blobs = gt.datasets.load("three_blobs")
start = gt.starts.random_points(blobs.X, 3, np.random.default_rng(19))
trace = gt.run_em(blobs.X, start, tol=1e-4)
path = Path(__file__).parents[1] / "docs" / "three_blobs.gif"
gt.frames.save(trace, path, title="Three blobs, K = 3", dpi=80)

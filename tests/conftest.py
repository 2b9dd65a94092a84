import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import gmm_teach as gt

settings.register_profile(
    "fixed",
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fixed")


@pytest.fixture(scope="session", params=["loops", "vectorized", "fast"])
def engine(request):
    return getattr(gt, request.param)


@pytest.fixture(scope="session")
def assert_near():
    """Assert that no entry is farther off than `relative` times the largest entry of `desired`."""

    def check(actual, desired, relative):
        np.testing.assert_allclose(actual, desired, rtol=0, atol=relative * np.abs(desired).max())

    return check


@pytest.fixture(scope="session")
def assert_same_mixture(assert_near):
    def check(actual, desired, relative):
        for one, other in zip(actual, desired, strict=True):
            assert_near(one, other, relative)

    return check


@pytest.fixture(scope="session")
def two_blobs():
    """100 points of two overlapping Gaussians in 2-D, and a start for them."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((100, 2))
    X[60:] += [3, 2]
    X.setflags(write=False)
    return X, gt.starts.from_rows(X, [0, 1])

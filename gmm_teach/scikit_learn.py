"""Coming from scikit-learn: what its names are called here, and the parameters of what it has fitted."""

from difflib import get_close_matches

import numpy as np

OF_A_MIXTURE = {
    "predict_proba": "gt.responsibilities(X, mixture)",
    "predict": "gt.responsibilities(X, mixture).argmax(axis=1)",
    "fit_predict": "gt.fit(X, n_components).responsibilities.argmax(axis=1)",
    "score_samples": "gt.log_density(X, mixture)",
    "score": "gt.log_density(X, mixture).mean()",
    "logpdf": "gt.log_density(X, mixture)",
    "pdf": "np.exp(gt.log_density(X, mixture))",
    "sample": "gt.sample(mixture, n, rng)",
    "rvs": "gt.sample(mixture, n, rng)",
    "fit": "gt.fit(X, n_components) or gt.run_em(X, start)",
    "aic": "gt.aic(gt.fit(X, n_components))",
    "bic": "gt.bic(gt.fit(X, n_components))",
    "weights_": "mixture.weights",
    "means_": "mixture.means",
    "covariances_": "mixture.covariances",
    "precisions_": "np.linalg.inv(mixture.covariances)",
    "log_likelihood": "gt.log_likelihood(X, mixture)",
    "responsibilities": "gt.responsibilities(X, mixture)",
    "log_density": "gt.log_density(X, mixture)",
    "K": "mixture.n_components",
    "D": "mixture.n_features",
    "pi": "mixture.weights",
    "mu": "mixture.means",
    "sigma": "mixture.covariances",
}
OF_A_TRACE = {
    "predict_proba": "gt.responsibilities(X, trace.mixture)",
    "predict": "trace.responsibilities.argmax(axis=1)",
    "fit_predict": "trace.responsibilities.argmax(axis=1)",
    "labels_": "trace.responsibilities.argmax(axis=1)",
    "score_samples": "gt.log_density(X, trace.mixture)",
    "score": "gt.log_density(X, trace.mixture).mean()",
    "sample": "gt.sample(trace.mixture, n, rng)",
    "fit": "gt.fit(X, n_components) or gt.run_em(X, start)",
    "aic": "gt.aic(trace)",
    "bic": "gt.bic(trace)",
    "weights_": "trace.mixture.weights",
    "means_": "trace.mixture.means",
    "covariances_": "trace.mixture.covariances",
    "precisions_": "np.linalg.inv(trace.mixture.covariances)",
    "weights": "trace.mixture.weights",
    "means": "trace.mixture.means",
    "covariances": "trace.mixture.covariances",
    "n_components": "trace.mixture.n_components",
    "n_features": "trace.mixture.n_features",
    "n_features_in_": "trace.mixture.n_features",
    "converged_": 'trace.status == "converged"',
    "converged": 'trace.status == "converged"',
    "n_iter_": "trace.iterations",
    "n_iter": "trace.iterations",
    "lower_bound_": "trace.elbos[-1] / len(trace.X)",
    "lower_bounds_": "trace.elbos / len(trace.X)",
    "random_state": "trace.seed",
}
OF_THE_PACKAGE = {
    "GaussianMixture": "gt.fit(X, n_components)",
    "BayesianGaussianMixture": "gt.fit(X, n_components)",
    "KMeans": "gt.kmeans.run(X, means)",
    "predict_proba": "gt.responsibilities(X, mixture)",
    "predict": "gt.responsibilities(X, mixture).argmax(axis=1)",
    "fit_predict": "gt.fit(X, n_components).responsibilities.argmax(axis=1)",
    "score_samples": "gt.log_density(X, mixture)",
    "score": "gt.log_density(X, mixture).mean()",
    "e_step": "gt.vectorized.e_step(X, mixture)",
    "m_step": "gt.vectorized.m_step(X, responsibilities)",
    "load": "gt.datasets.load(name)",
    "Dataset": "gt.datasets.Dataset",
    "explorer": "gt.widgets.explorer()",
    "player": "gt.widgets.player(trace)",
}
ARGUMENTS = {
    "random_state": "seed=0",
    "rng": "seed=0",
    "n_init": "starts=10",
    "n_starts": "starts=10",
    "init_params": 'start="kmeans"',
    "init": 'start="kmeans"',
    "n_iter": "max_iter=200",
    "iterations": "max_iter=200",
    "tolerance": "tol=1e-6",
    "reg": "reg_covar, in the squared unit of X",
    "floor": "reg_covar, in the squared unit of X",
    "cov_type": 'covariance_type="full"',
    "K": "n_components",
    "k": "n_components",
    "n_clusters": "n_components",
    "means_init": "gt.run_em(X, gt.starts.from_means(X, means))",
    "weights_init": "gt.run_em(X, gt.Mixture(weights, means, covariances))",
    "precisions_init": "gt.run_em(X, gt.Mixture(weights, means, covariances))",
    "warm_start": "gt.run_em(X, trace.mixture)",
    "verbose": "gt.views, which show the trace",
    "verbose_interval": "gt.views, which show the trace",
}
FITTED = ("weights_", "means_", "covariances_")


def no_attribute(owner, name, names) -> AttributeError:
    """The error for a name that `owner` has not; `names` are those from elsewhere, and what to call here."""
    hint = f"; use {names[name]}" if name in names else ""
    return AttributeError(f"{owner} has no attribute {name!r}{hint}")


def check_known(function, options, known) -> None:
    """Raise a TypeError unless each of the options (a dict) is known; it says what is meant here."""
    for name in options:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known)}"
            hint = f"use {ARGUMENTS[name]}" if name in ARGUMENTS else hint
            raise TypeError(f"{function} has no argument {name!r}; {hint}")


def parameters_of(fitted) -> tuple:
    """Weights (K,), means (K, D) and covariances (K, D, D) of a fitted GaussianMixture of scikit-learn.

    All four covariance types, in float64 or float32; of a BayesianGaussianMixture, its point estimates.
    Raises TypeError for another object, ValueError for one that is not fitted yet.
    """
    kind = type(fitted).__name__
    if isinstance(fitted, type) or not hasattr(fitted, "fit") or not hasattr(fitted, "covariance_type"):
        wanted = "a fitted GaussianMixture or BayesianGaussianMixture of scikit-learn"
        raise TypeError(f"fitted must be {wanted}, got {kind}")
    if not all(hasattr(fitted, name) for name in FITTED):
        raise ValueError(f"this {kind} is not fitted yet; call its fit(X) first")
    weights, means, stored = (np.asarray(getattr(fitted, name), dtype=np.float64) for name in FITTED)
    K, D = means.shape
    covariances = {
        "full": lambda: stored,  # (K, D, D)
        "tied": lambda: np.tile(stored, (K, 1, 1)),  # (D, D)
        "diag": lambda: stored[:, :, np.newaxis] * np.eye(D),  # (K, D)
        "spherical": lambda: stored[:, np.newaxis, np.newaxis] * np.eye(D),  # (K,)
    }[fitted.covariance_type]()
    symmetric = (covariances + covariances.swapaxes(1, 2)) / 2  # float32 rounds each side by itself
    return weights / weights.sum(), means, symmetric

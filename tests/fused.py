"""One fused step of `fast`, as the loop of a run takes it."""

from gmm_teach import fast


def fused_step(X, mixture, covariance_type="full", reg_covar=0.0):
    """The next mixture, the log-likelihood of the given one, the bound after M, and the half-steps."""
    halves = fast.Fused(X, mixture.n_components, (covariance_type, reg_covar))
    handed, log_likelihood = halves.e_step(X, mixture)
    following = halves.m_step(X, handed)
    return following, log_likelihood, halves.elbo(X, following, handed), halves

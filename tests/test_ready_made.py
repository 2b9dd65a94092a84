"""Exercises notice a function that is their answer already."""

import numpy as np
import pytest
from scipy.special import logsumexp

import gmm_teach as gt
from gmm_teach.checks.survive_tiny_numbers import log_sum_exp


def by_the_package(a):
    return gt.log_sum_exp(a, axis=1)


def by_scipy(a):
    return logsumexp(a, axis=1)


def row_by_row(a):
    return np.array([logsumexp(row) for row in a])


def imported_inside(a):
    from scipy.special import logsumexp as short

    return short(a, axis=1)


@pytest.mark.parametrize("attempt", [by_the_package, by_scipy, row_by_row, imported_inside, gt.log_sum_exp])
def test_a_ready_made_answer_is_noticed(attempt):
    feedback = log_sum_exp(attempt)
    assert feedback.passed is False
    assert "has made them" in feedback.text


def test_ones_own_answer_of_the_same_name_is_none():
    def logsumexp(a):
        m = a.max(axis=1)
        return m + np.log(np.exp(a - m[:, np.newaxis]).sum(axis=1))

    assert log_sum_exp(logsumexp).passed


def test_a_wrong_answer_hears_of_its_mistake_first():
    assert "mean" in log_sum_exp(lambda a: gt.log_sum_exp(a, axis=1) - np.log(a.shape[1])).text


def test_those_that_have_one_are_known():
    named = {
        check.name: check.ready_made
        for module in gt.checks.NOTEBOOKS
        for check in vars(module).values()
        if getattr(check, "ready_made", ())
    }
    assert {"mixture_pdf", "sample", "log_sum_exp", "log_likelihood", "soft_assign_1d", "kmeans_assign"} <= {
        *named
    }
    assert all(named.values())

"""Feedback on the exercises of the notebooks: one file for each notebook."""

from ..validate import check_kind
from . import (
    chicken_and_egg,
    choose_k_and_the_shape,
    fit_one_bell_curve,
    give_the_bell_a_shape,
    mix_and_sample,
    run_the_whole_film,
    say_how_sure_you_are,
    starts_and_failures,
    survive_tiny_numbers,
    take_it_to_many_machines,
    the_e_step_twice,
    the_m_step_twice,
    use_a_mixture,
    watch_em_think,
    why_em_climbs,
)
from .feedback import Feedback
from .progress import Summary, checks_of, hand_in, rows_of

NOTEBOOKS = (
    watch_em_think,
    fit_one_bell_curve,
    give_the_bell_a_shape,
    mix_and_sample,
    survive_tiny_numbers,
    chicken_and_egg,
    the_e_step_twice,
    the_m_step_twice,
    run_the_whole_film,
    starts_and_failures,
    choose_k_and_the_shape,
    use_a_mixture,
    why_em_climbs,
    say_how_sure_you_are,
    take_it_to_many_machines,
)

for _module in NOTEBOOKS:
    for _name, _check in checks_of(_module).items():
        _check.address = f"gt.checks.{_module.__name__.rpartition('.')[2]}.{_name}"


def summary(file=None, *, name="") -> Summary:
    """How far the exercises are done of each notebook that has been begun in this session.

    Parameters
    ----------
    file : str or Path, optional
        A CSV file to hand in: a row for each exercise, with its state and the number of tries. Rows of
        other notebooks that it holds already stay.
    name : str, default ""
        Who hands it in; nothing else in the file is about the learner.

    Returns
    -------
    Summary

    Raises
    ------
    TypeError
        If name is no text.
    ValueError
        If the file holds something else.

    Examples
    --------
    >>> import gmm_teach as gt
    >>> gt.checks.watch_em_think.ellipse_mover("M")
    Right. The M-step re-estimates weights, means and covariances: the ellipses.
    >>> [row[:3] for row in gt.checks.summary().rows if row[1] == "ellipse_mover"]
    [('watch_em_think', 'ellipse_mover', 'right')]
    """
    check_kind("name", name, str)
    begun = [module for module in NOTEBOOKS if any(check.tries for check in checks_of(module).values())]
    rows = rows_of(begun)
    if file is not None:
        hand_in(rows, file, name)
    return Summary(rows)


__all__ = [
    "Feedback",
    "Summary",
    "chicken_and_egg",
    "choose_k_and_the_shape",
    "fit_one_bell_curve",
    "give_the_bell_a_shape",
    "mix_and_sample",
    "run_the_whole_film",
    "say_how_sure_you_are",
    "starts_and_failures",
    "summary",
    "survive_tiny_numbers",
    "take_it_to_many_machines",
    "the_e_step_twice",
    "the_m_step_twice",
    "use_a_mixture",
    "watch_em_think",
    "why_em_climbs",
]

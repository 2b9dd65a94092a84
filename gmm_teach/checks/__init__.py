"""Feedback on the exercises of the notebooks: one file for each notebook."""

from . import (
    chicken_and_egg,
    choose_k_and_the_shape,
    fit_one_bell_curve,
    give_the_bell_a_shape,
    mix_and_sample,
    run_the_whole_film,
    starts_and_failures,
    survive_tiny_numbers,
    the_e_step_twice,
    the_m_step_twice,
    use_a_mixture,
    watch_em_think,
    why_em_climbs,
)
from .feedback import Feedback

__all__ = [
    "Feedback",
    "chicken_and_egg",
    "choose_k_and_the_shape",
    "fit_one_bell_curve",
    "give_the_bell_a_shape",
    "mix_and_sample",
    "run_the_whole_film",
    "starts_and_failures",
    "survive_tiny_numbers",
    "the_e_step_twice",
    "the_m_step_twice",
    "use_a_mixture",
    "watch_em_think",
    "why_em_climbs",
]

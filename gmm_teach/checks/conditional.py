"""Feedback for notebook 11, the exercise on one column from the other."""

import numpy as np

from ..gaussian import log_gaussian_1d
from ..mixture import responsibilities
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import TILTED, TWO, WEIGHTS
from .formulas import shared_out

MIXTURE = Mixture(WEIGHTS, [[0.0, 0.0], [2.0, 0.5], [-0.5, 2.5]], TILTED)


def _wait_after(mixture, minutes, weights=None, slopes=None, means=None, variances=None):
    """The conditional mixture, in which some of the parts may be another function."""
    at, known = mixture.means[:, 0], mixture.covariances[:, 0, 0]
    joint, wanted = mixture.covariances[:, 0, 1], mixture.covariances[:, 1, 1]
    shares = shared_out(mixture.weights * np.exp(log_gaussian_1d(minutes, at, known)), axis=0)
    if not np.isfinite(shares).all():
        shares = responsibilities([[minutes]], _first_column(mixture))[0]
    slope = joint / known if slopes is None else slopes(joint, known, wanted)
    means = mixture.means[:, 1] + slope * (minutes - at) if means is None else means(slope, at)
    left = wanted - joint**2 / known if variances is None else variances(joint, known, wanted)
    return shares if weights is None else weights(shares), means, left


def _first_column(mixture):
    return Mixture(mixture.weights, mixture.means[:, :1], mixture.covariances[:, :1, :1])


def _instead(**parts):
    return lambda mixture, minutes: _wait_after(mixture, minutes, **parts)


def _without_weights(mixture, minutes):
    even = mixture._replace(weights=np.full(len(mixture.weights), 1 / len(mixture.weights)))
    return _wait_after(even, minutes)


def _not_shared_out(mixture, minutes):
    _, *rest = _wait_after(mixture, minutes)
    density = np.exp(log_gaussian_1d(minutes, mixture.means[:, 0], mixture.covariances[:, 0, 0]))
    return mixture.weights * density, *rest


wait_after = Exercise(
    name="wait_after",
    about="wait_after(mixture, minutes): weights, means, variances (K,) of the wait after such an eruption",
    answer=_wait_after,
    parts=("weights", "means", "variances"),
    fixtures=((MIXTURE, 0.7), (TWO, -1.4), (MIXTURE, 2.2), (TWO, 90.0)),
    mistakes=(
        Mistake(
            lambda mixture, minutes: (
                mixture.weights,
                mixture.means[:, 1],
                mixture.covariances[:, 1, 1],
            ),
            "These are the waits after any eruption. What does its length tell about the component?",
        ),
        Mistake(
            lambda mixture, minutes: (mixture.weights, *_wait_after(mixture, minutes)[1:]),
            "Your weights are those of the mixture. But the eruption speaks for some components more than "
            "for others: what are their responsibilities for its length?",
        ),
        Mistake(
            _without_weights,
            "In your weights, the components start out equal. Multiply each density by its weight first.",
        ),
        Mistake(
            _not_shared_out,
            "Your weights do not sum to 1: divide them by their sum.",
        ),
        Mistake(
            lambda mixture, minutes: (
                _wait_after(mixture, minutes)[0],
                mixture.means[:, 1],
                _wait_after(mixture, minutes)[2],
            ),
            "Your means do not move with the eruption. Each component is tilted: follow its line.",
        ),
        Mistake(
            _instead(slopes=lambda joint, known, wanted: joint / wanted),
            "Your slopes are divided by the variance of the wait. Divide by that of the eruption.",
        ),
        Mistake(
            _instead(slopes=lambda joint, known, wanted: joint),
            "Your slopes are covariances: what are they divided by in (11.3)?",
        ),
        Mistake(
            lambda mixture, minutes: (
                _wait_after(mixture, minutes)[0],
                mixture.means[:, 1] + mixture.covariances[:, 0, 1] / mixture.covariances[:, 0, 0] * minutes,
                _wait_after(mixture, minutes)[2],
            ),
            "You multiply the slope by the length itself. What counts is how far it is from the mean.",
        ),
        Mistake(
            _instead(variances=lambda joint, known, wanted: wanted),
            "Your variances are those before the eruption was known. Knowing it leaves less.",
        ),
        Mistake(
            _instead(variances=lambda joint, known, wanted: np.sqrt(wanted - joint**2 / known)),
            "These are deviations. The third part is the variances.",
        ),
        Mistake(
            _instead(variances=lambda joint, known, wanted: wanted - joint / known),
            "In the variances the covariance is squared.",
        ),
        Mistake(
            _instead(variances=lambda joint, known, wanted: wanted + joint**2 / known),
            "Your variances grow. Knowing the eruption makes the wait more certain, not less.",
        ),
        Mistake(
            lambda mixture, minutes: _wait_after(
                mixture._replace(
                    means=mixture.means[:, ::-1], covariances=mixture.covariances[:, ::-1, ::-1]
                ),
                minutes,
            ),
            "You took the columns the other way round: column 0 is the eruption, which is known.",
        ),
    ),
    hints=(
        (
            r"in weights (is|are) NaN",
            "Far from all components exp gives 0 / 0. Share out the logarithms, as in notebook 06.",
        ),
    ),
    praise="Each component foretells a wait by its own line, and the eruption says how much each counts.",
)

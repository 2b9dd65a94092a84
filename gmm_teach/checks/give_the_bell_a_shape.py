"""Feedback for notebook 02, Give the bell a shape."""

import numpy as np

from ..gaussian import LOG_2PI
from ..gaussian import ellipse_axes as package_axes
from ..gaussian import log_gaussian as package_log_gaussian
from ..params import Mixture
from .exercises import Exercise, Mistake
from .fixtures import points
from .questions import Question

TWO = (np.array([1.0, -0.5]), np.array([[2.0, 0.9], [0.9, 0.7]]))
THREE = (np.array([0.3, 2.0, -1.0]), np.array([[1.5, 0.4, -0.3], [0.4, 0.8, 0.1], [-0.3, 0.1, 2.2]]))


def _alone(mean, covariance):
    """A mixture of one component."""
    return Mixture([1], [mean], [covariance])


SEVEN_POINTS = points(_alone(*TWO), 7, 1)
FIVE_POINTS = points(_alone(*THREE), 5, 2)
CLOUD = points(_alone(*TWO), 211, 3)


free_numbers = Question(
    name="free_numbers",
    about="how many numbers a full covariance in 10-D is free to choose",
    right=55.0,
    mistakes={
        100.0: "You counted all D² entries. The matrix is symmetric: which of them are not free?",
        45.0: "You counted the entries above the diagonal. The variances on it are free too.",
        10.0: "Those are the variances. A full covariance has free entries off its diagonal too.",
        110.0: "That is more than the matrix has entries. You counted each number twice.",
        90.0: "Those are all entries off the diagonal, each pair twice, and the variances are missing.",
        65.0: "You counted the mean too. Asked for is the covariance alone.",
        1.0: "That is a spherical covariance. A full one has a number for each variable and each pair.",
    },
    praise="10 variances and 45 pairs: D(D + 1)/2.",
    how="Answer with one whole number.",
    miss="Count the variances, then the pairs of different variables.",
    rtol=1e-9,
)


def _log_density(log_constant, exponent):
    """A formula of the same build as the log density, from parts that may be wrong."""

    def formula(X, mean, covariance):
        D, log_determinant = len(mean), np.linalg.slogdet(covariance)[1]
        return exponent(X, mean, covariance) - log_constant(D, log_determinant)

    return formula


def _quadratic(difference, matrix):
    return np.sum(difference @ matrix * difference, axis=1)


def _squared(X, mean, covariance):
    return _quadratic(X - mean, np.linalg.inv(covariance))


def _right_constant(D, log_determinant):
    return 0.5 * (D * LOG_2PI + log_determinant)


def _right_exponent(X, mean, covariance):
    return -0.5 * _squared(X, mean, covariance)


def _diagonal_only(X, mean, covariance):
    return package_log_gaussian(X, mean, np.diag(np.diag(covariance)))


log_gaussian = Exercise(
    name="log_gaussian",
    about="log_gaussian(X, mean, covariance): the log density (N,) at X (N, D)",
    answer=package_log_gaussian,
    fixtures=((SEVEN_POINTS, *TWO), (FIVE_POINTS, *THREE)),
    hints=(
        (r"is \(7, 7\)", "That is each point with each other point. Which entries pair a point with itself?"),
        (r"is \(7, 2\)", "Each point needs one number: over which axis must you still add up?"),
        (r"is \(2,\)", "You have a number for each column. Over which axis must you add up?"),
        (
            r"shapes \(7,2\) \(2,2\)",
            "Between arrays, * multiplies entry by entry. Which sign is the matrix product?",
        ),
        (r"shapes \(2,\) \(7,\)", "np.linalg.slogdet returns two things. Which one is the logarithm?"),
        ("core dimension", "The points are the rows of X: on which side of them does the matrix stand?"),
    ),
    mistakes=(
        Mistake(
            _log_density(
                lambda D, log_det: -_right_constant(D, log_det), lambda X, m, S: -_right_exponent(X, m, S)
            ),
            "The sign is wrong: yours grows with the distance.",
        ),
        Mistake(
            lambda X, m, S: 2 * package_log_gaussian(X, m, S),
            "Yours is twice what it must be. What stands before the bracket in (2.4)?",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: _squared(X, m, S)),
            "Yours grows with the distance. To how many of the three terms does the −1/2 in (2.4) belong?",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: -0.5 * _quadratic(X - m, 1 / S)),
            "1 / covariance turns over each entry by itself. The inverse of a matrix is something else.",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: -0.5 * np.sum((X - m) ** 2, axis=1)),
            "This is the distance by ruler. What stands between the two differences in (2.3)?",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * D * LOG_2PI + log_det, _right_exponent),
            "The determinant stands under a root in (2.2). What becomes of a root in logarithms?",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: -0.5 * _quadratic(X - m, S)),
            "You multiply by the covariance; (2.2) has its inverse. A wide direction makes a point nearer.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * (LOG_2PI + log_det), _right_exponent),
            "You have (2π)^(1/2), as in 1-D. Each dimension brings a factor of its own.",
        ),
        Mistake(
            lambda X, m, S: package_log_gaussian(X, m, S) + 0.5 * (len(m) - len(X)) * LOG_2PI,
            "The power of 2π in yours is the number of points. D is the number of columns of X.",
        ),
        Mistake(
            _log_density(lambda D, log_det: D * LOG_2PI + 0.5 * log_det, _right_exponent),
            "The 2π has the power D in yours. Compare with its power in (2.2).",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * (D * LOG_2PI - log_det), _right_exponent),
            "A wide Gaussian must be low. In yours the determinant raises it.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * D * LOG_2PI, _right_exponent),
            "The determinant is missing: it keeps the whole probability at 1 when the covariance grows.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * log_det, _right_exponent),
            "The part with 2π is missing: it does not depend on x, but it belongs to the density.",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: -_squared(X, m, S)),
            "Your density falls too fast: a factor is missing before the squared distance.",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: -0.5 * np.sqrt(_squared(X, m, S))),
            "You take the root of the distance. (2.2) has it squared.",
        ),
        Mistake(
            _log_density(_right_constant, lambda X, m, S: _right_exponent(X, 0 * m, S)),
            "Your Gaussian stands over the origin: where is the mean?",
        ),
        Mistake(
            _diagonal_only, "You use the variances only. The covariances off the diagonal tilt the ellipse."
        ),
        Mistake(
            lambda X, m, S: np.exp(package_log_gaussian(X, m, S)),
            "This is the density. Asked for is its logarithm.",
        ),
    ),
    praise="Yours agree with the package to eight digits, in 2-D and in 3-D.",
)

share_inside = Exercise(
    name="share_inside",
    about="share_inside(X, mean, covariance, radius): a number from 0 to 1",
    answer=lambda X, m, S, radius: np.mean(_squared(X, m, S) <= radius**2),
    fixtures=((CLOUD, *TWO, 1.0), (CLOUD, *TWO, 1.7)),
    hints=(("truth value", "An `if` asks about one point, and your comparison holds an answer for each."),),
    mistakes=(
        Mistake(
            lambda X, m, S, radius: np.mean(_squared(X, m, S) <= radius),
            "You compare a squared distance with a radius. At radius 1 you cannot tell; at 1.7 you can.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(np.linalg.norm(X - m, axis=1) <= radius),
            "You count inside a circle: this distance does not know the covariance.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean((np.abs(X - m) <= radius * np.sqrt(np.diag(S))).all(axis=1)),
            "You count inside a box, one interval for each axis. The ellipse has no corners.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_quadratic(X - m, S) <= radius**2),
            "You multiply by the covariance where the distance has its inverse.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_squared(X, 0 * m, S) <= radius**2),
            "Your ellipse stands over the origin: where is the mean?",
        ),
        Mistake(
            lambda X, m, S, radius: np.sum(_squared(X, m, S) <= radius**2),
            "That is the count. Asked for is the share, from 0 to 1.",
        ),
        Mistake(
            lambda X, m, S, radius: 100 * np.mean(_squared(X, m, S) <= radius**2),
            "That is in percent. Asked for is the share, from 0 to 1.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_squared(X, m, S) > radius**2),
            "That is the share outside the ellipse.",
        ),
        Mistake(
            lambda X, m, S, radius: 1 - np.exp(-(radius**2) / 2),
            "That is what (2.6) promises for endlessly many points. Count these.",
        ),
    ),
    praise="You count the points inside an ellipse without drawing it.",
)


def _long_axis(covariance):
    (long, short), directions = package_axes(covariance)
    return long, short, np.arctan2(directions[1, 0], directions[0, 0])


DEGREES = "Your angle is in degrees. NumPy's functions, and this check, use radians."


def _as_line(long, short, angle):
    """An axis is a line without a head, so an angle and the opposite one are the same."""
    return {"long": long, "short": short, "angle": np.arctan(np.tan(angle))}


def _in_degrees(results):
    """Degrees of the opposite direction, which the mistake below does not cover."""
    rights = (_long_axis(*fixture)[2] for fixture in ellipse_axes.fixtures)
    angles = [angle for _, _, angle in results]
    if np.allclose(np.tan(np.radians(angles)), np.tan(list(rights))):
        return DEGREES
    return None


def _changed(change):
    """The right lengths and angle, changed as a mistake changes them."""
    return lambda covariance: change(*_long_axis(covariance))


ellipse_axes = Exercise(
    name="ellipse_axes",
    about="ellipse_axes(covariance): long and short semi-axis, and the angle",
    answer=_long_axis,
    fixtures=((TWO[1],), (np.array([[1.0, -1.0], [-1.0, 3.0]]),), (np.array([[0.5, 0.1], [0.1, 2.5]]),)),
    parts=("long", "short", "angle"),
    measure=_as_line,
    diagnose=_in_degrees,
    mistakes=(
        Mistake(
            _changed(lambda long, short, angle: (long**2, short**2, angle)),
            "These lengths are the eigenvalues: variances, in squared units. A length has the unit of x.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (short**2, long**2, angle)),
            "Two things in the lengths: these are the eigenvalues, and the short one comes first.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (short**2, long**2, angle + np.pi / 2)),
            "Two things: these are the eigenvalues, not lengths, and eigh begins with the short axis.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (2 * long, 2 * short, angle)),
            "You measure from edge to edge. A semi-axis goes from the centre to the edge.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (short, long, angle)),
            "Your lengths are swapped: eigh sorts from small to large, and the longest comes first here.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (short, long, angle + np.pi / 2)),
            "You begin with the short axis, as eigh does. The long one comes first, with its angle.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (long, short, angle + np.pi / 2)),
            "The lengths are right, but the angle is that of the short axis.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (long, short, np.degrees(angle))),
            DEGREES,
        ),
        Mistake(
            _changed(lambda long, short, angle: (long, short, -angle)),
            "Your ellipse leans the other way. Look at the signs in the angle.",
        ),
        Mistake(
            _changed(lambda long, short, angle: (long, short, np.pi / 2 - angle)),
            "You measure the angle from the y axis. np.arctan2 takes y first, then x.",
        ),
        Mistake(
            lambda S: (np.sqrt(np.diag(S).max()), np.sqrt(np.diag(S).min()), _long_axis(S)[2]),
            "Your lengths are σ of x and σ of y: the sides of the box around the ellipse, not its axes.",
        ),
    ),
    praise="Yours is the package's ellipse. If you took a row of eigenvectors: it fits in 2-D only.",
)

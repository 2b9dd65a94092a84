"""Feedback for notebook 02, Give the bell a shape."""

import numpy as np

from ..gaussian import LOG_2PI
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
FAR = np.array([[400.0, -2.0], [1.0, -300.0], [-3.0, 25.0]])
WIDE = (np.array([-5.0, 30.0]), np.array([[9.0, -4.0], [-4.0, 6.0]]))
SCATTERED = np.column_stack([np.linspace(-14, 3, 60), 30 + 8 * np.sin(np.arange(60.0))])
ON_THE_EDGE = np.array([[2.0, 0.0], [0.0, -2.0], [0.5, 0.5], [3.0, 3.0], [-2.0, 0.0], [0.0, 5.0], [1.0, 0.0]])


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
        50.0: "Half of all entries leaves half of the diagonal. Each variance counts as a whole.",
        20.0: "A variance and one more number for each variable? There is one for each pair of variables.",
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


_right = _log_density(_right_constant, _right_exponent)


def _diagonal_only(X, mean, covariance):
    return _right(X, mean, np.diag(np.diag(covariance)))


def _of_the_points(X, mean, covariance):
    return _right(X, X.mean(axis=0), covariance)


log_gaussian = Exercise(
    name="log_gaussian",
    about="log_gaussian(X, mean, covariance): the log density (N,) at X (N, D)",
    answer=_right,
    fixtures=(
        (SEVEN_POINTS, *TWO),
        (FIVE_POINTS, *THREE),
        (FAR, *WIDE),
        (SEVEN_POINTS[:4, :1], np.array([0.5]), np.array([[0.3]])),
    ),
    ready_made=("log_gaussian", "log_density", "log_joint", "squared_mahalanobis", "pdf", "logpdf"),
    hints=(
        (
            "NaN or infinite",
            "Is there a logarithm or a root of a negative entry? Or of a density that is rounded to 0 far "
            "from the mean? Stay in logarithms, as in (2.4).",
        ),
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
            lambda X, m, S: 2 * _right(X, m, S),
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
            lambda X, m, S: _right(X, m, S) + 0.5 * (len(m) - len(X)) * LOG_2PI,
            "The power of 2π in yours is the number of points. D is the number of columns of X.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * (2 * LOG_2PI + log_det), _right_exponent),
            "In 2-D yours is right. In other dimensions D is not 2: take it from the arguments.",
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
            lambda X, m, S: np.exp(_right(X, m, S)),
            "This is the density. Asked for is its logarithm.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * (D * LOG_2PI + np.exp(log_det)), _right_exponent),
            "You add the determinant itself. (2.4) adds its logarithm.",
        ),
        Mistake(
            _log_density(lambda D, log_det: 0.5 * (D * 2 * np.pi + log_det), _right_exponent),
            "You add D times 2π. (2.4) has the logarithm of 2π.",
        ),
        Mistake(
            _log_density(lambda D, log_det: D * LOG_2PI + log_det, _right_exponent),
            "The squared distance is halved, and the rest is not. What stands before the bracket in (2.4)?",
        ),
        Mistake(
            lambda X, m, S: _right(X, m, S) / np.log(10),
            "You use logarithms to the base 10. Asked for are natural ones, np.log.",
        ),
        Mistake(
            lambda X, m, S: _right(X, m, S) / np.log(2),
            "You use logarithms to the base 2. Asked for are natural ones, np.log.",
        ),
        Mistake(
            lambda X, m, S: _right_exponent(X, m, S) - 0.5 * (len(m) * LOG_2PI + np.log(np.diag(S)).sum()),
            "The distance is right. Is the determinant the product of the diagonal, where the rest is not 0?",
        ),
        Mistake(_of_the_points, "You take the mean of X. The mean is given: use the argument."),
    ),
    praise="Yours agree with the package's, in one dimension, in two and in three.",
)

share_inside = Exercise(
    name="share_inside",
    about="share_inside(X, mean, covariance, radius): a number from 0 to 1",
    answer=lambda X, m, S, radius: np.mean(_squared(X, m, S) <= radius**2),
    fixtures=(
        (CLOUD, *TWO, 1.0),
        (CLOUD, *TWO, 1.7),
        (SCATTERED, *WIDE, 2.5),
        (CLOUD[:50], WIDE[0] + [5, -30], WIDE[1], 0.4),
        (ON_THE_EDGE, np.zeros(2), np.eye(2), 2.0),
    ),
    ready_made=("squared_mahalanobis", "mahalanobis", "cdist"),
    hints=(
        ("truth value", "An `if` asks about one point, and your comparison holds an answer for each."),
        (r"The shape is \(211", "You have an answer for each point. Which share of them is True?"),
    ),
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
            lambda X, m, S, radius: np.mean(_squared(X, m, S) < radius**2),
            "Points that lie on the ellipse count too: their distance is at most the radius.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_quadratic(X - m, 1 / S) <= radius**2),
            "1 / covariance turns over each entry by itself. The inverse of a matrix is something else.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(np.sqrt(_squared(X, m, S)) <= radius**2),
            "You compare a distance with a squared radius. At radius 1 you cannot tell; at 1.7 you can.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_squared(X, m, S) <= 1),
            "You count inside the 1-sigma ellipse, whatever the radius.",
        ),
        Mistake(
            lambda X, m, S, radius: np.mean(_squared(X, m, np.diag(np.diag(S))) <= radius**2),
            "You use the variances only. The covariances off the diagonal tilt the ellipse.",
        ),
        Mistake(
            lambda X, m, S, radius: 1 - np.exp(-(radius**2) / 2),
            "That is what (2.5) promises for endlessly many points. Count these.",
        ),
    ),
    praise="You count the points inside an ellipse without drawing it.",
)


def _axes(covariance):
    eigenvalues, eigenvectors = np.linalg.eigh(covariance)
    return np.sqrt(eigenvalues[::-1]), eigenvectors[:, ::-1]


def _of_either_sign(lengths, directions):
    """Of a direction and the opposite one, which are the same axis, that with a positive largest entry."""
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(len(lengths))])
    return {"lengths": lengths, "directions": directions * signs}


def _changed(change):
    """The right lengths and directions, changed as a mistake changes them."""
    return lambda covariance: change(*_axes(covariance))


ellipse_axes = Exercise(
    name="ellipse_axes",
    about="ellipse_axes(covariance): the semi-axes (D,), and their directions in the columns of (D, D)",
    answer=_axes,
    fixtures=(
        (TWO[1],),
        (np.array([[1.0, -1.0], [-1.0, 3.0]]),),
        (np.array([[50.0, 12.0], [12.0, 260.0]]),),
        (THREE[1],),
    ),
    parts=("lengths", "directions"),
    measure=_of_either_sign,
    ready_made=("ellipse_axes",),
    hints=(
        (
            r"shape of directions is \(2,\)",
            "Each direction is a vector with an entry for each dimension; put one in each column.",
        ),
    ),
    mistakes=(
        Mistake(
            _changed(lambda lengths, directions: (lengths**2, directions)),
            "These lengths are the eigenvalues: variances, in squared units. A length has the unit of x.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths[::-1] ** 2, directions[:, ::-1])),
            "Two things: these are the eigenvalues, not lengths, and eigh begins with the short axis.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths[::-1] ** 2, directions)),
            "Two things in the lengths: these are the eigenvalues, and the short one comes first.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths**2 / 2, directions)),
            "In Python a ** 1 / 2 is half of a, not its root. Write a ** 0.5, or np.sqrt(a).",
        ),
        Mistake(
            _changed(lambda lengths, directions: (2 * lengths, directions)),
            "You measure from edge to edge. A semi-axis goes from the centre to the edge.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths[::-1], directions[:, ::-1])),
            "You begin with the short axis, as eigh does. The long one comes first, with its direction.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths[::-1], directions)),
            "The directions are right. The lengths are in eigh's order, from short to long: turn them round.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths, directions[:, ::-1])),
            "The lengths are right. The directions are in eigh's order: the long axis comes first here too.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths, directions.T)),
            "The lengths are right. Your directions stand in rows; they belong in columns, as in eigh.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths, directions[::-1, ::-1])),
            "The lengths are right. You turn the rows round; directions are columns, so turn those.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (lengths, lengths * directions)),
            "Your arrows reach to the edge. Asked for are directions, of length 1.",
        ),
        Mistake(
            lambda S: (np.sqrt(np.sort(np.diag(S))[::-1]), _axes(S)[1]),
            "Your lengths are the σ of x and y: half the sides of the box around the ellipse, not its axes.",
        ),
        Mistake(
            lambda S: (np.sqrt(np.diag(S)), np.eye(len(S))),
            "These are the σ of x, y and so on. The axes of a leaning ellipse have directions of their own.",
        ),
        Mistake(
            _changed(lambda lengths, directions: (1 / lengths, directions)),
            "Yours are the axes of the inverse: long where the cloud is thin.",
        ),
    ),
    praise="Yours are the package's axes, in 2-D and in 3-D.",
)

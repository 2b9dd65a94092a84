"""Pictures of the two half-steps, and the feedback on them that goes beyond `core`."""

import numpy as np
import pytest

import gmm_teach as gt
from gmm_teach.checks import run_the_whole_film, the_e_step_twice, the_m_step_twice
from gmm_teach.figures import halves, updates

X = np.array([[0.0, 1.0], [2.0, 0.5], [1.0, 3.0], [4.0, 1.0], [3.0, 2.5]])
MIXTURE = gt.Mixture(
    [0.6, 0.4], [[1.0, 1.0], [3.0, 2.0]], [[[2.0, 0.5], [0.5, 1.0]], [[1.0, -0.3], [-0.3, 1.5]]]
)
R = gt.responsibilities(X, MIXTURE)
AFTER = gt.loops.m_step(X, R)


def words(ax):
    return [text.get_text() for text in ax.texts]


def heights(line):
    return np.asarray(line.get_ydata())


def test_numbers_stand_beside_the_points():
    (ax,) = halves.numbered_points(X, MIXTURE).axes
    assert words(ax) == ["0", "1", "2", "3", "4"]
    np.testing.assert_array_equal([text.xy for text in ax.texts], X)


def test_shares_are_written_with_the_sums_of_rows_and_columns():
    figure = halves.shares(X, MIXTURE, R)
    written = words(figure.axes[1])
    assert written[:10] == [f"{share:.3f}" for share in R.ravel()]
    assert written.count("1.00") == 5
    for count in R.sum(axis=0):
        assert f"{count:.2f}" in written
    faces = np.array([patch.get_facecolor()[:3] for patch in figure.axes[1].patches])
    np.testing.assert_allclose(faces[0], 1 - R[0, 0] * (1 - gt.plots.RGB[0]))
    np.testing.assert_allclose(faces[1], 1 - R[0, 1] * (1 - gt.plots.RGB[1]))


def test_bayes_bars_are_prior_density_product_and_share():
    weights, densities = np.array([0.2, 0.8]), np.array([0.3, 0.025])
    widths = [[bar.get_width() for bar in ax.patches] for ax in halves.bayes(weights, densities).axes]
    np.testing.assert_allclose(widths, [[0.2, 0.8], [0.3, 0.025], [0.06, 0.02], [0.75, 0.25]])


def test_arrays_write_every_number_with_its_shape():
    (ax,) = halves.arrays([("r.T", R.T, 0, 2), ("X", X, None, 1)], ["@"]).axes
    written = words(ax)
    for text in ("r.T", "(2, 5)", "X", "(5, 2)", "@", "A", "B", f"{R[3, 1]:.2f}", "4.0"):
        assert text in written
    assert len(ax.patches) == 20


def test_balance_sizes_points_by_share_and_points_to_the_new_mean():
    (ax,) = updates.balance(X, R[:, 1], 1, MIXTURE, AFTER).axes
    sizes = ax.collections[0].get_sizes()
    np.testing.assert_allclose((sizes - 25) / 1000, R[:, 1])
    arrow = next(text for text in ax.texts if getattr(text, "arrow_patch", None))
    np.testing.assert_allclose(arrow.xy, AFTER.means[1])
    np.testing.assert_allclose(arrow.xyann, MIXTURE.means[1])


def test_about_two_means_is_longer_on_the_left_by_the_step():
    figure = updates.about_two_means(X, R[:, 0], 0, MIXTURE, AFTER)
    step = AFTER.means[0] - MIXTURE.means[0]
    about_old = AFTER.covariances[0] + np.outer(step, step)
    for ax, covariance in zip(figure.axes, (about_old, AFTER.covariances[0]), strict=True):
        outline = np.transpose(ax.lines[0].get_data()) - AFTER.means[0]
        np.testing.assert_allclose(np.sum(outline @ np.linalg.inv(covariance) * outline, axis=1), 1)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


def test_weight_curves_cross_at_the_best_weight():
    counts = [3.0, 1.5, 0.5]
    free, paid, best = updates.weight_curves(counts, 0).axes[0].lines
    x = paid.get_xdata()
    with_others = [counts @ np.log([w, (1 - w) * 0.75, (1 - w) * 0.25]) for w in x]
    np.testing.assert_allclose(heights(paid), with_others)
    assert abs(x[heights(paid).argmax()] - 0.6) < 0.01
    assert np.all(np.diff(heights(free)) > 0)
    np.testing.assert_allclose(best.get_data(), [[0.6], [counts @ np.log([0.6, 0.3, 0.1])]])


def test_lines_through_the_update_mark_its_middle():
    t = np.linspace(-1, 1, 21)
    figure = updates.along_lines([("one", t, 3 - t**2), ("two", t, t)])
    assert [ax.get_title() for ax in figure.axes] == ["one", "two"]
    assert [heights(ax.lines[1])[0] for ax in figure.axes] == pytest.approx([3, 0])


def test_points_and_shares_say_where_they_are():
    assert halves.numbered_points(X, MIXTURE).description == (
        "5 grey points with a number each: 0 at (0, 1), 1 at (2, 0.5), 2 at (1, 3), 3 at (4, 1) and "
        "4 at (3, 2.5). The 1- and 2-sigma ellipses of A about (1, 1) and B about (3, 2)."
    )
    even = np.array([[0.25, 0.75], [1.0, 0.0]])
    without = halves.shares(X[:2], MIXTURE, even, sums=False)
    assert without.description.endswith(
        "shares in columns A and B. Point 0: 0.250 and 0.750; 1: 1.000 and 0.000."
    )
    assert "sum" not in words(without.axes[1])
    assert halves.shares(X[:2], MIXTURE, even).description.endswith(
        "In pink, the sum of each row, 1.00, and of the columns, 1.25 and 0.75."
    )


def test_bars_and_blocks_say_their_numbers():
    text = halves.bayes([0.2, 0.8], [0.3, 0.025]).description
    assert text.startswith("4 groups of bars for A and B. prior: 0.2 and 0.8. × density here: 0.3 and 0.025.")
    assert text.endswith("= product: 0.06 and 0.02. ÷ their sum = share: 0.75 and 0.25.")
    blocks = [("r.T", R.T, 0, 2), ("X", X, None, 1)]
    assert halves.arrays(blocks, ["@"]).description == (
        f"Blocks of numbers in a row: r.T (2, 5), a row for each component, from {R.min():.2f} to "
        f"{R.max():.2f}; @; X (5, 2), from 0.0 to 4.0."
    )


def test_an_m_step_says_what_moved_and_how_far_it_reaches():
    told = updates.balance(X, R[:, 1], 1, MIXTURE, AFTER).description
    mean = gt.words.vector(AFTER.means[1])
    assert told.startswith(f"5 points as large as B's share in each: {R[0, 1]:.2f} at (0, 1), ")
    assert f"An arrow from the old mean (3, 2) to the new mean {mean};" in told
    told = updates.about_two_means(X, R[:, 1], 1, MIXTURE, AFTER).description
    step = AFTER.means[1] - MIXTURE.means[1]
    for which, covariance in (
        ("old", AFTER.covariances[1] + np.outer(step, step)),
        ("new", AFTER.covariances[1]),
    ):
        longest = np.linalg.norm(covariance, 2) ** 0.5
        assert f"About the {which} mean they reach {longest:.1f} (1 sigma) and {2 * longest:.1f} (2" in told


def test_curves_of_q_say_where_they_are_highest():
    assert updates.weight_curves([3.0, 1.5, 0.5], 1).description.endswith("largest at 0.300, the dot.")
    t = np.linspace(-1, 1, 21)
    told = updates.along_lines([("one", t, 3 - t**2), ("two", t, t), ("three", t, -((t + 0.5) ** 2))])
    assert told.description == (
        "3 curves of Q, with a dot at step 0. one: highest at the dot; two: highest at step 1, right of "
        "the dot; three: highest at step -0.5, left of the dot."
    )


def exp_first(log_joint):
    values = np.exp(log_joint)
    with np.errstate(invalid="ignore"):
        return values / values.sum(axis=1, keepdims=True)


def one_largest_for_all(log_joint):
    return exp_first(log_joint - log_joint.max())


@pytest.mark.parametrize("attempt", [exp_first, one_largest_for_all])
def test_nan_from_far_points_is_explained(attempt):
    feedback = the_e_step_twice.e_step_vectorized(attempt)
    assert feedback.passed is False
    assert "NaN" in feedback.text
    assert "before exp" in feedback.text


def test_sums_without_keepdims_are_explained():
    def e_step(log_joint):
        safe = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
        return safe / safe.sum(axis=1)

    def m_step(X, r, mixture):
        return r.sum(axis=0) / len(X), r.T @ X / r.sum(axis=0), mixture.covariances

    def e_step_of_mixture(X, mixture):
        return e_step(gt.log_joint(X, mixture))

    assert "column of shape (7, 1)" in the_e_step_twice.e_step_vectorized(e_step).text
    assert "column of shape (7, 1)" in run_the_whole_film.e_step(e_step_of_mixture).text
    assert "Which axes must you add" in the_m_step_twice.m_step_vectorized(m_step).text


def test_shapes_that_do_not_meet_are_explained():
    def product(X, r, mixture):
        return mixture.weights, X @ r, mixture.covariances

    def offsets(X, r, mixture):
        return mixture.weights, mixture.means, X - mixture.means

    def halfway(X, r, mixture):
        return mixture.weights, mixture.means, mixture.covariances / r.sum(axis=0)[:, np.newaxis]

    def q(X, r, mixture):
        return r @ gt.log_joint(X, mixture)

    assert "inner sizes" in the_m_step_twice.m_step_vectorized(product).text
    assert "each point meets each mean" in the_m_step_twice.m_step_vectorized(offsets).text
    assert "Which axes must you add" in the_m_step_twice.m_step_vectorized(halfway).text
    assert "`@` is another product" in the_m_step_twice.q(q).text


def test_other_feedback_gets_no_hint():
    shape = the_e_step_twice.e_step_vectorized(lambda log_joint: log_joint.shape).text
    assert shape.splitlines()[0].endswith("(7, 3).")
    error = the_m_step_twice.m_step_vectorized(lambda X, r, mixture: 1 / 0).text
    assert error.splitlines()[0].endswith("division by zero")


def test_hints_do_not_hide_the_known_mistakes():
    for mistake in the_e_step_twice.e_step_vectorized.mistakes:
        assert the_e_step_twice.e_step_vectorized(mistake.answer) == (False, mistake.nudge)
    for mistake in the_m_step_twice.m_step_vectorized.mistakes:
        assert the_m_step_twice.m_step_vectorized(mistake.answer) == (False, mistake.nudge)

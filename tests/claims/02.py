"""What notebook 02 says."""

import numpy as np
from lesson import after
from scipy import stats

import gmm_teach as gt


def percent(value):
    return f"{100 * value:.0f} %"


@after("print-bills")
def bills_in_words(says, bills, covariance, correlation):
    says(f"Here are the bills of {len(bills)} Gentoo penguins")
    assert correlation > 0.5  # long bills tend to be deep
    np.testing.assert_allclose(covariance, np.cov(bills, rowvar=False, bias=True), rtol=1e-12)
    np.testing.assert_allclose(correlation, np.corrcoef(bills.T)[0, 1], rtol=1e-12)


@after("see-types")
def which_way_it_lies(panels):
    rng = np.random.default_rng(0)
    x, y = gt.sample(panels["full"], 10_000, rng)[0].T
    assert np.median(x[y > 0]) < 0 < np.median(x[y < 0])
    assert y.std() > x.std()
    upright = gt.sample(panels["diag"], 10_000, rng)[0]
    assert abs(np.corrcoef(upright.T)[0, 1]) < 0.05
    assert (panels["tied"].covariances[0] == panels["tied"].covariances[1]).all()


@after("solution-free")
def free_numbers(says, answer_solution):
    pairs = answer_solution - 10
    says(f"There are 10 variances, and one covariance for each of the {pairs} pairs")
    says(f"of different variables: {answer_solution}.")
    for D in range(1, 60):
        assert len(np.triu_indices(D)[0]) == D + D * (D - 1) // 2 == D * (D + 1) // 2
    says(f"In 50 dimensions a full covariance has {len(np.triu_indices(50)[0])} free numbers")


@after("see-whitened")
def distances(says, mean, covariance):
    P, Q = (np.subtract(point, mean) for point in ([2.5, 2.0], [2.5, -1.0]))
    far = f"{np.linalg.norm(P):.2f}"
    assert np.isclose(np.linalg.norm(P), np.linalg.norm(Q))
    along, across = (np.sqrt(x @ covariance @ x / (x @ x)) for x in (P, Q))
    says(f"Its deviation is {along:.2f} along the cloud and {across:.3f} across it.")
    says(f"P lies {far} from its mean along the cloud, Q lies {far} from it across.")
    p, q = (np.sqrt(x @ np.linalg.inv(covariance) @ x) for x in (P, Q))
    says(f"P is at $z = {p:.2f}$ and Q at $z = {q:.2f}$")
    normal = stats.multivariate_normal(np.zeros(2), covariance)
    says(f"P's is about {normal.pdf(P) / normal.pdf(Q):.0f} times as high as Q's.")
    says(f"P's is about {q / p:.0f} times as high as Q's.")


@after("compare-scipy-run")
def same_as_scipy(ours, theirs, covariance, bills, centre):
    np.testing.assert_allclose(ours, theirs, rtol=1e-10)
    np.testing.assert_allclose(gt.log_gaussian(bills, centre, covariance), ours, rtol=1e-10)
    for rho in (-0.5, 0.9):
        two = np.array([[4, 6 * rho], [6 * rho, 9]])
        assert np.isclose(np.linalg.det(two), 4 * 9 - two[0, 1] ** 2)


@after("name-inside")
def shares_by_formula(says):
    one, two, three = (percent(1 - np.exp(-(r**2) / 2)) for r in (1, 2, 3))
    says(f"That is {one} for $r = 1$, {two} for $r = 2$, and {three} for $r = 3$.")
    says(f"A. {one}: fewer than in 1-D.")
    within = stats.norm.cdf([1, 2]) - stats.norm.cdf([-1, -2])
    says(f"In 1-D, a Gaussian has {percent(within[0])} of its points within 1 sigma of the mean.")
    says(f"B. {percent(within[0])}: as in 1-D.")
    says(f"C. {percent(within[0] ** 2)}: the square of {percent(within[0])}.")
    says(f"The numbers {100 * within[0]:.0f} and {100 * within[1]:.0f} belong to 1-D.")
    says(f"In 2-D the 1-sigma ellipse of a Gaussian holds {one} of it, and the 2-sigma ellipse {two}.")
    says(f"The thick one is 1 sigma and holds {one}, the thin one is 2 sigma and holds {two}.")


@after("count-inside")
def counted(share_inside, many, leaning):
    for r in (1, 2, 3):
        share = share_inside(many, leaning.means[0], leaning.covariances[0], r)
        assert abs(share - (1 - np.exp(-(r**2) / 2))) < 0.005


@after("print-dimensions")
def more_dimensions_hold_less():
    shares = stats.chi2(np.arange(1, 200)).cdf(1)
    assert (np.diff(shares)[shares[1:] > 0] < 0).all()
    assert np.isclose(shares[1], 1 - np.exp(-1 / 2))


@after("see-shape")
def areas(says):
    demo = gt.widgets.shape(sigma_x=1.5, sigma_y=1.0, rho=0.0)
    assert "0.44" not in demo.describe()  # it must not answer the prediction above it
    counts = set()
    for sigma_x in (0.5, 1.5, 2):
        for rho in np.arange(-0.9, 0.95, 0.15):
            for kind in ("full", "tied", "diag", "spherical"):
                chosen = {"sigma_x": sigma_x, "rho": rho, "type": kind}
                demo.scene.follow(demo.values | chosen)
                counts.add(int(demo.scene.inside.sum()))
    assert len(counts) == 1
    says("these are always the same 500 points")
    assert len(demo.scene.inside) == 500
    ratios = {}
    for rho in (0, 0.6, 0.9, 1):
        covariance = np.array([[1.5**2, rho * 1.5], [rho * 1.5, 1.0]])
        eigenvalues = np.linalg.eigvalsh(covariance).clip(0)
        area = np.pi * np.sqrt(eigenvalues.prod())
        assert np.isclose(area, np.pi * 1.5 * np.sqrt(1 - rho**2), atol=1e-7)
        ratios[rho] = f"{area / (1.5 * np.pi):.2f}"
    assert ratios[1] == "0.00"
    says(f"raise the correlation ρ from 0 to {0.9}.")
    says(f"B. It falls to {ratios[0.9]} of what it was.")
    says(f"and $\\sqrt{{1 - 0.9^2}} = {ratios[0.9]}$.")
    says(f"C. It falls to {1 - 0.9:.1f} of what it was.")
    says(f"At which ρ is the area {ratios[0.6]} of what it was?")
    says(f"At ρ = {0.6} the area is {ratios[0.6]} of what it was.")
    demo.set(rho=0.6, type="diag")
    assert demo.scene.tips[0] @ demo.scene.tips[1] == 0
    assert (demo.scene.tips == 0).sum() == 2  # its ellipse does not lean


@after("see-multiplied")
def eigenvectors(says, covariance):
    long, short = covariance @ [1, 1], covariance @ [-1, 1]
    assert np.isclose(long[0], long[1])
    assert np.isclose(short[0], -short[1])
    says(f"The one at 45°, along the long axis, becomes {long[0]:.1f} times as long;")
    says(f"the one at 135°, along the short axis, {short[1]:.1f} times.")
    says(f"And $\\sqrt{{{long[0]:.1f}}} = {np.sqrt(long[0]):.2f}$")
    says(f"and $\\sqrt{{{short[1]:.1f}}} = {np.sqrt(short[1]):.3f}$ are the deviations")


@after("see-bills-ellipse")
def axes_in_words(says, share_inside, bills, centre, covariance, ellipse_axes):
    inside = [percent(share_inside(bills, centre, covariance, r)) for r in (1, 2)]
    says(f"A Gaussian has 39 % and 86 % inside; of the birds, {inside[0]} and {inside[1]} are.")
    document = np.array([[1, -1], [-1, 3]])
    (long, short), directions = ellipse_axes(document)
    says(f"For document C's full covariance the semi-axes are {long:.2f} and {short:.2f},")
    angle = np.degrees(np.arctan2(directions[1, 0], directions[0, 0])) % 180
    says(f"and the long one stands at {angle:.1f} degrees: to the upper left.")
    says(f"the deviations $\\sigma_1 = 1$ and $\\sigma_2 = {np.sqrt(3):.2f}$.")
    outline = gt.gaussian.ellipse(np.zeros(2), document, n_points=4001)
    np.testing.assert_allclose(outline.max(axis=0), [1, np.sqrt(3)], rtol=1e-5)  # half the sides of the box
    lengths, directions = ellipse_axes(covariance)
    for length, u in zip(lengths, directions.T, strict=True):
        assert np.isclose((bills @ u).std(), length)  # the deviation of the cloud along it


@after("print-small")
def why_logarithms(says, small, origin):
    says("Take 200 dimensions with the variance 0.01 each. The determinant is $10^{-400}$")
    assert len(origin) == 200
    assert (small == 0.01 * np.eye(200)).all()
    assert np.linalg.det(small) == 0
    assert round(np.linalg.slogdet(small)[1] / np.log(10)) == -400
    (at_mean,) = gt.log_gaussian([origin], origin, small)
    says(f"The density at the mean is $e^{{{at_mean:.1f}}}$")


@after("why-log")
def cholesky_needs_a_proper_covariance():
    for matrix in ([[1, 2], [2, 1]], [[1, 1], [1, 1]], [[-1, 0], [0, 1]]):
        try:
            gt.log_gaussian(np.zeros((1, 2)), np.zeros(2), np.array(matrix, dtype=float))
        except ValueError:
            continue
        raise AssertionError(matrix)


@after("questions")
def peak_of_four_times_the_variance():
    assert np.isclose(stats.norm(0, 2).pdf(0), stats.norm(0, 1).pdf(0) / 2)


@after("summary")
def radii(says):
    one, two = np.sqrt(stats.chi2(2).ppf([0.68, 0.95]))
    says(f"An ellipse for 68 % in 2-D has the radius {one:.2f}, one for 95 % the radius {two:.2f}.")

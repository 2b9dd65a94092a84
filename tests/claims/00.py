"""What notebook 00 says."""

import numpy as np
from lesson import after

import gmm_teach as gt


@after("see-clouds")
def clouds(says, blobs):
    says(f"Here are {len(blobs.X)} points. They were made by three sources")
    assert np.unique(blobs.z).tolist() == [0, 1, 2]


@after("see-player")
def film(says, blobs, blobs_trace, start):
    assert start.n_components == 3
    assert all((row == blobs.X).all(axis=1).any() for row in start.means)
    assert (start.covariances == start.covariances[0]).all()
    assert blobs_trace.steps[0].responsibilities is None  # so all points are grey
    first = blobs_trace.steps[1].responsibilities.max(axis=1)
    most = f"{np.ceil(10 * first.max()) * 10:.0f} %"
    says(f"in the first E-step no point belongs to one shape by more than {most}")
    marks = [step.responsibilities.argmax(axis=1) for step in blobs_trace.steps[1:]]
    assert any((a != b).any() for a, b in zip(marks[1::2], marks[2::2], strict=False))


@after("check-column")
def column(says, blobs_trace, e_gains, m_gains):
    says("The number changes from `E1` to `M1`, from `E2` to `M2`, and so on.")
    assert (e_gains == 0).all()
    assert (m_gains > 0).all()
    assert m_gains[0] > 50
    assert m_gains[-1] < 0.005
    kinds = [step.kind for step in blobs_trace.steps]
    assert kinds == ["start", *["E", "M"] * 18, "E"]


@after("see-e-beside-m")
def beside(blobs_trace):
    left, right = blobs_trace.steps[11:13]
    assert (left.kind, right.kind) == ("E", "M")
    np.testing.assert_array_equal(left.responsibilities, right.responsibilities)
    assert (left.mixture.means != right.mixture.means).all()


@after("print-gains")
def gains_of_the_film(says, blobs, blobs_trace, gains):
    assert blobs_trace.status == "converged"
    assert abs(gains[-1]) <= 1e-6 * len(blobs.X) < abs(gains[-2])
    first, eighth = gains[0], gains[7]
    says(f"Iteration 1 gains {first:.0f}, each of the next five about {gains[1:6].mean() // 10 * 10:.0f},")
    assert np.abs(gains[1:6] - 20).max() < 5
    says(f"and iteration 8 gains {eighth:.0f}, while B and C move apart.")
    means = np.array([step.mixture.means for step in blobs_trace.steps[2::2]])
    apart = np.linalg.norm(means[:, 1] - means[:, 2], axis=1)
    assert (np.diff(apart[4:10]) > 0).all()
    assert apart[7] > 1.3 * apart[6]


@after("print-geyser")
def geyser_in_words(says, geyser, geyser_trace):
    says(f"Old Faithful erupts about every {geyser.X[:, 1].mean() // 10 * 10:.0f} minutes.")
    says(f"Somebody wrote down {len(geyser.X)} eruptions")
    (short, wait), (long, long_wait) = geyser_trace.mixture.means
    says(f"Short ones last about {short:.1f} minutes, and the next one comes after about {wait:.0f} minutes.")
    says(f"Long ones last about {long:.1f} minutes, and the next one takes about {long_wait:.0f}.")
    assert 1 / 3 < geyser_trace.mixture.weights[0] < 0.37
    further = gt.run_em(geyser.X, geyser_trace.mixture, tol=1e-13, max_iter=1000).mixture
    for name, digits in (("means", 4), ("weights", 4)):
        for a, b in zip(getattr(further, name).flat, getattr(geyser_trace.mixture, name).flat, strict=True):
            assert f"{a:.{digits}g}" == f"{b:.{digits}g}"


@after("see-initial-final")
def lecture_data(says, lecture, lecture_trace):
    says(f"fits three Gaussians to {len(lecture.X)} points")
    assert lecture_trace.mixture.n_components == 3
    assert lecture_trace.status == "converged"


@after("see-explorer")
def explorer_is_neutral():
    demo = gt.widgets.explorer(words=False)
    assert demo.captions[1] == "E-step 1"
    assert len(demo.captions) > 11  # ten steps from the first picture

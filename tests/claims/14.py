"""What notebook 14 says."""

import numpy as np
from lesson import after

import gmm_teach as gt
from gmm_teach.engine.features import n_monomials
from gmm_teach.file_blocks import FileBlock


@after("see-sums")
def sums_by_hand(parts, X, r, cuts, says):
    held = [counts[0] for counts, _, _ in parts]
    says(f"Block 0 holds {held[0]:.1f} points of A, block 1 holds {held[1]:.1f}, and block 2 holds none.")
    assert held[2] == 0
    (x, y), (a, b) = X[cuts[1], 0], r[cuts[1], 0]
    count, total, squares = a + b, a * x + b * y, a * x**2 + b * y**2
    assert np.allclose([part[0].item() for part in parts[1]], [count, total, squares])
    says(f"the points are {x:.0f} and {y:.0f}, with shares {a} and {b} of A.")
    says(f"The count is {a} + {b} = {count:.1f}.")
    says(f"The sum is {a} times {x:.0f} plus {b} times {y:.0f}, which is {total:.1f}.")
    says(f"The squares are {a} times {x**2:.0f} plus {b} times {y**2:.0f}, which is {squares:.1f}.")
    with np.errstate(invalid="ignore"):
        means = [sums[0, 0] / counts[0] for counts, sums, _ in parts]
    assert np.isnan(means[2])


@after("see-m-step")
def the_m_step_of_the_package(weights, means, covariances, at_once):
    pairs = zip((weights, means, covariances), at_once, strict=True)
    assert all(np.allclose(one, other, rtol=1e-12) for one, other in pairs)


@after("see-film")
def one_film(in_blocks, at_once):
    assert in_blocks.iterations == at_once.iterations
    assert np.allclose(in_blocks.elbos, at_once.elbos, rtol=1e-12)
    assert in_blocks.X.shape == (0, 1)
    assert in_blocks.n_points == 7


@after("see-threads")
def threads_change_nothing(by_threads, in_blocks):
    assert by_threads == in_blocks


@after("cut-file")
def blocks_are_notes(blocks, X, says):
    assert len(X) == 2_000_000
    assert all(isinstance(block, FileBlock) for block in blocks)
    assert {block.shape for block in blocks} == {(250_000, 2)}
    assert np.array_equal(blocks[3].rows(), X[750_000:1_000_000])
    says("A worker holds a block of 250,000 of these points.")


@after("see-same")
def the_film_of_one_process(trace, whole, three):
    for one in (trace, three):
        assert one.status == whole.status == "converged"
        assert one.iterations == whole.iterations
        assert 0 < np.abs(one.log_likelihoods / whole.log_likelihoods - 1).max() < 1e-10
        assert np.allclose(one.mixture.means, whole.mixture.means, rtol=0, atol=1e-8)
    assert trace.n_points == 2_000_000


@after("see-wire")
def numbers_that_cross(crossed, K, D, says):
    one = 1 + D + D * (D + 1) // 2
    assert one == n_monomials(D) == 6
    assert crossed == [{4 * D + 1}, *[{K * one + 1}] * 3]
    says(f"To each block go {K * one + 2 * D + 2} numbers: six parameters for each component")
    says(f"{250_000 * D:,}: both coordinates of all its points.")
    says(f"{250_000 * K:,}: the three shares of all its points.")
    says(f"{K * one + 1}: six for each component, and the score.")
    says(f"Three components make {K * one}, and the log-likelihood")


@after("see-death")
def the_same_after_a_death(survived, trace, rounds, address):
    assert survived == trace
    assert len(rounds) == trace.iterations + 2 > 4


@after("head-paper")
def the_table(K, D, says):
    sizes, back, pace = (2 * 10**6, 10**9, 10**12), 8 * (K * n_monomials(D) + 1), 5 * 10**6
    points = [8 * D * n for n in sizes]
    says(f"| the points | {points[0] // 10**6} MB | {points[1] // 10**9} GB | {points[2] // 10**12} TB |")
    blocks = [n // 10**6 for n in sizes]
    says(f"| blocks | {blocks[0]} | {blocks[1]} | {blocks[2]:,} |")
    sums = [back * n for n in blocks]
    says(f"| {sums[0]} bytes | {sums[1] // 1000} kB | {sums[2] // 10**6} MB |")
    seconds = [n / pace for n in sizes]
    says(f"| an iteration, one core | {seconds[0]} s | {seconds[1]:.0f} s | {seconds[2]:,.0f} s |")
    says(f"| an iteration, 1000 cores at best | | {seconds[1] / 1000} s | {seconds[2] / 1000:.0f} s |")


@after("compute-paces")
def incremental_is_ahead(
    plain, passes, scores, few, pieces, start, block_sums, merge, m_step_from_sums, says
):
    ahead = np.interp(3, passes, scores)
    says(f"It is at {ahead:.2f} after three passes, and plain EM at {plain[3]:.2f}.")
    assert ahead > plain[3] + 0.03
    assert np.isclose(scores[0], plain[1], rtol=1e-9)  # the same first pass
    assert all(np.interp(n, passes, scores) > plain[n] for n in range(2, 6))


@after("compute-paces")
def the_bound_never_falls(few, bad, block_sums, m_step_from_sums):
    """Incremental EM on a few points: E-steps on one block, M-steps on all."""
    rows = np.array_split(few[:600], 6)
    kept = [gt.responsibilities(one, bad) for one in rows]
    bounds = []
    for visit in range(30):
        r = np.concatenate(kept)
        mixture = gt.Mixture(*m_step_from_sums(*block_sums(few[:600], r)))
        bounds.append(gt.elbo(few[:600], mixture, r))
        kept[visit % 6] = gt.responsibilities(rows[visit % 6], mixture)
    assert np.diff(bounds).min() > -1e-9

"""Time of one picture and of a film, beside matplotlib's own: run `uv run python benchmarks/frames.py`.

The picture is 9 x 4.5 inches at 100 dpi: 500 points and three components beside the log-likelihood.
"""

import io
import sys
import tempfile
import time
import warnings
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.animation import FuncAnimation
from timing import against_goal, machine, medians, print_table

import gmm_teach as gt

matplotlib.use("agg")
from matplotlib import pyplot as plt

GOALS = {"draw": 8, "draw, encode": 15, "film": 0.6, "MB": 1.6}


def main(quick=False):
    """Print the two tables."""
    print(f"{machine()}; matplotlib {matplotlib.__version__}")
    warnings.simplefilter("ignore", gt.EMWarning)  # its runs are cut short
    rounds = 1 if quick else 5
    trace = film_trace(50 if quick else 500, 5 if quick else 30)
    print_pictures(trace, 1 if quick else 10)
    print_films(trace, rounds)


def film_trace(N, n_frames):
    """A run on N points of three Gaussians, cut to n_frames half-steps."""
    truth = gt.datasets.load("three_blobs").truth
    X, _ = gt.sample(truth, N, np.random.default_rng(1))
    trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1, 2]), tol=0, max_iter=n_frames)
    return trace._replace(steps=trace.steps[:n_frames])


def print_pictures(trace, rounds):
    """Milliseconds and kB of one picture."""
    frames = gt.frames
    n = len(trace.steps)
    camera = frames.Camera(gt.views.View(trace))
    palette = frames.shared_palette(camera, n)
    kilobytes = np.median([len(frames.encode(camera.shoot(i), palette)) for i in range(n)]) / 1e3
    functions = {
        "draw": lambda: [camera.shoot(i) for i in range(n)],
        "draw, encode": lambda: [frames.encode(camera.shoot(i), palette) for i in range(n)],
        "matplotlib": lambda: [len(naive_picture(trace, i)) for i in range(min(n, 3))],
    }
    seconds = medians(functions, rounds)
    draw, encode = (1e3 * seconds[name] / n for name in ("draw", "draw, encode"))
    rows = [
        ["Camera.shoot", against_goal(draw, GOALS["draw"], " ms", most=True), ""],
        [
            "and encode",
            against_goal(encode, GOALS["draw, encode"], " ms", most=True),
            f"{kilobytes:.0f} kB",
        ],
        [
            "new figure, savefig",
            f"{1e3 * seconds['matplotlib'] / min(n, 3):.0f} ms",
            f"{len(naive_picture(trace, n - 1)) / 1e3:.0f} kB",
        ],
    ]
    print_table("One picture", ["how", "time", "PNG"], rows)


def print_films(trace, rounds):
    """Seconds and MB of a film in HTML."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.html"), Path(folder, "theirs.html")
        functions = {
            "ours": lambda: gt.frames.save(trace, ours, progress=False),
            "theirs": lambda: theirs.write_text(animation_html(trace), encoding="utf-8"),
        }
        seconds = medians(functions, rounds)
        sizes = {path.stem: path.stat().st_size / 1e6 for path in (ours, theirs)}
    rows = [
        [
            "gt.frames.save",
            against_goal(seconds["ours"], GOALS["film"], " s", most=True),
            against_goal(sizes["ours"], GOALS["MB"], " MB", most=True),
        ],
        ["FuncAnimation.to_jshtml", f"{seconds['theirs']:.3g} s", f"{sizes['theirs']:.3g} MB"],
    ]
    print_table(f"A film of {len(trace.steps)} pictures in HTML", ["how", "time", "size"], rows)


def naive_picture(trace, index):
    """The same picture as most scripts draw it: everything anew, densities on a grid of 360 x 360."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.5), dpi=100)
    draw_naively(axes, trace, index)
    buffer = io.BytesIO()
    figure.savefig(buffer)
    plt.close(figure)
    return buffer.getvalue()


def animation_html(trace):
    """The film as matplotlib writes it."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.5), dpi=100)

    def draw(index):
        for ax in axes:
            ax.clear()
        draw_naively(axes, trace, index, n_grid=60)

    html = FuncAnimation(figure, draw, frames=len(trace.steps)).to_jshtml()
    plt.close(figure)
    return html


def draw_naively(axes, trace, index, n_grid=360):
    """Points, contours, 1- and 2-sigma ellipses and the log-likelihood, in matplotlib's own ways."""
    step, (left, right) = trace.steps[index], axes
    X = trace.X
    r = step.responsibilities
    left.scatter(*X.T, c="grey" if r is None else gt.plots.soft_colors(r), edgecolors="black", s=30)
    x, y = (np.linspace(X[:, d].min(), X[:, d].max(), n_grid) for d in (0, 1))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    left.contour(x, y, gt.log_density(grid, step.mixture).reshape(n_grid, n_grid), levels=12)
    for k in range(step.mixture.n_components):
        for n_sigma in (1, 2):
            outline = gt.gaussian.ellipse(step.mixture.means[k], step.mixture.covariances[k], n_sigma)
            left.plot(*outline.T, color=gt.plots.LINE_COLORS[k])
    right.plot([one.log_likelihood for one in trace.steps[: index + 1]], marker="o")


if __name__ == "__main__":
    begun = time.perf_counter()
    main(quick="--quick" in sys.argv[1:])
    print(f"\n{time.perf_counter() - begun:.0f} s in all")

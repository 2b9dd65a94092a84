"""The Explorer: choose data, K, seed, start and shape, and step through the film of that run."""

import numpy as np

from .. import datasets, starts
from ..diagnosis import quietly
from ..em import run_em
from ..params import COVARIANCE_TYPES
from ..validate import check_data
from ..views import describe
from ..words import letter
from . import places
from .controls import button, check, choice, number, slider
from .explorer_view import ExplorerView
from .live import Live, Scene
from .notes import note

EMPTY = datasets.Dataset(np.empty((0, 2)), None, None, "Points of your own.", ("x", "y"))
EMPTY_FRAME = np.array([[0.0, 0.0], [10.0, 10.0]])
CLICKS = {"picks a point": 0, "adds 1 point": 1, "adds 5 points": 5, "adds 20 points": 20, "moves a start": 0}
SPEEDS = {"slow": 1500, "normal": 700, "fast": 200}
OVERLAYS = ("contours", "ellipses", "ghosts", "truth", "bound")


class Explorer(Scene):
    """The run that the controls ask for, as a film; the reader's own points and starting means go into it."""

    def __init__(self, own=None, dims=(0, 1), index=1):
        self.own, self.dims, self.index = own, dims, index
        self.view = ExplorerView()
        self.figure, self.show = self.view.figure, self.view.show
        self.seen = {"next seed": 0, "undo": 0}
        self.key, self.trace, self.picked, self.first = None, None, None, True
        self.forget_edits()

    def forget_edits(self):
        """Drop the points and starting means that the reader has put in."""
        self.added, self.means = [], None

    def change(self, values):
        """Run EM anew where anything but the picture's own settings has changed."""
        pressed = {name for name, count in self.seen.items() if values[name] != count}
        self.seen |= {name: values[name] for name in self.seen}
        if "next seed" in pressed:
            return {"seed": values["seed"] + 1}
        if "undo" in pressed:
            self.forget_edits()
        key = (values["data"], values["K"])
        if self.key and key != self.key:
            if key[0] != self.key[0]:
                self.forget_edits()
                self.picked = None
            self.means = None
        self.key = key
        self.data = self._data(values["data"])
        before = self.trace
        self._run(values)
        if self.trace:
            last = len(self.trace.steps) - 1
            at_end = before and self.index == len(before.steps) - 1
            self.index = last if at_end else min(self.index if before or self.first else 1, last)
            self.first = False
        self.interval = SPEEDS[values["speed"]]
        self._draw(values)

    def _draw(self, values):
        """A new picture of the run, with its captions and notes."""
        overlays = [name for name in OVERLAYS if values[name]]
        row = self._picked_row() if self.trace else None
        frame = EMPTY_FRAME if values["data"] == "empty" else None
        self.view.load(self.data, self.trace, row, overlays, self.dims, frame)
        self.moving, self.camera = self.view.moving, None
        if self.trace is None:
            self.captions, self.notes, self.scores, self.index = [self.message], [], [], 0
            return
        self.captions = [describe(self.trace, i) for i in range(len(self.trace.steps))]
        self.scores = [step.log_likelihood for step in self.trace.steps]
        self.notes = [note(step.kind, values["code"]) for step in self.trace.steps]
        self.notes[-1] = "\n".join([self.notes[-1], self.trace.message, *self.trace.warnings]).strip()

    def point(self, values, area, x, y):
        """Pick a point, add points, or move the nearest starting mean, as the control says."""
        D = self.data.X.shape[1]
        at = np.array(self.data.X.mean(axis=0) if len(self.data.X) else np.zeros(D))
        at[list(self.dims)[: min(D, 2)]] = [x, y][: min(D, 2)]
        n = CLICKS[values["click"]] or int(not len(self.data.X))
        if n:
            self.added.append(self._scatter(at, n))
        elif values["click"] == "moves a start":
            means = (
                self.trace.steps[0].mixture.means.copy() if self.trace else self.data.X[: values["K"]].copy()
            )
            means[np.argmin(self._distance(means, at))] = at
            self.means = means
            return {"start": "by hand"}
        else:
            self.picked = int(np.argmin(self._distance(self.data.X, at)))
        return {}

    def areas(self):
        """The data's axes only."""
        return super().areas()[:1]

    def place(self, values, index):
        """Where this is, for `Live.place`."""
        return places.write(values, index)

    def go_to(self, place):
        """The values and the half-step of a place."""
        return places.read(place)

    def describe(self, index):
        """What run this is, what the picture shows, and where the picked point belongs."""
        if self.trace is None:
            return self.captions[0]
        step, row = self.trace.steps[index], self._picked_row()
        words = [f"{self.key[0]}, K={self.key[1]}, {self.trace.covariance_type}. {self.captions[index]}."]
        for k, (weight, mean, _) in enumerate(zip(*step.mixture, strict=True)):
            center = ", ".join(f"{value:.2f}" for value in mean)
            words.append(f"Component {letter(k)}: {100 * weight:.0f} % at ({center}).")
        if step.responsibilities is not None:
            shares = [f"{100 * r:.0f} % {letter(k)}" for k, r in enumerate(step.responsibilities[row])]
            words.append(f"Picked point {row}: {', '.join(shares)}.")
        return " ".join(words)

    def _data(self, name):
        data = {"empty": EMPTY, "yours": self.own}.get(name) or datasets.load(name)
        return data._replace(X=np.concatenate([data.X, *self.added])) if self.added else data

    def _run(self, values):
        self.trace, self.message = None, "No points yet: click into the picture to add some."
        if not len(self.data.X):
            return
        X, K = self.data.X, values["K"]
        options = values["covariance"], float(values["floor"])
        try:
            if values["start"] == "by hand":
                means = (
                    self.means if self.means is not None else starts.random_points(X, K, values["seed"]).means
                )
                start = starts.from_means(X, means, *options)
            else:
                start = starts.STARTS[values["start"]](X, K, values["seed"], *options)
            with quietly():
                self.trace = run_em(X, start, covariance_type=options[0], reg_covar=options[1])
        except ValueError as error:
            self.message = f"{error}."

    def _picked_row(self):
        """The picked row, or the one that E1 leaves most undecided."""
        if self.picked is not None and self.picked < len(self.trace.X):
            return self.picked
        r = self.trace.steps[1].responsibilities
        return int(np.argmax(-np.sum(r * np.log(np.maximum(r, 1e-300)), axis=1)))

    def _scatter(self, at, n):
        if n == 1:
            return at[np.newaxis]
        X = self.data.X if len(self.data.X) > 1 else EMPTY_FRAME
        noise = np.random.default_rng(len(self.added)).standard_normal((n, len(at)))
        return at + 0.04 * np.ptp(X, axis=0) * noise

    def _distance(self, points, at):
        dims = list(self.dims)[: self.data.X.shape[1]]
        scale = np.ptp(self.data.X[:, dims], axis=0)
        return np.sum(((points[:, dims] - at[dims]) / np.where(scale > 0, scale, 1.0)) ** 2, axis=1)


def explorer(
    X=None, *, columns=("x", "y"), dims=(0, 1), place="three_blobs:K3:s18:full:h1", hide=(), **presets
):
    """The Explorer; returns a `Live`.

    X (N, D) is data of your own, listed as "yours", with its columns' names. place is where it opens, as
    its own field shows it; hide names controls to leave out, and presets their first values.
    """
    own = None
    names = [*datasets.names(), "empty"]
    if X is not None:
        own = datasets.Dataset(check_data(X), None, None, "Your own data.", tuple(columns))
        names, place = ["yours", *names], place.replace("three_blobs:K3:s18", "yours:K2:s0")
    values, index = places.read(place)
    controls = [
        choice("data", "Data", names, "three_blobs"),
        slider("K", "K", 1, 8, 3, title="Number of components"),
        number("seed", "Seed", 0, 2**31 - 1, 18, "Seed of the start"),
        button("next seed", "Next seed"),
        choice("start", "Start", [*starts.STARTS, "by hand"], "kmeans"),
        choice("covariance", "Covariance", COVARIANCE_TYPES, "full"),
        choice("floor", "Floor", places.FLOORS, "0", "reg_covar, added to every variance"),
        choice("click", "A click", CLICKS, "picks a point", "By keyboard: Shift and arrows, then Enter"),
        button("undo", "Undo edits", "Take out your own points and starting means"),
        *(check(name, name, name in OVERLAYS[:3]) for name in OVERLAYS),
        choice(
            "code",
            "Code",
            ["arrays", "loops", "off"],
            "arrays",
            "The equation, and the line of code that is it",
        ),
        choice("speed", "Speed", SPEEDS, "normal"),
    ]
    return Live(Explorer(own, dims, index), controls, hide=hide, **values | presets)

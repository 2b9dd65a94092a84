"""The Explorer: choose data, K, seed, start and shape, and step through the film of that run."""

import numpy as np

from ..diagnosis import quietly
from ..em import run_em
from ..frames import thinned
from ..mixture import entropy
from ..plots import own_settings
from ..views import describe
from ..words import letter, vector
from .controls import grid
from .explorer_controls import EXTRAS, MOVES_A_START, SPEEDS, controls_for
from .explorer_data import EMPTY_FRAME, check_shown, data_named, data_names, recorded, shown, step_at
from .explorer_edits import Edits
from .explorer_live import LiveExplorer
from .explorer_places import Placed
from .explorer_pointer import Pointed, shares_of
from .explorer_view import ExplorerView
from .notes import note
from .readers_data import readers_own
from .scene import Scene, whole

FIRST_PLACES = ("three_blobs:K3:s18:full:random:h1", "yours:K2:s0:full:random:h1")


class Explorer(Pointed, Placed, Scene):
    """The run that the controls ask for, as a film; the reader's own points and starting means go into it."""

    name = "Explorer"
    stored = grid(K=range(1, 6), seed=range(18, 21))
    intervals = SPEEDS

    @own_settings()
    def __init__(self, own=None):
        self.controls = controls_for(data_names(own))
        self.own, self.dims = own, (0, 1)
        self.view = ExplorerView()
        self.figure, self.draw_still = self.view.figure, self.view.draw_still
        self.trace, self.shown, self.first = None, range(1), True
        self.edits, self.limits, self.anew = Edits(), None, False

    def compute(self, values) -> None:
        """Run EM anew."""
        self.key = values["data"], values["K"]
        self.edits = self.edits.of(*self.key, values["seed"])
        self.data = data_named(values["data"], self.own)
        if self.edits.added:
            self.data = self.data._replace(X=np.concatenate([self.data.X, self.edits.added]))
        self.columns = shown(self.dims, self.data)
        self._run(values)

    def change(self, values) -> None:
        """Draw the run."""
        self.interval = SPEEDS[values["speed"]]
        self._draw(values)
        before = len(self.scores)
        self._say(values)
        last = len(self.captions) - 1
        if self.trace and self.first:
            self.index, self.first = self.picture_of(self.index), False
        elif self.trace and self.anew:  # it goes on: from its first E-step
            self.index = 1
        elif self.trace:
            at_end = before and self.index == before - 1
            self.index = last if at_end else min(self.index if before else 1, last)
        self.anew = False

    def show(self, index) -> None:
        """Move to picture `index` of the run."""
        self.view.show(self.shown[index])

    def press(self, values, name) -> dict:
        """Go to the next seed, or take back the last edit."""
        if name == "next seed":
            return {"seed": values["seed"] + 1}
        undone, self.edits = self.edits, self.edits.undo()
        by_hand = undone.start is not None and values["start"] == "by hand"
        return {"start": undone.start} if by_hand else {}

    def _draw(self, values):
        """A new picture of the run."""
        overlays = [name for name in EXTRAS if values[name]]
        row = self._picked_row() if self.trace else None
        frame = EMPTY_FRAME if values["data"] == "empty" else None
        limits = None if self.held is None else self.limits  # what is dragged stays under the pointer
        N = len(self.data.X)
        added = range(N - len(self.edits.added), N)
        self.view.draw(self.data, self.trace, row, overlays, self.columns, frame, added, limits)
        if self.trace and values["click"] == MOVES_A_START:
            self.view.mark(self._seen(self.trace.steps[0].mixture.means))
        self.moving, self.camera = self.view.moving, None

    def _say(self, values):
        """Captions, notes and scores of the run's film, which leaves out some of many half-steps."""
        if self.trace is None:
            self.shown = range(1)
            self.captions, self.notes, self.scores, self.index = [self.message], [], [], 0
            return
        n = len(self.trace.steps)
        self.shown = thinned(self.trace)
        steps = [self.trace.steps[i] for i in self.shown]
        self.captions = [describe(self.trace, int(i), words=values["words"]) for i in self.shown]
        self.scores = [step.log_likelihood for step in steps]
        self.notes = [note(step.kind, values["code"]) for step in steps]
        left_out = [f"The film shows {len(steps)} of {n} half-steps."] * (len(steps) < n)
        last_words = [self.notes[-1], self.trace.message, *self.trace.warnings, *left_out]
        self.notes[-1] = "\n".join(last_words).strip()

    def describe(self, index) -> str:
        """What run this is, what the picture shows, and where the picked point belongs."""
        if self.trace is None:
            return self.captions[0]
        step, row = step_at(self.trace, self.shown[index]), self._picked_row()
        words = [f"{self.key[0]}, K={self.key[1]}, {self.trace.covariance_type}. {self.captions[index]}."]
        for k, (weight, mean, _) in enumerate(zip(*step.mixture, strict=True)):
            words.append(f"Component {letter(k)}: {100 * weight:.0f} % at {vector(mean)}.")
        if step.responsibilities is not None:
            words.append(f"Picked point {row}: {', '.join(shares_of(step.responsibilities[row]))}.")
        if self.view.sampled:
            words.append(f"{self.view.sampled}; EM fits all.")
        return " ".join(words)

    def _run(self, values):
        self.trace, self.message = None, "No points yet: click into the picture to add some."
        if not len(self.data.X):
            return
        X = self.data.X
        options = {"covariance_type": values["covariance"], "reg_covar": float(values["floor"])}
        try:
            start = self.edits.starting(X, values)
            self.trace = whole(quietly(run_em, X, start, record=recorded(X), **options))
        except ValueError as error:
            self.message = f"{error}."

    def _picked_row(self):
        """The picked row, or the one that E1 leaves most undecided."""
        picked = self.edits.picked
        if picked is not None and picked < len(self.trace.X):
            return picked
        return int(entropy(step_at(self.trace, 1).responsibilities).argmax())


def explorer(X=None, *, columns=None, dims=(0, 1), place=None, hide=(), **presets) -> LiveExplorer:
    """Run EM anew at every change of data, K, seed, start or shape, and step through it.

    Parameters
    ----------
    X : array of shape (N, D) or (N,), DataFrame, or Dataset, optional
        Data of your own, listed as "yours". 1-D data are shown as a histogram. A DataFrame's text and labels
        are left out, see `gt.datasets.from_frame`; `data.about` of the widget says which.
    columns : sequence of D texts, optional
        Names of the columns of X; by default those of the DataFrame or Dataset, else x, y, z.
    dims : pair of ints
        The two columns that are shown. EM uses all of them.
    place : str, optional
        Where it opens, as its own field shows it: "document_c:K3:s7:tied:h4" is half-step 4 of a run
        from seed 7; by default half-step 1 for X, or else for three_blobs. Settings other than the first
        ones stand in it too (bound, no-ghosts, slow, loops, hide=floor,code), and what the reader has put in:
        at most 100 points of their own (points=2.5,3_4,1) and moved starting means.
    hide : sequence of texts
        Names of controls to leave out.
    **presets
        First values of controls, by name: data, K, seed, start, covariance, floor, click, words, contours,
        ellipses, ghosts, truth, bound, code, speed. With words=False, captions and legend name each
        half-step, and leave it to the reader to see what it moves, until `words` is ticked.
        With start="go on", points that are added go into the running film: EM goes on from the mixture that
        is shown, and such a run has no place.

    Returns
    -------
    LiveExplorer
        A widget. `set(K=2)` changes it from Python, `describe()` says what it shows, and `data` are the
        points with those that the reader has put in.

    Raises
    ------
    ValueError
        For X, columns, dims or a place that cannot be shown, and for a control that is not there.
    TraitError
        For a value that a control cannot have, such as K=9; `set` raises it too.

    Examples
    --------
    >>> demo = explorer(hide=("floor", "code"))
    >>> demo.set(K=2)
    >>> demo.place
    'three_blobs:K2:s18:full:random:hide=floor,code:h1'
    """
    own = readers_own(X, columns)
    scene = Explorer(own)
    values, scene.index = scene.go_to(place or FIRST_PLACES[own is not None])
    values |= presets
    if values["data"] in data_names(own):
        scene.dims = check_shown(dims, data_named(values["data"], own))
    return LiveExplorer(scene, hide=hide, **values)

"""The controls of the Explorer, and what their choices mean."""

from ..params import COVARIANCE_TYPES
from ..starts import STARTS
from .controls import button, choice, field, grouped, slider, tick_box
from .explorer_edits import GO_ON
from .places import FLOORS, MOST_K, MOST_SEED

MOVES_A_START = "moves a start"
CLICKS = {"picks a point": 0, "adds 1 point": 1, "adds 5 points": 5, "adds 20 points": 20, MOVES_A_START: 0}
SPEEDS = {"slow": 1500, "normal": 700, "fast": 200}
EXTRAS = ("words", "contours", "ellipses", "ghosts", "truth", "bound")
START_TITLE = "Where EM begins; go on: after you add points, at the mixture that was shown"
CODE_TITLE = "The equation, and the line of code that is it"


def controls_for(names) -> tuple[dict, ...]:
    """The Explorer's controls, with these names of data to choose from."""
    return (
        choice("data", "Data", names, names[0]),
        slider("K", "K", 1, MOST_K, 3, title="Number of components"),
        field("seed", "Seed", 0, MOST_SEED, 18, "Seed of the start"),
        button("next seed", "Next seed"),
        *grouped(
            "Model",
            choice("start", "Start", [*STARTS, "by hand", GO_ON], "random_points", START_TITLE),
            choice("covariance", "Covariance", COVARIANCE_TYPES, "full"),
            choice("floor", "Floor", FLOORS, "0", "reg_covar, added to every variance"),
        ),
        *grouped(
            "Clicks",
            choice("click", "A click", CLICKS, "picks a point", "By keyboard: Shift and arrows, then Enter"),
            button("undo", "Undo", "Take back your last point or move (Ctrl+Z)"),
        ),
        *grouped(
            "View",
            *(tick_box(name, name, name in EXTRAS[:4]) for name in EXTRAS),
            choice("code", "Code", ["arrays", "loops", "off"], "arrays", CODE_TITLE),
            choice("speed", "Speed", SPEEDS, "normal"),
        ),
    )

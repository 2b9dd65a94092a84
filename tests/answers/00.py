"""Answers to the exercises of notebook 00."""

import numpy as np

import gmm_teach as gt

X = gt.datasets.load("document_c").X
FILM = gt.run_em(X, gt.starts.from_rows(X, [20, 10, 96]), max_iter=12)
SCORES = [step.log_likelihood for step in FILM.steps]


def between(name):
    """A value that the film passes at this M-step."""
    at = [step.name for step in FILM.steps].index(name)
    return (SCORES[at] + SCORES[at - 1]) / 2


WRONG = {
    "first_step_above": [
        ("E5", FILM, between("M5")),
        ("E6", FILM, between("M5")),
        ("M4", FILM, between("M5")),
        ("M6", FILM, between("M5")),
        ("5", FILM, between("M5")),
        (5, FILM, between("M5")),
        (10, FILM, between("M5")),
        ("M", FILM, between("M5")),
        ("M 5", FILM, between("M3")),
        ("start", FILM, between("M5")),
        ("last", FILM, between("M5")),
        (["M5"], FILM, between("M5")),
        (SCORES[10], FILM, between("M5")),
        ("M99", FILM, between("M5")),
        ("M5", FILM, between("M2")),
        ("M5", FILM, between("M9")),
        ("M1", FILM, SCORES[0] - 1),
        ("E1", FILM, SCORES[0] - 1),
        ("M12", FILM, 0.0),
        (None, FILM, between("M5")),
    ],
    "ellipse_mover": [
        "E",
        "e-step",
        "both",
        "EM",
        "E and M",
        "neither",
        "",
        "K",
        "M1",
        "MM",
        "maximum",
        1,
        None,
        True,
        ["M"],
        {"M"},
        np.array("M"),
        b"M",
    ],
}

RIGHT = {
    "first_step_above": [
        *[(f"M{n}", FILM, between(f"M{n}")) for n in (1, 2, 5, 12)],
        ("m5", FILM, between("M5")),
        (" M5 ", FILM, between("M5")),
        ("M-step 5", FILM, between("M5")),
        ("M step 5", FILM, between("M5")),
        ("start", FILM, SCORES[0] - 1),
        ("Start", FILM, SCORES[0] - 1),
        (np.str_("M5"), FILM, between("M5")),
        ("M5", FILM, np.float32(between("M5"))),
    ],
    "ellipse_mover": ["M", "m", " M ", "M-step", "m-step", "M step", "M-Step", np.str_("M")],
}

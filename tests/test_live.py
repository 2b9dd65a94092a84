"""Every live picture: its controls at their ends, random walks over all that a reader can do, and errors."""

import gc
import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from families import some_now
from matplotlib.figure import Figure
from nbclient import NotebookClient
from PIL import Image
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach import reader
from gmm_teach.frames.layers import composed
from gmm_teach.plots.settings import LOCK
from gmm_teach.widgets.controls import button, checked, field, slider, tick_box
from gmm_teach.widgets.live import Live
from gmm_teach.widgets.scene import Scene

DEMOS = sorted(set(gt.widgets.__all__) - {"Stage", "player"})
CHEAP = {"how_many": {"starts": 2}, "lottery": {"runs": 12}}  # the most that is asked of the slow ones
CAN_ANSWER = {"content": {"allow_stdin": True}}
LONG = ("explorer", *CHEAP)  # seconds at each end of a control: for these the slow test below must do


@pytest.fixture(
    params=some_now(["bell", "trap", *(name for name in DEMOS if name not in ("bell", "trap"))], 2)
)
def make(request):
    return getattr(gt.widgets, request.param)


def picture(demo):
    """The picture that the page would be sent now, as an array."""
    with Image.open(io.BytesIO(demo.scene.shoot(demo.index))) as image:
        return np.asarray(image.convert("RGB"))


def ends(spec):
    """The values of a control at its ends, or all of them."""
    if spec["kind"] in ("range", "number"):
        return [spec["min"], spec["max"], spec["value"]]
    if spec["kind"] == "choice":
        return spec["options"]
    return [True, False]


def random_value(spec, rng):
    if spec["kind"] in ("range", "number"):
        high = min(spec["max"], spec["min"] + 1000)
        return rng.choice([spec["min"], spec["max"], rng.uniform(spec["min"], high)])
    return rng.choice(ends(spec))


def hear(demo, *events):
    """Events as the page sends them; returns what the page is told of their end."""
    told, send = [], demo.send
    demo.send = lambda message, buffers=None: told.append(message)
    try:
        demo._hear(demo, {"events": list(events), "asked": 7, "view": "one"}, [])
    finally:
        demo.send = send
    return told[-1]


def act(demo, rng, limits):
    """One thing that a reader may do: a control, a click, a half-step, or a frame that the page asks for."""
    what = rng.choice(["control", "control", "button", "click", "index", "frame"])
    if what == "control":
        name = rng.choice(list(demo.specs))
        value = random_value(demo.specs[name] | limits.get(name, {}), rng)
        hear(demo, {"set": {name: np.array(value).item()}})
    elif what == "button" and demo.buttons:
        hear(demo, {"press": str(rng.choice(demo.buttons))})
    elif what == "click" and demo.areas:
        x0, x1, y0, y1 = demo.areas[int(rng.integers(len(demo.areas)))][4:]
        hear(demo, {"click": [rng.uniform(*sorted((x0, x1))), rng.uniform(*sorted((y0, y1)))]})
    elif what == "index":
        demo.set_state({"index": int(rng.integers(len(demo.captions)))})
    else:
        demo._hear(demo, {"want": [int(rng.integers(len(demo.captions)))], "film": demo.film}, [])


def n_figures():
    gc.collect()
    return sum(issubclass(type(thing), Figure) for thing in gc.get_objects())  # asks nothing of the things


def assert_sound(demo):
    assert demo.problem == ""
    assert 0 <= demo.index < len(demo.captions)
    assert all(caption.strip() and "nan" not in caption for caption in demo.captions)
    assert demo.describe()
    assert not demo.notes or len(demo.notes) == len(demo.captions)


def test_shows_a_picture_before_anything_is_touched(make):
    demo = make()
    assert_sound(demo)
    assert demo.film == 1
    data, metadata = demo._repr_mimebundle_()
    with Image.open(io.BytesIO(data["image/png"])) as image:
        assert image.size[0] >= 900
    assert data["text/plain"] == metadata["image/png"]["alt"] == demo.describe()
    assert len(demo.describe()) > 40


@pytest.mark.slow
def test_two_of_a_kind_are_equal(make):
    first, second = make(), make()
    assert first.describe() == second.describe()
    np.testing.assert_array_equal(picture(first), picture(second))


@pytest.mark.parametrize("kind", some_now([kind for kind in DEMOS if kind not in LONG]))
def test_every_control_at_its_ends(kind):
    demo = getattr(gt.widgets, kind)()
    size = picture(demo).shape
    for pressed in demo.buttons:
        film = demo.film
        demo.press(pressed)
        assert_sound(demo)
        assert demo.film == film + 1
        assert picture(demo).shape == size
    for name, spec in demo.specs.items():
        for value in ends(spec):
            film = demo.film
            changes = demo.values[name] != value
            demo.set(**{name: value})
            assert_sound(demo)
            assert demo.film > film or not changes
            assert picture(demo).shape == size
        demo.set(**{name: spec["value"]})


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_every_control_at_its_ends_whatever_the_state_of_numpy(make):
    with np.errstate(all="raise"):
        demo = make()
        for name, spec in demo.specs.items():
            most = CHEAP.get(make.__name__, {}).get(name, np.inf)
            for value in (one if isinstance(one, str) else min(one, most) for one in ends(spec)):
                demo.set(**{name: value})
                for index in {0, len(demo.captions) - 1}:
                    demo.scene.shoot(index)
                assert_sound(demo)
            demo.set(**{name: spec["value"]})


def test_areas_are_those_of_clicks_that_count(make):
    demo = make()
    assert len(demo.areas) == len(demo.scene.clickable)
    for x0, x1, y0, y1 in (one[4:] for one in demo.areas):
        seen = []
        for part in (0.2, 0.9):
            demo.click(x0 + part * (x1 - x0), y0 + part * (y1 - y0))
            seen.append((demo.values, picture(demo).tobytes()))
        assert seen[0] != seen[1]


def test_controls_can_be_hidden_and_preset(make):
    specs = make().specs
    name = next(iter(specs))
    preset = ends(specs[name])[0]
    demo = make(hide=[name], **{name: preset})
    assert name not in [spec["name"] for spec in demo.controls]
    assert demo.values[name] == preset
    with pytest.raises(ValueError, match="control must be one of"):
        make(nonsense=1)
    with pytest.raises(TraitError):
        make(**{name: [name]})


@pytest.mark.slow
def test_random_walk(make):
    limits = {name: {"max": most} for name, most in CHEAP.get(make.__name__, {}).items()}
    rng, figures = np.random.default_rng(0), n_figures()
    demo = make()
    for _ in range(60):
        act(demo, rng, limits)
        assert_sound(demo)
    demo.finish()  # a page would have asked for the rest
    before, index = picture(demo), demo.index
    demo._adopt({})
    demo.index = index
    np.testing.assert_array_equal(picture(demo), before)  # nothing of an older one is left in it
    assert n_figures() <= figures + 1


class Failing(Scene):
    """A scene that draws up to 5 and then fails, and whose second picture cannot be drawn."""

    controls = (
        slider("x", "x", 0, 10, 1),
        tick_box("box", "box", False),
        field("n", "n", 1, 2**31 - 1, 1),
        button("more", "More"),
    )
    error = ZeroDivisionError("too much")

    def __init__(self):
        self.figure, _ = gt.figures.blank(1, 1, (2, 1))
        self.changes = []

    def change(self, values):
        self.changes.append(values["x"])
        if values["x"] > 5:
            raise self.error
        self.captions = [f"x is {values['x']}", "never"]

    def press(self, values, name):
        return {"x": values["x"] + 1}

    def draw(self, index):
        if index:
            raise MemoryError("no room")
        return super().draw(index)


@pytest.fixture
def failing():
    return Live(Failing())


def test_an_error_is_said_in_the_page_and_changes_nothing(failing, capsys):
    for _ in range(2):  # the second time as the first
        told = hear(failing, {"set": {"x": 7}})
        error = "ZeroDivisionError: too much"
        assert told == {"answered": 7, "view": "one", "film": failing.film, "problem": error}
        assert failing.values["x"] == 1
        assert failing.scene.changes[-1] == 1  # the scene is put back too
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert hear(failing, {"set": {"x": 3}})["problem"] == ""
    assert (failing.problem, failing.captions[0]) == ("", "x is 3")
    told = hear(failing, {"set": {"x": "three"}})
    assert told["problem"] == "TraitError: x must be a whole number from 0 to 10, got 'three'"
    told = hear(failing, {"set": {"x": 4}}, {"set": {"x": 9}})
    assert failing.values["x"] == 3, "what is asked for at once is done or left at once"


def test_an_interrupt_is_said_and_changes_nothing(failing):
    failing.scene.error = KeyboardInterrupt()
    told = hear(failing, {"set": {"x": 7}})
    assert told["problem"].startswith("Interrupted: all is as it was before")
    assert failing.values["x"] == 1
    with pytest.raises(KeyboardInterrupt):
        failing.set(x=7)


def test_events_are_followed_in_their_order_and_drawn_once(failing):
    film = failing.film
    hear(failing, {"press": "more"}, {"press": "more"}, {"set": {"n": 4}}, {"press": "more"})
    assert (failing.values["x"], failing.values["n"]) == (4, 4)
    assert failing.scene.changes == [1, 2, 3, 3, 4]
    assert failing.film == film + 1


def test_a_picture_that_cannot_be_drawn_is_told(failing, monkeypatch, capsys):
    told = []
    monkeypatch.setattr(failing, "send", lambda message, buffers=None: told.append(message))
    failing._hear(failing, {"want": [1], "film": failing.film}, [])
    assert told == [{"film": failing.film, "index": 1, "failed": "MemoryError: no room"}]
    assert "MemoryError" in capsys.readouterr().err


def test_an_index_beyond_the_film_is_its_end(failing):
    failing.set_state({"index": 20})
    assert failing.index == 1
    failing.set_state({"index": -4})
    assert failing.index == 0
    with pytest.raises(TraitError, match="index must be between 0 and 1; got 20"):
        failing.index = 20


def test_changes_on_two_threads_never_mix(monkeypatch):
    """A picture that is displayed while another thread changes sigma is of one sigma, and so is its text."""
    demo = gt.widgets.bell()
    alone = {}
    for sigma in (1.0, 2.0):
        demo.set(sigma=sigma)
        alone[demo.describe()] = demo.scene.shoot(0)
    describe = demo.scene.describe
    monkeypatch.setattr(demo.scene, "describe", lambda index: time.sleep(0.005) or describe(index))
    begun, faults = threading.Barrier(2), []

    def change():
        begun.wait()
        for i in range(40):
            hear(demo, {"set": {"sigma": 1.0 + i % 2}})

    thread = threading.Thread(target=change)
    thread.start()
    begun.wait()
    for _ in range(40):
        data, _ = demo._repr_mimebundle_()
        faults += [data["text/plain"]] * (data["image/png"] != alone[data["text/plain"]])
    thread.join()
    assert faults == []


CHANGES = {
    "basin_map": ("run_em", lambda demo: demo.set(mean_A=1)),
    "be_the_m_step": ("run_em", lambda demo: demo.press("finish")),
    "bug_museum": ("run_em", lambda demo: demo.set(exhibit=8)),
    "explorer": ("run_em", lambda demo: demo.set(seed=3)),
    "how_many": ("fit", lambda demo: demo.set(data="three_blobs", held_out=False)),
    "kmeans_limit": ("run_em", lambda demo: demo.set(log_sigma=-1)),
    "lottery": ("run_em", lambda demo: demo.set(data="three_blobs")),
    "overlap": ("run_em", lambda demo: demo.set(n="200", seed=7)),
    "trap": ("run_em", lambda demo: demo.set(distance=9)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_nobody_who_draws_waits_for_em(name, monkeypatch):
    function, change = CHANGES[name]
    demo = getattr(gt.widgets, name)()
    module = import_module(type(demo.scene).__module__)
    run, free = getattr(module, function), []
    for cached in vars(module).values():
        getattr(cached, "cache_clear", int)()

    def watched(*arguments, **options):
        with ThreadPoolExecutor(1) as thread:
            free.append(thread.submit(LOCK.acquire, blocking=False).result())
            if free[-1]:
                thread.submit(LOCK.release).result()
        return run(*arguments, **options)

    monkeypatch.setattr(module, function, watched)
    change(demo)
    assert free
    assert all(free)


def test_python_sees_its_own_errors(failing):
    with pytest.raises(ZeroDivisionError):
        failing.set(x=7)
    with pytest.raises(TraitError, match="x must be a whole number from 0 to 10, got 'three'"):
        failing.set(x="three")
    with pytest.raises(ValueError, match="control must be one of x, box, n; got 'y'"):
        failing.set(y=1)


def test_what_a_hand_does_is_moved_into_the_range_of_its_control(failing):
    hear(failing, {"set": {"x": -3}})
    assert failing.values["x"] == 0
    hear(failing, {"set": {"x": 2.4}})
    assert failing.values["x"] == 2
    hear(failing, {"set": {"n": 10**400}})
    assert failing.values["n"] == 2**31 - 1
    failing.set(x=np.float64(4), box=np.True_)
    assert (failing.values["x"], failing.values["box"]) == (4, True)


def test_a_button_at_the_end_of_a_range_stays_there():
    demo = gt.widgets.explorer(seed=2**31 - 1, K=1)
    demo.press("next seed")
    assert demo.values["seed"] == 2**31 - 1


def test_numbers_that_were_added_up_reach_the_end(make):
    for spec in make().specs.values():
        if spec["kind"] == "range" and isinstance(spec["step"], float):
            high = spec["max"] + 1e-12
            assert checked(spec, high) == spec["max"]


def test_no_control_has_a_value_beyond_its_ends(make):
    demo = make()
    before = demo.values
    for name, spec in demo.specs.items():
        if spec["kind"] in ("range", "number"):
            whole = isinstance(spec["step"], int) and isinstance(spec["min"], int)
            for value in (spec["min"] - 1, spec["max"] + 1, *[spec["value"] + 0.5] * whole):
                number = "whole number" if whole else "number"
                message = f"^{name} must be a {number} from {spec['min']} to {spec['max']}, got {value}$"
                with pytest.raises(TraitError, match=message):
                    demo.set(**{name: value})
                with pytest.raises(TraitError, match=message):
                    make(**{name: value})
    assert demo.values == before


@pytest.mark.parametrize("hide", [None, 5, True])
def test_what_hides_no_control_is_refused_by_name(make, hide):
    with pytest.raises(TypeError, match=f"hide must list names of controls, got {hide}"):
        make(hide=hide)
    with pytest.raises(ValueError, match=r"a control to hide must be one of .*; got 'nothing'"):
        make(hide=(name for name in ["nothing"]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": np.nan}, "x must be a whole number from 0 to 10, got nan"),
        ({"x": -np.inf}, "x must be a whole number from 0 to 10, got -inf"),
        ({"x": True}, "x must be a whole number from 0 to 10, got True"),
        ({"x": 11}, "x must be a whole number from 0 to 10, got 11"),
        ({"x": 2.5}, "x must be a whole number from 0 to 10, got 2.5"),
        ({"x": None}, "x must be a whole number from 0 to 10, got None"),
        ({"box": 1}, "box must be True or False, got 1"),
        ({"n": "2"}, "n must be a whole number from 1 to 2147483647, got '2'"),
    ],
)
def test_a_value_that_a_control_cannot_have_is_refused_by_name(failing, changes, message):
    with pytest.raises(TraitError, match=message):
        failing.set(**changes)
    with pytest.raises(TraitError, match=message):
        Live(Failing(), **changes)


def test_one_control_may_be_hidden_by_its_name_alone():
    assert [spec["name"] for spec in Live(Failing(), hide="box").controls] == ["x", "n", "more"]
    with pytest.raises(ValueError, match="control must be one of x, box, n; got 'scene'"):
        Live(Failing(), scene=1)


def test_a_whole_number_stays_one(failing):
    hear(failing, {"set": {"x": 2}})
    hear(failing, {"set": {"x": 2.0}})
    assert repr(failing.values["x"]) == "2"


def test_a_frame_of_an_older_film_is_not_sent(failing, monkeypatch):
    sent = []
    monkeypatch.setattr(failing, "send", lambda message, buffers: sent.append(message))
    failing._hear(failing, {"want": [0], "film": failing.film - 1}, [])
    assert sent == []
    failing._hear(failing, {"want": [0], "film": failing.film}, [])
    ((film, index, under, drawn_in),) = (message.values() for message in sent)
    assert (film, index, under) == (failing.film, 0, -1)
    assert drawn_in >= 0


def test_the_film_that_is_displayed_is_sent_whole():
    live = gt.widgets.explorer(K=1)
    assert live.frames == []
    live._repr_mimebundle_()
    assert len(live.frames) == len(live.captions) > 3
    assert live.kept == live.film
    live.set(K=2)
    assert live.kept != live.film


def want(live, index):
    live._hear(live, {"want": [index], "film": live.film}, [])


@pytest.fixture
def looked_at(monkeypatch):
    """As if the cell were run from a page."""
    monkeypatch.setattr(reader, "shell", lambda: SimpleNamespace(get_parent=lambda: CAN_ANSWER))


def test_where_a_page_asks_a_picture_is_displayed_before_its_film_is_drawn(looked_at):
    live, drawn = gt.widgets.explorer(K=1), []
    draw, first = live.scene.draw, live.scene.shoot(live.index)
    live.scene.draw = lambda index: drawn.append(index) or draw(index)
    data, _ = live._repr_mimebundle_()
    assert data["image/png"] == first
    assert (drawn, live.frames) == ([], [])  # it was drawn at the last change
    last = len(live.captions) - 1
    for index in range(last):
        want(live, index)
    assert live.frames == []
    want(live, last)
    assert live.under[1] == -1  # the one that was displayed
    for index in range(last + 1):
        errors = np.abs(
            np.asarray(composed(live.frames, live.under, index)) - np.asarray(draw(index)).astype(int)
        )
        assert errors.mean() < 0.8
    assert live.kept == live.film
    assert sorted(drawn) == [index for index in range(last + 1) if index != live.index]


def test_a_film_of_later_is_not_kept(looked_at):
    live = gt.widgets.explorer()
    live._repr_mimebundle_()
    live.set(K=1)
    for index in range(len(live.captions)):
        want(live, index)
    assert (live.frames, live.kept) == ([], -1)


def test_someone_looks_where_the_page_says_that_it_can_answer(looked_at, monkeypatch):
    assert reader.someone_looks()
    monkeypatch.setitem(CAN_ANSWER["content"], "allow_stdin", False)
    assert not reader.someone_looks()
    monkeypatch.undo()
    assert not reader.someone_looks()


@pytest.mark.slow
def test_a_notebook_that_is_run_with_no_page_stores_the_film():
    cell = nbformat.v4.new_code_cell("import gmm_teach as gt\ngt.widgets.explorer(K=1)")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3").execute()
    stored = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    (state,) = (model for model in stored.values() if "captions" in model["state"])
    films = [buffer for buffer in state["buffers"] if buffer["path"][0] == "frames"]
    assert len(films) == len(state["state"]["captions"]) > 3

import io
import json
from base64 import b64decode

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image
from traitlets import TraitError

import gmm_teach as gt
from gmm_teach.frames.layers import composed
from gmm_teach.widgets import Stage, player

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SMALL = {"size": (3, 2), "dpi": 50}


@pytest.fixture(scope="module")
def trace():
    X = gt.datasets.load("three_blobs").X
    return gt.run_em(X, gt.starts.random_points(X, 3, np.random.default_rng(0)), max_iter=3)


def test_a_player_holds_the_whole_film(trace):
    stage = player(trace, seconds=0.2, title="Blobs", **SMALL)
    assert stage.frames == []
    stage.finish()
    film = gt.frames.shoot(trace, title="Blobs", layers=True, **SMALL)
    assert (stage.frames, stage.under) == (film.frames, list(film.under))
    assert stage.captions == film.captions
    assert (stage.index, stage.interval) == (0, 200)


def test_a_page_gets_the_pictures_that_it_asks_for(trace, monkeypatch):
    stage = player(trace, **SMALL)
    sent = []
    monkeypatch.setattr(stage, "send", lambda message, buffers=None: sent.append((message, buffers)))
    monkeypatch.setattr("gmm_teach.widgets.on_request.someone_looks", lambda: True)
    stage._repr_mimebundle_()
    assert len(stage._drawn) == 1
    n = len(stage.captions)
    stage._hear(stage, {"want": list(range(n))[::-1], "film": 0}, [])
    frames = {message["index"]: buffers[0] for message, buffers in sent}
    assert [message["index"] for message, _ in sent] == list(range(n))[::-1]
    assert stage.kept == 0
    assert stage.frames == [frames[index] for index in range(n)]
    whole = gt.frames.shoot(trace, layers=True, **SMALL)
    for index in range(n):
        ours, theirs = (
            np.asarray(composed(film.frames, film.under, index)).astype(int) for film in (stage, whole)
        )
        assert abs(ours - theirs).mean() < 0.8


def test_negative_indices_count_from_the_end(trace):
    stage = player(trace, index=-2, poster=2, **SMALL)
    assert stage.index == len(trace.steps) - 2
    assert stage.poster == gt.frames.picture(trace, 2, **SMALL)
    assert "Shown here: M-step 1" in stage.text


@pytest.mark.parametrize("argument", ["index", "poster"])
def test_a_half_step_that_is_not_there_is_refused_before_the_film_is_drawn(trace, argument, monkeypatch):
    monkeypatch.setattr(gt.frames.Camera, "shoot", lambda *_: pytest.fail("drew a frame"))
    with pytest.raises(IndexError, match=f"{argument} must be between 0 and 7, or from -8 to -1; got 8"):
        player(trace, **{argument: 8}, **SMALL)


def test_a_view_says_which_half_steps_there_are(trace):
    with pytest.raises(IndexError, match="between 0 and 7, or from -8 to -1; got -9"):
        gt.views.View(trace).show(-9)


@pytest.mark.parametrize("index", [-1, 8])
def test_a_stage_shows_only_frames_that_it_has(trace, index):
    stage = player(trace, index=3, **SMALL)
    with pytest.raises(TraitError, match=f"index must be between 0 and 7; got {index}"):
        stage.index = index
    assert stage.index == 3


def test_a_stage_refuses_a_first_index_that_it_does_not_have(trace):
    film = gt.frames.shoot(trace, **SMALL)
    with pytest.raises(TraitError, match="between 0 and 7; got 99"):
        Stage(film, index=99, poster=b"", text="")


def test_playing_needs_a_pause_between_frames(trace):
    film = gt.frames.shoot(trace, **SMALL)
    with pytest.raises(TraitError, match="interval"):
        Stage(film, interval=0, poster=b"", text="")


def test_a_stage_is_also_a_picture_and_a_text(trace):
    bundles = [player(trace, title="Blobs", **SMALL)._repr_mimebundle_() for _ in range(2)]
    data, metadata = bundles[0]
    assert set(data) == {WIDGET_VIEW, "image/png", "text/html", "text/plain"}
    with Image.open(io.BytesIO(data["image/png"])) as image:
        assert (image.format, image.size) == ("PNG", (150, 100))
        image.load()
    text = data["text/plain"]
    assert text.startswith("Blobs: a film of 8 pictures. Shown here: E-step 4: colours move; log-likelihood")
    assert "0x" not in text
    assert metadata["image/png"]["alt"] == text
    other = bundles[1][0]
    assert (other["image/png"], other["text/plain"]) == (data["image/png"], text)


def test_the_page_gets_all_state_it_needs_and_no_more(trace):
    state = player(trace, **SMALL).get_state()
    ours = {"frames", "captions", "index", "interval", "name", "description"}
    assert ours <= set(state)
    assert {"poster", "text"}.isdisjoint(state)


def test_a_kernel_stores_picture_text_and_alt_but_no_film():
    source = (
        "import warnings\n"
        "import gmm_teach as gt\n"
        "warnings.simplefilter('ignore', gt.EMWarning)\n"
        "X = gt.datasets.load('three_blobs').X\n"
        "trace = gt.run_em(X, gt.starts.from_rows(X, [0, 1]), max_iter=2)\n"
        "gt.widgets.player(trace, size=(3, 2), dpi=50, progress=False)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, timeout=120, kernel_name="python3", store_widget_state=False).execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "execute_result"
    png = b64decode(output.data["image/png"].replace("\n", ""), validate=True)
    with Image.open(io.BytesIO(png)) as image:
        assert (image.format, image.size) == ("PNG", (150, 100))
    assert output.data["text/plain"].startswith("a film of 6 pictures. Shown here: E-step 3")
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]
    assert WIDGET_VIEW in output.data
    assert "widgets" not in notebook.metadata
    assert len(json.dumps(notebook)) < 40_000

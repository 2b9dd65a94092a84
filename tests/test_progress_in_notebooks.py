"""The bar of long work in a notebook: below the cell of a reader, and nowhere else."""

import re
import subprocess
import sys

import pytest
from jupyter_client.manager import start_new_kernel

BEGIN = """
import sys
from itertools import count
from types import SimpleNamespace

import gmm_teach as gt
from gmm_teach import progress, reader

X = gt.datasets.load("document_c").X


def ticking(seconds):
    times = count()
    progress.time = SimpleNamespace(monotonic=lambda: seconds * next(times))


def fit(**options):
    return gt.fit(X, 3, seed=0, **options)
"""
FIT = "ticking(1.0)\ntrace = fit(starts=3)"
DISPLAYS = ("display_data", "update_display_data")
A_BAR = re.compile(r'<label>Run of EM (\d) of 3 <progress value="(\d)" max="3"></progress></label>')


@pytest.fixture(scope="module")
def client():
    manager, client = start_new_kernel(extra_arguments=["--IPKernelApp.log_level=ERROR"])
    try:
        run(client, BEGIN)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client, code, looks=True):
    """Run code as a page does, or, looks=False, as nbclient does: (kind, content) of all that it sends."""
    messages = []

    def keep(message):
        if message["msg_type"] not in ("status", "execute_input"):
            messages.append((message["msg_type"], message["content"]))

    reply = client.execute_interactive(code, allow_stdin=looks, output_hook=keep, timeout=60)
    assert reply["content"]["status"] == "ok", reply["content"]
    return messages


def bars(messages):
    """The HTML of each display of a bar, all of one display id."""
    names = {content["transient"].get("display_id") for _, content in messages}
    assert len(names) <= 1
    assert [kind for kind, _ in messages] == [*DISPLAYS[:1], *DISPLAYS[1:] * len(messages)][: len(messages)]
    assert all(set(content["data"]) == {"text/html"} for _, content in messages)
    return [content["data"]["text/html"] for _, content in messages]


def test_a_reader_sees_how_far_a_long_fit_is_and_nothing_remains(client):
    *shown, last = bars(run(client, FIT))
    assert [A_BAR.fullmatch(one).groups() for one in shown] == [("2", "1"), ("3", "2")]
    assert last == ""


def test_each_bar_is_an_output_of_its_own(client):
    names = {run(client, FIT)[0][1]["transient"]["display_id"] for _ in range(2)}
    assert len(names) == 2


def test_where_nobody_looks_nothing_is_displayed(client):
    assert run(client, FIT, looks=False) == []


PARTS = """
ticking({})
with progress.Bar({n}) as bar:
    for part in range({n}):
        bar.tell(part, f"Part {{part}}")
"""


def test_what_takes_less_than_a_second_displays_nothing(client):
    """Though it can be foreseen to take more."""
    assert run(client, PARTS.format(0.3, n=4)) == []
    *shown, _ = bars(run(client, PARTS.format(0.3, n=6)))
    assert re.findall(r"Part \d", "".join(shown)) == ["Part 4", "Part 5"]


def test_a_bar_is_displayed_a_few_times_a_second(client):
    assert 30 <= len(bars(run(client, PARTS.format(0.01, n=1000)))) <= 40


def test_words_of_a_bar_are_text(client):
    program = 'ticking(2.0)\nwith progress.Bar(3) as bar:\n    bar.tell(1, "<b>A & B")'
    assert "&lt;b&gt;A &amp; B" in bars(run(client, program))[0]


ELSEWHERE = {
    "another thread": "from threading import Thread\none = Thread(target=fit, kwargs={'starts': 3})\n"
    "one.start()\none.join()",
    "captured": "from IPython.utils.capture import capture_output\n"
    "with capture_output() as captured:\n    fit(starts=3)\nassert not captured.outputs",
    "a copy of the process": "from unittest.mock import patch\n"
    "with patch('os.getpid', lambda: 1):\n    fit(starts=3)\n    assert reader.display_of_cell() is None",
    "an Output widget": "with out:\n    fit(starts=3)",
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_elsewhere_nothing_is_displayed(client, where):
    if where == "an Output widget":
        run(client, "from ipywidgets import Output\nout = Output()")
    messages = run(client, f"ticking(1.0)\n{ELSEWHERE[where]}")
    assert [kind for kind, _ in messages if kind in (*DISPLAYS, "stream")] == []


def test_a_message_of_a_widget_displays_nothing_in_another_cell(client):
    program = """
from ipywidgets import IntSlider
slider, seen = IntSlider(), []
slider.observe(lambda change: (ticking(1.0), seen.append(fit(starts=3))), "value")
print(slider.model_id)
"""
    name = run(client, program)[-1][1]["text"].strip()
    content = {"comm_id": name, "data": {"method": "update", "state": {"value": 7}}}
    asked = client.session.msg("comm_msg", content)
    client.shell_channel.send(asked)
    kinds = [kind for kind, _ in until_idle(client, asked["header"]["msg_id"])]
    assert not {*DISPLAYS, "stream"} & set(kinds)
    assert run(client, "print(len(seen))")[0][1]["text"] == "1\n"


def until_idle(client, name):
    """(kind, content) of all that the kernel sends until it has dealt with the message of this name."""
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == name:
            yield message["msg_type"], message["content"]
            if message["content"].get("execution_state") == "idle":
                return


def test_a_display_that_falls_over_stops_no_fit(client):
    program = """
def falls_over(*data, **options):
    raise OSError("gone")

display_pub = get_ipython().display_pub
display_pub.publish = falls_over
ticking(1.0)
print(fit(starts=3).status)
del display_pub.publish
"""
    assert [content["text"] for _, content in run(client, program)] == ["converged\n"]


def test_a_bar_is_emptied_when_the_work_fails(client):
    program = """
ticking(2.0)
try:
    with progress.Bar(3) as bar:
        bar.tell(1, "Part")
        raise ZeroDivisionError
except ZeroDivisionError:
    pass
"""
    assert bars(run(client, program))[-1] == ""


def test_films_show_theirs_below_the_cell_too(client):
    program = "ticking(2.0)\nfilm = gt.frames.shoot(trace, size=(3, 2), dpi=50)"
    *shown, last = bars(run(client, program))
    assert "Drawing frame 2 of" in shown[0]
    assert last == ""
    assert run(client, program, looks=False) == []


def test_no_kernel_and_no_ipython_is_loaded_for_a_bar():
    program = f"{BEGIN}\n{FIT}\nassert not {{'IPython', 'ipykernel', 'ipywidgets'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)

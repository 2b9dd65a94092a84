"""JupyterLab and Notebook 7 servers for the tests: a free port, a random token, a temporary folder."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

APPS = {
    # name: (module, trait that puts `jupyterapp` into the page, path of a notebook's page)
    "lab": ("jupyterlab", "LabApp", "lab/tree/{}?reset&"),
    "notebook7": ("notebook", "JupyterNotebookApp", "notebooks/{}?"),
}
QUIET = {  # no news, and no question whether JupyterLab must be built, which runs yarn for each page
    "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True},
    "buildCheck": False,
}
START_SECONDS = 180


class Server(NamedTuple):
    """A running server: which app it is, its address and token, the folder it serves, and its log."""

    app: str
    base: str
    token: str
    root: Path
    log: Path

    def page_of(self, notebook):
        """Address of a notebook's page; notebook is its path below `root`."""
        return f"{self.base}{APPS[self.app][2].format(notebook)}token={self.token}"


@contextmanager
def serve(app, folder):
    """Run `app` ("lab" or "notebook7") on folder/"root"; settings, kernels and log stay below folder too."""
    root, log = folder / "root", folder / "server.log"
    root.mkdir(exist_ok=True)
    environment = _environment(folder)
    module, trait, _ = APPS[app]
    command = [sys.executable, "-m", module, f"--{trait}.expose_app_in_browser=True"]
    command += ["--no-browser", "--allow-root", "--ServerApp.port=0", f"--ServerApp.root_dir={root}"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=file, stderr=file)
    try:
        yield _wait_for(app, process, folder)
    finally:
        process.send_signal(signal.SIGTERM)  # the server stops its kernels first
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder):
    """The environment of this process, with every folder that Jupyter writes to below `folder`."""
    config, profile = folder / "config", folder / "ipython" / "profile_default"
    for path in (config / "labconfig", profile):
        path.mkdir(parents=True)
    (config / "labconfig" / "page_config.json").write_text(json.dumps(QUIET))
    (profile / "ipython_config.py").write_text("get_config().HistoryManager.enabled = False\n")
    return os.environ | {
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def _wait_for(app, process, folder):
    """The `Server`, once it has written down its address and token."""
    log, note = folder / "server.log", folder / "runtime" / f"jpserver-{process.pid}.json"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            found = json.loads(note.read_text())
            return Server(app, found["url"], found["token"], folder / "root", log)
        except (OSError, ValueError):  # not written yet, or half written
            time.sleep(0.05)
    raise RuntimeError(f"{app} did not start within {START_SECONDS} s; its log:\n{log.read_text()}")

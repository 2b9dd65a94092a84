"""The files around the package: they agree with each other, and name no registry and no machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked_files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split()]


def needed_by(*groups):
    """What the groups of pyproject.toml list."""
    return [needed for group in groups for needed in PROJECT["dependency-groups"][group]]


def test_environment_yml_has_the_names_and_bounds_of_pyproject():
    wanted = {*PROJECT["project"]["dependencies"], *needed_by("course", "test", "page", "scale")}
    wanted |= {"python" + PROJECT["project"]["requires-python"], "pip", "-e ."}
    *conda, from_pip = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert {*conda, *from_pip["pip"]} == wanted


def test_package_needs_no_more_than_the_plan_allows():
    names = {re.split(r"[<>=]", needed)[0] for needed in PROJECT["project"]["dependencies"]}
    assert names == {"numpy", "matplotlib", "pillow", "ipywidgets", "anywidget"}


def test_lock_holds_every_dependency_with_its_hash():
    lock = (ROOT / "requirements.lock").read_text()
    groups = needed_by("course", "test", "page", "scale")
    for needed in [*PROJECT["project"]["dependencies"], *groups]:
        name = re.escape(re.split(r"[<>=]", needed)[0])
        assert re.search(rf"^{name}==.*\\\n\s+--hash=sha256:", lock, re.M), needed
    assert "://" not in lock


def test_readme_has_the_two_commands_and_links_to_files_that_exist():
    readme = (ROOT / "README.md").read_text()
    assert "uv run jupyter lab notebooks/00_watch_em_think.ipynb\n" in readme
    assert "uv run pytest\n" in readme
    targets = re.findall(r"\]\(([^)#]+)\)", readme)
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target


def test_version_is_the_same_everywhere():
    import gmm_teach

    assert gmm_teach.__version__ == PROJECT["project"]["version"]
    assert f"## {gmm_teach.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_nothing_names_a_registry_or_a_path_of_this_machine():
    hosts = ["py" + "pi.org", "python" + "hosted", "npmjs" + ".", "anaconda" + ".org", "deb" + ".debian"]
    folders = ["/" + name + "/" for name in ("root", "work", "farm")]
    for path in tracked_files():
        if path.suffix in {".gif", ".png"}:
            continue
        text = path.read_text(encoding="utf-8")
        for word in hosts + folders:
            assert word not in text, f"{path}: {word}"


def test_package_executes_nothing_from_the_network():
    for path in (ROOT / "gmm_teach").rglob("*"):
        if path.suffix in {".py", ".js", ".html", ".css"}:
            assert "://" not in path.read_text(encoding="utf-8"), path

"""Documentation cannot drift: shown output is today's, examples work, every command and code is covered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY
from cruxmap.checking import check
from cruxmap.cli import COMMANDS

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


def test_shown_outputs_and_the_picture_are_those_of_today() -> None:
    script = [sys.executable, str(REPOSITORY / "docs" / "refresh.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
    done = subprocess.run(script, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, f"run `python docs/refresh.py`\n{done.stdout}{done.stderr}"


def test_every_command_has_its_help_in_the_docs() -> None:
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE) == list(COMMANDS)


def test_the_example_of_the_authoring_guide_is_a_sound_workspace(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "authoring.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n# my-group/(\S+)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    assert len(blocks) == 5
    for name, text in blocks:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    report = check([tmp_path])
    assert report.ok, [problem.render() for problem in report.problems]
    assert report.problems == ()


def test_the_sentences_of_the_synthesis_guide_are_true(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "synthesis.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n((?:.*\n)*?)```$", page, re.MULTILINE)
    assert len(blocks) == 2
    (tmp_path / "cruxmap.yaml").write_text("name: guide\n", encoding="utf-8")
    (tmp_path / "proposals").mkdir()
    for number, text in enumerate(blocks):
        (tmp_path / "proposals" / f"{number}.yaml").write_text(text, encoding="utf-8")
    assert [problem.render() for problem in check([tmp_path]).problems] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_commands_that_exist(page: Path) -> None:
    for command in re.findall(r"`cruxmap ([a-z]+)", page.read_text(encoding="utf-8")):
        assert command in COMMANDS, command


def test_the_version_is_the_same_everywhere() -> None:
    import tomllib

    import cruxmap

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == cruxmap.__version__
    assert f"version: {cruxmap.__version__}" in (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")


def test_examples_in_python_are_true() -> None:
    import doctest

    for page in PAGES:
        result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
        assert result.failed == 0, page.name


def test_the_gallery_is_what_the_exporters_write_today() -> None:
    script = [sys.executable, str(REPOSITORY / "docs" / "gallery.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_group_is_what_its_commands_write_today(tmp_path: Path) -> None:
    script = [
        sys.executable,
        str(REPOSITORY / "docs" / "example_group.py"),
        "--into",
        str(tmp_path / "again"),
    ]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    kept = REPOSITORY / "docs" / "example-group"
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    made = {
        path.relative_to(tmp_path / "again").as_posix()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file() and ".cruxmap/" not in path.as_posix()
    }
    assert names == made
    stale = [name for name in names if (kept / name).read_bytes() != (tmp_path / "again" / name).read_bytes()]
    assert not stale, f"run `python docs/example_group.py`: {sorted(stale)}"

"""Fixtures that every test may use: the built-in corpus, workspaces written on the spot, the command line."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

import cruxmap
from cruxmap.cli import OBJECTS_BETWEEN_COLLECTIONS, cli
from cruxmap.cli.diagnostics import run
from cruxmap.knowledge import KnowledgeBase

# Machines that run tests differ in speed by far more than any deadline could allow for. A landing is tried with
# the same examples each time; at the desk new ones are drawn.
hypothesis.settings.register_profile("cruxmap", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("cruxmap")

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_collection_finish() -> None:
    """Collect as rarely as the command line does: walking whole corpora again and again took a fifth of the time."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


@pytest.fixture(autouse=True)
def _no_user_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the user's cache, workspace and terminal."""
    monkeypatch.setenv("CRUXMAP_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CRUXMAP_WORKSPACE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The built-in corpus."""
    return cruxmap.load(remember=False)


@dataclass(frozen=True)
class Result:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def cruxmap_command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run the command line in this process, with its real handling of errors and exit codes."""

    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = int(run(cli, arguments))
        captured = capfd.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the files of a workspace, given as path and text, and return its folder."""

    def write_files(**files: str) -> Path:
        root = tmp_path / "workspace"
        for name, text in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return root

    return write_files


@pytest.fixture
def in_folder() -> Iterator[Callable[[Path], None]]:
    """Change into a folder for the rest of a test."""
    before = Path.cwd()
    yield os.chdir
    os.chdir(before)


__all__ = ["REPOSITORY", "Result"]

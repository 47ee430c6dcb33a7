"""The wheel holds our packages and the corpus, and works from any folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, capture_output=True, check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_site_packages_gain_our_packages_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} <= {
        "cruxmap",
        "cruxmap_tui",
        "cruxmap_exports",
    }
    assert {"cruxmap/py.typed", "cruxmap_exports/page.css", "cruxmap_exports/table.css"} <= set(names)


def test_the_corpus_travels_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("proposals", "ontology"):
        for file in (REPOSITORY / folder).rglob("*.yaml"):
            assert f"cruxmap/data/{file.relative_to(REPOSITORY).as_posix()}" in names


def test_the_wheel_alone_shows_the_matrix(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    done = subprocess.run(
        [sys.executable, "-c", "from cruxmap.cli import main; main(['matrix', '--json'])"],
        env={"PYTHONPATH": str(unpacked), "CRUXMAP_CACHE": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert done.stdout.count('"interval"') == 44


def test_an_installation_inside_a_checkout_still_shows_its_own_corpus(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "checkout" / ".venv" / "site"
    for folder in ("proposals", "ontology"):
        (tmp_path / "checkout" / folder).mkdir(parents=True)
    zipfile.ZipFile(wheel).extractall(unpacked)
    done = subprocess.run(
        [sys.executable, "-c", "from cruxmap.corpus import builtin_root; print(builtin_root())"],
        env={"PYTHONPATH": str(unpacked)}, capture_output=True, text=True, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(unpacked / "cruxmap" / "data")


def test_no_module_is_longer_than_400_lines() -> None:
    for root in ("engine", "tui", "exports"):
        for file in (REPOSITORY / root).rglob("*.py"):
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file

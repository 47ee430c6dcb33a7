"""Layers import downwards only, and a command loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

HEAVY = ("pydantic", "yaml", "networkx", "numpy", "textual", "rich", "clingo", "graphviz", "asyncio")


def loaded_by(code: str, cache: Path) -> set[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine"), "CRUXMAP_CACHE": str(cache)}
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("command", ["matrix", "list", "show 3", "search deception", "compare 2 3", "where"])
def test_an_unchanged_workspace_is_shown_without_heavy_libraries(command: str, tmp_path: Path) -> None:
    run = f"from cruxmap.cli import cli; cli.main({command.split()!r}, standalone_mode=False)"
    loaded_by(run, tmp_path)
    assert not loaded_by(run, tmp_path) & set(HEAVY)


def test_the_engine_never_loads_a_user_interface(tmp_path: Path) -> None:
    code = """\
import importlib, pkgutil, cruxmap
for module in pkgutil.walk_packages(cruxmap.__path__, "cruxmap."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    assert not loaded_by(code, tmp_path) & {"textual", "rich", "cruxmap_tui", "cruxmap_exports"}


def test_import_contracts_hold() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(REPOSITORY / name) for name in ("engine", "tui", "exports")),
    }
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True, text=True, cwd=REPOSITORY, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout

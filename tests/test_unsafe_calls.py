"""No module loads YAML as objects, unpickles or evaluates anything."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conftest import REPOSITORY

FORBIDDEN = {"load", "load_all", "unsafe_load", "full_load", "CLoader", "FullLoader", "UnsafeLoader"}
MODULES = [
    file for root in ("engine", "exports", "tui") for file in sorted((REPOSITORY / root).rglob("*.py"))
]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_no_module_runs_what_it_reads(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml":
            assert node.attr not in FORBIDDEN, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec"}, node.lineno
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            assert not names & {"pickle", "marshal", "shelve", "dill"}, node.lineno

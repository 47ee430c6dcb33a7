from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cruxmap_exports import dotrun
from cruxmap_exports.dotrun import DotError, render_dot, rendered
from cruxmap_exports.map_dot import write_dot
from cruxmap_exports.map_svg import write_svg
from exports.map_examples import random_map, small_map

needs_scripts = pytest.mark.skipif(os.name != "posix", reason="stands in for dot with shell scripts")
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")


@pytest.fixture
def dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program named dot that comes first on the path."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "dot"


def written(script: Path, body: str, mode: int = 0o755) -> None:
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(mode)


def children() -> set[str]:
    listed = subprocess.run(
        ["ps", "-o", "stat=,args=", "-e"], capture_output=True, text=True, check=True
    ).stdout
    return {line for line in listed.splitlines() if "cruxmap-fake-dot" in line}


@needs_dot
@pytest.mark.parametrize("picture", ["svg", "png", "pdf"])
def test_the_real_program_draws(picture: dotrun.Picture) -> None:
    content = render_dot(write_dot(small_map()), picture)
    assert content.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[picture])


def test_without_the_program_the_own_drawing_comes_with_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = rendered(small_map(), "png")
    assert found.format == "svg"
    assert found.content.decode() == write_svg(small_map())
    assert found.message is not None
    assert "install the package `graphviz`" in found.message
    with pytest.raises(DotError, match="not on the path"):
        render_dot("digraph {}", "png")


@needs_scripts
def test_a_run_that_takes_too_long_is_ended_with_everything_it_started(dot: Path) -> None:
    written(dot, "sh -c 'sleep 60; : cruxmap-fake-dot' &\nsleep 60; : cruxmap-fake-dot")
    start = time.monotonic()
    with pytest.raises(DotError, match="longer than"):
        render_dot("digraph {}", "svg", seconds=0.3)
    assert time.monotonic() - start < 10
    assert not children()


@needs_scripts
@pytest.mark.skipif(shutil.which("setsid") is None, reason="needs setsid")
def test_a_program_that_leaves_its_group_is_not_waited_for(
    dot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dotrun, "LEFTOVER_SECONDS", 0.1)
    written(dot, "setsid sleep 4 &\nsleep 4")
    start = time.monotonic()
    with pytest.raises(DotError, match="longer than"):
        render_dot("digraph {}", "svg", seconds=0.2)
    assert time.monotonic() - start < 3.5


@needs_dot
def test_large_maps_pass_through_the_pipes() -> None:
    drawn = render_dot(write_dot(random_map(1, 200, 300)), "svg")
    assert drawn.count(b'class="node"') >= 500


@needs_scripts
def test_a_failure_is_tried_again_with_straight_lines_and_then_said(dot: Path, tmp_path: Path) -> None:
    written(dot, f'echo "$@" >> {tmp_path}/runs; echo "syntax error in line 1" >&2; exit 3')
    with pytest.raises(DotError, match="code 3: syntax error in line 1"):
        render_dot("digraph {}", "svg")
    assert (tmp_path / "runs").read_text().splitlines() == ["-Tsvg", "-Tsvg -Gsplines=line"]


@needs_scripts
def test_the_second_run_counts_when_it_succeeds(dot: Path) -> None:
    written(dot, 'case "$*" in *line*) echo "<?xml drawn"; cat >/dev/null;; *) exit 1;; esac')
    assert render_dot("digraph {}", "svg") == b"<?xml drawn\n"


@needs_scripts
@pytest.mark.parametrize("words", ["echo garbage", "true", "exec 1>&-"])
def test_something_else_than_a_picture_is_refused(dot: Path, words: str) -> None:
    written(dot, words)
    with pytest.raises(DotError, match="no PNG"):
        render_dot("digraph {}", "png")


@needs_scripts
def test_endless_output_is_cut_off(dot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dotrun, "LARGEST", 2**20)
    written(dot, "exec yes cruxmap-fake-dot")
    with pytest.raises(DotError, match="more than 1 MiB"):
        render_dot("digraph {}", "svg")
    assert not children()


@needs_scripts
@pytest.mark.skipif(
    os.name == "posix" and os.geteuid() == 0, reason="the superuser may run anything executable"
)
def test_a_file_that_may_not_be_run_is_passed_over(dot: Path) -> None:
    written(dot, "exit 9", mode=0o644)
    assert shutil.which("dot") != str(dot)


@needs_scripts
def test_a_file_that_is_no_program_is_said(dot: Path) -> None:
    dot.write_bytes(b"\x00not a program")
    dot.chmod(0o755)
    with pytest.raises(DotError):
        render_dot("digraph {}", "svg")


@needs_scripts
def test_nothing_of_the_environment_but_paths_reaches_the_program(
    dot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    written(dot, f"env > {tmp_path}/env; echo '<?xml'")
    render_dot("digraph {}", "svg")
    assert "SECRET_TOKEN" not in (tmp_path / "env").read_text()
    assert sys.version_info >= (3, 11)

"""What `cruxmap export map` and `cruxmap convert` do when `dot` is missing, hangs, fails or writes nonsense."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY, Result
from cruxmap_exports import dotrun

Command = Callable[..., Result]
SOURCE = REPOSITORY / "docs" / "examples" / "interchange" / "oversight.argdown"

DOTS = {
    "is missing": (None, "it is not on the path"),
    "fails": ("#!/bin/sh\necho 'syntax error near line 7' >&2\nexit 1\n", "code 1: syntax error near line 7"),
    "writes nonsense": ("#!/bin/sh\necho garbage\n", "what it wrote is no P"),
    "writes nothing": ("#!/bin/sh\nexit 0\n", "what it wrote is no P"),
    "writes without end": ("#!/bin/sh\nexec yes\n", "more than 1 MiB"),
    "hangs": ("#!/bin/sh\nsleep 60 &\necho $! > CHILD\nwait\n", "longer than 0.5 seconds"),
    "is no program": ("\x7fELF garbage", "cannot be used"),
}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="stands in for dot with shell scripts")


@pytest.fixture(params=DOTS)
def broken(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Path]:
    """The message that a `dot` which does not work must give, and the file with the id of its child."""
    script, message = DOTS[request.param]
    programs, child = tmp_path / "bin", tmp_path / "child"
    programs.mkdir()
    if script is not None:
        program = programs / "dot"
        program.write_text(script.replace("CHILD", str(child)), encoding="latin-1")
        program.chmod(0o755)
        for tool in ("sleep", "yes", "sh"):
            (programs / tool).symlink_to(
                f"/bin/{tool}" if Path(f"/bin/{tool}").exists() else f"/usr/bin/{tool}"
            )
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(dotrun, "SECONDS", 0.5)
    monkeypatch.setattr(dotrun, "LARGEST", 2**20)
    return message, child


def commands(target: Path) -> list[list[str]]:
    return [
        ["export", "map", "3/inner", "--to", str(target)],
        ["convert", str(SOURCE), "--to", str(target), "--force"],
    ]


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_the_old_file_stays_and_one_message_says_what_to_install(
    suffix: str, broken: tuple[str, Path], cruxmap_command: Command, tmp_path: Path
) -> None:
    message, child = broken
    target = tmp_path / f"map.{suffix}"
    target.write_text("old", encoding="utf-8")
    for arguments in commands(target):
        start = time.monotonic()
        result = cruxmap_command(*arguments)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1), result
        assert message in result.err
        assert "install the package `graphviz`" in result.err
        assert target.read_text(encoding="utf-8") == "old"
        assert time.monotonic() - start < 10
        assert_ended(child)
    assert not list(tmp_path.glob("*.tmp"))


def assert_ended(child: Path) -> None:
    """Wait a moment for a process that was killed; what nobody waits for stays listed as a zombie."""
    if not child.exists() or sys.platform != "linux":
        return
    status = Path("/proc", child.read_text(encoding="utf-8").strip(), "status")
    deadline = time.monotonic() + 5
    while status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_svg_that_dot_cannot_draw_is_ours_and_says_so(
    broken: tuple[str, Path], cruxmap_command: Command, tmp_path: Path
) -> None:
    message, child = broken
    target, own = tmp_path / "map.dot.svg", tmp_path / "own.svg"
    for drawn, plain in zip(commands(target), commands(own), strict=True):
        assert cruxmap_command(*plain).code == 0
        result = cruxmap_command(*drawn)
        assert result.code == 0, result
        assert "Drawn by cruxmap itself" in " ".join((result.out + result.err).split())
        assert message.replace("no P", "no SVG") in " ".join((result.out + result.err).split())
        assert target.read_bytes() == own.read_bytes()
        assert_ended(child)

"""The tour of docs/tui.md, walked in a real terminal: tmux, 80x24, keys as a person presses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import REPOSITORY

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")


class Terminal:
    """A tmux server of our own with one window."""

    def __init__(self, folder: Path, *command: str) -> None:
        self._socket = str(folder / "tmux")
        paths = os.pathsep.join(str(REPOSITORY / name) for name in ("engine", "tui", "exports"))
        own = {"PYTHONPATH": paths, "HOME": str(folder), "TERM": "xterm-256color"}
        for kind in ("STATE", "CONFIG", "CACHE"):
            own[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        environment = {**os.environ, **own}
        (folder / "out").mkdir()
        start = ("new-session", "-d", "-x", "80", "-y", "24", "-c", str(folder / "out"), *command)
        # Keys may not be taken apart by tmux waiting for the rest of an escape sequence.
        self._tmux("-f", "/dev/null", *start, environment=environment)

    def _tmux(self, *words: str, environment: dict[str, str] | None = None) -> str:
        command = ["tmux", "-S", self._socket, *words]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment, timeout=20
        )
        return done.stdout

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def until(self, *wanted: str, seconds: float = 40) -> str:
        """Wait until texts are on the screen, which is returned."""
        for _ in range(int(seconds / 0.1)):
            shown = self.screen()
            if all(text in shown for text in wanted):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{wanted} never came; the screen is\n{self.screen()}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", key)

    def write(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path, sys.executable, "-m", "cruxmap", "tui")
    yield opened
    opened.close()


def test_a_newcomer_finds_sets_follows_and_exports(terminal: Terminal, tmp_path: Path) -> None:
    terminal.until("Proposals · source", "/ Search", "x Export")

    terminal.press("/")
    terminal.until("Search all texts")
    terminal.write("transparency deception")
    terminal.until("found", "transparency-robust-to-deception  assumption")
    terminal.press("Enter")
    terminal.until("A2 Tools robust to deception", "w What if")

    terminal.press("w")
    terminal.until("Set a statement", "0 of 156 verdicts move")
    terminal.press("0")
    shown = terminal.until("Set: A2 = 0.00", "verdicts move")
    assert "↓" in shown
    assert "P1 inner" in shown

    terminal.press("Escape")
    time.sleep(0.5)
    terminal.press("g", "Enter")
    terminal.until("P1 inner alignment", "p1.inner.for.1", "→")

    terminal.press("1")
    terminal.until("Set: A2 = 0.00", "Proposals")
    terminal.press("v")
    terminal.until("Proposals · computed", "↓")
    terminal.press("x")
    terminal.until("Write the matrix of proposals: computed", "proposals-computed.html")
    terminal.press("Enter")
    terminal.until("Wrote")
    page = (tmp_path / "out" / "proposals-computed.html").read_text(encoding="utf-8")
    assert "transparency-robust-to-deception = 0.0" in page

    terminal.press("q")
    for _ in range(100):
        try:
            terminal.screen()
        except subprocess.CalledProcessError:
            return
        time.sleep(0.1)
    raise AssertionError("q did not leave")

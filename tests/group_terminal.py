"""A real process of `cruxmap group` on a terminal of its own, which can be killed at any moment."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from conftest import REPOSITORY


class Process:
    """One command on a pseudo-terminal of 80x24."""

    def __init__(self, root: Path, *words: str) -> None:
        paths = os.pathsep.join(str(REPOSITORY / name) for name in ("engine", "tui", "exports"))
        own = {
            "PYTHONPATH": paths,
            "TERM": "xterm-256color",
            "HOME": str(root),
            "COLUMNS": "80",
            "LINES": "24",
        }
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "cruxmap", "group", *words, "--workspace", str(root)]
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **own},
            start_new_session=True,
        )
        os.close(slave)
        self._seen = b""

    def until(self, wanted: str, seconds: float = 60) -> None:
        """Wait until a text is painted, after everything that was waited for before."""
        goal, end = wanted.encode(), time.monotonic() + seconds
        while goal not in self._seen:
            if time.monotonic() > end or self._process.poll() is not None:
                raise AssertionError(f"{wanted!r} never came:\n{self._seen.decode(errors='replace')[-3000:]}")
            ready, _, _ = select.select([self._master], [], [], 0.1)
            if ready:
                self._seen += os.read(self._master, 65536)
        self._seen = self._seen.partition(goal)[2]

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=20)
        os.close(self._master)

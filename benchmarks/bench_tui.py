"""Time to the first painted screen in a terminal, against a bare Textual app with the widgets that we use.

Each program runs in a pseudo-terminal of 120x40. The clock stops when a text that only its painted screen
holds has arrived, colours and cursor movements taken out.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from functools import partial
from pathlib import Path

from timing import compare, environment, report

BOUND = 1.5
RUNS = 5
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_X^].*?(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>])", re.DOTALL)

BARE = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import DataTable, Footer, Header, Markdown, Tree

class Bare(App):
    CSS = "Horizontal > * { width: 1fr; }"
    def compose(self):
        yield Header()
        with Horizontal():
            yield Tree("tree")
            yield DataTable()
            yield Markdown("# painted")
        yield Footer()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("a", "b", "c")
        table.add_rows([(str(n), "x", "y") for n in range(100)])

Bare().run()
"""


def paint_seconds(command: list[str], marker: bytes) -> float:
    """Seconds until a program has painted a text."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, {**environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while time.perf_counter() - start < 30:
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 65536)
                if marker in _ESCAPES.sub(b"", seen):
                    return time.perf_counter() - start
        raise TimeoutError(f"{marker!r} was never painted")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main() -> int:
    """Measure, print and judge."""
    cruxmap = [sys.executable, "-m", "cruxmap", "tui"]
    folder = tempfile.mkdtemp()
    program = Path(folder, "bare.py")
    program.write_text(BARE, encoding="utf-8")
    bare = [sys.executable, str(program)]
    kept = True
    print(f"{'':<62} {'ours':>10} {'bare':>10} {'ratio':>7}")
    for subject, marker in (("first paint", b"Positions"), ("the matrix with its cells", b"Microscope AI")):
        pair = compare(
            partial(paint_seconds, cruxmap, marker),
            partial(paint_seconds, bare, b"painted"),
            RUNS,
        )
        kept = report(subject, pair, BOUND if subject == "first paint" else 2.5) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

"""Time from a key to the painted screen, in a real terminal: the built-in corpus and 10,000 entries.

Each app runs in a pseudo-terminal of 120x40. A key is written; *painted* is the last byte before the
terminal falls silent for 20 ms, *complete* the last before 80 ms of silence: what is worked out in the
background, such as why a verdict comes out as it does, is there too. What a key costs in a bare Textual app
with a table is the driver's own wait and is taken off. The bound holds for what is painted.

`python benchmarks/bench_keys.py [--corpus | --large]`
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

from bench_tui import BARE
from grown_corpus import write_workspace
from timing import environment

PAINTED, COMPLETE = 0.02, 0.08
"""Seconds of silence."""
ROUNDS = 7
COPIES = 35
"""Of the corpus, which make more than 10,000 entries: its vocabulary is not copied."""
CORPUS_BOUND, LARGE_BOUND = 0.05, 0.1


class Step(NamedTuple):
    """What is measured: keys that lead there, keys that are pressed in turns, and keys that lead back."""

    subject: str
    before: tuple[bytes, ...]
    keys: tuple[bytes, ...]
    after: tuple[bytes, ...] = ()


DOWN, RIGHT, LEFT, ESCAPE, ENTER = b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b", b"\r"
STEPS = (
    Step("matrix: down, up", (b"1",), (DOWN, b"k")),
    Step("matrix: right, left", (b"1",), (RIGHT, LEFT)),
    Step("matrix: voice", (b"1",), (b"v",)),
    Step("matrix: kind", (b"1",), (b"K",)),
    Step("go to browse and back", (b"1", b"2", b"1"), (b"2", b"1")),
    Step("browse: down, up in the tree", (b"2", ESCAPE), (DOWN, b"k")),
    Step(
        "browse: filter, a letter",
        (b"2", ESCAPE, b"f"),
        (b"d", b"e", b"c", b"\x7f", b"\x7f", b"\x7f"),
        (ESCAPE,),
    ),
    Step("arguments: down, up", (b"3",), (DOWN, b"k")),
    Step("what if: raise, lower", (b"5",), (RIGHT, LEFT)),
    Step("what if: tenths", (b"5",), (b"0", b"9"), (b"R",)),
)


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: list[str], home: str) -> None:
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            own = {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "XDG_STATE_HOME": home,
                "XDG_CONFIG_HOME": home,
            }
            os.execvpe(command[0], command, {**environment(), **own})
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def quiet(self, seconds: float, longest: float) -> float:
        """Read until nothing came for so many seconds; seconds until the last byte."""
        start = last = time.perf_counter()
        while time.perf_counter() - start < longest:
            if not select.select([self._terminal], [], [], seconds)[0]:
                break
            os.read(self._terminal, 1 << 20)
            last = time.perf_counter()
        return last - start

    def press(self, key: bytes) -> tuple[float, float]:
        """Press a key; seconds until it is painted, and until everything is."""
        os.write(self._terminal, key)
        start = time.perf_counter()
        painted = self.quiet(PAINTED, 5)
        # Nothing may have come yet: the first byte begins the burst.
        if painted == 0:
            select.select([self._terminal], [], [], 1)
            began = time.perf_counter() - start
            painted = began + self.quiet(PAINTED, 5)
        spent = time.perf_counter() - start
        rest = self.quiet(COMPLETE, 5)
        return painted, max(painted, spent + rest if rest else painted)

    def close(self) -> None:
        """End the program."""
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        os.close(self._terminal)


def seconds(terminal: Terminal, step: Step) -> tuple[float, float]:
    """Median seconds of the keys of a step until they are painted, and until everything is."""
    for key in step.before:
        terminal.press(key)
        terminal.quiet(1.0, 20)
    measured = []
    for _ in range(ROUNDS):
        for key in step.keys:
            measured.append(terminal.press(key))
            # What is computed in the background may follow; it belongs to no other key.
            terminal.quiet(0.3, 5)
    for key in step.after:
        terminal.press(key)
        terminal.quiet(1.0, 5)
    painted, complete = zip(*measured, strict=True)
    return statistics.median(painted), statistics.median(complete)


def measure(subject: str, workspace: list[str], bound: float, waiting: float, home: str) -> bool:
    """Measure every step on one workspace; whether all keep the bound."""
    terminal = Terminal([sys.executable, "-m", "cruxmap", "tui", *workspace], home)
    broken = 0
    try:
        terminal.quiet(6.0, 180)
        for step in STEPS:
            painted, complete = (max(0.0, figure - waiting) for figure in seconds(terminal, step))
            broken += painted > bound
            verdict = "BROKEN" if painted > bound else "kept"
            figures = f"{1000 * painted:6.0f} ms {1000 * complete:8.0f} ms"
            print(
                f"{f'{subject}, {step.subject}':<52} {figures}  (at most {1000 * bound:.0f} ms: {verdict})",
                flush=True,
            )
    finally:
        terminal.close()
    return not broken


def bare_wait(home: str) -> float:
    """Seconds that a key costs in a bare app."""
    program = Path(home, "bare.py")
    program.write_text(BARE, encoding="utf-8")
    terminal = Terminal([sys.executable, str(program)], home)
    try:
        terminal.quiet(2.0, 20)
        return seconds(terminal, Step("bare: down, up in a table", (b"\t",), (DOWN, b"\x1b[A")))[0]
    finally:
        terminal.close()


def main() -> int:
    """Measure, print and judge."""
    with tempfile.TemporaryDirectory() as home:
        waiting = bare_wait(home)
        print(f"bare app, down, up in a table of 100 rows: {1000 * waiting:.0f} ms, taken off below")
        print(f"{'':<52} {'painted':>9} {'complete':>11}")
        kept = True
        if "--large" not in sys.argv:
            kept = measure("corpus", [], CORPUS_BOUND, waiting, home)
        if "--corpus" not in sys.argv:
            folder = Path(home, "large")
            folder.mkdir()
            from cruxmap import load

            write_workspace(folder, COPIES)
            count = len(load(folder).entries)
            kept = (
                measure(f"{count:,} entries", ["--workspace", str(folder)], LARGE_BOUND, waiting, home)
                and kept
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

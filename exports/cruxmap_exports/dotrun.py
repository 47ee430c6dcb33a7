"""Run the program `dot` of Graphviz on a text: with a time limit, without a shell, and without leftovers."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import threading
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from cruxmap.errors import CruxmapError
from cruxmap_exports.interchange.drawing import drawable
from cruxmap_exports.interchange.maps import Loss
from cruxmap_exports.map_dot import write_dot
from cruxmap_exports.map_svg import PICTURE_LOSS, write_svg

if TYPE_CHECKING:
    from cruxmap_exports.argmap import ArgMap
    from cruxmap_exports.interchange.maps import ArgumentMap

Picture = Literal["svg", "png", "pdf"]

SECONDS = 20.0
"""Time for one run; there are two at most."""

LARGEST = 64 * 2**20
"""Bytes of output beyond which a run is ended."""

LEFTOVER_SECONDS = 2.0
"""Time to read what an ended program has still written."""

_STARTS = {"svg": b"<?xml", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}

_DATE = re.compile(rb"(?<=/CreationDate \(D:)\d{14}")
_NO_DATE = b"19700101000000"
"""As long as a date, since a PDF names the places of its parts."""

_SIZES = {"png": ("-Gsize=80,80",)}
"""Pictures of pixels are scaled down to 80 inches at most: larger ones take minutes and open nowhere."""

_ADVICE = "install the package `graphviz`, or write svg, which needs no other program"


class DotError(CruxmapError):
    """The program `dot` is missing or did not draw the map."""

    code = "E973"

    def __init__(self, reason: str) -> None:
        super().__init__(f"dot of Graphviz cannot be used: {reason}; {_ADVICE}")
        self.reason = reason


class Rendered(NamedTuple):
    """A picture, its format, and a message when it is another one than was asked for."""

    content: bytes
    format: Picture
    message: str | None


def render_dot(source: str, picture: Picture, seconds: float | None = None) -> bytes:
    """Draw a text in DOT.

    Parameters
    ----------
    source : str
    picture : {"svg", "png", "pdf"}
    seconds : float, optional
        Time for a run, `SECONDS` by default. When the first one takes longer or fails, another with straight
        lines is tried.

    Returns
    -------
    bytes
        The same for the same text: a PDF does not say when it was drawn.

    Raises
    ------
    DotError
        When `dot` is missing, cannot be run, fails, takes too long, or writes something else or too much.
    """
    program = shutil.which("dot")
    if program is None:
        raise DotError("it is not on the path")
    command = [program, f"-T{picture}", *_SIZES.get(picture, ())]
    allowed = SECONDS if seconds is None else seconds
    try:
        return _run(command, source, picture, allowed)
    except DotError:
        return _run([*command, "-Gsplines=line"], source, picture, allowed)


def rendered(argmap: ArgMap, picture: Picture, seconds: float | None = None) -> Rendered:
    """Draw a map with `dot`, or as our own SVG when that cannot be.

    Returns
    -------
    Rendered
        With a message, and in the format `svg`, when `dot` could not be used.
    """
    try:
        return Rendered(render_dot(write_dot(argmap), picture, seconds), picture, None)
    except DotError as error:
        return Rendered(write_svg(argmap).encode(), "svg", f"{error}. Drawn by cruxmap itself.")


def write_png(argmap: ArgMap) -> bytes:
    """Draw a map as PNG with `dot`; see `render_dot`."""
    return render_dot(write_dot(argmap), "png")


def write_pdf(argmap: ArgMap) -> bytes:
    """Draw a map as PDF with `dot`; see `render_dot`."""
    return render_dot(write_dot(argmap), "pdf")


def write_dot_svg(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Draw a map as SVG with `dot`, or with our own layout when that cannot be; see `rendered`.

    Returns
    -------
    text : str
    losses : list of Loss
        The first says why the picture is ours, if it is.
    """
    found = rendered(drawable(graph), "svg")
    losses = [] if found.message is None else [Loss(found.message.removesuffix("."))]
    return found.content.decode(), [*losses, Loss(PICTURE_LOSS.removesuffix("."))]


class _Reader(threading.Thread):
    """Read a stream up to a limit; the program that writes more is ended."""

    def __init__(self, stream: IO[bytes], process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._stream, self._most, self._process = stream, LARGEST, process
        self.content = bytearray()
        self.full = False

    def run(self) -> None:
        """Read to the end, or until the stream is closed from our side."""
        with contextlib.suppress(OSError, ValueError):
            while chunk := self._stream.read(2**16):
                if len(self.content) + len(chunk) > self._most:
                    self.full = True
                    _end(self._process)
                    return
                self.content += chunk


def _run(command: list[str], source: str, picture: Picture, seconds: float) -> bytes:
    try:
        process = subprocess.Popen(  # noqa: S603 - the program found as `dot`, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            bufsize=0,
            start_new_session=True,
        )
    except OSError as error:
        raise DotError(f"{command[0]}: {error.strerror}") from error
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    output, talk = _Reader(process.stdout, process), _Reader(process.stderr, process)
    feed = threading.Thread(target=_feed, args=(process.stdin, source.encode()), daemon=True)
    with process:
        for thread in (output, talk, feed):
            thread.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise DotError(f"it took longer than {seconds:g} seconds") from None
        finally:
            # The whole group: a wrapper script may have started the real program.
            _end(process)
            # A program that left the group could hold the pipes for ever; nobody waits for that.
            for thread in (output, talk, feed):
                thread.join(LEFTOVER_SECONDS)
    if output.full or talk.full:
        raise DotError(f"it wrote more than {LARGEST // 2**20} MiB")
    if process.returncode:
        said = bytes(talk.content).decode(errors="replace").strip().partition("\n")[0]
        raise DotError(f"it ended with code {process.returncode}{f': {said[:200]}' if said else ''}")
    content = bytes(output.content)
    if not content.startswith(_STARTS[picture]):
        raise DotError(f"what it wrote is no {picture.upper()}")
    return _DATE.sub(_NO_DATE, content) if picture == "pdf" else content


def _feed(stream: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    with contextlib.suppress(OSError, ValueError), stream:
        while rest:
            rest = rest[stream.write(rest) :]


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _environment() -> dict[str, str]:
    """Pass on only what programs need to find their fonts and libraries."""
    names = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "FONTCONFIG_PATH", "XDG_CACHE_HOME")
    return {"LC_ALL": "C.UTF-8", "TZ": "UTC"} | {
        name: os.environ[name] for name in names if name in os.environ
    }

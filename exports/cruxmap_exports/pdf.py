"""Pages as PDF, set by a browser from the page's HTML."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from cruxmap_exports.errors import ProgramError

__all__ = ["browser", "pdf"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 90
_DATE = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)")
_ID = re.compile(rb"/ID ?\[[^\]]*\]")


def browser() -> str:
    """Find a browser that can print without a screen.

    Raises
    ------
    ProgramError
        Naming the package that has one.
    """
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise ProgramError(
        "PDF needs a Chromium browser, and none is on the PATH: on Debian and Ubuntu install the package "
        "`chromium`, or export HTML and print it from any browser"
    )


def pdf(page: bytes) -> bytes:
    """Print an HTML page as PDF.

    Parameters
    ----------
    page : bytes
        A page of `cruxmap_exports.document_html`.

    Returns
    -------
    bytes
        Without the time at which it was made.

    Raises
    ------
    ProgramError
        When there is no browser, or it fails, takes too long or leaves something that is no complete PDF.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="cruxmap-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        _run(program, Path(folder), source, target)
        data = target.read_bytes() if target.is_file() else b""
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise ProgramError(f"{program} left no complete PDF; nothing was written")
    return _without_time(data)


def _run(program: str, folder: Path, source: Path, target: Path) -> None:
    options = [
        "--headless",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--no-first-run",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={target}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to sandbox for root; the page is ours and its policy forbids every request.
        options.append("--no-sandbox")
    environment = {**os.environ, "HOME": str(folder), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell, and arguments that are ours
            [program, *options, source.as_uri()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramError(f"{program} cannot be run: {error.strerror}; nothing was written") from error
    with process:
        try:
            _, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ProgramError(
                f"{program} did not finish within {SECONDS} seconds; nothing was written"
            ) from error
        finally:
            _end(process)
    if process.returncode:
        lines = errors.decode(errors="replace").strip().splitlines()
        said = f": {lines[-1][:200]}" if lines else ""
        raise ProgramError(f"{program} failed with exit code {process.returncode}{said}; nothing was written")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser and the processes that it started, whether it finished, hangs or was interrupted."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _without_time(data: bytes) -> bytes:
    """Overwrite dates and ids by others of the same length, so that offsets stay true."""

    def date(match: re.Match[bytes]) -> bytes:
        head, length = match[0].split(b"(")[0], len(match[0])
        return (
            head + b"(" + b"D:19800101000000Z".ljust(length - len(head) - 2)[: length - len(head) - 2] + b")"
        )

    def same(match: re.Match[bytes]) -> bytes:
        return re.sub(rb"[0-9A-Fa-f]", b"0", match[0])

    return _ID.sub(same, _DATE.sub(date, data))

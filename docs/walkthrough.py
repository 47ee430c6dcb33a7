"""Pages that are walked through: every command in order, in an empty folder, as a reader would type them.

Blocks of `yaml` whose first line is a comment with a path are written to that file. Of `sh` blocks each line
is run. A `console` block holds one command, whose output of today is written below it. Other blocks are only
shown.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
WALKED = ("facilitators.md",)
"""Pages in docs that are refreshed in this way."""

_BLOCK = re.compile(
    r"^```(?P<kind>yaml|sh|console(?: head=(?P<head>\d+))?)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE
)
_FILE = re.compile(r"# (\S+)\n")
_GIT = {
    "GIT_AUTHOR_NAME": "reader-a",
    "GIT_AUTHOR_EMAIL": "reader-a@example.org",
    "GIT_COMMITTER_NAME": "reader-a",
    "GIT_COMMITTER_EMAIL": "reader-a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


class WalkError(Exception):
    """A command of a page ended with something else than 0."""


def walked(page: str) -> str:
    """Return a page with the outputs of its commands as of today, run from its first to its last.

    Parameters
    ----------
    page : str
        Markdown. The answers in docs/examples/meeting lie in the folder `forms`.

    Raises
    ------
    WalkError
        When a command does not end with 0.
    """
    with _empty_folder() as folder:
        shutil.copytree(ROOT / "docs" / "examples" / "meeting", folder / "forms")
        return _BLOCK.sub(lambda match: _block(match, folder), page)


def run(line: str) -> str:
    """Run one line in the current folder, as the shell would, and return what it prints."""
    words = shlex.split(line)
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    if words[0] == "git":
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        code, said = done.returncode, done.stdout + done.stderr
    elif words[0] == "cruxmap":
        code, said = _cruxmap(words[1:])
    else:
        raise WalkError(f"only cruxmap, git and cd can be walked through: {line}")
    if code:
        raise WalkError(f"{line}\n{said}")
    return said


def _block(match: re.Match[str], folder: Path) -> str:
    kind, body = match["kind"], match["body"]
    if kind == "yaml":
        if named := _FILE.match(body):
            target = folder / named[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
        return match[0]
    if kind == "sh":
        for line in body.splitlines():
            run(line)
        return match[0]
    command = body.splitlines()[0]
    lines = run(command.removeprefix("$ ")).replace(f"{Path.cwd()}{os.sep}", "").splitlines()
    head = int(match["head"] or 0)
    if head and len(lines) > head:
        lines = [*lines[:head], "..."]
    return "\n".join([f"```{kind}", command, *lines, "```"])


def _cruxmap(words: list[str]) -> tuple[int, str]:
    from cruxmap.cli import cli
    from cruxmap.cli.diagnostics import run as run_command

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = int(run_command(cli, words))
    return code, said.getvalue()


@contextlib.contextmanager
def _empty_folder() -> Iterator[Path]:
    """Work in an empty folder, at 80 columns and as nobody in particular."""
    before = Path.cwd()
    for name in ("engine", "exports"):
        if str(ROOT / name) not in sys.path:
            sys.path.insert(0, str(ROOT / name))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CRUXMAP_")}
    with tempfile.TemporaryDirectory() as made:
        os.chdir(made)
        try:
            with mock.patch.dict(os.environ, kept | _GIT | {"COLUMNS": "80", "NO_COLOR": "1"}, clear=True):
                yield Path.cwd()
        finally:
            os.chdir(before)

"""Open a file in the reader's own editor, at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

_PLUS_LINE = {
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "emacs",
    "emacsclient",
    "micro",
    "joe",
    "kak",
    "ne",
    "mg",
    "ed",
}
_GOTO = {"code", "codium", "cursor"}
_COLON = {"hx", "helix", "subl", "zed"}


def editor_words() -> list[str]:
    """Return the command of the editor: `$VISUAL`, `$EDITOR`, or the first common one that is installed."""
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(os.environ.get(name, ""))
        if words:
            return words
    return next(([name] for name in ("nano", "vim", "vi") if shutil.which(name)), [])


def editor_command(words: list[str], path: str, line: int) -> list[str]:
    """Return the command that opens a file at a line, in the way each editor wants to be told.

    Examples
    --------
    >>> editor_command(["vim"], "a.yaml", 7), editor_command(["code", "--wait"], "a.yaml", 7)
    (['vim', '+7', 'a.yaml'], ['code', '--wait', '--goto', 'a.yaml:7'])
    >>> editor_command(["gedit"], "a.yaml", 7)
    ['gedit', 'a.yaml']
    """
    name = Path(words[0]).name
    if name in _PLUS_LINE:
        return [*words, f"+{line}", path]
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, f"{path}:{line}" if name in _COLON else path]


def edit(words: list[str], path: str, line: int) -> str:
    """Run the editor until it ends; returns what went wrong, or nothing."""
    try:
        done = subprocess.run(editor_command(words, path, line), check=False)  # noqa: S603 - the user's editor
    except OSError as error:
        return f"{words[0]} cannot be started: {error.strerror or error}"
    return f"{words[0]} ended with status {done.returncode}" if done.returncode else ""

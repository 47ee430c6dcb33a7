"""Put bytes into a file so that a reader finds the old file or the new one, and never a part of either."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.corpus import FOLDERS
from cruxmap_exports.errors import NotWritableError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_target", "write"]


def check_target(path: Path, roots: Iterable[Path]) -> Path:
    """Return the file that a path leads to, links followed, if an export may be written there.

    Parameters
    ----------
    path : Path
    roots : iterable of Path
        Folders of entries; their `proposals/` and `ontology/` are closed to exports.

    Raises
    ------
    NotWritableError
        When it is a folder, is in a folder that does not exist, or would stand among entries.
    """
    target = Path(os.path.realpath(path))
    for root in roots:
        for name in FOLDERS:
            closed = Path(os.path.realpath(root / name))
            if closed == target or closed in target.parents:
                raise NotWritableError(path, f"{name}/ holds the entries themselves; choose another folder")
    if target.is_dir():
        raise NotWritableError(path, "it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise NotWritableError(path, f"there is no folder {path.parent}")
    if target.exists() and not target.is_file():
        raise NotWritableError(path, "it is no regular file; --to - writes to standard output")
    return target


def write(path: Path, data: bytes, roots: Iterable[Path] = ()) -> None:
    """Write a file in one step: a new file beside it, flushed to disk, takes its name.

    An existing file keeps its permissions, and is left as it was when anything goes wrong.

    Raises
    ------
    NotWritableError
        When the file must not or cannot be written.
    """
    target = check_target(path, roots)
    try:
        _replace(target, data)
    except OSError as error:
        raise NotWritableError(path, error.strerror or str(error)) from error


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Write new files: all of them or none, each complete or absent, never over what is there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Mapping


class FileExistsAlreadyError(CruxmapError):
    """A file that would be written is there already."""

    code = "E908"

    def __init__(self, path: Path, hint: str = "nothing was written") -> None:
        super().__init__(f"{path} exists already; {hint}")
        self.path = path


class UnwritableError(CruxmapError):
    """A file or folder cannot be written."""

    code = "E906"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}; nothing was written")
        self.path = path


def write_new(files: Mapping[Path, str | bytes], hint: str = "nothing was written") -> None:
    """Write files that do not exist yet; when one cannot be written, none is left.

    Parameters
    ----------
    files : mapping of path to text or bytes
        Folders are made as needed. Texts are written in UTF-8 with line feeds.
    hint : str
        What to tell a reader whose file is in the way.

    Raises
    ------
    FileExistsAlreadyError
        When any of the files is there already.
    UnwritableError
        When the system refuses; what had been written is removed again.
    """
    for path in files:
        if path.exists() or path.is_symlink():
            raise FileExistsAlreadyError(path, hint)
    made: list[Path] = []
    folders: list[Path] = []
    current = Path()
    try:
        for current, content in files.items():
            folders += _missing_folders(current.parent)
            current.parent.mkdir(parents=True, exist_ok=True)
            _write(current, content, replace=False)
            made.append(current)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise FileExistsAlreadyError(current, hint) from error
        raise UnwritableError(current, error.strerror or str(error)) from error


def replace_file(path: Path, content: str | bytes) -> None:
    """Write one file that may replace an older one; a reader sees the old text or the new one, never a part.

    Raises
    ------
    UnwritableError
        When the system refuses; the older file is then still there.
    """
    try:
        _write(path, content, replace=True)
    except OSError as error:
        raise UnwritableError(path, error.strerror or str(error)) from error


def _missing_folders(folder: Path) -> list[Path]:
    missing = [item for item in (folder, *folder.parents) if not item.exists()]
    return missing[::-1]


def _write(path: Path, content: str | bytes, *, replace: bool) -> None:
    """Fill a temporary file beside the target and move it there in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        if replace:
            temporary.replace(path)
        else:
            _move_to_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _move_to_new(temporary: Path, path: Path) -> None:
    """Give the file its name only if nobody else has taken it meanwhile."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # File systems without hard links cannot claim a name and fill it in one step.
        if path.exists():
            raise FileExistsError from None
        temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

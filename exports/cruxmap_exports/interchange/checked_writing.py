"""Write entries into a workspace only if the workspace is still sound with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.checking import check
from cruxmap.errors import CruxmapError
from cruxmap.problems import Severity
from cruxmap.writing import write_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cruxmap.problems import Problem


class UnsoundImportError(CruxmapError):
    """What would be written does not fit into the workspace."""

    code = "E976"

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"what would be imported does not fit, so nothing was written: {problem.render()}")


def write_checked(files: Mapping[Path, str], root: Path, hint: str) -> None:
    """Write new files; take them away again when `cruxmap check` then finds an error.

    Raises
    ------
    FileExistsAlreadyError, UnwritableError
        When a file cannot be written.
    UnsoundImportError
        With the first problem that the files bring.
    """
    write_new(files, hint)
    try:
        errors = [problem for problem in check([root]).problems if problem.severity is Severity.ERROR]
    except BaseException:
        _remove(files)
        raise
    if errors:
        _remove(files)
        raise UnsoundImportError(errors[0])


def _remove(files: Mapping[Path, str]) -> None:
    for path in files:
        path.unlink(missing_ok=True)

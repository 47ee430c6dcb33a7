"""Read the files of a session strictly: into a model class, with every mistake at its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from cruxmap.group.errors import BrokenGroupFileError
from cruxmap.problems import Problem
from cruxmap.yamlread import Document, locate, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.yamlread import Tree

RecordKind = TypeVar("RecordKind")

__all__ = ["fault", "named_files", "open_document", "read_record", "record_of", "without_blanks"]


def open_document(path: Path) -> Document:
    """Read a regular file; links and devices are refused, so that no file outside can be pulled in.

    Raises
    ------
    BrokenGroupFileError
        When it is no regular file or no YAML that cruxmap reads.
    """
    if path.is_symlink() or not path.is_file():
        message = "this is not a regular file" if path.exists() else "there is no such file"
        raise BrokenGroupFileError([Problem(str(path), 1, 1, "E016", message)])
    document = read_file(path)
    if document.problems:
        raise BrokenGroupFileError(sorted(document.problems))
    return document


def fault(document: Document, steps: tuple[str | int, ...], code: str, message: str) -> Problem:
    """A problem at the value that the steps lead to."""
    return Problem(*locate(document.mark, document.path, steps), code, message)


def record_of(kind: type[RecordKind], document: Document) -> RecordKind:
    """Validate a document against a model class.

    Raises
    ------
    BrokenGroupFileError
        With everything that is wrong, each at its place.
    """
    from cruxmap.model.validation import check_data

    found: Any
    found, faults = check_data(kind, document.value)
    if faults:
        places = [
            Problem(*locate(document.mark, document.path, item.steps), item.code, item.message, item.hint)
            for item in faults
        ]
        raise BrokenGroupFileError(sorted(places))
    made: RecordKind = found
    return made


def read_record(path: Path, kind: type[RecordKind]) -> RecordKind:
    """Read one file of a session into a model class; see `open_document` and `record_of`."""
    return record_of(kind, open_document(path))


def without_blanks(document: Document) -> Document:
    """Leave out every key without a value: a form that nobody has filled in there yet."""
    return replace(document, value=_pruned(document.value)) if document.value is not None else document


def _pruned(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        kept = {key: _pruned(value) for key, value in tree.items()}
        return {key: value for key, value in kept.items() if value not in ("", {})}
    return tree


def named_files(folder: Path) -> dict[tuple[str, int], Path]:
    """Files called `HANDLE.ROUND.yaml` in a folder, by handle and round; others are none of ours."""
    found: dict[tuple[str, int], Path] = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        handle, dot, number = path.stem.rpartition(".")
        if dot and number.isdecimal() and not path.name.startswith("."):
            found[handle, int(number)] = path
    return found

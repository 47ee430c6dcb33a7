"""Read a YAML file from outside, through the reader of entries: text only, bounded, no repeated keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cruxmap.yamlread import locate, read_file
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.textfiles import read_text

if TYPE_CHECKING:
    from cruxmap.yamlread import Document


@dataclass(frozen=True)
class YamlFile:
    """A mapping at the top of a YAML file, and where its values stand."""

    path: str
    value: dict[str, Any]
    document: Document

    def place(self, *steps: str | int) -> tuple[int, int]:
        """Line and column of a value."""
        _, line, column = locate(self.document.mark, self.path, steps)
        return line, column

    def error(self, problem: str, *steps: str | int) -> InterchangeError:
        """Return an error at a value."""
        return InterchangeError(self.path, problem, *self.place(*steps))


def read(path: str | Path) -> YamlFile:
    """Read a file that holds one mapping.

    Raises
    ------
    InterchangeError
        When the file cannot be read, with the first problem and its place.
    """
    shown = str(path)
    read_text(path)
    document = read_file(Path(path), shown)
    if document.problems:
        first = document.problems[0]
        hint = f" ({first.hint})" if first.hint else ""
        raise InterchangeError(shown, f"{first.message}{hint}", first.line, first.column)
    if not isinstance(document.value, dict):
        raise InterchangeError(shown, "the file must hold a mapping", 1, 1)
    return YamlFile(shown, document.value, document)


def texts(value: Any) -> list[str]:
    """One text or a list of texts as a list; anything else in it is left out."""
    if isinstance(value, str):
        return [value] if value else []
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

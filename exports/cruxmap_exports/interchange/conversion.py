"""Convert argument maps between formats."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.errors import UsageError
from cruxmap.writing import replace_file, write_new
from cruxmap_exports.interchange.errors import UnknownMapFormatError
from cruxmap_exports.interchange.formats import find, of_suffix, read_map, write_map
from cruxmap_exports.maps import MAP_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.argdown_writing import Mode
    from cruxmap_exports.interchange.maps import Loss
    from cruxmap_exports.maps import Content


@dataclass(frozen=True)
class Conversion:
    """What was converted.

    Attributes
    ----------
    source_format, target_format : str
    statements, arguments, edges : int
        Size of the map.
    losses : tuple of Loss
        Of reading, then of writing.
    text : str or bytes
        What was written.
    """

    source_format: str
    target_format: str
    statements: int
    arguments: int
    edges: int
    losses: tuple[Loss, ...]
    text: Content

    def as_data(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "schema": 1,
            "from": self.source_format,
            "to": self.target_format,
            "statements": self.statements,
            "arguments": self.arguments,
            "edges": self.edges,
            "losses": [loss.as_data() for loss in self.losses],
        }


def convert(
    source: Path,
    target: Path | None,
    source_format: str | None = None,
    target_format: str | None = None,
    *,
    mode: Mode | None = None,
    replace: bool = False,
) -> Conversion:
    """Read a map and write it in another format.

    Parameters
    ----------
    source, target : Path
        The suffixes say the formats unless they are named. Without a target nothing is written.
    source_format, target_format : str, optional
        Names of `cruxmap_exports.maps.FORMATS`.
    mode : {"loose", "strict"}, optional
        Of Argdown; see `argdown_writing.write`.
    replace : bool
        Whether the target may exist.

    Raises
    ------
    InterchangeError, UnknownMapFormatError, UsageError
        When the map cannot be read or the formats do not fit.
    DotError
        When `dot` must draw the picture and cannot.
    FileExistsAlreadyError, UnwritableError
        When the target cannot be written.
    """
    chosen = find(target_format) if target_format else of_suffix(target) if target else None
    if chosen is None and target is None:
        raise UsageError("name the format with --format when the map goes to stdout")
    if chosen is None:
        suffixes = ", ".join(item.suffix for item in MAP_FORMATS.values())
        raise UnknownMapFormatError(f"{target}: its name does not say the format; known suffixes: {suffixes}")
    if mode and chosen.name != "argdown":
        raise UsageError(f"--mode is for Argdown; the map is written as {chosen.title}")
    if target is None and chosen.binary:
        raise UsageError(f"{chosen.title} is no text; write it to a file")
    found, graph = read_map(source, source_format)
    if chosen.is_drawn and not graph.title:
        graph = dataclasses.replace(graph, title=source.name.split(".")[0])
    text, losses = write_map(graph, chosen, **({"mode": mode} if mode else {}))
    if target is not None and replace:
        replace_file(target, text)
    elif target is not None:
        write_new({target: text}, "use --force to replace it")
    arguments = sum(node.is_argument for node in graph.nodes)
    return Conversion(
        found.name,
        chosen.name,
        len(graph.nodes) - arguments,
        arguments,
        len(graph.edges),
        (*graph.losses, *losses),
        text,
    )

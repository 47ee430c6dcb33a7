"""Bring an argument map into a workspace: read, make entries, check them, and only then write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.loading import load
from cruxmap.templates import own_workspace
from cruxmap.yamlwrite import slug
from cruxmap_exports.interchange.checked_writing import write_checked
from cruxmap_exports.interchange.entries import entries
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.formats import read_map

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.maps import Loss

MOST_NODES = 20_000
"""Nodes of a map that is imported."""


@dataclass(frozen=True)
class ImportedMap:
    """What an import made.

    Attributes
    ----------
    source, format, workspace : str
    written : tuple of str
        Files, as the user would type them.
    statements, arguments : int
    names : dict
        Id in the map -> id in the workspace.
    losses : tuple of Loss
    """

    source: str
    format: str
    workspace: str
    written: tuple[str, ...]
    statements: int
    arguments: int
    names: dict[str, str]
    losses: tuple[Loss, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "schema": 1,
            "source": self.source,
            "format": self.format,
            "workspace": self.workspace,
            "written": list(self.written),
            "statements": self.statements,
            "arguments": self.arguments,
            "names": self.names,
            "losses": [loss.as_data() for loss in self.losses],
        }


def import_map(path: Path, workspace: str | Path, name: str | None = None) -> ImportedMap:
    """Import an argument map.

    Parameters
    ----------
    path : Path
        The file of the map.
    workspace : path
        A workspace of one's own; never the built-in corpus.
    name : str, optional
        The format; without it the suffix or the contents decide.

    Returns
    -------
    ImportedMap

    Raises
    ------
    InterchangeError, UnknownMapFormatError
        When the file cannot be read.
    FileExistsAlreadyError
        When the file was imported before.
    """
    root = own_workspace(workspace)
    chosen, graph = read_map(path, name)
    if not graph.nodes:
        raise InterchangeError(str(path), "there is nothing in the file to import")
    if len(graph.nodes) > MOST_NODES:
        raise InterchangeError(
            str(path), f"the map has {len(graph.nodes)} nodes, at most {MOST_NODES} are imported"
        )
    stem = slug(path.name.split(".")[0], longest=20, fallback="map")
    kb = load(root)
    taken = {*kb.positions, *kb.entries}
    made = entries(graph, stem, path.name, taken)
    folder = root / "ontology" / "imported"
    files = {
        folder / (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"): text
        for number, text in enumerate(made.texts, start=1)
    }
    write_checked(files, root, "delete it first to import the map again, or rename the file of the map")
    written = tuple(str(item) for item in files)
    return ImportedMap(
        str(path), chosen.name, str(root), written, made.statements, made.arguments, made.names, made.losses
    )

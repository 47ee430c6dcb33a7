"""Bring a grid of verdicts into a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.corpus import layers_of
from cruxmap.loading import load
from cruxmap.model.vocabulary import Scale
from cruxmap.templates import own_workspace
from cruxmap.yamlwrite import slug
from cruxmap_exports.interchange.checked_writing import write_checked
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.grid import understand
from cruxmap_exports.interchange.grid_entries import MadeFromGrid, grid_entries
from cruxmap_exports.interchange.grid_files import read_table
from cruxmap_exports.interchange.grid_marks import GridScale, Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True)
class ImportedGrid:
    """What an import made; see `MadeFromGrid`."""

    source: str
    workspace: str
    written: tuple[str, ...]
    made: MadeFromGrid

    def as_data(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "schema": 1,
            "source": self.source,
            "format": "grid",
            "workspace": self.workspace,
            "written": list(self.written),
            "scale": self.made.scale,
            "criteria": self.made.criteria,
            "assumptions": self.made.assumptions,
            "changed": self.made.changed,
            "added": self.made.added,
            "marks": self.made.marks,
            "matched": self.made.matched,
            "losses": [loss.as_data() for loss in self.made.losses],
        }


def import_grid(path: Path, workspace: str | Path, levels: Sequence[str] = ()) -> ImportedGrid:
    """Import a grid of verdicts.

    Parameters
    ----------
    path : Path
        CSV, TSV or XLSX: a row per proposal, a column per criterion of the group.
    workspace : path
        A workspace of one's own; never the built-in corpus.
    levels : sequence of str
        The levels of the group's scale, lowest first, when cruxmap does not know the marks.

    Returns
    -------
    ImportedGrid

    Raises
    ------
    InterchangeError
        When the file is no grid, with the place.
    FileExistsAlreadyError
        When the file was imported before.
    """
    root = own_workspace(workspace)
    if len({level.casefold() for level in levels}) != len(levels) or len(levels) == 1:
        raise InterchangeError("--levels", "a scale has at least two levels, each named once")
    table = read_table(path)
    kb = load(root)
    layers = layers_of(root)
    inherited = set(load(layers[0].root).entries) if len(layers) > 1 else set()
    grid = understand(table, kb, levels, _scales(kb))
    stem = slug(path.stem, longest=20, fallback="grid")
    made = grid_entries(grid, kb, inherited, stem, path.name)
    if not made.changed and not made.added:
        raise InterchangeError(
            str(path), "every row is an entry of this workspace already; nothing was written"
        )
    files = {
        root / "ontology" / "imported" / f"{stem}-grid.yaml": made.vocabulary,
        root / "proposals" / "imported" / f"{stem}-grid.yaml": made.assessments,
    }
    files = {name: text for name, text in files.items() if "\n- kind:" in f"\n{text}"}
    write_checked(files, root, "delete it first to import the grid again, or rename the file of the grid")
    return ImportedGrid(str(path), str(root), tuple(str(name) for name in files), made)


def _scales(kb: KnowledgeBase) -> dict[str, GridScale]:
    """Scales of the workspace by their words, if they can say unknown and not applicable too."""
    found = {}
    for scale in kb.of_kind(Scale):
        if {"unknown", "not-applicable"} <= {mark.id for mark in scale.marks}:
            levels = tuple(
                Level(level.id, level.glyph, level.ascii, (level.id, level.id.replace("-", " ")))
                for level in scale.levels
            )
            found[scale.id] = GridScale(scale.id, scale.title, levels, known=True)
    return found

"""Everything that a group takes away from a workspace, as one folder with an index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.model.entries import Strategy
from cruxmap_exports.dotrun import DotError
from cruxmap_exports.errors import NotWritableError, ProgramError
from cruxmap_exports.escape import markdown_text
from cruxmap_exports.registry import FORMATS, formats_for, render
from cruxmap_exports.request import Request
from cruxmap_exports.writing import check_target, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Proposal
    from cruxmap_exports.registry import Format

__all__ = ["INDEX", "Piece", "WrittenFolder", "everything", "in_every_format", "readable", "write_folder"]

INDEX = "README.md"
FOR_PROGRAMS = ("png", "dot-svg")
"""Formats of maps that a map of everything is too large for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a folder.

    Attributes
    ----------
    path : str
        Below the folder, with `/`.
    title : str
        What it is, for the index.
    target : str
        A target of the registry.
    form : Format
    request : Request
    """

    path: str
    title: str
    target: str
    form: Format
    request: Request


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """What was written.

    Attributes
    ----------
    written : tuple of (str, int)
        Path below the folder and size in bytes, the index last.
    left_out : tuple of (str, str)
        Path of each file that a missing program could not write, and why.
    """

    written: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, str], ...]


def everything(kb: KnowledgeBase) -> list[Piece]:
    """List what is worth taking away: matrices, maps, entries, the handout and the works.

    Parameters
    ----------
    kb : KnowledgeBase

    Returns
    -------
    list of Piece
        In the order of the index.

    Examples
    --------
    >>> from cruxmap import load
    >>> pieces = {piece.path for piece in everything(load())}
    >>> {"matrix.html", "map.svg", "entries/stem-ai.html", "handout.pdf", "sources.bib"} <= pieces
    True
    """
    pieces = in_every_format("matrix", "matrix", "the proposals, as the sources judge them", Request())
    computed = Request(voice={"voice": "computed"})
    title = "the proposals, as the recorded arguments come out"
    pieces += readable("matrix-computed", "matrix", title, computed)
    if kb.of_kind(Strategy):
        asked = Request(kind="strategy")
        pieces += readable("strategies", "matrix", "the strategies, as the sources judge them", asked)
    pieces += [
        piece
        for piece in in_every_format("map", "map", "the argument map of everything", Request())
        if piece.form.name not in FOR_PROGRAMS
    ]
    for criterion in kb.criteria:
        asked = Request(criteria=(criterion.id,))
        pieces += readable(f"maps/{criterion.id}", "map", f"the map of {criterion.title}", asked)
    for entry in kb.proposals:
        pieces += _entry(entry)
    pieces += in_every_format("handout", "handout", "one page for a meeting", Request())
    pieces += in_every_format("sources", "sources", "the works", Request())
    return pieces


def _entry(entry: Proposal) -> list[Piece]:
    asked = Request(entry=entry.id)
    return [
        *readable(f"entries/{entry.id}", "entry", entry.title, asked),
        *readable(f"maps/{entry.id}", "map", f"the map of {entry.title}", asked),
    ]


def readable(stem: str, target: str, title: str, request: Request) -> list[Piece]:
    """List one thing in the formats that people read on a screen."""
    wanted = ("svg",) if target == "map" else ("html", "markdown")
    return [_piece(stem, title, target, FORMATS[name], request) for name in wanted]


def in_every_format(stem: str, target: str, title: str, request: Request) -> list[Piece]:
    """List one thing in every format that can hold it."""
    return [_piece(stem, title, target, form, request) for form in formats_for(target)]


def _piece(stem: str, title: str, target: str, form: Format, request: Request) -> Piece:
    return Piece(f"{stem}{form.suffixes[0]}", title, target, form, request)


def write_folder(kb: KnowledgeBase, pieces: Sequence[Piece], folder: Path, title: str) -> WrittenFolder:
    """Write pieces and their index into a folder; what a missing program cannot write is left out.

    Parameters
    ----------
    kb : KnowledgeBase
    pieces : sequence of Piece
    folder : Path
        Made when it does not exist. Files of the same names are replaced, others stay.
    title : str
        Heading of the index.

    Raises
    ------
    NotWritableError
        When the folder is a file, or stands among the entries.
    """
    if folder.exists() and not folder.is_dir():
        raise NotWritableError(folder, "it is a file; name a folder")
    for name in sorted({str(Path(piece.path).parent) for piece in pieces}):
        _make(folder / name, kb.roots)
    written: list[tuple[str, int]] = []
    left_out: list[tuple[str, str]] = []
    for piece in pieces:
        try:
            data = render(kb, piece.target, piece.form, piece.request)
        except (ProgramError, DotError) as problem:
            left_out.append((piece.path, str(problem)))
            continue
        write(folder / piece.path, data, kb.roots)
        written.append((piece.path, len(data)))
    there = {path for path, _ in written}
    index = _index(title, [piece for piece in pieces if piece.path in there])
    write(folder / INDEX, index, kb.roots)
    return WrittenFolder((*written, (INDEX, len(index))), tuple(left_out))


def _make(folder: Path, roots: Iterable[Path]) -> None:
    # Whether a file may stand there is found out before a folder is made for it.
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir():
        raise NotWritableError(folder, f"{existing} is a file")
    check_target(existing / INDEX, roots)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritableError(folder, error.strerror or str(error)) from error
    check_target(folder / INDEX, roots)


def _index(title: str, pieces: Sequence[Piece]) -> bytes:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.title, []).append(piece)
    lines = [f"# {markdown_text(title)}", ""]
    for about, members in found.items():
        links = " · ".join(f"[{piece.form.suffixes[0].lstrip('.')}]({piece.path})" for piece in members)
        lines.append(f"- {markdown_text(about[:1].upper() + about[1:])}: {links}")
    return ("\n".join(lines) + "\n").encode()

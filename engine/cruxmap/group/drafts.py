"""A reader's private draft: saved cell by cell, in one step each, without touching the rest of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.group.errors import BrokenGroupFileError
from cruxmap.group.files import open_document
from cruxmap.group.folder import private_folder, write_text
from cruxmap.group.forms import cell_block, draft_text
from cruxmap.group.reading import changed, draft_of, read_draft, read_revealed
from cruxmap.group.responses import CellResponse, Draft
from cruxmap.reader_files import cell_named
from cruxmap.yamlread import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["current_draft", "merged", "save_cell", "save_draft", "start_draft"]


def current_draft(kb: KnowledgeBase, folder: SessionFolder, reader: str, round_: int) -> Draft:
    """What a reader has written so far.

    Without a draft, it is what the reader sealed in the round before, so that a mark is confirmed by leaving
    it; without that, it is empty. A mark under another version of its criterion has to be given anew: only
    what was said about it is carried over.

    Raises
    ------
    BrokenGroupFileError
        When the draft was edited into something that cannot be read. It stays as it is.
    """
    path = folder.draft(reader, round_)
    if path.exists() or path.is_symlink():
        return read_draft(kb, path)
    return _sealed_before(kb, folder, reader, round_)


def start_draft(kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str, round_: int) -> Path:
    """Write a form with all cells of a reader, unless there is a draft already; return its path.

    In a later round the form starts from what the reader sealed in the round before, where that is still on
    this machine: to confirm a mark is to leave it.
    """
    path = folder.draft(reader, round_)
    if not path.exists():
        before = _sealed_before(kb, folder, reader, round_)
        save_draft(kb, folder, session, reader, round_, before)
    return path


def _sealed_before(kb: KnowledgeBase, folder: SessionFolder, reader: str, round_: int) -> Draft:
    path = folder.sealed(reader, round_ - 1)
    if round_ < 2 or not path.is_file():
        return Draft()
    found = read_revealed(path)
    marks = {cell: _carried(kb, cell, said) for cell, said in found.marks.items()}
    return Draft(marks=marks, credences=found.credences, conditionals=found.conditionals)


def _carried(kb: KnowledgeBase, cell: str, said: CellResponse) -> CellResponse:
    asked = getattr(kb.entries.get(cell.partition("/")[2]), "version", None)
    mark = said.mark if said.criterion_version == asked else None
    return changed(said, mark=mark, criterion_version=None)


def save_draft(
    kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str, round_: int, given: Draft
) -> Path:
    """Write a whole draft in one step; what stood there is kept beside it as `.bak`."""
    private_folder(folder.root)
    path = folder.draft(reader, round_)
    if path.is_file():
        write_text(path.with_suffix(".bak"), path.read_text(encoding="utf-8", errors="replace"))
    write_text(path, draft_text(kb, session, reader, round_, given))
    return path


def save_cell(
    kb: KnowledgeBase,
    folder: SessionFolder,
    session: Session,
    reader: str,
    round_: int,
    cell: str,
    said: CellResponse,
) -> Path:
    """Save the answer for one cell; comments and all other answers stay as they are written.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session, reader, round_
        Whose draft.
    cell : str
        `entry/criterion`.
    said : CellResponse
        The whole answer for the cell.

    Returns
    -------
    Path
        The draft.

    Raises
    ------
    BrokenGroupFileError
        When the draft cannot be read; it stays as it is.
    UnwritableError
        When the system refuses; the older draft is then still there.
    """
    path = start_draft(kb, folder, session, reader, round_)
    before = read_draft(kb, path)
    wanted = {**before.marks, cell: said}
    text = _with_block(kb, path, cell, said)
    if text is not None and _marks_of(kb, text, path) == _filled(wanted):
        write_text(path, text)
        return path
    return save_draft(kb, folder, session, reader, round_, merged(before, Draft(marks={cell: said})))


def merged(before: Draft, given: Draft) -> Draft:
    """One draft over another: cells, credences and conditionals that are given replace those before."""
    pairs = {(item.verdict, item.crux): item for item in (*before.conditionals, *given.conditionals)}
    return Draft(
        reader=given.reader or before.reader,
        session=given.session or before.session,
        round=given.round or before.round,
        marks=before.marks | given.marks,
        credences=before.credences | given.credences,
        conditionals=tuple(pairs.values()),
    )


def _with_block(kb: KnowledgeBase, path: Path, cell: str, said: CellResponse) -> str | None:
    """The text of a draft with the lines of one cell replaced; None when they cannot be told apart."""
    document = open_document(path)
    top = document.mark.children
    marks = top["marks"].value if isinstance(top, dict) and "marks" in top else None
    if not isinstance(top, dict) or marks is None or not isinstance(marks.children, dict):
        return None
    starts = {cell_named(kb, name): key.line for name, key in marks.children.items()}
    if cell not in starts or len(set(starts.values())) < len(starts):
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    first = starts[cell]
    later = [key.line for key in (*marks.children.values(), *top.values()) if key.line > first]
    end = min(later, default=len(lines) + 1) - 1
    while end > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    block = cell_block(cell, said, asked=True)
    return "\n".join([*lines[: first - 1], *block, *lines[end:]]) + "\n"


def _marks_of(kb: KnowledgeBase, text: str, path: Path) -> dict[str, CellResponse] | None:
    """The marks that a text would give; None when it cannot be read."""
    document = read_bytes(text.encode(), str(path))
    if document.problems:
        return None
    try:
        return _filled(draft_of(kb, document).marks)
    except BrokenGroupFileError:
        return None


def _filled(marks: dict[str, CellResponse]) -> dict[str, CellResponse]:
    return {cell: said for cell, said in marks.items() if said != CellResponse()}

"""Under which name the answers of a reader are filed: by handle, or by an alias that only the reader knows.

Where readers are not to be named, no shared file may name them. Their commitments and responses carry an
alias, which is drawn on the reader's own machine and kept in the private folder. That a reader has committed
or revealed is told apart from that, by a mark in `steps/`, so that the group knows whom it waits for: a roll
of voters beside the ballots.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from cruxmap.errors import UsageError
from cruxmap.group.aliases import alias_of_words, drawn_alias
from cruxmap.group.errors import NotNowError
from cruxmap.group.files import named_files
from cruxmap.group.folder import ANONYMOUS, people, private_folder, write_text
from cruxmap.group.responses import CellResponse, Response
from cruxmap.model.fields import ENTRY_ID

if TYPE_CHECKING:
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session

__all__ = ["alias_to_file_under", "disclosed", "filed_as", "is_named"]

_DISCLOSED = ("mark", "criterion_version")


def is_named(folder: SessionFolder, session: Session, reader: str) -> bool:
    """Whether shared files may name a reader beside the answers."""
    person = people(folder.root).get(reader)
    return session.reveal == "names" and not (person and person.name == ANONYMOUS)


def filed_as(folder: SessionFolder, session: Session, reader: str) -> str | None:
    """The name on the files of a reader; None when an alias is to be drawn yet, or was on another machine.

    Once a reader has committed, the name stays for the session.
    """
    kept = folder.alias(reader)
    if kept.is_file() and not kept.is_symlink():
        found = kept.read_text(encoding="utf-8", errors="replace").strip()
        if re.fullmatch(ENTRY_ID, found):
            return found
    has_committed = any(name == reader for name, _ in named_files(folder.commitments))
    return reader if has_committed or is_named(folder, session, reader) else None


def alias_to_file_under(
    folder: SessionFolder, session: Session, reader: str, wish: str | None, *, has_committed: bool
) -> str:
    """The name for a reader's files, drawn and kept when there is none yet.

    Parameters
    ----------
    folder, session
    reader : str
    wish : str or None
        An alias of the reader's own choice, in any spelling.
    has_committed : bool
        Whether the reader is known to have committed in this round.

    Raises
    ------
    UsageError
        When the wish is no name, is taken, or comes where none is needed or too late.
    NotNowError
        When the reader has committed on another machine, which alone knows the alias.
    """
    known = filed_as(folder, session, reader)
    wanted = alias_of_words(wish) if wish is not None else None
    taken = {name for name, _ in named_files(folder.commitments)} | {*session.readers}
    if wanted is not None and wanted != known:
        if known == reader:
            raise UsageError("--alias: answers of this session are shown by name; `readers.yaml` says which")
        if known is not None:
            raise UsageError(f"--alias: your answers of this session are filed as {known} already")
        if not re.fullmatch(ENTRY_ID, wanted) or len(wanted) > 40:
            raise UsageError(f"--alias: {wish!r} is no name; letters and digits, at most 40")
        if wanted in taken:
            raise UsageError(f"--alias: {wanted} stands for somebody already; choose another one")
    if known is not None:
        return known
    if has_committed:
        raise NotNowError(
            f"{reader} has committed in this round on another copy of the workspace, and only that one knows "
            "under which alias; commit again there"
        )
    found = wanted or drawn_alias(taken)
    private_folder(folder.root)
    write_text(folder.alias(reader), f"{found}\n")
    return found


def disclosed(response: Response) -> Response:
    """What of a response its policy lets into a shared file; this is what the seal binds.

    Under `aggregate` only marks are shown, so nothing else leaves the reader's machine.

    Examples
    --------
    >>> kept = {"a/x": CellResponse(mark="likely", rationale="mine")}
    >>> sealed = Response(reader="heron-4f2a", session="s", round=1, reveal="aggregate", marks=kept)
    >>> disclosed(sealed).marks["a/x"] == CellResponse(mark="likely")
    True
    """
    values = {item.name: getattr(response, item.name) for item in fields(Response)}
    if response.reveal == "aggregate":
        bare = {
            cell: CellResponse(**{name: getattr(said, name) for name in _DISCLOSED})
            for cell, said in response.marks.items()
        }
        values |= {"marks": bare, "credences": {}, "conditionals": ()}
    return Response(**values)

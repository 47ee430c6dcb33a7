"""Commit and reveal: a hash is published first, the answers and what opens the seal later.

The commitment is SHA-256 over a fixed label, 32 random bytes and the canonical bytes of what the policy of
the session lets into a shared file. Until the reveal, answers and nonce stay in the private folder of the
reader's own copy: whoever reads the shared files, the facilitator included, learns that a reader has
committed and nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from cruxmap.group.drafts import current_draft
from cruxmap.group.errors import NotNowError, SealError
from cruxmap.group.files import named_files, read_record
from cruxmap.group.filing import alias_to_file_under, disclosed, filed_as
from cruxmap.group.folder import private_folder, write_text
from cruxmap.group.forms import response_text
from cruxmap.group.reading import changed, read_revealed
from cruxmap.group.responses import Hex64, Response, Revealed, canonical_bytes, missing_marks
from cruxmap.group.session import Handle
from cruxmap.group.state import current_round, mark_step, round_state
from cruxmap.model.fields import Count, Kebab, Line, record
from cruxmap.yamlwrite import scalar

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.responses import Draft
    from cruxmap.group.session import Session
    from cruxmap.group.state import RoundState
    from cruxmap.knowledge import KnowledgeBase

__all__ = [
    "Commitment",
    "Committed",
    "commit",
    "commitment_hash",
    "commitments",
    "go_on_without",
    "require_belonging",
    "reveal",
    "sealed_response",
]

_LABEL = b"cruxmap commitment 1\n"


@record
class Commitment(Kebab):
    """What a reader publishes before the reveal."""

    reader: Handle
    session: Line
    round: Count
    sha256: Hex64


@dataclass(frozen=True, slots=True)
class Committed:
    """What committing has done.

    `path` is the published file, `missing` the cells that were left without a mark, `replaced` whether an
    earlier commitment of the round gave way. `filed` is the name on the file: the handle, or an alias.
    """

    path: Path
    sha256: str
    missing: tuple[str, ...]
    replaced: bool
    filed: str


def commitment_hash(response: Response, nonce: str) -> str:
    """The hash that binds a reader to a response.

    Parameters
    ----------
    response : Response
    nonce : str
        32 random bytes in hexadecimal.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> one = Response(reader="reader-a", session="s", round=1, reveal="names")
    >>> commitment_hash(one, "00" * 32) == commitment_hash(one, "01" * 32)
    False
    """
    return hashlib.sha256(_LABEL + bytes.fromhex(nonce) + canonical_bytes(response)).hexdigest()


def sealed_response(
    kb: KnowledgeBase, session: Session, reader: str, round_: int, given: Draft, filed: str | None = None
) -> Response:
    """The response that a draft comes to: with the versions of the criteria, without cells left blank.

    It carries the name under which it is `filed`, where that is not the reader's handle.

    Raises
    ------
    NotNowError
        When the draft says that it belongs to another reader, session or round.
    """
    require_belonging(given, session, reader, round_)
    marks = {
        cell: changed(said, criterion_version=_version(kb, cell))
        for cell, said in given.marks.items()
        if said.mark is not None
    }
    return Response(
        reader=filed or reader,
        session=session.id,
        round=round_,
        reveal=session.reveal,
        marks=marks,
        credences=given.credences,
        conditionals=given.conditionals,
    )


def require_belonging(given: Draft, session: Session, reader: str, round_: int) -> None:
    """Refuse answers that say that they are another reader's, or for another session or round.

    Raises
    ------
    NotNowError
        Naming both.
    """
    for word, said, right in (
        ("reader", given.reader, reader),
        ("session", given.session, session.id),
        ("round", given.round, round_),
    ):
        if said not in (None, right):
            raise NotNowError(f"these answers are for {word} {said}, and this is {word} {right}")


def _version(kb: KnowledgeBase, cell: str) -> int:
    return int(getattr(kb.entries[cell.partition("/")[2]], "version", 1))


def commit(
    kb: KnowledgeBase,
    folder: SessionFolder,
    session: Session,
    reader: str,
    *,
    partial: bool = False,
    alias: str | None = None,
) -> Committed:
    """Seal a reader's draft of the current round and publish its hash.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    reader : str
    partial : bool
        Whether cells without a mark are left out, instead of being a mistake.
    alias : str, optional
        The alias to file the answers under, where readers are not named; by default it is drawn by lot.

    Raises
    ------
    UsageError
        When the alias cannot be had.
    NotNowError
        When no round is open, answers of the round have been revealed, or cells have no mark.
    BrokenGroupFileError
        When the draft cannot be read.
    """
    round_ = current_round(folder)
    state = round_state(folder, session, round_)
    if not state.opened:
        raise NotNowError(f"{folder.id} is not open yet; the facilitator opens it: cruxmap group open")
    if state.revealed:
        raise NotNowError(
            f"answers of round {round_} have been revealed already, so yours would not be independent; "
            "wait for the next round"
        )
    draft = current_draft(kb, folder, reader, round_)
    require_belonging(draft, session, reader, round_)
    missing = missing_marks(draft, session.cells_of(reader))
    if not any(said.mark for said in draft.marks.values()):
        raise NotNowError(f"{reader} has not answered anything yet: cruxmap group rate")
    if missing and not partial:
        raise NotNowError(
            f"{len(missing)} of your {len(session.cells_of(reader))} cells have no mark: "
            f"{', '.join(missing[:3])}{' ...' if len(missing) > 3 else ''}; answer them, or leave them out "
            "by --partial"
        )
    filed = alias_to_file_under(folder, session, reader, alias, has_committed=reader in state.committed)
    response = sealed_response(kb, session, reader, round_, draft, filed)
    path = folder.commitment(filed, round_)
    replaced = path.is_file()
    sha256 = _keep_sealed(folder, reader, round_, response)
    write_text(path, _commitment_text(filed, session.id, round_, sha256))
    if filed != reader:
        mark_step(folder, "committed", round_, reader)
    return Committed(path, sha256, missing, replaced, filed)


def _keep_sealed(folder: SessionFolder, reader: str, round_: int, response: Response) -> str:
    """Write the private copy with its nonce, and return the hash of what may be shared of it."""
    nonce = secrets.token_hex(32)
    values = {item.name: getattr(response, item.name) for item in fields(Response)}
    private_folder(folder.root)
    # The private copy comes first: a commitment whose answers are gone could never be opened.
    sealed = folder.sealed(reader, round_)
    if sealed.is_file():
        write_text(sealed.with_suffix(".bak"), sealed.read_text(encoding="utf-8", errors="replace"))
    write_text(sealed, response_text(Revealed(**values, nonce=nonce)))
    kept = read_revealed(sealed)
    if canonical_bytes(kept) != canonical_bytes(response):
        raise SealError(f"{sealed} does not read back as it was written; nothing was committed")
    return commitment_hash(disclosed(kept), nonce)


def _commitment_text(reader: str, session: str, round_: int, sha256: str) -> str:
    return (
        f"reader: {scalar(reader)}\nsession: {scalar(session)}\nround: {round_}\nsha256: {scalar(sha256)}\n"
    )


def commitments(folder: SessionFolder, round_: int) -> dict[str, Commitment]:
    """Every commitment of a round by reader.

    Raises
    ------
    BrokenGroupFileError
        When one cannot be read.
    """
    return {
        reader: read_record(path, Commitment)
        for (reader, number), path in named_files(folder.commitments).items()
        if number == round_
    }


def reveal(folder: SessionFolder, session: Session, reader: str) -> Path:
    """Publish what a reader sealed in the current round.

    Nobody can reveal while a reader is still waited for: what is revealed could be read by those who have
    not answered. The file says which commitments were there.

    Returns
    -------
    Path
        The published file.

    Raises
    ------
    NotNowError
        When others have not committed yet, or there is nothing to reveal.
    SealError
        When the sealed answers are gone or do not fit the commitment.
    """
    round_ = current_round(folder)
    state = round_state(folder, session, round_)
    _require_ready(folder, state, reader)
    published = commitments(folder, round_)
    filed = filed_as(folder, session, reader)
    if filed is None or filed not in published:
        raise SealError(
            f"this copy knows no commitment of {reader}: answers are revealed on the machine on which they "
            "were committed"
        )
    sealed = folder.sealed(reader, round_)
    found = _fitting(sealed, folder.commitment(filed, round_), published[filed].sha256)
    shown = disclosed(found)
    values = {item.name: getattr(shown, item.name) for item in fields(Response)}
    seen = {name: item.sha256 for name, item in published.items()}
    target = folder.response(filed, round_)
    write_text(target, response_text(Revealed(**values, nonce=found.nonce, seen=seen)))
    if filed != reader:
        mark_step(folder, "revealed", round_, reader)
    return target


def _fitting(sealed: Path, commitment: Path, sha256: str) -> Revealed:
    """The sealed answers that belong to a commitment: the last ones, or those before.

    Who is interrupted between sealing and publishing has a commitment that belongs to the older answers.
    """
    kept = [path for path in (sealed, sealed.with_suffix(".bak")) if path.is_file()]
    if not kept:
        raise SealError(
            f"{sealed} is not there: answers are revealed on the machine on which they were committed"
        )
    for found in map(read_revealed, kept):
        if commitment_hash(disclosed(found), found.nonce) == sha256:
            return found
    raise SealError(
        f"{sealed} does not fit {commitment}: one of them was changed after the "
        "commitment, and revealing it would show as a mismatch"
    )


def _require_ready(folder: SessionFolder, state: RoundState, reader: str) -> None:
    if not state.opened:
        raise NotNowError(f"{folder.id} is not open yet")
    if reader not in state.committed:
        raise NotNowError(f"{reader} has not committed in round {state.round}: cruxmap group commit")
    if reader in state.revealed:
        raise NotNowError(f"{reader} has revealed the answers of round {state.round} already")
    if state.awaited:
        raise NotNowError(
            f"round {state.round} waits for the commitment of {', '.join(state.awaited)}; what you reveal "
            "now they could read before they answer. To go on without somebody: cruxmap group reveal "
            "--without HANDLE"
        )


def go_on_without(folder: SessionFolder, session: Session, reader: str) -> Path:
    """Stop waiting for a reader in the current round; everybody sees that it was done.

    Raises
    ------
    NotNowError
        When no round is open, or the reader does not take part or has revealed.
    """
    round_ = current_round(folder)
    state = round_state(folder, session, round_)
    if not state.opened:
        raise NotNowError(f"{folder.id} is not open yet")
    if reader not in session.readers:
        raise NotNowError(f"{reader!r} does not take part; readers: {', '.join(session.readers)}")
    if reader in state.revealed:
        raise NotNowError(f"{reader} has revealed already; there is nothing to wait for")
    return mark_step(folder, "without", round_, reader)

"""Answering: which round takes answers, and whether an answer can stand, before it goes into the draft."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cruxmap.credences import node_named
from cruxmap.errors import UsageError
from cruxmap.group.errors import NotNowError
from cruxmap.group.folder import require_cells
from cruxmap.group.reading import changed, locator_fault, statement_or_words
from cruxmap.group.responses import CellResponse
from cruxmap.group.state import current_round, round_state
from cruxmap.model.intervals import UnknownMarkError, interval, words
from cruxmap.model.validation import check_data

if TYPE_CHECKING:
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["answering_round", "checked_answer"]


def answering_round(kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str) -> int:
    """The round in which a reader can answer now.

    Raises
    ------
    NotNowError
        When no round is open, or the reader has revealed the answers of this one.
    BrokenGroupFileError
        When the plan names cells that are not there.
    """
    round_ = current_round(folder)
    require_cells(kb, folder, session)
    state = round_state(folder, session, round_)
    if not state.opened:
        raise NotNowError(f"{folder.id} is not open yet; the facilitator opens it: cruxmap group open")
    if reader in state.revealed:
        raise NotNowError(
            f"{reader} has revealed the answers of round {round_}; the next round is for changed minds"
        )
    return round_


def checked_answer(kb: KnowledgeBase, cell: str, said: CellResponse) -> CellResponse:
    """Hold an answer against the entries, and return it with ids in place of other names.

    Parameters
    ----------
    kb : KnowledgeBase
    cell : str
        `entry/criterion`.
    said : CellResponse
        Any part of it may be missing.

    Raises
    ------
    CruxmapError
        When a mark is not on the scale, a place not in the text, a name unknown or a value not possible.
    """
    scale = kb.scale_of(cell.partition("/")[2])
    if said.mark is not None:
        try:
            interval(scale, said.mark)
        except UnknownMarkError as error:
            raise UsageError(f"{error}; possible: {', '.join(words(scale))}") from None
    wrong = locator_fault(kb, cell, said.at) if said.at else ""
    if wrong:
        raise UsageError(f"--at: {wrong}")
    assumption = None if said.assumption is None else statement_or_words(kb, said.assumption)
    hinges = tuple(dict.fromkeys(node_named(kb, name) for name in said.hinges))
    found = changed(said, assumption=assumption, hinges=hinges)
    data: dict[str, Any] = {item.name.replace("_", "-"): getattr(found, item.name) for item in fields(found)}
    _, faults = check_data(CellResponse, {name: value for name, value in data.items() if value is not None})
    if faults:
        raise UsageError(f"{faults[0].message} ({faults[0].hint})" if faults[0].hint else faults[0].message)
    return found

"""Find everything wrong with the files that a facilitator writes, before the meeting stumbles over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.group.errors import BrokenGroupFileError
from cruxmap.group.folder import people, require_cells, session_folders
from cruxmap.group.record_file import RECORD, read_meeting
from cruxmap.group.verification import verify
from cruxmap.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["session_problems"]


def session_problems(root: Path, kb: KnowledgeBase | None) -> list[Problem]:
    """Everything wrong with `readers.yaml`, the plans, the records and the seals of a workspace.

    Parameters
    ----------
    root : Path
        The workspace.
    kb : KnowledgeBase or None
        Holds the cells of plans against entries and criteria; None when it cannot be loaded.

    Returns
    -------
    list of Problem
        It never tells what an answer says: a round may still be sealed.
    """
    problems: list[Problem] = []
    try:
        people(root)
    except BrokenGroupFileError as broken:
        problems += broken.problems
    for folder in session_folders(root):
        try:
            session = folder.read()
            if kb is not None:
                require_cells(kb, folder, session)
        except BrokenGroupFileError as broken:
            problems += broken.problems
            continue
        problems += _damaged_record(folder)
        wrong = [item for item in verify(folder, session).checks if item.is_wrong]
        if wrong:
            message = f"{len(wrong)} of what was committed or revealed does not fit"
            place = str(folder.session_file)
            problems.append(
                Problem(place, 1, 1, "E311", message, f"cruxmap group verify --session {folder.id}")
            )
    return problems


def _damaged_record(folder: SessionFolder) -> list[Problem]:
    path = str(folder.path / RECORD)
    message = "this line of the record holds no event, and is left out"
    hint = "a crash can cut a line off; what it should have said can be recorded again"
    return [
        Problem(path, line, 1, "E314", message, hint, Severity.WARNING)
        for line in read_meeting(folder.path).damaged
    ]

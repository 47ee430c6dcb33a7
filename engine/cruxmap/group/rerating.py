"""Which revealed ratings are stale: made under another version of their criterion than there is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.group.folder import ANONYMOUS, people, session_folders
from cruxmap.group.visibility import names_of, revealed_responses, revealed_rounds
from cruxmap.model.intervals import UnknownMarkError, interval
from cruxmap.model.vocabulary import Criterion

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.responses import CellResponse
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["MovedCriterion", "StaleCell", "moved_criteria", "stale_cells"]


@dataclass(frozen=True, slots=True)
class StaleCell:
    """A cell whose latest revealed marks answer a question that has changed.

    Attributes
    ----------
    cell : str
        `entry/criterion`.
    rated, current : int or None
        The oldest version that was rated, and that of today; None when the criterion is gone.
    raters : int
        How many latest marks are stale.
    readers : tuple of str
        Who should confirm or change the mark: by name where the sessions show names, else empty.
    off_scale : bool
        Whether a mark is no longer on the scale.
    """

    cell: str
    rated: int
    current: int | None
    raters: int
    readers: tuple[str, ...]
    off_scale: bool

    def as_data(self) -> dict[str, Any]:
        """Return the cell as plain data."""
        return {
            "cell": self.cell,
            "rated_version": self.rated,
            "current_version": self.current,
            "raters": self.raters,
            "readers": list(self.readers),
            "off_scale": self.off_scale,
        }


@dataclass(frozen=True, slots=True)
class MovedCriterion:
    """A criterion that has another version than when the session was planned; `current` None when gone."""

    criterion: str
    planned: int
    current: int | None


def moved_criteria(kb: KnowledgeBase, session: Session) -> tuple[MovedCriterion, ...]:
    """The criteria of a session that have changed since it was planned."""
    found = []
    for name, planned in session.criteria.items():
        current = _version(kb, name)
        if current != planned:
            found.append(MovedCriterion(name, planned, current))
    return tuple(found)


def stale_cells(kb: KnowledgeBase, root: Path) -> tuple[StaleCell, ...]:
    """The re-rate queue of a workspace, cells with most stale marks first.

    A reader's latest revealed mark of a cell counts, over all sessions. A later mark under the new version
    confirms or replaces it, and takes the cell from the queue.
    """
    latest: dict[str, dict[str, tuple[CellResponse, str | None]]] = {}
    hidden = {handle for handle, person in people(root).items() if person.name == ANONYMOUS}
    for folder in session_folders(root):
        session = folder.read()
        names = names_of(folder, session)
        for round_ in revealed_rounds(folder, session):
            for reader, response in revealed_responses(folder, session, round_).items():
                shown = session.reveal == "names" and reader not in hidden
                for cell, said in response.marks.items():
                    name = names.get(reader) if shown else None
                    latest.setdefault(cell, {})[reader] = (said, name)
    found = [_stale(kb, cell, list(given.values())) for cell, given in latest.items()]
    return tuple(sorted((item for item in found if item), key=lambda item: (-item.raters, item.cell)))


def _stale(kb: KnowledgeBase, cell: str, given: list[tuple[CellResponse, str | None]]) -> StaleCell | None:
    criterion = cell.partition("/")[2]
    current = _version(kb, criterion)
    off = [said for said, _ in given if current is not None and _is_off_scale(kb, criterion, said.mark)]
    stale = [(said, name) for said, name in given if said.criterion_version != current or said in off]
    if not stale:
        return None
    names = sorted(name for _, name in stale if name is not None)
    return StaleCell(
        cell,
        min(said.criterion_version or 1 for said, _ in stale),
        current,
        len(stale),
        tuple(names) if len(names) == len(stale) else (),
        bool(off),
    )


def _version(kb: KnowledgeBase, criterion: str) -> int | None:
    found = kb.entries.get(criterion)
    return found.version if isinstance(found, Criterion) else None


def _is_off_scale(kb: KnowledgeBase, criterion: str, mark: str | None) -> bool:
    try:
        interval(kb.scale_of(criterion), mark or "")
    except UnknownMarkError:
        return True
    return False

"""Which revealed ratings are stale: made under another version of their criterion than there is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cruxmap.group.folder import session_folders
from cruxmap.group.visibility import latest_marks
from cruxmap.model.intervals import UnknownMarkError, interval
from cruxmap.model.vocabulary import Criterion

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.session import Session
    from cruxmap.group.visibility import LatestMark
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["MovedCriterion", "StaleCell", "moved_criteria", "reworded_since", "stale_cells"]


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
    """A criterion that has another version than when a session was planned.

    Attributes
    ----------
    criterion, title : str
    planned, current : int or None
        The version then and now; `current` None when the criterion is gone.
    asked, asks : str
        Its question then and now; empty when it is not written down, or gone.
    session : str
        Which session planned it so.
    """

    criterion: str
    title: str
    planned: int
    current: int | None
    asked: str
    asks: str
    session: str

    @property
    def note(self) -> str:
        """What has changed, as a sentence or two."""
        if self.current is None:
            return f"{self.title} was asked in version {self.planned} in {self.session} and is gone."
        said = f"{self.title} has version {self.current} now; {self.session} asked version {self.planned}."
        if self.asked and self.asked != self.asks:
            return f"{said} Then: “{self.asked}” Now: “{self.asks}”"
        return said


def moved_criteria(kb: KnowledgeBase, session: Session) -> tuple[MovedCriterion, ...]:
    """The criteria of a session that have changed since it was planned."""
    found = []
    for name, planned in session.criteria.items():
        if _version(kb, name) != planned:
            found.append(_moved(kb, session, name))
    return tuple(found)


def reworded_since(kb: KnowledgeBase, root: Path, session: Session) -> tuple[MovedCriterion, ...]:
    """The criteria of a session that an earlier session knew in another version, with the latest of those.

    Plans are compared and no answers, so that it can be told at any time.
    """
    earlier = [folder.read() for folder in session_folders(root)]
    earlier = [item for item in earlier if (item.date, item.id) < (session.date, session.id)]
    found = []
    for name, version in session.criteria.items():
        known = [item for item in earlier if name in item.criteria]
        if known and known[-1].criteria[name] != version:
            now = replace(_moved(kb, known[-1], name), current=version)
            found.append(replace(now, asks=session.asked.get(name, now.asks)))
    return tuple(found)


def _moved(kb: KnowledgeBase, session: Session, name: str) -> MovedCriterion:
    criterion = kb.entries.get(name)
    title = criterion.title if isinstance(criterion, Criterion) else name
    asks = criterion.question if isinstance(criterion, Criterion) else ""
    asked = " ".join(session.asked.get(name, "").split())
    return MovedCriterion(
        name, title, session.criteria[name], _version(kb, name), asked, " ".join(asks.split()), session.id
    )


def stale_cells(kb: KnowledgeBase, root: Path) -> tuple[StaleCell, ...]:
    """The re-rate queue of a workspace, cells with most stale marks first.

    A reader's latest revealed mark of a cell counts; see `cruxmap.group.visibility.latest_marks`. A
    later mark under the new version confirms or replaces it, and takes the cell from the queue.
    """
    found = [_stale(kb, cell, list(given.values())) for cell, given in latest_marks(root).items()]
    return tuple(sorted((item for item in found if item), key=lambda item: (-item.raters, item.cell)))


def _stale(kb: KnowledgeBase, cell: str, given: list[LatestMark]) -> StaleCell | None:
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

"""A meeting minute by minute, as steps that a facilitator can walk through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cruxmap.analysis.agenda_minutes import whole_shares
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from cruxmap.analysis.agenda import Agenda

__all__ = [
    "LONGEST",
    "READING_INSIDE",
    "SHORTEST",
    "Step",
    "StepKind",
    "item_count",
    "item_minutes",
    "item_steps",
    "meeting_plan",
]

StepKind: TypeAlias = Literal[
    "attendance", "reveal", "reading", "restate", "discuss", "re-rate", "record", "spare", "crux", "read-back"
]

SHORTEST, LONGEST = 45, 240
"""Minutes of a meeting that can be planned."""

READING_INSIDE = 120
"""From so many minutes on, the texts can be read, and answers given, in the meeting."""

ITEM_SHARES: dict[StepKind, int] = {"restate": 2, "discuss": 8, "re-rate": 2, "record": 3}
"""How an item of fifteen minutes is divided."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Minutes of everything around the items."""

    attendance: int
    reveal: int
    reading: int
    items: int
    crux: int
    read_back: int


_FRAMES = {
    60: _Frame(5, 5, 5, 30, 10, 5),
    90: _Frame(5, 5, 10, 45, 15, 10),
    READING_INSIDE: _Frame(5, 10, 35, 45, 15, 10),
}

_SENTENCES: dict[StepKind, str] = {
    "attendance": "Note who is here and who prepared; draw the roles from those present.",
    "reveal": "Open the answers of all at once, and read aloud the one-line findings.",
    "reading": "Read in silence what others wrote about the cells on the agenda.",
    "restate": "Each states the other's view until its holder agrees with the wording.",
    "discuss": "Talk about what would change the mark, and about nothing else.",
    "re-rate": "Everyone marks again, hidden until all are in.",
    "record": "Write down the decision, who moved and why, and the open question with owner and date.",
    "spare": "Kept free: for an item that overran, or one that was parked.",
    "crux": "In pairs, look for what would change both minds; or say why it failed, a year from now.",
    "read-back": "Read the decisions and open questions back, and agree on the next date.",
}
_READ_AND_ANSWER = "Read the required passages in silence; then everyone answers alone, and commits."
_OPEN_AND_READ = "Open the answers of all at once, and read in silence what others wrote about the top cells."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a meeting.

    Attributes
    ----------
    kind : str
        `attendance`, `reveal`, `reading`, `restate`, `discuss`, `re-rate`, `record`, `spare`, `crux` or
        `read-back`.
    start : int
        Minutes after the beginning of the meeting.
    minutes : int
        At least 1.
    item : str or None
        The cell that it is about.
    instruction : str
        What to say, in one sentence.
    name : str
        What it is called where its kind does not say it: what leads up to the reveal is of that kind too.
    """

    kind: StepKind
    start: int
    minutes: int
    item: str | None
    instruction: str
    name: str = ""

    @property
    def title(self) -> str:
        """What the step is called."""
        return self.name or self.kind

    @property
    def end(self) -> int:
        """Minutes after the beginning of the meeting."""
        return self.start + self.minutes

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "kind": self.kind,
            "title": self.title,
            "start": self.start,
            "minutes": self.minutes,
            "item": self.item,
            "instruction": self.instruction,
        }


def item_minutes(minutes: int) -> int:
    """Minutes that a meeting leaves for its items, what is kept free included.

    Parameters
    ----------
    minutes : int
        Length of the meeting, `SHORTEST` to `LONGEST`.

    Raises
    ------
    UsageError
        When the meeting is too short or too long to be planned.

    Examples
    --------
    >>> [item_minutes(length) for length in (60, 75, 90, 120)]
    [30, 45, 45, 45]
    """
    frame_length, frame = _frame(minutes)
    return frame.items + minutes - frame_length


def item_count(minutes: int) -> int:
    """Items that a meeting has room for: one for each quarter of an hour.

    Raises
    ------
    UsageError
        As for `item_minutes`.

    Examples
    --------
    >>> [item_count(length) for length in (45, 60, 90, 120)]
    [1, 2, 3, 3]
    """
    return item_minutes(minutes) // sum(ITEM_SHARES.values())


def meeting_plan(agenda: Agenda, minutes: int = 90) -> tuple[Step, ...]:
    """Plan a meeting minute by minute.

    Parameters
    ----------
    agenda : Agenda
        Made for `item_minutes(minutes)` and `item_count(minutes)`.
    minutes : int
        Length of the meeting: the plans of 60, 90 and 120 minutes, whose items take up what a length between
        or beyond them has more (or, below 60, less).

    Returns
    -------
    tuple of Step
        Without gaps, from 0 to `minutes`. From `READING_INSIDE` minutes on, silent reading of the texts, and
        answering, comes before the reveal; in shorter meetings what others wrote is read after it.

    Raises
    ------
    UsageError
        When the length cannot be planned, or the agenda was made for another one.
    """
    _, frame = _frame(minutes)
    if agenda.minutes != item_minutes(minutes):
        raise UsageError(
            f"the agenda divides {agenda.minutes} minutes, and a meeting of {minutes} leaves "
            f"{item_minutes(minutes)} for its items"
        )
    steps = _opening(frame, inside=minutes >= READING_INSIDE)
    rows: list[tuple[StepKind, int, str | None]] = []
    for item in agenda.items:
        rows += [(kind, share, item.cell) for kind, share in item_steps(item.minutes)]
    rows += [("spare", agenda.spare, None), ("crux", frame.crux, None), ("read-back", frame.read_back, None)]
    for kind, length, cell in rows:
        if length:
            steps.append(Step(kind, steps[-1].end, length, cell, _SENTENCES[kind]))
    return tuple(steps)


def _opening(frame: _Frame, *, inside: bool) -> list[Step]:
    """Steps before the items. Texts that are read in the meeting are read before anybody sees answers."""
    first = Step("attendance", 0, frame.attendance, None, _SENTENCES["attendance"])
    if inside:
        second = Step("reveal", first.end, frame.reading, None, _READ_AND_ANSWER, "read and answer")
        return [first, second, Step("reveal", second.end, frame.reveal, None, _OPEN_AND_READ)]
    second = Step("reveal", first.end, frame.reveal, None, _SENTENCES["reveal"])
    return [first, second, Step("reading", second.end, frame.reading, None, _SENTENCES["reading"])]


def item_steps(minutes: int) -> list[tuple[StepKind, int]]:
    """Divide an item: two minutes to restate, eight to discuss, two to mark again, three to record.

    Parameters
    ----------
    minutes : int
        Of the item, at least 4; other lengths than fifteen are divided in the same proportion, with at least
        one minute for each.

    Examples
    --------
    >>> item_steps(15)
    [('restate', 2), ('discuss', 8), ('re-rate', 2), ('record', 3)]
    >>> item_steps(5)
    [('restate', 1), ('discuss', 2), ('re-rate', 1), ('record', 1)]
    """
    rest, shares = minutes - len(ITEM_SHARES), [share - 1 for share in ITEM_SHARES.values()]
    more = whole_shares([rest * share / sum(shares) for share in shares], rest)
    return [(kind, 1 + extra) for kind, extra in zip(ITEM_SHARES, more, strict=True)]


def _frame(minutes: int) -> tuple[int, _Frame]:
    """The longest frame that fits, with the length that it is made for."""
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(f"a meeting of {minutes} minutes cannot be planned; give {SHORTEST} to {LONGEST}")
    length = max((known for known in _FRAMES if known <= minutes), default=min(_FRAMES))
    return length, _FRAMES[length]

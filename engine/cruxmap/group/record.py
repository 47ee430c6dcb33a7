"""What happened in a meeting: events, one for each step, and the state that they add up to."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "EVENT_KINDS",
    "Event",
    "ItemState",
    "RecordState",
    "Said",
    "checked",
    "counting",
    "fold",
    "parse_event",
    "render_event",
]

EVENT_KINDS = {
    "opened": "the meeting began",
    "present": "a reader is here",
    "left": "a reader left",
    "item-started": "an item was taken up",
    "item-finished": "an item was closed",
    "item-parked": "an item was put off",
    "step": "a step of the plan began",
    "timer-paused": "the clock was stopped",
    "timer-resumed": "the clock runs again",
    "time-added": "minutes were added",
    "decision": "the group decided something",
    "question": "something stays open",
    "claim": "somebody made a new claim",
    "re-rating": "the group marked a cell again",
    "note": "a remark",
    "withdrawn": "an earlier event does not count",
    "closed": "the meeting ended",
}
"""Kind of event -> what it means."""

_ABOUT_ITEMS = ("item-started", "item-finished", "item-parked", "re-rating")
_WITH_TEXT = ("decision", "question", "claim", "note")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, written the moment it happened.

    Attributes
    ----------
    id : str
        Unique in the record.
    at : str
        Time in UTC, ISO 8601 with a `Z`; the order of events is that of time, between equals that of writing.
    kind : str
        A key of `EVENT_KINDS`. Others are kept and ignored: a newer version may know them.
    cell : str
        What it is about, `entry/criterion`; empty when it is about the whole.
    text : str
        Decision, question, claim or note; the kind of step.
    owner, due : str
        Who looks after a question, and until which day (`2026-03-05`).
    reader : str
        Who came or left, or who made a claim, by the name under which they appear.
    minutes : float
        Added to the clock.
    round : int
        That marks were given in, for `re-rating`.
    refers : str
        Id of the event that is withdrawn.
    """

    id: str
    at: str
    kind: str
    cell: str = ""
    text: str = ""
    owner: str = ""
    due: str = ""
    reader: str = ""
    minutes: float = 0.0
    round: int = 0
    refers: str = ""


def render_event(event: Event) -> str:
    """Write an event as one line of JSON, without what is empty.

    Examples
    --------
    >>> render_event(Event("e1", "2026-03-05T18:00:00Z", "present", reader="reader-a"))
    '{"id": "e1", "at": "2026-03-05T18:00:00Z", "kind": "present", "reader": "reader-a"}'
    """
    return json.dumps({key: value for key, value in asdict(event).items() if value}, ensure_ascii=False)


def parse_event(line: str) -> Event | None:
    """Read an event from one line.

    Returns
    -------
    Event or None
        None for a line that holds no event, such as one that was cut off in the middle of writing, or whose
        time is none: clock and order would hang on it.

    Examples
    --------
    >>> parse_event('{"id": "e1", "at": "2026-03-05T18:00:00Z", "ki') is None
    True
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not all(
        isinstance(data.get(key), str) and data[key] for key in ("id", "at", "kind")
    ):
        return None
    known = {item.name: item.default for item in fields(Event)}
    given = {key: value for key, value in data.items() if key in known}
    for key, value in given.items():
        wanted = float if key == "minutes" else int if key == "round" else str
        fits = isinstance(value, int | float) if wanted is float else isinstance(value, wanted)
        if not fits or isinstance(value, bool):
            return None
    is_sound = _is_time(given["at"]) and math.isfinite(given.get("minutes", 0.0))
    return Event(**given) if is_sound else None


def _is_time(at: str) -> bool:
    """Whether a text is a moment that can be told from others: with a zone."""
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Said:
    """A decision, question, claim or note that counts.

    Attributes
    ----------
    event : str
        Id of the event.
    """

    event: str
    at: str
    cell: str
    text: str
    owner: str = ""
    due: str = ""
    reader: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ItemState:
    """What became of one item.

    Attributes
    ----------
    status : {"running", "finished", "parked"}
    started : str
        When it was first taken up; empty when it was parked without that.
    """

    cell: str
    status: str
    started: str

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RecordState:
    """What a record comes to.

    Attributes
    ----------
    opened, closed : str
        Times; empty when it did not happen.
    present : tuple of str
        Everyone who was here at any time, in the order in which they came.
    gone : tuple of str
        Those of them who left before the end.
    items : tuple of ItemState
        In the order in which they were taken up.
    running : str or None
        The cell that is talked about.
    step : str
        The kind of the last step of the plan that began.
    paused : bool
        Whether the clock stands.
    minutes_added : float
    decisions, questions, claims, notes : tuple of Said
    rerated : tuple of (str, int)
        Cells that were marked again, with the round.
    events : int
        Events that count.
    ignored : tuple of str
        Ids of events of an unknown kind.
    """

    opened: str = ""
    closed: str = ""
    present: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    items: tuple[ItemState, ...] = ()
    running: str | None = None
    step: str = ""
    paused: bool = False
    minutes_added: float = 0.0
    decisions: tuple[Said, ...] = ()
    questions: tuple[Said, ...] = ()
    claims: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    rerated: tuple[tuple[str, int], ...] = ()
    events: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def covered(self) -> dict[str, float]:
        """Cells whose discussion was finished, as `cruxmap.analysis.agenda.AgendaFacts` takes them."""
        return {item.cell: 1.0 for item in self.items if item.status == "finished"}

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "opened": self.opened,
            "closed": self.closed,
            "present": list(self.present),
            "gone": list(self.gone),
            "items": [item.as_data() for item in self.items],
            "running": self.running,
            "step": self.step,
            "paused": self.paused,
            "minutes_added": self.minutes_added,
            "decisions": [item.as_data() for item in self.decisions],
            "questions": [item.as_data() for item in self.questions],
            "claims": [item.as_data() for item in self.claims],
            "notes": [item.as_data() for item in self.notes],
            "rerated": [{"cell": cell, "round": number} for cell, number in self.rerated],
            "events": self.events,
        }


def fold(events: Iterable[Event]) -> RecordState:
    """Add events up.

    Parameters
    ----------
    events : iterable of Event
        Each any number of times: two copies of a record that git has joined count as one. Their order
        matters only between events of one time.

    Returns
    -------
    RecordState

    Notes
    -----
    At most one item runs at a time; taking up another one parks it. What was withdrawn does not count, and a
    withdrawal can be withdrawn. Nothing that is written is lost by what comes later.
    """
    builder = _Builder()
    for event in counting(events):
        builder.add(event)
    return builder.state()


def counting(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count, in order of time: without doubles and without what was withdrawn."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.id, event)
    ordered = sorted(first.values(), key=lambda event: event.at)
    withdrawn: set[str] = set()
    for event in reversed(ordered):
        if event.kind == "withdrawn" and event.id not in withdrawn:
            withdrawn.add(event.refers)
    return tuple(event for event in ordered if event.id not in withdrawn)


class _Builder:
    """A state while events are added to it."""

    def __init__(self) -> None:
        self.times: dict[str, str] = {}
        self.here: dict[str, bool] = {}
        self.items: dict[str, ItemState] = {}
        self.running: str | None = None
        self.step, self.paused, self.minutes = "", False, 0.0
        self.said: dict[str, list[Said]] = {kind: [] for kind in _WITH_TEXT}
        self.rerated: dict[tuple[str, int], None] = {}
        self.events = 0
        self.ignored: list[str] = []

    def add(self, event: Event) -> None:
        if event.kind not in EVENT_KINDS:
            self.ignored.append(event.id)
            return
        self.events += 1
        if event.kind in _WITH_TEXT:
            said = Said(event.id, event.at, event.cell, event.text, event.owner, event.due, event.reader)
            self.said[event.kind].append(said)
        elif event.kind in ("present", "left") and event.reader:
            self.here[event.reader] = event.kind == "present"
        elif event.kind in _ABOUT_ITEMS and event.cell:
            self._item(event)
        else:
            self._clock(event)

    def _item(self, event: Event) -> None:
        if event.kind == "re-rating":
            self.rerated[event.cell, event.round] = None
            return
        known = self.items.get(event.cell)
        started = known.started if known else ""
        if event.kind == "item-started":
            if self.running not in (None, event.cell):
                assert self.running is not None
                self._set(self.running, "parked", self.items[self.running].started)
            self.running = event.cell
            self._set(event.cell, "running", started or event.at)
            return
        self._set(event.cell, event.kind.removeprefix("item-"), started)
        if self.running == event.cell:
            self.running = None

    def _set(self, cell: str, status: str, started: str) -> None:
        self.items[cell] = ItemState(cell, status, started)

    def _clock(self, event: Event) -> None:
        if event.kind == "opened":
            self.times.setdefault("opened", event.at)
        elif event.kind == "closed":
            self.times["closed"] = event.at
        elif event.kind == "step":
            self.step = event.text
        elif event.kind in ("timer-paused", "timer-resumed"):
            self.paused = event.kind == "timer-paused"
        elif event.kind == "time-added":
            self.minutes += event.minutes

    def state(self) -> RecordState:
        return RecordState(
            self.times.get("opened", ""),
            self.times.get("closed", ""),
            tuple(self.here),
            tuple(reader for reader, here in self.here.items() if not here),
            tuple(self.items.values()),
            self.running,
            self.step,
            self.paused,
            self.minutes,
            tuple(self.said["decision"]),
            tuple(self.said["question"]),
            tuple(self.said["claim"]),
            tuple(self.said["note"]),
            tuple(self.rerated),
            self.events,
            tuple(self.ignored),
        )


def checked(event: Event) -> Event:
    """Return an event that may be written.

    Raises
    ------
    UsageError
        When it lacks what its kind needs, or holds a line break where one line is wanted.
    """
    if event.kind not in EVENT_KINDS:
        raise UsageError(f"there is no event {event.kind!r}; possible: {', '.join(EVENT_KINDS)}")
    needs = {"present": "reader", "left": "reader", "withdrawn": "refers"}
    needs |= dict.fromkeys(_ABOUT_ITEMS, "cell") | dict.fromkeys(_WITH_TEXT, "text")
    wanted = needs.get(event.kind)
    if wanted and not str(getattr(event, wanted)).strip():
        raise UsageError(f"an event of kind {event.kind!r} needs a {wanted}")
    return event

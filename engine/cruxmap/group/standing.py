"""Where a meeting stands, told from its record and its plan: step, clock, items, and what the next step is.

Nothing is kept beside the record. Whoever opens it, on this machine or after a crash, finds the same step and
the same clock: the clock of a meeting runs on while nobody looks at it, unless it was stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from cruxmap.analysis.meeting_plan import Step
from cruxmap.group.record import Event, counting, fold
from cruxmap.group.record_file import new_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Standing", "Talk", "at_once", "latest_talk", "next_events", "standing", "take_up_events"]

UNPLANNED_MINUTES = 10
"""For an item that is taken up although the plan has no time for it."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The latest meeting of a record.

    Attributes
    ----------
    before : tuple of Event
        What counts of earlier meetings.
    events : tuple of Event
        What counts of this one, from its opening on; empty when none was opened.
    """

    before: tuple[Event, ...]
    events: tuple[Event, ...]

    @property
    def round(self) -> int:
        """The round whose answers it began with; 0 when that is not on record."""
        given = [event.round for event in self.events if event.kind == "opened" and event.round]
        return given[-1] if given else 0

    @property
    def minutes(self) -> int:
        """The length that it was begun with; 0 when that is not on record."""
        given = [event.minutes for event in self.events if event.kind == "opened" and event.minutes]
        return round(given[-1]) if given else 0

    @property
    def is_started(self) -> bool:
        """Whether a step of a plan has begun."""
        return any(event.kind == "step" for event in self.events)

    @property
    def is_over(self) -> bool:
        """Whether it was closed."""
        return any(event.kind == "closed" for event in self.events)


def latest_talk(events: Iterable[Event]) -> Talk:
    """Divide a record at the opening of its latest meeting.

    Notes
    -----
    A meeting that is opened again before it was closed is the same meeting: its first opening counts.
    """
    counted = counting(events)
    start, closed = len(counted), True
    for place, event in enumerate(counted):
        if event.kind == "opened" and closed:
            start, closed = place, False
        elif event.kind == "closed":
            closed = True
    return Talk(counted[:start], counted[start:])


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a meeting stands.

    Attributes
    ----------
    place : int
        Number of the step of the plan that began last, from 0; -1 before the first.
    step : Step or None
        What the group is doing; None before the first step and after the end.
    elapsed : float
        Seconds that the step has run.
    length : float
        Seconds that it has, added minutes included.
    paused : bool
    is_over : bool
    status : mapping of str to str
        By cell, `running`, `finished` or `parked`.
    """

    place: int
    step: Step | None
    elapsed: float
    length: float
    paused: bool
    is_over: bool
    status: dict[str, str]

    @property
    def left(self) -> float:
        """Seconds that are left of the step; below 0 when it has overrun."""
        return self.length - self.elapsed


def standing(talk: Talk, plan: Sequence[Step], now: datetime) -> Standing:
    """Where a meeting stands at a moment.

    Parameters
    ----------
    talk : Talk
    plan : sequence of Step
        For the round and length that the meeting began with.
    now : datetime
        With its zone.
    """
    place, step, added, elapsed = -1, None, 0.0, 0.0
    paused, since = False, now
    for event in talk.events:
        at = datetime.fromisoformat(event.at)
        if step is not None and not paused:
            elapsed += max(0.0, (at - since).total_seconds())
        since = at
        if event.kind == "step":
            found = _place(plan, event, place)
            place = place if found is None else found
            step = _unplanned(event) if found is None else plan[found]
            added = elapsed = 0.0
        elif event.kind == "time-added":
            added += event.minutes
        elif event.kind in ("timer-paused", "timer-resumed"):
            paused = event.kind == "timer-paused"
    if step is not None and not paused:
        elapsed += max(0.0, (now - since).total_seconds())
    status = {item.cell: item.status for item in fold(talk.events).items}
    minutes = (step.minutes if step else 0) + added
    over = talk.is_over
    return Standing(place, None if over else step, elapsed, 60.0 * minutes, paused, over, status)


def _place(plan: Sequence[Step], event: Event, after: int) -> int | None:
    """The step of the plan that an event began: the first such one after the step before, else the first."""
    fitting = [
        number
        for number, step in enumerate(plan)
        if step.kind == event.text and (step.item or "") == event.cell
    ]
    return next((number for number in fitting if number > after), fitting[0] if fitting else None)


def _unplanned(event: Event) -> Step:
    return Step(
        "discuss",
        0,
        UNPLANNED_MINUTES,
        event.cell or None,
        "Talk about what would change the mark, and about nothing else.",
    )


def at_once(events: Sequence[Event]) -> tuple[Event, ...]:
    """Give events that one key caused one time, by which they are withdrawn together."""
    return tuple(replace(event, at=events[0].at) for event in events)


def next_events(found: Standing, plan: Sequence[Step], *, park: bool = False) -> tuple[Event, ...]:
    """What goes on record when the group goes on to the next step.

    Parameters
    ----------
    found : Standing
    plan : sequence of Step
    park : bool
        Whether the item is put off; then its other steps are left out too.

    Returns
    -------
    tuple of Event
        The end of the meeting after the last step. Steps of items that are finished or parked are left out.
    """
    item = found.step.item if found.step else None
    done = {cell for cell, status in found.status.items() if status in ("finished", "parked")}
    if park and item:
        done.add(item)
    later = [step for step in plan[found.place + 1 :] if step.item is None or step.item not in done]
    if item and (not later or later[0].item != item):
        # Items that were passed over, because another one was taken up first, come before what follows.
        later = [step for step in plan if step.item and step.item not in {*found.status, item}] or later
    events = []
    following = later[0] if later else None
    if item and item not in (None, following.item if following else None):
        events.append(new_event("item-parked" if park else "item-finished", cell=item))
    if following is None:
        return at_once([*events, new_event("closed")])
    if following.item and following.item != item:
        events.append(new_event("item-started", cell=following.item))
    return at_once([*events, new_event("step", text=following.kind, cell=following.item or "")])


def take_up_events(found: Standing, plan: Sequence[Step], cell: str) -> tuple[Event, ...]:
    """What goes on record when the group takes up an item out of turn; the one that runs is put off."""
    first = next((step.kind for step in plan if step.item == cell), "discuss")
    item = found.step.item if found.step else None
    events = [new_event("item-parked", cell=item)] if item and item != cell else []
    return at_once([*events, new_event("item-started", cell=cell), new_event("step", text=first, cell=cell)])

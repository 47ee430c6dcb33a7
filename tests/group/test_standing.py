"""Where a meeting stands follows from its record alone, whatever was withdrawn, parked or begun again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.meeting_plan import Step
from cruxmap.group.record import Event
from cruxmap.group.standing import latest_talk, next_events, standing, take_up_events

BEGAN = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
PLAN = (
    Step("attendance", 0, 5, None, "Who is here."),
    Step("restate", 5, 2, "a/x", "Restate."),
    Step("discuss", 7, 8, "a/x", "Discuss."),
    Step("restate", 15, 2, "b/x", "Restate."),
    Step("discuss", 17, 8, "b/x", "Discuss."),
    Step("read-back", 25, 5, None, "Read back."),
)


def at(minutes: float) -> str:
    return (BEGAN + timedelta(minutes=minutes)).isoformat()


def record(*rows: tuple[float, str, str, str]) -> list[Event]:
    """Events from minutes, kind, text and cell."""
    return [
        Event(f"e{number}", at(minutes), kind, cell=cell, text=text)
        for number, (minutes, kind, text, cell) in enumerate(rows)
    ]


def stands(events: list[Event], minutes: float) -> object:
    found = standing(latest_talk(events), PLAN, BEGAN + timedelta(minutes=minutes))
    return (found.place, found.step.kind if found.step else None, found.left)


def test_a_step_runs_from_its_event_on_and_not_while_the_clock_is_stopped() -> None:
    events = record(
        (0, "opened", "", ""),
        (0, "step", "attendance", ""),
        (1, "timer-paused", "", ""),
        (9, "timer-resumed", "", ""),
    )
    assert stands(events, 1) == (0, "attendance", 240)
    assert stands(events, 8) == (0, "attendance", 240)
    assert stands(events, 10) == (0, "attendance", 180)
    assert stands(events, 20) == (0, "attendance", -420)


def test_the_same_kind_of_step_is_told_apart_by_its_cell() -> None:
    events = record((0, "opened", "", ""), (1, "step", "restate", "b/x"))
    assert stands(events, 1) == (3, "restate", 120)


def test_a_meeting_after_a_closed_one_is_a_new_one() -> None:
    events = record(
        (0, "opened", "", ""), (1, "item-finished", "", "a/x"), (2, "closed", "", ""), (9, "opened", "", "")
    )
    talk = latest_talk(events)
    assert [event.id for event in talk.before] == ["e0", "e1", "e2"]
    assert not talk.is_over
    assert not talk.is_started


def test_steps_of_a_parked_item_are_left_out() -> None:
    events = record((0, "opened", "", ""), (1, "item-started", "", "a/x"), (1, "step", "restate", "a/x"))
    found = standing(latest_talk(events), PLAN, BEGAN)
    told = [(event.kind, event.text, event.cell) for event in next_events(found, PLAN, park=True)]
    assert told == [("item-parked", "", "a/x"), ("item-started", "", "b/x"), ("step", "restate", "b/x")]
    told = [(event.kind, event.text, event.cell) for event in take_up_events(found, PLAN, "c/x")]
    assert told == [("item-parked", "", "a/x"), ("item-started", "", "c/x"), ("step", "discuss", "c/x")]


def test_an_item_that_was_passed_over_comes_after_the_one_that_was_taken_up_first() -> None:
    events = record((0, "opened", "", ""), (0, "step", "attendance", ""))
    found = standing(latest_talk(events), PLAN, BEGAN)
    events += take_up_events(found, PLAN, "b/x")
    walked = []
    for _ in range(9):
        found = standing(latest_talk(events), PLAN, BEGAN)
        if found.step is None:
            break
        walked.append((found.step.kind, found.step.item))
        events += next_events(found, PLAN)
    assert [item for kind, item in walked if kind == "restate"] == ["b/x", "a/x"]
    assert walked[-1] == ("read-back", None)


@given(st.lists(st.booleans(), max_size=12))
def test_going_on_always_comes_to_the_end_and_every_key_has_one_time(parked: list[bool]) -> None:
    events = record((0, "opened", "", ""), (0, "step", "attendance", ""))
    for number in range(20):
        found = standing(latest_talk(events), PLAN, BEGAN)
        if found.is_over:
            break
        made = next_events(found, PLAN, park=number < len(parked) and parked[number])
        assert len({event.at for event in made}) == 1
        events += made
    assert standing(latest_talk(events), PLAN, BEGAN).is_over
    assert set(found.status.values()) <= {"finished", "parked"}

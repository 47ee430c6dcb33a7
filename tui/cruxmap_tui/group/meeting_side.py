"""What stands beside the item of a meeting: the step and its clock, who speaks, and what was done last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.group.readings import namer
from cruxmap_tui.group.meeting_page import STEPS, clock_text, step_title
from cruxmap_tui.safe import joined, line

if TYPE_CHECKING:
    from textual.content import Content

    from cruxmap.group.standing import Standing
    from cruxmap_tui.group.meeting import Meeting


def clock_state(found: Standing) -> str:
    """Say whether the clock runs."""
    if found.is_over:
        return "over"
    if found.step is None:
        return "not begun"
    if found.paused:
        return "paused"
    return "time is up" if found.left <= 0 else "running"


def step_place(meeting: Meeting, found: Standing) -> str:
    """Name the step, and which of how many it is."""
    if found.step is None:
        return "The end" if found.is_over else f"{meeting.minutes} minutes"
    return f"{step_title(found.step)}  {found.place + 1}/{len(meeting.plan)}"


def queue_lines(meeting: Meeting) -> list[Content]:
    """Return who speaks, and who waits."""
    queue = meeting.queue
    if not queue:
        return [line(""), line("h hand", "dim")]
    rows = [line(""), line("Speaks", "bold"), line(f"▸ {queue[0]}", "bold reverse")]
    if queue[1:]:
        rows += [line("Then", "bold"), *(line(f"  {name}") for name in queue[1:])]
    rows.append(line("h hand  s next", "dim"))
    return rows


def last_line(meeting: Meeting, found: Standing) -> Content:
    """Return what is worth a line below everything: an absence, a damaged record, else what was done last."""
    done, damaged = meeting.last_done(), meeting.record.damaged
    if meeting.absence and found.step is not None:
        told = f"! Away for {clock_text(meeting.absence)}; b takes it off"
        step = f"the clock of “{step_title(found.step)}”, which ran on."
        return joined([line(told, "bold $warning"), line(step)], " ")
    if damaged:
        return line(f"! {len(damaged)} lines of the record cannot be read and are left out.", "$warning")
    if not done:
        return line(
            "On record: nothing yet." if not meeting.talk.events else "On record: the opening.", "dim"
        )
    last = done[-1]
    about = last.text or (namer(meeting.kb)(last.cell) if last.cell else "") or last.reader
    if last.kind == "step":
        about = STEPS.get(last.text, last.text)
    about = about or (f"{last.minutes:g} minutes" if last.minutes else "done")
    return joined([line(f"u undoes  {last.kind.replace('-', ' ')}: ", "dim"), line(about)])

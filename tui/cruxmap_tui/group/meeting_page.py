"""What the shared screen of a meeting says: few words, for people who read it across a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.group.readings import namer
from cruxmap.cli.matrix import glyph
from cruxmap.cli.output import count
from cruxmap.cli.wording import short_name
from cruxmap.group.item_sentences import joined as listed
from cruxmap.group.item_sentences import reasons
from cruxmap.model.intervals import words
from cruxmap.model.vocabulary import Criterion
from cruxmap_tui.safe import joined, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content
    from textual.geometry import Size

    from cruxmap.analysis.meeting_plan import Step
    from cruxmap.group.record import Said
    from cruxmap.group.standing import Standing
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_tui.group.meeting import Meeting

STEPS = {
    "attendance": "Who is here",
    "reveal": "The answers",
    "reading": "Read in silence",
    "restate": "Restate",
    "discuss": "Discuss",
    "re-rate": "Mark again",
    "record": "Write down",
    "spare": "Kept free",
    "crux": "Crux round",
    "read-back": "Read back",
}
"""Kind of step -> what stands over the clock."""
SIGNS = {"running": "▸", "finished": "✓", "parked": "‖"}
BAR = "▇"
ROOMY = 24
"""Rows from which on the criterion's question stands above the marks; below, they come first."""


def step_title(step: Step) -> str:
    """What stands over the clock."""
    return step.name.capitalize() or STEPS[step.kind]


def agenda_lines(meeting: Meeting, found: Standing) -> list[Content]:
    """Return what is done, what is talked about, and what is left."""
    lines_: list[Content] = []
    current = found.step.item if found.step else None
    if meeting.reading is None:
        return [line("The agenda comes with the reveal.", "dim")]
    shown: set[str] = set()
    for step in meeting.plan:
        if step.item in shown:
            continue
        place = meeting.plan.index(step)
        if step.item is None:
            passed = found.is_over or place < found.place
            here = found.step is not None and current is None and place == found.place
            sign = "▸" if here else "✓" if passed else " "
            title, minutes = step_title(step), step.minutes
        else:
            shown.add(step.item)
            status = found.status.get(step.item, "")
            here = step.item == current
            sign = "▸" if here else SIGNS.get(status, " ")
            title = _short(meeting.kb, step.item)
            minutes = sum(item.minutes for item in meeting.plan if item.item == step.item)
        style = "bold reverse" if here else "dim" if sign == "✓" or step.item is None else "bold"
        parked = " parked" if sign == "‖" else f" {minutes}'"
        lines_.append(joined([line(f"{sign} {title}", style), line(parked, "dim")]))
    extra = current if current and current not in shown else None
    if extra:
        lines_.append(line(f"▸ {_short(meeting.kb, extra)}", "bold reverse"))
    return lines_


def _short(kb: KnowledgeBase, cell: str) -> str:
    """Name a cell in a narrow column."""
    entry, _, criterion = cell.partition("/")
    return f"{short_name(kb, entry)} {getattr(kb.entries.get(criterion), 'short', criterion)}"


def centre_lines(meeting: Meeting, found: Standing, room: Size) -> list[Content]:
    """Return what the room should look at."""
    if found.is_over:
        return _ended(meeting)
    if found.step is None:
        return _before(meeting)
    step = found.step
    head = [line(step.instruction, "bold $accent"), line("")]
    if step.kind == "reveal" and meeting.reading is None:
        return [*head, *_sealed(meeting)]
    if step.item is not None:
        return [*_item(meeting, step.item, step.kind, head, room)]
    bodies = {
        "attendance": _attendance,
        "reveal": _findings,
        "reading": _to_read,
        "spare": _parked,
        "crux": _pairs,
        "read-back": _read_back,
    }
    return [*head, *bodies[step.kind](meeting)]


def _before(meeting: Meeting) -> list[Content]:
    start = [
        line(meeting.session.question, "bold"),
        line(""),
        line("Press space to begin.", "bold $accent"),
        line(f"{meeting.minutes} minutes; l changes the length.", "dim"),
    ]
    return start if meeting.reading is not None else [*start, line(""), *_sealed(meeting)]


def _sealed(meeting: Meeting) -> list[Content]:
    if not meeting.waiting:
        return [line("Nobody can answer yet: cruxmap group open", "$warning")]
    return [
        line("The answers are sealed.", "bold"),
        line(f"Waiting for {listed(meeting.waiting)}.", "$warning"),
        line("Each does: cruxmap group commit, then cruxmap group reveal.", "dim"),
        line("This screen goes on by itself when all are in.", "dim"),
    ]


def _ended(meeting: Meeting) -> list[Content]:
    return [
        line("The meeting is over.", "bold $accent"),
        line(""),
        *_read_back(meeting),
        line(""),
        line("cruxmap group close writes minutes and handout.", "dim"),
    ]


def _item(meeting: Meeting, cell: str, kind: str, head: list[Content], room: Size) -> list[Content]:
    kb, item = meeting.kb, meeting.item(cell)
    criterion = kb.entries.get(cell.partition("/")[2])
    asked = [line(criterion.question)] if isinstance(criterion, Criterion) else []
    roomy = room.height >= ROOMY
    parts = [_banner(namer(kb)(cell), room.width), *(asked if roomy else []), line(""), *head]
    again = meeting.again(cell)
    if again:
        parts += [line(f"Marked again: {again}", "bold $primary"), line("")]
        parts += [line("Before", "dim")] if kind != "record" else []
    if kind == "record":
        said = [*meeting.state.decisions, *meeting.state.questions, *meeting.state.claims]
        parts += _said(meeting, [one for one in said if one.cell == cell])
        parts.append(line("d decision · o question · c claim", "dim"))
        return parts
    if kind == "re-rate" and not again:
        kept = len(meeting.hidden_marks(cell))
        told = f"r takes the marks; {kept} are in already." if kept else "r takes the marks."
        parts += [line(told, "bold"), line("")]
    parts += _marks(meeting, cell)
    if kind == "restate" and item is not None:
        pairs = [listed(pair.readers) for pair in item.pairings]
        parts += [line(""), line(f"Restate each other: {'; '.join(pairs)}.", "bold")] if pairs else []
    if kind == "discuss":
        parts += _because(meeting, cell)
        parts += _movers(meeting, cell)
    elif item is not None and meeting.reading is not None:
        parts += _because(meeting, cell)
        parts += [line("")] + [
            line(text, "dim") for text in reasons(item, namer(kb), named=meeting.reading.is_linked)[:2]
        ]
    return parts if roomy else [*parts, line(""), *(text.stylize("dim") for text in asked)]


def _banner(text: str, width: int) -> Content:
    shown = f" {text} "
    room = max(width - len(shown), 0)
    return line(" " * (room // 2) + shown + " " * (room - room // 2), "bold reverse")


def _marks(meeting: Meeting, cell: str) -> list[Content]:
    """How many gave each mark, and who, where names stand for readers."""
    assert meeting.reading is not None
    given = _given(meeting, cell)
    scale = meeting.kb.scale_of(cell.partition("/")[2])
    known = words(scale)

    def order(mark: str) -> tuple[int, str]:
        low = mark.partition("..")[0]
        return (known.index(low) if low in known else len(known), mark)

    found = []
    for mark in sorted(set(given.values()), key=order):
        who = [reader for reader, said in given.items() if said == mark]
        sign = "↔" if ".." in mark else glyph(scale, mark)
        bar = line(f"{BAR * 2 * len(who)} ", "$primary")
        names = line(f"  {', '.join(who)}", "dim") if meeting.reading.is_linked else line("")
        found.append(joined([bar, line(f"{len(who)} {sign} {mark}", "bold"), names]))
    return found


def _given(meeting: Meeting, cell: str) -> dict[str, str]:
    assert meeting.reading is not None
    by_reader = meeting.reading.answers.by_reader
    return {reader: said[cell].mark for reader, said in by_reader.items() if cell in said}


def _because(meeting: Meeting, cell: str) -> list[Content]:
    """What readers rest their mark on, as far as the policy lets it be shown."""
    assert meeting.reading is not None
    if not meeting.reading.is_linked:
        return []
    name = namer(meeting.kb)
    rests: dict[str, list[str]] = {}
    for reader, said in meeting.reading.answers.by_reader.items():
        if cell in said and said[cell].assumptions:
            rests.setdefault(said[cell].assumptions[0], []).append(reader)
    ordered = sorted(rests.items(), key=lambda pair: -len(pair[1]))
    found = [
        joined([line(f"{len(who)} · {name(given)}"), line(f"  {', '.join(who)}", "dim")])
        for given, who in ordered
    ]
    return [line(""), line("They rest it on", "bold"), *found] if found else []


def _movers(meeting: Meeting, cell: str) -> list[Content]:
    """What would change whose mind."""
    assert meeting.reading is not None
    if not meeting.reading.is_linked:
        return []
    found: dict[str, list[str]] = {}
    for reader, said in meeting.reading.answers.by_reader.items():
        if cell in said and said[cell].change_my_mind:
            found.setdefault(said[cell].change_my_mind, []).append(reader)
    rows = [joined([line(text), line(f"  {', '.join(who)}", "dim")]) for text, who in found.items()]
    return [line(""), line("They would move if", "bold"), *rows] if rows else []


def _attendance(meeting: Meeting) -> list[Content]:
    noted = set(meeting.state.present) - set(meeting.state.gone)
    rows = [line(f"{'✓' if who in noted else '·'} {who}") for who in meeting.session.readers]
    return [
        line(meeting.session.question, "bold"),
        line(""),
        *rows,
        line(""),
        line("w notes who is here.", "dim"),
    ]


def _findings(meeting: Meeting) -> list[Content]:
    assert meeting.reading is not None
    name, reading = namer(meeting.kb), meeting.reading
    spread = [cell for cell, found in reading.outcomes.items() if found.state != "consensus"]
    agreed = len(reading.outcomes) - len(spread)
    rows = [line(f"{count(agreed, 'cell')} agreed, {len(spread)} open.", "bold"), line("")]
    for number, item in enumerate(meeting.items, 1):
        why = reasons(item, name, named=reading.is_linked)[0]
        rows.append(joined([line(f"{number}. {name(item.cell)}  ", "bold"), line(why)]))
    return rows


def _to_read(meeting: Meeting) -> list[Content]:
    assert meeting.reading is not None
    name, rows = namer(meeting.kb), []
    for item in meeting.items:
        rows.append(line(name(item.cell), "bold"))
        for reader, said in meeting.reading.answers.by_reader.items():
            if item.cell in said and said[item.cell].rationale and meeting.reading.is_linked:
                given = said[item.cell]
                rows.append(joined([line(f"{reader}, {given.mark}: ", "dim"), line(given.rationale)]))
        if not meeting.reading.is_linked:
            rows += _marks(meeting, item.cell)
        rows.append(line(""))
    return rows


def _parked(meeting: Meeting) -> list[Content]:
    name = namer(meeting.kb)
    parked = [item.cell for item in meeting.state.items if item.status == "parked"]
    rows = [line(f"‖ {name(cell)}", "bold") for cell in parked] or [line("Nothing is parked.")]
    return [*rows, line(""), line("t takes an item up, n goes on.", "dim")]


def _pairs(meeting: Meeting) -> list[Content]:
    assert meeting.reading is not None
    pairs = meeting.reading.agenda.pairings
    return [line(listed(pair.readers), "bold") for pair in pairs] or [line("In pairs of your own choice.")]


def _read_back(meeting: Meeting) -> list[Content]:
    state = meeting.state
    sections: Mapping[str, Iterable[Said]] = {
        "Decisions": state.decisions,
        "Open questions": state.questions,
        "New claims": state.claims,
    }
    rows: list[Content] = []
    for title, said in sections.items():
        found = _said(meeting, said)
        rows += [line(title, "bold"), *found] if found else []
    return rows or [line("Nothing is written down yet.")]


def _said(meeting: Meeting, said: Iterable[Said]) -> list[Content]:
    name, rows = namer(meeting.kb), []
    for one in said:
        about = [name(one.cell)] if one.cell else []
        about += [one.owner] if one.owner else []
        about += [f"by {one.due}"] if one.due else []
        rows.append(joined([line(f"• {one.text}"), line(f"  {', '.join(about)}", "dim")]))
    return rows


def clock_text(left: float) -> str:
    """Write seconds as minutes and seconds; what is over counts up, with a sign.

    Examples
    --------
    >>> clock_text(119.2), clock_text(0), clock_text(-61)
    ('2:00', '0:00', '-1:01')
    """
    import math

    seconds = math.ceil(left) if left > 0 else math.floor(left)
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes}:{rest:02}"

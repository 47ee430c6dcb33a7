"""`cruxmap group agenda`: what the meeting should talk about, for how long, and who with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.group.readings import namer, reading_of, round_option, write_page
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.analysis.agenda import AgendaItem
    from cruxmap.analysis.meeting_plan import Step
    from cruxmap.group.session_reading import SessionReading

FURTHER = 8
"""Cells beyond the time of the meeting that are listed; the rest is counted."""


@click.command(epilog="Example: cruxmap group agenda --write   then print sessions/ID/agenda.md")
@session_option
@round_option
@click.option("--write", "to_file", is_flag=True, help="Write agenda.md into the folder of the session.")
@common
def command(
    wanted: str | None, round_: int | None, *, to_file: bool, output: Output, workspace: str | None
) -> None:
    r"""What to talk about: cells by disagreement and impact, with minutes, reasons and pairs.

    Works once the round is revealed. The score of a cell is the distance of its marks times the impact of one
    step of it, less what the record says was discussed; hidden disagreement (one mark, different reasons),
    cells that most leave open, numbers that do not fit, stale and single ratings and contradicted summaries
    add to it. Every score is explained. A tenth of the time for items is kept free.

    \b
    JSON: schema, session, round, question, agenda {items [{cell, kinds,
      score, disagreement, impact {moved, verdicts, share, relative},
      covered, parts, marks, same_mark_different_reason, incoherent,
      outdated, contradicted, minutes, pairings}], further, minutes, spare,
      pairings}, plan [{kind, title, start, minutes, item,
      instruction}],
      contradicted [{sentence, text, expected, found, cells}]
    """
    reading = reading_of(meeting(workspace, wanted), round_)
    if to_file:
        from cruxmap_exports.group_agenda import agenda_page

        write_page(reading, "agenda.md", agenda_page(reading), output)
        return
    if output.json:
        output.document(
            {
                "schema": 1,
                "session": reading.session.id,
                "round": reading.view.round,
                "question": reading.session.question,
                "agenda": reading.agenda.as_data(),
                "plan": [step.as_data() for step in reading.plan],
                "contradicted": [item.as_data() for item in reading.contradicted],
            }
        )
        return
    _print(reading, output)


def _print(reading: SessionReading, output: Output) -> None:
    from cruxmap.group.item_sentences import joined, reasons

    name, found = namer(reading.kb), reading.agenda
    output.paragraph(f"Agenda: {reading.session.question}", bold=True)
    output.paragraph(
        f"{reading.session.date}, {reading.session.minutes} minutes, after round {reading.view.round}.",
        dim=True,
    )
    if not found.items:
        output.line()
        output.paragraph("No cell gives a reason to talk about it.")
    for number, item in enumerate(found.items, 1):
        output.heading(f"{number}. {name(item.cell)}, {item.minutes} minutes")
        _print_item(reading, item, output)
    if found.further:
        output.heading("If there is time")
        for item in found.further[:FURTHER]:
            sentence = reasons(item, name, named=reading.is_linked)[0]
            output.paragraph(f"{name(item.cell)}: {sentence}", indent=2, first=f"{item.score:.2f}  ")
        if len(found.further) > FURTHER:
            output.paragraph(f"{count(len(found.further) - FURTHER, 'more cell')}: see --json.", indent=2)
    if found.pairings:
        output.heading("Who with whom, over all cells")
        for pair in found.pairings:
            output.paragraph(f"{joined(pair.readers)}, {pair.distance:.2f} apart", indent=2)
    output.heading("The meeting by the minute")
    _print_plan(reading.plan, name, output)
    output.line()
    output.paragraph(
        "D is the mean distance of the marks (0 to 1; a mark that leaves everything open is half the scale "
        "away from every level). I is relative to the cell whose step moves most verdicts; strengths by "
        "quadratic-energy under each reader's credences, a mark taken as the middle of its level's band.",
        dim=True,
    )


def _print_item(reading: SessionReading, item: AgendaItem, output: Output) -> None:
    from cruxmap.group.item_sentences import joined, positions, reasons, score_sentence

    output.paragraph(f"{positions(item, named=reading.is_linked)}.", indent=3)
    for sentence in reasons(item, namer(reading.kb), named=reading.is_linked):
        output.paragraph(sentence, indent=3, first="- ")
    if item.pairings:
        pairs = "; ".join(joined(pair.readers) for pair in item.pairings)
        output.paragraph(f"Restate each other: {pairs}.", indent=3)
    output.paragraph(score_sentence(item), indent=3, dim=True)


def _print_plan(steps: tuple[Step, ...], name: Callable[[str], str], output: Output) -> None:
    for step in steps:
        about = f" ({name(step.item)})" if step.item else ""
        output.paragraph(f"{step.title}{about}", indent=2, first=f"{step.start:>3}–{step.end:<3} ")

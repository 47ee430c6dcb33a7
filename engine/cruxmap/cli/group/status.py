"""`cruxmap group status`: how far a session has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.group.context import Meeting, meeting, session_option
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from cruxmap.group.rerating import MovedCriterion, StaleCell
    from cruxmap.group.state import RoundState


@click.command(epilog="Example: cruxmap group status --session 2026-03-05")
@session_option
@common
def command(wanted: str | None, *, output: Output, workspace: str | None) -> None:
    r"""Who has committed and revealed, what everybody waits for, and which ratings are stale.

    \b
    JSON: schema, session, question, date, state, round, rounds, reveal,
      readers [{reader, cells, minutes, committed, revealed, without}],
      waiting_for, missing, sound, moved_criteria [{criterion, planned_version,
      current_version}], stale [{cell, rated_version, current_version, raters,
      readers, off_scale}]
    """
    from cruxmap.group.rerating import moved_criteria, stale_cells
    from cruxmap.group.state import current_round, round_state, session_state
    from cruxmap.group.verification import verify

    case = meeting(workspace, wanted)
    round_ = round_state(case.folder, case.session, current_round(case.folder))
    state = session_state(case.folder, case.session)
    checked = verify(case.folder, case.session)
    # A broken revealed file is what `verify` is for; the queue needs files that can be read.
    stale = stale_cells(case.kb, case.root) if checked.is_sound else ()
    moved = moved_criteria(case.kb, case.session)
    if output.json:
        output.document(_data(case, state, round_, moved, stale) | {"sound": checked.is_sound})
        return
    _print(case, state, round_, output)
    if not checked.is_sound:
        output.paragraph("Something does not fit what was committed: see `cruxmap group verify`.")
    _print_stale(case, moved, stale, output)


def _minutes(case: Meeting, reader: str) -> int:
    return sum(item.minutes for item in case.session.to_read(reader) if item.required)


def _data(
    case: Meeting,
    state: str,
    round_: RoundState,
    moved: tuple[MovedCriterion, ...],
    stale: tuple[StaleCell, ...],
) -> dict[str, Any]:
    session = case.session
    return {
        "schema": 1,
        "session": session.id,
        "question": session.question,
        "date": session.date,
        "state": state,
        "round": round_.round,
        "rounds": session.stop.rounds,
        "reveal": session.reveal,
        "readers": [
            {
                "reader": reader,
                "cells": len(session.cells_of(reader)),
                "minutes": _minutes(case, reader),
                "committed": reader in round_.committed,
                "revealed": reader in round_.revealed,
                "without": reader in round_.without,
            }
            for reader in session.readers
        ],
        "waiting_for": list(round_.waiting_for) if round_.opened else [],
        "missing": list(round_.missing),
        "moved_criteria": [
            {"criterion": item.criterion, "planned_version": item.planned, "current_version": item.current}
            for item in moved
        ],
        "stale": [item.as_data() for item in stale],
    }


def _print(case: Meeting, state: str, round_: RoundState, output: Output) -> None:
    from cruxmap.group.session import POLICIES
    from cruxmap.group.state import STATES

    session = case.session
    output.line(output.style(session.question, bold=True))
    which = f", round {round_.round} of at most {session.stop.rounds}" if round_.round else ""
    output.paragraph(f"{session.id} is {state}{which}: {STATES[state]}.")  # type: ignore[index]
    output.paragraph(f"After the reveal, {POLICIES[session.reveal]}.", dim=True)
    output.line()
    for reader in session.readers:
        cells = count(len(session.cells_of(reader)), "cell")
        said = f"  {reader:<16} {_progress(reader, round_):<26} {cells:>8}"
        minutes = _minutes(case, reader)
        output.line(output.style(f"{said}, about {minutes} minutes to read" if minutes else said))
    if round_.opened and round_.waiting_for:
        output.line()
        output.paragraph(f"Waiting for {', '.join(round_.waiting_for)}.")


def _progress(reader: str, round_: RoundState) -> str:
    if reader in round_.revealed:
        return "has revealed"
    if reader in round_.committed:
        return "committed, not waited for" if reader in round_.without else "has committed"
    return "not waited for" if reader in round_.without else "has not committed"


def _print_stale(
    case: Meeting, moved: tuple[MovedCriterion, ...], stale: tuple[StaleCell, ...], output: Output
) -> None:
    from cruxmap.cli.wording import verdict_name

    for item in moved:
        output.paragraph(f"Note: {item.note}")
    if stale:
        output.heading(f"To rate again ({count(len(stale), 'cell')})")
    for cell in stale:
        now = "the criterion is gone" if cell.current is None else f"now version {cell.current}"
        why = (
            "a mark is no longer on the scale" if cell.off_scale else f"rated in version {cell.rated}, {now}"
        )
        who = f" ({', '.join(cell.readers)})" if cell.readers else ""
        name = (
            verdict_name(case.kb, cell.cell) if cell.cell.partition("/")[0] in case.kb.entries else cell.cell
        )
        output.paragraph(f"{name}: {count(cell.raters, 'mark')}, {why}{who}", indent=2, first="- ", hang=2)

"""`cruxmap group agreement`: how far the readers of a session agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.group.readings import namer, reading_of, round_option
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from cruxmap.analysis.session_agreement import ScaleAgreement, SessionAgreement
    from cruxmap.group.session_reading import SessionReading

PAIRS = 6
"""Nearest and furthest pairs that are listed."""


@click.command(epilog="Example: cruxmap group agreement --round 1")
@session_option
@round_option
@click.option(
    "--limit", type=click.IntRange(1), default=12, show_default=True, help="Cells and changes to list."
)
@click.option("--seed", default=0, show_default=True, type=int, help="Seed of everything sampled.")
@common
def command(
    wanted: str | None, round_: int | None, limit: int, seed: int, *, output: Output, workspace: str | None
) -> None:
    r"""How far readers agree: alpha with its interval, the spread of each cell, who stands near whom.

    Groups of readers are named only from 12 readers on, and only when they are clearer than chance. After two
    rounds, each cell says whether it is agreed, in stable disagreement, or worth another round.

    \b
    JSON: schema, session, round, readers, scales [{metric, levels, cells,
      alpha, interval {low, high, confidence, standard_error, resamples,
      undefined, seed}, undefined, missing}], cells [{cell, readers, spread,
      marks, open_share}], pairs [{readers, distance, shared_cells}],
      groups {members, reason, silhouette, null_quantile, p_value,
      permutations, seed}, outcomes [{cell, state, stops, mark, share,
      changed, rounds}], changed [{reader, cell, from, to, from_round,
      to_round, reason, had_said}]
    """
    reading = reading_of(meeting(workspace, wanted), round_, seed)
    if output.json:
        output.document(
            {
                "schema": 1,
                "session": reading.session.id,
                "round": reading.view.round,
                **reading.agreement.as_data(),
                "outcomes": [item.as_data() for item in reading.outcomes.values()],
                "changed": [change.as_data() for change in reading.changed],
            }
        )
        return
    _print(reading, limit, output)


def _print(reading: SessionReading, limit: int, output: Output) -> None:
    found = reading.agreement
    raters = max((item.readers for item in found.cells), default=0)
    output.paragraph(
        f"Round {reading.view.round} of {reading.session.id}: {count(len(found.cells), 'cell')}, at most "
        f"{count(raters, 'reader')} on one.",
        bold=True,
    )
    output.heading("Agreement beyond chance")
    for scale in found.scales:
        output.paragraph(_alpha(scale), indent=2)
    _print_cells(reading, limit, output)
    _print_changes(reading, limit, output)
    _print_pairs(found, output)
    output.heading("Groups of readers")
    output.paragraph(f"{found.groups.reason[:1].upper()}{found.groups.reason[1:]}.", indent=2)
    if found.groups.groups:
        members: dict[int, list[str]] = {}
        for reader, group in zip(found.readers, found.groups.groups, strict=True):
            members.setdefault(group, []).append(reader)
        for group, readers in members.items():
            output.paragraph(f"Group {group + 1}: {', '.join(readers)}.", indent=2)


def _alpha(scale: ScaleAgreement) -> str:
    from cruxmap.analysis.session_agreement import METRIC

    over = f"over {count(scale.cells, 'cell')} on the scale of {scale.levels} levels"
    missing = f"{scale.missing:.0%} of the marks are missing or leave several levels open."
    if scale.alpha is None:
        return f"{scale.undefined} ({over}). {missing}"
    if scale.interval is None:
        return f"{METRIC}: {scale.alpha:.2f} {over}; no interval: {scale.undefined}. {missing}"
    known = scale.interval
    return (
        f"{METRIC}: {scale.alpha:.2f} {over}; {known.confidence:.0%} interval {known.low:.2f} to "
        f"{known.high:.2f} (bootstrap over cells, n = {known.resamples}, seed {known.seed}). 1 is perfect, 0 "
        f"is chance. {missing}"
    )


def _print_cells(reading: SessionReading, limit: int, output: Output) -> None:
    from cruxmap.group.item_sentences import outcome_sentence

    name, found = namer(reading.kb), reading.agreement
    output.heading("Cells, the widest spread first")
    for item in found.cells[:limit]:
        spread = "  – " if item.spread is None else f"{item.spread:.2f}"
        marks = ", ".join(f"{number} {mark}" for mark, number in item.marks.items())
        output.paragraph(f"{name(item.cell)}: {marks}", indent=2, first=f"{spread}  ")
        if len(reading.views) > 1:
            output.paragraph(outcome_sentence(reading.outcomes[item.cell]), indent=8, dim=True)
    if len(found.cells) > limit:
        output.paragraph(
            f"{count(len(found.cells) - limit, 'more cell')}: --limit {len(found.cells)}", indent=2
        )
    output.paragraph(
        "Spread: mean distance of two marks, 0 to 1; a mark that leaves everything open is 0.50 from every "
        "level.",
        indent=2,
        dim=True,
    )


def _print_changes(reading: SessionReading, limit: int, output: Output) -> None:
    from cruxmap.group.item_sentences import changed_sentence

    if len(reading.views) < 2 or not reading.is_linked:
        return
    output.heading("Changed minds")
    for change in reading.changed[:limit]:
        output.paragraph(f"{changed_sentence(change, namer(reading.kb))}", indent=2, first="- ")
    if len(reading.changed) > limit:
        output.paragraph(f"{count(len(reading.changed) - limit, 'more change')}: --limit", indent=2)
    if not reading.changed:
        output.paragraph("Nobody marked a cell otherwise than before.", indent=2)


def _print_pairs(found: SessionAgreement, output: Output) -> None:
    if not found.pairs:
        return
    output.heading("Pairs of readers, the nearest first")
    hidden = len(found.pairs) - 2 * PAIRS
    for place, pair in enumerate(found.pairs):
        if hidden > 0 and place == PAIRS:
            output.paragraph(f"({count(hidden, 'pair')} between)", indent=8, dim=True)
        if hidden > 0 and PAIRS <= place < PAIRS + hidden:
            continue
        shared = count(pair.shared_items, "shared cell")
        output.paragraph(
            f"{pair.first} and {pair.second}, {shared}", indent=2, first=f"{pair.distance:.2f}  "
        )

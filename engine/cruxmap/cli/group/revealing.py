"""`cruxmap group reveal`: publish sealed answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import Meeting, meeting, reader_option, session_option, share_sentence
from cruxmap.cli.output import Output, common

if TYPE_CHECKING:
    from cruxmap.group.state import RoundState


@click.command(epilog="Example: cruxmap group reveal --reader reader-a")
@click.option(
    "--without", multiple=True, metavar="HANDLE", help="Go on without this reader instead; repeatable."
)
@session_option
@reader_option
@common
def command(
    without: tuple[str, ...],
    wanted: str | None,
    reader: str | None,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Publish your answers, once everybody has committed; show the round when all have revealed.

    Until the last reader who is waited for has revealed, no answers are shown, also not those that are in the
    folder already. --without goes on without a reader who is absent; everybody sees that it was done.

    \b
    JSON: schema, session, round, reader, revealed, waiting_for, missing, open,
      and when open: reveal, cells [{cell, raters, marks, low, high, spread}]
    """
    from cruxmap.group.filing import is_named
    from cruxmap.group.sealing import go_on_without, reveal
    from cruxmap.group.state import current_round, round_state

    case = meeting(workspace, wanted)
    who: str | None = None
    for name in without:
        go_on_without(case.folder, case.session, name)
    if not without:
        who = case.reader(reader)
        before = round_state(case.folder, case.session, current_round(case.folder))
        # Asking again, when one's own answers are out, only looks whether the others are there.
        if who not in before.revealed:
            reveal(case.folder, case.session, who)
    state = round_state(case.folder, case.session, current_round(case.folder))
    if output.json:
        data = {"schema": 1, "session": case.folder.id, "reader": who, **round_data(case, state)}
        output.document(data)
    else:
        if who is not None:
            output.paragraph(f"{who} has revealed the answers of round {state.round}.")
        for name in without:
            output.paragraph(f"Round {state.round} goes on without {name}.")
        print_round(case, state, output)
        named = who is None or is_named(case.folder, case.session, who)
        output.paragraph(share_sentence(named=named), dim=True)


def round_data(case: Meeting, state: RoundState) -> dict[str, object]:
    """Return how far a round has come, and what it came to when that may be shown."""
    from cruxmap.group.visibility import summaries, view

    data: dict[str, object] = {
        "round": state.round,
        "revealed": list(state.revealed),
        "waiting_for": list(state.waiting_for),
        "missing": list(state.missing),
        "open": state.is_revealed,
    }
    if state.is_revealed:
        found = view(case.kb, case.folder, case.session, state.round)
        data["reveal"] = found.policy
        data["cells"] = [
            {
                "cell": item.cell,
                "raters": item.raters,
                "marks": dict(item.marks),
                "low": item.low,
                "high": item.high,
                "spread": item.spread,
            }
            for item in summaries(found.answers).values()
        ]
    return data


def print_round(case: Meeting, state: RoundState, output: Output) -> None:
    """Print what a round came to by cell, widest spread first; or who is waited for."""
    from cruxmap.cli.wording import verdict_name
    from cruxmap.group.visibility import summaries, view

    if not state.is_revealed:
        waiting = ", ".join(state.waiting_for)
        output.paragraph(f"No answers are shown yet: waiting for {waiting}.")
        return
    found = view(case.kb, case.folder, case.session, state.round)
    cells = sorted(summaries(found.answers).values(), key=lambda item: (-(item.spread or 0.0), item.cell))
    output.heading(f"Round {state.round}: what {len(state.revealed)} readers answered, widest spread first")
    names = {item.cell: verdict_name(case.kb, item.cell) for item in cells}
    width = min(max(map(len, names.values()), default=0), output.width - 30)
    for item in cells:
        marks = ", ".join(f"{number} {word}" for word, number in item.marks)
        spread = "   -" if item.spread is None else f"{item.spread:.2f}"
        output.paragraph(marks, indent=2, first=f"{spread}  {names[item.cell]:<{width}}  ", hang=width + 8)
    if state.missing:
        output.paragraph(f"Missing: {', '.join(state.missing)}.")
    output.paragraph(
        "Spread: mean distance between the marks of two readers as a share of the scale, over the lower and "
        "upper ends of each mark; 0 is the same mark, 1 the two ends of the scale.",
        dim=True,
    )

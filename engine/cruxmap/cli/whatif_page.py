"""The page of `cruxmap whatif`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.explanations import signed
from cruxmap.analysis.whatif import Stillness
from cruxmap.cli.table import Line, print_row
from cruxmap.cli.wording import capitalised, joined, number_word, statement_name, verdict_name

if TYPE_CHECKING:
    from cruxmap.analysis.whatif import Move, WhatIf
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase

NOTICEABLE = 0.005
"""Changes that two decimals do not show are counted, not listed, unless the label moves."""

_WHY_STILL = {
    Stillness.SAME: "it had this value already, or something else decides it",
    Stillness.UNUSED: "no argument rests on it, and it bears on nothing",
    Stillness.ELSEWHERE: "what rests on it leads to no verdict",
    Stillness.ABSORBED: "on every way from it to a verdict something else keeps the verdict where it is",
}


def print_what_if(kb: KnowledgeBase, found: WhatIf, conventions: Conventions, output: Output) -> None:
    """Print what moves, how far and along which path."""
    output.paragraph(f"What if {_changes(kb, found)}?", bold=True)
    output.line()
    shown = [move for move in found.moves if abs(move.change) >= NOTICEABLE or _relabelled(move)]
    output.paragraph(_summary(kb, found))
    for name, reason in found.still.items():
        output.paragraph(f"{statement_name(kb, name)} moves nothing: {_WHY_STILL[reason]}.")
    if shown:
        _print_moves(kb, shown, output)
    rest = len(found.moves) - len(shown)
    if rest:
        verb = "moves" if rest == 1 else "move"
        output.paragraph(
            f"{capitalised(number_word(rest, 'more verdict'))} {verb} by less than {NOTICEABLE:g}."
        )
    output.line()
    output.paragraph(
        f"{conventions.sentence()} A path leads from what was set to the verdict, at each step through the "
        "parent that alone would move it most.",
        dim=True,
    )


def _changes(kb: KnowledgeBase, found: WhatIf) -> str:
    listed = []
    for name, value in found.credences.items():
        kept = found.graph.node(name)
        what = "weighed" if kept.kind == "argument" else "started from"
        listed.append(f"{statement_name(kb, name)} {what} {value:.2f} (now {kept.base:.2f})")
    listed += [f"{statement_name(kb, name)} were {label}" for name, label in found.labels.items()]
    return joined(listed)


def _relabelled(move: Move) -> bool:
    return move.label_before != move.label_after


def _summary(kb: KnowledgeBase, found: WhatIf) -> str:
    total = len(found.graph.statements("assessment"))
    if not found.moves:
        return f"None of the {total} verdicts moves."
    up, down = (sum(sign * move.change > 1e-9 for move in found.moves) for sign in (1, -1))
    relabelled = sum(_relabelled(move) for move in found.moves)
    ways = [(count, way) for count, way in ((up, "up"), (down, "down")) if count]
    first = found.moves[0]
    verb = "moves" if len(found.moves) == 1 else "move"
    text = f"{capitalised(number_word(len(found.moves)))} of the {total} verdicts {verb}{_directions(ways)}"
    if abs(first.change) >= NOTICEABLE:
        link = ": " if len(found.moves) == 1 else ", most of all "
        text += f"{link}{verdict_name(kb, first.id)}, from {first.before:.2f} to {first.after:.2f}"
    if relabelled:
        verb = "label changes" if relabelled == 1 else "labels change"
        return f"{text}. {capitalised(number_word(relabelled))} {verb}."
    hint = "" if found.labels else ": they follow what is set in or out, not credences"
    return f"{text}. No label changes{hint}."


def _directions(ways: list[tuple[int, str]]) -> str:
    if len(ways) == 2:
        return f" ({joined(f'{number_word(count)} {way}' for count, way in ways)})"
    return f" {ways[0][1]}" if ways else ""


def _print_moves(kb: KnowledgeBase, moves: list[Move], output: Output) -> None:
    output.line()
    name = max(len(verdict_name(kb, move.id)) for move in moves)
    widths = (max(name, 7), 14, 6, max(10, output.width - max(name, 7) - 23))
    heads = ("verdict", "strength", "change", "label")
    print_row(output, widths, [[Line(head, {"dim": True})] for head in heads])
    for move in moves:
        label = f"{move.label_before} → {move.label_after}" if _relabelled(move) else move.label_after
        cells = (
            Line(verdict_name(kb, move.id), {"bold": True}),
            Line(f"{move.before:.2f} → {move.after:.2f}"),
            Line(signed(move.change) if abs(move.change) >= NOTICEABLE else "0.00"),
            Line(label),
        )
        print_row(output, widths, [[cell] for cell in cells])
        if move.path:
            steps = [statement_name(kb, step, full=False) for step in move.path]
            output.paragraph(" → ".join(step.replace(" ", "\u00a0") for step in steps), indent=2, dim=True)

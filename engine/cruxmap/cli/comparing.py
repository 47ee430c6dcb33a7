"""`cruxmap compare`: two or more entries, criterion by criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.matrix import STYLES, glyph, hinge_label
from cruxmap.cli.output import Output, common, load
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.compare import Comparison, Overlap
    from cruxmap.knowledge import KnowledgeBase


@click.command(epilog="Example: cruxmap compare 2 3 9")
@click.argument("wanted", nargs=-1, required=True, metavar="ID ID [ID...]")
@common
def command(wanted: tuple[str, ...], *, output: Output, workspace: str | None) -> None:
    """Compare two or more proposals or strategies, criterion by criterion."""
    from cruxmap.compare import compare

    kb = load(workspace)
    entries = {entry.id: entry for entry in map(kb.find_assessed, wanted)}
    if len(entries) < 2:
        raise UsageError("compare needs at least two different entries")
    comparison = compare(kb, list(entries.values()))
    if output.json:
        output.document(comparison.as_data())
    else:
        print_comparison(kb, comparison, output)


def print_comparison(kb: KnowledgeBase, comparison: Comparison, output: Output) -> None:
    """Print a comparison criterion by criterion, then what all rest on and who dominates whom."""
    short = {name: _short(kb, name) for name in comparison.entries}
    for name in comparison.entries:
        output.line(output.style(short[name], bold=True) + f"  {getattr(kb.entries[name], 'title', name)}")
    for item in comparison.criteria:
        criterion = kb.entries[item.criterion]
        output.heading(str(getattr(criterion, "title", item.criterion)))
        scale = kb.scale_of(item.criterion)
        for name, given in item.cells.items():
            inherited = f" as {given.stance.removeprefix('inherits:')}" if given.stance != given.word else ""
            word = output.style(f"{glyph(scale, given.word)} {given.word}", **STYLES.get(given.word, {}))
            locator = given.at.split(" ", 1)[-1]
            output.line(
                f"  {short[name]:<4} {word}{inherited}   {output.glyphs(locator)}   +{given.pro} -{given.con}"
            )
            output.paragraph(given.reason, indent=7)
        _print_overlap(
            output, item.assumptions, short, lambda name: hinge_label(kb, name, written=True), "rest"
        )
    output.heading("Assumptions")
    _print_overlap(
        output, comparison.assumptions, short, lambda name: hinge_label(kb, name, written=True), "rest"
    )
    output.heading("Mechanisms")
    _print_overlap(
        output,
        comparison.mechanisms,
        short,
        lambda name: str(getattr(kb.entries[name], "title", name)),
        "build",
    )
    _print_dominance(output, comparison, short)


def _print_overlap(
    output: Output, overlap: Overlap, short: dict[str, str], label: Callable[[str], str], verb: str
) -> None:
    everyone = "both" if len(short) == 2 else "all"
    if overlap.shared:
        output.paragraph("; ".join(map(label, overlap.shared)), first=f"  {everyone} {verb} on: ")
    for name, holders in overlap.some.items():
        output.paragraph(label(name), first=f"  {', '.join(short[holder] for holder in holders)} {verb} on: ")
    for owner, names in overlap.only.items():
        if names:
            output.paragraph("; ".join(map(label, names)), first=f"  only {short[owner]}: ")
    if not (overlap.shared or overlap.some or any(overlap.only.values())):
        output.line("  none recorded")


def _print_dominance(output: Output, comparison: Comparison, short: dict[str, str]) -> None:
    output.heading("Dominance (at least as good on every criterion, better on one)")
    for first, second in comparison.necessary:
        output.line(f"  {short[first]} dominates {short[second]} however the open questions turn out")
    open_pairs = [pair for pair in comparison.possible if pair not in comparison.necessary]
    for first, second in open_pairs:
        output.line(f"  {short[first]} may dominate {short[second]}, depending on the open questions")
    if not comparison.possible:
        output.line("  none, however the open questions turn out")


def _short(kb: KnowledgeBase, name: str) -> str:
    number = getattr(kb.entries[name], "number", None)
    return f"P{number}" if isinstance(number, int) else str(number or name)

"""Pages of risks, the factors behind them, and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.argument_pages import print_discussion, print_free_arguments, print_use
from cruxmap.cli.page_parts import print_names, print_notes, print_questions, print_remarks
from cruxmap.model.entries import Risk, Strategy
from cruxmap.model.parts import VERIFIED
from cruxmap.taxonomy import branches

if TYPE_CHECKING:
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Finding
    from cruxmap.model.vocabulary import Factor


def print_risk(kb: KnowledgeBase, entry: Risk, output: Output) -> None:
    """Print a risk: its place among the kinds of risk, what it bears on and what is said about it."""
    if entry.severity:
        output.paragraph(f"Severity: {entry.severity}")
    _print_taxonomy(kb, entry, output)
    print_names(kb, "Bears on", entry.criteria, output)
    print_names(kb, "Threatens", entry.threatens, output)
    print_names(kb, "Threatens (our reading)", entry.threatens_ours, output)
    print_remarks("Preconditions", entry.preconditions, output)
    print_remarks("Detection", entry.detection, output)
    print_remarks("Mitigations", entry.mitigations, output)
    strategies = kb.of_kind(Strategy)
    against = [item.id for item in strategies if entry.id in item.addresses]
    print_names(kb, "Strategies against it", against, output)
    raised = [item.id for item in strategies if entry.id in item.raises]
    print_names(kb, "Raised by strategies", raised, output)
    print_discussion(kb, entry.id, output)
    print_free_arguments(kb, entry.arguments, output)
    print_use(kb, entry.id, output)
    print_notes(entry.notes, output)
    print_questions(entry.questions, output)


def _print_taxonomy(kb: KnowledgeBase, entry: Risk, output: Output) -> None:
    tree = branches(kb, entry.id)
    if len(tree) == 1:
        return
    output.heading("Among the kinds of risk")
    for branch in tree:
        risk = kb.entries[branch.id]
        here = branch.id == entry.id
        mark = f"{branch.lines}{getattr(risk, 'title', branch.id)}"
        tail = "   (this one)" if here else f"   {branch.id}"
        output.line(f"  {output.style(output.glyphs(mark), bold=here)}{output.style(tail, dim=True)}")


def print_factor(kb: KnowledgeBase, entry: Factor, output: Output) -> None:
    """Print a factor with the direction in which it moves what it bears on."""
    moved = [
        (item, target, polarity)
        for item in kb.arguments.values()
        if entry.id in item.argument.assumes
        for target, polarity in item.targets
        if target in kb.statements
    ]
    if moved:
        output.heading("What it does")
    for item, target, polarity in moved:
        title = str(getattr(kb.entries.get(target), "title", target))
        output.paragraph(
            f"{'raises' if polarity == 1 else 'lowers'}  {title} ({item.argument.id})", indent=2, hang=10
        )
    print_discussion(kb, entry.id, output)
    print_use(kb, entry.id, output)
    print_notes(entry.notes, output)


def print_finding(kb: KnowledgeBase, entry: Finding, output: Output) -> None:
    """Print a finding: what was measured, how it was checked, what it bears on, what limits it."""
    output.line()
    for word in ("measure", "value", "unit", "model", "setting"):
        given = getattr(entry, word)
        if given:
            output.paragraph(str(given), first=f"{word.capitalize() + ':':<10}")
    output.paragraph(VERIFIED.get(entry.verified, "checked in the work itself"), first=f"{'Verified:':<10}")
    if entry.values:
        output.heading("Figures")
    for figure in entry.values:
        unit = f" {figure.unit}" if figure.unit else ""
        at = f" [{figure.at}]" if figure.at else ""
        output.paragraph(f"{figure.of}: {figure.value}{unit}{at}", indent=2, hang=2)
    print_free_arguments(kb, entry.arguments, output)
    print_discussion(kb, entry.id, output)
    print_use(kb, entry.id, output)
    print_notes(entry.notes, output)

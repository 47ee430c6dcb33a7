"""Pages of the vocabulary: sources, criteria, scales, hedges, schemes, inventories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.matrix import glyph
from cruxmap.cli.page_parts import print_notes, print_questions
from cruxmap.matrix import cell
from cruxmap.model.entries import Proposal, Strategy

if TYPE_CHECKING:
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.vocabulary import Criterion, Hedge, Inventory, Scale, Scheme, Source


def print_source(_: KnowledgeBase, entry: Source, output: Output) -> None:
    """Print a work: reference, how it was checked, section map, claims about the whole."""
    from cruxmap.cli.sources import reference

    output.line()
    output.paragraph(reference(entry))
    for text in filter(None, (entry.checked and f"Checked: {entry.checked}", entry.note)):
        output.line()
        output.paragraph(text)
    if entry.sections:
        output.heading("Sections")
    for section in entry.sections:
        output.paragraph(section.title or "", first=f"  §{section.number:<8}")
    for citation in entry.cited:
        output.paragraph(f"Cited by {citation.by} {citation.at}")
    print_notes(entry.notes, output)
    print_questions(entry.questions, output)


def print_criterion(kb: KnowledgeBase, entry: Criterion, output: Output) -> None:
    """Print a criterion with all stances on it."""
    output.line()
    output.paragraph(f"Version {entry.version}, scale {entry.scale}.")
    assessed: list[Proposal | Strategy] = [*kb.of_kind(Proposal), *kb.of_kind(Strategy)]
    for item in (item for item in assessed if entry.id in item.assessments):
        given = cell(kb, item, entry.id)
        sign = glyph(kb.scale_of(entry.id), given.stance)
        output.line(f"  {item.number or '':>2}  {sign} {given.word:<13} {item.short or item.title}")


def print_scale(_: KnowledgeBase, entry: Scale, output: Output) -> None:
    """Print levels and marks."""
    output.heading("Levels, worst first")
    for level in entry.levels:
        output.paragraph(level.text, indent=2, first=f"{level.glyph} {level.id}: ")
    output.heading("Marks")
    for mark in entry.marks:
        covers = "whole scale" if mark.covers == "all" else "left out"
        output.paragraph(f"{mark.text} ({covers})", indent=2, first=f"{mark.glyph} {mark.id}: ")


def print_hedge(_: KnowledgeBase, entry: Hedge, output: Output) -> None:
    """Print the weight of a hedge, its reason and its cues."""
    output.paragraph(f"Weight {entry.weight:g}, a convention: {entry.reason}")
    output.paragraph(f"Typical cues: {', '.join(entry.cues)}")


def print_inventory(_: KnowledgeBase, entry: Inventory, output: Output) -> None:
    """Say what an inventory of claims is for."""
    output.paragraph(f"`cruxmap coverage` holds the entries drawn from {entry.source} against this list.")


def print_scheme(kb: KnowledgeBase, entry: Scheme, output: Output) -> None:
    """Print the critical questions of a scheme and the arguments that follow it."""
    output.heading("Critical questions")
    for question in entry.critical_questions:
        output.paragraph(question.text, indent=2, first=f"? {question.id}: ", hang=2)
    users = [item for item in kb.arguments.values() if item.argument.scheme == entry.id]
    if users:
        output.heading(f"Arguments of this form ({len(users)})")
    for item in users:
        output.paragraph(item.argument.text, indent=2, first=f"{item.argument.id}: ", hang=2)

"""Pages of `cruxmap show`: how each kind of entry, and what is inside it, reads on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.cli.argument_pages import print_discussion, print_outline, print_use
from cruxmap.cli.matrix import STYLES, glyph, hinge_label
from cruxmap.cli.page_parts import (
    locator,
    print_names,
    print_notes,
    print_questions,
    print_remarks,
    print_steps,
    text_of,
    where,
)
from cruxmap.cli.risk_pages import print_factor, print_finding, print_risk
from cruxmap.cli.vocabulary_pages import (
    print_criterion,
    print_hedge,
    print_inventory,
    print_scale,
    print_scheme,
    print_source,
)
from cruxmap.matrix import cell
from cruxmap.model.entries import Finding, Proposal, Risk, Strategy
from cruxmap.model.vocabulary import (
    Assumption,
    Criterion,
    Factor,
    Hedge,
    Inventory,
    Mechanism,
    Scale,
    Scheme,
    Source,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry


def print_entry(kb: KnowledgeBase, entry: Entry, output: Output) -> None:
    """Print the page of an entry."""
    number = getattr(entry, "number", None)
    title = str(getattr(entry, "title", None) or entry.id)
    output.line(output.style(f"{number}. {title}" if number is not None else title, bold=True))
    place = kb.positions[entry.id]
    output.line(output.style(f"{entry.kind} {entry.id}   {place.path}:{place.line}", dim=True))
    if isinstance(entry, Criterion):
        output.line()
        output.paragraph(entry.question)
    body = getattr(entry, "text", None)
    if body:
        output.line()
        output.paragraph(body + where(entry))
    for kind, printer in _PRINTERS.items():
        if isinstance(entry, kind):
            printer(kb, entry, output)
    _print_relations(kb, entry, output)


def _print_proposal(kb: KnowledgeBase, entry: Proposal | Strategy, output: Output) -> None:
    if entry.summary:
        output.line()
        output.paragraph(entry.summary.text + where(entry.summary))
    if isinstance(entry, Proposal):
        if entry.incomplete:
            output.paragraph(f"Incomplete: {entry.incomplete}")
        if entry.human_role:
            output.paragraph("The human's role: " + entry.human_role.text + where(entry.human_role))
    output.heading("Assessments")
    for criterion in kb.criteria:
        if criterion.id in entry.assessments:
            _print_cell_line(kb, entry, criterion, output)
    print_steps("Set-up", entry.setup, output)
    print_names(kb, "Mechanisms", entry.mechanisms, output)
    if isinstance(entry, Proposal):
        print_names(kb, "Optional mechanisms", entry.optional_mechanisms, output)
    if isinstance(entry, Strategy):
        print_names(kb, "Meant against", entry.addresses, output)
        print_names(kb, "Risks of its own", entry.raises, output)
        print_remarks("Problems of its own", entry.problems, output)
    print_names(kb, "Rests on", entry.assumptions, output)
    print_names(kb, "Secondarily on", entry.secondary_assumptions, output)
    for criterion in kb.criteria:
        if criterion.id in entry.assessments:
            output.heading(f"{criterion.title}: the arguments")
            print_outline(kb, f"{entry.id}/{criterion.id}", output)
    threats = [item.id for item in kb.of_kind(Risk) if entry.id in (*item.threatens, *item.threatens_ours)]
    print_names(kb, "Threatened by", threats, output)
    if isinstance(entry, Strategy):
        print_notes(entry.notes, output)
    print_questions(entry.questions, output)


def _print_cell_line(
    kb: KnowledgeBase, entry: Proposal | Strategy, criterion: Criterion, output: Output
) -> None:
    given = cell(kb, entry, criterion.id)
    sign = glyph(kb.scale_of(criterion.id), given.stance)
    inherited = (
        f" (as proposal {given.stance.removeprefix('inherits:')})" if given.stance != given.word else ""
    )
    word = output.style(f"{sign} {given.word}{inherited}", **STYLES.get(given.word, {}))
    output.line(f"  {criterion.title + ':':<29}{word}")
    output.paragraph(given.reason + (f" [{locator(given.at)}]" if given.at else ""), indent=4)
    if given.hinges:
        hinges = "; ".join(hinge_label(kb, name, written=True) for name in given.hinges)
        output.paragraph(f"Hinges on {hinges}", indent=4, dim=True)


def print_assessment(kb: KnowledgeBase, name: str, output: Output) -> None:
    """Print one cell with all its arguments and notes."""
    owner, criterion_id = name.split("/", 1)
    entry, criterion = kb.entries[owner], kb.entries[criterion_id]
    assert isinstance(entry, Proposal | Strategy)
    assert isinstance(criterion, Criterion)
    assessment = entry.assessments[criterion_id]
    output.line(output.style(f"{entry.title}: {criterion.title.lower()}", bold=True))
    place = kb.positions[name]
    output.line(output.style(f"assessment {name}   {place.path}:{place.line}", dim=True))
    output.line()
    output.paragraph(criterion.question)
    output.line()
    _print_cell_line(kb, entry, criterion, output)
    if assessment.alternative:
        text = f"Defensible too: {assessment.alternative.stance}. {assessment.alternative.reason}"
        output.paragraph(text, indent=4)
    output.heading("Arguments (+ for, - against)")
    print_outline(kb, name, output)


def print_part(kb: KnowledgeBase, name: str, output: Output) -> None:
    """Print a note, step, question or relation."""
    part, owner = kb.parts[name]
    output.line(output.style(name, bold=True))
    place = kb.positions[name]
    output.line(
        output.style(f"{type(part).__name__.lower()} of {owner}   {place.path}:{place.line}", dim=True)
    )
    output.line()
    output.paragraph(part.text + where(part))
    for about in getattr(part, "concerns", ()):
        output.paragraph(f"Concerns {about}: {text_of(kb, about)}")


def _print_assumption(kb: KnowledgeBase, entry: Assumption, output: Output) -> None:
    if entry.also:
        output.paragraph(f"Also {', '.join(entry.also)}.")
    if entry.undermined_by:
        output.heading("What would undermine it (our reading)")
        for text in entry.undermined_by:
            output.paragraph(text, indent=2, first="- ")
    print_discussion(kb, entry.id, output)
    primary = [item.id for item in kb.proposals if entry.id in item.assumptions]
    secondary = [item.id for item in kb.proposals if entry.id in item.secondary_assumptions]
    if primary:
        print_names(kb, f"Rested on by {len(primary)} of {len(kb.proposals)} proposals", primary, output)
    print_names(kb, "Secondarily by", secondary, output)
    strategies = [item.id for item in kb.of_kind(Strategy) if entry.id in item.assumptions]
    print_names(kb, "Rested on by strategies", strategies, output)
    owners: list[Proposal | Strategy] = [*kb.proposals, *kb.of_kind(Strategy)]
    hinged = [name for item in owners for name in _hinged(kb, item, entry.id)]
    if hinged:
        output.heading("Verdicts that hinge on it")
        for name in hinged:
            output.line(f"  {name}")
    print_use(kb, entry.id, output)
    print_notes(entry.notes, output)


def _hinged(kb: KnowledgeBase, entry: Proposal | Strategy, assumption: str) -> list[str]:
    return [f"{entry.id}/{name}" for name in entry.assessments if assumption in kb.stance(entry, name).hinges]


def _print_mechanism(kb: KnowledgeBase, entry: Mechanism, output: Output) -> None:
    print_remarks("Details", entry.details, output)
    print_names(kb, "Relies on", entry.relies_on, output)
    print_names(kb, "Part of", [item.id for item in kb.proposals if entry.id in item.mechanisms], output)
    optional = [item.id for item in kb.proposals if entry.id in item.optional_mechanisms]
    print_names(kb, "Optional in", optional, output)
    threats = [item.id for item in kb.of_kind(Risk) if entry.id in (*item.threatens, *item.threatens_ours)]
    print_names(kb, "Threatened by", threats, output)
    print_discussion(kb, entry.id, output)
    print_notes(entry.notes, output)


def _print_term(kb: KnowledgeBase, entry: Term, output: Output) -> None:
    print_names(kb, "Mechanisms", entry.mechanisms, output)
    print_notes(entry.notes, output)


def _print_relations(kb: KnowledgeBase, entry: Entry, output: Output) -> None:
    relations = getattr(entry, "relations", ())
    if relations:
        output.heading("Relations")
    for relation in relations:
        kind = kb.entries.get(relation.kind)
        word = str(getattr(kind, "title", relation.kind))
        to = f" {', '.join(relation.to)}" if relation.to else ""
        output.paragraph(f"{word}{to}: {relation.text}{where(relation)}", indent=2, first="- ")
    back = [
        (other, relation)
        for other in kb.entries.values()
        for relation in getattr(other, "relations", ())
        if entry.id in relation.to
    ]
    if back:
        output.heading("Named in relations of")
    for other, relation in back:
        kind = kb.entries.get(relation.kind)
        output.paragraph(
            f"{other.id} {getattr(kind, 'title', relation.kind)} this", indent=2, first="- ", dim=True
        )


_PRINTERS: dict[type[Any], Callable[[KnowledgeBase, Any, Output], None]] = {
    Proposal: _print_proposal,
    Strategy: _print_proposal,
    Assumption: _print_assumption,
    Mechanism: _print_mechanism,
    Source: print_source,
    Criterion: print_criterion,
    Scale: print_scale,
    Hedge: print_hedge,
    Risk: print_risk,
    Finding: print_finding,
    Inventory: print_inventory,
    Factor: print_factor,
    Scheme: print_scheme,
    Term: _print_term,
}

"""Pages of `cruxmap show`: how each kind of entry, and what is inside it, reads on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.cli.matrix import STYLES, glyph, hinge_label
from cruxmap.matrix import cell
from cruxmap.model.entries import Finding, Proposal, Risk, Strategy
from cruxmap.model.vocabulary import Assumption, Criterion, Hedge, Inventory, Mechanism, Scale, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase, PlacedArgument
    from cruxmap.model.entries import Entry
    from cruxmap.model.parts import Argument, Remark, Step


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
        output.paragraph(body + _where(entry))
    for kind, printer in _PRINTERS.items():
        if isinstance(entry, kind):
            printer(kb, entry, output)
    _print_relations(kb, entry, output)


def _print_proposal(kb: KnowledgeBase, entry: Proposal | Strategy, output: Output) -> None:
    if entry.summary:
        output.line()
        output.paragraph(entry.summary.text + _where(entry.summary))
    if isinstance(entry, Proposal):
        if entry.incomplete:
            output.paragraph(f"Incomplete: {entry.incomplete}")
        if entry.human_role:
            output.paragraph("The human's role: " + entry.human_role.text + _where(entry.human_role))
    output.heading("Assessments")
    for criterion in kb.criteria:
        if criterion.id in entry.assessments:
            _print_cell_line(kb, entry, criterion, output)
    _print_steps("Set-up", entry.setup, output)
    _print_names(kb, "Mechanisms", entry.mechanisms, output)
    if isinstance(entry, Proposal):
        _print_names(kb, "Optional mechanisms", entry.optional_mechanisms, output)
    _print_names(kb, "Rests on", entry.assumptions, output)
    _print_names(kb, "Secondarily on", entry.secondary_assumptions, output)
    for criterion in kb.criteria:
        if criterion.id in entry.assessments:
            output.heading(f"{criterion.title}: the arguments")
            print_outline(kb, f"{entry.id}/{criterion.id}", output)
    _print_questions(entry.questions, output)


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
    output.paragraph(f"{given.reason} [{_locator(given.at)}]", indent=4)
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


def print_outline(kb: KnowledgeBase, statement: str, output: Output) -> None:
    """Print the arguments of a statement as an outline, replies below what they answer, then the notes."""
    placed = kb.arguments_for(statement)
    for item in placed:
        sign = "+" if item.targets[0][1] == 1 else "-"
        reply = " undercuts" if sign == "-" and item.depth > 1 else ""
        _print_argument_item(kb, item.argument, output, 2 * item.depth, sign, reply)
    owner, _, criterion = statement.partition("/")
    entry = kb.entries[owner]
    if isinstance(entry, Proposal | Strategy):
        for note in entry.assessments[criterion].notes:
            output.paragraph(note.text + _where(note), indent=2, first=f"· {note.id}: ", hang=2)
        if not placed and not entry.assessments[criterion].notes:
            output.line("  none recorded")


def _print_argument_item(
    kb: KnowledgeBase, argument: Argument, output: Output, indent: int, sign: str, reply: str
) -> None:
    first = f"{sign} {argument.id}{reply}: "
    output.paragraph(f"{argument.text}{_where(argument)}", indent=indent, first=first, hang=2)
    details = [
        _named(kb, "assumes", argument.assumes),
        _named(kb, "unless", argument.unless),
        ("also supports " + ", ".join(argument.supports)) if argument.supports else "",
        ("also attacks " + ", ".join(argument.attacks)) if argument.attacks else "",
        argument.note or "",
    ]
    for detail in filter(None, details):
        output.paragraph(detail, indent=indent + 2, first="    ", hang=4, dim=True)


def print_argument(kb: KnowledgeBase, placed: PlacedArgument, output: Output) -> None:
    """Print one argument with what it is aimed at, what it needs and what answers it."""
    argument = placed.argument
    output.line(output.style(argument.id, bold=True))
    place = kb.positions[argument.id]
    output.line(output.style(f"argument of {placed.entry}   {place.path}:{place.line}", dim=True))
    output.line()
    output.paragraph(argument.text + _where(argument))
    hedge = kb.hedge(argument.hedge)
    if hedge:
        condition = ", under a condition it leaves unsettled" if argument.conditional else ""
        output.paragraph(f"Hedge: {hedge.title} (weight {hedge.weight:g}{condition})")
    for target, polarity in placed.targets:
        output.paragraph(f"{'Supports' if polarity == 1 else 'Attacks'} {target}: {_text_of(kb, target)}")
    for word, names in (
        ("Assumes", argument.assumes),
        ("Unless", argument.unless),
        ("Concerns", argument.concerns),
    ):
        for name in names:
            output.paragraph(f"{word} {name}: {_text_of(kb, name)}")
    if argument.note:
        output.paragraph(f"Note: {argument.note}")
    answers = [
        item for item in kb.arguments.values() if any(target == argument.id for target, _ in item.targets)
    ]
    if answers:
        output.heading("Answered by")
    for item in answers:
        polarity = dict(item.targets)[argument.id]
        _print_argument_item(kb, item.argument, output, 2, "+" if polarity == 1 else "-", "")


def print_part(kb: KnowledgeBase, name: str, output: Output) -> None:
    """Print a note, step, question or relation."""
    part, owner = kb.parts[name]
    output.line(output.style(name, bold=True))
    place = kb.positions[name]
    output.line(
        output.style(f"{type(part).__name__.lower()} of {owner}   {place.path}:{place.line}", dim=True)
    )
    output.line()
    output.paragraph(part.text + _where(part))
    for about in getattr(part, "concerns", ()):
        output.paragraph(f"Concerns {about}: {_text_of(kb, about)}")


def _print_assumption(kb: KnowledgeBase, entry: Assumption, output: Output) -> None:
    if entry.undermined_by:
        output.heading("What would undermine it (our reading)")
        for text in entry.undermined_by:
            output.paragraph(text, indent=2, first="- ")
    if entry.pro or entry.con:
        output.heading("Arguments (+ for, - against)")
        print_outline(kb, entry.id, output)
    resting = kb.resting.get(entry.id, [])
    primary = [item.id for item in kb.of_kind(Proposal) if entry.id in item.assumptions]
    secondary = [item.id for item in kb.of_kind(Proposal) if entry.id in item.secondary_assumptions]
    _print_names(kb, f"Rested on by {len(primary)} of {len(kb.proposals)} proposals", primary, output)
    _print_names(kb, "Secondarily by", secondary, output)
    hinged = [name for item in kb.proposals for name in _hinged(kb, item, entry.id)]
    if hinged:
        output.heading("Verdicts that hinge on it")
        for name in hinged:
            output.line(f"  {name}")
    if resting:
        output.heading(f"Claims that name it ({len(resting)})")
    for name in resting:
        text = kb.arguments[name].argument.text if name in kb.arguments else kb.parts[name][0].text
        output.paragraph(text, indent=2, first=f"{name}: ", hang=2)


def _hinged(kb: KnowledgeBase, entry: Proposal, assumption: str) -> list[str]:
    return [f"{entry.id}/{name}" for name in entry.assessments if assumption in kb.stance(entry, name).hinges]


def _print_mechanism(kb: KnowledgeBase, entry: Mechanism, output: Output) -> None:
    _print_remarks("Details", entry.details, output)
    _print_names(kb, "Relies on", entry.relies_on, output)
    _print_names(kb, "Part of", [item.id for item in kb.proposals if entry.id in item.mechanisms], output)
    optional = [item.id for item in kb.proposals if entry.id in item.optional_mechanisms]
    _print_names(kb, "Optional in", optional, output)


def _print_source(_: KnowledgeBase, entry: Source, output: Output) -> None:
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


def _print_criterion(kb: KnowledgeBase, entry: Criterion, output: Output) -> None:
    output.line()
    output.paragraph(f"Version {entry.version}, scale {entry.scale}.")
    assessed: list[Proposal | Strategy] = [*kb.of_kind(Proposal), *kb.of_kind(Strategy)]
    for item in (item for item in assessed if entry.id in item.assessments):
        given = cell(kb, item, entry.id)
        sign = glyph(kb.scale_of(entry.id), given.stance)
        output.line(f"  {item.number or '':>2}  {sign} {given.word:<13} {item.short or item.title}")


def _print_scale(_: KnowledgeBase, entry: Scale, output: Output) -> None:
    output.heading("Levels, worst first")
    for level in entry.levels:
        output.paragraph(level.text, indent=2, first=f"{level.glyph} {level.id}: ")
    output.heading("Marks")
    for mark in entry.marks:
        covers = "whole scale" if mark.covers == "all" else "left out"
        output.paragraph(f"{mark.text} ({covers})", indent=2, first=f"{mark.glyph} {mark.id}: ")


def _print_risk(kb: KnowledgeBase, entry: Risk, output: Output) -> None:
    _print_remarks("Preconditions", entry.preconditions, output)
    _print_remarks("Detection", entry.detection, output)
    _print_remarks("Mitigations", entry.mitigations, output)
    _print_names(kb, "Bears on", entry.criteria, output)
    _print_names(kb, "Threatens", entry.threatens, output)
    _print_names(kb, "Threatens (our reading)", entry.threatens_ours, output)
    _print_free_arguments(kb, entry.arguments, output)
    _print_questions(entry.questions, output)


def _print_finding(kb: KnowledgeBase, entry: Finding, output: Output) -> None:
    output.line()
    for word in ("measure", "value", "unit", "model", "setting", "verified"):
        given = getattr(entry, word)
        if given:
            output.paragraph(str(given), first=f"{word + ':':<10}")
    _print_free_arguments(kb, entry.arguments, output)


def _print_free_arguments(kb: KnowledgeBase, arguments: Sequence[Argument], output: Output) -> None:
    if arguments:
        output.heading("Arguments elsewhere")
    for argument in arguments:
        _print_argument_item(kb, argument, output, 2, "·", "")


def _print_remarks(title: str, remarks: Sequence[Remark], output: Output) -> None:
    if remarks:
        output.heading(title)
    for remark in remarks:
        output.paragraph(remark.text + _where(remark), indent=2, first="- ")


def _print_steps(title: str, steps: Sequence[Step], output: Output) -> None:
    if steps:
        output.heading(title)
    for number, step in enumerate(steps, 1):
        optional = "(optional) " if step.optional else ""
        output.paragraph(f"{optional}{step.text}{_where(step)}", first=f"{number:>3}. ")


def _print_questions(questions: Sequence[Any], output: Output) -> None:
    if questions:
        output.heading("Open questions")
    for question in questions:
        output.paragraph(question.text + _where(question), indent=2, first=f"? {question.id}: ", hang=2)


def _print_names(kb: KnowledgeBase, title: str, names: Sequence[str], output: Output) -> None:
    if names:
        output.heading(title)
    for name in names:
        entry = kb.entries.get(name)
        number = str(getattr(entry, "number", None) or "")
        label = str(getattr(entry, "title", None) or name)
        output.paragraph(f"{number}  {label} ({name})".strip(), indent=2, hang=4)


def _print_relations(kb: KnowledgeBase, entry: Entry, output: Output) -> None:
    relations = getattr(entry, "relations", ())
    if relations:
        output.heading("Relations")
    for relation in relations:
        kind = kb.entries.get(relation.kind)
        word = str(getattr(kind, "title", relation.kind))
        to = f" {', '.join(relation.to)}" if relation.to else ""
        output.paragraph(f"{word}{to}: {relation.text}{_where(relation)}", indent=2, first="- ")
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


def _named(kb: KnowledgeBase, word: str, names: Sequence[str]) -> str:
    labels = [hinge_label(kb, name, written=True) for name in names]
    return f"{word} {'; '.join(labels)}" if labels else ""


def _where(part: Any) -> str:
    """Write the locator of a part in brackets, with a mark when the claim is our reading."""
    ours = "our reading of " if getattr(part, "reading", "source") == "ours" else ""
    at = getattr(part, "at", None)
    return f" [{ours}{at}]" if at else ""


def _locator(at: str) -> str:
    return at.split(" ", 1)[-1]


def _text_of(kb: KnowledgeBase, name: str) -> str:
    if name in kb.statements:
        return kb.statements[name].text
    return kb.arguments[name].argument.text if name in kb.arguments else ""


def _print_hedge(_: KnowledgeBase, entry: Hedge, output: Output) -> None:
    output.paragraph(f"Weight {entry.weight:g}, a convention: {entry.reason}")
    output.paragraph(f"Typical cues: {', '.join(entry.cues)}")


def _print_inventory(_: KnowledgeBase, entry: Inventory, output: Output) -> None:
    output.paragraph(f"`cruxmap coverage` holds the entries drawn from {entry.source} against this list.")


_PRINTERS: dict[type[Any], Callable[[KnowledgeBase, Any, Output], None]] = {
    Proposal: _print_proposal,
    Strategy: _print_proposal,
    Assumption: _print_assumption,
    Mechanism: _print_mechanism,
    Source: _print_source,
    Criterion: _print_criterion,
    Scale: _print_scale,
    Hedge: _print_hedge,
    Risk: _print_risk,
    Finding: _print_finding,
    Inventory: _print_inventory,
}

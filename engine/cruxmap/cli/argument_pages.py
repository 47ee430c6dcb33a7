"""Arguments on a terminal: as an outline below a statement, and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.page_parts import named, text_of, where
from cruxmap.model.entries import Proposal, Strategy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase, PlacedArgument
    from cruxmap.model.parts import Argument


def print_outline(kb: KnowledgeBase, statement: str, output: Output) -> None:
    """Print the arguments of a statement as an outline, replies below what they answer, then the notes."""
    placed = kb.arguments_for(statement)
    for item in placed:
        sign = "+" if item.targets[0][1] == 1 else "-"
        reply = " undercuts" if sign == "-" and item.depth > 1 else ""
        print_argument_item(kb, item.argument, output, 2 * item.depth, sign, reply)
    owner, _, criterion = statement.partition("/")
    entry = kb.entries[owner]
    if isinstance(entry, Proposal | Strategy):
        for note in entry.assessments[criterion].notes:
            output.paragraph(note.text + where(note), indent=2, first=f"· {note.id}: ", hang=2)
        if not placed and not entry.assessments[criterion].notes:
            output.line("  none recorded")


def print_argument_item(
    kb: KnowledgeBase, argument: Argument, output: Output, indent: int, sign: str, reply: str
) -> None:
    """Print one argument in an outline, with what it needs below it."""
    first = f"{sign} {argument.id}{reply}: "
    output.paragraph(f"{argument.text}{where(argument)}", indent=indent, first=first, hang=2)
    also = "" if kb.arguments[argument.id].parent is None else "also "
    details = [
        named(kb, "assumes", argument.assumes),
        named(kb, "unless", argument.unless),
        f"{also}supports {', '.join(argument.supports)}" if argument.supports else "",
        f"{also}attacks {', '.join(argument.attacks)}" if argument.attacks else "",
        f"scheme: {argument.scheme}" if argument.scheme else "",
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
    output.paragraph(argument.text + where(argument))
    hedge = kb.hedge(argument.hedge)
    if hedge:
        condition = ", under a condition it leaves unsettled" if argument.conditional else ""
        output.paragraph(f"Hedge: {hedge.title} (weight {hedge.weight:g}{condition})")
    for target, polarity in placed.targets:
        output.paragraph(f"{'Supports' if polarity == 1 else 'Attacks'} {target}: {text_of(kb, target)}")
    for word, names in (
        ("Assumes", argument.assumes),
        ("Unless", argument.unless),
        ("Concerns", argument.concerns),
    ):
        for name in names:
            output.paragraph(f"{word} {name}: {text_of(kb, name)}")
    if argument.note:
        output.paragraph(f"Note: {argument.note}")
    answers = [
        item for item in kb.arguments.values() if any(target == argument.id for target, _ in item.targets)
    ]
    if answers:
        output.heading("Answered by")
    for item in answers:
        polarity = dict(item.targets)[argument.id]
        print_argument_item(kb, item.argument, output, 2, "+" if polarity == 1 else "-", "")


def print_free_arguments(kb: KnowledgeBase, arguments: Sequence[Argument], output: Output) -> None:
    """Print the arguments of an entry that are aimed at statements of others."""
    if arguments:
        output.heading("Arguments elsewhere")
    for argument in arguments:
        print_argument_item(kb, argument, output, 2, "·", "")


def print_discussion(kb: KnowledgeBase, statement: str, output: Output) -> None:
    """Print the arguments written under a statement, then those aimed at it from elsewhere."""
    if kb.arguments_for(statement):
        output.heading("Arguments (+ for, - against)")
        print_outline(kb, statement, output)
    elsewhere = [
        (item, dict(item.targets)[statement])
        for item in kb.arguments.values()
        if item.home != statement and any(target == statement for target, _ in item.targets)
    ]
    if elsewhere:
        output.heading(f"From other entries ({len(elsewhere)})")
    for item, polarity in elsewhere:
        print_argument_item(kb, item.argument, output, 2, "+" if polarity == 1 else "-", f" ({item.entry})")


def print_use(kb: KnowledgeBase, statement: str, output: Output) -> None:
    """Print the claims that assume, except or concern a statement."""
    owner = statement.partition("/")[0]
    free = {item.argument.id for item in kb.arguments.values() if item.parent is None and item.entry == owner}
    resting = [name for name in kb.resting.get(statement, []) if name not in free]
    if resting:
        output.heading(f"Claims that name it ({len(resting)})")
    for name in resting:
        text = kb.arguments[name].argument.text if name in kb.arguments else kb.parts[name][0].text
        output.paragraph(text, indent=2, first=f"{name}: ", hang=2)

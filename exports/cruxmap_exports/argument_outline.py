"""Arguments as a nested list: `+` speaks for what stands above, `−` against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.document import Heading, Item, Items, Span, quiet
from cruxmap_exports.naming import label
from cruxmap_exports.remarks import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry
    from cruxmap.model.parts import Argument, Note
    from cruxmap_exports.document import Block

__all__ = ["argument_anchor", "discussion", "from_elsewhere", "note_items", "outline"]

FOR, AGAINST = "+", "−"


def argument_anchor(name: str) -> str:
    """Name an argument inside a page."""
    return f"argument-{name}"


def outline(kb: KnowledgeBase, statement: str) -> list[Item]:
    """List the arguments written under a statement, replies below what they answer."""
    given = kb.arguments_for(statement)
    top = [item for item in given if item.depth == 1]
    return [_item(kb, item.argument, FOR if item.targets[0][1] == 1 else AGAINST) for item in top]


def note_items(notes: Iterable[Note]) -> list[Item]:
    """List notes, which support and attack nothing."""
    return [Item((*located(note), quiet(f" ({note.id})")), sign="·") for note in notes]


def discussion(kb: KnowledgeBase, entry: Entry) -> list[Block]:
    """Return the arguments about an entry, those that it makes about others, and those from elsewhere."""
    blocks: list[Block] = []
    own = outline(kb, entry.id)
    if own:
        blocks += [Heading(2, "Arguments"), Items(tuple(own))]
    free: Sequence[Argument] = getattr(entry, "arguments", ())
    if free:
        items = tuple(_item(kb, argument, "·") for argument in free)
        blocks += [Heading(2, "What it says about others"), Items(items)]
    return [*blocks, *from_elsewhere(kb, entry.id)]


def from_elsewhere(kb: KnowledgeBase, statement: str) -> list[Block]:
    """Return the arguments of other entries that are aimed at a statement."""
    items = []
    for placed in kb.arguments.values():
        side = dict(placed.targets).get(statement)
        if side is not None and placed.home != statement:
            spans = (
                *located(placed.argument),
                quiet(f" ({placed.argument.id}, {label(kb, placed.entry).full})"),
            )
            items.append(Item(spans, sign=FOR if side == 1 else AGAINST))
    return [Heading(3, "From other entries"), Items(tuple(items))] if items else []


def _item(kb: KnowledgeBase, argument: Argument, sign: str) -> Item:
    hedge = kb.hedge(argument.hedge)
    marks = ", ".join(filter(None, [argument.id, hedge.title if hedge else "", _condition(argument)]))
    details = [
        _named(kb, "assumes", argument.assumes),
        _named(kb, "unless", argument.unless),
        _named(kb, "also supports", argument.supports),
        _named(kb, "also attacks", argument.attacks),
        (quiet(f"scheme: {argument.scheme}"),) if argument.scheme else (),
        (quiet(argument.note),) if argument.note else (),
    ]
    below = [Item(spans) for spans in details if spans]
    below += [_item(kb, reply, FOR) for reply in argument.pro]
    below += [_item(kb, reply, AGAINST) for reply in argument.con]
    spans = (*located(argument), quiet(f" ({marks})"))
    return Item(spans, tuple(below), sign, argument_anchor(argument.id))


def _condition(argument: Argument) -> str:
    return "under a condition left unsettled" if argument.conditional else ""


def _named(kb: KnowledgeBase, word: str, names: Sequence[str]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for name in names:
        named = Span(label(kb, name).full or name, "quiet", names=name)
        spans += [quiet("; " if spans else f"{word} "), named]
    return tuple(spans)

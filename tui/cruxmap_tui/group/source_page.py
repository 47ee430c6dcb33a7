"""What the entries say of a cell, for readers who want to see it after they have made up their mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.matrix import glyph
from cruxmap.matrix import cell
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.parts import VERIFIED
from cruxmap_tui.safe import joined, line, text
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from textual.content import Content

    from cruxmap.knowledge import KnowledgeBase


def source_lines(kb: KnowledgeBase, name: str) -> list[Content]:
    """Return what the source says of a cell, and the arguments recorded for it."""
    entry, criterion = kb.entries.get(name.partition("/")[0]), name.partition("/")[2]
    if not isinstance(entry, Proposal | Strategy) or criterion not in entry.assessments:
        return [line("Nothing is recorded for this cell; you are the first to answer.", "dim")]
    given = cell(kb, entry, criterion)
    sign = glyph(kb.scale_of(criterion), given.word)
    parts = [
        joined(
            [line("The source: ", "bold"), line(f"{sign} {given.word}"), line(f"  {given.at or ''}", "dim")]
        )
    ]
    if given.reason:
        parts.append(text(given.reason))
    if given.hinges:
        parts.append(line("It hinges on " + "; ".join(named(kb, hinge) for hinge in given.hinges) + "."))
    for title, sign, net in (("For", "+", 1), ("Against", "−", -1), ("Neither", "·", 0)):
        found = [item for item in kb.arguments_for(name) if item.net == net]
        if found:
            parts += [line(""), line(title, "bold")]
        for item in found:
            inside = "; ".join(filter(None, (item.argument.at, VERIFIED.get(item.argument.verified, ""))))
            parts.append(joined([line(f"{sign} {item.argument.text}"), line(f"  {inside}", "dim")]))
    return parts

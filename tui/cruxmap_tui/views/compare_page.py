"""What the comparison of a session adds to the page of `cruxmap compare`: strengths and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from cruxmap.cli.matrix import glyph
from cruxmap.cli.page_parts import where
from cruxmap.cli.wording import capitalised, criterion_name, short_name
from cruxmap_tui.views.cells import shortened
from cruxmap_tui.views.figures import change

if TYPE_CHECKING:
    from cruxmap.compare import Comparison, CriterionComparison
    from cruxmap_tui.session import Session
    from cruxmap_tui.views.printed import Page

NAME_WIDTH = 14
WORDS_FROM = 26
"""Columns of a cell from which the stance is written out."""


def print_side_by_side(session: Session, found: Comparison, page: Page) -> None:
    """Print one row for each criterion: stance and computed strength of every entry."""
    wide = (page.width - NAME_WIDTH) // len(found.entries)
    names = "".join(_set(short_name(session.kb, name), wide) for name in found.entries)
    page.line(_set("", NAME_WIDTH) + names)
    for item in found.criteria:
        criterion = session.kb.entries[item.criterion]
        title = str(getattr(criterion, "short", None) or getattr(criterion, "title", item.criterion))
        cells = "".join(_set(_cell(session, item, name, wide), wide) for name in found.entries)
        page.line(_set(title, NAME_WIDTH) + cells)
    page.paragraph(
        f"Signs are the source's stances; figures are strengths by {session.semantics}, before → after "
        "(or ▲ up, ▼ down) where a setting moves them; 0.50 is neutral.",
        dim=True,
    )
    page.line()


def _cell(session: Session, item: CriterionComparison, name: str, wide: int) -> str:
    given = item.cells.get(name)
    if given is None:
        return "·"
    sign = glyph(session.kb.scale_of(item.criterion), given.word)
    word = f" {given.word}" if wide >= WORDS_FROM else ""
    verdict = f"{name}/{item.criterion}"
    full = f"{sign}{word} {change(session, verdict)}"
    if cell_len(full) < wide:
        return full
    before, after = session.before.strengths[verdict], session.after.strengths[verdict]
    moved = "" if round(before, 2) == round(after, 2) else "▲" if after > before else "▼"
    return f"{sign} {after:.2f}{moved}"


def _set(text: str, width: int) -> str:
    cut = shortened(text, width - 1)
    return cut + " " * (width - cell_len(cut))


def print_arguments(session: Session, found: Comparison, page: Page) -> None:
    """Print, for every criterion, the arguments of each entry with their strengths."""
    kb = session.kb
    page.heading("Where their arguments differ (strengths computed)")
    for item in found.criteria:
        page.paragraph(capitalised(criterion_name(kb, item.criterion)), bold=True)
        for name in item.cells:
            placed = kb.arguments_for(f"{name}/{item.criterion}")
            for argument in (one for one in placed if one.depth == 1):
                sign = "+" if argument.net == 1 else "−"
                step = argument.argument
                page.paragraph(
                    f"{step.text}{where(step)} ({change(session, step.id)})",
                    indent=2,
                    first=f"{sign} {step.id}: ",
                    hang=4,
                )
            if not placed:
                page.paragraph(f"{short_name(kb, name)} has none recorded.", indent=2)

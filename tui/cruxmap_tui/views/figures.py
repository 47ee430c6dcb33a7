"""Strengths and labels in a session: what they were, and what they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.wording import statement_name
from cruxmap.model.parts import VERIFIED

if TYPE_CHECKING:
    from cruxmap_tui.session import Session

ARROW = "→"


def change(session: Session, name: str) -> str:
    """Write a strength with two decimals, before and after where they differ."""
    before, after = f"{session.before.strengths[name]:.2f}", f"{session.after.strengths[name]:.2f}"
    return before if before == after else f"{before} {ARROW} {after}"


def label_change(session: Session, name: str) -> str:
    """Write a label, before and after where they differ."""
    before, after = session.before.labels[name], session.after.labels[name]
    return before if before == after else f"{before} {ARROW} {after}"


def node_name(session: Session, name: str, *, full: bool = True) -> str:
    """Name a node: statements by number and title, arguments and the rest by id."""
    kb = session.kb
    return statement_name(kb, name, full=full) if name in kb.statements else name


def node_marks(session: Session, name: str) -> tuple[str, str]:
    """Return the locator of a node, and in words how it was checked where that was not in the work itself."""
    kb = session.kb
    if name in kb.arguments:
        step = kb.arguments[name].argument
        ours = "our reading of " if step.reading == "ours" else ""
        return (f"{ours}{step.at}" if step.at else ours.strip()), VERIFIED.get(step.verified, "")
    if name in kb.parts:
        part, _ = kb.parts[name]
        at = getattr(part, "at", None) or ""
        return at, VERIFIED.get(getattr(part, "verified", "primary"), "")
    entry, _, criterion = name.partition("/")
    holder = kb.entries.get(entry)
    part_of = getattr(holder, "assessments", {}).get(criterion) if criterion else holder
    at = getattr(part_of, "at", None) or ""
    return at, VERIFIED.get(getattr(part_of, "verified", "primary"), "")


def node_text(session: Session, name: str) -> str:
    """Return the full text of a statement, argument, note or question."""
    kb = session.kb
    if name in kb.statements:
        return kb.statements[name].text
    if name in kb.arguments:
        return kb.arguments[name].argument.text
    return str(getattr(kb.parts[name][0], "text", "")) if name in kb.parts else ""


def verified_word(session: Session, name: str) -> str:
    """Return one word for how a claim was checked; empty when it was in the work itself."""
    kb = session.kb
    if name in kb.arguments:
        given = str(kb.arguments[name].argument.verified)
    elif name in kb.parts:
        given = str(getattr(kb.parts[name][0], "verified", "primary"))
    else:
        given = str(getattr(kb.entries.get(name), "verified", "primary"))
    return "" if given == "primary" else given

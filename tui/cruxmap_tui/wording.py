"""Words and signs for labels, strengths and changes; signs carry the meaning without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.wording import short_name, statement_name

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_tui.session import Session

LABEL_SIGNS = {"in": "●", "out": "○", "undecided": "◐"}
MOVED = 0.005
"""Smaller changes are not visible in two decimals."""

STANCE_STYLES = {
    "likely-fails": "bold $accent",
    "doubtful": "$accent",
    "plausible": "$primary",
    "likely": "bold $primary",
    "asserted": "bold $primary",
}


def named(kb: KnowledgeBase, name: str) -> str:
    """Name a statement, argument or other entry in a sentence."""
    if name in kb.statements or name not in kb.entries:
        return statement_name(kb, name)
    return str(getattr(kb.entries[name], "title", None) or name)


def change_sign(before: float, after: float) -> str:
    """Return the sign of a change: `↑`, `↓`, or nothing where two decimals show none."""
    if abs(after - before) < MOVED:
        return ""
    return "↑" if after > before else "↓"


def label_change(before: str, after: str) -> str:
    """Write a label, or how it changed."""
    if before == after:
        return f"{LABEL_SIGNS[after]} {after}"
    return f"{LABEL_SIGNS[before]} {before} → {LABEL_SIGNS[after]} {after}"


def strength_change(before: float, after: float) -> str:
    """Write a strength, or how it changed.

    Examples
    --------
    >>> strength_change(0.5, 0.5), strength_change(0.62, 0.31)
    ('0.50', '0.62 → 0.31 ↓')
    """
    sign = change_sign(before, after)
    return f"{before:.2f} → {after:.2f} {sign}" if sign else f"{after:.2f}"


def citation(kb: KnowledgeBase, name: str) -> str:
    """Return the text of anything with the work and the place that it comes from, ready to be quoted."""
    at = ""
    if name in kb.arguments:
        placed = kb.arguments[name]
        body, entry, at = placed.argument.text, placed.entry, placed.argument.at or ""
    elif name in kb.parts:
        part, entry = kb.parts[name]
        body, at = part.text, getattr(part, "at", None) or ""
    else:
        entry, _, criterion = name.partition("/")
        holder = kb.entries[entry]
        part_of = getattr(holder, "assessments", {}).get(criterion) if criterion else holder
        at = getattr(part_of, "at", None) or ""
        body = getattr(part_of, "reason", None) or getattr(part_of, "text", None) or ""
        title = str(getattr(holder, "title", None) or entry)
        body = f"{title}: {body}" if body else title
    source = str(getattr(kb.entries[entry], "source", None) or "")
    where = " ".join(part for part in (source, at) if part)
    return f"{body} [{name}{'; ' if where else ''}{where}]"


def set_in_words(session: Session) -> str:
    """Say what a reader has set: `A2 = 0.00, A5 in`; empty when nothing is."""
    scenario, kb = session.scenario, session.kb
    parts = [
        f"{short_name_of(kb, name)} = {value:.2f}"
        for name, value in scenario.credences.items()
        if name not in scenario.labels
    ]
    parts += [f"{short_name_of(kb, name)} {label}" for name, label in scenario.labels.items()]
    return ", ".join(parts)


def short_name_of(kb: KnowledgeBase, name: str) -> str:
    """Name a statement by its number where it has one."""
    return short_name(kb, name) if name in kb.entries else statement_name(kb, name, full=False)

"""What a scenario moves: verdicts and arguments before and after, largest change first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap_tui.safe import joined, line, lines
from cruxmap_tui.wording import MOVED, change_sign, label_change, named

if TYPE_CHECKING:
    from textual.content import Content

    from cruxmap_tui.session import Session

ARGUMENTS_SHOWN = 12


class Change(NamedTuple):
    """The strength of one node before and after."""

    id: str
    before: float
    after: float

    @property
    def size(self) -> float:
        """How far it moved."""
        return abs(self.after - self.before)


def changes(session: Session) -> tuple[list[Change], list[Change]]:
    """Return the verdicts and the arguments whose strength moves visibly, the largest change first."""
    before, after = session.before.strengths, session.after.strengths
    found = [Change(name, before[name], after[name]) for name in session.after.moved(session.before, MOVED)]
    found.sort(key=lambda item: (-item.size, item.id))
    kinds = [session.graph.node(item.id).kind for item in found]
    verdicts = [item for item, kind in zip(found, kinds, strict=True) if kind == "assessment"]
    return verdicts, [item for item, kind in zip(found, kinds, strict=True) if kind == "argument"]


def relabelled(session: Session, kind: str) -> list[Change]:
    """Return the nodes of one kind whose label changes while their strength does not move visibly."""
    scenario = session.scenario
    weighs = any(session.graph.node(name).kind == "argument" for name in scenario.credences)
    if not scenario.labels and not weighs:
        # Labels follow labels and weights of arguments, never credences of statements.
        return []
    old, new = session.before.labels, session.after.labels
    before, after = session.before.strengths, session.after.strengths
    names = [node.id for node in session.graph.nodes if node.kind == kind and old[node.id] != new[node.id]]
    return [
        Change(name, before[name], after[name]) for name in names if abs(after[name] - before[name]) < MOVED
    ]


def change_row(session: Session, change: Change, *, labels: bool) -> Content:
    """Return one change as two lines: figures and name; for arguments, the text below."""
    sign = change_sign(change.before, change.after) or "="
    figures = f"{sign} {change.before:.2f} → {change.after:.2f}  "
    head = joined(
        [
            line(figures, "bold $accent" if sign == "↓" else "bold $primary"),
            line(named(session.kb, change.id)),
        ]
    )
    if change.id in session.kb.arguments:
        return lines([head, line(f"  {session.kb.arguments[change.id].argument.text}", "dim")])
    if labels:
        old, new = session.before.labels[change.id], session.after.labels[change.id]
        return joined([head, line(f"  {label_change(old, new)}", "bold" if old != new else "dim")])
    return head

"""All entries that carry reasoning hang together.

Proposals, strategies, risks, findings, assumptions, factors and mechanisms are joined by arguments, by what
they threaten, address, rely on or are built from, and by relations. A group of entries that nothing joins to
the rest is a map of its own: readers cannot see what it has to do with the question.

Passes::

    - {kind: assumption, id: a, con: [{assumes: [risk-r], ...}], ...}

Warns::

    - {kind: assumption, id: a, con: [{assumes: [b], ...}], ...}      # a and b, and nothing else

Groups of entries that are drawn from no source are drafts and are left alone, and so is an incomplete
proposal: whoever completes it will say what it has to do with the others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cruxmap.model.entries import Finding, Proposal, Risk, Strategy
from cruxmap.model.vocabulary import Assumption, Factor, Mechanism
from cruxmap.rules.traversal import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.model.entries import Entry
    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked

_REASONING = (Proposal, Strategy, Risk, Finding, Assumption, Factor, Mechanism)


def check(checked: Checked) -> Iterator[Problem]:
    """Report each group of entries apart from the largest."""
    groups = sorted(_groups(checked), key=len, reverse=True)
    for group in groups[1:]:
        if not any(_is_due(checked.entries[name]) for name in group):
            continue
        first, *others = group
        also = f" and {len(others)} more" if others else ""
        message = f"nothing joins `{first}`{also} to the rest of the map"
        hint = "relate it, or let an argument assume it"
        yield checked.warning(checked.entries[first], (), "E218", message, hint)


def _is_due(entry: Entry) -> bool:
    """Whether an entry has been worked out from a source, so that it has to be joined to the others."""
    return getattr(entry, "source", None) is not None and getattr(entry, "incomplete", None) is None


def _groups(checked: Checked) -> list[list[str]]:
    """Ids of the reasoning entries that hang together, each group in the order of the files."""
    joined: dict[str, set[str]] = defaultdict(set)
    members = [entry.id for entry in checked.entries.values() if isinstance(entry, _REASONING)]
    nodes = set(members)
    for entry, steps, node in checked.nodes:
        if entry.id not in nodes:
            continue
        for reference in references(node, steps):
            other = _owner(checked, reference.name)
            if other in nodes:
                joined[entry.id].add(str(other))
                joined[str(other)].add(entry.id)
    groups: list[list[str]] = []
    seen: set[str] = set()
    for name in members:
        if name in seen:
            continue
        reached, ahead = {name}, [name]
        while ahead:
            for other in joined[ahead.pop()] - reached:
                reached.add(other)
                ahead.append(other)
        seen |= reached
        groups.append([member for member in members if member in reached])
    return groups


def _owner(checked: Checked, name: str) -> str | None:
    """The entry that a reference leads to: of an assessment or argument, the one that holds it."""
    if name in checked.entries:
        return name
    if name in checked.kb.arguments:
        return checked.kb.arguments[name].entry
    return name.partition("/")[0]

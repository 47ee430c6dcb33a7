"""Every reference names something of the right kind.

A field says which kinds it may name: `mechanisms` names mechanisms, `assumes` names statements.

Passes::

    mechanisms: [transparency - tools]

Fails::

    mechanisms: [hch-is-aligned]    # an assumption
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.rules.traversal import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report references to the wrong kind of thing."""
    kinds_of: dict[str, set[str]] = {}
    for kind, names in checked.names.items():
        for name in names:
            kinds_of.setdefault(name, set()).add(kind)
    for entry, steps, node in checked.nodes:
        for reference in references(node, steps):
            kinds = kinds_of.get(reference.name, set())
            if kinds and not kinds & set(reference.kinds):
                found = " and ".join(sorted(kinds))
                message = f"`{reference.name}` is of kind {found}"
                hint = f"this field names {' or '.join(reference.kinds)}"
                yield checked.problem(entry, reference.steps, "E203", message, hint)

"""A risk names what it threatens, or some argument says so.

Passes::

    - {kind: risk, id: proxy-alignment, threatens: [rl-transparency-tools], ...}
    - {kind: risk, id: gradient-hacking, arguments: [{attacks: [rat-gives-consistent-gradient], ...}], ...}

Warns::

    - {kind: risk, id: proxy-alignment, ...}         # threatens nothing, and no argument assumes it

Only risks that are drawn from a source are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report risks from which nothing follows."""
    assumed = {name for item in checked.kb.arguments.values() for name in item.argument.assumes}
    for entry in checked.entries.values():
        if not isinstance(entry, Risk) or entry.source is None:
            continue
        if not (entry.threatens or entry.threatens_ours or entry.id in assumed):
            message = f"the risk `{entry.id}` threatens nothing"
            hint = "list what it threatens, or add an argument that assumes it"
            yield checked.warning(entry, (), "E216", message, hint)

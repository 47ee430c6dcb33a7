"""The assumptions that an entry lists are those that its arguments, notes, hinges and questions name.

The lists say which assumptions a proposal rests on; the arguments say how. Each must bear out the other.
Assessments against a criterion without a source are left out: the lists are drawn from the source.

Passes::

    assumptions: [hch-is-aligned]
    assessments: {outer-alignment: {hinges: [hch-is-aligned], ...}}

Fails::

    assumptions: []
    assessments: {outer-alignment: {hinges: [hch-is-aligned], ...}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.vocabulary import Assumption
from cruxmap.rules.traversal import Steps, references, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report assumptions that are used but not listed, or listed as primary but not used."""
    for entry in checked.entries.values():
        if not isinstance(entry, Proposal | Strategy) or entry.source is None:
            continue
        listed = {*entry.assumptions, *entry.secondary_assumptions}
        used = _used(checked, entry)
        for name, steps in used.items():
            if name not in listed and not checked.asked_by_group(steps):
                message = f"`{name}` is used here but not listed in `assumptions`"
                hint = "add it to `assumptions`, or to `secondary-assumptions` if only an option rests on it"
                yield checked.problem(entry, steps, "E211", message, hint)
        for number, name in enumerate(entry.assumptions):
            if name not in used:
                message = f"nothing in the entry says what rests on `{name}`"
                hint = "name it in an argument, note or hinge, or drop it"
                yield checked.problem(entry, ("assumptions", number), "E211", message, hint)


def _used(checked: Checked, entry: Proposal | Strategy) -> dict[str, Steps]:
    found: dict[str, Steps] = {}
    for steps, node in walk(entry):
        if steps and steps[0] != "relations":
            for reference in references(node, steps):
                aimed_at = reference.steps[-2] in ("supports", "attacks")
                if not aimed_at and isinstance(checked.entries.get(reference.name), Assumption):
                    found.setdefault(reference.name, reference.steps)
    return found

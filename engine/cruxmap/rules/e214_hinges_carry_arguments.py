"""Every hinge of an assessment is a premise or exception of some argument in its discussion.

A hinge is what would flip the verdict. If no argument rests on it, setting it changes nothing, and the entry
does not say how the verdict turns on it.

Passes::

    hinges: [hch-is-aligned]
    pro: [{id: p2.outer.for.2, assumes: [hch-is-aligned], ...}]

Fails::

    hinges: [hch-is-aligned]
    pro: [{id: p2.outer.for.2, ...}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report hinges that no argument uses."""
    for entry in checked.entries.values():
        if not isinstance(entry, Proposal | Strategy):
            continue
        for criterion, assessment in entry.assessments.items():
            if not assessment.hinges:
                continue
            placed = checked.kb.arguments_for(f"{entry.id}/{criterion}")
            used = {name for item in placed for name in (*item.argument.assumes, *item.argument.unless)}
            for number, hinge in enumerate(assessment.hinges):
                if placed and hinge not in used:
                    message = f"no argument here rests on the hinge `{hinge}`"
                    hint = "name it in the `assumes` or `unless` of an argument"
                    steps = ("assessments", criterion, "hinges", number)
                    yield checked.problem(entry, steps, "E214", message, hint)

"""A stance that depends on something names what it depends on.

Marks that a scale declares with `needs-hinges: true` (such as `conditional`) say nothing without the
statements that would settle the verdict.

Passes::

    stance: conditional
    hinges: [hch-is-aligned]

Fails::

    stance: conditional
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.vocabulary import Criterion, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report conditional stances without hinges."""
    for entry in checked.entries.values():
        if not isinstance(entry, Proposal | Strategy):
            continue
        for name, assessment in entry.assessments.items():
            criterion = checked.entries.get(name)
            scale = checked.entries.get(criterion.scale) if isinstance(criterion, Criterion) else None
            if not isinstance(scale, Scale) or assessment.hinges:
                continue
            if any(mark.id == assessment.stance and mark.needs_hinges for mark in scale.marks):
                message = f"the stance `{assessment.stance}` names no hinges"
                hint = "add `hinges:` with the assumptions that would settle it"
                yield checked.problem(entry, ("assessments", name, "stance"), "E207", message, hint)

"""A proposal drawn from a source is assessed against every criterion that the same source puts.

A gap in the matrix must be a decision: a proposal whose sources do not allow an assessment says so in
`incomplete`.

Passes::

    assessments: {outer-alignment: ..., inner-alignment: ..., ...}

Fails::

    assessments: {outer - alignment: ...}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report missing assessments."""
    for entry in checked.entries.values():
        if not isinstance(entry, Proposal) or entry.source is None or entry.incomplete:
            continue
        for criterion in checked.kb.criteria:
            if criterion.source == entry.source and criterion.id not in entry.assessments:
                message = f"`{entry.id}` is not assessed against `{criterion.id}`"
                hint = "add the assessment, or say in `incomplete` why there is none"
                yield checked.problem(entry, ("assessments",), "E210", message, hint)

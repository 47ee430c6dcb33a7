"""A scale has at least two levels, uses each word once, and a criterion's knock-out level is one of them.

Passes::

    levels: [{id: low, ...}, {id: high, ...}]

Fails::

    levels: [{id: low, ...}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.intervals import words
from cruxmap.model.vocabulary import Criterion, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report scales and knock-out levels on which no mark could be placed."""
    for entry in checked.entries.values():
        if isinstance(entry, Scale):
            if len(entry.levels) < 2:
                yield checked.problem(entry, ("levels",), "E213", f"`{entry.id}` has fewer than two levels")
            names = words(entry)
            for name in sorted({name for name in names if names.count(name) > 1}):
                yield checked.problem(
                    entry, ("levels",), "E213", f"`{name}` stands twice on the scale `{entry.id}`"
                )
        elif isinstance(entry, Criterion) and entry.knock_out is not None:
            scale = checked.entries.get(entry.scale)
            if isinstance(scale, Scale) and entry.knock_out not in [level.id for level in scale.levels]:
                message = f"the knock-out `{entry.knock_out}` is no level of the scale `{scale.id}`"
                yield checked.problem(entry, ("knock-out",), "E213", message)

"""Every reference names something that exists.

Assumptions, mechanisms, terms, sources, hedges, criteria, relations, statements and arguments are referred to
by id; a misspelt id would silently drop a link from the argument graph.

Passes::

    assumes: [hch-is-aligned]

Fails::

    assumes: [hch - aligned]  # did you mean `hch-is-aligned`?
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from cruxmap.rules.traversal import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report references to nothing."""
    known = {name for names in checked.names.values() for name in names}
    for entry, steps, node in checked.nodes:
        for reference in references(node, steps):
            if reference.name in known:
                continue
            pool = [name for kind in reference.kinds for name in checked.names.get(kind, [])]
            near = difflib.get_close_matches(reference.name, pool, n=1, cutoff=0.6)
            what = " or ".join(reference.kinds) if len(reference.kinds) <= 2 else "entry"
            message = f"there is no {what} `{reference.name}`"
            hint = f"did you mean `{near[0]}`?" if near else ""
            yield checked.problem(entry, reference.steps, "E202", message, hint)

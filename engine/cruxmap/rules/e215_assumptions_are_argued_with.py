"""Every assumption and factor is a premise, an exception or the subject of some argument.

An assumption that no argument uses changes nothing when it is set: the entry does not say what rests on it.

Passes::

    pro: [{id: p2.outer.for.2, assumes: [hch-is-aligned], ...}]

Warns::

    - {kind: assumption, id: hch-is-aligned, ...}    # and no argument names it

Entries of a group that are drawn from no source are drafts: they may wait for their arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.vocabulary import Assumption, Factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report assumptions and factors that no argument uses or is aimed at."""
    used: set[str] = set()
    for placed in checked.kb.arguments.values():
        step = placed.argument
        used |= {*step.assumes, *step.unless, *(target for target, _ in placed.targets)}
    for entry in checked.entries.values():
        if isinstance(entry, Assumption | Factor) and entry.source and entry.id not in used:
            message = f"no argument rests on `{entry.id}` or bears on it"
            hint = "name it in the `assumes` or `unless` of an argument"
            yield checked.warning(entry, (), "E215", message, hint)

"""A finding bears on something, and what a finding or risk says about other statements assumes it.

Without the premise the argument would count however unreliable the result, or however unlikely the risk.

Passes::

    - {kind: finding, id: equal-loss, arguments: [{assumes: [equal-loss], supports: [a-claim], ...}], ...}

Fails::

    - {kind: finding, id: equal-loss, arguments: [{supports: [a-claim], ...}], ...}

Warns::

    - {kind: finding, id: equal-loss, ...}           # bears on nothing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Finding, Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report findings without a target, and free arguments that do not assume their entry."""
    for entry in checked.entries.values():
        if isinstance(entry, Finding) and not entry.arguments:
            hint = "add an argument under `arguments` that supports or attacks what it bears on"
            yield checked.warning(entry, (), "E217", f"the finding `{entry.id}` bears on nothing", hint)
        for number, argument in enumerate(getattr(entry, "arguments", ())):
            if isinstance(entry, Finding | Risk) and entry.id not in (*argument.assumes, *argument.unless):
                message = f"`{argument.id}` does not assume `{entry.id}`, which it comes from"
                hint = f"add `assumes: [{entry.id}]`"
                yield checked.problem(entry, ("arguments", number), "E217", message, hint)

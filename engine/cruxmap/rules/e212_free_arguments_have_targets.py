"""A free argument of a risk or finding says what it supports or attacks.

Passes::

    arguments: [{id: rlo - x1, text: ..., attacks: [rl - transparency - tools / inner - alignment]}]

Fails::

    arguments: [{id: rlo - x1, text: ...}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Finding, Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report arguments that are aimed at nothing."""
    for entry in checked.entries.values():
        if not isinstance(entry, Finding | Risk):
            continue
        for number, argument in enumerate(entry.arguments):
            if not argument.supports and not argument.attacks:
                message = f"`{argument.id}` supports and attacks nothing"
                yield checked.problem(
                    entry, ("arguments", number), "E212", message, "add `supports:` or `attacks:`"
                )

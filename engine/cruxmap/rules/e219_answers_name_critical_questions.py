"""A reply answers critical questions of the scheme that the argument above it follows.

Passes::

    - id: p2.outer.for.2
      scheme: limit-argument
      con: [{id: p2.outer.against.1, answers: [limit-reached], ...}]

Fails::

    - id: p2.outer.for.2
      con: [{id: p2.outer.against.1, answers: [limit-reached], ...}]     # the argument names no scheme
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.parts import Argument
from cruxmap.model.vocabulary import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report answers to questions that nobody asks."""
    for entry, steps, node in checked.nodes:
        if not isinstance(node, Argument) or not node.answers:
            continue
        placed = checked.kb.arguments.get(node.id)
        above = checked.kb.arguments.get(placed.parent or "") if placed else None
        scheme = checked.entries.get(above.argument.scheme or "") if above else None
        asked = [question.id for question in scheme.critical_questions] if isinstance(scheme, Scheme) else []
        for number, name in enumerate(node.answers):
            if name not in asked:
                what = f"the scheme `{scheme.id}`" if scheme else "an argument without a scheme"
                hint = (
                    f"its questions are {', '.join(asked)}" if asked else "name the scheme of that argument"
                )
                message = f"`{name}` is no critical question of {what}"
                yield checked.problem(entry, (*steps, "answers", number), "E219", message, hint)

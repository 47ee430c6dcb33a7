"""No two arguments have the same text.

The same reason used twice is one argument with two targets (`supports`, `attacks`); written twice it would
count twice.

Passes::

    - {id: p1.outer.for.1, text: Honesty is rewarded., supports: [p1.inner.for.3]}

Fails::

    - {id: p1.outer.for.1, text: Honesty is rewarded.}
    - {id: p1.inner.for.3, text: Honesty is rewarded.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.parts import Argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report arguments that repeat another one word for word."""
    first: dict[str, str] = {}
    for entry, steps, argument in checked.of(Argument):
        words = " ".join(argument.text.casefold().split())
        if first.setdefault(words, argument.id) != argument.id:
            message = f"`{argument.id}` has the same text as `{first[words]}`"
            hint = "keep one and name its further targets in `supports` or `attacks`"
            yield checked.problem(entry, (*steps, "text"), "E209", message, hint)

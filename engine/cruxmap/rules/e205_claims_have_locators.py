"""Whatever an entry draws from a source says where the source says it.

Readers trust nothing that they cannot look up. An entry with a `source` gives a locator to itself and to
every assessment, argument, note, step and question in it, also to our own readings: they name the place that
they read. An assessment against a criterion without a source is drawn from none and needs no locator.

Passes::

    - {id: p1.outer.for.1, text: ..., at: §2.1}

Fails::

    - {id: p1.outer.for.1, text: ...}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.parts import Argument, Assessment, Note, Question, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report what is drawn from a source without saying where."""
    for entry, steps, node in checked.nodes:
        if getattr(entry, "source", None) is None or getattr(node, "at", "") is not None:
            continue
        if checked.asked_by_group(steps):
            continue
        if node is entry or isinstance(node, Argument | Assessment | Note | Question | Step):
            name = getattr(node, "id", None) or steps[-1]
            hint = "add `at:` with the section"
            yield checked.problem(
                entry, steps, "E205", f"`{name}` does not say where its source says it", hint
            )

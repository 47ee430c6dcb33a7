"""Ids are unique over all kinds: entries, arguments, notes, steps, questions and relations.

An id is how people and files refer to a thing, so it can name only one. To change an entry of the corpus that
a workspace extends, write `override: true` in the entry.

Passes::

    - {kind: term, id: myopia, ...}
    - {kind: term, id: corrigibility, ...}

Fails::

    - {kind: term, id: myopia, ...}
    - {kind: assumption, id: myopia, ...}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.problems import Problem
from cruxmap.rules.traversal import is_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report every use of an id after the first."""
    for name, raw in checked.repeated:
        first = checked.positions[name]
        hint = f"first used in {first.path}:{first.line}"
        if raw.layer > checked.sources[name].layer:
            hint += "; write `override: true` to change that entry"
        yield Problem(*raw.position(("id",)), "E201", f"the id `{name}` is used twice", hint)
    seen: dict[str, tuple[str, int]] = {}
    for entry, steps, node in checked.nodes:
        own = getattr(node, "id", None)
        if not isinstance(own, str) or is_local(steps):
            continue
        place = checked.position(entry, (*steps, "id"))
        if own in seen:
            path, line = seen[own]
            yield Problem(*place, "E201", f"the id `{own}` is used twice", f"first used in {path}:{line}")
        else:
            seen[own] = (place.path, place.line)

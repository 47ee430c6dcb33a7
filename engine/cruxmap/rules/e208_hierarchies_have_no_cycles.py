"""Relations declared acyclic, such as `variant-of`, never lead back to where they start; nor does `broader`.

Cycles of support and attack are data. A thing that is a variant of itself is a mistake.

Passes::

    relations: [{kind: variant-of, to: [debate], ...}]

Fails::

    # in a:  relations: [{kind: variant-of, to: [b], ...}]
    # in b:  relations: [{kind: variant-of, to: [a], ...}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.entries import Risk
from cruxmap.model.parts import Relation
from cruxmap.model.vocabulary import RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked
    from cruxmap.rules.traversal import Steps


def check(checked: Checked) -> Iterator[Problem]:
    """Report one problem for each cycle."""
    kinds = [entry for entry in checked.entries.values() if isinstance(entry, RelationKind) and entry.acyclic]
    for kind in kinds:
        edges: dict[str, dict[str, Steps]] = {}
        for entry, steps, relation in checked.of(Relation):
            for number, other in enumerate(relation.to):
                if relation.kind == kind.id:
                    edges.setdefault(entry.id, {})[other] = (*steps, "to", number)
                elif relation.kind == kind.inverse:
                    edges.setdefault(other, {}).setdefault(entry.id, (*steps, "to", number))
        yield from _cycles(checked, edges, kind.id)
    broader = {entry.id: {entry.broader: ("broader",)} for entry in checked.entries.values() if isinstance(entry, Risk) and entry.broader}
    yield from _cycles(checked, broader, "broader")


def _cycles(checked: Checked, edges: dict[str, dict[str, Steps]], kind: str) -> Iterator[Problem]:
    finished: set[str] = set()
    for start in edges:
        trail: list[str] = [start]
        ahead = [iter(edges[start])]
        while ahead and start not in finished:
            following = next(ahead[-1], None)
            if following is None:
                finished.add(trail.pop())
                ahead.pop()
            elif following in trail:
                cycle = [*trail[trail.index(following) :], following]
                finished.add(following)
                yield _problem(checked, edges, cycle, kind)
            elif following in edges and following not in finished:
                trail.append(following)
                ahead.append(iter(edges[following]))


def _problem(checked: Checked, edges: dict[str, dict[str, Steps]], cycle: list[str], kind: str) -> Problem:
    source, target = cycle[0], cycle[1]
    steps = edges[source][target]
    holder = source if _stands_in(checked, source, steps) else target
    message = f"`{kind}` leads in a circle: {' -> '.join(cycle)}"
    return checked.problem(checked.entries[holder], steps, "E208", message, "drop one of the relations")


def _stands_in(checked: Checked, name: str, steps: Steps) -> bool:
    value: object = checked.sources[name].data if name in checked.sources else None
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return False
    return True

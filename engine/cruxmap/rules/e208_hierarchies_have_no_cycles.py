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
    seen: set[str | None] = set()
    for kind in kinds:
        if kind.inverse in seen:
            continue
        seen.add(kind.id)
        edges: dict[str, dict[str, Steps]] = {}
        for entry, steps, relation in checked.of(Relation):
            for number, other in enumerate(relation.to):
                if relation.kind == kind.id:
                    edges.setdefault(entry.id, {})[other] = (*steps, "to", number)
                elif relation.kind == kind.inverse:
                    edges.setdefault(other, {}).setdefault(entry.id, (*steps, "to", number))
        yield from _cycles(checked, edges, kind.id)
    risks = [entry for entry in checked.entries.values() if isinstance(entry, Risk)]
    broader: dict[str, dict[str, Steps]] = {
        risk.id: {risk.broader: ("broader",)} for risk in risks if risk.broader
    }
    yield from _cycles(checked, broader, "broader")


def _cycles(checked: Checked, edges: dict[str, dict[str, Steps]], kind: str) -> Iterator[Problem]:
    """Walk depth first, without recursion; an edge back to the trail closes a cycle."""
    finished: set[str] = set()
    for start, ahead in edges.items():
        trail: dict[str, Iterator[str]] = {} if start in finished else {start: iter(ahead)}
        while trail:
            last = next(reversed(trail))
            following = next(trail[last], None)
            if following is None:
                finished.add(last)
                del trail[last]
            elif following in trail:
                names = list(trail)
                yield _problem(checked, edges, [*names[names.index(following) :], following], kind)
            elif following in edges and following not in finished:
                trail[following] = iter(edges[following])


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

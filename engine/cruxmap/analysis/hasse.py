"""A partial order reduced to the links that a reader has to see, in layers to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class CyclicOrderError(CruxmapError):
    """The pairs given as an order go round in a circle."""

    code = "E940"

    def __init__(self, members: tuple[str, ...]) -> None:
        listed = ", ".join(members)
        super().__init__(
            f"the order is circular among {listed}; criteria that apply to some of them only can cause this"
        )
        self.members = members


@dataclass(frozen=True, slots=True)
class HasseDiagram:
    """An order without the links that follow from others."""

    links: tuple[tuple[str, str], ...]
    """(better, worse) pairs, sorted."""
    layers: tuple[tuple[str, ...], ...]
    """Names from the top down; each stands one layer below the lowest of those directly above it."""


def hasse_diagram(names: Iterable[str], order: Iterable[tuple[str, str]]) -> HasseDiagram:
    """Transitive reduction of an order, in layers.

    Parameters
    ----------
    names : iterable of str
        All members, also those that compare with none.
    order : iterable of (better, worse)
        An acyclic relation, not necessarily transitive.

    Returns
    -------
    HasseDiagram

    Raises
    ------
    CyclicOrderError
        When the relation has a cycle.
    UsageError
        When a pair names something that is not in `names`.

    Notes
    -----
    The reduction of an acyclic relation is unique. Reachability is kept as one bit set per member, so the
    cost is (members * pairs) / word size. Where a relation is not transitive, as dominance over criteria that
    do not apply everywhere may be, a path of links shows the closure, which says more than the relation.

    References
    ----------
    A. V. Aho, M. R. Garey, J. D. Ullman (1972). The transitive reduction of a directed graph. SIAM Journal on
    Computing 1.

    Examples
    --------
    >>> hasse_diagram("abcd", [("a", "b"), ("b", "c"), ("a", "c")]).links
    (('a', 'b'), ('b', 'c'))
    """
    members = sorted(set(names))
    below: dict[str, set[str]] = {member: set() for member in members}
    for better, worse in order:
        if better not in below or worse not in below:
            raise UsageError(f"the order compares {better} and {worse}, which are not both among the members")
        below[better].add(worse)
    top_down = _sorted_from_top(below)
    links = _without_shortcuts(below, top_down)
    layer = dict.fromkeys(members, 0)
    for better in top_down:
        for worse in below[better]:
            layer[worse] = max(layer[worse], layer[better] + 1)
    depth = max(layer.values(), default=-1) + 1
    rows = tuple(tuple(member for member in members if layer[member] == row) for row in range(depth))
    return HasseDiagram(links=tuple(sorted(links)), layers=rows)


def _sorted_from_top(below: dict[str, set[str]]) -> list[str]:
    above_left = dict.fromkeys(below, 0)
    for worse_ones in below.values():
        for worse in worse_ones:
            above_left[worse] += 1
    ready = [member for member, count in above_left.items() if count == 0]
    done: list[str] = []
    while ready:
        member = ready.pop()
        done.append(member)
        for worse in below[member]:
            above_left[worse] -= 1
            if above_left[worse] == 0:
                ready.append(worse)
    if len(done) < len(below):
        raise CyclicOrderError(tuple(sorted(set(below) - set(done))))
    return done


def _without_shortcuts(below: dict[str, set[str]], top_down: list[str]) -> list[tuple[str, str]]:
    position = {member: index for index, member in enumerate(top_down)}
    reachable = dict.fromkeys(top_down, 0)
    links = []
    for better in reversed(top_down):
        reached = 0
        # The highest first: whatever lies below it is then a shortcut.
        for worse in sorted(below[better], key=position.__getitem__):
            if not reached >> position[worse] & 1:
                links.append((better, worse))
                reached |= reachable[worse] | 1 << position[worse]
        reachable[better] = reached
    return links

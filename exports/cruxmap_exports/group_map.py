"""The argument map of a meeting: what it talked about, with what readers rest their marks on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cruxmap.group.argued_below import ways_down
from cruxmap_exports.argmap import AGAINST, ArgMap, MapEdge, MapEdgeKind, MapNode, ending_on_edges
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.naming import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cruxmap.group.session_reading import SessionReading

__all__ = ["MOST_NODES", "group_map", "talked_about"]

MOST_NODES = 9
"""Nodes for each cell, itself included: an audience cannot take in more."""

OWN_WORDS = "In a reader's own words"
"""Name of a statement that is no entry."""

_NAMED = "what most readers rest their mark on, and then the arguments of most weight for and against in turn"
_UNNAMED = "the arguments of most weight for and against in turn"


def talked_about(reading: SessionReading) -> tuple[str, ...]:
    """The cells that the record says were taken up; without any, those that the agenda gives time.

    Raises
    ------
    StillSealedError
        Before the round is revealed.
    """
    taken_up = tuple(item.cell for item in reading.record.state.items if item.started)
    return taken_up or tuple(item.cell for item in reading.agenda.items)


def group_map(reading: SessionReading) -> ArgMap:
    """Return the argument map of a session, ready for every writer of maps.

    Parameters
    ----------
    reading : SessionReading

    Returns
    -------
    ArgMap
        For each cell that was talked about at most `MOST_NODES` nodes: the cell, what readers named as what
        their mark rests on, with the arguments that lead there, then further arguments by weight. A sentence
        of a reader's own, and a statement that no argument leads to, is context of the cell. Who named what
        is not told. Under `aggregate` nobody's reasons are known here, so weight alone decides.

    Raises
    ------
    StillSealedError
        Before the round is revealed.
    """
    whole = argument_map(reading.kb, reading.graph)
    nodes: dict[str, MapNode] = {}
    context: dict[MapEdge, None] = {}
    for cell in talked_about(reading):
        chosen = _Chosen(reading, whole, cell)
        nodes |= chosen.nodes
        context |= dict.fromkeys(chosen.context)
    kept = whole.keep(nodes, f"What the meeting was about: {reading.session.question}")
    ordered = (*kept.nodes, *(node for name, node in nodes.items() if name not in kept.index))
    ordered = tuple(_with_named(node, context, nodes) for node in ordered)
    edges = ending_on_edges([*kept.edges, *context])
    chosen_by = _NAMED if reading.is_linked else _UNNAMED
    said = f"Of each cell at most {MOST_NODES} nodes: {chosen_by}; weights are those of the entries"
    return ArgMap(kept.title, ordered, edges, _titles(reading, kept, ordered), said)


def _with_named(node: MapNode, context: Iterable[MapEdge], nodes: Mapping[str, MapNode]) -> MapNode:
    """Say in words too what readers named beyond the arguments: not every format has an edge for context."""
    named = [nodes[edge.source] for edge in context if edge.target == node.id]
    if not named:
        return node
    listed = "; ".join(f"“{one.text}”" if one.name == OWN_WORDS else one.name for one in named)
    return node._replace(text=f"{node.text} Readers also name: {listed}.")


def _titles(reading: SessionReading, kept: ArgMap, nodes: Iterable[MapNode]) -> dict[str, str]:
    owners = {node.entry: label(reading.kb, node.entry).full for node in nodes}
    return {name: kept.entries.get(name, title) for name, title in owners.items()}


class _Chosen:
    """What is shown of one cell."""

    def __init__(self, reading: SessionReading, whole: ArgMap, cell: str) -> None:
        self.reading, self.whole, self.cell = reading, whole, cell
        self.nodes: dict[str, MapNode] = {cell: whole.node(cell) if cell in whole.index else self._unargued()}
        self.context: list[MapEdge] = []
        ways = ways_down(reading.graph, cell)
        for name in self._named():
            self._add_named(name, ways.get(name))
        for argument in self._by_weight(ways):
            self._add([argument])
            premises = whole.sources(argument, MapEdgeKind.PREMISE)
            if self._room(premises):
                self._add(premises)

    def _unargued(self) -> MapNode:
        """A cell of which no entry says anything, such as one of a criterion of the group's own."""
        entry, _, criterion = self.cell.partition("/")
        asked = str(getattr(self.reading.kb.entries.get(criterion), "question", ""))
        name = label(self.reading.kb, self.cell).full
        return MapNode(self.cell, "assessment", entry, name, asked, "", None)

    def _named(self) -> list[str]:
        """What readers named for this cell, most often first, then in order of the alphabet."""
        counts: Counter[str] = Counter()
        for given in self.reading.answers.by_reader.values():
            answer = given.get(self.cell)
            counts.update(set(answer.assumptions) - {self.cell} if answer else ())
        return sorted(counts, key=lambda name: (-counts[name], name))

    def _add_named(self, name: str, way: Sequence[str] | None) -> None:
        if way is not None and self._room((*way, name)):
            self._add((*way, name))
        elif name not in self.nodes and self._room([name]):
            self.nodes[name] = self.whole.node(name) if name in self.whole.index else self._own(name)
            self.context.append(MapEdge(name, self.cell, MapEdgeKind.CONTEXT))

    def _own(self, text: str) -> MapNode:
        entry = self.cell.partition("/")[0]
        return MapNode(text, "assumption", entry, OWN_WORDS, text, "", None)

    def _by_weight(self, ways: Iterable[str]) -> Iterator[str]:
        """Arguments that bear on something shown already: the weightiest for, then against, and so on."""
        against = False
        while len(self.nodes) < MOST_NODES:
            free = sorted((name for name in ways if self._bears(name)), key=self._weight)
            side = [name for name in free if self._bears(name, *AGAINST) is against]
            if not free:
                return
            yield (side or free)[0]
            against = not against

    def _bears(self, name: str, *kinds: MapEdgeKind) -> bool:
        if name in self.nodes or not self.whole.node(name).is_argument:
            return False
        edges = self.whole.outgoing[name]
        return any(edge.target in self.nodes and (not kinds or edge.kind in kinds) for edge in edges)

    def _weight(self, name: str) -> tuple[float, str]:
        return (-self.whole.node(name).weight, name)

    def _room(self, names: Iterable[str]) -> bool:
        return len(self.nodes.keys() | set(names)) <= MOST_NODES

    def _add(self, names: Iterable[str]) -> None:
        self.nodes |= {name: self.whole.node(name) for name in names}

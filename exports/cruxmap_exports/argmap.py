"""Argument maps: the part of an argument graph that one picture or file shows, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.errors import UnknownIdError
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cruxmap.graph import ArgumentGraph


class MapEdgeKind(StrEnum):
    """How one node of a map bears on another node, or on an edge."""

    SUPPORT = "support"
    ATTACK = "attack"
    UNDERCUT = "undercut"
    """The source, an argument, speaks against the inference of the target, another argument."""
    PREMISE = "premise"
    """The source is a statement that the target, an argument, needs."""
    EXCEPTION = "exception"
    """The source is a statement that switches the inference of the target, an argument, off."""
    ENTAILS = "entails"
    """Stronger than support: the source cannot hold without the target. In maps of others only."""
    CONTRARY = "contrary"
    """Source and target cannot both hold. In maps of others only."""
    CONTRADICTORY = "contradictory"
    """Exactly one of source and target holds. In maps of others only."""
    CONTEXT = "context"
    """The target is to be read in the light of the source. In maps of others only."""


ON_INFERENCES = (MapEdgeKind.UNDERCUT, MapEdgeKind.EXCEPTION)
"""Kinds of edges that end on another edge."""

SYMMETRIC = (MapEdgeKind.CONTRARY, MapEdgeKind.CONTRADICTORY)
"""Kinds of edges whose direction says nothing."""

AGAINST = (MapEdgeKind.ATTACK, *ON_INFERENCES, *SYMMETRIC)
"""Kinds of edges that weaken what they end on."""

NEUTRAL = (MapEdgeKind.PREMISE, MapEdgeKind.CONTEXT)
"""Kinds of edges that neither speak for nor against what they end on."""


NEUTRAL_WEIGHT = 0.5
"""Weight of a node without a strength or score."""

VERIFIED_WORDS = {
    "secondary": "checked in secondary text only",
    "memory": "from memory, not checked",
    "reproduction": "measured in a re-implementation, not in the work",
}
"""Words for claims that were not checked in the work itself."""


class MapNode(NamedTuple):
    """A statement or argument as a map shows it.

    `base` is the score before anything bears on the node, 0 to 1, None in a map of others without scores;
    `strength` (0 to 1) and `label` (`in`, `out`, `undecided`) are those of an evaluation, None without one.
    `verified` says in what kind of text the claim was checked, `primary` being the work itself.
    """

    id: str
    kind: str
    """`assessment`, `assumption`, `factor`, `finding`, `mechanism`, `risk` or `argument`; `statement` where a
    map of others says no more."""
    entry: str
    name: str
    """Short name: `A5 Consistent gradient`, `P3 inner alignment`; of an argument its id."""
    text: str
    at: str
    base: float | None
    strength: float | None = None
    label: str | None = None
    verified: str = "primary"
    scheme: str | None = None

    @property
    def is_argument(self) -> bool:
        """Whether the node is an inference step and no statement."""
        return self.kind == "argument"

    @property
    def weight(self) -> float:
        """The strength where there is one, else the base score, else 0.5."""
        if self.strength is not None:
            return self.strength
        return NEUTRAL_WEIGHT if self.base is None else self.base

    @property
    def remark(self) -> str:
        """Where the claim was checked, when that was not in the work itself."""
        return VERIFIED_WORDS.get(self.verified, "")

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return self._asdict()


class MapEdge(NamedTuple):
    """One node bears on another.

    Undercuts and exceptions end on an edge: `ends_on` is the position in the map of the edge in which the
    inference of the target is drawn; None when the map shows no such edge.
    """

    source: str
    target: str
    kind: MapEdgeKind
    ends_on: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "source": self.source,
            "target": self.target,
            "kind": self.kind.value,
            "ends_on": self.ends_on,
        }


@dataclass(frozen=True, eq=False)
class ArgMap:
    """What one picture or file shows.

    Attributes
    ----------
    title : str
        What the map is a map of.
    nodes : tuple of MapNode
        Statements first, then arguments, in the order of the files.
    edges : tuple of MapEdge
        No two of one kind between the same nodes.
    entries : mapping
        Title of every entry that a node belongs to, by id.
    conventions : str
        Under which reading strengths and labels were computed; empty when there are none.
    """

    title: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    entries: Mapping[str, str] = field(default_factory=dict)
    conventions: str = ""

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each node by id."""
        return {node.id: position for position, node in enumerate(self.nodes)}

    @cached_property
    def place(self) -> dict[MapEdge, int]:
        """Position of each edge."""
        return {edge: position for position, edge in enumerate(self.edges)}

    @cached_property
    def incoming(self) -> dict[str, tuple[MapEdge, ...]]:
        """Edges into each node, or onto its inference."""
        return _by_node(self.nodes, self.edges, "target")

    @cached_property
    def outgoing(self) -> dict[str, tuple[MapEdge, ...]]:
        """Edges out of each node."""
        return _by_node(self.nodes, self.edges, "source")

    @cached_property
    def clusters(self) -> dict[str, tuple[MapNode, ...]]:
        """Nodes of each entry, in the order of the map."""
        found: dict[str, list[MapNode]] = {}
        for node in self.nodes:
            found.setdefault(node.entry, []).append(node)
        return {entry: tuple(nodes) for entry, nodes in found.items()}

    def node(self, name: str) -> MapNode:
        """Return the node with this id.

        Raises
        ------
        UnknownIdError
            When the map has no such node.
        """
        if name not in self.index:
            raise UnknownIdError(name, "statement or argument on the map", (), ambiguous=False)
        return self.nodes[self.index[name]]

    def sources(self, name: str, *kinds: MapEdgeKind) -> tuple[str, ...]:
        """Ids of the nodes that bear on a node in one of the given ways."""
        return tuple(edge.source for edge in self.incoming[name] if edge.kind in kinds)

    def entry_title(self, entry: str) -> str:
        """Title of an entry, or its id when it has none."""
        return self.entries.get(entry) or entry

    def keep(self, names: Collection[str], title: str) -> ArgMap:
        """Return the map of some of the nodes and of all edges between them."""
        wanted = set(names)
        nodes = tuple(node for node in self.nodes if node.id in wanted)
        edges = [edge for edge in self.edges if edge.source in wanted and edge.target in wanted]
        return ArgMap(title, nodes, ending_on_edges(edges), self.entries, self.conventions)

    def of_entry(self, entry: str) -> ArgMap:
        """Return the map of one entry: its nodes, what they bear on, and what bears on them.

        Raises
        ------
        UnknownIdError
            When no node belongs to the entry.
        """
        own = {node.id for node in self.clusters.get(entry, ())}
        if not own:
            raise UnknownIdError(entry, "entry with statements or arguments", (), ambiguous=False)
        # What an assumption is used for elsewhere belongs to the maps of those who use it.
        ends = {
            edge.target
            for edge in self.edges
            if edge.source in own and (edge.kind is not MapEdgeKind.PREMISE or edge.target in own)
            if edge.kind is not MapEdgeKind.EXCEPTION
        }
        sources = {edge.source for edge in self.edges if edge.target in own}
        return self.keep(own | ends | sources, self.entry_title(entry))

    def of_criterion(self, criterion: str, title: str = "", entries: Collection[str] | None = None) -> ArgMap:
        """Return the map of one criterion: its assessments and all that is argued and assumed below them.

        `entries` are those whose assessments are wanted; all when not given.

        Raises
        ------
        UnknownIdError
            When no assessment of the criterion is on the map.
        """
        ends = [
            node.id
            for node in self.nodes
            if _criterion(node) == criterion and (entries is None or node.entry in entries)
        ]
        if not ends:
            raise UnknownIdError(criterion, "criterion with assessments", (), ambiguous=False)
        found = dict.fromkeys(ends)
        waiting = list(ends)
        while waiting:
            for edge in self.incoming[waiting.pop()]:
                if edge.source not in found:
                    found[edge.source] = None
                    # Reasons for an assumption are another discussion than the one that rests on it.
                    if self.node(edge.source).is_argument:
                        waiting.append(edge.source)
        return self.keep(found, title or criterion)

    def around(self, name: str, radius: int = 2) -> ArgMap:
        """Return the map of all nodes at most `radius` edges away from one node, whatever their direction."""
        centre = self.node(name)
        found = {name}
        rim = {name}
        for _ in range(radius):
            near = {edge.source for one in rim for edge in self.incoming[one]}
            rim = (near | {edge.target for one in rim for edge in self.outgoing[one]}) - found
            found |= rim
        return self.keep(found, f"Around {centre.name}")

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "title": self.title,
            "conventions": self.conventions,
            "entries": {entry: self.entry_title(entry) for entry in self.clusters},
            "nodes": [node.as_data() for node in self.nodes],
            "edges": [edge.as_data() for edge in self.edges],
        }

    def _repr_svg_(self) -> str:
        """Return the drawing that notebooks show."""
        from cruxmap_exports.map_svg import write_svg

        return write_svg(self)


def _by_node(nodes: Sequence[MapNode], edges: Sequence[MapEdge], end: str) -> dict[str, tuple[MapEdge, ...]]:
    found: dict[str, list[MapEdge]] = {node.id: [] for node in nodes}
    for edge in edges:
        found[getattr(edge, end)].append(edge)
    return {name: tuple(one) for name, one in found.items()}


def _criterion(node: MapNode) -> str:
    return node.id.partition("/")[2] if node.kind == "assessment" else ""


def ending_on_edges(edges: Sequence[MapEdge]) -> tuple[MapEdge, ...]:
    """Let every undercut and exception end on an edge in which the inference of its target is drawn.

    Notes
    -----
    That is the first edge of the target that ends on a node, or its first undercut when there is none.
    Arguments that do nothing but undercut each other in a circle would leave nothing to end on; the edge
    that closes the circle ends on the argument.
    """
    drawn: dict[str, int] = {}
    for against_inferences in (False, True):
        for place, edge in enumerate(edges):
            if _draws_inference(edge) and (edge.kind is MapEdgeKind.UNDERCUT) is against_inferences:
                drawn.setdefault(edge.source, place)
    ends = [drawn.get(edge.target) if edge.kind in ON_INFERENCES else None for edge in edges]
    settled: set[int] = set()
    for start in range(len(edges)):
        way: list[int] = []
        position: int | None = start
        while position is not None and position not in settled:
            settled.add(position)
            way.append(position)
            position = ends[position]
        if position is not None and position in way:
            ends[way[-1]] = None
    return tuple(edge._replace(ends_on=end) for edge, end in zip(edges, ends, strict=True))


def _draws_inference(edge: MapEdge) -> bool:
    return edge.kind not in (*NEUTRAL, MapEdgeKind.EXCEPTION)


def map_edges(graph: ArgumentGraph) -> tuple[MapEdge, ...]:
    """Return the edges of an argument graph; an attack of one argument on another is an undercut."""
    arguments = {node.id for node in graph.nodes if node.kind == "argument"}
    return ending_on_edges(
        [
            MapEdge(
                edge.source,
                edge.target,
                MapEdgeKind.UNDERCUT
                if edge.kind is EdgeKind.ATTACK and edge.target in arguments
                else MapEdgeKind(edge.kind.value),
            )
            for edge in dict.fromkeys(graph.edges)
        ]
    )

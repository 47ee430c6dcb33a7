"""Write argument maps as GSN YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.yamlwrite import block, flow, scalar
from cruxmap_exports.interchange.gsn import COUNTER, IN_CONTEXT, ROLES, role_of
from cruxmap_exports.interchange.maps import SYMMETRIC, ArgumentMap, Edge, EdgeKind, Loss, Node, collapsed

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESERVED = {"module", "text", "nodeType", "undeveloped", "supportedBy", "inContextOf", "challenges"}


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write one module: goals, strategies, solutions, contexts and counter elements.

    Returns
    -------
    text : str
        YAML that gsn2x reads.
    losses : list of Loss
    """
    simple = collapsed(graph)
    edges = tuple(edge for edge in simple.edges if edge.source != edge.target)
    writer = _Writer(ArgumentMap(simple.nodes, edges))
    for edge in simple.edges:
        if edge.source == edge.target:
            message = f"{edge.source} bears on itself, which GSN does not allow; left out"
            writer.losses.append(Loss(message, node=edge.source))
    return writer.write()


class _Writer:
    """Decides the role of each node, then writes the elements in the order of the map."""

    def __init__(self, graph: ArgumentMap) -> None:
        self.graph = graph
        self.incoming = graph.incoming()
        self.outgoing = graph.outgoing()
        self.nodes = graph.by_id()
        self.losses: list[Loss] = []
        self.relations = self._mute_arguments()
        self.roles = {node.id: self._role(node) for node in graph.nodes}

    def write(self) -> tuple[str, list[Loss]]:
        elements = [self._element(node) for node in self.graph.nodes if node.id not in self.relations]
        self._summary()
        return "\n".join(elements), self.losses

    def _mute_arguments(self) -> dict[str, Edge]:
        """Arguments that are there only because something undercuts them: GSN challenges the relation."""
        found: dict[str, Edge] = {}
        for node in self.graph.nodes:
            premises = [edge for edge in self.incoming[node.id] if edge.kind is EdgeKind.PREMISE]
            others = [edge for edge in self.incoming[node.id] if edge.kind is not EdgeKind.PREMISE]
            out = self.outgoing[node.id]
            mute = node.is_argument and not (node.title or node.text or node.extras or node.role)
            challenged = all(edge.kind is EdgeKind.UNDERCUT for edge in others)
            if (
                mute
                and challenged
                and len(premises) == 1
                and len(out) == 1
                and out[0].kind is EdgeKind.SUPPORT
            ):
                found[node.id] = Edge(premises[0].source, out[0].target, EdgeKind.SUPPORT)
        return {name: edge for name, edge in found.items() if edge.target not in found}

    def _role(self, node: Node) -> str:
        challenges = any(edge.kind in (EdgeKind.ATTACK, EdgeKind.UNDERCUT) for edge in self.outgoing[node.id])
        if node.is_argument:
            return "Strategy"
        if (
            node.role in ROLES.values()
            and node.role != "Strategy"
            and (node.role in COUNTER or not challenges)
        ):
            return node.role
        out = self.outgoing[node.id]
        if out and all(edge.kind is EdgeKind.CONTEXT for edge in out):
            return "Context"
        return "CounterGoal" if challenges else "Goal"

    def _element(self, node: Node) -> str:
        role = self.roles[node.id]
        lines = [f"{scalar(node.id)}:"]
        text = node.text.strip() or node.title or node.id
        lines.append(f"  text:{block(text, 2)}")
        if role_of(node.id) != role:
            lines.append(f"  nodeType: {role}")
        supports = self._supports(node)
        if supports:
            lines.append(f"  supportedBy: {flow(supports)}")
        elif role in ("Goal", "Strategy"):
            lines.append("  undeveloped: true")
        context = self._contexts(node)
        if context:
            lines.append(f"  inContextOf: {flow(context)}")
        challenged = self._challenged(node)
        if challenged:
            lines.append(f"  challenges: {scalar(challenged)}")
        lines += self._layers(node)
        return "\n".join(lines) + "\n"

    def _supports(self, node: Node) -> list[str]:
        kinds = (EdgeKind.SUPPORT, EdgeKind.ENTAILS, EdgeKind.PREMISE)
        found = []
        for edge in self.incoming[node.id]:
            source = self.relations[edge.source].source if edge.source in self.relations else edge.source
            if edge.kind in kinds and self.roles[source] not in IN_CONTEXT:
                found.append(source)
        return list(dict.fromkeys(found))

    def _contexts(self, node: Node) -> list[str]:
        return list(
            dict.fromkeys(
                edge.source
                for edge in self.incoming[node.id]
                if edge.kind is EdgeKind.CONTEXT
                or (
                    edge.kind in (EdgeKind.PREMISE, EdgeKind.SUPPORT)
                    and self.roles[edge.source] in IN_CONTEXT
                )
            )
        )

    def _challenged(self, node: Node) -> str:
        targets = [
            edge.target
            for edge in self.outgoing[node.id]
            if edge.kind in (EdgeKind.ATTACK, EdgeKind.UNDERCUT)
        ]
        if self.roles[node.id] not in COUNTER:
            for target in targets:
                message = f"the strategy {node.name} attacks {target}; only counter goals and solutions can"
                self.losses.append(Loss(message, node=node.id))
            return ""
        for target in targets[1:]:
            message = f"{node.name} also attacks {target}; an element can challenge one thing only"
            self.losses.append(Loss(message, node=node.id))
        if not targets:
            return ""
        relation = self.relations.get(targets[0])
        return f"{relation.target} -> {relation.source}" if relation else targets[0]

    def _layers(self, node: Node) -> list[str]:
        layers: Mapping[str, str] = node.extras
        lines = []
        for key, value in sorted(layers.items()):
            if key in _RESERVED:
                self.losses.append(Loss(f"{node.name}: `{key}` cannot be a layer; left out", node=node.id))
            else:
                lines.append(f"  {scalar(key)}:{block(value, 2)}" if value else f'  {scalar(key)}: ""')
        if node.title and node.text:
            self.losses.append(
                Loss(f"{node.name}: an element has one text; the title was left out", node=node.id)
            )
        return lines

    def _summary(self) -> None:
        edges = self.graph.edges
        found = {
            "entailments became supports": sum(edge.kind is EdgeKind.ENTAILS for edge in edges),
            "what excludes each other has no place in GSN; left out": sum(e.kind in SYMMETRIC for e in edges),
            "scores have no place in GSN; left out": sum(node.base is not None for node in self.graph.nodes),
        }
        self.losses += [Loss(f"{message}: {number}") for message, number in found.items() if number]

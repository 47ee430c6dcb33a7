"""Maps as Graphviz DOT, for drawing. Labels are always quoted text, never markup, ports or links."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from cruxmap.plain import plain
from cruxmap_exports.interchange.maps import SYMMETRIC, EdgeKind, Loss

if TYPE_CHECKING:
    from cruxmap_exports.interchange.maps import ArgumentMap

_STYLES = {
    EdgeKind.SUPPORT: 'label="+", color="#1b7837"',
    EdgeKind.ENTAILS: 'label="entails", color="#1b7837", style=bold',
    EdgeKind.ATTACK: 'label="-", color="#b2182b"',
    EdgeKind.UNDERCUT: 'label="undercuts", color="#b2182b", style=dashed',
    EdgeKind.CONTRARY: 'label="contrary", color="#b2182b", dir=both',
    EdgeKind.CONTRADICTORY: 'label="contradictory", color="#b2182b", dir=both',
    EdgeKind.PREMISE: 'label="", color="#555555", arrowhead=none',
    EdgeKind.CONTEXT: 'label="context", color="#999999", style=dotted, arrowhead=empty',
}


def quoted(text: str) -> str:
    r"""A text as a quoted DOT string that shows the text and does nothing else.

    Examples
    --------
    >>> quoted('a "b" \\N')
    '"a \\"b\\" \\\\N"'
    """
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", " ") + '"'


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write a directed graph: statements as boxes, arguments as ellipses, the kind of edge as its label."""
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, start=1)}
    lines = [
        "digraph map {",
        "  rankdir=BT;",
        '  node [shape=box, fontname="Helvetica", fontsize=11, margin="0.15,0.08"];',
        '  edge [fontname="Helvetica", fontsize=10];',
    ]
    for node in graph.nodes:
        parts = [part for part in (node.title, node.text) if part] or [node.id]
        label = "\n".join(line for part in parts for line in textwrap.wrap(part, 32) or [part])
        shape = ", shape=ellipse" if node.is_argument else ""
        lines.append(f"  {names[node.id]} [label={quoted(label)}{shape}];")
    for edge in graph.edges:
        constraint = ", constraint=false" if edge.kind in SYMMETRIC else ""
        lines.append(f"  {names[edge.source]} -> {names[edge.target]} [{_STYLES[edge.kind]}{constraint}];")
    lines.append("}")
    losses = [Loss("DOT is for drawing: scores, roles and extras are not in it")] if _has_more(graph) else []
    return "\n".join(lines) + "\n", losses


def _has_more(graph: ArgumentMap) -> bool:
    return any(node.base is not None or node.role or node.extras for node in graph.nodes)

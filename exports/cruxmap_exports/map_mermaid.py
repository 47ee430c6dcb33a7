"""Write argument maps in Mermaid, which many sites draw inside Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.argmap import NEUTRAL, ON_INFERENCES
from cruxmap_exports.escape_maps import mermaid
from cruxmap_exports.map_panels import LARGEST_SINGLE
from cruxmap_exports.map_style import AGAINST_LIGHT, KINDS, PREMISE, SIGNS, SUPPORT, polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap_exports.argmap import ArgMap, MapEdge, MapNode

_COLOURS = {"support": SUPPORT, "against": AGAINST_LIGHT, "premise": PREMISE}

MOST_EDGES = 500
"""Edges beyond which Mermaid refuses to draw, unless its `maxEdges` is raised."""

MOST_CHARACTERS = 50_000
"""Length beyond which Mermaid refuses to draw, unless its `maxTextSize` is raised."""


def write_mermaid(argmap: ArgMap) -> str:
    """Write a map as a flowchart of Mermaid.

    Parameters
    ----------
    argmap : ArgMap

    Returns
    -------
    str
        Ids are generated (`n12`); an edge that ends on another edge ends on a small circle (`j5`) in it.
    """
    return "\n".join([*_lines(argmap), ""])


def _lines(argmap: ArgMap) -> Iterator[str]:
    yield "flowchart RL"
    yield f"  accTitle: {_line(argmap.title)}"
    if argmap.conventions:
        yield f"  accDescr: {_line(argmap.conventions)}"
    if len(argmap.nodes) > LARGEST_SINGLE:
        for number, (entry, nodes) in enumerate(argmap.clusters.items()):
            yield f'  subgraph c{number}["{mermaid(argmap.entry_title(entry))}"]'
            yield from (f"    {_node(argmap, node)}" for node in nodes)
            yield "  end"
    else:
        yield from (f"  {_node(argmap, node)}" for node in argmap.nodes)
    held = {edge.ends_on for edge in argmap.edges}
    styles: dict[str, list[int]] = {side: [] for side in _COLOURS}
    count = 0
    for position, edge in enumerate(argmap.edges):
        for line, drawn in _edge(argmap, edge, position, joint=position in held):
            yield line
            styles[polarity(edge.kind)] += range(count, count + drawn)
            count += drawn
    for kind, (fill, _, line, _) in KINDS.items():
        if any(node.kind == kind for node in argmap.nodes):
            yield f"  classDef {kind} fill:{fill},stroke:{line},color:#14181c"
    for side, numbers in styles.items():
        if numbers:
            yield f"  linkStyle {','.join(map(str, numbers))} stroke:{_COLOURS[side]}"


def _line(text: str) -> str:
    """Write a title on a line of its own, where Mermaid decodes the same codes as inside quotes."""
    return mermaid(text) or "Argument map"


def _node(argmap: ArgMap, node: MapNode) -> str:
    strength = "" if node.strength is None else f" ({node.strength:.2f} {node.label})"
    remark = f"<br/>({node.remark})" if node.remark else ""
    text = f"<br/>{mermaid(node.text)}" if node.text else ""
    label = f"{mermaid(node.name + strength)}{text}{remark}"
    opened, closed = ("(", ")") if node.is_argument else ("[", "]")
    styled = f":::{node.kind}" if node.kind in KINDS else ""
    return f'n{argmap.index[node.id]}{opened}"{label}"{closed}{styled}'


def _edge(argmap: ArgMap, edge: MapEdge, position: int, *, joint: bool) -> Iterator[tuple[str, int]]:
    source, target = f"n{argmap.index[edge.source]}", f"n{argmap.index[edge.target]}"
    sign = f'|"{SIGNS[edge.kind]}"|' if SIGNS[edge.kind] else ""
    line, arrow = ("-.-", "-.->") if edge.kind in ON_INFERENCES else ("---", "-->")
    if edge.ends_on is not None:
        target, arrow = f"j{edge.ends_on}", line
    elif edge.kind in NEUTRAL:
        arrow = "--o"
    if joint:
        yield f'  j{position}((" "))', 0
        yield f"  {source} {line}{sign} j{position}", 1
        yield f"  j{position} {arrow} {target}", 1
    else:
        yield f"  {source} {arrow}{sign} {target}", 1


def mermaid_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what Mermaid does not keep, and where it refuses."""
    found = ["Ids, locators and base scores are not written; white space of texts is folded."]
    if len(argmap.edges) > MOST_EDGES or len(write_mermaid(argmap)) > MOST_CHARACTERS:
        found.append(
            f"Mermaid draws at most {MOST_EDGES} edges and {MOST_CHARACTERS:,} characters unless its "
            "`maxEdges` and `maxTextSize` are raised; a map of one entry or criterion fits."
        )
    return tuple(found)

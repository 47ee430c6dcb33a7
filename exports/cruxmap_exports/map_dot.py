"""Write argument maps in DOT, the language of Graphviz."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from cruxmap_exports.argmap import NEUTRAL, ON_INFERENCES, SYMMETRIC
from cruxmap_exports.escape_maps import dot_quote
from cruxmap_exports.map_panels import LARGEST_SINGLE
from cruxmap_exports.map_style import AGAINST_LIGHT, KINDS, PREMISE, SIGNS, SUPPORT, polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap_exports.argmap import ArgMap, MapEdge, MapNode

_COLOURS = {"support": SUPPORT, "against": AGAINST_LIGHT, "premise": PREMISE}


def write_dot(argmap: ArgMap) -> str:
    """Write a map in DOT.

    Parameters
    ----------
    argmap : ArgMap

    Returns
    -------
    str
        Node names are generated (`n12` is the node at position 12); texts are labels and nothing else. An
        edge that ends on another edge ends on a point (`j5`) in the middle of it.
    """
    return "\n".join([*_lines(argmap), ""])


def _lines(argmap: ArgMap) -> Iterator[str]:
    yield "digraph cruxmap {"
    # Without newrank, dot gives up on large maps with clusters ("trouble in init_rank").
    yield f"  graph [rankdir=RL, newrank=true, label={dot_quote(_caption(argmap))}, labelloc=t, fontsize=20];"
    yield '  graph [fontname="Helvetica"];'
    yield '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=10, margin="0.15,0.08"];'
    yield '  edge [fontname="Helvetica", fontsize=11];'
    if len(argmap.nodes) > LARGEST_SINGLE:
        for number, (entry, nodes) in enumerate(argmap.clusters.items()):
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={dot_quote(argmap.entry_title(entry))}; fontsize=14;"
            yield from (f"    {_node(argmap, node)}" for node in nodes)
            yield "  }"
    else:
        yield from (f"  {_node(argmap, node)}" for node in argmap.nodes)
    held = {edge.ends_on for edge in argmap.edges}
    for position, edge in enumerate(argmap.edges):
        yield from _edge(argmap, edge, position, joint=position in held)
    yield "}"


def _caption(argmap: ArgMap) -> str:
    """Title, and below it under which conventions strengths and labels hold."""
    return "\n".join([argmap.title, *textwrap.wrap(argmap.conventions, 100)])


def _node(argmap: ArgMap, node: MapNode) -> str:
    name = node.name if node.strength is None else f"{node.name}  ({node.strength:.2f} {node.label})"
    # Texts are broken at spaces only: a word in two parts could not be found again.
    rows = textwrap.wrap(node.text, 42, break_long_words=False, break_on_hyphens=False)
    fill, _, line, _ = KINDS[node.kind] if node.kind in KINDS else KINDS["argument"]
    shape = "" if node.is_argument else ', style="filled"'
    label = dot_quote("\n".join([name, *rows, *([f"[{node.remark}]"] if node.remark else [])]))
    return f'n{argmap.index[node.id]} [label={label}, fillcolor="{fill}", color="{line}"{shape}];'


def _edge(argmap: ArgMap, edge: MapEdge, position: int, *, joint: bool) -> Iterator[str]:
    source, target = f"n{argmap.index[edge.source]}", f"n{argmap.index[edge.target]}"
    colour = _COLOURS[polarity(edge.kind)]
    weight = argmap.node(edge.source).weight
    dashed = ", style=dashed" if edge.kind in ON_INFERENCES else ""
    sign = f", label={dot_quote(SIGNS[edge.kind])}" if SIGNS[edge.kind] else ""
    stroke = f'color="{colour}", fontcolor="{colour}", penwidth={0.8 + 2 * weight:.2f}{dashed}'
    head = ", arrowhead=dot, arrowsize=0.5" if edge.kind in NEUTRAL else ""
    if edge.kind in SYMMETRIC:
        head = ", dir=both"
    if edge.ends_on is not None:
        target, head = f"j{edge.ends_on}", ", arrowhead=none"
    if joint:
        yield f'  j{position} [shape=point, width=0.08, label="", color="{AGAINST_LIGHT}"];'
        yield f"  {source} -> j{position} [{stroke}{sign}, arrowhead=none];"
        yield f"  j{position} -> {target} [{stroke}{head}];"
    else:
        yield f"  {source} -> {target} [{stroke}{sign}{head}];"


def dot_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what DOT does not keep."""
    kept = "Ids, locators and base scores are not written; labels are for reading only."
    return (kept, "White space of texts is folded.") if argmap.nodes else ()

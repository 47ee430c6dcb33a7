"""Write argument maps for graph programs: GraphML and GEXF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.argmap import AGAINST
from cruxmap_exports.escape_maps import xml, xml_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cruxmap_exports.argmap import ArgMap, MapEdge, MapNode

Value = str | float | int

_NODE_TYPES = {
    "kind": "string",
    "entry": "string",
    "name": "string",
    "text": "string",
    "at": "string",
    "base": "double",
    "strength": "double",
    "label": "string",
    "verified": "string",
    "scheme": "string",
    "entry_title": "string",
}
_EDGE_TYPES = {"kind": "string", "sign": "int", "ends_on": "string"}

_MAP_KEYS = ("title", "conventions")
"""What is said of the whole map."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def node_attributes(argmap: ArgMap, node: MapNode) -> dict[str, Value]:
    """Return the flat attributes of a node; what is not known is left out."""
    values = node.as_data() | {"entry_title": argmap.entry_title(node.entry)}
    return {name: values[name] for name in _NODE_TYPES if values[name] is not None}


def edge_attributes(edge: MapEdge) -> dict[str, Value]:
    """Return the flat attributes of an edge; `ends_on` is the id of the edge that it ends on."""
    found: dict[str, Value] = {"kind": edge.kind.value, "sign": -1 if edge.kind in AGAINST else 1}
    return found if edge.ends_on is None else found | {"ends_on": f"e{edge.ends_on}"}


def write_graphml(argmap: ArgMap) -> str:
    """Write a map in GraphML, with the ids of its nodes and edges `e0`, `e1`, ...

    Notes
    -----
    Format: Brandes, Eiglsperger, Herman, Himsolt and Marshall, "GraphML progress report", 2001. Characters
    that XML 1.0 cannot hold are dropped.
    """
    return "\n".join([*_graphml(argmap), ""])


def _graphml(argmap: ArgMap) -> Iterator[str]:
    yield _XML
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for kind, types in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
        for name, of in types.items():
            yield f'  <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{of}"/>'
    for name in _MAP_KEYS:
        yield f'  <key id="graph-{name}" for="graph" attr.name="{name}" attr.type="string"/>'
    yield '  <graph id="map" edgedefault="directed">'
    for name in _MAP_KEYS:
        yield f'    <data key="graph-{name}">{xml(getattr(argmap, name))}</data>'
    for node in argmap.nodes:
        yield f'    <node id="{xml_attribute(node.id)}">'
        yield from _data("node", node_attributes(argmap, node))
        yield "    </node>"
    for number, edge in enumerate(argmap.edges):
        ends = f'source="{xml_attribute(edge.source)}" target="{xml_attribute(edge.target)}"'
        yield f'    <edge id="e{number}" {ends}>'
        yield from _data("edge", edge_attributes(edge))
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(kind: str, attributes: Mapping[str, Value]) -> Iterator[str]:
    for name, value in attributes.items():
        yield f'      <data key="{kind}-{name}">{xml(str(value))}</data>'


def write_gexf(argmap: ArgMap) -> str:
    """Write a map in GEXF 1.2, which Gephi reads.

    Notes
    -----
    No date of change is written, so that the same map gives the same bytes.
    """
    return "\n".join([*_gexf(argmap), ""])


def _gexf(argmap: ArgMap) -> Iterator[str]:
    yield _XML
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    said = "\n".join(getattr(argmap, name) for name in _MAP_KEYS).strip()
    yield f"  <meta><description>{xml(said)}</description></meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    for kind, types in (("node", _NODE_TYPES), ("edge", _EDGE_TYPES)):
        yield f'    <attributes class="{kind}" mode="static">'
        for name, of in types.items():
            yield f'      <attribute id="{kind}-{name}" title="{name}" type="{_gexf_type(of)}"/>'
        yield "    </attributes>"
    yield "    <nodes>"
    for node in argmap.nodes:
        yield f'      <node id="{xml_attribute(node.id)}" label="{xml_attribute(node.name)}">'
        yield from _values("node", node_attributes(argmap, node))
        yield "      </node>"
    yield "    </nodes>"
    yield "    <edges>"
    for number, edge in enumerate(argmap.edges):
        ends = f'source="{xml_attribute(edge.source)}" target="{xml_attribute(edge.target)}"'
        weight = argmap.node(edge.source).weight
        yield f'      <edge id="e{number}" {ends} weight="{weight}">'
        yield from _values("edge", edge_attributes(edge))
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _gexf_type(name: str) -> str:
    return "integer" if name == "int" else name


def _values(kind: str, attributes: Mapping[str, Value]) -> Iterator[str]:
    yield "        <attvalues>"
    for name, value in attributes.items():
        yield f'          <attvalue for="{kind}-{name}" value="{xml_attribute(str(value))}"/>'
    yield "        </attvalues>"


def graph_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what GraphML and GEXF do not keep."""
    if not any(edge.ends_on is not None for edge in argmap.edges):
        return ()
    return (
        "An edge that ends on an edge is written as one that ends on the argument; `ends_on` names the edge.",
    )
